"""Playing a pack through the session with any client, for tests."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from game import __version__
from game.clients import LLMClient
from game.journal import Header, Journal
from game.narrator import Narrator
from game.packs import Pack
from game.session.events import BeatGrew, Ended, Event, Notice, SceneReady
from game.session.playthrough import Playthrough
from game.story import Beat, Scene, StoryState, draw


async def no_sleep(seconds: float) -> None:
    """A clock on which every wait is over at once."""


class Hurried:
    """A clock that goes so fast that whatever rests is rested when it is looked at again."""

    def __init__(self) -> None:
        self._now = 0.0

    def __call__(self) -> float:
        self._now += 1000
        return self._now


@dataclass
class Played:
    """What came of it."""

    events: list[Event] = field(default_factory=list)

    def of(self, kind: type) -> list:
        return [event for event in self.events if isinstance(event, kind)]

    @property
    def scenes(self) -> list[Scene]:
        return [event.scene for event in self.of(SceneReady) if not event.recalled]

    @property
    def states(self) -> list[StoryState]:
        return [event.state for event in self.of(SceneReady) if not event.recalled]

    @property
    def ending(self) -> str | None:
        return next((event.ending for event in self.of(Ended)), None)

    @property
    def notices(self) -> list[str]:
        return [event.code for event in self.of(Notice)]

    def taken_back(self) -> list[str]:
        """What was shown and is not in its scene any more; empty when the promise holds."""
        shown: dict[tuple[int, int], Beat] = {}
        lost: list[str] = []
        for event in self.of(BeatGrew):
            before = shown.get((event.turn, event.index))
            if before and not event.beat.text.startswith(before.text):
                lost.append(before.text)
            shown[event.turn, event.index] = event.beat
        scenes = {scene.turn: scene for scene in self.scenes}
        return lost + [beat.text for (turn, n), beat in shown.items() if turn in scenes and scenes[turn].beats[n] != beat]


def header(pack: Pack, seed: int) -> Header:
    return Header(
        pack_id=pack.id,
        pack_title=pack.title,
        pack_version=pack.version,
        pack_hash=pack.hash,
        seed=seed,
        player=pack.player,
        initial=pack.initial,
        engine=__version__,
    )


@contextmanager
def playthrough(pack: Pack, client: LLMClient, seed: int = 7, path: Path | None = None) -> Iterator[tuple[Playthrough, Played]]:
    """A playthrough of `pack` told by `client`, in memory or in the file `path`."""
    journal = Journal.open(path) if path and path.exists() else Journal.create(path, header(pack, seed))
    played = Played()
    play = Playthrough(pack, journal, Narrator(pack, journal.header.player, client, no_sleep, Hurried()), played.events.append)
    try:
        yield play, played
    finally:
        journal.close()


Between = Callable[[Playthrough, Scene], Awaitable[None]]
"""What is done at a scene before a choice is taken in it."""


def play_to_the_end(
    pack: Pack,
    client: LLMClient,
    seed: int = 7,
    path: Path | None = None,
    limit: int = 60,
    between: Between | None = None,
) -> Played:
    """Play by draws until the story ends."""

    async def go(play: Playthrough, played: Played) -> None:
        await play.take_up()
        while not played.ending and len(played.scenes) < limit:
            if between:
                await between(play, played.of(SceneReady)[-1].scene)
            scene = played.of(SceneReady)[-1].scene
            await play.pick(scene.choices[draw(seed, scene.key, "bot", len(scene.choices))].slot)

    with playthrough(pack, client, seed, path) as (play, played):
        asyncio.run(go(play, played))
    return played
