"""The HTTP connection under the `openai` package: what may be sent along, and how much may come back.

Imported together with `openai`, never before.
"""

import codecs
from collections.abc import AsyncIterator

import httpx2

from game.clients.errors import Malformed, Truncated
from game.clients.sdk import PLAIN, kind_of

MOST_BYTES = 16 << 20
"""Of one answer. The longest reply that is let through fits many times over."""

SENT = frozenset({"host", "accept", "accept-encoding", "connection", "content-type", "content-length", "user-agent"})
"""Headers of a request. What else the SDK would tell (the machine, the Python) is nobody's business."""

ACCOUNT = frozenset({"openai-organization", "openai-project"})
"""Headers that the SDK takes from the environment: OpenAI's alone."""


class EventLines:
    """The lines of a stream of events that carry data, and the ends of those events; the rest (comments, names, ids, delays, a
    byte-order mark) says nothing here, and an event of nothing else is none (HTML, 9.2.6: interpreting an event stream)."""

    def __init__(self) -> None:
        self._held: list[bytes] = []
        self._returned = False
        self._first = True
        self._carries = False

    def feed(self, piece: bytes) -> bytes:
        """What of the whole lines so far is to be read, and was not given yet."""
        if not piece:
            return b""
        piece = piece.removeprefix(b"\n") if self._returned else piece
        self._returned = piece.endswith(b"\r")
        out = []
        for line in piece.splitlines(keepends=True):
            self._held.append(line)
            if line.endswith((b"\r", b"\n")):
                out.append(self._line(self.rest().rstrip(b"\r\n")))
        return b"".join(out)

    def rest(self) -> bytes:
        """What was held because its line has no end yet."""
        line, self._held = b"".join(self._held), []
        return line

    def _line(self, line: bytes) -> bytes:
        line = line.removeprefix(codecs.BOM_UTF8) if self._first else line
        carried, self._first = self._carries, False
        self._carries = line.startswith(b"data") or (carried and bool(line))
        return line + b"\n" if line.startswith(b"data") or (carried and not line) else b""


class _Bounded(httpx2.AsyncByteStream):
    """A body that ends in an error when it is too long; of a stream of events, what carries data."""

    def __init__(self, stream: httpx2.AsyncByteStream, events: bool) -> None:
        self._stream = stream
        self._lines = EventLines() if events else None

    async def __aiter__(self) -> AsyncIterator[bytes]:
        left = MOST_BYTES
        async for piece in self._stream:
            left -= len(piece)
            if left < 0:
                raise Truncated("the answer was longer than any answer may be")
            if kept := self._lines.feed(piece) if self._lines else piece:
                yield kept
        if self._lines and (rest := self._lines.rest()):
            yield rest

    async def aclose(self) -> None:
        await self._stream.aclose()


def open_wire(keyed: bool, near: bool, openai: bool) -> httpx2.AsyncClient:
    """A client for one endpoint. `keyed`: it is sent the key. `near`: on this machine, so past any proxy. Never redirected, so
    that a key goes nowhere else."""
    allowed = SENT | ({"authorization"} if keyed else frozenset()) | (ACCOUNT if openai else frozenset())

    async def trim(request: httpx2.Request) -> None:
        for name in [name for name in request.headers if name.lower() not in allowed]:
            del request.headers[name]
        request.headers["user-agent"] = "unwritten"
        request.headers["accept-encoding"] = "identity"

    async def bound(response: httpx2.Response) -> None:
        if response.headers.get("content-encoding", "identity") != "identity":
            raise Malformed("the answer came packed, though it was asked for plain")
        if isinstance(response.stream, httpx2.AsyncByteStream):
            events = response.is_success and kind_of(response) not in PLAIN
            response.stream = _Bounded(response.stream, events)

    # On this machine a new connection costs nothing, and a kept one may be closed just as it is used again.
    kept = 0 if near else 4
    return httpx2.AsyncClient(
        timeout=None,
        trust_env=not near,
        follow_redirects=False,
        limits=httpx2.Limits(max_keepalive_connections=kept),
        event_hooks={"request": [trim], "response": [bound]},
    )
