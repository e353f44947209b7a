"""How the server may behave, each by its name: as a model's name, or in the server's script."""

import asyncio
import json
import random
from collections.abc import Awaitable, Callable
from itertools import pairwise

from tests.server.exchange import Exchange
from tests.server.prose import sentence

Mode = Callable[[Exchange], Awaitable[None]]

MODES: dict[str, Mode] = {}


def mode(name: str) -> Callable[[Mode], Mode]:
    def keep(function: Mode) -> Mode:
        MODES[name] = function
        return function

    return keep


@mode("ok")
async def ok(exchange: Exchange) -> None:
    """A good reply to the schema that was sent, streamed."""
    await exchange.tell(exchange.reply)


@mode("drip")
async def drip(exchange: Exchange) -> None:
    """A good reply, slowly."""
    await exchange.tell(exchange.reply, pause=exchange.pace)


@mode("paced")
async def paced(exchange: Exchange) -> None:
    """A good reply as from a model of some size: five times the pace to the first word, then a dozen characters with each."""
    await asyncio.sleep(5 * exchange.pace)
    await exchange.tell(exchange.reply, pause=exchange.pace)


@mode("no-recap")
async def no_recap(exchange: Exchange) -> None:
    """A good reply; but asked for a recap, talk of somebody whom nobody has heard of."""
    if "recap" in str(exchange.body.get("response_format")):
        recap = {"recap": "It was at last the long lost Count Orlok who had taken the ferry, and with him went Aunt Petronella."}
        return await exchange.tell(json.dumps(recap))
    return await exchange.tell(exchange.reply)


@mode("500")
async def out_of_order(exchange: Exchange) -> None:
    await exchange.error(500, "The server had an error while processing your request.")


@mode("503")
async def overloaded(exchange: Exchange) -> None:
    await exchange.error(503, "Loading model")


@mode("502-html")
async def bad_gateway(exchange: Exchange) -> None:
    await exchange.answer(502, "text/html", "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>")


@mode("html")
async def web_page(exchange: Exchange) -> None:
    """A captive portal, or the wrong address: a web page, and the status says that all is well."""
    await exchange.answer(
        200, "text/html; charset=utf-8", "<!doctype html><html><body><h1>Welcome to the hotel</h1></body></html>"
    )


@mode("429")
async def too_many(exchange: Exchange) -> None:
    await exchange.error(429, "Rate limit reached for requests", "rate_limit_exceeded", retry_after="1")


@mode("429-date")
async def too_many_until(exchange: Exchange) -> None:
    dates = {"date": "Wed, 21 Oct 2026 07:28:00 GMT", "retry_after": "Wed, 21 Oct 2026 07:28:07 GMT"}
    await exchange.error(429, "Rate limit reached for requests", "rate_limit_exceeded", **dates)


@mode("429-silent")
async def too_many_unsaid(exchange: Exchange) -> None:
    await exchange.error(429, "Rate limit reached for requests", "rate_limit_exceeded")


@mode("401")
async def unauthorised(exchange: Exchange) -> None:
    await exchange.error(401, "Incorrect API key provided.", "invalid_api_key")


@mode("403")
async def forbidden(exchange: Exchange) -> None:
    await exchange.error(403, "Your account may not use this.", "forbidden")


@mode("404")
async def unknown_model(exchange: Exchange) -> None:
    name = exchange.body.get("model")
    await exchange.error(404, f"The model `{name}` does not exist or you do not have access to it.", "model_not_found")


@mode("404-html")
async def wrong_path(exchange: Exchange) -> None:
    await exchange.answer(404, "text/html", "<html><body>Not Found</body></html>")


@mode("redirect")
async def moved(exchange: Exchange) -> None:
    await exchange.answer(307, "text/plain", "moved", location="http://127.0.0.1:9/elsewhere")


@mode("packed")
async def packed(exchange: Exchange) -> None:
    """A body that is packed although it was asked for plain: what a bomb would look like."""
    await exchange.answer(200, "text/event-stream", b"\x1f\x8b\x08\x00", content_encoding="gzip")


@mode("garbage")
async def garbage(exchange: Exchange) -> None:
    """Bytes that are no text, in a stream of events."""
    await exchange.begin()
    await exchange.raw(b"data: " + bytes(range(128, 256)) + b"\n\n")
    await exchange.close_stream()


@mode("bad-event")
async def bad_event(exchange: Exchange) -> None:
    """An event that is no JSON."""
    await exchange.begin()
    await exchange.raw(b'data: {"choices": [{"delta"\n\n')
    await exchange.close_stream()


@mode("odd-events")
async def odd_events(exchange: Exchange) -> None:
    """Events that are JSON, but no chunks; then a good reply."""
    await exchange.begin()
    for odd in ([], "text", 7, None, {}, {"choices": None}, {"choices": [None]}, {"choices": [{"delta": {"content": 5}}]}):
        await exchange.event(odd)
    await exchange.say(exchange.reply)
    await exchange.end()


@mode("brace")
async def brace(exchange: Exchange) -> None:
    await exchange.tell("{")


@mode("truncated")
async def truncated(exchange: Exchange) -> None:
    """Half a reply, and then the end as if it were whole."""
    await exchange.tell(exchange.reply[: len(exchange.reply) // 2])


@mode("length")
async def out_of_tokens(exchange: Exchange) -> None:
    """Half a reply, and the reason: no tokens left."""
    await exchange.tell(exchange.reply[: len(exchange.reply) // 2], "length")


@mode("wrong-schema")
async def wrong_schema(exchange: Exchange) -> None:
    await exchange.tell('{"scene":{"text":"You win.","choices":["Go","Stay"]},"state":{"trust":99}}')


@mode("unknown-speaker")
async def unknown_speaker(exchange: Exchange) -> None:
    dice = random.Random(exchange.seed)
    beats = [{"s": "count_dracula/angry", "t": sentence(dice)} for _ in range(5)]
    await exchange.tell(json.dumps({"beats": beats, "a": "Listen", "b": "Leave", "notes": []}))


@mode("refusal")
async def refusal(exchange: Exchange) -> None:
    await exchange.begin()
    await exchange.delta(role="assistant", refusal="I'm sorry, ")
    await exchange.delta(refusal="I can't help with that.")
    await exchange.end()


@mode("content-filter")
async def content_filter(exchange: Exchange) -> None:
    await exchange.tell(exchange.reply[:40], "content_filter")


@mode("filtered-prompt")
async def filtered_prompt(exchange: Exchange) -> None:
    await exchange.error(400, "The response was filtered due to the content management policy.", "content_filter")


@mode("empty")
async def empty(exchange: Exchange) -> None:
    """200, and no body."""
    await exchange.answer(200, "text/event-stream", "")


@mode("silent")
async def silent(exchange: Exchange) -> None:
    """A stream as it should be, in which nothing is said."""
    await exchange.tell("")


@mode("stall")
async def stall(exchange: Exchange) -> None:
    """A good beginning, and then nothing more."""
    await exchange.begin()
    await exchange.say(exchange.reply[:60])
    await exchange.stall()


@mode("mute")
async def mute(exchange: Exchange) -> None:
    """Takes the request and never answers."""
    await exchange.stall()


@mode("pings")
async def pings(exchange: Exchange) -> None:
    """Signs of life without end, and no event among them."""
    await exchange.begin()
    while True:
        await exchange.raw(b": ping\n\n")
        await asyncio.sleep(exchange.pace)


@mode("cut")
async def cut(exchange: Exchange) -> None:
    """The connection breaks in the middle of the reply."""
    await exchange.begin()
    await exchange.say(exchange.reply[: len(exchange.reply) // 2])


@mode("cut-early")
async def cut_early(exchange: Exchange) -> None:
    """The connection breaks before the first word."""
    await exchange.begin()


@mode("hang-up")
async def hang_up(exchange: Exchange) -> None:
    """The connection breaks before anything was answered."""


@mode("unfinished")
async def unfinished(exchange: Exchange) -> None:
    """The stream ends in good order, but in the middle of the reply and without a reason."""
    await exchange.begin()
    await exchange.say(exchange.reply[: len(exchange.reply) // 2])
    await exchange.close_stream()


@mode("lingers")
async def lingers(exchange: Exchange) -> None:
    """A good reply, whose connection then stays open."""
    await exchange.begin()
    await exchange.say(exchange.reply)
    await exchange.delta(finish="stop")
    await exchange.stall()


@mode("event-error")
async def event_error(exchange: Exchange) -> None:
    """An error as an event, in the middle of the reply."""
    await exchange.begin()
    await exchange.say(exchange.reply[:60])
    await exchange.event({"error": {"message": "The engine is overloaded.", "code": 503}})
    await exchange.close_stream()


@mode("event-error-early")
async def event_error_early(exchange: Exchange) -> None:
    await exchange.begin()
    await exchange.event({"error": {"message": "This model's maximum context length is 2048 tokens.", "code": 400}})
    await exchange.close_stream()


@mode("think")
async def think(exchange: Exchange) -> None:
    """Thoughts in tags, before the reply and in the same text."""
    await exchange.tell(f'<think>The user wants {{"beats":[]}}. I shall write of fog.</think>\n{exchange.reply}')


@mode("think-for-ever")
async def think_for_ever(exchange: Exchange) -> None:
    await exchange.begin()
    while True:
        await exchange.delta(reasoning_content="But wait. " * 400)


@mode("reasoning")
async def reasoning(exchange: Exchange) -> None:
    """Thoughts in a field of their own."""
    await exchange.begin()
    for thought in ("The user wants ", '{"beats":[]}', ". I shall write of fog."):
        await exchange.delta(reasoning_content=thought)
    await exchange.say(exchange.reply)
    await exchange.end()


@mode("no-schema")
async def no_schema(exchange: Exchange) -> None:
    """Knows `json_object`, not `json_schema`, and says so."""
    if exchange.asks_for_schema:
        await exchange.error(400, "'response_format.type' must be 'json_object' or 'text'", param="response_format")
    else:
        await exchange.tell(exchange.reply)


@mode("no-format")
async def no_format(exchange: Exchange) -> None:
    """Does not know `response_format` at all, as FastAPI would say it."""
    if "response_format" in exchange.body:
        detail = [{"type": "extra_forbidden", "loc": ["body", "response_format"], "msg": "Extra inputs are not permitted"}]
        await exchange.answer(422, "application/json", json.dumps({"detail": detail}))
    else:
        await exchange.tell(exchange.reply)


@mode("schema-500")
async def schema_500(exchange: Exchange) -> None:
    """Breaks on a schema."""
    if exchange.asks_for_schema:
        await exchange.error(500, "Internal Server Error")
    else:
        await exchange.tell(exchange.reply)


@mode("strict-only")
async def strict_only(exchange: Exchange) -> None:
    """Takes the subset of JSON Schema that strict endpoints take."""
    if exchange.asks_for_schema and "maxLength" in json.dumps(exchange.body):
        await exchange.error(
            400, "Invalid schema for response_format 'scene': 'maxLength' is not permitted.", param="response_format"
        )
    else:
        await exchange.tell(exchange.reply)


@mode("picky")
async def picky(exchange: Exchange) -> None:
    """A reasoning model: no temperature, no seed, and a newer name for the bound."""
    for name in ("temperature", "seed", "max_tokens"):
        if name in exchange.body:
            message = f"Unsupported parameter: '{name}' is not supported with this model."
            return await exchange.error(400, message, "unsupported_parameter", name)
    return await exchange.tell(exchange.reply)


@mode("no-system")
async def no_system(exchange: Exchange) -> None:
    """A chat template without a system message, and with turns that must be taken."""
    roles = [message["role"] for message in exchange.body["messages"]]
    if "system" in roles:
        await exchange.error(500, "Jinja Exception: System role not supported")
    elif any(one == other for one, other in pairwise(roles)):
        await exchange.error(500, "Jinja Exception: Conversation roles must alternate")
    else:
        await exchange.tell(exchange.reply)


@mode("overflow")
async def overflow(exchange: Exchange) -> None:
    message = "This model's maximum context length is 2048 tokens. However, your messages resulted in 3111 tokens."
    await exchange.error(400, message, "context_length_exceeded", "messages")


@mode("half-characters")
async def half_characters(exchange: Exchange) -> None:
    """A good reply with characters outside ASCII, cut up so that many a character is in two pieces of the body."""
    await exchange.begin()
    reply = exchange.reply.replace("The ", "“Thé” ", 1).replace(". ", " … 🕯 ", 1)
    chunk = {"choices": [{"index": 0, "delta": {"content": reply}, "finish_reason": None}]}
    data = b"data: " + json.dumps(chunk, ensure_ascii=False).encode() + b"\n\n"
    for byte in range(len(data)):
        await exchange.raw(data[byte : byte + 1])
    await exchange.end()


@mode("long")
async def long(exchange: Exchange) -> None:
    """A reply that does not come to an end."""
    await exchange.begin()
    await exchange.delta(content='{"beats":[{"s":"narrator","t":"')
    while True:
        await exchange.delta(content="and then, " * 100)


@mode("endless-line")
async def endless_line(exchange: Exchange) -> None:
    """An event that does not come to an end."""
    await exchange.begin()
    await exchange.raw(b"data: ")
    while True:
        await exchange.raw(b"x" * 65536)


@mode("tells-key")
async def tells_key(exchange: Exchange) -> None:
    """An error that repeats the key it was sent."""
    await exchange.error(400, f"cannot work with {exchange.key}", "odd")
