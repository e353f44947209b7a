"""One request and its answer, written byte by byte: what a mode works with."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass

from tests.server.prose import reply_for

REASONS = {200: "OK", 400: "Bad Request", 401: "Unauthorized", 404: "Not Found", 429: "Too Many Requests"}

ITS_OWN = -1
"""The length of an answer that is as long as it says."""


@dataclass
class Exchange:
    """`body` is the request's JSON. `key` came with it. `pace` is the pause between pieces of a drip, in seconds. `connection` is
    what the answer says will become of it, `said` how many characters of a reply it has sent."""

    body: dict
    writer: asyncio.StreamWriter
    key: str = ""
    seed: int = 0
    pace: float = 0.02
    connection: str = "close"
    said: int = 0

    @property
    def reply(self) -> str:
        """A good reply, as text."""
        return json.dumps(reply_for(self.body, self.seed), ensure_ascii=False)

    @property
    def asks_for_schema(self) -> bool:
        return (self.body.get("response_format") or {}).get("type") == "json_schema"

    async def answer(self, status: int, kind: str, text: str | bytes, announced: int | None = ITS_OWN, **headers: str) -> None:
        """A whole answer, which is said to be `announced` bytes long, None: not said. Underscores in the names of headers are
        dashes."""
        data = text.encode() if isinstance(text, str) else text
        announced = len(data) if announced == ITS_OWN else announced
        length = {} if announced is None else {"content-length": str(announced)}
        self._head(status, {"content-type": kind, **length, **headers})
        self.writer.write(data)
        await self.writer.drain()

    async def error(self, status: int, message: str, code: str | None = None, param: str | None = None, **headers: str) -> None:
        """An error in OpenAI's form."""
        error = {"message": message, "type": "invalid_request_error", "param": param, "code": code}
        await self.answer(status, "application/json", json.dumps({"error": error}), **headers)

    async def begin(self, kind: str = "text/event-stream") -> None:
        self._head(200, {"content-type": kind, "transfer-encoding": "chunked"})
        await self.writer.drain()

    async def raw(self, data: bytes) -> None:
        """Bytes of a stream that has begun, as one chunk of HTTP."""
        self.writer.write(b"%x\r\n%s\r\n" % (len(data), data))
        await self.writer.drain()

    async def event(self, data: object) -> None:
        await self.raw(b"data: " + json.dumps(data, ensure_ascii=False).encode() + b"\n\n")

    async def delta(self, finish: str | None = None, **delta: object) -> None:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        await self.event({"id": "chat-1", "object": "chat.completion.chunk", "created": 0, "model": "m", "choices": [choice]})

    async def say(self, text: str, pause: float = 0.0) -> None:
        self.said += len(text)
        for piece in pieces(text):
            await self.delta(content=piece)
            await asyncio.sleep(pause)

    async def end(self, finish: str = "stop") -> None:
        """The end of a stream as it should be, with the usage if it was asked for."""
        await self.delta(finish=finish)
        if (self.body.get("stream_options") or {}).get("include_usage"):
            await self.event({"id": "chat-1", "object": "chat.completion.chunk", "choices": [], "usage": self._usage()})
        await self.raw(b"data: [DONE]\n\n")
        await self.close_stream()

    def _usage(self) -> dict:
        """A token for four characters; half of the prompt is known from before."""
        prompt = sum(len(str(message["content"])) for message in self.body["messages"]) // 4
        details = {"cached_tokens": prompt // 2}
        reply = self.said // 4
        return {
            "prompt_tokens": prompt,
            "completion_tokens": reply,
            "total_tokens": prompt + reply,
            "prompt_tokens_details": details,
        }

    async def close_stream(self) -> None:
        self.writer.write(b"0\r\n\r\n")
        await self.writer.drain()

    async def tell(self, text: str, finish: str = "stop", pause: float = 0.0) -> None:
        """A stream that says `text`."""
        await self.begin()
        await self.delta(role="assistant", content="")
        await self.say(text, pause)
        await self.end(finish)

    async def stall(self) -> None:
        """Nothing more, until the other side hangs up."""
        await asyncio.Event().wait()

    def _head(self, status: int, headers: dict[str, str]) -> None:
        lines = [f"HTTP/1.1 {status} {REASONS.get(status, 'Error')}", f"connection: {self.connection}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        self.writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())


def pieces(text: str, size: int = 12) -> Iterator[str]:
    """A text as a model sends it: a few characters at a time."""
    return (text[start : start + size] for start in range(0, len(text), size))
