"""More ways of an endpoint: what it makes of a schema, how it thinks, what it counts, and how it declines."""

import asyncio
import json

from tests.server.exchange import Exchange
from tests.server.modes import mode

THOUGHT = "Fog again, or the boots? "


def _is_told(exchange: Exchange) -> bool:
    """Whether the prompt says in words what is wanted."""
    return "JSON schema: " in str(exchange.body["messages"][-1]["content"])


@mode("prose")
async def prose(exchange: Exchange) -> None:
    """Lets `response_format` pass and writes a story; told in words, it writes JSON."""
    await exchange.tell(exchange.reply if _is_told(exchange) else "The fog comes in. Nobody rings the bell.")


@mode("fenced")
async def fenced(exchange: Exchange) -> None:
    """Lets `response_format` pass and wraps its JSON up; told in words, it does not."""
    await exchange.tell(exchange.reply if _is_told(exchange) else f"Here it is:\n```json\n{exchange.reply}\n```")


@mode("old-schema")
async def old_schema(exchange: Exchange) -> None:
    """llama-cpp-python: 500 to `json_schema`, with the reason; a schema beside `json_object` is taken."""
    if exchange.asks_for_schema:
        said = "[{'type': 'literal_error', 'loc': ('body', 'response_format', 'type'), 'msg': \"Input should be 'json_object'\"}]"
        await exchange.answer(500, "application/json", json.dumps({"error": {"message": said, "type": "internal_server_error"}}))
    elif (exchange.body.get("response_format") or {}).get("schema"):
        await exchange.tell(exchange.reply)
    else:
        await exchange.tell("[]")


@mode("prose-refusal")
async def prose_refusal(exchange: Exchange) -> None:
    """Declines in the text itself, and the reason to finish is the usual one."""
    await exchange.tell("I'm sorry, but I can't continue this story.")


@mode("thinks-long")
async def thinks_long(exchange: Exchange) -> None:
    """Thinks for a thousand tokens of those it is given, and answers with what is left."""
    await exchange.begin()
    await exchange.delta(reasoning_content=THOUGHT * 40)
    if exchange.body.get("max_tokens", 0) > 1000:
        await exchange.say(exchange.reply)
        await exchange.end()
    else:
        await exchange.end("length")


@mode("think-stall")
async def think_stall(exchange: Exchange) -> None:
    """A thought, and then nothing more."""
    await exchange.begin()
    await exchange.delta(reasoning_content=THOUGHT)
    await exchange.stall()


@mode("think-slowly")
async def think_slowly(exchange: Exchange) -> None:
    """A thought now and then, without end."""
    await exchange.begin()
    while True:
        await exchange.delta(reasoning=THOUGHT)
        await asyncio.sleep(exchange.pace)


@mode("empty-events")
async def empty_events(exchange: Exchange) -> None:
    """Events without end that keep the connection alive, and say nothing."""
    await exchange.begin()
    while True:
        await exchange.delta(content="")
        await exchange.event({"choices": []})
        await asyncio.sleep(exchange.pace)


@mode("timings")
async def timings(exchange: Exchange) -> None:
    """llama.cpp that was not asked for the usage: the last chunk has its own figures."""
    await exchange.begin()
    await exchange.say(exchange.reply)
    choice = {"index": 0, "delta": {}, "finish_reason": "stop"}
    await exchange.event({"choices": [choice], "timings": {"cache_n": 40, "prompt_n": 2, "predicted_n": 7}})
    await exchange.raw(b"data: [DONE]\n\n")
    await exchange.close_stream()


@mode("usage-lingers")
async def usage_lingers(exchange: Exchange) -> None:
    """All that is to be said, and then the connection stays open."""
    await exchange.begin()
    await exchange.say(exchange.reply)
    await exchange.delta(finish="stop")
    await exchange.event({"choices": [], "usage": {"prompt_tokens": 100, "completion_tokens": 50, "prompt_cache_hit_tokens": 64}})
    await exchange.stall()


async def count_tokens(exchange: Exchange) -> None:
    """`POST /tokenize`: a token for each word, in the form of llama.cpp; or as the model's name says."""
    body = exchange.body
    match body.get("model"):
        case "count-vllm":
            said: object = {"count": len(str(body["prompt"]).split()), "max_model_len": 4096, "tokens": []}
        case "count-other":
            said = {"tokens": []}
        case "count-html":
            return await exchange.answer(200, "text/html", "<html></html>")
        case "count-none":
            return await exchange.answer(404, "text/plain", "there is nothing here")
        case "count-500":
            return await exchange.error(500, "out of order")
        case "count-mute":
            return await exchange.stall()
        case _:
            said = {"tokens": list(range(len(str(body["content"]).split())))}
    return await exchange.answer(200, "application/json", json.dumps(said))
