"""Where people are paid to be: offices, screens, server halls, sound stages, engine rooms."""

from __future__ import annotations

from math import cos, pi, sin

from game.stage.paint.colour import mix
from game.stage.paint.cutting import Cutting
from game.stage.paint.line import Path, arc


def office(c: Cutting) -> None:
    """Rows of desks with lit screens and high-backed chairs."""
    for row in range(2):
        y = 0.07 * row
        for index in range(4 - row):
            x = (index - 1.5 + 0.5 * row) * 0.34
            _desk(c, x, y)


def _desk(c: Cutting, x: float, y: float) -> None:
    c.sheet(c.inks.deep, 0.6)
    c.bar(x - 0.008, y - 0.17, x + 0.008, y - 0.1)
    c.bar(x - 0.07, y - 0.25, x + 0.07, y - 0.155)
    c.bar(x - 0.064, y - 0.244, x + 0.064, y - 0.161, mix(c.inks.body, c.inks.glow, 0.75))
    for line in range(4):
        run = c.dice.between(0.02, 0.1)
        c.bar(x - 0.055, y - 0.235 + line * 0.017, x - 0.055 + run, y - 0.228 + line * 0.017, mix(c.inks.glow, c.inks.deep, 0.45))
    c.sheet(mix(c.inks.body, c.inks.lit, 0.45), 0.8)
    c.bar(x - 0.15, y - 0.11, x + 0.15, y - 0.092)
    for dx in (-0.14, 0.13):
        c.bar(x + dx, y - 0.1, x + dx + 0.01, y + 0.12, c.inks.shade)
    c.sheet(c.inks.shade, 0.9)
    c.cut(
        [
            (x - 0.045, y - 0.02),
            (x - 0.055, y - 0.15),
            (x - 0.035, y - 0.175),
            (x + 0.035, y - 0.175),
            (x + 0.055, y - 0.15),
            (x + 0.045, y - 0.02),
        ]
    )
    c.bar(x - 0.006, y - 0.02, x + 0.006, y + 0.08)
    c.shine(x, y - 0.2, 0.16, 0.4)


def screens(c: Cutting) -> None:
    """A wall of screens, each showing something else."""
    for row in range(3):
        for column in range(5):
            x, y = (column - 2) * 0.17, -0.5 + row * 0.125
            c.sheet(c.inks.deep, 0.6)
            c.bar(x - 0.08, y, x + 0.08, y + 0.115)
            _picture(c, x, y)
    c.shine(0, -0.3, 0.6, 0.4)


def _picture(c: Cutting, x: float, y: float) -> None:
    left, right, top, foot = x - 0.073, x + 0.073, y + 0.007, y + 0.108
    ground = mix(c.inks.body, c.dice.pick((c.inks.glow, c.inks.accent, c.inks.outside)), c.dice.between(0.3, 0.75))
    c.bar(left, top, right, foot, ground)
    kind = c.dice.count(0, 3)
    if kind == 0:
        for bar in range(7):
            tall = c.dice.between(0.01, 0.08)
            c.bar(left + 0.01 + bar * 0.019, foot - tall, left + 0.023 + bar * 0.019, foot, mix(ground, c.inks.paper, 0.6))
    if kind == 1:
        c.cut([(x - 0.02, y + 0.03), (x + 0.03, y + 0.058), (x - 0.02, y + 0.086)], c.inks.paper)
    if kind == 2:
        c.disc(x, y + 0.05, 0.022, mix(ground, c.inks.deep, 0.6))
        c.cut([(x - 0.05, foot), (x - 0.03, y + 0.08), (x + 0.03, y + 0.08), (x + 0.05, foot)], mix(ground, c.inks.deep, 0.6))
    if kind == 3:
        points: Path = [(left + step * 0.0146, y + 0.06 + c.dice.between(-0.03, 0.03)) for step in range(11)]
        c.stroke(points, 0.004, None, c.inks.paper)


def servers(c: Cutting) -> None:
    """An aisle of server racks running away from us, lights blinking."""
    for way in (-1, 1):
        for depth in range(5, -1, -1):
            near, far = 0.85**depth, 0.85 ** (depth + 1)
            a, b = way * 0.78 * near**2.4, way * 0.78 * far**2.4
            c.sheet(mix(c.inks.deep, c.inks.body, 0.15 + 0.13 * depth), 0.9)
            tall_a, tall_b, foot_a, foot_b = -0.72 * near**2, -0.72 * far**2, 0.3 * near**3, 0.3 * far**3
            c.cut([(a, foot_a), (a, tall_a), (b, tall_b), (b, foot_b)])
            _blinks(c, (a, tall_a, foot_a), (b, tall_b, foot_b))
    c.shine(0, -0.12, 0.45, 0.55)


def _blinks(c: Cutting, a: tuple[float, float, float], b: tuple[float, float, float]) -> None:
    for row in range(16):
        t = 0.06 + row * 0.055
        ya, yb = a[1] + (a[2] - a[1]) * t, b[1] + (b[2] - b[1]) * t
        x1, x2 = a[0] + (b[0] - a[0]) * 0.1, a[0] + (b[0] - a[0]) * 0.9
        y1, y2 = ya + (yb - ya) * 0.1, ya + (yb - ya) * 0.9
        c.cut([(x1, y1), (x2, y2), (x2, y2 + 0.004), (x1, y1 + 0.006)], c.inks.shade)
        for _ in range(3):
            s = c.dice.between(0.12, 0.85)
            x, y = a[0] + (b[0] - a[0]) * s, ya + (yb - ya) * s + 0.012
            light = c.inks.accent if c.dice.chance(0.15) else c.inks.glow
            c.bar(x - 0.004, y, x + 0.004, y + 0.006, mix(c.inks.body, light, c.dice.between(0.4, 1)))


def whiteboard(c: Cutting) -> None:
    """A whiteboard dense with arrows, boxes and pinned cards."""
    c.sheet(c.inks.shade, 1.0)
    c.bar(-0.34, -0.54, 0.34, -0.13)
    pale = mix(c.inks.paper, c.inks.body, 0.22)
    c.sheet(pale, 0.2)
    c.bar(-0.328, -0.528, 0.328, -0.142)
    line = mix(c.inks.deep, pale, 0.3)
    for x, y in ((-0.24, -0.45), (-0.06, -0.47), (0.13, -0.43), (-0.17, -0.28), (0.06, -0.3)):
        w, h = 0.055, 0.03
        c.stroke([(x - w, y - h), (x + w, y - h), (x + w, y + h), (x - w, y + h), (x - w, y - h)], 0.003, None, line)
        for row in range(2):
            c.stroke(
                [(x - w * 0.7, y - 0.01 + row * 0.018), (x + w * c.dice.between(0.1, 0.7), y - 0.01 + row * 0.018)],
                0.003,
                None,
                mix(line, pale, 0.3),
            )
    for a, b in (
        ((-0.18, -0.45), (-0.12, -0.46)),
        ((0.0, -0.46), (0.07, -0.44)),
        ((-0.2, -0.41), (-0.18, -0.32)),
        ((0.1, -0.39), (0.07, -0.34)),
        ((-0.11, -0.28), (0.0, -0.3)),
    ):
        c.stroke([a, b], 0.004, 0.007, c.inks.accent)
    for index in range(6):
        x, y, tilt = c.dice.between(0.16, 0.29), -0.36 + (index % 3) * 0.075, c.dice.between(-0.008, 0.008)
        c.sheet(mix(c.inks.glow if index % 2 else c.inks.accent, pale, 0.3), 0.4)
        x = 0.18 + (index // 3) * 0.075
        c.cut([(x, y + tilt), (x + 0.055, y - tilt), (x + 0.055, y + 0.055 - tilt), (x, y + 0.055 + tilt)])
    c.sheet(c.inks.deep, 0.6)
    c.bar(-0.3, -0.132, 0.3, -0.115)
    for x in (-0.3, 0.285):
        c.bar(x, -0.13, x + 0.015, 0.14)


def soundstage(c: Cutting) -> None:
    """A green screen curving onto the floor, lamps on stands, a camera waiting."""
    green = mix((40, 150, 84), c.inks.body, 0.36)
    c.sheet(green, 1.0)
    c.cut([(-0.42, -0.56), (0.42, -0.56), (0.42, -0.05), (0.5, 0.14), (-0.5, 0.14), (-0.42, -0.05)])
    c.cut([(-0.42, -0.06), (0.42, -0.06), (0.5, 0.14), (-0.5, 0.14)], mix(green, c.inks.lit, 0.2))
    for x in (-0.28, 0.0, 0.28):
        for y in (-0.46, -0.2):
            c.bar(x - 0.014, y - 0.0025, x + 0.014, y + 0.0025, c.inks.deep)
            c.bar(x - 0.0025, y - 0.014, x + 0.0025, y + 0.014, c.inks.deep)
    c.sheet(c.inks.deep, 0.8)
    c.bar(-0.6, -0.585, 0.6, -0.57)
    for x, way in ((-0.5, 1), (0.5, -1)):
        _stage_lamp(c, x, way)
    _camera(c, 0.16, 0.1)


def _stage_lamp(c: Cutting, x: float, way: int) -> None:
    c.sheet(c.inks.deep, 0.9)
    c.stroke([(x, 0.15), (x, -0.42)], 0.01)
    for dx in (-0.07, 0.07):
        c.stroke([(x, 0.02), (x + dx, 0.18)], 0.008)
    c.cut([(x - way * 0.05, -0.5), (x + way * 0.06, -0.47), (x + way * 0.07, -0.35), (x - way * 0.05, -0.39)])
    c.cut([(x + way * 0.06, -0.47), (x + way * 0.1, -0.49), (x + way * 0.12, -0.33), (x + way * 0.07, -0.35)], c.inks.glow)
    c.shine(x + way * 0.1, -0.41, 0.4, 0.8)


def _camera(c: Cutting, x: float, y: float) -> None:
    c.sheet(c.inks.deep, 1.0)
    for dx in (-0.08, 0.0, 0.08):
        c.stroke([(x, y - 0.18), (x + dx, y + 0.2)], 0.011, 0.008)
    c.bar(x - 0.075, y - 0.29, x + 0.06, y - 0.18)
    c.bar(x - 0.12, y - 0.265, x - 0.07, y - 0.2)
    c.disc(x - 0.03, y - 0.315, 0.035)
    c.disc(x + 0.04, y - 0.312, 0.03)
    c.disc(x + 0.045, y - 0.2, 0.006, c.inks.accent)


def machinery(c: Cutting) -> None:
    """Clockwork: great toothed wheels, a driving shaft, weights on chains."""
    c.sheet(c.inks.deep, 0.7)
    c.bar(-0.02, -1.2, 0.02, 0.1)
    for x in (-0.34, 0.36):
        c.stroke([(x, -1.2), (x, -0.28)], 0.006)
        c.cut([(x - 0.035, -0.28), (x + 0.035, -0.28), (x + 0.03, -0.1), (x - 0.03, -0.1)])
    for x, y, r, teeth, tone in (
        (-0.14, -0.34, 0.15, 24, 0.2),
        (0.1, -0.24, 0.11, 18, 0.5),
        (0.2, -0.42, 0.075, 14, 0.75),
        (-0.3, -0.16, 0.07, 12, 0.6),
    ):
        c.sheet(mix(c.inks.body, mix(c.inks.glow, c.inks.lit, 0.4), tone * 0.6), 1.0)
        _wheel(c, x, y, r, teeth)


def _wheel(c: Cutting, x: float, y: float, r: float, teeth: int) -> None:
    rim: Path = []
    for tooth in range(teeth):
        for share, reach in ((0.0, 1.0), (0.12, 1.12), (0.38, 1.12), (0.5, 1.0)):
            turn = 2 * pi * (tooth + share) / teeth
            rim.append((x + cos(turn) * r * reach, y + sin(turn) * r * reach))
    c.cut(rim)
    for spoke in range(5):
        a, b = spoke / 5 + 0.025, (spoke + 1) / 5 - 0.025
        outer, inner = arc(x, y, r * 0.8, r * 0.8, a, b, 8), arc(x, y, r * 0.28, r * 0.28, b - 0.05, a + 0.05, 4)
        c.easel.hole(c.at([*outer, *inner]))
    c.disc(x, y, r * 0.1, c.inks.deep)


CUTTERS = {
    "office": office,
    "screens": screens,
    "servers": servers,
    "whiteboard": whiteboard,
    "soundstage": soundstage,
    "machinery": machinery,
}
