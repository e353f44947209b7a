"""The semantic tree: finding, and moving the focus."""

from __future__ import annotations

import pytest

from game.stage.box import Box
from game.stage.transition import STAY
from game.stage.widgets import Widget, neighbour, screen, step


def button(label: str, x: float, y: float) -> Widget:
    return Widget("button", label, Box(x, y, 100, 40), press=lambda: STAY)


GRID = screen("Grid", button("one", 0, 0), button("two", 200, 0), Widget("text", "words"), button("three", 0, 100))


def test_a_widget_is_found_by_role_and_label() -> None:
    assert GRID.find("button", "two").box.x == 200


def test_what_is_not_there_is_said_with_what_is() -> None:
    with pytest.raises(LookupError, match="button 'one'"):
        GRID.find("button", "four")


def test_two_of_the_same_name_are_not_one() -> None:
    with pytest.raises(LookupError, match="2 widgets"):
        screen("Twins", button("one", 0, 0), button("one", 0, 100)).find("button", "one")


def test_the_topmost_widget_under_the_pointer_is_hit() -> None:
    tree = screen("Over", button("below", 0, 0), button("above", 50, 0))
    hit = tree.at(60, 10)
    assert hit is not None
    assert hit.label == "above"


def test_what_does_nothing_is_not_hit() -> None:
    assert screen("Flat", Widget("text", "words", Box(0, 0, 100, 40))).at(10, 10) is None


@pytest.mark.parametrize(("direction", "reached"), [("right", "two"), ("down", "three"), ("left", "one"), ("up", "one")])
def test_arrows_go_to_the_nearest_that_way_or_stay(direction: str, reached: str) -> None:
    assert neighbour(GRID, "button:one", direction) == f"button:{reached}"  # type: ignore[arg-type]


def test_tab_goes_round_in_reading_order() -> None:
    seen = ["button:one"]
    for _ in range(3):
        key = step(GRID, seen[-1], 1)
        assert key
        seen.append(key)
    assert seen == ["button:one", "button:two", "button:three", "button:one"]


def test_a_tree_without_buttons_has_no_focus() -> None:
    assert step(screen("Still"), None, 1) is None
