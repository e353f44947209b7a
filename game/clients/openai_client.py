"""Any service that speaks OpenAI's chat completions: streamed, bounded, and asked in the way that it takes.

The `openai` package is imported on first use, on a thread of its own: it takes half a second.
"""

import asyncio
import math
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from game.clients.address import OPENAI, check_address, is_loopback, shown
from game.clients.client import DEFAULT_WINDOW, Capabilities, ClientOptions, Delta, SceneRequest
from game.clients.completion import chat_body
from game.clients.counting import Counter
from game.clients.dialect import CLOUD, NEARBY, Complaint, Manners
from game.clients.errors import ClientError, Unauthorised, UnknownModel
from game.clients.failure import Failures
from game.clients.intake import Intake
from game.clients.sdk import END, PLAIN, held, in_one_piece, kind_of, meaning

if TYPE_CHECKING:
    import httpx2
    from openai import AsyncOpenAI

    from game.clients.sdk import Events

AT_ONCE = 4
"""Requests that a service elsewhere is asked at once; a server on this machine mostly has one place to write at."""
LAST_WORDS = 2.0
"""Seconds to wait for the usage once the reply is whole."""
GOODBYE = 0.1
"""Seconds to wait for the end of the stream once the usage is there too: read to its end, a connection can be used again."""
THOUGHTFUL = 4
"""Times the longest silence that a model may think, with signs of life, before its first word."""

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
        self._counter = Counter(self._url, self.model, self._key, there=self._near)
        self._settled = False
        self._choked = 0
        self._wire: httpx2.AsyncClient | None = None
        self._sdk: AsyncOpenAI | None = None

    @property
    def capabilities(self) -> Capabilities:
        """As far as they are known by now: what an endpoint takes shows when it is asked."""
        dialect = self._manners.dialect
        return Capabilities(
            schema=dialect,
            window=self._window,
            streaming="whole" not in self._manners.quirks,
            schema_in_prefix=dialect == "json_schema_strict",
            networked=not self._near,
            parallel=1 if self._near else AT_ONCE,
            quirks=self._manners.told,
            counts=self._counter.there,
        )

    async def stream(self, request: SceneRequest) -> AsyncIterator[Delta]:
        intake = Intake(request.max_chars, json=bool(request.schema))
        try:
            async with held(await self._open(request)) as events, aclosing(self._chunks(events, intake)) as chunks:
                async for chunk in chunks:
                    if text := intake.take(chunk):
                        yield Delta(text)
        except ClientError:
            raise
        except Exception as error:
            raise self._explain(error, intake) from None
        finally:
            self._learn(intake)
        if text := intake.rest():
            yield Delta(text)
        if intake.usage:
            yield Delta(usage=intake.usage)
        intake.judge()

    async def count(self, text: str) -> int | None:
        """Tokens of a text by the endpoint's own tokenizer; None when it has none to ask. Raises nothing."""
        if not self._counter.there:
            return None
        if self._wire is None:
            await asyncio.to_thread(import_module, "httpx2")
        return await self._counter.count(self._connection(), text)

    async def aclose(self) -> None:
        wire, self._wire, self._sdk = self._wire, None, None
        if wire:
            await wire.aclose()

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
                    manners = softer
                    self._manners = self._manners.merged(softer)
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
            self._manners, self._settled = self._manners.merged(manners), True

    def _learn(self, intake: Intake) -> None:
        """What a reply shows of who wrote it; the next request is put accordingly."""
        if intake.thought:
            self._manners = self._manners.learnt("thinks")
        if intake.strayed and not self._manners.in_words:
            self._manners = self._manners.learnt("prose")

    async def _send(self, request: SceneRequest, manners: Manners) -> "Events":
        if self._sdk is None:
            await asyncio.to_thread(import_module, "openai")
        sdk = self._sdk = self._sdk or self._connect()
        async with asyncio.timeout(self._first):
            events = await sdk.chat.completions.create(**cast(Any, chat_body(request, self.model, manners, self._window)))
        return cast("Events", events)

    def _connection(self) -> "httpx2.AsyncClient":
        from game.clients.wire import open_wire

        self._wire = self._wire or open_wire(bool(self._key), self._near, openai=self._url.startswith(OPENAI))
        return self._wire

    def _connect(self) -> "AsyncOpenAI":
        from openai import AsyncOpenAI

        wire = self._connection()
        return AsyncOpenAI(api_key=self._key or "none", base_url=self._url, max_retries=0, timeout=None, http_client=wire)

    async def _chunks(self, events: "Events", intake: Intake) -> AsyncGenerator[object]:
        """The chunks of the stream, as long as none that says something is waited for too long. Comments and empty events keep
        a connection alive, and say nothing."""
        if kind_of(events.response) in PLAIN:
            async with aclosing(self._whole(events)) as chunks:
                async for chunk in chunks:
                    yield chunk
            return
        now = asyncio.get_running_loop().time
        until, enough, heard = now() + self._first, math.inf, 0
        while True:
            try:
                async with asyncio.timeout_at(until):
                    chunk = await anext(events, END)
            except Exception:
                if intake.finished:
                    return
                raise
            if chunk is END:
                return
            yield chunk
            if intake.finished:
                until = now() + (GOODBYE if intake.usage else LAST_WORDS)
            elif intake.heard > heard:
                enough = math.inf if intake.began else min(enough, now() + THOUGHTFUL * self._timeout)
                heard, until = intake.heard, min(now() + self._timeout, enough)

    async def _whole(self, events: "Events") -> AsyncGenerator[object]:
        """The one chunk of an answer that did not come as a stream of events."""
        if kind_of(events.response) == "text/html":
            raise self._failures.nonsense("a web page")
        async with asyncio.timeout(self._first):
            yield await in_one_piece(events.response, self._failures)
        self._manners = self._manners.learnt("whole")

    def _explain(self, error: Exception, intake: Intake) -> ClientError:
        if isinstance(error, TimeoutError):
            waited = self._timeout if intake.heard else self._first
            return self._failures.silence(waited, thinking=intake.thought and not intake.began)
        unknown = f"{shown(self._url)} could not be asked: an unexpected {type(error).__name__}"
        return meaning(error, self._failures, intake.began) or ClientError(unknown)


def open_openai(options: ClientOptions) -> OpenAIClient:
    """The entry point's factory.

    Raises:
        UnknownModel: no model is named.
        Unauthorised: OpenAI's own service is asked for without a key, or the key cannot be one.
        Unreachable: the address is none.
    """
    check_address(options.base_url or OPENAI)
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
