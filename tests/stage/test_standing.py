"""Where a scene stands in the tree, as the story's screen says it, with a session that is told what to say."""

from __future__ import annotations

import pytest

from game.packs import Pack
from game.session import (
    Bookmark,
    Branches,
    Ended,
    Flip,
    GoTo,
    MarkCard,
    Marks,
    Notice,
    Past,
    Pick,
    Picked,
    Retell,
    Rewind,
    SceneReady,
)
from game.stage.pilot import Pilot
from game.stage.screens.source import source_words
from game.story import Mark, Source
from tests.stage.scripted_session import ScriptedSession, began, grew, narration, ready, scene
from tests.stage.test_ending import CREDITS

FOG = narration("The fog came in and sat down.")
BELL = narration("A bell rang.")


@pytest.fixture
def recalled(story: Pilot, session: ScriptedSession, pack: Pack) -> Pilot:
    """The second scene is read again, to its choices: told in two ways, `b` was told, and was picked in the recording."""
    branches = Branches(0, 2, ("b",), "b", "b")
    session.say(Past(((scene(FOG), "a"),)), SceneReady(scene(BELL, turn=2), pack.initial, recalled=True, branches=branches))
    story.frame()
    story.wait(1)
    return story


def test_the_recorded_choice_says_so_and_has_the_focus(recalled: Pilot) -> None:
    assert [each.value for each in recalled.tree.find_all("choice")] == ["1", "2, as recorded, told"]
    assert recalled.focused.label == "Stay out"


def test_what_leads_on_is_a_tab_and_a_key(recalled: Pilot, session: ScriptedSession) -> None:
    recalled.click("Forward", "button")
    recalled.press("f8")
    assert [type(each).__name__ for each in session.asked[-2:]] == ["Forward", "Forward"]


def test_another_telling_is_a_page_away(recalled: Pilot, session: ScriptedSession) -> None:
    recalled.point("Telling", "slider")
    recalled.press("left", "right")
    assert session.asked[-2:] == [Flip(-1), Flip(1)]


def test_telling_it_again_takes_a_few_words(recalled: Pilot, session: ScriptedSession) -> None:
    recalled.press("t")
    recalled.write("less grim")
    recalled.click("Tell it again", "button")
    assert session.asked[-1] == Retell("less grim")


def test_a_move_takes_the_reader_out_of_a_scene_that_is_being_told(story: Pilot, session: ScriptedSession, pack: Pack) -> None:
    session.say(began(), ready(pack, scene(FOG)), Picked(1, "a", 0, "Go in"), began(turn=2))
    story.wait(1)
    story.press("backspace")
    assert session.asked[-1] == Rewind()
    session.say(Past(()), ready(pack, scene(FOG), recalled=True), grew(0, BELL, turn=2))
    story.frame()
    story.wait(1)
    assert [each.label for each in story.tree.find_all("choice")] == ["Go in", "Stay out"]
    assert story.tree.find("text", "Story").value == FOG.text


def test_a_pick_that_is_refused_leaves_the_choices(recalled: Pilot, session: ScriptedSession) -> None:
    recalled.press("1")
    assert isinstance(session.asked[-1], Pick)
    session.say(Notice("no_such_choice", "It is not a choice here."))
    recalled.wait(1)
    assert recalled.tree.find_all("choice")


def test_the_ending_gives_way_when_one_goes_back(story: Pilot, session: ScriptedSession, pack: Pack) -> None:
    over = scene(BELL, ending="blank", turn=2)
    session.say(began(turn=2), ready(pack, over), Ended("blank", "A Blank", 2, CREDITS))
    story.frame()
    story.until(lambda: story.tree.label == "Ending" or bool(story.press("space")), seconds=2)
    story.press("backspace")
    session.say(Past(()), ready(pack, scene(FOG), recalled=True))
    story.frame()
    assert story.tree.label == "Story"
    story.press("space", "space")
    assert story.tree.label == "Story", "what ended is over no more"


def test_each_kept_scene_says_what_it_is(recalled: Pilot, session: ScriptedSession) -> None:
    card = MarkCard(Mark("The bell", "7", "k7", 0.0), "The Landing", "jetty", 2, ended=False)
    session.say(Marks((card,)))
    recalled.frame()
    recalled.press("k", "page down")
    recalled.frame()
    slots = [each for each in recalled.tree.find_all("card") if each.id.startswith("slot ")]
    assert [each.label for each in slots] == [*(f"Slot {n}" for n in range(7, 13)), "Quick slot"]
    assert slots[0].value.startswith("The bell · The Landing · ")
    assert "Scene 2" in slots[0].value
    assert {each.value for each in slots[1:]} == {"empty"}
    recalled.click("Go to", "option")
    recalled.click_key("slot 7")
    assert session.asked[-1] == GoTo("k7")


def test_keeping_where_something_is_kept_asks_first(recalled: Pilot, session: ScriptedSession) -> None:
    session.say(Marks((MarkCard(Mark("", "1", "k1", 0.0), "The Landing", "jetty", 4, ended=False),)))
    recalled.frame()
    recalled.press("k", "return")
    assert any("gives way" in each.label and "scene 4" in each.label for each in recalled.tree.find_all("text"))
    recalled.click("Keep", "button")
    assert session.asked[-1] == Bookmark("", "1")


@pytest.mark.parametrize(
    ("ref", "words"),
    [
        ("model openai/sparrow-1 0f", "Edited by you; first written by sparrow-1, a model, through openai."),
        ("author stub arrival.1", "Edited by you; first the author's words, told by the offline storyteller."),
        ("", "Your own words."),
    ],
)
def test_edited_words_say_whose_they_were_first(ref: str, words: str) -> None:
    assert source_words(Source("player", "edit", ref)) == words
