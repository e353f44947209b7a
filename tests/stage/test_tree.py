"""The story's tree in the player's hands, on the real session with the offline storyteller."""

from __future__ import annotations

from collections.abc import Callable

import pygame
import pytest

from game.stage.pilot import Pilot
from game.stage.screens.story import Story
from tests.stage.test_playing import begin

Play = Callable[..., Pilot]


def story(pilot: Pilot) -> Story:
    """The story's own screen, which must be the one on top."""
    top = pilot.app.top
    assert isinstance(top, Story)
    return top


def opening(pilot: Pilot) -> str:
    """The title of the first scene that was read."""
    pilot.press("b", "home")
    pilot.frame()
    headings = [each.label for each in pilot.tree.find_all("heading") if each.id.startswith("read:")]
    pilot.press("escape")
    return headings[0]


def text(pilot: Pilot) -> str:
    return pilot.tree.find("text", "Story").value


def offered(pilot: Pilot) -> list[str]:
    return [each.label for each in pilot.tree.find_all("choice")]


def chosen(pilot: Pilot) -> list[str]:
    """The keys of the backlog's lines in view that say what was chosen."""
    return [each.id for each in pilot.tree.find_all("text") if each.value == "You chose" and each.box.w]


def to_choices(pilot: Pilot) -> list[str]:
    """Read on until there is something to choose; the choices."""
    pilot.until(lambda: bool(pilot.tree.find_all("choice")) or bool(pilot.press("space")))
    pilot.wait(0.5)
    return offered(pilot)


def pick(pilot: Pilot, number: int = 1) -> None:
    to_choices(pilot)
    pilot.press(str(number))
    pilot.frame()


def back(pilot: Pilot) -> None:
    pilot.key(pygame.K_BACKSPACE)
    pilot.frame()


def forward(pilot: Pilot) -> None:
    pilot.key(pygame.K_F8)
    pilot.frame()


def leave(pilot: Pilot) -> None:
    """Close the story, and the window."""
    pilot.press("escape")
    pilot.click("Back to the title", "button")
    pilot.click("Leave", "button")
    pilot.frame()
    pilot.close()


def notices(pilot: Pilot) -> list[str]:
    return [each.label for each in pilot.tree.find_all("status") if each.id.startswith("notice:")]


@pytest.fixture
def pilot(play: Play) -> Pilot:
    """The bundled story, at its first choices."""
    driver = play()
    begin(driver)
    to_choices(driver)
    return driver


def test_ten_scenes_back_and_forward_again_lead_to_the_same_choices(pilot: Pilot) -> None:
    seen = [offered(pilot)]
    for _ in range(10):
        pick(pilot)
        seen.append(to_choices(pilot))
    for choices in reversed(seen[:-1]):
        back(pilot)
        assert offered(pilot) == choices, "one is where the choice was made, at once"
    assert pilot.tree.find("button", "Forward")
    for choices in seen[1:]:
        forward(pilot)
        assert offered(pilot) == choices
    assert not pilot.tree.find_all("button", "Forward")


def test_before_the_first_scene_there_is_nothing_and_it_is_said_quietly(pilot: Pilot) -> None:
    before = offered(pilot)
    back(pilot)
    assert notices(pilot)
    assert offered(pilot) == before


def test_beyond_what_was_told_there_is_nothing_and_it_is_said_quietly(pilot: Pilot) -> None:
    before = offered(pilot)
    forward(pilot)
    assert notices(pilot)
    assert offered(pilot) == before


def test_a_scene_that_was_not_read_to_its_end_is_gone_on_with_where_it_was_left(pilot: Pilot) -> None:
    pick(pilot)
    pilot.frame()
    first = text(pilot)
    back(pilot)
    forward(pilot)
    pilot.frame()
    assert not pilot.tree.find_all("choice")
    assert text(pilot) == first


def test_what_was_told_is_marked_and_read_again_and_another_choice_forks(pilot: Pilot) -> None:
    pick(pilot, 1)
    told = to_choices(pilot)
    back(pilot)
    assert ["told" in each.value for each in pilot.tree.find_all("choice")] == [True, *[False] * (len(offered(pilot)) - 1)]
    pick(pilot, 2)
    to_choices(pilot)
    back(pilot)
    assert [each.value for each in pilot.tree.find_all("choice")][:2] == ["1, told", "2, told"]
    pick(pilot, 1)
    assert to_choices(pilot) == told


def test_tellings_are_made_and_flipped_through_like_pages(pilot: Pilot) -> None:
    assert not pilot.tree.find_all("slider", "Telling")
    first = opening(pilot)
    pilot.press("t")
    pilot.press("return")
    pilot.frame()
    to_choices(pilot)
    assert pilot.tree.find("slider", "Telling").value == "2 of 2"
    box = pilot.tree.find("slider", "Telling").box
    pilot.click_at(pilot.app.pictures.fit.pixels(box._replace(w=30)).center)
    pilot.frame()
    assert pilot.tree.find("slider", "Telling").value == "1 of 2"
    pilot.point("Telling", "slider")
    pilot.press("right")
    pilot.frame()
    assert pilot.tree.find("slider", "Telling").value == "2 of 2"
    assert opening(pilot) == first, "what happens in it stays the same"


def test_a_scene_is_kept_in_slot_3_and_gone_back_to(pilot: Pilot) -> None:
    pick(pilot)
    kept = to_choices(pilot)
    pilot.press("k")
    pilot.click_key("slot 3")
    pilot.write("Before the door")
    pilot.press("return")
    pilot.frame()
    assert "Before the door" in (pilot.tree.by_id("slot 3") or pilot.tree).value
    pilot.press("escape")
    pick(pilot)
    to_choices(pilot)
    pilot.press("k")
    pilot.click("Go to", "option")
    pilot.click_key("slot 3")
    pilot.frame()
    assert to_choices(pilot) == kept


def test_the_quick_slot_takes_a_key_to_fill_and_a_key_to_go_to(pilot: Pilot) -> None:
    kept = offered(pilot)
    pilot.key(pygame.K_F6)
    pilot.frame()
    assert any(words.startswith("Kept: ") for words in notices(pilot))
    pick(pilot)
    to_choices(pilot)
    pilot.key(pygame.K_F9)
    pilot.frame()
    assert to_choices(pilot) == kept


def test_an_empty_quick_slot_says_so(pilot: Pilot) -> None:
    pilot.key(pygame.K_F9)
    pilot.frame()
    assert notices(pilot) == ["The quick slot is empty: F6 keeps a scene in it."]


def test_a_bookmark_is_set_renamed_and_dropped(pilot: Pilot) -> None:
    pilot.press("k")
    pilot.click("New bookmark", "button")
    pilot.write("Here")
    pilot.click("Keep", "button")
    pilot.frame()
    pilot.click("Rename or drop", "option")
    pilot.click("Here", "card")
    pilot.write(" it began")
    pilot.click("Rename", "button")
    pilot.frame()
    assert [each.label for each in pilot.tree.find_all("card") if each.id.startswith("name ")] == ["Here it began"]
    pilot.click("Here it began", "card")
    pilot.click("Drop", "button")
    pilot.frame()
    assert not [each for each in pilot.tree.find_all("card") if each.id.startswith("name ")]


def test_an_edited_beat_is_read_so_everywhere_and_after_reopening(pilot: Pilot, play: Play) -> None:
    told = text(pilot)
    pilot.press("e")
    pilot.key(pygame.K_BACKSPACE, pygame.KMOD_CTRL)
    pilot.write("lanterns.")
    pilot.press("return")
    pilot.frame()
    edited = text(pilot)
    assert edited != told
    assert edited.endswith("lanterns.")
    assert pilot.tree.find("button", "Source").value.endswith("the author's words, told by the offline storyteller.")
    assert "Edited by you; first" in pilot.tree.find("button", "Source").value
    pick(pilot)
    pilot.press("b")
    assert pilot.tree.find_all("text", edited)
    pilot.press("escape")
    leave(pilot)
    again = play()
    again.click("Continue", "button")
    again.press("return")
    again.frame()
    again.press("b")
    assert again.tree.find_all("text", edited)


def test_an_edited_beat_can_be_had_back_as_it_was_told(pilot: Pilot) -> None:
    told = text(pilot)
    pilot.press("e")
    pilot.write(" Or so.")
    pilot.click("Save", "button")
    pilot.frame()
    assert text(pilot) == f"{told} Or so."
    pilot.press("b")
    pilot.press("return")
    pilot.click("As it was told", "button")
    pilot.frame()
    pilot.press("escape")
    assert text(pilot) == told


def test_from_the_backlog_one_goes_back_to_a_scene_or_to_its_choice(pilot: Pilot) -> None:
    first = offered(pilot)
    start = opening(pilot)
    pick(pilot)
    pick(pilot)
    pilot.press("b")
    pilot.press("home")
    pilot.click(start, "heading")
    pilot.frame()
    assert not pilot.tree.find_all("choice"), "from its start"
    assert to_choices(pilot) == first
    forward(pilot)
    pilot.press("b")
    pilot.press("home")
    pilot.until(lambda: bool(chosen(pilot)) or bool(pilot.press("page down")), seconds=1)
    pilot.click_key(chosen(pilot)[0])
    pilot.frame()
    assert offered(pilot) == first, "at its choices"


def test_the_backlog_goes_with_the_keys_from_line_to_line(pilot: Pilot) -> None:
    for _ in range(4):
        pick(pilot)
    to_choices(pilot)
    pilot.press("b")
    seen = [pilot.focused.id]
    for _ in range(12):
        pilot.press("up")
        pilot.frame()
        seen.append(pilot.focused.id)
    numbers = [int(key.removeprefix("read:")) for key in seen]
    assert numbers == list(range(numbers[0], numbers[0] - 13, -1))
    assert pilot.focused.box.w > 0, "it is in view"


def test_the_menu_leads_back_by_gamepad_alone(pilot: Pilot) -> None:
    first = offered(pilot)
    pick(pilot)
    to_choices(pilot)
    pilot.button(pygame.CONTROLLER_BUTTON_START)
    pilot.button(pygame.CONTROLLER_BUTTON_DPAD_RIGHT)
    assert pilot.focused.label == "Back one scene"
    pilot.button(pygame.CONTROLLER_BUTTON_A)
    pilot.frame()
    assert offered(pilot) == first


def test_the_triggers_lead_back_and_forward(pilot: Pilot) -> None:
    first = offered(pilot)
    pick(pilot)
    second = to_choices(pilot)
    pilot.stick(pygame.CONTROLLER_AXIS_TRIGGERLEFT, 32_000)
    pilot.frame()
    assert offered(pilot) == first
    pilot.stick(pygame.CONTROLLER_AXIS_TRIGGERRIGHT, 32_000)
    pilot.frame()
    assert offered(pilot) == second


def test_what_can_do_nothing_is_in_the_menu_and_cannot_be_pressed(pilot: Pilot) -> None:
    pilot.press("escape")
    rests = {each.label for each in pilot.tree.find_all("button") if not each.focusable}
    assert rests == {"Back one scene", "Forward", "Go to a kept scene"}


def test_the_ending_is_no_dead_end(pilot: Pilot) -> None:
    picked = 0
    while pilot.tree.label == "Story":
        if pilot.tree.find_all("choice"):
            last = offered(pilot)
            pilot.wait(0.5)
            pilot.press("1")
            picked += 1
        else:
            pilot.press("space")
        assert picked < 60
    assert pilot.tree.label == "Ending"
    pilot.click("Back one scene", "button")
    pilot.frame()
    assert offered(pilot) == last
    forward(pilot)
    pilot.press("space", "space")
    pilot.frame()
    assert pilot.tree.label == "Ending"


def test_a_story_that_is_only_read_offers_what_was_told_and_nothing_else(pilot: Pilot, play: Play) -> None:
    pick(pilot, 2)
    to_choices(pilot)
    back(pilot)
    leave(pilot)
    again = play()
    again.click("Continue", "button")
    again.click("Only read", "toggle")
    again.click_key(next(each.id for each in again.tree.find_all("card")))
    again.frame()
    to_choices(again)
    assert again.tree.find("status", "Reading only")
    assert [each.focusable for each in again.tree.find_all("choice")][:2] == [False, True]
    again.press("1")
    assert story(again).phase == "choosing"
    again.press("2")
    again.frame()
    assert not again.tree.find_all("choice")
    again.press("t")
    assert "Reading only: nothing new is told." in notices(again)
