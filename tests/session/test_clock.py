"""Clocks that go wrong: put back, jumping by hours, standing still. A story minds none of them."""

import asyncio
from collections.abc import Callable, Iterator
from itertools import count, cycle, repeat

import pytest

from game.journal import Journal
from game.narrator import Narrator
from game.packs import Pack
from game.session import SceneReady
from game.session.playthrough import Playthrough
from game.story import draw
from tests.faults import faulty
from tests.playing import Played, header

CLOCKS: dict[str, Callable[[], Iterator[float]]] = {
    "jumps by hours": lambda: (3600.0 * n for n in count()),
    "put back": lambda: (1e6 - 60.0 * n for n in count()),
    "back and forth": lambda: cycle([0.0, 1e9, -1e9, 5.0]),
    "standing still": lambda: repeat(0.0),
}


def play(pack: Pack, seed: int, ticks: Iterator[float]) -> tuple[Played, list[float]]:
    """A story through all faults on this clock, and the waits that it asked for."""
    waits: list[float] = []
    played = Played()

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    async def go() -> None:
        narrator = Narrator(pack, pack.player, faulty(pack, seed), sleep, lambda: next(ticks))
        story = Playthrough(pack, journal, narrator, played.events.append)
        await story.take_up()
        while not played.ending:
            scene = played.of(SceneReady)[-1].scene
            await story.pick(scene.choices[draw(seed, scene.key, "bot", len(scene.choices))].slot)

    journal = Journal.create(None, header(pack, seed))
    try:
        asyncio.run(go())
    finally:
        journal.close()
    return played, waits


@pytest.mark.parametrize("clock", CLOCKS)
@pytest.mark.parametrize("seed", range(3))
def test_a_story_ends_whatever_the_clock_does(pack: Pack, seed: int, clock: str) -> None:
    played, waits = play(pack, seed, CLOCKS[clock]())
    assert played.ending in pack.endings
    assert played.taken_back() == []
    assert all(wait < 9 for wait in waits)


def test_the_clock_does_not_decide_what_happens(pack: Pack) -> None:
    stories = [play(pack, 1, ticks())[0] for ticks in CLOCKS.values()]
    assert len({tuple(state.hash for state in story.states) for story in stories}) == 1
