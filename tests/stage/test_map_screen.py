"""The story map through what it shows: where the player is, what leads where, and the way back to every scene."""

from __future__ import annotations

import pygame
import pytest

from game.session import GoTo, LookAtMap, MapReady, Marks
from game.stage.pilot import Pilot
from game.stage.widgets import Widget
from game.story import ROOT, MapScene, StoryMap
from tests.stage.scripted_session import ScriptedSession, began, grew, narration
from tests.storymap.trees import Teller, grown


def forked() -> Teller:
    """Four scenes; another way from the second, which ends; the third was told twice. The player is in the third."""
    teller = Teller()
    keys = [teller.tell(title=title) for title in ("One", "Two", "Three", "Four")]
    teller.go(keys[1])
    teller.tell("b", "light_kept", title="Other")
    teller.mark(name="That night")
    teller.go(keys[2])
    teller.retell()
    teller.go(keys[2])
    return teller


def ready(story: StoryMap, unfound: int = 2) -> MapReady:
    return MapReady(story, dict.fromkeys(story.endings, "The Light Is Kept"), unfound)


@pytest.fixture
def empty(story: Pilot, session: ScriptedSession) -> Pilot:
    """A story in which the map was asked for, before the session has answered."""
    session.say(began(), grew(0, narration("The fog came in.")))
    story.frame()
    story.press("m")
    return story


def shown(pilot: Pilot, session: ScriptedSession, story: StoryMap) -> None:
    session.say(ready(story))
    pilot.frame()
    pilot.frame()


@pytest.fixture
def chart(empty: Pilot, session: ScriptedSession) -> Pilot:
    shown(empty, session, forked().map())
    return empty


def cards(pilot: Pilot) -> dict[str, Widget]:
    return {card.label: card for card in pilot.tree.find_all("card")}


def test_before_the_tree_has_come_there_is_a_quiet_word(empty: Pilot, session: ScriptedSession) -> None:
    assert isinstance(session.asked[-1], LookAtMap)
    assert empty.tree.find("status").label == "The map is being unrolled."


def test_every_scene_is_a_card_with_its_place_its_number_and_what_stands_on_it(chart: Pilot) -> None:
    values = {label: card.value for label, card in cards(chart).items()}
    assert values == {
        "One": "The jetty · scene 1",
        "Two": "The tower stair · scene 2",
        "Three": "The tower stair · scene 3 · you are here · telling 1 of 2",
        "Four": "The lantern room · scene 4",
        "Other": "The tower stair · scene 3 · ending: The Light Is Kept · kept: That night",
    }


def test_the_focus_begins_where_the_player_is_and_is_told_of(chart: Pilot) -> None:
    assert chart.focused.label == "Three"
    assert [each.label for each in chart.tree.walk() if each.id in ("chosen", "said")] == ["Three", chart.focused.value]


def test_arrows_go_along_the_tree(chart: Pilot) -> None:
    seen = []
    for key in ("left", "left", "right", "right", "down", "left"):
        chart.press(key)
        seen.append(chart.focused.label)
    assert seen == ["Two", "One", "Two", "Three", "Other", "Two"]


@pytest.mark.parametrize("way", ["key", "click"])
def test_a_scene_is_gone_to_and_the_story_is_there_again(chart: Pilot, session: ScriptedSession, way: str) -> None:
    key = cards(chart)["Other"].id.removeprefix("scene:")
    if way == "key":
        chart.press("left", "right", "down", "return")
    else:
        chart.click("Other", "card")
    assert session.asked[-1] == GoTo(key)
    assert chart.tree.label == "Story"


def test_going_to_where_the_player_is_asks_for_nothing(chart: Pilot, session: ScriptedSession) -> None:
    chart.press("return")
    assert not any(isinstance(command, GoTo) for command in session.asked)
    assert chart.tree.label == "Story"


@pytest.mark.parametrize("key", ["escape", "m"])
def test_it_is_closed_without_going_anywhere(chart: Pilot, session: ScriptedSession, key: str) -> None:
    chart.press(key)
    assert chart.tree.label == "Story"
    assert not any(isinstance(command, GoTo) for command in session.asked)


def test_another_telling_is_turned_to_and_gone_to(chart: Pilot, session: ScriptedSession) -> None:
    chart.press("page down")
    assert chart.focused.value == "The tower stair · scene 3 · telling 2 of 2"
    chart.press("return")
    assert session.asked[-1] == GoTo(next(scene.key for scene in forked().map().scenes if scene.telling == 1))


def test_only_a_scene_with_several_tellings_offers_another(chart: Pilot) -> None:
    assert chart.tree.find_all("button", "Another telling")
    chart.press("left")
    assert not chart.tree.find_all("button", "Another telling")


def test_the_endings_that_were_found_are_named_and_the_others_counted(chart: Pilot) -> None:
    said = [(each.label, each.value) for each in chart.tree.walk() if each.id.startswith("ending:")]
    assert said == [("The Light Is Kept", "ending found"), ("2 endings not found yet", "")]


def test_the_map_is_dragged_and_what_it_was_dragged_by_is_not_gone_to(empty: Pilot, session: ScriptedSession) -> None:
    shown(empty, session, grown(60, 0))
    where = empty.focused.box
    spot = empty.app.pictures.fit.pixels(where).center
    empty.drag(spot, (spot[0] + 40, spot[1]))
    assert empty.tree.label == "Map"
    moved = empty.tree.by_id(empty.focused.id)
    assert moved
    assert moved.box.x == pytest.approx(where.x + 80, abs=1.0)


def test_plus_and_minus_and_the_wheel_with_ctrl_change_how_near_it_is_seen(chart: Pilot) -> None:
    near = chart.focused.box.w
    chart.press("-")
    middle = chart.focused.box.w
    chart.wheel(-1, pygame.KMOD_CTRL)
    far = chart.focused.box.w
    assert near > middle > far
    chart.click("Closer", "button")
    assert cards(chart)["Three"].box.w == middle


def test_where_you_are_is_found_again(empty: Pilot, session: ScriptedSession) -> None:
    shown(empty, session, grown(200, 0))
    empty.press(*["left"] * 30)
    assert "you are here" not in empty.focused.value
    empty.click("Where you are", "button")
    assert "you are here" in empty.focused.value
    empty.wait(1.0)
    assert 0 <= empty.focused.box.x <= 1280 - empty.focused.box.w


def test_a_thousand_scenes_make_no_more_widgets_than_a_window_holds(empty: Pilot, session: ScriptedSession) -> None:
    shown(empty, session, grown(1000, 120))
    empty.press("-", "-", "-")
    for key in ("left", "left", "down", "down", "right"):
        empty.press(key)
        assert 3 < len(empty.tree.find_all("card")) < 300


def test_a_way_through_the_whole_of_a_large_tree_keeps_the_focus_in_view(empty: Pilot, session: ScriptedSession) -> None:
    shown(empty, session, grown(300, 40))
    for key in ("left", "down", "right", "right", "down", "up", "left", "down") * 4:
        empty.press(key)
        empty.wait(0.5)
        box = empty.focused.box
        assert box.w > 0
        assert 0 <= box.middle[0] <= 1280
        assert box.h > 0


def test_a_tree_that_grows_while_it_is_looked_at_is_asked_for_again(chart: Pilot, session: ScriptedSession) -> None:
    chart.press("left")
    session.say(Marks(()))
    chart.frame()
    assert isinstance(session.asked[-1], LookAtMap)
    teller = forked()
    teller.tell("c", title="New")
    session.say(ready(teller.map()))
    chart.frame()
    assert "New" in cards(chart)
    assert chart.focused.label == "Two"


def test_a_story_that_has_not_begun_says_so(empty: Pilot, session: ScriptedSession) -> None:
    shown(empty, session, StoryMap())
    assert empty.tree.find("status").label == "Nothing has been told yet."


def test_scenes_of_a_place_that_the_pack_does_not_have_are_shown(empty: Pilot, session: ScriptedSession) -> None:
    scene = MapScene("0f", ROOT, "", 0, 1, "A long title " * 60, "sunken_city")
    shown(empty, session, StoryMap((scene,), "0f", ("0f",)))
    assert empty.focused.value == "Sunken_city · scene 1 · you are here"
    assert len(empty.focused.label) < 130
