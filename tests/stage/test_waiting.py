"""What is seen while a model writes: who does, the pack's words for it, a moment of its world, a way out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from game.packs import Pack
from game.packs.files import WaitingFile
from game.session import Begin, StopWaiting
from game.settings import Settings
from game.stage.pilot import Pilot
from game.stage.screens.meanwhile import pause_for
from tests.stage.conftest import SMALL
from tests.stage.scripted_session import BY_MODEL, ScriptedSession, began, grew, narration

WORDS = ["The ink is wet.", "A page is turned.", "The lamp is trimmed."]
PAUSES = ["A gull counts the sill.", "The sea lets go of the rock."]
FOG = narration("The fog came in.", BY_MODEL)


@pytest.fixture
def session(pack: Pack) -> ScriptedSession:
    return ScriptedSession(replace(pack, waiting=WaitingFile(words=WORDS, pauses=PAUSES)))


@pytest.fixture
def silent(pack: Pack, settings: Settings) -> Iterator[Pilot]:
    """A scene begun, of a pack that has no words for waiting."""
    session = ScriptedSession(replace(pack, waiting=WaitingFile()))
    with Pilot(session, settings, SMALL, Begin(pack.id)) as driver:
        session.say(began())
        driver.frame()
        yield driver


def said(pilot: Pilot, label: str) -> str:
    return pilot.tree.find("status", label).value


def pauses(pilot: Pilot) -> list[str]:
    return [each.value for each in pilot.tree.find_all("text", "Meanwhile")]


def test_the_packs_words_stand_beside_who_writes(story: Pilot, session: ScriptedSession) -> None:
    session.say(began(writer="sparrow-1 (openai)"))
    story.wait(0.5)
    assert said(story, "Waiting") in WORDS
    assert said(story, "Writing") == "sparrow-1 (openai) is writing"


def test_the_words_stay_the_same_through_one_wait_and_are_others_in_the_next_turn(story: Pilot, session: ScriptedSession) -> None:
    seen = []
    for turn in (1, 2):
        session.say(began(turn=turn))
        story.wait(0.5)
        first = said(story, "Waiting")
        story.wait(6)
        assert said(story, "Waiting") == first
        seen.append(first)
    assert seen[0] != seen[1]


def test_a_pack_without_words_says_who_writes_and_nothing_else(silent: Pilot) -> None:
    silent.wait(10)
    assert said(silent, "Writing") == "sparrow-1 (openai) is writing"
    assert not silent.tree.find_all("status", "Waiting")
    assert pauses(silent) == []


def test_a_moment_of_the_world_comes_after_four_seconds_and_another_eight_later(story: Pilot, session: ScriptedSession) -> None:
    session.say(began())
    story.wait(3.8)
    assert pauses(story) == []
    story.wait(0.4)
    (first,) = pauses(story)
    story.wait(7.4)
    assert pauses(story) == [first]
    story.wait(0.6)
    assert [first, *pauses(story)] in (PAUSES, PAUSES[::-1])


def test_the_time_before_a_scene_began_is_no_wait_for_it(story: Pilot, session: ScriptedSession) -> None:
    story.wait(6)
    session.say(began())
    story.frame()
    assert pauses(story) == []
    assert not story.tree.find_all("button", "Stop waiting")


def test_no_moment_comes_twice_in_one_wait() -> None:
    waiting = WaitingFile(pauses=PAUSES)
    shown = [pause_for(waiting, 3, second) for second in range(300)]
    order = [pause[0] for pause in shown if pause]
    assert sorted(set(order)) == [0, 1]
    assert order == sorted(order, key=[order[0], order[-1]].index), "the last one stays"


def test_a_moment_on_the_blank_page_is_marked_as_the_authors(story: Pilot, session: ScriptedSession) -> None:
    session.say(began())
    story.wait(5)
    assert story.tree.find("button", "Source").value == "The author's words."


def test_a_moment_beside_a_models_words_has_a_mark_of_its_own(story: Pilot, session: ScriptedSession) -> None:
    session.say(began(), grew(0, FOG))
    story.wait(5)
    assert len(pauses(story)) == 1
    assert story.tree.find("text", "Story").value == FOG.text
    assert story.tree.find("button", "Source").value == "Written by sparrow-1, a model, through openai."
    assert story.tree.find("button", "Source of the aside").value == "The author's words."
    page, slip = story.tree.find("group", "Text window").box, story.tree.find("text", "Meanwhile").box
    assert slip.bottom < page.y


def test_the_first_words_of_the_scene_take_its_place_and_it_is_not_read_back(story: Pilot, session: ScriptedSession) -> None:
    session.say(began())
    story.wait(5)
    session.say(grew(0, FOG))
    story.frame()
    assert pauses(story) == []
    assert story.tree.find("text", "Story").value == FOG.text
    story.press("b")
    assert not any(pause in each.label + each.value for each in story.tree.walk() for pause in PAUSES)


def test_there_is_a_way_out_beside_the_moment(story: Pilot, session: ScriptedSession) -> None:
    session.say(began())
    story.wait(6)
    story.click("Stop waiting", "button")
    assert StopWaiting() in session.asked


def test_a_short_gap_between_words_is_not_called_waiting(story: Pilot, session: ScriptedSession) -> None:
    session.say(began(), grew(0, narration("The fog "), done=False))
    for _ in range(60):
        story.frame()
        assert not story.tree.find_all("status", "Writing")


@pytest.mark.parametrize("text_size", [90, 150])
def test_the_longest_moment_keeps_to_the_page_in_any_type(pack: Pack, settings: Settings, text_size: int) -> None:
    longest = ("Salt has drawn a white line. " * 7)[:200]
    session = ScriptedSession(replace(pack, waiting=WaitingFile(pauses=[longest])))
    with Pilot(session, settings.model_copy(update={"text_size": text_size}), SMALL, Begin(pack.id)) as pilot:
        session.say(began())
        pilot.wait(5)
        box = pilot.tree.find("text", "Meanwhile").box
        assert box.bottom <= 720
        assert box.right <= pilot.tree.find("button", "Stop waiting").box.x
