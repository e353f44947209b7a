"""Modes in which the wire itself is at fault, or only odd: how HTTP and its events are really sent by somebody."""

import gzip
import json

from tests.server.exchange import Exchange, pieces
from tests.server.modes import mode


def chunk(text: str, finish: str | None = None) -> bytes:
    """A chunk of a chat completion, as JSON."""
    choice = {"index": 0, "delta": {"content": text}, "finish_reason": finish}
    return json.dumps({"id": "chat-1", "object": "chat.completion.chunk", "choices": [choice]}, ensure_ascii=False).encode()


def completion(text: str) -> str:
    """A chat completion that is not streamed, as JSON."""
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
    return json.dumps({"id": "chat-1", "object": "chat.completion", "created": 0, "model": "m", "choices": [choice]})


async def events(exchange: Exchange, before: bytes, after: bytes, text: str) -> None:
    """A good stream in which each event stands between these bytes."""
    await exchange.begin()
    for piece in pieces(text):
        await exchange.raw(before + chunk(piece) + after)
    await exchange.raw(before + chunk("", "stop") + after)
    await exchange.raw(before + b"[DONE]" + after)
    await exchange.close_stream()


@mode("crlf")
async def crlf(exchange: Exchange) -> None:
    """Events whose lines end as on Windows."""
    await events(exchange, b"data: ", b"\r\n\r\n", exchange.reply)


@mode("carriage-returns")
async def carriage_returns(exchange: Exchange) -> None:
    """Events whose lines end as on very old machines, which the standard allows."""
    await events(exchange, b"data: ", b"\r\r", exchange.reply)


@mode("comments")
async def comments(exchange: Exchange) -> None:
    """A comment, a name, an id and a delay with each event."""
    await events(exchange, b": keep-alive\n\nevent: message\nid: 7\nretry: 3000\ndata: ", b"\n\n", exchange.reply)


@mode("no-space")
async def no_space(exchange: Exchange) -> None:
    """`data:` without a space behind it."""
    await events(exchange, b"data:", b"\n\n", exchange.reply)


@mode("lines-of-data")
async def lines_of_data(exchange: Exchange) -> None:
    """The JSON of an event over several lines of data."""
    await exchange.begin()
    for piece in [*pieces(exchange.reply), ""]:
        shown = json.dumps(json.loads(chunk(piece, None if piece else "stop")), indent=1, ensure_ascii=False)
        await exchange.raw(b"".join(b"data: " + line.encode() + b"\n" for line in shown.splitlines()) + b"\n")
    await exchange.raw(b"data: [DONE]\n\n")
    await exchange.close_stream()


@mode("packet")
async def packet(exchange: Exchange) -> None:
    """The whole stream in one packet."""
    await exchange.begin()
    stream = b"".join(b"data: " + chunk(piece) + b"\n\n" for piece in pieces(exchange.reply))
    await exchange.raw(stream + b"data: " + chunk("", "stop") + b"\n\ndata: [DONE]\n\n")
    await exchange.close_stream()


@mode("pairs")
async def pairs(exchange: Exchange) -> None:
    """Two events and a half in each packet."""
    stream = b"".join(b"data: " + chunk(piece) + b"\n\n" for piece in pieces(exchange.reply))
    stream += b"data: " + chunk("", "stop") + b"\n\ndata: [DONE]\n\n"
    await exchange.begin()
    size = 5 * len(chunk("x" * 12)) // 2
    for start in range(0, len(stream), size):
        await exchange.raw(stream[start : start + size])
    await exchange.close_stream()


@mode("bom")
async def bom(exchange: Exchange) -> None:
    """A byte-order mark before the first event."""
    await exchange.begin()
    await exchange.raw(b"\xef\xbb\xbf")
    await exchange.say(exchange.reply)
    await exchange.end()


@mode("one-event")
async def one_event(exchange: Exchange) -> None:
    """The whole reply in a single event, with the reason it ends in the same."""
    await exchange.begin()
    await exchange.raw(b"data: " + chunk(exchange.reply, "stop") + b"\n\ndata: [DONE]\n\n")
    await exchange.close_stream()


@mode("no-done")
async def no_done(exchange: Exchange) -> None:
    """A good stream without its last mark."""
    await exchange.begin()
    await exchange.say(exchange.reply)
    await exchange.delta(finish="stop")
    await exchange.close_stream()


@mode("after-done")
async def after_done(exchange: Exchange) -> None:
    """A stream that goes on after its last mark."""
    await exchange.begin()
    await exchange.say(exchange.reply)
    await exchange.delta(finish="stop")
    await exchange.raw(b"data: [DONE]\n\n")
    await exchange.say(" And another thing.")
    await exchange.close_stream()


@mode("null-content")
async def null_content(exchange: Exchange) -> None:
    """Empty and absent contents between the pieces, as some gateways send them."""
    await exchange.begin()
    for piece in pieces(exchange.reply):
        await exchange.delta(content=None)
        await exchange.delta(content=piece, role="assistant", tool_calls=None)
        await exchange.delta(content="")
    await exchange.end()


@mode("broken-chunks")
async def broken_chunks(exchange: Exchange) -> None:
    """The lengths of chunked encoding turn into nonsense in the middle."""
    await exchange.begin()
    await exchange.say(exchange.reply[: len(exchange.reply) // 2])
    exchange.writer.write(b"zz\r\nnot a chunk\r\n\r\n")
    await exchange.writer.drain()


@mode("chunk-too-long")
async def chunk_too_long(exchange: Exchange) -> None:
    """A chunk that is announced longer than it is."""
    await exchange.begin()
    await exchange.say(exchange.reply[: len(exchange.reply) // 2])
    exchange.writer.write(b"ffff\r\ndata: half")
    await exchange.writer.drain()


@mode("length-too-long")
async def length_too_long(exchange: Exchange) -> None:
    """A body that ends before its announced length."""
    body = b"data: " + chunk(exchange.reply[: len(exchange.reply) // 2]) + b"\n\n"
    await exchange.answer(200, "text/event-stream", body, announced=len(body) + 4000)


@mode("length-too-short")
async def length_too_short(exchange: Exchange) -> None:
    """A body that goes on after its announced length."""
    body = b"data: " + chunk(exchange.reply, "stop") + b"\n\ndata: [DONE]\n\n"
    await exchange.answer(200, "text/event-stream", body, announced=len(body) // 2)


@mode("no-length")
async def no_length(exchange: Exchange) -> None:
    """A body without a length or chunks: it ends when the connection does."""
    body = b"data: " + chunk(exchange.reply, "stop") + b"\n\ndata: [DONE]\n\n"
    await exchange.answer(200, "text/event-stream", body, announced=None)


@mode("kept-then-closed")
async def kept_then_closed(exchange: Exchange) -> None:
    """Promises to keep the connection for the next request, and closes it under it."""
    exchange.connection = "keep-alive"
    await exchange.tell(exchange.reply)


@mode("gzip")
async def zipped(exchange: Exchange) -> None:
    """A good reply, packed although it was asked for plain."""
    body = gzip.compress(b"data: " + chunk(exchange.reply, "stop") + b"\n\ndata: [DONE]\n\n")
    await exchange.answer(200, "text/event-stream", body, content_encoding="gzip")


@mode("200-error")
async def error_as_success(exchange: Exchange) -> None:
    """An error in OpenAI's form, and the status says that all is well."""
    error = {"error": {"message": "The model is overloaded, try again later.", "type": "server_error", "code": 503}}
    await exchange.answer(200, "application/json", json.dumps(error))


@mode("not-streamed")
async def not_streamed(exchange: Exchange) -> None:
    """A server that does not stream: one JSON object, whatever was asked for."""
    await exchange.answer(200, "application/json", completion(exchange.reply))


@mode("not-streamed-event")
async def not_streamed_event(exchange: Exchange) -> None:
    """The whole completion, with a message and no delta, as a single event."""
    await exchange.answer(200, "text/event-stream", f"data: {completion(exchange.reply)}\n\ndata: [DONE]\n\n")


@mode("wrong-type")
async def wrong_type(exchange: Exchange) -> None:
    """A good stream of events that calls itself plain text."""
    await exchange.begin("text/plain")
    await exchange.say(exchange.reply)
    await exchange.end()


@mode("504-html")
async def gateway_timeout(exchange: Exchange) -> None:
    """A proxy that has not waited long enough."""
    await exchange.answer(504, "text/html", "<html><head><title>504 Gateway Time-out</title></head></html>")


@mode("413")
async def too_large(exchange: Exchange) -> None:
    """A proxy that takes no request of this size."""
    await exchange.answer(413, "text/html", "<html><head><title>413 Request Entity Too Large</title></head></html>")


@mode("no-http")
async def no_http(exchange: Exchange) -> None:
    """Another protocol on that port."""
    exchange.writer.write(b"SSH-2.0-OpenSSH_9.6\r\n")
    await exchange.writer.drain()
