"""Colours of the stage's own paper and ink, from a pack's palette. Every text colour can be read on its ground."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from game.packs.look import Palette
from game.stage.paint.colour import BLACK, RGB, WHITE, mix, rgb

__all__ = ["RGB", "Theme", "contrast", "mix", "theme_of"]

READABLE = 4.5
"""The contrast ratio of WCAG 2.2, criterion 1.4.3 (AA), for text of the ordinary size."""


@dataclass(frozen=True, slots=True)
class Theme:
    """`sheet`, `under`: the paper of windows and what is seen beneath it; `ink`, `faint`, `mark`: text on it, quiet text, the
    accent. `night` is the dark ground, `pale`, `dusk`, `glow` the text on it, quiet text, what is lit."""

    sheet: RGB
    under: RGB
    ink: RGB
    faint: RGB
    mark: RGB
    night: RGB
    pale: RGB
    dusk: RGB
    glow: RGB
    plain: bool


@lru_cache(maxsize=16)
def theme_of(palette: Palette, high_contrast: bool) -> Theme:
    if high_contrast:
        return PLAIN_THEME
    paper, ink = rgb(palette.paper), rgb(palette.ink)
    sheet = mix(paper, rgb(palette.glow), 0.06)
    night = mix(rgb(palette.near), ink, 0.5)
    pale = mix(paper, WHITE, 0.25)
    return Theme(
        sheet=sheet,
        under=mix(rgb(palette.middle), paper, 0.22),
        ink=readable(mix(ink, rgb(palette.near), 0.25), sheet),
        faint=readable(mix(ink, paper, 0.42), sheet),
        mark=readable(rgb(palette.accent), sheet),
        night=night,
        pale=readable(pale, night),
        dusk=readable(mix(paper, night, 0.34), night),
        glow=rgb(palette.glow),
        plain=False,
    )


PLAIN_THEME = Theme(
    sheet=(255, 255, 255),
    under=(0, 0, 0),
    ink=(0, 0, 0),
    faint=(45, 45, 45),
    mark=(140, 20, 0),
    night=(0, 0, 0),
    pale=(255, 255, 255),
    dusk=(225, 225, 225),
    glow=(255, 214, 102),
    plain=True,
)


def readable(colour: RGB, ground: RGB) -> RGB:
    """`colour`, moved just so far towards black or white (whichever stands out more) that it can be read on `ground`."""
    towards = max((BLACK, WHITE), key=lambda end: contrast(end, ground))
    steps = (mix(colour, towards, step / 10) for step in range(10))
    return next((moved for moved in steps if contrast(moved, ground) >= READABLE), towards)


def contrast(a: RGB, b: RGB) -> float:
    """The contrast ratio of two colours, 1 to 21, as WCAG 2 defines it."""
    dark, light = sorted((_luminance(a), _luminance(b)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: RGB) -> float:
    red, green, blue = (_linear(channel / 255) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.03928 else ((channel + 0.055) / 1.055) ** 2.4
