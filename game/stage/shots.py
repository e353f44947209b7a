"""`python -m game.stage.shots OUT [--size 1280x720]`: screenshots of the real stage, played by the offline storyteller.

Needs no display. Without a size, both of the sizes that the README and the issue ask for, each in its own folder.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from game.story import draw

if TYPE_CHECKING:
    from game.packs import Pack
    from game.stage.pilot import Pilot

SIZES = ((1280, 720), (2560, 1440))
BUNDLED = ("last_keeper", "no_chill")
SEED = 7
MOST_PLAYS = 12
TREE = 5
"""The scene, counted from 0, in which the first play walks through what was told."""


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; the exit code."""
    parser = argparse.ArgumentParser(prog="game.stage.shots", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--size", type=_size, action="append", help="WIDTHxHEIGHT; may be given more than once")
    parser.add_argument("--pack", default="last_keeper")
    given = parser.parse_args(arguments)
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
    for size in given.size or SIZES:
        take(given.out / f"{size[0]}x{size[1]}", size, given.pack)
    return 0


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    return int(width), int(height)


def take(out: Path, size: tuple[int, int], pack: str) -> None:
    """Look around, then play through `pack` with one seed after another until every place has been seen; pictures into `out`."""
    from game.packs.shelf import find_pack
    from game.session import Begin, Library, Session
    from game.settings import Settings
    from game.stage.pilot import Pilot

    out.mkdir(parents=True, exist_ok=True)
    places = set(find_pack(pack).places)
    with TemporaryDirectory() as folder:
        session = Session(Library(Settings(), Path(folder)), threaded=False)
        with Pilot(session, Settings(), size) as pilot:
            _Album(pilot, out, places).look_around()
        pose(out, size, pack)
        for seed in range(SEED, SEED + MOST_PLAYS):
            begin = Begin(pack, seed=seed, journal="library")
            with Pilot(session, Settings(), size, begin) as pilot:
                _Album(pilot, out, places).play(seed)
            if not places:
                break
        session.close()


def pose(out: Path, size: tuple[int, int], ref: str) -> None:
    """What a quick storyteller never shows: a wait, moments of the world on the blank page and beside what was read, and at the
    end what a model's telling took."""
    from game.packs.shelf import find_pack
    from game.session import Begin
    from game.settings import Settings
    from game.stage.packshots import shelf
    from game.stage.pilot import Pilot
    from game.stage.posing import Posed, ended, waiting

    pack = find_pack(ref)
    survey(out, size, pack)
    shelf(out, size, [pack, *(find_pack(other) for other in BUNDLED if other != ref)])
    for posture, pictures in (
        (waiting(pack), (("waiting", 0.8), ("pause", 3.0))),
        (waiting(pack, words=40), (("pause-beside", 4.0),)),
        (ended(pack), (("ending-of-a-model", 2.0),)),
    ):
        with Pilot(Posed(pack, posture), Settings(text_speed=0), size, Begin(ref)) as pilot:
            pilot.frame()
            pilot.settle()
            pilot.press("space")
            for name, seconds in pictures:
                pilot.wait(seconds)
                pilot.shot(str(out / f"{name}.png"))


def survey(out: Path, size: tuple[int, int], pack: Pack) -> None:
    """The story map of a first playthrough, and of many."""
    from game.session import Begin
    from game.settings import Settings
    from game.stage.pilot import Pilot
    from game.stage.posedmap import mapped
    from game.stage.posing import Posed, waiting

    for scenes in (8, 80):
        with Pilot(
            Posed(pack, waiting(pack, words=20), mapped(pack, scenes)), Settings(text_speed=0), size, Begin(pack.id)
        ) as pilot:
            pilot.frame()
            pilot.press("m")
            pilot.frame()
            if scenes > 8:
                pilot.press("-")
            pilot.settle()
            pilot.shot(str(out / f"map-{scenes}.png"))


class _Album:
    """The pictures, in the order in which a player comes upon them. `places` are those that have no picture yet."""

    def __init__(self, pilot: Pilot, out: Path, places: set[str]) -> None:
        self._pilot = pilot
        self._out = out
        self._places = places

    def look_around(self) -> None:
        """The screens before a story."""
        self._pilot.frame()
        self._keep("title")
        self._open("Storyteller", "storyteller")
        self._open("Settings", "settings")

    def play(self, seed: int) -> None:
        """A story to its end, and back to the title. The first one also shows the screens that come by the way."""
        self._pilot.frame()
        self._read(seed)
        if seed == SEED:
            self._keep("ending")
            self._pilot.press("escape")
            self._pilot.frame()
            self._open("Continue", "continue")

    def _keep(self, name: str) -> None:
        self._pilot.settle()
        self._pilot.shot(str(self._out / f"{name}.png"))

    def _open(self, label: str, name: str) -> None:
        """A screen of the title, and back."""
        self._pilot.click(label, "button")
        if name == "storyteller":
            self._pilot.click("A service", "option")
        self._keep(name)
        self._pilot.press("escape")

    def _read(self, seed: int) -> None:
        """To the end, by drawn choices; one picture at each place, and at the second choices."""
        from game.stage.screens.story import Story
        from game.stage.treeshots import walk

        pilot, turn = self._pilot, 0
        while pilot.tree.label == "Story":
            choices = pilot.tree.find_all("choice")
            if choices:
                self._picture_of_place(at_last=True)
                if seed == SEED and turn == 1:
                    self._choices()
                if seed == SEED and turn == TREE:
                    walk(pilot, self._keep)
                if seed == SEED and turn == 6:
                    self._ledger()
                pilot.wait(0.5)
                pilot.press(str(1 + draw(seed, str(turn), "shots", len(choices))))
                turn += 1
            else:
                pilot.press("space")
                self._picture_of_place(at_last=isinstance(pilot.app.top, Story) and pilot.app.top.phase == "over")

    def _choices(self) -> None:
        self._keep("choices")
        self._pilot.press("b")
        self._keep("backlog")
        self._pilot.press("escape")

    def _ledger(self) -> None:
        self._pilot.press("l")
        self._keep("ledger")
        self._pilot.press("escape")

    def _picture_of_place(self, at_last: bool) -> None:
        """Of a place that has no picture yet: when someone speaks there, or else at the scene's last words."""
        from game.stage.screens.story import Story

        pilot = self._pilot
        story = pilot.app.top
        place = story.place if isinstance(story, Story) else ""
        if place in self._places and (at_last or pilot.tree.find_all("text", "Speaker")):
            self._places.remove(place)
            if not at_last:
                pilot.press("space")
            self._keep(f"story-{place}")


if __name__ == "__main__":
    raise SystemExit(main())
