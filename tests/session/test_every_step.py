"""At every step of a playthrough: save, open again, play the rest with the same picks. It is the same story, the states too."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import pytest

from game.clients import ClientOptions, LLMClient
from game.clients.chaos import ChaosClient
from game.clients.faults import FAULTS
from game.clients.stub import StubClient
from game.packs.shelf import find_pack
from game.session import Begin, Command, Continue, Ended, Leave, Library, Pick, SceneReady, Session
from game.story import Scene, draw
from tests.faults import GoodClient
from tests.playing import Hurried, no_sleep

read_once = cache(find_pack)

LONGEST = 60
"""Scenes after which a story has no end."""

STATELESS = tuple(name for name in FAULTS if name != "same_again")
"""Faults that are a function of the request alone: a client that gives its last reply once more has none after a new start."""

PLAYED = [
    *(("last_keeper", "stub", seed) for seed in range(1, 8)),
    *(("no_chill", "stub", seed) for seed in range(1, 8)),
    *(("last_keeper", "model", seed) for seed in range(1, 4)),
    *(("no_chill", "model", seed) for seed in range(1, 4)),
]


@dataclass
class Sitting:
    """One opening of a journal: what was read in it, as each scene and the hash of its state."""

    session: Session
    read: list[tuple[Scene, str]] = field(default_factory=list)
    ended: bool = False

    def do(self, command: Command) -> None:
        self.session.submit(command)
        for event in self.session.poll():
            if isinstance(event, SceneReady):
                self.read.append((event.scene, event.state.hash))
            self.ended = self.ended or isinstance(event, Ended)


@contextmanager
def sitting(opening: Begin | Continue) -> Iterator[Sitting]:
    """A session of its own, on a clock on which all waiting is over at once; left as it ends."""
    session = Session(Library(), threaded=False, sleep=no_sleep, clock=Hurried())
    here = Sitting(session)
    try:
        here.do(opening)
        yield here
        here.do(Leave())
    finally:
        session.close()


def teller(client: str, seed: int):
    """What opens the client of a playthrough: the offline storyteller, or a model of which four replies in five are faulty."""

    def open_client(name: str, options: ClientOptions) -> LLMClient:
        return StubClient(options.pack) if client == "stub" else ChaosClient(GoodClient(), options.pack, seed, STATELESS)

    return open_client


def uninterrupted(begin: Begin) -> tuple[list[tuple[Scene, str]], list[str]]:
    """A playthrough by draws in one sitting: what was read, and the picks."""
    picks: list[str] = []
    with sitting(begin) as here:
        while not here.ended and len(picks) < LONGEST:
            scene = here.read[-1][0]
            picks.append(scene.choices[draw(begin.seed or 0, scene.key, "player", len(scene.choices))].slot)
            here.do(Pick(picks[-1]))
        assert here.ended
    return here.read, picks


def saved_at_every_step(begin: Begin, picks: list[str], folder: Path) -> list[Path]:
    """The same picks, each in a sitting of its own: the file as it was left after each."""
    path, saves = folder / "story.journal", []
    for step, slot in enumerate(["", *picks]):
        with sitting(replace(begin, journal=path)) as here:
            if slot:
                here.do(Pick(slot))
        saves.append(folder / f"{step}.journal")
        shutil.copy(path, saves[-1])
    return saves


@pytest.mark.parametrize(("pack", "client", "seed"), PLAYED)
def test_from_every_step_on_it_is_the_same_story(
    pack: str, client: str, seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("game.session.opening.open_client", teller(client, seed))
    for room in ("opening", "carried"):
        monkeypatch.setattr(f"game.session.{room}.find_pack", read_once)
    begin = Begin(pack, seed=seed)
    whole, picks = uninterrupted(begin)
    assert any(scene.writer == "model" for scene, _ in whole) == (client == "model")
    for step, save in enumerate(saved_at_every_step(begin, picks, tmp_path)):
        with sitting(Continue(save)) as rest:
            for slot in picks[step:]:
                rest.do(Pick(slot))
        assert rest.read == whole[step:]
