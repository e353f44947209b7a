"""Words as they are written, from the session's event to the page; and scenes that were ready before they were picked."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest

from game.packs import Pack
from game.session import Begin, Picked
from game.settings import Settings
from game.stage.pilot import Pilot
from tests.stage.conftest import SMALL
from tests.stage.scripted_session import ScriptedSession, began, grew, line, narration, ready, scene

FOG = "The fog came in and sat down upon the step, as it does here, and looked about."
MAREN = line("maren", "Mind the third plank.")


@pytest.fixture
def typed(session: ScriptedSession, settings: Settings) -> Iterator[Pilot]:
    """A story that is typed at the default speed, before its first scene."""
    with Pilot(session, settings.model_copy(update={"text_speed": 60}), SMALL, Begin(session.pack.id)) as pilot:
        pilot.frame()
        yield pilot


def text(pilot: Pilot) -> str:
    return pilot.tree.find("text", "Story").value


def test_a_first_word_is_seen_in_the_frame_that_it_came_with(typed: Pilot, session: ScriptedSession) -> None:
    session.say(began(), grew(0, narration("Extraordinarily thi"), done=False))
    typed.frame()
    assert text(typed) == "Extraordinarily "


def test_a_word_that_comes_when_all_is_read_is_begun_in_the_next_frame(typed: Pilot, session: ScriptedSession) -> None:
    session.say(began(), grew(0, narration("The fo"), done=False))
    typed.wait(1)
    session.say(grew(0, narration("The fog ca"), done=False))
    typed.frame()
    assert text(typed) == "The f"


def test_words_that_come_in_jerks_are_uncovered_evenly(typed: Pilot, session: ScriptedSession) -> None:
    """Twelve letters every 0.3 s, at 60 letters a second: typed as they come, they would stand still for 6 frames of every 18."""
    session.say(began())
    words = narration(" ".join(["Salt has drawn a white line."] * 6)[:150])
    seen: list[int] = []
    for end in range(12, len(words.text), 12):
        session.say(grew(0, narration(words.text[:end] + " "), done=False))
        for _ in range(18):
            typed.frame()
            seen.append(len(text(typed)))
    steps = [n for n, (before, after) in enumerate(pairwise(seen)) if after > before and n > 60]
    assert max(later - earlier for earlier, later in pairwise(steps)) <= 3


@pytest.mark.parametrize("more", [{"reduced_motion": True}, {"text_speed": 0}])
def test_one_who_wants_no_typing_gets_words_at_once(
    session: ScriptedSession, settings: Settings, more: dict[str, object]
) -> None:
    calm = settings.model_copy(update={"text_speed": 20, **more})
    with Pilot(session, calm, SMALL, Begin(session.pack.id)) as pilot:
        pilot.frame()
        session.say(began(), grew(0, narration(FOG + " And"), done=False))
        pilot.frame()
        assert text(pilot) == FOG + " "


def test_one_who_has_read_all_and_wants_more_gets_the_next_beat_as_it_comes(typed: Pilot, session: ScriptedSession) -> None:
    session.say(began(), grew(0, narration("Fog.")))
    typed.wait(0.5)
    typed.press("space")
    session.say(grew(1, narration("A bell rang ou"), done=False))
    typed.frame()
    assert text(typed) == "A "


def test_one_who_is_still_reading_is_not_hurried_on(typed: Pilot, session: ScriptedSession) -> None:
    session.say(began(), grew(0, narration(FOG)))
    typed.frame()
    typed.press("space")
    session.say(grew(1, MAREN))
    typed.frame()
    assert text(typed) == FOG


def test_a_scene_that_was_ready_is_on_the_page_in_the_next_frame(typed: Pilot, session: ScriptedSession, pack: Pack) -> None:
    session.say(began(), grew(0, narration("Fog.")), ready(pack, scene(narration("Fog."))))
    typed.wait(1)
    typed.press("1")
    assert not typed.tree.find_all("status", "Writing")
    session.say(
        Picked(1, "a", 0, "Go in"),
        began(turn=2),
        grew(0, narration(FOG), turn=2),
        grew(1, MAREN, turn=2),
        ready(pack, scene(narration(FOG), MAREN, turn=2)),
    )
    typed.frame()
    assert text(typed) == FOG[: len(text(typed))] != ""
    for _ in range(60):
        typed.frame()
        assert not typed.tree.find_all("status", "Writing")
    typed.wait(1)
    assert text(typed) == FOG
