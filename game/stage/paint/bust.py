"""A portrait, chest up, in one of the expressions that the engine knows: the order of its sheets, and its finish."""

from __future__ import annotations

import re

import pygame

from game.packs.look import CastLook, Palette
from game.stage.paint import beard, clothes, face, hair, wear
from game.stage.paint.colour import mix, rgb
from game.stage.paint.dice import Dice
from game.stage.paint.easel import Easel, Finish
from game.stage.paint.light import gradient
from game.stage.paint.mood import MOODS, Mood
from game.stage.paint.sitter import ASPECT, seat

PARTIAL = re.compile(rb"[\x01-\xfe]")


def paint_bust(palette: Palette, look: CastLook, expression: str, height: int, seed: int) -> pygame.Surface:
    """The portrait, `height` pixels high and 0.92 times as wide, on a transparent ground (straight alpha).

    It is cut off at its lower edge. Raises ValueError for an expression that the engine does not know.
    """
    mood = _mood(expression)
    size = (round(height * ASPECT), height)
    side = 1.0 if look.facing == "right" else -1.0
    edge = mix(rgb(palette.paper), rgb(palette.glow), 0.55)
    easel = Easel(size, 0, Finish(rgb(palette.ink), edge, side, fibre=26, shadow_strength=0.5), supersample=3)
    sitter = seat(easel, palette, look, mood)
    hair.behind(sitter)
    clothes.neck(sitter)
    clothes.dress(sitter)
    face.skull(sitter)
    if look.beard == "stubble":
        beard.grow(sitter)
    face.features(sitter)
    if look.beard != "stubble":
        beard.grow(sitter)
    hair.before(sitter, Dice(seed, "hair"))
    wear.adorn(sitter)
    easel.press()
    _ground(easel.layer, palette)
    return straight(easel.layer)


def _mood(expression: str) -> Mood:
    try:
        return MOODS[expression]
    except KeyError:
        raise ValueError(f"unknown expression {expression!r}; there are: {', '.join(MOODS)}") from None


def _ground(layer: pygame.Surface, palette: Palette) -> None:
    """Darken towards the lower edge, where the text window will be."""
    low = mix((255, 255, 255), rgb(palette.ink), 0.55)
    shade = gradient(layer.get_size(), [(0.0, (255, 255, 255)), (0.55, (255, 255, 255)), (1.0, low)])
    layer.blit(shade, (0, 0), special_flags=pygame.BLEND_RGB_MULT)


def straight(layer: pygame.Surface) -> pygame.Surface:
    """A premultiplied picture as straight alpha. Only its edges need the division, so only they are visited."""
    pixels = bytearray(pygame.image.tobytes(layer, "RGBA"))
    for found in PARTIAL.finditer(bytes(pixels[3::4])):
        at = found.start() * 4
        alpha = pixels[at + 3]
        for channel in (at, at + 1, at + 2):
            pixels[channel] = min(255, pixels[channel] * 255 // alpha)
    return pygame.image.frombytes(bytes(pixels), layer.get_size(), "RGBA")
