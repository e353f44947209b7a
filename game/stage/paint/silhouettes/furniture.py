"""What people keep in rooms: tables, shelves, beds, hearths, pictures, plants, ropes."""

from __future__ import annotations

from game.stage.paint.colour import RGB, mix
from game.stage.paint.cutting import Cutting
from game.stage.paint.line import arc, smooth


def shelves(c: Cutting) -> None:
    """Shelves of books and jars."""
    c.sheet(c.inks.shade, 1.0)
    c.bar(-0.2, -0.52, 0.2, 0.02)
    c.bar(-0.186, -0.505, 0.186, 0.0, c.inks.deep)
    c.sheet(mix(c.inks.body, c.inks.lit, 0.3), 0.4)
    for row in range(4):
        foot = -0.385 + row * 0.126
        x = -0.18
        while x < 0.165:
            x = _stored(c, x, foot)
    c.sheet(mix(c.inks.body, c.inks.lit, 0.55), 0.6)
    for row in range(5):
        y = -0.515 + row * 0.126
        c.bar(-0.2, y, 0.2, y + 0.011)


def _stored(c: Cutting, x: float, foot: float) -> float:
    """A book, a jar or a gap; returns where the next may stand."""
    kind = c.dice.unit()
    if kind < 0.12:
        return x + c.dice.between(0.02, 0.05)
    if kind < 0.25:
        c.cut(
            smooth(
                [
                    (x + 0.005, foot),
                    (x + 0.003, foot - 0.045),
                    (x + 0.012, foot - 0.06),
                    (x + 0.028, foot - 0.06),
                    (x + 0.037, foot - 0.045),
                    (x + 0.035, foot),
                ],
                steps=4,
            ),
            mix(c.inks.glow, c.inks.body, 0.55),
        )
        return x + 0.044
    wide, tall = c.dice.between(0.012, 0.024), c.dice.between(0.065, 0.1)
    tones = (c.inks.accent, c.inks.body, c.inks.shade, c.inks.paper, c.inks.lit)
    colour = mix(c.dice.pick(tones), c.inks.deep, c.dice.between(0.1, 0.5))
    c.bar(x, foot - tall, x + wide, foot, colour)
    c.bar(x, foot - tall * 0.8, x + wide, foot - tall * 0.74, mix(colour, c.inks.paper, 0.35))
    return x + wide + 0.002


def table(c: Cutting) -> None:
    """A table laid for one, with a lamp and a cup."""
    c.sheet(c.inks.shade, 0.7)
    for x in (-0.27, 0.25):
        c.bar(x, -0.15, x + 0.022, 0.13)
    c.sheet(mix(c.inks.body, c.inks.lit, 0.5), 1.0)
    c.cut([(-0.34, -0.15), (-0.27, -0.2), (0.27, -0.2), (0.34, -0.15)])
    c.bar(-0.34, -0.152, 0.34, -0.122, c.inks.body)
    c.bar(-0.34, -0.124, 0.34, -0.116, c.inks.shade)
    _oil_lamp(c, 0.09, -0.172)
    c.sheet(c.inks.paper, 0.4)
    c.cut([(-0.17, -0.165), (-0.03, -0.17), (-0.05, -0.19), (-0.16, -0.187)])
    c.sheet(mix(c.inks.accent, c.inks.lit, 0.2), 0.5)
    c.cut([(-0.23, -0.215), (-0.185, -0.215), (-0.19, -0.172), (-0.225, -0.172)])
    c.cut(arc(-0.185, -0.195, 0.012, 0.013, -0.25, 0.25, 8))


def _oil_lamp(c: Cutting, x: float, y: float) -> None:
    c.sheet(mix(c.inks.accent, c.inks.deep, 0.45), 0.6)
    c.cut([(x - 0.03, y), (x - 0.012, y - 0.014), (x + 0.012, y - 0.014), (x + 0.03, y)])
    c.cut(arc(x, y - 0.03, 0.026, 0.018, 0, 1, 20))
    c.bar(x - 0.016, y - 0.052, x + 0.016, y - 0.044, c.inks.deep)
    c.sheet(mix(c.inks.glow, c.inks.accent, 0.3), 0.3)
    glass = [
        (-0.013, -0.052),
        (-0.023, -0.076),
        (-0.012, -0.104),
        (-0.009, -0.14),
        (0.009, -0.14),
        (0.012, -0.104),
        (0.023, -0.076),
    ]
    c.cut(smooth([(x + dx, y + dy) for dx, dy in [*glass, (0.013, -0.052)]], steps=5))
    flame = [(-0.007, -0.06), (-0.009, -0.074), (0.0, -0.1), (0.009, -0.074), (0.007, -0.06)]
    c.cut(smooth([(x + dx, y + dy) for dx, dy in flame], steps=5), mix(c.inks.glow, (255, 255, 255), 0.6))
    c.shine(x, y - 0.078, 0.3, 0.62)


def chairs(c: Cutting) -> None:
    """Two ladder-backed chairs."""
    for x, way in ((-0.2, 1), (0.2, -1)):
        c.sheet(mix(c.inks.body, c.inks.shade, 0.7), 0.9)
        for dx in (-0.055, 0.05):
            c.stroke([(x + dx - way * 0.018, -0.27), (x + dx, -0.09), (x + dx, 0.07)], 0.012, 0.01)
            c.stroke([(x + dx + way * 0.045, -0.08), (x + dx + way * 0.052, 0.1)], 0.012, 0.009)
        for rail in range(3):
            y = -0.255 + rail * 0.05
            c.bar(x - 0.062 - way * 0.012, y, x + 0.058 - way * 0.012, y + 0.016)
        c.bar(x - 0.055, 0.01, x + 0.052 + way * 0.045, 0.018)
        c.sheet(mix(c.inks.body, c.inks.lit, 0.45), 0.6)
        c.cut([(x - 0.068, -0.098), (x + 0.06, -0.098), (x + 0.07 + way * 0.045, -0.07), (x - 0.07 + way * 0.045, -0.07)])


def hearth(c: Cutting) -> None:
    """A stone hearth with a fire in it, and a kettle."""
    c.sheet(mix(c.inks.body, c.inks.lit, 0.3), 1.1)
    c.cut(
        [(-0.24, 0.03), (-0.24, -0.34), (-0.16, -0.42), (-0.13, -1.2), (0.13, -1.2), (0.16, -0.42), (0.24, -0.34), (0.24, 0.03)]
    )
    for row in range(9):
        for column in range(5):
            x, y = -0.22 + column * 0.09 + 0.04 * (row % 2), -0.33 + row * 0.04
            if x + 0.08 < 0.24:
                c.bar(x, y, x + 0.082, y + 0.034, mix(c.inks.body, c.inks.shade, c.dice.unit() * 0.7))
    c.sheet(c.inks.deep, 0.5)
    c.cut([(-0.14, 0.03), (-0.14, -0.16), *arc(0, -0.16, 0.14, 0.09, 0.5, 1, 18), (0.14, 0.03)])
    for tone, size in (
        (c.inks.accent, 1.0),
        (mix(c.inks.accent, c.inks.glow, 0.6), 0.7),
        (mix(c.inks.glow, (255, 255, 255), 0.2), 0.4),
    ):
        c.sheet(tone, 0.2)
        flame = [(-0.085, 0.0), (-0.07, -0.06), (-0.04, -0.05), (-0.01, -0.145), (0.03, -0.07), (0.06, -0.09), (0.085, 0.0)]
        c.cut(smooth([(x * size, y * size + 0.0) for x, y in flame], steps=6))
    c.sheet(c.inks.shade, 0.9)
    c.bar(-0.28, -0.37, 0.28, -0.335, mix(c.inks.shade, c.inks.lit, 0.3))
    c.bar(-0.2, 0.0, 0.2, 0.035)
    c.shine(0, -0.05, 0.55, 0.95)


def bed(c: Cutting) -> None:
    """An iron bed with a turned-down blanket."""
    c.sheet(c.inks.deep, 0.8)
    for x, tall in ((-0.33, 0.3), (0.33, 0.17)):
        c.stroke([(x, 0.1), (x, -tall)], 0.014)
        c.disc(x, -tall, 0.017)
    c.stroke(smooth([(-0.33, -0.26), (-0.3, -0.3), (-0.25, -0.27), (-0.245, -0.1)], closed=False), 0.011)
    for x in (-0.305, -0.275):
        c.stroke([(x, -0.28), (x, -0.1)], 0.006)
    c.bar(-0.33, 0.0, 0.33, 0.018)
    c.sheet(mix(c.inks.paper, c.inks.shade, 0.3), 0.6)
    c.cut([(-0.315, -0.075), (0.32, -0.085), (0.32, 0.002), (-0.315, 0.002)])
    c.sheet(mix(c.inks.paper, c.inks.body, 0.15), 0.6)
    c.cut(smooth([(-0.3, -0.07), (-0.305, -0.115), (-0.27, -0.145), (-0.16, -0.135), (-0.13, -0.1), (-0.14, -0.07)], steps=6))
    c.sheet(mix(c.inks.accent, c.inks.body, 0.45), 0.8)
    c.cut(
        [
            *smooth([(-0.12, -0.1), (0.05, -0.125), (0.2, -0.12), (0.325, -0.1)], closed=False),
            (0.33, 0.06),
            *smooth([(0.3, 0.055), (0.15, 0.04), (0.0, 0.06), (-0.15, 0.045)], closed=False),
        ]
    )
    c.cut([(-0.12, -0.1), (-0.06, -0.112), (-0.09, 0.052), (-0.15, 0.045)], mix(c.inks.paper, c.inks.body, 0.3))
    for x in (0.05, 0.17, 0.27):
        c.stroke([(x, -0.12), (x - 0.02, -0.02), (x - 0.01, 0.04)], 0.005, 0.003, mix(c.inks.accent, c.inks.deep, 0.45))


def pictures(c: Cutting) -> None:
    """Framed pictures hung in a cluster."""
    for x, y, w, h in (
        (-0.16, -0.4, 0.075, 0.06),
        (0.02, -0.44, 0.06, 0.085),
        (0.16, -0.36, 0.06, 0.05),
        (-0.12, -0.24, 0.05, 0.05),
        (0.03, -0.27, 0.05, 0.04),
    ):
        c.sheet(mix(c.inks.deep, c.inks.glow, 0.2), 0.8)
        c.bar(x - w, y - h, x + w, y + h)
        c.sheet(c.inks.paper, 0.0)
        c.bar(x - w + 0.01, y - h + 0.01, x + w - 0.01, y + h - 0.01, mix(c.inks.paper, c.inks.haze, 0.3))
        ground = smooth(
            [(x - w + 0.01, y + h * 0.2), (x - w * 0.2, y - h * 0.2), (x + w * 0.3, y + h * 0.3), (x + w - 0.01, y)],
            closed=False,
            steps=4,
        )
        c.cut(
            [*ground, (x + w - 0.01, y + h - 0.01), (x - w + 0.01, y + h - 0.01)],
            mix(c.inks.shade, c.inks.accent, c.dice.unit() * 0.6),
        )


def plants(c: Cutting) -> None:
    """A broad-leaved plant in a pot."""
    c.sheet(mix(c.inks.accent, c.inks.deep, 0.4), 0.8)
    c.cut([(-0.07, -0.12), (0.07, -0.12), (0.05, 0.05), (-0.05, 0.05)])
    c.bar(-0.078, -0.135, 0.078, -0.11)
    for layer in range(3):
        c.sheet(mix(mix(c.inks.body, (60, 110, 80), 0.3), c.inks.shade, 0.5 - 0.2 * layer), 0.6)
        for index in range(6 - layer):
            lean = (index - (5 - layer) / 2) * 0.3 + c.dice.between(-0.08, 0.08)
            _leaf(c, lean, c.dice.between(0.22, 0.36) - 0.05 * layer)


def _leaf(c: Cutting, lean: float, length: float) -> None:
    tip = (lean * length, -0.13 - length * (1 - abs(lean) * 0.5))
    mid = (lean * length * 0.4, -0.13 - length * 0.55)
    w = 0.035
    c.cut(smooth([(0, -0.12), (mid[0] - w, mid[1]), tip, (mid[0] + w, mid[1] + 0.01)], steps=7))
    c.stroke([(0, -0.12), mid, tip], 0.003, 0.001, c.inks.lit)


def ropes(c: Cutting) -> None:
    """Rope hung in swags from a beam, coils on pegs, a cork float."""
    hemp = mix(mix(c.inks.body, c.inks.glow, 0.22), c.inks.shade, 0.35)
    beam = c.base - 0.66 * c.scale
    c.sheet(c.inks.deep, 0.8)
    c.easel.bar(c.left, -0.2, c.right, max(0.035, beam - 0.2))
    c.sheet(hemp, 0.6)
    for index in range(4):
        a, b = c.left + index * 0.56, c.left + (index + 1) * 0.56
        sag = c.dice.between(0.05, 0.1)
        swag = [(a + (b - a) * t / 12, 0.03 + sag * (1 - (t / 6 - 1) ** 2)) for t in range(13)]
        c.easel.stroke(swag, 0.009, None, mix(hemp, c.inks.deep, 0.3 * (index % 2)))
    for x in (c.x - 0.05 * c.scale, c.x + 0.06 * c.scale):
        _coil(c, x, 0.03, c.dice.between(0.055, 0.075), hemp)


def _coil(c: Cutting, x: float, y: float, wide: float, hemp: RGB) -> None:
    for ring in range(4):
        c.sheet(mix(hemp, c.inks.deep, 0.12 * ring), 0.4)
        oval = arc(x + 0.004 * ring, y + 0.14 + 0.008 * ring, wide - 0.007 * ring, 0.13 - 0.004 * ring, 0, 1, 32)
        c.easel.stroke(oval, 0.011)
    c.sheet(mix(hemp, c.inks.lit, 0.3), 0.5)
    c.easel.stroke([(x - wide * 1.1, y + 0.11), (x, y + 0.135), (x + wide * 1.1, y + 0.11)], 0.022)


CUTTERS = {
    "shelves": shelves,
    "table": table,
    "chairs": chairs,
    "hearth": hearth,
    "bed": bed,
    "pictures": pictures,
    "plants": plants,
    "ropes": ropes,
}
