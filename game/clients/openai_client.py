"""Any service that speaks OpenAI's chat completions: streamed, bounded, and asked in the way that it takes.

The `openai` package is imported on first use, on a thread of its own: it takes half a second.
"""

import asyncio
import ipaddress
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager, suppress
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from game.clients.client import DEFAULT_WINDOW, Capabilities, ClientOptions, Delta, SceneRequest
from game.clients.dialect import CLOUD, NEARBY, Complaint, Manners, body
from game.clients.errors import ClientError, Unauthorised, UnknownModel, Unreachable
from game.clients.failure import Failures, shown
from game.clients.intake import Intake

if TYPE_CHECKING:
    from openai import AsyncOpenAI, AsyncStream
    from openai.types.chat import ChatCompletionChunk

    Events = AsyncStream[ChatCompletionChunk]

OPENAI = "https://api.openai.com/v1"

_END = object()

LAST_WORDS = 2.0
"""Seconds to wait for the usage once the reply is whole."""

CHOKED = (500, 501)
"""What servers answer that break on a schema, and servers that are out of order."""
CHOKES = 2
"""Times in a row that leaving the schema away helped, until it is left away for good."""


class OpenAIClient:
    """One model at one endpoint. `first` is the longest silence before the first text, in seconds; None is as for any other."""

    name = "openai"

    def __init__(self, options: ClientOptions, first: float | None = None) -> None:
        self.model = options.model
        self._url = options.base_url or OPENAI
        self._key = options.api_key.get_secret_value().strip() if options.api_key else ""
        self._failures = Failures(self._url, options.model, self._key)
        self._timeout = options.timeout
        self._first = first or options.timeout
        self._near = is_loopback(self._url)
        self._window = options.window or DEFAULT_WINDOW
        self._manners = Manners(NEARBY if self._near else CLOUD)
        self._settled = False
        self._choked = 0
        self._sdk: AsyncOpenAI | None = None

    @property
    def capabilities(self) -> Capabilities:
        """As far as they are known by now: which dialect an endpoint takes shows when it is asked."""
        dialect = self._manners.dialect
        return Capabilities(dialect, self._window, schema_in_prefix=dialect == "json_schema_strict", networked=not self._near)

    async def stream(self, request: SceneRequest) -> AsyncIterator[Delta]:
        intake = Intake(request.max_chars)
        try:
            async with _held(await self._open(request)) as events, aclosing(self._chunks(events, intake)) as chunks:
                self._check_kind(events)
                async for chunk in chunks:
                    if text := intake.take(chunk):
                        yield Delta(text)
        except ClientError:
            raise
        except Exception as error:
            raise self._explain(error, intake.began) from None
        if text := intake.rest():
            yield Delta(text)
        if intake.usage:
            yield Delta(usage=intake.usage)
        intake.judge()

    async def aclose(self) -> None:
        sdk, self._sdk = self._sdk, None
        if sdk:
            await sdk.close()

    async def _open(self, request: SceneRequest) -> "Events":
        """Ask, and ask otherwise while the endpoint says what it does not take. Each turn asks for less, so it ends."""
        from openai import APIStatusError

        manners, doubted = self._manners, False
        while True:
            try:
                events = await self._send(request, manners)
            except APIStatusError as error:
                complaint = Complaint(error.status_code, f"{error.message} {error.body}".lower(), error.param or "")
                if softer := manners.after(complaint):
                    self._manners = manners = softer
                elif self._may_have_choked(complaint, doubted) and (softer := manners.without_schema()):
                    manners, doubted = softer, True
                else:
                    raise
            else:
                self._remember(manners, doubted)
                return events

    def _may_have_choked(self, complaint: Complaint, doubted: bool) -> bool:
        return complaint.status in CHOKED and not doubted and not self._settled

    def _remember(self, manners: Manners, doubted: bool) -> None:
        """What worked. A server that is well again after a fault looks like one that choked: so that must happen twice."""
        self._choked = self._choked + 1 if doubted else 0
        if not doubted or self._choked >= CHOKES:
            self._manners, self._settled = manners, True

    async def _send(self, request: SceneRequest, manners: Manners) -> "Events":
        if self._sdk is None:
            await asyncio.to_thread(import_module, "openai")
        sdk = self._sdk = self._sdk or self._connect()
        async with asyncio.timeout(self._first):
            events = await sdk.chat.completions.create(**cast(Any, body(request, self.model, manners)))
        return cast("Events", events)

    def _connect(self) -> "AsyncOpenAI":
        from openai import AsyncOpenAI

        from game.clients.wire import open_wire

        wire = open_wire(keyed=bool(self._key), near=self._near, openai=self._url.startswith(OPENAI))
        return AsyncOpenAI(api_key=self._key or "none", base_url=self._url, max_retries=0, timeout=None, http_client=wire)

    async def _chunks(self, events: "Events", intake: Intake) -> AsyncGenerator[object]:
        """The chunks of the stream, as long as none is waited for too long."""
        while True:
            patience = LAST_WORDS if intake.finished else self._timeout if intake.began else self._first
            try:
                async with asyncio.timeout(patience):
                    chunk = await anext(events, _END)
            except Exception:
                if intake.finished:
                    return
                raise
            if chunk is _END:
                return
            yield chunk

    def _check_kind(self, events: "Events") -> None:
        kind = events.response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind in ("text/html", "application/json"):
            raise self._failures.nonsense("a web page" if kind == "text/html" else "JSON in one piece")

    def _explain(self, error: Exception, began: bool) -> ClientError:
        from openai import APIConnectionError, APIError, APIStatusError

        match error:
            case APIStatusError():
                return self._failures.status(error.status_code, error.body, error.response.headers)
            case APIConnectionError():
                cause = error.__cause__
                connected = type(cause).__name__ not in ("ConnectError", "ConnectTimeout", "ProxyError", "UnsupportedProtocol")
                return self._failures.connection(str(cause), connected, began)
            case APIError():
                return self._failures.event(error.body, began)
            case TimeoutError():
                return self._failures.silence(self._timeout if began else self._first)
            case ValueError() | RecursionError():
                return self._failures.nonsense("something unreadable")
        return ClientError(f"{shown(self._url)} could not be asked: an unexpected {type(error).__name__}")


@asynccontextmanager
async def _held(events: "Events") -> AsyncGenerator["Events"]:
    """The stream, and then its end: the connection closed, and the SDK's chain of generators run out rather than left to the
    garbage collector, which may close two of them at once."""
    try:
        yield events
    finally:
        await events.close()
        with suppress(Exception):
            async with asyncio.timeout(1):
                while await anext(events, _END) is not _END:
                    pass


def is_loopback(base_url: str) -> bool:
    """Whether text sent there stays on this machine."""
    host = urlsplit(base_url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def open_openai(options: ClientOptions) -> OpenAIClient:
    """The entry point's factory.

    Raises:
        UnknownModel: no model is named.
        Unauthorised: OpenAI's own service is asked for without a key, or the key cannot be one.
        Unreachable: the address is none.
    """
    _check_address(options.base_url or OPENAI)
    key = options.api_key.get_secret_value().strip() if options.api_key else ""
    if not key and not options.base_url:
        raise Unauthorised(
            f"{OPENAI} wants a key: set UNWRITTEN_API_KEY or OPENAI_API_KEY, or name another service by --base-url"
        )
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise Unauthorised("the key in UNWRITTEN_API_KEY has characters that no key has; copy it once more")
    if not options.model:
        raise UnknownModel("no model is named for the client openai; name one by --model or UNWRITTEN_MODEL")
    return OpenAIClient(replace(options, base_url=options.base_url or OPENAI))


def _check_address(base_url: str) -> None:
    try:
        parts = urlsplit(base_url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good:
        raise Unreachable(f'"{base_url.rpartition("@")[2]}" is no address of a service; write one like http://127.0.0.1:8080/v1')
