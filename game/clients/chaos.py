"""A client around another one, whose replies go wrong: by draw, so that a run goes wrong in the same way each time."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace

from game.clients.client import Capabilities, Delta, LLMClient, PackReader, SceneRequest, TokenCounter, Usage
from game.clients.errors import Truncated
from game.clients.fault import Case, Fault, Step, written
from game.clients.faults import FAULTS
from game.clients.stub import StubClient
from game.packs import Pack
from game.story import Brief, Json, draw

GOOD_ONE_IN = 5
"""How often a reply is left as it is."""
PIECE = 24
"""Characters of a piece, as a model would stream them; a long text comes in 400 pieces."""


@dataclass(frozen=True, slots=True)
class Met:
    """That a request met a fault: for which scene, what for, at which ask for it. `fault` is empty where all went well."""

    key: str
    purpose: str
    nth: int
    fault: str


@dataclass
class ChaosClient:
    """Wraps `inner`. `faults` are those that may come, all of them unless it is said; `met` keeps which came.

    Which one comes is a function of the seed, the scene, the request's purpose, and how often it was made before. Text is kept
    within `max_chars`, as every client keeps it; a silence is told at once, as the error that it ends in.
    """

    inner: LLMClient
    pack: Pack
    seed: int = 0
    faults: Sequence[str] = tuple(FAULTS)
    good_one_in: int = GOOD_ONE_IN
    met: list[Met] = field(default_factory=list)
    _asked: Counter[tuple[str, str]] = field(default_factory=Counter)
    _previous: str = ""

    @property
    def name(self) -> str:
        return f"chaos:{self.inner.name}"

    @property
    def model(self) -> str:
        return self.inner.model

    @property
    def capabilities(self) -> Capabilities:
        """Those of the client inside; but what was mangled is not the author's."""
        return replace(self.inner.capabilities, authored=False)

    def read_again(self, pack: Pack) -> None:
        """Faults and good replies are of this pack from here on."""
        self.pack = pack
        if isinstance(self.inner, StubClient):
            self.inner = StubClient(pack)
        elif isinstance(self.inner, PackReader):
            self.inner.read_again(pack)

    def fault(self, request: SceneRequest, nth: int) -> Fault | None:
        """What goes wrong at the `nth` ask (from 0) for this; None when nothing does."""
        start = 0
        while True:
            drawn = self._drawn(request, start)
            lasts = drawn.lasts if drawn else 1
            if start + lasts > nth:
                return drawn
            start += lasts

    async def stream(self, request: SceneRequest) -> AsyncIterator[Delta]:
        what = (request.brief.key, request.purpose)
        nth = self._asked[what]
        self._asked[what] += 1
        fault = self.fault(request, nth)
        self.met.append(Met(*what, nth, fault.name if fault else ""))
        reply = "" if fault and fault.whole else await self._good(request)
        case = Case(request, self.pack, reply, self._previous, self.seed, nth)
        self._previous = reply or self._previous
        try:
            for delta in _deltas(fault.spoil(case) if fault else [reply], request.max_chars):
                await asyncio.sleep(0)
                yield delta
        finally:
            await asyncio.sleep(fault.lingers if fault else 0)

    async def count(self, text: str) -> int | None:
        """As the client inside counts."""
        return await self.inner.count(text) if isinstance(self.inner, TokenCounter) else None

    async def aclose(self) -> None:
        await self.inner.aclose()

    def _drawn(self, request: SceneRequest, start: int) -> Fault | None:
        what = f"chaos:{request.purpose}:{start}"
        if draw(self.seed, request.brief.key, f"{what}:good", self.good_one_in) == 0:
            return None
        return FAULTS[self.faults[draw(self.seed, request.brief.key, what, len(self.faults))]]

    async def _good(self, request: SceneRequest) -> str:
        """The whole reply of the client inside; an author's with the texts of the choices, so that there is more to go wrong."""
        pieces = []
        async with aclosing(self.inner.stream(request)) as stream:  # type: ignore[type-var]  # a client's stream can be closed
            async for delta in stream:
                pieces.append(delta.text)
        reply = "".join(pieces)
        return with_slots(reply, request.brief) if self.inner.capabilities.authored else reply


def with_slots(reply: str, brief: Brief) -> str:
    """A reply of the offline storyteller, with the author's texts of the choices."""
    letters: dict[str, Json] = {slot.letter: slot.text for slot in brief.slots}
    return written(json.loads(reply)["beats"], letters, notes=[])


def _deltas(steps: Iterable[Step], room: int) -> Iterator[Delta]:
    """The pieces of a stream of at most `room` characters. Raises what a step says."""
    for step in steps:
        if isinstance(step, Exception):
            raise step
        if isinstance(step, Usage):
            yield Delta(usage=step)
            continue
        size = max(PIECE, len(step) // 400)
        for piece in (step[start : start + size] for start in range(0, len(step), size)):
            if len(piece) > room:
                raise Truncated("the reply was longer than a scene may be")
            room -= len(piece)
            yield Delta(piece)
