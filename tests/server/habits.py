"""Modes of a server whose HTTP is in order, and whose model has habits: no form, another form, tools, odd counts."""

import json

from tests.server.exchange import Exchange
from tests.server.modes import mode


@mode("indented")
async def indented(exchange: Exchange) -> None:
    """A good reply, laid out for people to read."""
    await exchange.tell(json.dumps(json.loads(exchange.reply), indent=4, ensure_ascii=False))


@mode("escaped")
async def escaped(exchange: Exchange) -> None:
    """A good reply in which every character outside ASCII is escaped, some in halves."""
    reply = exchange.reply.replace("The ", "“Thé” ", 1).replace(". ", " … 🕯 ", 1)
    await exchange.tell(json.dumps(json.loads(reply), ensure_ascii=True))


@mode("half-surrogates")
async def half_surrogates(exchange: Exchange) -> None:
    """Halves of characters, escaped in the events and again in the reply: no UTF-8 can write what is meant."""
    await exchange.begin()
    await exchange.say(exchange.reply.replace(". ", " \\ud83d. ", 1)[:-1])
    await exchange.raw(b'data: {"choices": [{"index": 0, "delta": {"content": " \\udc00 }"}, "finish_reason": "stop"}]}\n\n')
    await exchange.close_stream()


@mode("tool-call")
async def tool_call(exchange: Exchange) -> None:
    """Calls a tool that nobody has, in place of an answer."""
    await exchange.begin()
    call = {"index": 0, "id": "call_1", "type": "function", "function": {"name": "end_story", "arguments": exchange.reply}}
    await exchange.delta(role="assistant", tool_calls=[call])
    await exchange.end("tool_calls")


@mode("parts")
async def parts(exchange: Exchange) -> None:
    """The content as a list of parts, as in requests."""
    await exchange.begin()
    await exchange.delta(content=[{"type": "text", "text": exchange.reply}])
    await exchange.end()


@mode("two-choices")
async def two_choices(exchange: Exchange) -> None:
    """Two replies at once, by turns."""
    await exchange.begin()
    for start in range(0, len(exchange.reply), 40):
        piece = exchange.reply[start : start + 40]
        choices = [{"index": n, "delta": {"content": text}, "finish_reason": None} for n, text in enumerate((piece, "{no "))]
        await exchange.event({"id": "chat-1", "object": "chat.completion.chunk", "choices": choices})
    await exchange.end()


@mode("odd-usage")
async def odd_usage(exchange: Exchange) -> None:
    """Counts that cannot be, before and after a good reply."""
    await exchange.begin()
    odd = {
        "prompt_tokens": -5,
        "completion_tokens": "many",
        "total_tokens": None,
        "prompt_tokens_details": {"cached_tokens": 1e9},
    }
    await exchange.event({"choices": [], "usage": odd})
    await exchange.say(exchange.reply)
    await exchange.delta(finish="stop")
    await exchange.event({"choices": [], "usage": {"prompt_tokens": 10**15, "completion_tokens": -1}})
    await exchange.close_stream()


@mode("think-open")
async def think_open(exchange: Exchange) -> None:
    """A thought that is opened and never closed."""
    await exchange.tell(f"<think>The user wants a scene. I shall write: {exchange.reply}")
