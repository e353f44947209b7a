"""The backmost paper. Out of doors, sheets with a hole cut round the key light, one behind the other, so that light
seems to fall through the stack; indoors, a wall and a floor. Knows no silhouettes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import cos, pi

import pygame

from game.packs.look import Palette
from game.stage.paint import texture
from game.stage.paint.colour import RGB, mix, rgb, scale
from game.stage.paint.dice import Dice
from game.stage.paint.easel import Easel
from game.stage.paint.light import glow, gradient, illuminate, lay, tinted
from game.stage.paint.line import Path, Point, arc, smooth, wave

FLOOR = 0.66


def sky_colours(kind: str, palette: Palette, light: RGB) -> tuple[RGB, RGB]:
    """Top and bottom of the open sky for its kind, under a light."""
    top, low, ink = rgb(palette.sky_top), rgb(palette.sky_low), rgb(palette.ink)
    return {
        "dawn": (mix(top, low, 0.35), mix(low, light, 0.55)),
        "day": (mix(top, low, 0.3), mix(low, (255, 255, 255), 0.3)),
        "overcast": (mix(top, low, 0.45), low),
        "dusk": (top, mix(mix(low, top, 0.25), light, 0.35)),
        "night": (mix(top, ink, 0.45), mix(top, low, 0.42)),
        "storm": (mix(top, ink, 0.6), mix(low, top, 0.62)),
    }.get(kind, (top, low))


def open_sky(easel: Easel, palette: Palette, kind: str, key: Point, strength: float, light: RGB, dice: Dice) -> None:
    """Gradient, stars, the stacked rings of paper round the light, and cut clouds."""
    top, low = sky_colours(kind, palette, light)
    layer = easel.layer
    heart = mix(low, light, min(1.0, 0.5 * strength))
    layer.blit(gradient(layer.get_size(), [(0.0, mix(top, heart, 0.35)), (0.6, heart), (1.0, heart)]), (0, 0))
    glow(layer, easel.spot(*key), 0.5 * easel.size[1], light, 0.7 * strength)
    rings = 5
    for ring in range(rings):
        share = ring / (rings - 1)
        colour = mix(mix(low, light, 0.3 * strength * (1 - share)), top, 0.12 + 0.86 * share**0.8)
        easel.sheet(colour, 0.9)
        easel.bar(-0.2, -0.2, easel.aspect + 0.2, 1.2)
        easel.hole(_ring(key, 0.15 + 0.155 * ring + 0.05 * ring * share, 0.004 + 0.008 * ring, dice.fork(ring)))
        if kind in ("night", "dusk") and ring >= rings - 3:
            _stars(easel, mix(colour, rgb(palette.paper), 0.75), key, dice.fork(f"stars{ring}"), 26 if kind == "night" else 9)
    easel.press()
    lay(layer, _horizon(easel.full, low, light, strength))
    if kind != "day" or dice.chance(0.7):
        _clouds(easel, top, low, kind, dice.fork("clouds"))


def _ring(key: Point, radius: float, wobble: float, dice: Dice) -> Path:
    a, b = dice.unit(), dice.unit()
    count = 72
    out: Path = []
    for step, (x, y) in enumerate(arc(key[0], key[1], 1, 1, 0, 1, count)[:-1]):
        turn = step / count
        reach = radius + wobble * (cos(2 * pi * (3 * turn + a)) + 0.6 * cos(2 * pi * (5 * turn + b)))
        out.append((key[0] + (x - key[0]) * reach * 1.12, key[1] + (y - key[1]) * reach))
    return out


def _stars(easel: Easel, colour: RGB, key: Point, dice: Dice, count: int) -> None:
    for _ in range(count):
        x, y = dice.between(0, easel.aspect), dice.unit() ** 1.4 * 0.5
        size = dice.between(0.0012, 0.0034)
        if (x - key[0]) ** 2 + (y - key[1]) ** 2 > 0.25:
            easel.cut([(x, y - size * 1.7), (x + size, y), (x, y + size * 1.7), (x - size, y)], colour)


def _horizon(size: tuple[int, int], low: RGB, light: RGB, strength: float) -> pygame.Surface:
    warm = mix(low, light, 0.3 * min(1.0, strength))
    small = (max(4, size[0] // 4), max(4, size[1] // 4))
    band = gradient(small, [(0, (0, 0, 0)), (0.3, (0, 0, 0)), (0.64, (205, 205, 205)), (1, (225, 225, 225))])
    return pygame.transform.smoothscale(tinted(band, warm), size)


def _clouds(easel: Easel, top: RGB, low: RGB, kind: str, dice: Dice) -> None:
    heavy = kind in ("overcast", "storm")
    for row in range(4 if heavy else 2):
        y = dice.between(0.06, 0.16) + row * (0.1 if heavy else 0.19)
        easel.sheet(mix(top, low, min(0.85, 0.22 + 0.17 * row)), 0.9)
        for _ in range(2 if heavy else 1):
            x = dice.between(0, easel.aspect)
            easel.cut(_billow(x, y, dice.between(0.28, 0.6) * (1.3 if heavy else 0.8), dice))
    easel.press()


def _billow(x: float, y: float, half: float, dice: Dice) -> Path:
    bumps = dice.count(4, 6)
    upper: Path = [(x - half, y)]
    for index in range(bumps):
        t = (index + 0.5) / bumps
        swell = (1 - (2 * t - 1) ** 2) * half * 0.24
        upper.append((x - half + 2 * half * t, y - swell * dice.between(0.6, 1.2) - 0.004))
        upper.append((x - half + 2 * half * (index + 1) / bumps, y - swell * 0.55))
    upper[-1] = (x + half, y)
    lower = [(x + half * 0.5, y + 0.012), (x, y + 0.004), (x - half * 0.55, y + 0.013)]
    return smooth([*upper, *lower], steps=7)


def room(easel: Easel, palette: Palette, kind: str, key: Point, strength: float, light: RGB, dice: Dice) -> None:
    """A back wall with its own pattern, lit round the key light, and a floor running towards us."""
    wall = mix(_wall_colour(kind, palette), light, 0.06 * strength)
    easel.sheet(wall, 0)
    easel.bar(-0.2, -0.2, easel.aspect + 0.2, 1.2)
    PATTERNS[kind](easel, wall, dice, palette)
    _floor(easel, kind, wall, palette, key)
    easel.press()
    shade = mix((255, 255, 255), rgb(palette.ink), 0.34)
    easel.layer.fill(shade, special_flags=pygame.BLEND_RGB_MULT)
    high = easel.size[1]
    illuminate(easel.layer, easel.spot(*key), high * 1.3, light, 1.0 * strength)
    illuminate(easel.layer, easel.spot(*key), high * 0.75, light, 0.8 * strength)
    illuminate(easel.layer, easel.spot(key[0], 0.8), high * 0.5, light, 0.3 * strength)
    glow(easel.layer, easel.spot(*key), high * 0.4, light, 0.22 * strength)


def hang_lamp(easel: Easel, palette: Palette, key: Point) -> None:
    """The lamp that lights a room, on its flex, its mouth at the key point."""
    x, y = key
    dark = mix(rgb(palette.near), rgb(palette.ink), 0.4)
    easel.sheet(dark, 0.8)
    easel.stroke([(x, -0.1), (x, y - 0.05)], 0.005)
    easel.cut([(x - 0.018, y - 0.06), (x + 0.018, y - 0.06), (x + 0.075, y), (x - 0.075, y)])
    easel.cut(arc(x, y, 0.07, 0.013, 0, 1, 24), mix(rgb(palette.glow), (255, 255, 255), 0.3))
    easel.press()
    glow(easel.layer, easel.spot(x, y + 0.01), easel.size[1] * 0.16, rgb(palette.glow), 0.7)


def _wall_colour(kind: str, palette: Palette) -> RGB:
    far, middle, near, ink = (rgb(getattr(palette, name)) for name in ("far", "middle", "near", "ink"))
    return {
        "plaster": mix(middle, rgb(palette.paper), 0.42),
        "panelling": mix(middle, rgb(palette.accent), 0.26),
        "stone": mix(mix(middle, far, 0.3), rgb(palette.paper), 0.1),
        "planks": mix(middle, mix(rgb(palette.glow), rgb(palette.accent), 0.45), 0.34),
        "concrete": mix(far, middle, 0.55),
        "glass": mix(middle, near, 0.25),
        "city_glass": mix(middle, near, 0.25),
        "dark": mix(near, ink, 0.3),
    }[kind]


def _floor(easel: Easel, kind: str, wall: RGB, palette: Palette, key: Point) -> None:
    wood = kind in ("plaster", "planks", "panelling")
    colour = mix(mix(wall, rgb(palette.accent), 0.16 if wood else 0.0), rgb(palette.ink), 0.42)
    right = easel.aspect + 0.2
    easel.bar(-0.2, FLOOR - 0.03, right, FLOOR, mix(wall, rgb(palette.ink), 0.3))
    easel.sheet(colour, 0.6)
    easel.bar(-0.2, FLOOR, right, 1.2)
    vanish = easel.aspect / 2 + (key[0] - easel.aspect / 2) * 0.3
    for index in range(-16, 17):
        x, spread = vanish + index * 0.13, vanish + index * 0.36
        easel.cut([(x, FLOOR), (x + 0.002, FLOOR), (spread + 0.007, 1.2), (spread, 1.2)], mix(colour, rgb(palette.ink), 0.45))
    if kind in ("stone", "concrete", "glass", "city_glass", "dark"):
        for row in range(1, 7):
            y = FLOOR + 0.02 * row**1.6
            easel.bar(-0.2, y, right, y + 0.0012 * row, mix(colour, rgb(palette.ink), 0.35))


def _plaster(easel: Easel, wall: RGB, dice: Dice, palette: Palette) -> None:
    low = mix(wall, rgb(palette.ink), 0.2)
    crest = wave(-0.2, easel.aspect + 0.2, 0.47, 0.002, 0.7, dice.unit())
    easel.sheet(low, 0.25)
    easel.cut([*crest, (easel.aspect + 0.2, 1.0), (-0.2, 1.0)])
    easel.bar(-0.2, 0.465, easel.aspect + 0.2, 0.478, mix(wall, rgb(palette.ink), 0.34))


def _panelling(easel: Easel, wall: RGB, dice: Dice, palette: Palette) -> None:
    dark, lit = mix(wall, rgb(palette.ink), 0.32), mix(wall, rgb(palette.paper), 0.14)
    width = 0.2
    for index in range(-1, int(easel.aspect / width) + 2):
        for top, bottom in ((-0.05, 0.36), (0.41, 0.61)):
            x = index * width + 0.02
            easel.bar(x, top, x + width - 0.04, bottom, dark)
            easel.bar(x + 0.006, top + 0.008, x + width - 0.04, bottom, lit)
            easel.bar(x + 0.006, top + 0.008, x + width - 0.047, bottom - 0.007, mix(wall, dark, 0.35))


def _stone(easel: Easel, wall: RGB, dice: Dice, palette: Palette) -> None:
    ink, paper = rgb(palette.ink), rgb(palette.paper)
    row, y = 0, -0.05
    while y < FLOOR:
        tall = dice.between(0.06, 0.085)
        x = -0.2 - dice.between(0, 0.1)
        while x < easel.aspect + 0.2:
            wide = dice.between(0.09, 0.2)
            tone = dice.between(-0.14, 0.14)
            colour = mix(wall, paper if tone > 0 else ink, abs(tone))
            g, r = 0.004, 0.006
            block = [
                (x + g + r, y + g),
                (x + wide - g, y + g + r * dice.unit()),
                (x + wide - g, y + tall - g - r),
                (x + wide - g - r, y + tall - g),
            ]
            block += [(x + g, y + tall - g - r * dice.unit()), (x + g, y + g + r)]
            easel.cut(block, colour)
            x += wide
        y += tall
        row += 1


def _planks(easel: Easel, wall: RGB, dice: Dice, palette: Palette) -> None:
    ink = rgb(palette.ink)
    y = -0.05
    while y < FLOOR:
        tall = dice.between(0.055, 0.075)
        easel.bar(-0.2, y, easel.aspect + 0.2, y + tall, mix(wall, ink, dice.between(0.0, 0.14)))
        easel.bar(-0.2, y + tall - 0.004, easel.aspect + 0.2, y + tall, mix(wall, ink, 0.4))
        for _ in range(2):
            x = dice.between(0, easel.aspect)
            easel.bar(x, y, x + 0.003, y + tall, mix(wall, ink, 0.4))
        y += tall


def _concrete(easel: Easel, wall: RGB, dice: Dice, palette: Palette) -> None:
    ink = rgb(palette.ink)
    for column in range(-1, 5):
        for row in range(3):
            x, y = column * 0.46 + 0.1, row * 0.27 - 0.15
            easel.bar(x, y, x + 0.455, y + 0.266, mix(wall, ink, dice.between(0.02, 0.12)))
            for dx in (0.04, 0.415):
                easel.disc(x + dx, y + 0.04, 0.005, mix(wall, ink, 0.35))


def _glass(easel: Easel, wall: RGB, dice: Dice, palette: Palette) -> None:
    low = _open_air(easel, palette)
    for row in range(3):
        easel.sheet(mix(low, rgb(palette.middle), 0.25 + 0.25 * row), 0.4)
        crest = wave(-0.2, easel.aspect + 0.2, FLOOR - 0.14 + 0.045 * row, 0.008, 0.6 + 0.2 * row, dice.unit())
        easel.cut([*crest, (easel.aspect + 0.2, FLOOR), (-0.2, FLOOR)])
    _mullions(easel, wall, palette)


def _open_air(easel: Easel, palette: Palette) -> RGB:
    """The sky beyond a glass wall; returns its lowest colour."""
    top, low = rgb(palette.sky_top), rgb(palette.sky_low)
    for step in range(12):
        easel.bar(-0.2, step * 0.05, easel.aspect + 0.2, step * 0.05 + 0.052, mix(top, low, 0.1 + step / 16))
    return low


def _city_glass(easel: Easel, wall: RGB, dice: Dice, palette: Palette) -> None:
    low, top, light = _open_air(easel, palette), rgb(palette.sky_top), rgb(palette.glow)
    for depth in range(2):
        colour = mix(mix(low, top, 0.25 + 0.35 * depth), rgb(palette.middle), 0.3 + 0.3 * depth)
        easel.sheet(colour, 0.5)
        x = -0.2
        while x < easel.aspect + 0.2:
            wide, tall = dice.between(0.06, 0.14), dice.between(0.12, 0.36) - 0.06 * depth
            easel.bar(x, FLOOR - tall, x + wide, FLOOR)
            for _ in range(7):
                wx, wy = x + dice.between(0.008, wide - 0.014), FLOOR - dice.between(0.02, tall - 0.01)
                easel.bar(wx, wy, wx + 0.006, wy + 0.009, mix(colour, light, 0.7))
            x += wide + dice.between(0.0, 0.05)
    _mullions(easel, wall, palette)


def _mullions(easel: Easel, wall: RGB, palette: Palette) -> None:
    easel.sheet(mix(wall, rgb(palette.ink), 0.35), 0.8)
    for index in range(-1, 7):
        x = index * 0.34 + 0.05
        easel.bar(x, -0.1, x + 0.012, FLOOR)
    for y in (-0.02, 0.17, FLOOR - 0.045):
        easel.bar(-0.2, y, easel.aspect + 0.2, y + (0.01 if y < 0.5 else 0.05))


def _dark(easel: Easel, wall: RGB, dice: Dice, palette: Palette) -> None:
    for step in range(7):
        x = step * easel.aspect / 6 + dice.between(-0.02, 0.02)
        easel.bar(x, -0.1, x + 0.1, FLOOR, scale(wall, 1.18 if step % 2 else 0.86))


PATTERNS: Mapping[str, Callable[[Easel, RGB, Dice, Palette], None]] = {
    "plaster": _plaster,
    "panelling": _panelling,
    "stone": _stone,
    "planks": _planks,
    "concrete": _concrete,
    "glass": _glass,
    "city_glass": _city_glass,
    "dark": _dark,
}


def fog_bank(size: tuple[int, int], colour: RGB, top: float, strength: float, name: str, foot: float = 0.8) -> pygame.Surface:
    """A bank of drifting air, thickening below `top` (0..1); `strength` 1 hides what is behind it. Straight alpha.

    `foot` is how much of it is left at the lower edge of the picture.
    """
    small = (max(8, size[0] // 4), max(8, size[1] // 4))
    lowest = round(255 * foot)
    stops = [(0.0, 0), (max(0.01, top - 0.2), 0), (min(0.97, top + 0.1), 255), (1.0, lowest)]
    greys = gradient(small, [(at, (level, level, level)) for at, level in stops])
    drift = texture.squeezed(texture.cloud(small, name), 30, 255)
    greys.blit(drift, (0, 0), special_flags=pygame.BLEND_RGB_MULT)
    level = round(255 * min(1.0, strength))
    greys.fill((level, level, level, 255), special_flags=pygame.BLEND_RGBA_MULT)
    return pygame.transform.smoothscale(tinted(greys, colour), size)
