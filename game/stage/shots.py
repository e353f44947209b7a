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

if TYPE_CHECKING:
    from game.stage.pilot import Pilot

SIZES = ((1280, 720), (2560, 1440))
SEED = 7


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
    """Play through `pack` and keep the pictures in `out`."""
    from game.session import Library, Session
    from game.settings import Settings
    from game.stage.pilot import Pilot

    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        settings = Settings()
        session = Session(Library(settings, Path(folder)), threaded=False)
        with Pilot(session, settings, size) as pilot:
            _Album(pilot, out, pack).fill()
        session.close()


class _Album:
    """The pictures, in the order in which a player comes upon them."""

    def __init__(self, pilot: Pilot, out: Path, pack: str) -> None:
        self._pilot = pilot
        self._out = out
        self._pack = pack
        self._places: set[str] = set()

    def fill(self) -> None:
        self._keep("title")
        self._open("Storyteller", "storyteller")
        self._open("Settings", "settings")
        self._begin()
        self._play()
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

    def _begin(self) -> None:
        pilot = self._pilot
        pilot.click_key(f"card:{self._pack}")
        if pilot.tree.label == "Player":
            self._keep("player")
            pilot.click("Begin", "button")

    def _play(self) -> None:
        """To the end, always by another choice; one picture at each place, and at the first choices."""
        pilot, turn = self._pilot, 0
        while pilot.tree.label == "Story":
            choices = pilot.tree.find_all("choice")
            if choices:
                if turn == 0:
                    self._keep("choices")
                    pilot.press("b")
                    self._keep("backlog")
                    pilot.press("escape")
                pilot.wait(0.5)
                pilot.press(str(1 + turn % len(choices)))
                turn += 1
            else:
                pilot.press("space")
                self._picture_of_place()

    def _picture_of_place(self) -> None:
        """When someone speaks at a place that has no picture yet."""
        from game.stage.screens.story import Story

        pilot = self._pilot
        story = pilot.app.top
        place = story.place if isinstance(story, Story) else ""
        if place and place not in self._places and pilot.tree.find_all("text", "Speaker"):
            self._places.add(place)
            pilot.press("space")
            self._keep(f"story-{place}")


if __name__ == "__main__":
    raise SystemExit(main())
