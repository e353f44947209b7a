"""The air in front of a place: rain, snow, dust, embers, smoke, and the banks of fog between its bands."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pygame

from game.stage.paint.colour import RGB, mix
from game.stage.paint.dice import Dice
from game.stage.paint.light import blank, glow, lay
from game.stage.paint.sky import fog_bank

FOG: Mapping[str, float] = {"mist": 0.6, "fog": 1.0, "rain": 0.4, "snow": 0.4, "storm": 0.5, "smoke": 0.45}


def fall(target: pygame.Surface, kind: str, pale: RGB, light: RGB, dice: Dice) -> None:
    """Draw what falls or floats in the weather onto the target, as large as it is."""
    if kind in FALLS:
        FALLS[kind](target, pale, light, dice)


def _double(target: pygame.Surface, draw: Callable[[pygame.Surface], None], tint: RGB) -> None:
    """Draw at double size and lay the result over the target, for soft edges."""
    width, height = target.get_size()
    large = blank((width * 2, height * 2))
    large.fill((*tint, 0))
    draw(large)
    lay(target, pygame.transform.smoothscale(large, (width, height)))


def _streaks(count: int, length: float, slant: float, alpha: int) -> Callable[..., None]:
    def rain(target: pygame.Surface, pale: RGB, light: RGB, dice: Dice) -> None:
        def draw(large: pygame.Surface) -> None:
            width, height = large.get_size()
            for _ in range(count):
                x, y = dice.between(-0.1, 1.1) * width, dice.between(-0.1, 1) * height
                near = dice.unit() ** 2
                run = length * (0.4 + near) * height
                thick = max(1, round(height / 1440 * (1 + 2 * near)))
                pygame.draw.line(large, (*pale, round(alpha * (0.35 + near))), (x, y), (x - slant * run, y + run), thick)

        _double(target, draw, pale)

    return rain


def _snow(target: pygame.Surface, pale: RGB, light: RGB, dice: Dice) -> None:
    def draw(large: pygame.Surface) -> None:
        width, height = large.get_size()
        for _ in range(340):
            near = dice.unit() ** 3
            at = (dice.unit() * width, dice.unit() * height)
            pygame.draw.circle(large, (*pale, round(110 + 130 * dice.unit())), at, height * (0.0012 + 0.005 * near))

    _double(target, draw, pale)


def _motes(warm: bool, count: int, rise: float) -> Callable[..., None]:
    def motes(target: pygame.Surface, pale: RGB, light: RGB, dice: Dice) -> None:
        width, height = target.get_size()
        colour = light if warm else mix(pale, light, 0.4)
        for _ in range(count):
            x, y = dice.unit() * width, (1 - dice.unit() ** rise * 0.9) * height
            size = height * (0.002 + 0.007 * dice.unit() ** 3)
            glow(target, (x, y), size * (3.4 if warm else 2), colour, 0.85 if warm else 0.5)

    return motes


def _veil(top: float, strength: float, name: str) -> Callable[..., None]:
    def veil(target: pygame.Surface, pale: RGB, light: RGB, dice: Dice) -> None:
        lay(target, fog_bank(target.get_size(), mix(pale, light, 0.1), top, strength, name, foot=0.15))

    return veil


FALLS: Mapping[str, Callable[[pygame.Surface, RGB, RGB, Dice], None]] = {
    "mist": _veil(0.55, 0.2, "mist"),
    "fog": _veil(0.4, 0.32, "fog"),
    "rain": _streaks(420, 0.09, 0.16, 74),
    "storm": _streaks(620, 0.12, 0.42, 92),
    "snow": _snow,
    "dust": _motes(False, 110, 0.8),
    "embers": _motes(True, 60, 1.4),
    "smoke": _veil(0.2, 0.36, "smoke"),
}
