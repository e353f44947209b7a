"""Shapes of the shore: water, rock, and what people build at the edge of it."""

from __future__ import annotations

from math import sin

from game.stage.paint.colour import mix
from game.stage.paint.cutting import Cutting, Glow
from game.stage.paint.line import Path, arc, ridge, smooth, wave


def sea(c: Cutting) -> None:
    """Four swells, each a sheet, each darker than the one behind."""
    depth = 0.05 * c.scale
    for row in range(4):
        colour = mix(mix(c.inks.body, c.inks.haze, 0.34), c.inks.shade, row / 3.2)
        base = c.base + row * depth * (1 + 0.25 * row)
        crest = wave(c.left, c.right, base, 0.003 + 0.006 * row * c.scale, 0.42 + 0.2 * row, c.dice.unit())
        c.sheet(colour, 0.3 + 0.2 * row)
        c.easel.cut([*crest, (c.right, 1.2), (c.left, 1.2)])
        _glints(c, base, row)


def _glints(c: Cutting, base: float, row: int) -> None:
    """Light lying on the water below the key light."""
    colour = mix(c.inks.body, c.inks.glow, 0.5 - 0.12 * row)
    for _ in range(16):
        fall = c.dice.unit()
        y = base + 0.014 + fall * 0.045 * c.scale
        x = c.key[0] + (c.dice.unit() - 0.5) * (0.16 + 0.3 * fall + 0.14 * row)
        half = c.dice.between(0.012, 0.05)
        c.easel.cut([(x - half, y), (x, y - 0.0016), (x + half, y), (x, y + 0.0016)], colour)


def cliffs(c: Cutting) -> None:
    """Two headlands, one behind the other, falling to the water."""
    edge = 1.0 if c.x > c.easel.aspect / 2 else -1.0
    for back, colour, height in ((0.16, mix(c.inks.body, c.inks.haze, 0.4), 0.34), (0.0, c.inks.body, 0.25)):
        c.sheet(colour, 0.8)
        run = (0.62 + back * 1.4) * c.scale
        c.easel.cut(_headland(c, edge, run, height * c.scale))
        _strata(c, edge, run, height * c.scale, colour)


def _headland(c: Cutting, edge: float, run: float, height: float) -> Path:
    tip = c.x - edge * run * 0.5
    far = c.right if edge > 0 else c.left
    top = ridge(c.dice, 0.0, 1.0, 0.0, 0.045, 0.6)
    crest = [(tip + (far - tip) * (0.1 + 0.9 * t), c.base - height * (0.62 + 0.38 * t**0.6) + y) for t, y in top]
    face = [
        (tip, c.base + 0.02),
        (tip + edge * 0.012, c.base - height * 0.18),
        (tip + edge * 0.05 * c.scale, c.base - height * 0.34),
        (tip + edge * 0.055 * c.scale, c.base - height * 0.52),
    ]
    return [(tip - edge * 0.04, c.base + 0.05), (tip - edge * 0.05, 1.2), (far, 1.2), *reversed(crest), *reversed(face)]


def _strata(c: Cutting, edge: float, run: float, height: float, colour: tuple[int, int, int]) -> None:
    tip = c.x - edge * run * 0.5
    for _ in range(9):
        x = tip + edge * c.dice.between(0.07, 0.5) * run
        y = c.base - height * c.dice.between(0.05, 0.5)
        tall, lean = c.dice.between(0.04, 0.12) * c.scale, edge * 0.02
        c.easel.cut(
            [(x, y - tall), (x + 0.02 * c.scale, y - tall * 0.7), (x + lean, y + tall), (x - 0.006, y)],
            mix(colour, c.inks.shade, 0.45),
        )


def rocks(c: Cutting) -> None:
    """Boulders with a lit face, in two sheets."""
    for row in range(2):
        c.sheet(mix(c.inks.body, c.inks.shade, row * 0.5), 0.8)
        for index in range(5 - row):
            x = (index - 2 + row * 0.5) * 0.13 + c.dice.between(-0.05, 0.05)
            _boulder(c, x, 0.03 * row, c.dice.between(0.06, 0.14))


def _boulder(c: Cutting, x: float, y: float, size: float) -> None:
    tall = size * c.dice.between(0.6, 1.1)
    peak = x + size * c.dice.between(-0.3, 0.3)
    outline = [
        (x - size * 2.2, y + 0.6),
        (x - size * 1.15, y + 0.06),
        (x - size, y),
        (x - size * 0.6, y - tall * 0.7),
        (peak, y - tall),
    ]
    outline += [(x + size * 0.7, y - tall * 0.6), (x + size, y), (x + size * 1.2, y + 0.07), (x + size * 2.2, y + 0.6)]
    c.cut(outline)
    s = c.side
    face = [
        (peak, y - tall * 0.97),
        (x + s * size * 0.68, y - tall * 0.57),
        (x + s * size * 0.5, y - tall * 0.1),
        (peak, y - tall * 0.3),
    ]
    c.cut(face, c.inks.lit)


def island(c: Cutting) -> None:
    """A low island lying in the water."""
    c.sheet(lift=0.7)
    half = 0.42
    crest = ridge(c.dice, -half, half, 0, 0.05, 0.55)
    c.cut([(-half - 0.06, 0.02), *((x, y + 0.01 - 0.1 * (1 - (x / half) ** 2) ** 0.8) for x, y in crest), (half + 0.06, 0.02)])
    c.cut([(-half - 0.06, 0.018), (half + 0.06, 0.018), (half * 0.9, 0.032), (-half * 0.9, 0.032)], c.inks.shade)


def dunes(c: Cutting) -> None:
    """Rolling sand in three sheets."""
    for row in range(3):
        c.sheet(mix(mix(c.inks.body, c.inks.lit, 0.5), c.inks.shade, row * 0.35), 0.7)
        crest = wave(c.left, c.right, c.base - 0.06 * c.scale + row * 0.055, 0.045 * c.scale, 1.1 - 0.2 * row, c.dice.unit())
        c.easel.cut([*crest, (c.right, 1.2), (c.left, 1.2)])


def lighthouse(c: Cutting) -> None:
    """A tapering tower on its crag, with a lit lamp and, out of doors, a turning beam."""
    c.sheet(c.inks.shade, 0.9)
    c.ground(0.24, 0.1)
    top, foot, crown = -0.5, 0.075, 0.043
    white = mix(c.inks.body, c.inks.lit, 0.65)
    c.sheet(white, 1.0)
    c.cut([(-foot, 0.03), (-crown, top), (crown, top), (foot, 0.03)], white)
    _bands(c, foot, crown, top)
    s = -c.side
    c.cut([(s * foot, 0.03), (s * crown, top), (s * crown * 0.25, top), (s * foot * 0.3, 0.03)], mix(white, c.inks.deep, 0.42))
    for y in (-0.12, -0.25, -0.38):
        c.bar(-0.007, y - 0.022, 0.007, y, c.inks.glow if y == -0.25 else c.inks.deep)
    c.cut([*arc(0, 0.0, 0.015, 0.03, 0.5, 1.0, 10), (0.015, 0.032), (-0.015, 0.032)], c.inks.deep)
    _lantern(c, crown, top)


def _bands(c: Cutting, foot: float, crown: float, top: float) -> None:
    for start, end in ((0.2, 0.42), (0.66, 0.86)):
        a, b = foot + (crown - foot) * start, foot + (crown - foot) * end
        y, z = 0.03 + (top - 0.03) * start, 0.03 + (top - 0.03) * end
        c.cut([(-a, y), (-b, z), (b, z), (a, y)], mix(c.inks.accent, c.inks.body, 0.15))


def _lantern(c: Cutting, crown: float, top: float) -> None:
    c.sheet(c.inks.deep, 0.6)
    c.bar(-crown * 1.5, top - 0.012, crown * 1.5, top)
    c.bar(-crown * 1.2, top, crown * 1.2, top + 0.01)
    c.bar(-crown * 0.8, top - 0.075, crown * 0.8, top - 0.01, c.inks.glow)
    for x in (-0.8, -0.27, 0.27, 0.8):
        c.bar(x * crown - 0.0022, top - 0.075, x * crown + 0.0022, top - 0.01)
    for x in range(-3, 4):
        c.bar(x * crown * 0.48 - 0.0012, top - 0.036, x * crown * 0.48 + 0.0012, top)
    c.bar(-crown * 1.5, top - 0.037, crown * 1.5, top - 0.034)
    c.cut([(-crown, top - 0.073), *arc(0, top - 0.073, crown, 0.04, 0.5, 1.0, 14), (crown, top - 0.073)])
    c.bar(-0.003, top - 0.15, 0.003, top - 0.1)
    c.disc(0, top - 0.118, 0.009)
    c.shine(0, top - 0.042, 0.34, 0.85)
    _beam(c, top - 0.042)


def _beam(c: Cutting, y: float) -> None:
    if c.indoors:
        return
    ((px, py),) = c.at([(0, y)])
    away = -1.0 if px > c.easel.aspect / 2 else 1.0
    for reach, drop, wide in ((away * 1.5, -0.12, 0.13), (-away * 0.8, 0.1, 0.1)):
        c.glows.append(Glow(px, py, 0.02 * c.scale, 0.62, ((px + reach, py + drop - wide), (px + reach, py + drop + wide))))


def jetty(c: Cutting) -> None:
    """Planks on posts, running out towards the horizon."""
    c.sheet(c.inks.shade, 0.8)
    near, far, fall = 0.42, 0.055, 0.42
    lean = 0.1 if c.x < c.easel.aspect / 2 else -0.1
    for t in (0.06, 0.22, 0.45, 0.75):
        half, y = far + (near - far) * t, fall * t
        for edge in (-1, 1):
            x = lean * (1 - t) + edge * half
            c.bar(x - 0.006 - 0.016 * t, y - 0.05 - 0.12 * t, x + 0.006 + 0.016 * t, y + 0.5)
    c.sheet(lift=0.8)
    c.cut([(lean - far, 0), (lean + far, 0), (near, fall), (near * 1.6, 1.2), (-near * 1.6, 1.2), (-near, fall)])
    for index in range(15):
        t = (index / 15) ** 1.7
        half, y = far + (near - far) * t, fall * t
        x = lean * (1 - t)
        thin = 0.0012 + 0.004 * t
        c.cut(
            [(x - half, y), (x + half, y), (x + half, y + thin), (x - half, y + thin)], c.inks.deep if index % 3 else c.inks.lit
        )
    _bollard_lamp(c, lean - far)


def _bollard_lamp(c: Cutting, x: float) -> None:
    c.sheet(c.inks.deep, 0.5)
    c.bar(x - 0.006, -0.15, x + 0.006, 0.02)
    c.cut([(x - 0.02, -0.15), (x + 0.02, -0.15), (x + 0.014, -0.19), (x - 0.014, -0.19)], c.inks.glow)
    c.cut([(x - 0.026, -0.188), (x + 0.026, -0.188), (x, -0.212)])
    c.shine(x, -0.17, 0.16, 0.7)


def boat(c: Cutting) -> None:
    """A small fishing boat riding low, mast bare."""
    c.sheet(c.inks.deep, 0.6)
    if c.indoors:
        for x in (-0.12, 0.1):
            c.cut(
                [
                    (x - 0.05, 0.09),
                    (x - 0.03, -0.01),
                    (x + 0.03, -0.01),
                    (x + 0.05, 0.09),
                    (x + 0.03, 0.09),
                    (x, 0.02),
                    (x - 0.03, 0.09),
                ]
            )
    c.stroke([(-0.02, -0.05), (-0.015, -0.3)], 0.008, 0.005)
    c.stroke([(-0.018, -0.11), (0.12, -0.2)], 0.006, 0.004)
    for x in (-0.17, 0.19):
        c.stroke([(-0.015, -0.29), (x, -0.05)], 0.0016)
    c.bar(0.03, -0.12, 0.11, -0.03, c.inks.body)
    c.bar(0.022, -0.13, 0.118, -0.118)
    c.bar(0.05, -0.1, 0.075, -0.07, c.inks.glow)
    c.sheet(lift=0.8)
    hull = smooth(
        [(-0.2, -0.055), (-0.1, -0.03), (0.06, -0.028), (0.22, -0.075), (0.17, 0.0), (0.1, 0.03), (-0.1, 0.03), (-0.17, 0.005)],
        steps=5,
    )
    c.cut(hull)
    c.cut(
        [
            (-0.192, -0.046),
            (-0.1, -0.02),
            (0.06, -0.018),
            (0.212, -0.062),
            (0.206, -0.05),
            (0.06, -0.004),
            (-0.1, -0.006),
            (-0.185, -0.03),
        ],
        c.inks.accent,
    )
    c.shine(0.062, -0.085, 0.09, 0.5)


def boathouse(c: Cutting) -> None:
    """A plank shed with a slipway running into the water."""
    c.sheet(c.inks.shade, 0.8)
    c.ground(0.4, 0.03)
    c.cut([(-0.06, 0.0), (0.1, 0.0), (0.34, 0.5), (-0.18, 0.5)], c.inks.lit)
    c.sheet(lift=1.0)
    c.cut([(-0.24, 0.01), (-0.24, -0.17), (0.0, -0.31), (0.24, -0.17), (0.24, 0.01)])
    for index in range(11):
        c.bar(-0.23 + index * 0.045, -0.17, -0.2275 + index * 0.045, 0.01, c.inks.shade)
    c.cut([(-0.1, 0.01), (-0.1, -0.12), *arc(0.02, -0.12, 0.12, 0.05, 0.5, 1, 12), (0.14, 0.01)], c.inks.deep)
    c.disc(0.0, -0.23, 0.022, c.inks.glow)
    c.sheet(c.inks.deep, 0.6)
    c.cut([(-0.28, -0.15), (0.0, -0.325), (0.28, -0.15), (0.28, -0.175), (0.0, -0.355), (-0.28, -0.175)])
    c.shine(0.0, -0.23, 0.13, 0.5)


def gulls(c: Cutting) -> None:
    """A few gulls hanging on the wind."""
    c.sheet(mix(c.inks.deep, c.inks.body, 0.3), 0.4)
    for index in range(7):
        x = (index - 3) * 0.12 + c.dice.between(-0.05, 0.05)
        _gull(c, x, -0.42 + c.dice.between(-0.12, 0.12) + 0.06 * sin(index), c.dice.between(0.02, 0.042))


def _gull(c: Cutting, x: float, y: float, s: float) -> None:
    flap = c.dice.between(0.3, 0.7)
    outline = [(-1, -flap * 0.3), (-0.55, -flap), (-0.1, -0.08), (0.1, -0.08), (0.6, -flap * 0.9), (1, -flap * 0.1)]
    outline += [(0.55, -flap * 0.55), (0.14, 0.16), (0, 0.22), (-0.12, 0.14), (-0.55, -flap * 0.6)]
    c.cut(smooth([(x + px * s, y + py * s) for px, py in outline], steps=4))


def reeds(c: Cutting) -> None:
    """Tall reeds with heavy heads, thickest at the edges."""
    for row in range(2):
        c.sheet(mix(c.inks.body, c.inks.shade, row * 0.7), 0.8)
        for _ in range(34):
            x = c.dice.between(-0.34, 0.34)
            tall = c.dice.between(0.08, 0.27) * (0.75 + 0.25 * row)
            lean = c.dice.between(-0.05, 0.08)
            path = smooth([(x, 0.4), (x + lean * 0.2, -tall * 0.4), (x + lean, -tall)], closed=False, steps=5)
            c.stroke(path, 0.006, 0.002)
            if c.dice.chance(0.4):
                c.stroke([(x + lean * 0.9, -tall * 0.92), (x + lean * 1.04, -tall * 1.1)], 0.011, 0.007, c.inks.deep)


CUTTERS = {
    "sea": sea,
    "cliffs": cliffs,
    "rocks": rocks,
    "island": island,
    "dunes": dunes,
    "lighthouse": lighthouse,
    "jetty": jetty,
    "boat": boat,
    "boathouse": boathouse,
    "gulls": gulls,
    "reeds": reeds,
}
