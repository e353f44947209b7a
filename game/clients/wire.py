"""The HTTP connection under the `openai` package: what may be sent along, and how much may come back.

Imported together with `openai`, never before.
"""

from collections.abc import AsyncIterator

import httpx2

from game.clients.errors import Malformed, Truncated

MOST_BYTES = 16 << 20
"""Of one answer. The longest reply that is let through fits many times over."""

SENT = frozenset({"host", "accept", "accept-encoding", "connection", "content-type", "content-length", "user-agent"})
"""Headers of a request. What else the SDK would tell (the machine, the Python) is nobody's business."""

ACCOUNT = frozenset({"openai-organization", "openai-project"})
"""Headers that the SDK takes from the environment: OpenAI's alone."""


class _Bounded(httpx2.AsyncByteStream):
    """A body that ends in an error when it is too long."""

    def __init__(self, stream: httpx2.AsyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        left = MOST_BYTES
        async for piece in self._stream:
            left -= len(piece)
            if left < 0:
                raise Truncated("the answer was longer than any answer may be")
            yield piece

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
            response.stream = _Bounded(response.stream)

    # On this machine a new connection costs nothing, and a kept one may be closed just as it is used again.
    kept = 0 if near else 4
    return httpx2.AsyncClient(
        timeout=None,
        trust_env=not near,
        follow_redirects=False,
        limits=httpx2.Limits(max_keepalive_connections=kept),
        event_hooks={"request": [trim], "response": [bound]},
    )
