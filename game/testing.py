"""What writers of clients test with: one check of all that the engine relies on, and a guard against paid requests.

from game.testing import check_client
report = check_client(open_mine, pack)
assert report.ok, report
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass, replace

from game.clients import (
    Capabilities,
    ClientError,
    ClientFactory,
    ClientOptions,
    Delta,
    LLMClient,
    SceneRequest,
    TokenCounter,
    Truncated,
)
from game.clients.registry import PARTS, forbid_networked_clients
from game.director import Director, Step
from game.narrator import Narrator
from game.packs import Pack
from game.story import ROOT, node_key

__all__ = ["Finding", "Report", "check_client", "forbid_networked_clients", "sample_request"]

PROMPT = 1.0
"""Seconds within which a stream that nobody wants any more must be closed."""
SMALL = 40
"""Characters of a reply that is bounded for the check of bounds."""
TOKENS = 160
"""Of a sample reply at most: a check is not to cost much, in time or money."""
SMALLEST_WINDOW = 1024


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked; `why` says what was wrong with it, and is empty when nothing was."""

    name: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """All that was checked. As text: one line each."""

    client: str
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        return not any(finding.why for finding in self.findings)

    def __str__(self) -> str:
        lines = [f"{'FAIL' if item.why else 'ok  '} {item.name}{f': {item.why}' if item.why else ''}" for item in self.findings]
        return "\n".join([f"{self.client}:", *lines])


class _Wrong(Exception):
    """What is wrong, in words."""


Check = Callable[[LLMClient, SceneRequest], Awaitable[None]]


def check_client(
    client: ClientFactory | LLMClient, pack: Pack, options: ClientOptions | None = None, patience: float = 120.0
) -> Report:
    """Check a client, or what a factory makes of `options`, against everything that the engine relies on.

    It is asked about six times for the first scene of `pack`, and is closed in the end; one check may take `patience` seconds.
    Raises nothing: what goes wrong is in the report. Not to be called where an event loop is running.
    """
    try:
        made = client if _is_client(client) else client(options or ClientOptions(pack))  # type: ignore[operator]
    except ClientError as error:
        return Report("client", (Finding("opens", f"{type(error).__name__}: {error}"),))
    except Exception as error:
        return Report("client", (Finding("opens", f"raised {error!r}, which is no ClientError"),))
    missing = [part for part in PARTS if not hasattr(made, part)]
    if missing:
        return Report("client", (Finding("opens", f"it has no {', no '.join(missing)}"),))
    return asyncio.run(_check(made, pack, patience))  # type: ignore[arg-type]  # its parts are all there


def sample_request(pack: Pack, client: LLMClient) -> SceneRequest:
    """The request for the first scene of `pack` as this client would get it, but for a short reply."""
    brief = Director(pack).plan(node_key(ROOT, ""), 0, pack.initial, Step(), pack.player).brief
    return replace(Narrator(pack, pack.player, client).request(brief), max_tokens=TOKENS)


def _is_client(thing: object) -> bool:
    return hasattr(thing, "stream") and hasattr(thing, "aclose")


async def _check(client: LLMClient, pack: Pack, patience: float) -> Report:
    found = [Finding("opens"), await _run("has sane names and capabilities", _sane, client, None, patience)]
    if not found[-1].why:
        request = sample_request(pack, client)
        for name, check in CHECKS.items():
            found.append(await _run(name, check, client, request, patience))
    return Report(str(client.name), tuple(found))


async def _run(name: str, check: Check, client: LLMClient, request: SceneRequest | None, patience: float) -> Finding:
    try:
        async with asyncio.timeout(patience):
            await check(client, request)  # type: ignore[arg-type]  # only the first check does without a request
    except _Wrong as wrong:
        return Finding(name, str(wrong))
    except ClientError as error:
        return Finding(name, f"{type(error).__name__}: {error}")
    except TimeoutError:
        return Finding(name, f"it took longer than {patience:g} s")
    except Exception as error:
        return Finding(name, f"raised {error!r}, which is no ClientError")
    return Finding(name)


def _need(holds: bool, otherwise: str) -> None:
    if not holds:
        raise _Wrong(otherwise)


async def _sane(client: LLMClient, _: SceneRequest) -> None:
    for part in ("name", "model"):
        value = getattr(client, part)
        _need(isinstance(value, str) and bool(value.strip()) and value.isprintable(), f"its {part} is {value!r}")
    _need("/" not in client.name, f'its name, "{client.name}", has a slash: sources are written <client>/<model>')
    can = client.capabilities
    _need(isinstance(can, Capabilities), "its capabilities are no Capabilities")
    _need(can.window >= SMALLEST_WINDOW, f"its window of {can.window} tokens is too small for any scene")
    _need(can.parallel >= 1, f"it serves {can.parallel} requests at once, and so none")


async def _text(stream: AsyncIterator[Delta]) -> str:
    """All text of a stream, each piece of it looked at. It may run out of tokens, if some text came."""
    pieces = []
    try:
        async for delta in stream:
            _need(isinstance(delta, Delta) and isinstance(delta.text, str), f"it streams {delta!r}, which is no Delta")
            pieces.append(delta.text)
    except Truncated:
        if not pieces:
            raise
    return "".join(pieces)


async def _streams(client: LLMClient, request: SceneRequest) -> None:
    text = await _text(client.stream(request))
    _need(bool(text.strip()), "the stream ended without any text")
    _need(len(text) <= request.max_chars, f"{len(text)} characters came, more than the request allows")
    _need(not text.lstrip().startswith("<think"), "the model's thoughts came as text")


async def _is_bounded(client: LLMClient, request: SceneRequest) -> None:
    if client.capabilities.authored:
        return  # an author's text is as long as the author made it
    count = 0
    try:
        async with aclosing(client.stream(replace(request, max_chars=SMALL))) as deltas:  # type: ignore[type-var]  # as above
            async for delta in deltas:
                count += len(delta.text)
    except ClientError:
        pass
    _need(count <= SMALL, f"{count} characters came, though {SMALL} were allowed; beyond them it should raise Truncated")


async def _closes(client: LLMClient, request: SceneRequest) -> None:
    stream = client.stream(request)
    await anext(stream, None)
    try:
        async with asyncio.timeout(PROMPT):
            await stream.aclose()  # type: ignore[attr-defined]  # an async generator has it; what has not fails here
    except TimeoutError:
        raise _Wrong(f"a stream that is not wanted any more was not closed within {PROMPT:g} s") from None
    except AttributeError:
        raise _Wrong("its stream cannot be closed: make it an async generator") from None


async def _is_cancelled(client: LLMClient, request: SceneRequest) -> None:
    """Cancelled before its first word, it must stop at once, and must not hide that it was cancelled."""
    task = asyncio.ensure_future(_text(client.stream(request)))
    await asyncio.sleep(0)
    task.cancel()
    done, _ = await asyncio.wait({task}, timeout=PROMPT)
    _need(bool(done), f"a cancelled request was not over within {PROMPT:g} s")
    error = None if task.cancelled() else task.exception()
    _need(error is None, f"a cancelled request raised {error!r} in place of the cancellation")


async def _survives(client: LLMClient, request: SceneRequest) -> None:
    """A request without messages: it may be answered or declined, but only with a ClientError."""
    try:
        await _text(client.stream(replace(request, messages=())))
    except ClientError as error:
        _need(bool(str(error).strip()) and "\n" not in str(error), "its error is not one plain sentence")


async def _counts(client: LLMClient, _: SceneRequest) -> None:
    """A client that says it counts tokens: it gives a number, or none."""
    if not client.capabilities.counts:
        return
    _need(isinstance(client, TokenCounter), "its capabilities say that it counts tokens, and it has no method count")
    tokens = await client.count("The fog comes in at six.")  # type: ignore[attr-defined]  # looked at just before
    _need(tokens is None or (isinstance(tokens, int) and tokens > 0), f"it counted {tokens!r} tokens in a sentence")


async def _closes_twice(client: LLMClient, _: SceneRequest) -> None:
    await client.aclose()
    await client.aclose()


CHECKS: dict[str, Check] = {
    "streams text": _streams,
    "streams a second time": _streams,
    "keeps within max_chars": _is_bounded,
    "closes a stream at once": _closes,
    "stops at once when cancelled": _is_cancelled,
    "streams after all that": _streams,
    "raises nothing but ClientError": _survives,
    "counts tokens, if it says so": _counts,
    "can be closed twice": _closes_twice,
}
