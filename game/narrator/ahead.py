"""Scenes that are written before they are picked: which, how many at once, and what that took. Never changes a story.

A scene ahead is told like any other, its reports kept back. When it is picked they are given on, and it goes on from there; the
others are cancelled, and their requests really end.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from game.clients import SceneRequest, Usage
from game.narrator.events import Asked, Attempted, Heard, Report
from game.narrator.telling import Telling
from game.story import Scene, canonical

Policy = Literal["off", "likely", "all"]
Clock = Callable[[], float]
Cost = Callable[[str], int]

HANG_UP = 2.0
"""Seconds to wait for the requests of scenes that are not wanted to end."""


@dataclass
class Lane:
    """One scene on its way. `claim` are the tokens that what it asks for may take at the most."""

    slot: str
    telling: Telling
    began: float
    reports: list[Report] = field(default_factory=list)
    first: float | None = None
    claim: int = 0
    task: asyncio.Task[Scene] | None = None

    @property
    def asked(self) -> bool:
        """Whether it was begun in earnest: something was asked for it."""
        return any(isinstance(report, Asked) for report in self.reports)

    @property
    def busy(self) -> bool:
        """Whether it has something to do before it is wanted: it asks once."""
        return self.task is not None and not self.task.done() and not self._answered

    @property
    def _answered(self) -> bool:
        return any(isinstance(report, Attempted) for report in self.reports)

    async def scene(self) -> Scene:
        """The scene, once it is whole."""
        assert self.task is not None
        return await self.task

    def took(self, cost: Cost) -> Usage:
        """What it took so far; where no usage came, by the length of what was asked and of what came."""
        prompt = reply = cached = 0
        for report in self.reports:
            if isinstance(report, Asked):
                prompt += sum(cost(message.content) for message in report.request.messages)
            elif isinstance(report, Heard):
                reply += cost(report.piece) if report.piece else 0
            elif isinstance(report, Attempted) and report.usage and report.usage.prompt:
                prompt, reply, cached = report.usage.prompt, report.usage.reply, report.usage.cached
        return Usage(prompt, reply, cached)

    def takes(self, cost: Cost) -> int:
        """Tokens that it will have taken at the most, when what it asks for is answered."""
        took = self.took(cost).total
        return took if self._answered else max(took, self.claim)

    def merged(self) -> list[Report]:
        """What it has reported, what came in a row taken together: it is stored and shown in one step."""
        out: list[Report] = []
        for report in self.reports:
            if out and isinstance(report, Heard) and isinstance(out[-1], Heard):
                out[-1] = _together(out[-1], report)
            else:
                out.append(report)
        return out

    def saved(self, now: float) -> float:
        """Seconds by which its first words came earlier than had it been asked for only now; none where it failed before any."""
        if self.first is None and self._answered:
            return 0.0
        return (now if self.first is None else self.first) - self.began


class Ahead:
    """The scenes behind the choices in view. `cap` is in tokens, None for none; `lost` is told what each scene took that nobody
    wanted."""

    def __init__(
        self, policy: Policy, lanes: int, cap: int | None, clock: Clock, cost: Cost, lost: Callable[[str, Usage], None]
    ) -> None:
        self.policy = policy
        self._lanes = max(1, lanes)
        self._cap = cap
        self._clock = clock
        self._cost = cost
        self._lost = lost
        self._spent = 0
        self._order: list[str] = []
        self._begun: dict[str, Lane] = {}
        self._taken: Lane | None = None
        self._ending: set[asyncio.Task[Scene]] = set()
        self._make: Callable[[str], Telling] | None = None

    def change(self, policy: Policy, cap: int | None) -> None:
        """From the next scene on, do so much, of at most `cap` tokens with those that were spent already. `off` holds at once:
        nothing more is begun."""
        self.policy, self._cap = policy, cap

    def begin(self, slots: Sequence[str], make: Callable[[str], Telling]) -> None:
        """A scene is ready: these slots may be picked; `make` gives the telling behind one of them."""
        if self.policy == "off" or not slots:
            return
        self._order, self._make = list(slots), make
        self._fill()

    def look_at(self, slot: str) -> None:
        """The player's eye is on this slot: it comes first. A scene out of view that has no words yet makes room."""
        if slot not in self._order or self.policy == "off":
            return
        self._order.remove(slot)
        self._order.insert(0, slot)
        if slot not in self._begun:
            for lane in self._running():
                if lane.first is None and len(self._running()) >= self._at_once:
                    self._drop(lane)
            self._fill()

    def take(self, slot: str) -> Lane | None:
        """The scene behind the slot that was picked, as far as it has come, or None; the others are cancelled. So is what was
        taken before, if it is still being told: whoever waited for it is gone."""
        if self._taken:
            self._cancel(self._taken)
        lane = self._taken = self._begun.pop(slot, None)
        self._order, self._make = [], None
        for other in list(self._begun.values()):
            self._drop(other)
        if lane:
            self._spent += lane.took(self._cost).total
        return lane

    async def quiet(self) -> None:
        """Return when the requests of cancelled scenes have ended, so that what is asked next queues behind none of them."""
        if self._ending:
            await asyncio.wait(self._ending, timeout=HANG_UP)

    def _drop(self, lane: Lane) -> None:
        self._begun.pop(lane.slot, None)
        self._cancel(lane)
        took = lane.took(self._cost)
        self._spent += took.total
        if took.total:
            self._lost(lane.slot, took)

    def _cancel(self, lane: Lane) -> None:
        if lane.task and lane.task.cancel():
            self._ending.add(lane.task)
            lane.task.add_done_callback(self._ending.discard)

    @property
    def _at_once(self) -> int:
        return 1 if self.policy == "likely" else self._lanes

    def _running(self) -> list[Lane]:
        return [lane for lane in self._begun.values() if lane.busy]

    def _fill(self) -> None:
        """Begin what may be begun."""
        if self.policy == "off":
            return
        wanted = self._order[:1] if self.policy == "likely" else self._order
        for slot in wanted:
            if self._make is None or slot in self._begun:
                continue
            if len(self._running()) >= self._at_once or not self._room_for(0):
                return
            self._start(slot, self._make(slot))

    def _room_for(self, tokens: int) -> bool:
        if self._cap is None:
            return True
        under_way = sum(lane.takes(self._cost) for lane in self._begun.values())
        return self._spent + under_way + tokens <= self._cap

    def _start(self, slot: str, telling: Telling) -> None:
        lane = self._begun[slot] = Lane(slot, telling, self._clock())

        def room(request: SceneRequest) -> bool:
            most = self._cost(canonical(request.wire())) + request.max_tokens
            fits = self._room_for(most)
            lane.claim = most if fits else 0
            return fits

        def hear(report: Report) -> None:
            lane.reports.append(report)
            if isinstance(report, Heard) and report.grown and lane.first is None:
                lane.first = self._clock()
            if isinstance(report, Attempted):
                # It may wait to be wanted now, and leave its place to another.
                asyncio.get_running_loop().call_soon(self._fill)

        telling.hold(room)
        lane.task = asyncio.create_task(telling.run(hear))
        lane.task.add_done_callback(self._over_with)

    def _over_with(self, task: asyncio.Task[Scene]) -> None:
        """A scene that nobody wants has failed for nobody; whoever wants it asks the task."""
        if not task.cancelled():
            task.exception()
        self._fill()


def _together(one: Heard, other: Heard) -> Heard:
    grown = {each.index: each for each in (*one.grown, *other.grown)}
    return Heard(one.piece + other.piece, tuple(grown[index] for index in sorted(grown)))
