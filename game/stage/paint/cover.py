"""A pack's cover for the title shelf: a place, and who stands before it, framed by cut paper like the lid of a lantern box."""

from __future__ import annotations

from typing import Final, NamedTuple

import pygame

from game.packs.look import CastLook, Palette, PlaceLook
from game.stage.paint.bust import paint_bust
from game.stage.paint.colour import mix, rgb
from game.stage.paint.dice import Dice
from game.stage.paint.easel import Easel, Finish
from game.stage.paint.line import Path
from game.stage.paint.place import paint_place

TALL: Final = 0.74
"""How high a figure is, of the cover's height."""
ASIDE: Final = 0.3
"""How far from the side, of the cover's width, the middle of a figure is that looks into the picture."""


class Figure(NamedTuple):
    """Who stands on a cover, the face that they make, and the painter's seed for them."""

    look: CastLook
    expression: str
    seed: int


def paint_cover(
    palette: Palette, look: PlaceLook, size: tuple[int, int], seed: int, figure: Figure | None = None
) -> pygame.Surface:
    """The place within two frames of cut paper, opaque, without a title; `figure` stands before it, looking into it."""
    picture = paint_place(palette, look, size, seed)
    if figure:
        _stand(picture, palette, figure)
    edge = mix(rgb(palette.paper), rgb(palette.glow), 0.4)
    easel = Easel(size, 0, Finish(rgb(palette.ink), edge, 1.0, fibre=30, shadow_strength=0.7))
    near = mix(rgb(palette.near), rgb(palette.ink), 0.35)
    for index, (margin, colour) in enumerate(((0.05, mix(near, rgb(palette.middle), 0.25)), (0.028, near))):
        easel.sheet(colour, 1.4)
        easel.bar(-0.1, -0.1, easel.aspect + 0.1, 1.1)
        easel.hole(_window(easel.aspect, margin, Dice(seed, "frame", index)))
    easel.press()
    picture.blit(easel.layer, (0, 0), special_flags=pygame.BLEND_PREMULTIPLIED)
    return picture


def _stand(picture: pygame.Surface, palette: Palette, figure: Figure) -> None:
    """Set the figure down on the picture's lower edge."""
    width, height = picture.get_size()
    bust = paint_bust(palette, figure.look, figure.expression, round(height * TALL), figure.seed).premul_alpha()
    share = ASIDE if figure.look.facing == "right" else 1 - ASIDE
    spot = (round(width * share - bust.get_width() / 2), height - bust.get_height())
    picture.blit(bust, spot, special_flags=pygame.BLEND_PREMULTIPLIED)


def _window(aspect: float, margin: float, dice: Dice) -> Path:
    """A rectangle whose edges waver as scissors do."""
    corners = [(margin, margin), (aspect - margin, margin), (aspect - margin, 1 - margin), (margin, 1 - margin)]
    out: Path = []
    for (ax, ay), (bx, by) in zip(corners, [*corners[1:], corners[0]], strict=True):
        for step in range(14):
            t = step / 14
            sway = dice.between(-0.006, 0.006) if step else 0.0
            out.append((ax + (bx - ax) * t + sway, ay + (by - ay) * t + sway))
    return out
