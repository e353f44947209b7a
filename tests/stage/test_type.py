"""Breaking text into lines."""

from __future__ import annotations

from collections.abc import Iterator

import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as some

from game.packs.files import TypeFile
from game.stage.foundry import HOUSE_DISPLAY, HOUSE_TEXT, PLAIN, Foundry
from game.stage.type import Type

PROSE = some.text(alphabet="abcdefgil mnorst uvwfi’,.", max_size=300)
WIDTH = 240


@pytest.fixture(scope="module")
def foundry() -> Iterator[Foundry]:
    pygame.font.init()
    read = Foundry()
    read.read(HOUSE_DISPLAY, HOUSE_TEXT, PLAIN)
    yield read
    pygame.font.quit()


@pytest.fixture(scope="module")
def text(foundry: Foundry) -> Type:
    return Type(foundry, TypeFile(), 1.0, 100, plain=False)


@given(prose=PROSE)
def test_the_lines_together_are_the_text(text: Type, prose: str) -> None:
    assert "".join(text.broken(prose, "body", WIDTH)) == prose


@given(prose=PROSE)
def test_no_line_is_wider_than_it_may_be(text: Type, prose: str) -> None:
    assert all(text.width(line.rstrip(), "body") <= WIDTH for line in text.broken(prose, "body", WIDTH))


@given(prose=PROSE, more=PROSE)
def test_growing_text_changes_no_line_but_the_last(text: Type, prose: str, more: str) -> None:
    before = text.broken(prose + " ", "body", WIDTH)
    after = text.broken(prose + " " + more, "body", WIDTH)
    assert after[: len(before) - 1] == before[:-1]


def test_clipped_text_ends_in_an_ellipsis(text: Type) -> None:
    lines = text.clipped("one two three four five six seven eight nine ten eleven twelve", "body", 120, 2)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert text.width(lines[1], "body") <= 120


def test_what_is_read_grows_with_the_players_text_size_and_what_stands_around_it_by_half(foundry: Foundry) -> None:
    large = Type(foundry, TypeFile(), 1.0, 150, plain=False)
    usual = Type(foundry, TypeFile(), 1.0, 100, plain=False)
    assert large.leading("body") == 1.5 * usual.leading("body")
    assert large.leading("label") == 1.25 * usual.leading("label")
    assert large.leading("masthead") == usual.leading("masthead")


def test_a_family_that_is_not_installed_is_replaced_by_the_houses_own(foundry: Foundry) -> None:
    foundry.read("No Such Family")
    other = Type(foundry, TypeFile(display="No Such Family", text="No Such Family"), 1.0, 100, plain=False)
    assert other.width("Hask", "body") == Type(foundry, TypeFile(), 1.0, 100, plain=False).width("Hask", "body")


def test_high_contrast_uses_the_legible_family_for_all_text(foundry: Foundry) -> None:
    plain = Type(foundry, TypeFile(), 1.0, 100, plain=True)
    assert plain.font("body").name == plain.font("heading").name
    assert "Hyperlegible" in plain.font("body").name


def test_a_line_is_rendered_once(text: Type) -> None:
    assert text.line("Hask", "body", (0, 0, 0)) is text.line("Hask", "body", (0, 0, 0))
