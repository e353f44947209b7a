"""From a brief to a scene, whatever the client does: ask, gate, mend the tail, and let the stub finish what is left."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import replace

from game.clients import (
    ERRORS,
    ClientError,
    Delta,
    LLMClient,
    Malformed,
    Message,
    RateLimited,
    SceneRequest,
    Truncated,
)
from game.clients.stub import StubClient
from game.narrator.checks import choices_of
from game.narrator.draft import Draft
from game.narrator.events import Attempted, Heard, Report, Trouble
from game.narrator.gate import Read, gate_rules
from game.narrator.prompt import EXAMPLE_TEXTS, Past, Prompter, profile_for, tokens
from game.narrator.reply import ReplyReader, reply_schema
from game.packs import Pack
from game.story import DONE, INTERRUPTED, Attempt, Brief, Player, Scene, Source, canonical, draw

MAX_ATTEMPTS = 3
"""Requests for one scene: the scene, and what may follow to mend it."""
MENDED = 1
"""How often something that was written, and was not enough, is asked to be mended."""
LONGEST_WAIT = 8.0
"""Seconds a rate limit may ask for; a longer wait is the offline storyteller's."""
REMEMBERED = 3
"""Scenes whose sentences must not come again."""

STOPPED = "stopped"
"""How an attempt ended that the player did not want to wait for."""

Hear = Callable[[Report], None]
Sleep = Callable[[float], Awaitable[None]]


class Narrator:
    """Tells the scenes of one playthrough through one client."""

    def __init__(self, pack: Pack, player: Player, client: LLMClient, sleep: Sleep = asyncio.sleep) -> None:
        self.client = client
        self._pack = pack
        self._stub = client if isinstance(client, StubClient) else StubClient(pack)
        self._prompter = Prompter(pack, player) if client.capabilities.reads_prompt else None
        self._rules = gate_rules(player, pack.rating, pack.language, 900)
        self._sleep = sleep
        self._reading: asyncio.Timeout | None = None
        self._stopped = False

    def stop(self) -> None:
        """Do not wait for the client any longer: what is missing of the scene is written offline."""
        if self._reading and not self._stopped:
            self._reading.reschedule(0)
        self._stopped = True

    def price(self, brief: Brief, past: Callable[[int], Past]) -> tuple[int, int]:
        """Tokens of the request for a scene, about, and of the reply at its most."""
        request = self.request(brief, past)
        return tokens(canonical(request.wire())), request.max_tokens

    def request(self, brief: Brief, past: Callable[[int], Past] = lambda n: ()) -> SceneRequest:
        """The request for the scene of `brief`; `past` gives the last n scenes."""
        if self._prompter is None:
            return SceneRequest(brief)
        profile = profile_for(self.client.capabilities.window)
        return SceneRequest(
            brief=brief,
            messages=self._prompter.scene(brief, past, profile),
            schema=reply_schema(self._pack, len(brief.slots), profile.max_beats, profile.max_chars),
            max_tokens=profile.reply_tokens,
            seed=draw(brief.seed, brief.key, "sampling", 1 << 31),
        )

    async def tell(self, brief: Brief, past: Callable[[int], Past], hear: Hear, recorded: Sequence[Attempt] = ()) -> Scene:
        """The scene. `hear` is told what may be shown, as soon as it may. `recorded` attempts are taken as they stand, before any
        new one is made; the same brief and attempts give the same scene."""
        self._stopped = False
        draft = Draft(self._pack, brief, self._rules, self._read_before(past))
        fault = await self._ask(brief, past, draft, hear, list(recorded))
        if fault:
            self._understudy(brief, draft, hear)
        return self._scene(brief, draft, fault)

    def _read_before(self, past: Callable[[int], Past]) -> Read:
        """What a model must not write again: the scenes just before, and the prompt's own example."""
        if self._prompter is None:
            return Read()
        return Read([*EXAMPLE_TEXTS, *(beat.text for _, scene in past(REMEMBERED) for beat in scene.beats)])

    async def _ask(self, brief: Brief, past: Callable[[int], Past], draft: Draft, hear: Hear, recorded: list[Attempt]) -> str:
        """Ask until the draft is enough, in bounds; why it is not, as a code, or nothing."""
        request = first = self.request(brief, past)
        fault, heard = "", 0
        for n in range(MAX_ATTEMPTS):
            attempt = await self._attempt(request, draft, hear, recorded.pop(0) if recorded else None)
            fault = self._fault(attempt, draft)
            if not fault:
                return ""
            if attempt.ended not in (DONE, STOPPED, INTERRUPTED):
                hear(Trouble(attempt.ended, attempt.message))
            heard += bool(attempt.reply)
            if n + 1 == MAX_ATTEMPTS or heard > MENDED:
                break
            if not recorded and not await self._may_ask_again(attempt, brief, n):
                break
            request = self._again(first, brief, draft, attempt, n)
        return fault

    async def _attempt(self, request: SceneRequest, draft: Draft, hear: Hear, recorded: Attempt | None) -> Attempt:
        """Make one attempt, or take a recorded one as it stands."""
        reader = ReplyReader()
        authored = self.client.capabilities.authored
        source = self._source(request)
        pieces: list[str] = []

        def listen(piece: str) -> bool:
            pieces.append(piece)
            grown = draft.take(reader.feed(piece), source, authored)
            hear(Heard("" if recorded else piece, tuple(grown)))
            return reader.finished

        if recorded:
            listen(recorded.reply)
            attempt = recorded
        else:
            attempt = await self._listen(request, listen, pieces)
        if attempt.ended == DONE and not reader.finished:
            attempt = replace(attempt, ended=_unfinished(pieces), message="The reply broke off.")
        elif reader.finished:
            attempt = replace(attempt, ended=DONE, message="")
        if rest := draft.end_attempt():
            hear(Heard("", tuple(rest)))
        hear(Attempted(request, attempt, recorded is not None))
        return attempt

    async def _listen(self, request: SceneRequest, listen: Callable[[str], bool], pieces: list[str]) -> Attempt:
        """Read the client's stream to its end, or to the end of the reply in it."""
        try:
            async with asyncio.timeout(None) as self._reading, aclosing(self._deltas(request)) as stream:
                if self._stopped:
                    self._reading.reschedule(0)
                async for delta in stream:
                    if delta.text and listen(delta.text):
                        break
        except ClientError as error:
            wait = error.retry_after if isinstance(error, RateLimited) else None
            return Attempt("".join(pieces), error.code, str(error), wait)
        except TimeoutError:
            return Attempt("".join(pieces), STOPPED)
        finally:
            self._reading = None
        return Attempt("".join(pieces), DONE)

    async def _deltas(self, request: SceneRequest) -> AsyncGenerator[Delta]:
        """The client's stream. A client that breaks its promise and raises something else has only failed at this request."""
        try:
            async with aclosing(self.client.stream(request)) as stream:  # type: ignore[type-var]
                async for delta in stream:
                    yield delta
        except ClientError:
            raise
        except Exception as error:
            raise ClientError(f"{self.client.name} failed: {type(error).__name__}: {error}") from error

    async def _may_ask_again(self, attempt: Attempt, brief: Brief, n: int) -> bool:
        """Whether to ask again, after the wait that is due."""
        if self._stopped or attempt.ended == STOPPED:
            return False
        kind = ERRORS.get(attempt.ended)
        if kind is None or kind is Truncated:
            return True
        if not kind.retryable or attempt.ended == "timed_out":
            return False
        wait = attempt.retry_after if attempt.retry_after is not None else 0.25 * 2**n
        if wait > LONGEST_WAIT:
            return False
        await self._sleep(wait + draw(brief.seed, brief.key, f"jitter:{n}", 100) / 1000)
        return not self._stopped

    def _fault(self, attempt: Attempt, draft: Draft) -> str:
        """Why the scene cannot stand as it is; nothing when it can. One that broke off among its choices can stand."""
        enough = draft.enough or (self.client.capabilities.authored and bool(draft.beats))
        if enough and (attempt.ended == DONE or draft.slots):
            return ""
        return "too_short" if attempt.ended == DONE else attempt.ended

    def _again(self, first: SceneRequest, brief: Brief, draft: Draft, attempt: Attempt, n: int) -> SceneRequest:
        """The next request: the missing tail if something was read already, else the scene afresh."""
        if not draft.beats:
            return replace(first, seed=(first.seed + n + 1) % (1 << 31))
        messages: tuple[Message, ...] = ()
        if self._prompter:
            reasons = sorted(draft.repairs | ({attempt.ended} - {DONE}))
            messages = self._prompter.tail(brief, first.messages, draft.beats, reasons)
        return replace(first, messages=messages, purpose="tail", shown=tuple(draft.beats))

    def _understudy(self, brief: Brief, draft: Draft, hear: Hear) -> None:
        """Finish the scene from what was shown, in the author's words."""
        request = SceneRequest(brief, purpose="tail" if draft.beats else "scene", shown=tuple(draft.beats))
        source = Source("author", "stub", brief.storylet or "improvise")
        grown = draft.take(ReplyReader().feed(self._stub.reply(request)), source, authored=True)
        hear(Heard("", tuple(grown)))

    def _source(self, request: SceneRequest) -> Source:
        if self.client.capabilities.authored:
            return Source("author", self.client.name, request.brief.storylet or "improvise")
        return Source("model", f"{self.client.name}/{self.client.model}", request.hash)

    def _scene(self, brief: Brief, draft: Draft, fault: str) -> Scene:
        choices, replaced = choices_of(brief, draft.slots, self._rules, self.client.capabilities.authored)
        return Scene(
            key=brief.key,
            turn=brief.turn,
            title=brief.title,
            place=brief.place,
            beats=tuple(draft.beats),
            choices=choices,
            ending=brief.ending,
            storylet=brief.storylet,
            notes=tuple(draft.notes[:3]),
            repairs=tuple(sorted(draft.repairs | replaced)),
            fallback=fault or None,
        )


def _unfinished(pieces: list[str]) -> str:
    """What a reply that is no whole object was: cut, or no reply at all."""
    return Truncated.code if "{" in "".join(pieces) else Malformed.code
