"""Which choice the eye rests on, and that the session is told of it."""

from __future__ import annotations

import pygame
import pytest

from game.packs import Pack
from game.session import LookAt
from game.stage.gaze import Gaze
from game.stage.pilot import Pilot
from tests.stage.scripted_session import ScriptedSession, began, grew, narration, ready, scene

FOG = narration("The fog came in.")
SLOTS = ("a", "b", "c")


@pytest.fixture
def choosing(story: Pilot, session: ScriptedSession, pack: Pack) -> Pilot:
    """Three choices lie there; the eye has been on the first for a while."""
    session.say(began(), grew(0, FOG), ready(pack, scene(FOG, choices=("Go in", "Stay out", "Go home"))))
    story.wait(1)
    return story


def looks(session: ScriptedSession) -> list[str]:
    return [command.slot for command in session.asked if isinstance(command, LookAt)]


def test_the_eye_begins_on_the_first_choice(choosing: Pilot, session: ScriptedSession) -> None:
    assert choosing.focused.label == "Go in"
    assert looks(session) == ["a"]


def test_the_session_is_told_of_which_scene_the_choice_is(choosing: Pilot, session: ScriptedSession) -> None:
    assert LookAt("a", f"{1:032x}") in session.asked


@pytest.mark.parametrize("way", ["mouse", "keyboard", "gamepad"])
def test_a_choice_is_looked_at_with_any_device(choosing: Pilot, session: ScriptedSession, way: str) -> None:
    if way == "mouse":
        choosing.point("Stay out", "choice")
    elif way == "keyboard":
        choosing.press("down")
    else:
        choosing.button(pygame.CONTROLLER_BUTTON_DPAD_DOWN)
    choosing.wait(0.3)
    assert looks(session) == ["a", "b"]


def test_what_the_eye_only_passes_over_is_not_told(choosing: Pilot, session: ScriptedSession) -> None:
    choosing.press("down", "down")
    choosing.wait(0.3)
    assert looks(session) == ["a", "c"]


def test_a_look_is_told_once_and_again_when_the_eye_comes_back(choosing: Pilot, session: ScriptedSession) -> None:
    choosing.press("down")
    choosing.wait(2)
    choosing.press("up")
    choosing.wait(2)
    assert looks(session) == ["a", "b", "a"]


def test_an_eye_that_leaves_the_choices_looks_at_none(choosing: Pilot, session: ScriptedSession) -> None:
    choosing.point("Stay out", "choice")
    choosing.wait(0.3)
    choosing.frame(pygame.Event(pygame.MOUSEMOTION, pos=(3, 300), rel=(0, 0), buttons=(0, 0, 0)))
    choosing.wait(1)
    choosing.point("Menu", "button")
    choosing.wait(1)
    assert looks(session) == ["a", "b"]


def test_each_scene_is_looked_at_anew(choosing: Pilot, session: ScriptedSession, pack: Pack) -> None:
    choosing.press("1")
    session.say(began(turn=2), grew(0, FOG, turn=2), ready(pack, scene(FOG, turn=2)))
    choosing.wait(1)
    assert [command for command in session.asked if isinstance(command, LookAt)][-1] == LookAt("a", f"{2:032x}")


def test_the_eye_must_rest(pack: Pack) -> None:
    gaze = Gaze()
    gaze.see("slot:b", SLOTS, 1.0)
    assert gaze.rested(1.1) is None
    assert gaze.rested(1.2) == "b"
    assert gaze.rested(1.3) is None


def test_a_slot_that_is_not_dealt_is_not_looked_at() -> None:
    gaze = Gaze()
    gaze.see("slot:d", SLOTS, 1.0)
    assert gaze.rested(2.0) is None
