"""A pack's cover for the title shelf: its place, framed by torn-edged paper like the lid of a lantern box."""

from __future__ import annotations

import pygame

from game.packs.look import Palette, PlaceLook
from game.stage.paint.colour import mix, rgb
from game.stage.paint.dice import Dice
from game.stage.paint.easel import Easel, Finish
from game.stage.paint.line import Path
from game.stage.paint.place import paint_place


def paint_cover(palette: Palette, look: PlaceLook, size: tuple[int, int], seed: int) -> pygame.Surface:
    """The place within two frames of cut paper, opaque, without a title."""
    picture = paint_place(palette, look, size, seed)
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
