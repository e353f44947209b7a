"""What a room is made of: openings, stairs, beams, and the great lamp at the top of a lighthouse."""

from __future__ import annotations

from math import cos, pi, sin

from game.stage.paint.colour import mix
from game.stage.paint.cutting import Cutting, Glow
from game.stage.paint.line import Point, arc, smooth


def window(c: Cutting) -> None:
    """A deep sash window with the weather behind it."""
    c.sheet(c.inks.deep, 0.9)
    c.bar(-0.15, -0.5, 0.15, -0.12)
    c.sheet(c.inks.outside, 0.0)
    c.bar(-0.125, -0.475, 0.125, -0.145)
    for row, share in ((0, 0.35), (1, 0.6)):
        y = -0.24 + 0.045 * row
        hill = smooth([(-0.125, y), (-0.05, y - 0.03), (0.04, y - 0.005), (0.125, y - 0.035)], closed=False)
        c.cut([*hill, (0.125, -0.145), (-0.125, -0.145)], mix(c.inks.outside, c.inks.shade, share))
    c.sheet(c.inks.shade, 0.5)
    for x in (-0.128, -0.003, 0.122):
        c.bar(x, -0.48, x + 0.006, -0.14)
    for y in (-0.478, -0.315, -0.15):
        c.bar(-0.128, y, 0.128, y + 0.008)
    c.sheet(mix(c.inks.body, c.inks.lit, 0.7), 0.9)
    c.bar(-0.175, -0.125, 0.175, -0.1)
    c.shine(0.0, -0.31, 0.34, 0.5)


def windows(c: Cutting) -> None:
    """A wall of tall panes from edge to edge."""
    top, foot = c.base - 0.58 * c.scale, c.base - 0.05
    wide, gap = 0.25 * c.scale, 0.035 * c.scale
    x = c.left + 0.02
    while x < c.right:
        c.sheet(mix(c.inks.outside, c.inks.body, 0.12), 0.0)
        c.easel.bar(x, top, x + wide, foot)
        c.easel.cut(
            [(x, foot), (x, foot - 0.1), (x + wide * 0.4, foot - 0.13), (x + wide, foot - 0.08), (x + wide, foot)],
            mix(c.inks.outside, c.inks.shade, 0.5),
        )
        c.easel.cut(
            [(x + wide * 0.1, top), (x + wide * 0.3, top), (x + wide * 0.05, foot - 0.15), (x, foot - 0.15), (x, top + 0.2)],
            mix(c.inks.outside, c.inks.paper, 0.35),
        )
        x += wide + gap
    c.sheet(c.inks.shade, 0.8)
    x = c.left + 0.02
    while x < c.right:
        c.easel.bar(x - gap, top - 0.3, x, foot + 0.02)
        c.easel.bar(x + wide * 0.49, top, x + wide * 0.51, foot)
        x += wide + gap
    for y in (top - 0.012, top + (foot - top) * 0.36, foot - 0.006):
        c.easel.bar(c.left, y, c.right, y + 0.012)
    c.glows.append(Glow(c.key[0], c.base - 0.3, 0.6, 0.35))


def arches(c: Cutting) -> None:
    """An arcade, each arch opening on paler air."""
    pitch = 0.34 * c.scale
    crown, foot = c.base - 0.34 * c.scale, c.base + 0.02
    c.sheet(mix(c.inks.outside, c.inks.body, 0.35), 0.0)
    c.easel.bar(c.left, crown - 0.2 * c.scale, c.right, foot)
    c.sheet(c.inks.body, 1.2)
    c.easel.bar(c.left, -0.2, c.right, foot)
    x = c.left
    while x < c.right + pitch:
        half = pitch * 0.38
        c.easel.hole([(x - half, foot), *arc(x, crown, half, half * 1.1, 0.5, 1.0, 20), (x + half, foot)])
        x += pitch
    x = c.left
    while x < c.right + pitch:
        ring = arc(x, crown, pitch * 0.41, pitch * 0.45, 0.5, 1.0, 20)
        c.easel.stroke(ring, 0.014 * c.scale, None, c.inks.lit)
        c.easel.bar(x + pitch * 0.39, crown - 0.008, x + pitch * 0.61, crown + 0.016, c.inks.lit)
        x += pitch


def door(c: Cutting) -> None:
    """A panelled door standing a hand's breadth open on a lit room."""
    c.sheet(c.inks.shade, 0.9)
    c.bar(-0.14, -0.46, 0.14, 0.02)
    c.sheet(c.inks.glow, 0.0)
    c.bar(0.07, -0.44, 0.118, 0.015)
    c.sheet(mix(c.inks.body, c.inks.accent, 0.3), 0.8)
    c.cut([(-0.118, -0.44), (0.08, -0.43), (0.08, 0.025), (-0.118, 0.015)])
    for left, right in ((-0.095, -0.03), (-0.008, 0.057)):
        for top, foot in ((-0.4, -0.23), (-0.19, -0.02)):
            c.bar(left, top, right, foot, mix(c.inks.shade, c.inks.accent, 0.15))
            c.bar(left + 0.006, top + 0.008, right, foot, mix(c.inks.body, c.inks.accent, 0.2))
    c.disc(0.064, -0.21, 0.009, c.inks.glow)
    c.shine(0.1, -0.2, 0.3, 0.55)


RADIUS, DEEP, RISE, TURNING = 0.34, 0.075, 0.05, 13


def stairs(c: Cutting) -> None:
    """A spiral stair winding up its newel: what is behind it, the newel, what is before it."""
    steps = [(0.34 - index * RISE, index / TURNING) for index in range(34)]
    for front in (False, True):
        if front:
            _newel(c)
        for y, turn in steps:
            if (sin(2 * pi * (turn + 0.5 / TURNING)) > 0) is front:
                _tread(c, y, turn, front)
        _rail(c, front)


def _newel(c: Cutting) -> None:
    c.sheet(c.inks.shade, 0.9)
    c.bar(-0.028, -1.4, 0.028, 0.6)
    lit = 0.012 if c.side > 0 else -0.028
    c.bar(lit, -1.4, lit + 0.016, 0.6, c.inks.lit)


def _rim(y: float, turn: float) -> Point:
    return RADIUS * cos(2 * pi * turn), y + DEEP * sin(2 * pi * turn)


def _tread(c: Cutting, y: float, turn: float, front: bool) -> None:
    a, b = _rim(y, turn), _rim(y, turn + 1.15 / TURNING)
    thick = 0.016
    top = mix(c.inks.body, c.inks.lit, 0.75) if front else mix(c.inks.body, c.inks.shade, 0.25)
    c.sheet(top, 0.7)
    c.cut([(0, y), a, b], top)
    side = mix(c.inks.shade, c.inks.deep, 0.35 if front else 0.6)
    c.cut([a, b, (b[0], b[1] + thick), (a[0], a[1] + thick)], side)
    edge = a if (a[1] > b[1]) == (a[0] * b[0] > 0 and front) else b
    c.cut([(0, y), edge, (edge[0], edge[1] + thick), (0, y + thick)], side)


def _rail(c: Cutting, front: bool) -> None:
    """Balusters and the handrail of the half turn that is before, or behind, the newel."""
    c.sheet(c.inks.deep, 0.5)
    for index in range(34):
        y, turn = 0.34 - index * RISE, (index + 0.55) / TURNING
        if (sin(2 * pi * turn) > 0) is not front:
            continue
        foot, head = _rim(y, turn), _rim(y - 0.15, turn)
        c.stroke([foot, head], 0.005)
        c.stroke([head, _rim(y - 0.15 - RISE, turn + 1 / TURNING)], 0.012)


def lamp_room(c: Cutting) -> None:
    """The lens of a lighthouse: rings of prisms round a flame, behind a lattice of panes."""
    c.sheet(c.inks.shade, 0.7)
    for index in range(-4, 5):
        x = index * 0.2
        c.stroke([(x, -0.75), (x * 0.92, 0.1)], 0.014)
    for y in (-0.56, -0.16):
        c.bar(-1.2, y, 1.2, y + 0.012)
    c.bar(-1.2, -0.02, 1.2, 0.06, c.inks.deep)
    c.sheet(c.inks.deep, 1.0)
    c.cut([(-0.09, 0.25), (-0.07, -0.06), (0.07, -0.06), (0.09, 0.25)])
    c.bar(-0.19, -0.1, 0.19, -0.06)
    c.bar(-0.14, -0.6, 0.14, -0.57)
    c.cut([(-0.14, -0.58), (0.0, -0.68), (0.14, -0.58)])
    for ring in range(7):
        share = ring / 6
        width, height = 0.21 - 0.17 * share, 0.235 - 0.185 * share
        c.sheet(mix(mix(c.inks.body, c.inks.lit, 0.6), c.inks.glow, share), 0.35)
        c.cut(arc(0, -0.335, width, height, 0, 1, 44))
    for x in (-1, 1):
        c.sheet(c.inks.deep, 0.3)
        c.cut([*arc(0, -0.335, 0.225 * x, 0.25, 0.79, 1.21, 20), *reversed(arc(0, -0.335, 0.205 * x, 0.24, 0.79, 1.21, 20))])
    c.shine(0, -0.335, 0.75, 0.9)
    ((px, py),) = c.at([(0, -0.335)])
    for way, drop in ((1, -0.08), (-1, 0.06)):
        c.glows.append(Glow(px, py, 0.1 * c.scale, 0.5, ((px + way * 1.3, py + drop - 0.16), (px + way * 1.3, py + drop + 0.16))))


def curtains(c: Cutting) -> None:
    """Heavy curtains at both edges, drawn back."""
    for edge in (0, 1):
        x0 = c.left if edge == 0 else c.right
        way = 1 if edge == 0 else -1
        c.sheet(mix(c.inks.accent, c.inks.deep, 0.62), 1.3)
        outline = [
            (x0, -0.2),
            (x0 + way * 0.42, -0.2),
            (x0 + way * 0.38, 0.2),
            (x0 + way * 0.24, 0.52),
            (x0 + way * 0.3, 0.8),
            (x0 + way * 0.36, 1.2),
            (x0, 1.2),
        ]
        c.easel.cut([outline[0], *smooth(outline[1:6], closed=False), outline[6]])
        for fold in range(5):
            t = 0.12 + fold * 0.19
            points = [
                (x0 + way * 0.42 * t, -0.2),
                (x0 + way * 0.36 * t, 0.2),
                (x0 + way * (0.06 + 0.19 * t), 0.53),
                (x0 + way * 0.33 * t, 0.84),
                (x0 + way * 0.36 * t, 1.2),
            ]
            c.easel.stroke(smooth(points, closed=False), 0.012, 0.02, mix(c.inks.accent, c.inks.deep, 0.45 + 0.4 * (fold % 2)))
        c.easel.stroke(
            [(x0, 0.5), (x0 + way * 0.16, 0.535), (x0 + way * 0.26, 0.52)], 0.022, None, mix(c.inks.glow, c.inks.deep, 0.4)
        )


def rafters(c: Cutting) -> None:
    """Beams overhead, running away from us."""
    c.sheet(c.inks.deep, 1.0)
    c.easel.bar(c.left, -0.2, c.right, 0.05)
    vanish = c.easel.aspect / 2
    for index in range(-5, 6):
        x = vanish + index * 0.19
        far = vanish + index * 0.14
        c.easel.cut(
            [(x * 1.0 - 0.05, -0.1), (x + 0.03, -0.1), (far + 0.014, 0.12), (far - 0.018, 0.12)],
            mix(c.inks.body, c.inks.shade, 0.5),
        )
    c.sheet(mix(c.inks.body, c.inks.shade, 0.4), 0.9)
    c.easel.bar(c.left, 0.09, c.right, 0.135)
    c.easel.bar(c.left, 0.09, c.right, 0.098, c.inks.lit)


def hanging_lamps(c: Cutting) -> None:
    """Shaded lamps on long flexes, each with its pool of light."""
    for index in range(3):
        x, drop = (index - 1) * 0.34, -0.5 + 0.06 * (index % 2)
        c.sheet(c.inks.deep, 0.7)
        c.stroke([(x, -1.4), (x, drop)], 0.005)
        c.cut([(x - 0.022, drop - 0.01), (x + 0.022, drop - 0.01), (x + 0.08, drop + 0.06), (x - 0.08, drop + 0.06)])
        c.cut(arc(x, drop + 0.06, 0.076, 0.016, 0, 1, 20), c.inks.glow)
        c.shine(x, drop + 0.07, 0.34, 0.75)


def corridor(c: Cutting) -> None:
    """A corridor running away to a lit end, doors on either hand."""
    for step in range(6):
        t = step / 5
        wide, tall = 0.62 * (1 - t) + 0.07, 0.62 * (1 - t) + 0.13
        c.sheet(mix(c.inks.shade, c.inks.glow, 0.03 + 0.75 * t**2.2), 0.9)
        left, right, top = -wide, wide, -tall + 0.02
        c.cut([(left, 0.3 * (1 - t) + 0.0), (left, top), (right, top), (right, 0.3 * (1 - t) + 0.0)])
        if step < 5:
            _side_doors(c, wide, tall, t)
    c.shine(0, -0.08, 0.5, 0.7)


def _side_doors(c: Cutting, wide: float, tall: float, t: float) -> None:
    inner = wide - 0.62 / 5 * 0.8
    for way in (-1, 1):
        c.cut(
            [
                (way * (wide - 0.01), 0.28 * (1 - t)),
                (way * (wide - 0.01), -tall * 0.62),
                (way * inner, -tall * 0.58),
                (way * inner, 0.24 * (1 - t)),
            ],
            mix(c.inks.deep, c.inks.body, 0.25 + 0.4 * t),
        )
    c.bar(-0.1 * wide, -tall + 0.028, 0.1 * wide, -tall + 0.045, c.inks.glow)


CUTTERS = {
    "window": window,
    "windows": windows,
    "arches": arches,
    "door": door,
    "stairs": stairs,
    "lamp_room": lamp_room,
    "curtains": curtains,
    "rafters": rafters,
    "hanging_lamps": hanging_lamps,
    "corridor": corridor,
}
