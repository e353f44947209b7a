"""Whole stories on the real session, told by the offline storyteller."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pygame
import pytest

from game.stage.pilot import Pilot

Play = Callable[..., Pilot]


def begin(pilot: Pilot) -> None:
    """From the title into the bundled story, by mouse."""
    pilot.click_key("card:last_keeper")
    if pilot.tree.label == "Before you begin":
        pilot.click("Begin", "button")
    pilot.frame()


def finish(pilot: Pilot, advance: Callable[[], None], pick: Callable[[int], None]) -> None:
    """Read to the ending, each time by another choice."""
    picked = 0
    for _ in range(3000):
        choices = pilot.tree.find_all("choice")
        if pilot.tree.label != "Story":
            return
        if choices:
            pilot.wait(0.5)
            pick(picked % len(choices))
            picked += 1
        else:
            advance()
    raise AssertionError("the story did not end")


def test_a_whole_story_by_mouse(play: Play) -> None:
    pilot = play()
    begin(pilot)
    finish(
        pilot,
        advance=lambda: pilot.click_at((300, 320)),
        pick=lambda n: pilot.click_key(pilot.tree.find_all("choice")[n].id),
    )
    assert pilot.tree.label == "Ending"


def test_a_whole_story_by_keyboard(play: Play) -> None:
    pilot = play()
    pilot.press("return")
    if pilot.tree.label == "Before you begin":
        while pilot.focused.label != "Begin":
            pilot.press("tab")
        pilot.press("return")
    pilot.frame()
    finish(pilot, advance=lambda: pilot.press("return"), pick=lambda n: pilot.press(*["down"] * n, "return"))
    assert pilot.tree.label == "Ending"


def test_a_whole_story_by_gamepad(play: Play) -> None:
    pilot = play()
    a, down = pygame.CONTROLLER_BUTTON_A, pygame.CONTROLLER_BUTTON_DPAD_DOWN
    pilot.button(a)
    for _ in range(8):
        if pilot.tree.label != "Before you begin":
            break
        pilot.button(down) if pilot.focused.label != "Begin" else pilot.button(a)
        if pilot.tree.label == "Before you begin" and pilot.focused.label == "Back":
            pilot.button(pygame.CONTROLLER_BUTTON_DPAD_RIGHT)
    assert pilot.tree.label == "Story"

    def pick(n: int) -> None:
        for _ in range(n):
            pilot.stick(pygame.CONTROLLER_AXIS_LEFTY, 30_000)
            pilot.stick(pygame.CONTROLLER_AXIS_LEFTY, 0)
        pilot.button(a)

    finish(pilot, advance=lambda: pilot.button(a), pick=pick)
    assert pilot.tree.label == "Ending"


def test_the_ending_credits_every_word(play: Play) -> None:
    pilot = play()
    begin(pilot)
    finish(pilot, lambda: pilot.press("space"), lambda n: pilot.press(str(n + 1)))
    credits = [each.label for each in pilot.tree.find_all("text")]
    assert any(words.startswith("The authors, told by the offline storyteller:") and "100 %" in words for words in credits)
    assert any(words.startswith("Licence: ") for words in credits)


def test_a_story_is_continued_where_it_was_left(play: Play) -> None:
    pilot = play()
    begin(pilot)
    pilot.until(lambda: bool(pilot.tree.find_all("choice")) or bool(pilot.press("space")))
    offered = [each.label for each in pilot.tree.find_all("choice")]
    pilot.press("escape")
    pilot.click("Back to the title", "button")
    pilot.click("Leave", "button")
    pilot.frame()
    pilot.close()

    again = play()
    again.click("Continue", "button")
    again.press("return")
    again.frame()
    again.until(lambda: bool(again.tree.find_all("choice")) or bool(again.press("space")))
    assert [each.label for each in again.tree.find_all("choice")] == offered


def test_without_a_saved_story_there_is_nothing_to_continue(play: Play) -> None:
    assert not play().tree.find_all("button", "Continue")


@pytest.mark.parametrize("text_size", [90, 150])
@pytest.mark.parametrize("high_contrast", [False, True])
def test_every_choice_has_its_place_at_every_text_size(play: Play, text_size: int, high_contrast: bool) -> None:
    pilot = play(text_size=text_size, high_contrast=high_contrast)
    begin(pilot)
    pilot.until(lambda: bool(pilot.tree.find_all("choice")) or bool(pilot.press("space")))
    boxes = [each.box for each in pilot.tree.find_all("choice")]
    page = pilot.tree.find("group", "Text window").box
    assert all(upper.bottom < lower.y for upper, lower in pairwise(boxes))
    assert boxes[0].y >= 0
    assert boxes[-1].bottom <= page.y
