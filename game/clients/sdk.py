"""The `openai` package's streams: read to their end and closed, or read in one piece, and what its errors mean.

The package is imported by whoever calls this, on first use.
"""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from types import SimpleNamespace
from typing import TYPE_CHECKING

from game.clients.errors import ClientError
from game.clients.failure import Failures

if TYPE_CHECKING:
    import httpx2
    from openai import AsyncStream
    from openai.types.chat import ChatCompletionChunk

    Events = AsyncStream[ChatCompletionChunk]

END = object()
"""What comes behind the last chunk."""

PLAIN = ("application/json", "text/html")
"""Kinds of an answer that is no stream of events."""
FAREWELL = 1.0
"""Seconds that a closed stream may take to run out."""
NEVER_CONNECTED = ("ConnectError", "ConnectTimeout", "ProxyError", "UnsupportedProtocol")


@asynccontextmanager
async def held(events: "Events") -> AsyncGenerator["Events"]:
    """The stream, and then its end: the connection closed, and the SDK's chain of generators run out rather than left to the
    garbage collector, which may close two of them at once."""
    try:
        yield events
    finally:
        await events.close()
        with suppress(Exception):
            async with asyncio.timeout(FAREWELL):
                while await anext(events, END) is not END:
                    pass


def kind_of(response: "httpx2.Response") -> str:
    """The media type of an answer, in lower case, without its parameters."""
    kind: str = response.headers.get("content-type", "")
    return kind.partition(";")[0].strip().lower()


async def in_one_piece(response: "httpx2.Response", failures: Failures) -> object:
    """The answer of a server that does not stream, as a chunk is: with a message where that has a delta.

    Raises:
        ClientError: it is an error, though the status says that all is well.
        ValueError: it is no JSON.
    """
    body = await response.aread()
    said = json.loads(body)
    if isinstance(said, dict) and said.get("error"):
        raise failures.event(said["error"], began=False)
    return json.loads(body, object_hook=lambda fields: SimpleNamespace(**fields))


def meaning(error: Exception, failures: Failures, began: bool) -> ClientError | None:
    """The error of ours for one of the package's; None for any other. `began`: after some text."""
    from openai import APIConnectionError, APIError, APIStatusError

    match error:
        case APIStatusError():
            return failures.status(error.status_code, error.body, error.response.headers)
        case APIConnectionError():
            cause = error.__cause__
            return failures.connection(str(cause), type(cause).__name__ not in NEVER_CONNECTED, began)
        case APIError():
            return failures.event(error.body, began)
        case ValueError() | RecursionError():
            return failures.nonsense("something unreadable")
    return None
