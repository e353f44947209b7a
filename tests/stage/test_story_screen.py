"""The story screen, with a session that is told what to say."""

from __future__ import annotations

from itertools import pairwise

import pytest

from game.packs import Pack
from game.session import Begin, Broken, CannotStart, Command, Notice, Pick, Picked, Priced, StopWaiting
from game.settings import Settings
from game.stage.pilot import Pilot
from game.story import Beat
from tests.stage.conftest import SMALL
from tests.stage.scripted_session import (
    BY_AUTHOR,
    BY_MODEL,
    ScriptedSession,
    began,
    grew,
    line,
    narration,
    ready,
    scene,
)

FOG = narration("The fog came in and sat down.")
MAREN = line("maren", "Mind the third plank.")
LONG = narration(" ".join(["Salt has drawn a white line along the step."] * 14))


def text(pilot: Pilot) -> str:
    return pilot.tree.find("text", "Story").value


def picks(session: ScriptedSession) -> list[Command]:
    return [command for command in session.asked if isinstance(command, Pick)]


def read_through(pilot: Pilot) -> None:
    """Advance until there is something to choose."""
    for _ in range(20):
        if pilot.tree.find_all("choice"):
            pilot.wait(0.5)
            return
        pilot.press("space")
    raise AssertionError("the choices never came")


@pytest.fixture
def choosing(story: Pilot, session: ScriptedSession, pack: Pack) -> Pilot:
    """A scene of two beats, read to its two choices."""
    session.say(began(), grew(0, FOG), grew(1, MAREN), ready(pack, scene(FOG, MAREN)))
    story.frame()
    read_through(story)
    return story


def test_before_anything_is_written_it_says_who_writes(story: Pilot, session: ScriptedSession) -> None:
    session.say(began(writer="sparrow-1 (openai)"))
    story.wait(0.5)
    assert story.tree.find("status", "Writing").value == "sparrow-1 (openai) is writing"


def test_long_choices_have_their_place_in_large_type(pack: Pack, settings: Settings) -> None:
    session = ScriptedSession(pack)
    large = settings.model_copy(update={"text_size": 150, "high_contrast": True})
    choices = ("Ask what kind of man tucks in his laces before he drowns, and wait until there is an answer",) * 4
    with Pilot(session, large, SMALL, Begin(pack.id)) as pilot:
        pilot.frame()
        session.say(began(), ready(pack, scene(FOG, choices=choices)))
        pilot.frame()
        read_through(pilot)
        boxes = [each.box for each in pilot.tree.find_all("choice")]
        page = pilot.tree.find("group", "Text window").box
        assert all(upper.bottom < lower.y for upper, lower in pairwise(boxes))
        assert boxes[-1].bottom <= page.y


def test_text_is_typed_at_the_players_speed(session: ScriptedSession, settings: Settings) -> None:
    slow = settings.model_copy(update={"text_speed": 20})
    with Pilot(session, slow, SMALL, Begin(session.pack.id)) as pilot:
        pilot.frame()
        session.say(began(), grew(0, FOG))
        pilot.frame()
        pilot.wait(0.5)
        assert 12 <= len(text(pilot)) <= 16, "the first word at once, then ten letters in half a second"
        pilot.wait(2)
        assert text(pilot) == FOG.text


def test_one_press_completes_the_typing(session: ScriptedSession, settings: Settings) -> None:
    slow = settings.model_copy(update={"text_speed": 20})
    with Pilot(session, slow, SMALL, Begin(session.pack.id)) as pilot:
        pilot.frame()
        session.say(began(), grew(0, FOG), grew(1, MAREN))
        pilot.frame()
        pilot.press("space")
        assert text(pilot) == FOG.text
        pilot.press("space")
        assert pilot.tree.find("text", "Speaker").value == "Maren Dace"


def test_a_growing_beat_is_followed_word_by_word_and_nothing_is_taken_back(story: Pilot, session: ScriptedSession) -> None:
    session.say(began())
    seen = []
    for end in range(1, len(FOG.text) + 1):
        session.say(grew(0, narration(FOG.text[:end]), done=end == len(FOG.text)))
        story.frame()
        seen.append(text(story))
    assert all(later.startswith(earlier) for earlier, later in pairwise(seen))
    assert all(f"{FOG.text} ".startswith(f"{shown.rstrip()} ") for shown in seen if shown), "no word is shown by half"
    assert len(set(seen)) == 1 + len(FOG.text.split())


def test_a_long_beat_is_read_page_by_page_to_its_last_word(story: Pilot, session: ScriptedSession) -> None:
    session.say(began(), grew(0, LONG), grew(1, MAREN))
    story.frame()
    story.frame()
    pages = []
    while not story.tree.find_all("text", "Speaker"):
        pages.append(text(story))
        story.press("space")
    assert len(pages) > 1
    assert "".join(pages) == LONG.text


def test_the_speaker_is_named_and_the_narrator_is_not(story: Pilot, session: ScriptedSession) -> None:
    session.say(began(), grew(0, FOG), grew(1, MAREN))
    story.frame()
    assert not story.tree.find_all("text", "Speaker")
    story.press("space")
    story.press("space")
    assert story.tree.find("text", "Speaker").value == "Maren Dace"


def test_those_present_stand_there_with_their_faces(story: Pilot, session: ScriptedSession) -> None:
    session.say(began(present=("hob", "maren")), grew(0, MAREN))
    story.frame()
    story.settle()
    cast = [each.label for each in story.tree.find_all("image") if each.id.startswith("cast:")]
    assert sorted(cast) == ["Hob Tarrant, neutral", "Maren Dace, wary"]
    assert cast[-1].startswith("Maren"), "who speaks stands in front"


def test_who_is_not_there_any_more_leaves(story: Pilot, session: ScriptedSession) -> None:
    session.say(began(present=("hob", "maren")), grew(0, MAREN))
    story.frame()
    story.settle()
    session.say(began(turn=2, present=("hob",)))
    story.frame()
    story.wait(1)
    assert [each.label for each in story.tree.find_all("image") if each.id.startswith("cast:")] == ["Hob Tarrant, neutral"]


def test_the_last_beat_stays_where_it_is_beside_the_choices(choosing: Pilot) -> None:
    assert text(choosing) == MAREN.text
    assert [each.label for each in choosing.tree.find_all("choice")] == ["Go in", "Stay out"]


def test_the_text_does_not_move_when_the_choices_come(story: Pilot, session: ScriptedSession, pack: Pack) -> None:
    session.say(began(), grew(0, FOG))
    story.frame()
    story.frame()
    before = story.tree.find("text", "Story").box
    session.say(ready(pack, scene(FOG)))
    read_through(story)
    assert story.tree.find("text", "Story").box == before


@pytest.mark.parametrize("way", ["mouse", "number", "arrows", "gamepad"])
def test_a_choice_is_taken_by_any_device(choosing: Pilot, session: ScriptedSession, way: str) -> None:
    if way == "mouse":
        choosing.click("Stay out", "choice")
    elif way == "number":
        choosing.press("2")
    elif way == "arrows":
        choosing.press("down", "return")
    else:
        choosing.button(12)  # the cross, down
        choosing.button(0)  # A
    assert [pick.slot for pick in picks(session)] == ["b"]


def test_a_number_without_a_choice_takes_none(choosing: Pilot, session: ScriptedSession) -> None:
    choosing.press("4")
    assert picks(session) == []


def test_the_press_that_completes_the_text_takes_no_choice(story: Pilot, session: ScriptedSession, pack: Pack) -> None:
    session.say(began(), grew(0, FOG), ready(pack, scene(FOG)))
    story.frame()
    story.press("return", "return", "return")
    assert story.tree.find_all("choice")
    assert picks(session) == []


def test_space_never_takes_a_choice(choosing: Pilot, session: ScriptedSession) -> None:
    choosing.press("space", "space")
    assert picks(session) == []


def test_a_choice_is_taken_once_however_often_it_is_pressed(choosing: Pilot, session: ScriptedSession) -> None:
    choosing.press("1", "1", "1")
    choosing.wait(1)
    choosing.press("1")
    assert [pick.slot for pick in picks(session)] == ["a"]


def test_one_who_waits_long_can_stop_waiting(story: Pilot, session: ScriptedSession) -> None:
    session.say(began())
    story.frame()
    story.wait(1)
    assert not story.tree.find_all("button", "Stop waiting")
    story.wait(2)
    story.click("Stop waiting", "button")
    assert StopWaiting() in session.asked


def test_while_one_waits_the_past_can_be_read_and_the_scene_goes_on(choosing: Pilot, session: ScriptedSession) -> None:
    choosing.press("1")
    session.say(Picked(1, "a", 0, "Go in"), began(turn=2))
    choosing.frame()
    choosing.press("b")
    assert choosing.tree.label == "Read back"
    assert choosing.tree.find("text", "Go in").value == "You chose"
    assert choosing.tree.find("text", MAREN.text).value == "Maren Dace"
    session.say(grew(0, narration("A bell."), turn=2))
    choosing.frame()
    choosing.press("escape")
    choosing.wait(0.1)
    assert text(choosing) == "A bell."


def test_the_wheel_opens_the_backlog_and_turned_back_closes_it(choosing: Pilot) -> None:
    choosing.wheel(1)
    assert choosing.tree.label == "Read back"
    choosing.wheel(-1)
    assert choosing.tree.label == "Story"


def test_a_long_backlog_scrolls(story: Pilot, session: ScriptedSession) -> None:
    beats = [narration(f"{n}. {LONG.text[:200]}") for n in range(12)]
    session.say(began(), *(grew(n, beat) for n, beat in enumerate(beats)))
    story.frame()
    for _ in range(60):
        story.press("space")
    story.press("b")
    assert story.tree.find_all("text", beats[-1].text)
    assert not story.tree.find_all("text", beats[0].text)
    story.press("home")
    story.frame()
    assert story.tree.find_all("text", beats[0].text)


@pytest.mark.parametrize(
    ("beat", "words"),
    [
        (narration("Fog.", BY_AUTHOR), "The author's words, told by the offline storyteller."),
        (narration("Fog.", BY_MODEL), "Written by sparrow-1, a model, through openai."),
    ],
)
def test_each_beat_says_whose_words_it_is(story: Pilot, session: ScriptedSession, beat: Beat, words: str) -> None:
    session.say(began(), grew(0, beat))
    story.frame()
    assert story.tree.find("button", "Source").value == words


def test_a_notice_is_shown_for_a_while_and_then_is_not(story: Pilot, session: ScriptedSession) -> None:
    session.say(began(), Notice("timed_out", "The model has been silent for long.", fault=True))
    story.frame()
    assert story.tree.find_all("status", "The model has been silent for long.")
    story.wait(8)
    assert not story.tree.find_all("status", "The model has been silent for long.")


def test_the_price_of_a_scene_is_told(story: Pilot, session: ScriptedSession) -> None:
    session.say(Priced(2100, 900), began())
    story.frame()
    assert story.tree.find("status", "A scene costs about 2,100 tokens to ask for, and at most 900 to write.")


def test_a_story_that_cannot_start_says_why(pack: Pack, settings: Settings) -> None:
    session = ScriptedSession(pack, begins=False)
    with Pilot(session, settings, SMALL, Begin("nowhere")) as pilot:
        session.say(CannotStart("the pack nowhere cannot be played: there is no such pack"))
        pilot.frame()
        assert pilot.tree.find("text", "the pack nowhere cannot be played: there is no such pack")
        pilot.press("return")
        assert pilot.tree.label == "Title"


def test_a_fault_in_the_program_is_said_in_words_and_leads_to_the_title(choosing: Pilot, session: ScriptedSession) -> None:
    session.say(Broken("a fault in the program: what was read is saved"))
    choosing.frame()
    assert choosing.tree.find("text", "a fault in the program: what was read is saved")
    choosing.press("return")
    assert choosing.tree.label == "Title"


def test_leaving_asks_first_and_staying_changes_nothing(choosing: Pilot, session: ScriptedSession) -> None:
    choosing.press("escape")
    choosing.click("Back to the title", "button")
    assert choosing.tree.label == "Leave the story?"
    choosing.click("Go on reading", "button")
    assert choosing.tree.label == "Story"
    assert text(choosing) == MAREN.text


def test_a_recalled_scene_is_whole_at_once(pack: Pack, settings: Settings) -> None:
    session = ScriptedSession(pack)
    slow = settings.model_copy(update={"text_speed": 20})
    with Pilot(session, slow, SMALL, Begin(pack.id)) as pilot:
        session.say(ready(pack, scene(LONG, turn=5), recalled=True))
        pilot.frame()
        pilot.frame()
        pilot.frame()
        assert len(text(pilot)) > 100


def test_the_stage_is_still_once_the_choices_lie_there(choosing: Pilot) -> None:
    choosing.settle()
    choosing.wait(6)
    assert not choosing.moving


def test_what_a_place_sounds_like_is_told_when_it_is_entered(story: Pilot, session: ScriptedSession) -> None:
    heard = session.pack.places["jetty"].ambience
    session.say(began(), grew(0, narration("The boat is gone.")))
    story.frame()
    caption = story.tree.by_id("heard")
    assert caption is not None
    assert caption.value.lower() == heard.lower()
    session.say(began(turn=2), grew(0, narration("It is still gone."), turn=2))
    story.frame()
    assert story.tree.by_id("heard") is None, "one who stays there has heard it"


@pytest.mark.parametrize("size", [100, 150])
def test_what_is_said_by_the_way_does_not_lie_on_a_choice(pack: Pack, settings: Settings, size: int) -> None:
    session = ScriptedSession(pack)
    choices = ("Set them down again just as they stood, toes to the sea",) * 4
    with Pilot(session, settings.model_copy(update={"text_size": size}), SMALL, Begin(pack.id)) as pilot:
        pilot.frame()
        session.say(began(), ready(pack, scene(FOG, choices=choices)))
        pilot.frame()
        read_through(pilot)
        session.say(Notice("pack_changed", "Read again: storylets/act_three.toml, storylets/act_two_pages.toml."))
        pilot.frame()
        notice = next(each.box for each in pilot.tree.find_all("status") if each.id.startswith("notice:"))
        assert all(notice.right <= each.box.x for each in pilot.tree.find_all("choice"))
