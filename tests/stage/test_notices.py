"""What is said by the way, and where another voice takes over."""

from __future__ import annotations

import pytest

from game.session import Notice
from game.stage.pilot import Pilot
from game.story import Beat
from tests.stage.scripted_session import BY_AUTHOR, BY_MODEL, ScriptedSession, began, grew, narration

MODEL = narration("The fog came in.", BY_MODEL)
AUTHOR = narration("A bell rang.", BY_AUTHOR)
AGAIN = narration("And stopped.", BY_MODEL)


def notices(pilot: Pilot) -> list[str]:
    return [each.label for each in pilot.tree.find_all("status") if each.id.startswith("notice:")]


def source(pilot: Pilot) -> str:
    return pilot.tree.find("button", "Source").value


def test_two_notices_at_once_are_both_read(story: Pilot, session: ScriptedSession) -> None:
    session.say(began(), Notice("refused", "The model would not write this."), Notice("understudy", "The author's words go on."))
    story.frame()
    assert notices(story) == ["The model would not write this.", "The author's words go on."]
    upper, lower = (each.box for each in story.tree.find_all("status") if each.id.startswith("notice:"))
    assert upper.bottom < lower.y


def test_the_same_notice_is_not_shown_twice(story: Pilot, session: ScriptedSession) -> None:
    session.say(began(), Notice("timed_out", "It is silent."), Notice("timed_out", "It is silent."))
    story.frame()
    assert notices(story) == ["It is silent."]


def test_no_more_than_three_are_shown(story: Pilot, session: ScriptedSession) -> None:
    session.say(began(), *(Notice("timed_out", f"Notice {n}.") for n in range(5)))
    story.frame()
    assert notices(story) == ["Notice 2.", "Notice 3.", "Notice 4."]


def test_a_notice_leaves_though_nothing_else_happens(story: Pilot, session: ScriptedSession) -> None:
    """The window paints only while something moves: a notice that waits to leave must keep it awake."""
    session.say(began(), grew(0, MODEL))
    story.settle()
    session.say(Notice("timed_out", "It is silent."))
    story.frame()
    story.until(lambda: not story.moving or not notices(story), seconds=20)
    assert notices(story) == []


def test_where_another_voice_begins_the_mark_says_so_for_a_moment(story: Pilot, session: ScriptedSession) -> None:
    session.say(began(), grew(0, MODEL), grew(1, AUTHOR))
    story.frame()
    assert source(story) == "Written by sparrow-1, a model, through openai."
    story.press("space")
    assert source(story) == "From here on: the author's words, told by the offline storyteller."
    story.wait(5)
    assert source(story) == "The author's words, told by the offline storyteller."


def test_the_mark_says_so_too_when_the_first_voice_comes_back(story: Pilot, session: ScriptedSession) -> None:
    session.say(began(), grew(0, MODEL), grew(1, AUTHOR), grew(2, AGAIN))
    story.frame()
    story.press("space", "space")
    assert source(story) == "From here on: written by sparrow-1, a model, through openai."


@pytest.mark.parametrize("beat", [MODEL, AUTHOR])
def test_a_storys_first_voice_is_no_change(story: Pilot, session: ScriptedSession, beat: Beat) -> None:
    session.say(began(), grew(0, beat))
    story.frame()
    assert not source(story).startswith("From here on")
