"""A playthrough whose pack changed or is gone, in the window: every screen of it can be opened, and its story told on or read."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pygame
import pytest

from game.session import Begin, Continue, Leave, Library, Pick, SceneReady, Session
from game.settings import Settings
from game.stage.pilot import Pilot
from tests.changing import WORLDS, as_pack, copied, other_world
from tests.stage.conftest import SMALL

Open = Callable[[Continue], Pilot]


@pytest.fixture
def open_stage(tmp_path: Path, settings: Settings) -> Iterator[Open]:
    """Opens the stage on a saved playthrough, with the real session."""
    opened: list[tuple[Pilot, Session]] = []

    def start(save: Continue) -> Pilot:
        real = Session(Library(settings, tmp_path / "saves"), threaded=False)
        opened.append((Pilot(real, settings, SMALL, save), real))
        return opened[-1][0]

    yield start
    for pilot, real in opened:
        pilot.close()
        real.close()


def told(path: Path, pack: str, picks: int) -> list[SceneReady]:
    """A playthrough in `path`: its scenes, by first choices."""
    session = Session(Library(folder=path.parent), threaded=False)
    session.submit(Begin(pack, seed=7, journal=path))
    events = [*session.poll()]
    for _ in range(picks):
        last = next(event for event in reversed(events) if isinstance(event, SceneReady))
        session.submit(Pick(last.scene.choices[0].slot))
        events += session.poll()
    session.submit(Leave())
    session.close()
    return [event for event in events if isinstance(event, SceneReady)]


def to_choices(pilot: Pilot) -> None:
    pilot.until(lambda: bool(pilot.tree.find_all("choice")) or bool(pilot.press("space")))
    pilot.wait(0.5)


def notices(pilot: Pilot) -> list[str]:
    return [each.label for each in pilot.tree.find_all("status") if each.id.startswith("notice:")]


def headings_behind(pilot: Pilot) -> list[str]:
    """The titles of the scenes that can be read back."""
    pilot.press("b", "home")
    pilot.frame()
    found = [each.label for each in pilot.tree.find_all("heading")]
    pilot.press("escape")
    return found


def visit(pilot: Pilot, *keys: str) -> None:
    """Open a screen by each of these keys, and come back."""
    for key in keys:
        pilot.press(key)
        pilot.frame()
        while pilot.tree.label != "Story":
            pilot.press("escape")


@pytest.mark.parametrize("world", WORLDS)
def test_every_screen_opens_and_the_story_is_told_to_its_end_when_nothing_of_its_pack_is_left(
    tmp_path: Path, open_stage: Open, world: str
) -> None:
    path = tmp_path / "one.journal"
    told(path, world, 5)
    pilot = open_stage(Continue(path, pack=str(other_world(world, tmp_path / "changed"))))
    assert any("has changed since this was begun" in words for words in notices(pilot))
    to_choices(pilot)
    visit(pilot, "b", "l", "m", "k", "i", "t", "e")
    for _ in range(6):
        pilot.key(pygame.K_F7)
        pilot.frame()
    pilot.settle()
    to_choices(pilot)
    visit(pilot, "b", "l", "m")
    for _ in range(6):
        pilot.key(pygame.K_F8)
    to_choices(pilot)
    while pilot.tree.label == "Story":
        if pilot.tree.find_all("choice"):
            pilot.press("1")
        pilot.press("space")
    pilot.frame()
    assert pilot.tree.label == "Ending"


def test_a_long_notice_is_shown_a_line_each_and_stays_until_it_can_be_read(tmp_path: Path, open_stage: Open) -> None:
    path = tmp_path / "one.journal"
    told(path, "last_keeper", 5)
    pilot = open_stage(Continue(path, pack=str(other_world("last_keeper", tmp_path / "changed"))))
    pilot.until(lambda: bool(notices(pilot)))
    slip = next(each for each in pilot.tree.find_all("status") if "has changed" in each.label)
    assert 3 <= slip.label.count("\n") <= 7
    assert slip.box.h >= (slip.label.count("\n") + 1) * 18
    assert slip.box.bottom <= 720
    pilot.wait(len(slip.label) / 20)
    assert slip.label in notices(pilot)
    pilot.wait(len(slip.label) / 10)
    assert slip.label not in notices(pilot)


def test_without_its_pack_a_story_is_read_in_the_window_with_the_names_that_are_remembered(
    tmp_path: Path, open_stage: Open
) -> None:
    path, islet = tmp_path / "one.journal", copied("last_keeper", tmp_path / "islet", as_pack("islet"))
    first = told(path, str(islet), 2)[0].scene
    shutil.rmtree(islet)
    pilot = open_stage(Continue(path))
    pilot.until(lambda: bool(notices(pilot)))
    assert any("The pack “islet” is not here" in words for words in notices(pilot))
    to_choices(pilot)
    visit(pilot, "b", "l", "m", "k", "i")
    for _ in range(2):
        pilot.key(pygame.K_F7)
    pilot.settle()
    assert first.title in headings_behind(pilot)
    assert any(each.label.startswith("Maren Dace, ") for each in pilot.tree.find_all("image"))
    assert any(each.label == "the jetty" for each in pilot.tree.find_all("image"))
