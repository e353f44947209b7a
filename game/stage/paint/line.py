"""Lines that scissors could follow: ridges, smooth curves, arcs. Pure geometry in units of the picture's height."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import cos, pi, sin

from game.stage.paint.dice import Dice

Point = tuple[float, float]
Path = list[Point]


def smooth(points: Sequence[Point], closed: bool = True, steps: int = 10) -> Path:
    """A Catmull-Rom curve through the points, as many short straight cuts."""
    count = len(points)
    out: Path = []
    for index in range(count if closed else count - 1):
        a, b, c, d = (_at(points, index + shift, closed) for shift in (-1, 0, 1, 2))
        out += [_blend(a, b, c, d, step / steps) for step in range(steps)]
    if not closed:
        out.append(points[-1])
    return out


def _at(points: Sequence[Point], index: int, closed: bool) -> Point:
    return points[index % len(points)] if closed else points[min(max(index, 0), len(points) - 1)]


def _blend(a: Point, b: Point, c: Point, d: Point, t: float) -> Point:
    t2, t3 = t * t, t * t * t
    wa, wb = -t3 + 2 * t2 - t, 3 * t3 - 5 * t2 + 2
    wc, wd = -3 * t3 + 4 * t2 + t, t3 - t2
    return (
        (a[0] * wa + b[0] * wb + c[0] * wc + d[0] * wd) / 2,
        (a[1] * wa + b[1] * wb + c[1] * wc + d[1] * wd) / 2,
    )


def arc(x: float, y: float, rx: float, ry: float, start: float, end: float, steps: int = 24) -> Path:
    """Points along an ellipse from `start` to `end` turns; 0 is to the right, 0.25 is down."""
    turns = [start + (end - start) * step / steps for step in range(steps + 1)]
    return [(x + rx * cos(2 * pi * turn), y + ry * sin(2 * pi * turn)) for turn in turns]


def ridge(dice: Dice, left: float, right: float, base: float, height: float, rough: float = 0.5) -> Path:
    """A fractal skyline from left to right: midpoint displacement, `rough` 0 (rolling) to 1 (jagged)."""
    levels = [dice.between(-0.5, 0.5), dice.between(-0.5, 0.5), dice.between(-0.5, 0.5)]
    spread = 0.5
    for _ in range(6):
        spread *= 0.35 + 0.35 * rough
        wider: list[float] = []
        for a, b in pairwise(levels):
            wider += [a, (a + b) / 2 + dice.between(-spread, spread)]
        levels = [*wider, levels[-1]]
    step = (right - left) / (len(levels) - 1)
    return [(left + index * step, base - height * level) for index, level in enumerate(levels)]


def wave(left: float, right: float, base: float, height: float, length: float, phase: float) -> Path:
    """A swell: two sines, one riding the other."""
    steps = 90
    out: Path = []
    for index in range(steps + 1):
        x = left + (right - left) * index / steps
        turn = 2 * pi * (x / length + phase)
        out.append((x, base - height * (sin(turn) * 0.6 + sin(turn * 2.3 + phase * 9) * 0.4)))
    return out


def turned(points: Sequence[Point], x: float, y: float, turns: float) -> Path:
    """The points rotated about (x, y)."""
    c, s = cos(2 * pi * turns), sin(2 * pi * turns)
    return [(x + (px - x) * c - (py - y) * s, y + (px - x) * s + (py - y) * c) for px, py in points]
