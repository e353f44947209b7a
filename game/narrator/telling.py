"""One scene in the making: ask, gate, mend the tail, and let the stub finish what is left, whatever the client does."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace

from game.clients import ERRORS, Malformed, Message, Refused, SceneRequest, Truncated, Usage
from game.clients.stub import StubClient
from game.journal import LoggedAttempt
from game.narrator.breaker import RESTING
from game.narrator.checks import choices_of
from game.narrator.desk import Desk
from game.narrator.draft import Draft
from game.narrator.events import Asked, Attempted, Heard, Recapped, Report, Strayed, Trouble
from game.narrator.listening import STOPPED, Listening
from game.narrator.read import Read
from game.narrator.reply import Part, ReplyReader
from game.narrator.trail import Trail
from game.story import DONE, INTERRUPTED, Attempt, Beat, Brief, Scene, Shape, Source, draw

MAX_ATTEMPTS = 3
"""Requests for one scene in one sitting: the scene, and what may follow to mend it."""
MENDED = 1
"""How often something that was written, and was not enough, is asked to be mended."""
LONGEST_WAIT = 8.0
"""Seconds a rate limit may ask for; a longer wait is the offline storyteller's."""
REFUSAL = "refusal"
"""What the gate calls a sentence that declines to write."""
UNTOLD = "not_recorded"
"""Why a scene could not be told from a recording alone."""

Hear = Callable[[Report], None]
Room = Callable[[SceneRequest], bool]


def _nobody(report: Report) -> None:
    """Hears of a telling that has not begun."""


class Telling:
    """One telling of one scene, by `brief` and what lies behind it.

    The attempts in `log` are taken as they stand, before any new one is made; the same brief and attempts give the same scene.
    `shown` is what came of them when they were heard first: should they give something else by now, it is what counts.
    `sealed`: no new one is made. One that is told `ahead` asks once, and goes on only when it is wanted.
    """

    def __init__(
        self,
        desk: Desk,
        brief: Brief,
        trail: Trail,
        log: Sequence[LoggedAttempt] = (),
        sealed: bool = False,
        ahead: bool = False,
        shown: Sequence[Beat] = (),
    ) -> None:
        self.brief = brief
        self._desk = desk
        self._trail = trail
        self._log = log
        self._sealed = sealed
        self._shown = shown
        self._wanted = asyncio.Event()
        if not ahead:
            self._wanted.set()
        self._stopped = asyncio.Event()
        self._listening: Listening | None = None
        self._room: Room = lambda request: True
        self._hear: Hear = _nobody
        self._draft = self._fresh()
        self._base: tuple[SceneRequest, Shape | None] | None = None
        self._last: Attempt | None = None
        self._made = 0

    def stop(self) -> None:
        """Do not wait for the client any longer: what is missing of the scene is written offline."""
        self._stopped.set()
        if self._listening:
            self._listening.stop()

    def hold(self, room: Room) -> None:
        """Until it is wanted, ask only what there is room for."""
        self._room = room

    def want(self, hear: Hear) -> None:
        """The player waits for it now: from here on `hear` is told."""
        self._hear = hear
        self._wanted.set()

    async def run(self, hear: Hear) -> Scene:
        """The scene. `hear` is told what may be shown, as soon as it may; whoever wanted it before it began, instead."""
        if self._hear is _nobody:
            self._hear = hear
        fault = self._taken_up()
        if fault is None:
            fault = UNTOLD if self._sealed and not self._log else self._fault() if self._sealed else await self._live()
        if fault:
            self._understudy()
        return self._scene(fault)

    def _fresh(self) -> Draft:
        """A draft of which nothing was told yet."""
        desk, trail = self._desk, self._trail
        gated = not desk.client.capabilities.authored or any(logged.shape for logged in self._log)
        read = desk.memory.behind(trail).branch() if gated else Read()
        before = next((each for each, _ in trail.past(1)), None) if gated else None
        return Draft(desk.pack, self.brief, desk.rules, read, before)

    def _taken_up(self) -> str | None:
        """What came of the scene before: by its log, or, where the pack has changed since and would let through something else,
        as it was shown. Nothing to mend, or None when there is more to ask."""
        hear, heard = self._hear, list[Report]()
        self._hear = heard.append
        fault = self._from_log()
        self._hear = hear
        if not self._draft.holds(self._shown):
            slots, self._draft = self._draft.slots, self._fresh()
            self._draft.slots = slots
            grown = Heard("", tuple(self._draft.keep(self._shown)))
            heard = [*(report for report in heard if not isinstance(report, Heard)), grown]
        for report in heard:
            hear(report)
        return fault

    def _from_log(self) -> str | None:
        """Take the recorded attempts as they stand; nothing to mend, or None when there is more to ask."""
        for logged in self._log:
            request = self._relaid(logged)
            if logged.shape:
                self._hear(Asked(request, logged.shape, True))
            self._feed(request, self._source(request, logged), logged)
            if not self._fault():
                return ""
            self._tell_trouble()
        return None

    async def _live(self) -> str:
        """Ask until the draft is enough, in bounds; why it is not, as a code, or nothing."""
        heard = 0
        for asked in range(1, MAX_ATTEMPTS + 1):
            await self._ask(await self._lay())
            fault = self._fault()
            if not fault:
                return ""
            self._tell_trouble()
            last = self._last
            heard += bool(last and last.reply)
            if asked == MAX_ATTEMPTS or heard > MENDED or not await self._may_ask_again(asked):
                break
        return self._fault()

    async def _lay(self) -> tuple[SceneRequest, Shape | None]:
        """The next request: the scene, or what is missing of it."""
        if self._base is None:
            request, shape, made = await self._desk.lay(self.brief, self._trail)
            if made:
                self._hear(Recapped(made))
            self._base = request, shape
        return self._next(self._base[0]), self._base[1]

    def _relaid(self, logged: LoggedAttempt) -> SceneRequest:
        """The request of a recorded attempt, built again."""
        base = SceneRequest(self.brief)
        if logged.shape:
            base = self._desk.lay_again(self.brief, self._trail, logged.shape)
        request = self._next(base)
        if logged.shape and logged.request_hash and request.hash != logged.request_hash:
            self._hear(Strayed(request, logged.request_hash))
        return request

    def _next(self, base: SceneRequest) -> SceneRequest:
        """The scene afresh, or after what was read already its missing tail."""
        if self._last is None:
            return base
        if not self._draft.beats:
            return replace(base, seed=(base.seed + self._made) % (1 << 31))
        messages: tuple[Message, ...] = ()
        if base.messages:
            reasons = sorted(self._draft.repairs | ({self._last.ended} - {DONE}))
            messages = self._desk.prompts.tail(self.brief, base.messages, self._draft.beats, reasons)
        return replace(base, messages=messages, purpose="tail", shown=tuple(self._draft.beats))

    async def _ask(self, laid: tuple[SceneRequest, Shape | None]) -> None:
        """Make one attempt; none at an endpoint that rests."""
        request, shape = laid
        if not self._wanted.is_set() and not (self._desk.breaker.may_ask() and self._room(request)):
            await self._wanted.wait()
        if not self._desk.breaker.may_ask():
            bare = SceneRequest(self.brief)
            who = f"{self._desk.client.model} ({self._desk.client.name})"
            words = f"{who} is left in peace for a while, and the offline storyteller goes on: {self._desk.fault}"
            return self._ended(bare, Attempt("", RESTING, words), None)
        if shape:
            self._hear(Asked(request, shape, False))
        source = self._source(request)
        if isinstance(self._desk.client, StubClient):
            return self._offline(self._desk.client, request, source)
        listening = self._listening = Listening(self._desk, request)
        if self._stopped.is_set():
            listening.stop()
        attempt, usage = await listening.run(lambda piece, parts: self._take(piece, parts, source))
        self._listening = None
        attempt = self._judged(attempt, listening.whole)
        self._desk.learn(request, attempt, usage)
        return self._ended(request, attempt, usage)

    def _offline(self, stub: StubClient, request: SceneRequest, source: Source) -> None:
        """What a client would stream that has nothing to wait for."""
        reply = stub.reply(request)
        self._ended(request, self._judged(Attempt(reply, DONE), self._read(reply, source, reply)), None)

    def _feed(self, request: SceneRequest, source: Source, logged: LoggedAttempt) -> None:
        """Take a recorded attempt as it stands."""
        whole = self._read(logged.attempt.reply, source)
        self._ended(request, self._judged(logged.attempt, whole), None, recorded=True)

    def _read(self, reply: str, source: Source, piece: str = "") -> bool:
        """Take a reply that is here already; whether it is whole. `piece` is what is new of it to the journal."""
        reader = ReplyReader()
        self._take(piece, reader.feed(reply), source)
        return reader.finished

    def _take(self, piece: str, parts: Sequence[Part], source: Source) -> None:
        self._hear(Heard(piece, tuple(self._draft.take(parts, source, source.by == "author"))))

    def _judged(self, attempt: Attempt, whole: bool) -> Attempt:
        """How it really ended: a whole reply is done whatever came after it, unless all that it says is that it declines; and one
        that is not whole is not done."""
        if rest := self._draft.end_attempt():
            self._hear(Heard("", tuple(rest)))
        if REFUSAL in self._draft.repairs and not self._draft.enough:
            return replace(attempt, ended=Refused.code, message="The model declined to write this scene.")
        if whole:
            return replace(attempt, ended=DONE, message="")
        if attempt.ended == DONE:
            code = Truncated.code if "{" in attempt.reply else Malformed.code
            return replace(attempt, ended=code, message="The reply broke off.")
        return attempt

    def _ended(self, request: SceneRequest, attempt: Attempt, usage: Usage | None, recorded: bool = False) -> None:
        self._last = attempt
        self._made += 1
        self._hear(Attempted(request, attempt, recorded, usage))

    async def _may_ask_again(self, asked: int) -> bool:
        """Whether to ask again, after the wait that is due."""
        attempt = self._last
        if attempt is None or self._stopped.is_set() or attempt.ended in (STOPPED, RESTING):
            return False
        await self._wanted.wait()
        kind = ERRORS.get(attempt.ended)
        if kind is None or kind is Truncated:
            return True
        if not kind.retryable or attempt.ended == "timed_out":
            return False
        wait = 0.25 * 2 ** (asked - 1) if attempt.retry_after is None else max(0.0, attempt.retry_after)
        if wait > LONGEST_WAIT:
            return False
        jitter = draw(self.brief.seed, self.brief.key, f"jitter:{self._made - 1}", 100) / 1000
        return await self._rest(wait + jitter)

    async def _rest(self, seconds: float) -> bool:
        """Wait, unless the player will not; whether it was waited out."""
        waits = [asyncio.ensure_future(self._desk.sleep(seconds)), asyncio.ensure_future(self._stopped.wait())]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in waits:
                each.cancel()
                with suppress(asyncio.CancelledError):
                    await each
        return not self._stopped.is_set()

    def _fault(self) -> str:
        """Why the scene cannot stand as it is; nothing when it can. One that broke off among its choices can stand."""
        if self._last is None:
            return UNTOLD
        draft, ended = self._draft, self._last.ended
        enough = draft.enough or (bool(draft.beats) and draft.beats[-1].source.by == "author")
        if enough and (ended == DONE or draft.slots):
            return ""
        return "too_short" if ended == DONE else ended

    def _tell_trouble(self) -> None:
        attempt = self._last
        if attempt and attempt.ended not in (DONE, STOPPED, INTERRUPTED):
            self._hear(Trouble(attempt.ended, attempt.message))

    def _understudy(self) -> None:
        """Finish the scene from what was shown, in the author's words."""
        brief, shown = self.brief, tuple(self._draft.beats)
        request = SceneRequest(brief, purpose="tail" if shown else "scene", shown=shown)
        self._read(self._desk.stub.reply(request), self._author("stub"))

    def _source(self, request: SceneRequest, logged: LoggedAttempt | None = None) -> Source:
        """Whose the words of an attempt are. A recorded one without a shape was told by the offline storyteller."""
        authored = self._desk.client.capabilities.authored
        if logged and logged.shape:
            authored = False
        elif logged and not authored:
            authored = logged.request_hash == SceneRequest(self.brief, purpose=request.purpose, shown=request.shown).hash
        if authored:
            return self._author("stub" if logged else self._desk.client.name)
        via = logged.shape.via if logged and logged.shape else self._desk.via
        return Source("model", via, (logged.request_hash if logged else "") or request.hash)

    def _author(self, via: str) -> Source:
        return Source("author", via, self.brief.storylet or "improvise")

    def _scene(self, fault: str) -> Scene:
        brief, draft = self.brief, self._draft
        authored = bool(draft.beats) and all(beat.source.by == "author" for beat in draft.beats)
        choices, replaced = choices_of(brief, draft.slots, self._desk.rules, authored)
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
