"""Colours of the stage, from any palette."""

from __future__ import annotations

import pytest

from game.packs.look import Palette
from game.stage.theme import READABLE, contrast, theme_of

PALETTES = (
    Palette(),
    Palette(paper="#ffffff", accent="#ffee00", ink="#888888"),
    Palette(paper="#20242c", ink="#0b0d10", near="#101418", accent="#3f6f8f"),
)


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize(
    ("ink", "ground"), [("ink", "sheet"), ("faint", "sheet"), ("mark", "sheet"), ("pale", "night"), ("dusk", "night")]
)
def test_text_can_be_read_on_its_ground_whatever_the_palette(palette: Palette, ink: str, ground: str) -> None:
    theme = theme_of(palette, high_contrast=False)
    assert contrast(getattr(theme, ink), getattr(theme, ground)) >= READABLE


@pytest.mark.parametrize("ink", ["ink", "faint", "mark"])
def test_in_high_contrast_all_text_reaches_seven_to_one(ink: str) -> None:
    theme = theme_of(Palette(), high_contrast=True)
    assert contrast(getattr(theme, ink), theme.sheet) >= 7


def test_black_on_white_is_twenty_one_to_one() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
