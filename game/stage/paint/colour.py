"""Colours as the painter mixes them: plain RGB triples, and the inks that one band of paper is cut from."""

from __future__ import annotations

from dataclasses import dataclass

from game.packs.look import Palette

RGB = tuple[int, int, int]

WHITE: RGB = (255, 255, 255)
BLACK: RGB = (0, 0, 0)


def rgb(text: str) -> RGB:
    """The triple for `#rrggbb`. Raises ValueError, naming the text, for anything else."""
    if len(text) != 7 or text[0] != "#":
        raise ValueError(f"not a colour of the form #rrggbb: {text!r}")
    try:
        return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)
    except ValueError:
        raise ValueError(f"not a colour of the form #rrggbb: {text!r}") from None


def mix(a: RGB, b: RGB, share: float) -> RGB:
    """`a` with `share` (0..1) of `b` in it."""
    return (
        round(a[0] + (b[0] - a[0]) * share),
        round(a[1] + (b[1] - a[1]) * share),
        round(a[2] + (b[2] - a[2]) * share),
    )


def scale(colour: RGB, factor: float) -> RGB:
    """`colour` made brighter or darker by a factor, kept within range."""
    return (
        min(255, max(0, round(colour[0] * factor))),
        min(255, max(0, round(colour[1] * factor))),
        min(255, max(0, round(colour[2] * factor))),
    )


def value(colour: RGB) -> float:
    """How light a colour looks, 0..1 (Rec. 709 weights)."""
    return (0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]) / 255


@dataclass(frozen=True, slots=True)
class Inks:
    """The papers one silhouette is cut from: its body, the lit and the shaded side, and what lies in and on it."""

    body: RGB
    lit: RGB
    shade: RGB
    deep: RGB
    glow: RGB
    accent: RGB
    haze: RGB
    outside: RGB
    paper: RGB


def inks(palette: Palette, band: str, haze: RGB, veil: float, wood: float = 0.0) -> Inks:
    """The inks of a band (`far`, `middle`, `near`) seen through `veil` (0..1) of air coloured `haze`.

    `wood` (0..1) warms the body, for what is made to stand in rooms.
    """
    ink, glow = rgb(palette.ink), rgb(palette.glow)
    timber = mix(rgb(palette.accent), glow, 0.35)
    body = mix(mix(rgb(getattr(palette, band)), timber, wood), haze, veil)
    return Inks(
        body=body,
        lit=mix(body, mix(glow, haze, 0.35), 0.24),
        shade=mix(body, ink, 0.34),
        deep=mix(mix(body, ink, 0.66), haze, veil * 0.35),
        glow=mix(glow, haze, veil * 0.3),
        accent=mix(mix(rgb(palette.accent), body, 0.25), haze, veil * 0.6),
        haze=haze,
        outside=mix(rgb(palette.sky_low), glow, 0.3),
        paper=mix(mix(rgb(palette.paper), body, 0.18), haze, veil * 0.5),
    )
