"""Shapes of the land: hills, trees, and what stands in fields."""

from __future__ import annotations

from math import cos

from game.stage.paint.colour import mix
from game.stage.paint.cutting import Cutting
from game.stage.paint.dice import Dice
from game.stage.paint.line import Point, ridge, smooth, wave


def hills(c: Cutting) -> None:
    """Rolling ground from edge to edge, in two sheets."""
    for row in range(2):
        c.sheet(mix(mix(c.inks.body, c.inks.haze, 0.25), c.inks.shade, row * 0.6), 0.8)
        crest = ridge(c.dice.fork(row), c.left, c.right, c.base - 0.05 * c.scale + row * 0.05, 0.11 * c.scale, 0.12)
        c.easel.cut([*smooth(crest[::16], closed=False, steps=12), (c.right, 1.2), (c.left, 1.2)])


def mountains(c: Cutting) -> None:
    """Jagged ridges with a lit flank, in two sheets."""
    for row in range(2):
        colour = mix(c.inks.haze, c.inks.body, 0.55 + 0.4 * row)
        c.sheet(colour, 0.8)
        base = c.base - (0.2 - 0.1 * row) * c.scale
        crest = ridge(c.dice.fork(row), c.left, c.right, base, 0.3 * c.scale, 0.62)
        c.easel.cut([*crest, (c.right, 1.2), (c.left, 1.2)])
        for a, peak, b in zip(crest, crest[2:], crest[4:], strict=False):
            if peak[1] < a[1] - 0.006 and peak[1] < b[1] - 0.006:
                foot = a if c.key[0] < peak[0] else b
                c.easel.cut([peak, foot, (peak[0] + (foot[0] - peak[0]) * 0.3, foot[1] + 0.05)], mix(colour, c.inks.lit, 0.55))


def pines(c: Cutting) -> None:
    """A stand of pines, taller at the edges of the picture."""
    spread = 0.42
    for row in range(2):
        c.sheet(mix(mix(c.inks.body, c.inks.haze, 0.2 - 0.2 * row), c.inks.shade, row * 0.4), 0.8)
        for index in range(9):
            x = (index - 4) / 4 * spread * 0.8 + c.dice.between(-0.03, 0.03)
            _pine(c, x, 0.03, c.dice.between(0.16, 0.34) * (0.85 + 0.2 * row))
    c.sheet(c.inks.shade, 0.6)
    c.ground(spread * 1.1, 0.02)


def _pine(c: Cutting, x: float, y: float, tall: float) -> None:
    tiers, half = 6, tall * 0.21
    edge: list[Point] = [(x, y - tall)]
    for tier in range(1, tiers + 1):
        t = tier / tiers
        edge.append((x + half * t, y - tall * (1 - t * 0.9) + tall * 0.02))
        edge.append((x + half * t * 0.5, y - tall * (1 - t * 0.9)))
    c.bar(x - 0.006, y - tall * 0.2, x + 0.006, y + 0.08, c.inks.deep)
    c.cut([*edge, *[(2 * x - px, py) for px, py in reversed(edge)]])


def bare_trees(c: Cutting) -> None:
    """Leafless trees, their branches against the sky."""
    c.sheet(mix(c.inks.body, c.inks.shade, 0.6), 0.8)
    c.ground(0.3, 0.03)
    for x in (-0.22, 0.02, 0.21):
        _branch(
            c, c.dice, (x + c.dice.between(-0.04, 0.04), 0.06), c.dice.between(-0.25, 0.25), c.dice.between(0.11, 0.16), 0.022, 6
        )


def _branch(c: Cutting, dice: Dice, foot: Point, lean: float, length: float, thick: float, depth: int) -> None:
    tip = (foot[0] + lean * length, foot[1] - length)
    bend = ((foot[0] + tip[0]) / 2 + dice.between(-0.1, 0.1) * length, (foot[1] + tip[1]) / 2)
    c.stroke([foot, bend, tip], thick, thick * 0.62)
    if depth == 0:
        return
    for turn in (-1, 1):
        reach = lean * 0.7 + turn * dice.between(0.15, 0.95)
        _branch(c, dice, tip, reach, length * dice.between(0.5, 0.88), thick * dice.between(0.5, 0.7), depth - 1)


def fence(c: Cutting) -> None:
    """A leaning fence from edge to edge."""
    c.sheet(mix(c.inks.body, c.inks.shade, 0.5), 0.7)
    step = 0.13 * c.scale
    x = c.left
    top = c.base - 0.1 * c.scale
    while x < c.right:
        lean, tall = c.dice.between(-0.012, 0.012), c.dice.between(0.9, 1.1)
        c.easel.stroke([(x, c.base + 0.3), (x + lean, c.base - 0.13 * c.scale * tall)], 0.014 * c.scale, 0.011 * c.scale)
        for rail in (0.0, 0.05):
            y = top + rail * c.scale
            c.easel.stroke([(x, y), (x + step, y + c.dice.between(-0.006, 0.006))], 0.006 * c.scale)
        x += step


def graves(c: Cutting) -> None:
    """Headstones and a leaning cross in the grass."""
    c.sheet(lift=0.7)
    c.ground(0.4, 0.02)
    for index in range(6):
        x = (index - 2.5) * 0.12 + c.dice.between(-0.02, 0.02)
        tall, lean = c.dice.between(0.08, 0.14), c.dice.between(-0.015, 0.015)
        c.sheet(mix(c.inks.body, c.inks.shade, 0.7), 0.5)
        if index % 3 == 1:
            c.stroke([(x, 0.06), (x + lean, -tall * 1.5)], 0.018)
            c.stroke([(x - 0.036 + lean, -tall), (x + 0.036 + lean, -tall * 1.04)], 0.018)
            continue
        head = [
            (x - 0.032, 0.06),
            (x - 0.03 + lean, -tall * 0.75),
            (x - 0.016 + lean, -tall),
            (x + 0.016 + lean, -tall),
            (x + 0.03 + lean, -tall * 0.75),
            (x + 0.032, 0.06),
        ]
        c.cut(smooth(head, closed=False, steps=6))
    _tufts(c, 0.42, 0.05, 46, 0.05)


def path(c: Cutting) -> None:
    """A pale path winding away over the ground."""
    c.sheet(mix(c.inks.body, c.inks.lit, 0.8), 0.35)
    sway = 0.08 if c.x < c.easel.aspect / 2 else -0.08
    left, right = [], []
    for step in range(12):
        t = step / 11
        x = sway * (1 - t) ** 1.3 * cos(5.0 * t)
        half = 0.006 + 0.2 * t**2.2
        left.append((x - half, 0.42 * t**1.4))
        right.append((x + half, 0.42 * t**1.4))
    c.cut([*smooth(left, closed=False, steps=4), *reversed(smooth(right, closed=False, steps=4))])


def grass(c: Cutting) -> None:
    """Long grass along the whole foot of the picture."""
    for row in range(2):
        c.sheet(mix(c.inks.body, c.inks.shade, row * 0.7), 0.7)
        base = c.base + 0.04 + row * 0.035
        crest = wave(c.left, c.right, base, 0.012, 0.7, c.dice.unit())
        c.easel.cut([*crest, (c.right, 1.2), (c.left, 1.2)])
        count = 260
        for index in range(count):
            x = c.left + (c.right - c.left) * (index + c.dice.unit()) / count
            edge = abs(x / c.easel.aspect - 0.5) * 2
            tall = c.dice.between(0.02, 0.055) * (0.7 + 1.1 * edge**2) * c.scale
            lean = c.dice.between(-0.5, 0.5) * tall
            half = 0.0035 * c.scale
            c.easel.cut(
                [(x - half, base + 0.02), (x + lean * 0.4, base - tall * 0.6), (x + lean, base - tall), (x + half, base + 0.02)]
            )


def _tufts(c: Cutting, half: float, y: float, count: int, tall: float) -> None:
    c.sheet(c.inks.shade, 0.4)
    for _ in range(count):
        x, lean = c.dice.between(-half, half), c.dice.between(-0.02, 0.02)
        c.cut([(x - 0.005, y + 0.2), (x + lean, y - c.dice.between(0.3, 1) * tall), (x + 0.005, y + 0.2)])


CUTTERS = {
    "hills": hills,
    "mountains": mountains,
    "pines": pines,
    "bare_trees": bare_trees,
    "fence": fence,
    "graves": graves,
    "path": path,
    "grass": grass,
}
