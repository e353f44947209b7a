"""Buildings seen from outside, from a cottage to a city."""

from __future__ import annotations

from game.stage.paint.colour import mix
from game.stage.paint.cutting import Cutting
from game.stage.paint.line import arc


def cottage(c: Cutting) -> None:
    """A low house with a lit window and smoke from its chimney."""
    c.sheet(c.inks.shade, 0.8)
    c.ground(0.38, 0.04)
    c.sheet(mix(c.inks.body, c.inks.lit, 0.5), 1.0)
    c.bar(0.13, -0.33, 0.18, -0.18, c.inks.shade)
    c.bar(-0.23, -0.14, 0.23, 0.04)
    c.bar(-0.23 if c.side > 0 else 0.1, -0.14, -0.1 if c.side > 0 else 0.23, 0.04, c.inks.body)
    _lit_window(c, -0.14, -0.06, 0.032, 0.042)
    _lit_window(c, 0.13, -0.06, 0.032, 0.042)
    c.bar(-0.032, -0.09, 0.032, 0.04, c.inks.deep)
    c.sheet(c.inks.deep, 0.7)
    c.cut([(-0.27, -0.12), (-0.2, -0.26), (0.2, -0.26), (0.27, -0.12)])
    for row in range(1, 4):
        y, half = -0.12 - 0.035 * row, 0.27 - 0.0175 * row
        c.bar(-half + 0.01, y, half - 0.01, y + 0.0025, c.inks.shade)
    _plume(c, 0.155, -0.34)


def _lit_window(c: Cutting, x: float, y: float, w: float, h: float) -> None:
    c.bar(x - w - 0.006, y - h - 0.006, x + w + 0.006, y + h + 0.008, c.inks.deep)
    c.bar(x - w, y - h, x + w, y + h, c.inks.glow)
    c.bar(x - 0.002, y - h, x + 0.002, y + h, c.inks.deep)
    c.bar(x - w, y - 0.002, x + w, y + 0.002, c.inks.deep)
    c.shine(x, y, 0.13, 0.5)


def _plume(c: Cutting, x: float, y: float) -> None:
    c.sheet(mix(c.inks.haze, c.inks.body, 0.25), 0.3)
    for step in range(7):
        c.disc(x + 0.012 * step * (1 + 0.2 * step), y - 0.022 * step, 0.01 + 0.0035 * step)


def chapel(c: Cutting) -> None:
    """A small stone chapel with a bell gable and a lit lancet."""
    c.sheet(c.inks.shade, 0.8)
    c.ground(0.34, 0.04)
    c.sheet(mix(c.inks.body, c.inks.lit, 0.35), 1.0)
    c.cut([(-0.06, 0.04), (-0.06, -0.16), (0.3, -0.16), (0.3, 0.04)])
    c.cut([(-0.06, -0.15), (0.02, -0.27), (0.27, -0.27), (0.32, -0.15)], c.inks.deep)
    for x in (0.06, 0.15, 0.24):
        _lancet(c, x, -0.03, 0.017, 0.07)
    c.sheet(mix(c.inks.body, c.inks.lit, 0.55), 0.9)
    c.cut([(-0.2, 0.04), (-0.2, -0.22), (-0.11, -0.36), (-0.02, -0.22), (-0.02, 0.04)])
    c.cut([(-0.15, -0.3), (-0.15, -0.42), (-0.11, -0.48), (-0.07, -0.42), (-0.07, -0.3)])
    c.cut([(-0.13, -0.34), (-0.13, -0.39), *arc(-0.11, -0.39, 0.02, 0.025, 0.5, 1, 8), (-0.09, -0.34)], c.inks.deep)
    c.bar(-0.113, -0.56, -0.107, -0.47, c.inks.deep)
    c.bar(-0.13, -0.535, -0.09, -0.527, c.inks.deep)
    _lancet(c, -0.11, -0.17, 0.022, 0.07)
    c.cut([(-0.145, 0.04), (-0.145, -0.05), *arc(-0.11, -0.05, 0.035, 0.05, 0.5, 1, 10), (-0.075, 0.04)], c.inks.deep)


def _lancet(c: Cutting, x: float, y: float, w: float, h: float) -> None:
    c.cut(
        [
            (x - w, y),
            (x - w, y - h * 0.6),
            (x - w * 0.6, y - h * 0.86),
            (x, y - h),
            (x + w * 0.6, y - h * 0.86),
            (x + w, y - h * 0.6),
            (x + w, y),
        ],
        c.inks.glow,
    )
    c.bar(x - 0.0015, y - h, x + 0.0015, y, c.inks.deep)
    c.shine(x, y - h * 0.5, 0.1, 0.4)


def town(c: Cutting) -> None:
    """Gabled roofs crowding a harbour, a few windows lit."""
    for row in range(2):
        colour = mix(mix(c.inks.body, c.inks.haze, 0.35 * (1 - row)), c.inks.shade, 0.3 * row)
        c.sheet(colour, 0.7)
        x = -0.5 + 0.05 * row
        while x < 0.5:
            wide, tall = c.dice.between(0.07, 0.12), c.dice.between(0.09, 0.2) - 0.04 * row
            _gable(c, x, wide, tall, 0.04 * row + 0.3 * (x + wide / 2) ** 2, colour)
            x += wide * 0.96
    c.sheet(c.inks.shade, 0.7)
    c.base += 0.05 * c.scale
    c.ground(0.5, 0.02)


def _gable(c: Cutting, x: float, wide: float, tall: float, y: float, colour: tuple[int, int, int]) -> None:
    c.cut(
        [(x, y + 0.6), (x, y - tall), (x + wide / 2, y - tall - wide * 0.55), (x + wide, y - tall), (x + wide, y + 0.6)],
        mix(colour, c.inks.lit, c.dice.between(0, 0.3)),
    )
    c.cut(
        [
            (x - 0.008, y - tall + 0.008),
            (x + wide / 2, y - tall - wide * 0.6),
            (x + wide + 0.008, y - tall + 0.008),
            (x + wide / 2, y - tall - wide * 0.42),
        ],
        c.inks.deep,
    )
    for _ in range(3):
        wx, wy = x + c.dice.between(0.2, 0.7) * wide, y - c.dice.between(0.15, 0.85) * tall
        lit = c.dice.chance(0.5)
        c.bar(wx, wy, wx + 0.011, wy + 0.016, c.inks.glow if lit else c.inks.deep)


def skyline(c: Cutting) -> None:
    """Towers from edge to edge, in two sheets pricked with windows."""
    for row in range(2):
        colour = mix(mix(c.inks.body, c.inks.haze, 0.4 * (1 - row)), c.inks.shade, 0.3 * row)
        c.sheet(colour, 0.8)
        x = c.left
        while x < c.right:
            wide = c.dice.between(0.05, 0.13) * c.scale
            tall = c.dice.between(0.14, 0.46) * c.scale * (1 - 0.35 * row)
            _tower(c, x, wide, c.base - tall, colour)
            x += wide + c.dice.between(-0.005, 0.02)


def _tower(c: Cutting, x: float, wide: float, top: float, colour: tuple[int, int, int]) -> None:
    c.easel.bar(x, top, x + wide, 1.2)
    cap = c.dice.count(0, 3)
    if cap == 1:
        c.easel.bar(x + wide * 0.2, top - 0.03 * c.scale, x + wide * 0.8, top)
    if cap == 2:
        c.easel.stroke([(x + wide / 2, top + 0.01), (x + wide / 2, top - 0.08 * c.scale)], 0.004 * c.scale, 0.002)
    if cap == 3:
        c.easel.cut([(x, top + 0.002), (x + wide, top + 0.002), (x + wide, top - 0.04 * c.scale)])
    step = 0.018 * c.scale
    for column in range(1, int(wide / step)):
        for line in range(1, int((c.base + 0.04 - top) / step)):
            if c.dice.chance(0.3):
                wx, wy = x + column * step - 0.004, top + line * step
                warm = c.dice.unit()
                c.easel.bar(wx, wy, wx + step * 0.5, wy + step * 0.55, mix(colour, c.inks.glow, 0.3 + 0.55 * warm))


def glass_tower(c: Cutting) -> None:
    """One tower of glass that owns the street, its floors lit, its crown a sign."""
    c.sheet(c.inks.body, 1.1)
    half, top = 0.15, -0.6
    c.cut([(-half, 0.6), (-half, top + 0.04), (half * 0.2, top - 0.04), (half, top + 0.06), (half, 0.6)])
    c.cut([(half * 0.2, top - 0.04), (half, top + 0.06), (half, 0.6), (half * 0.2, 0.6)], c.inks.shade)
    for floor in range(26):
        y = top + 0.07 + floor * 0.026
        for pane in range(7):
            x = -half + 0.012 + pane * 0.0235
            shade = mix(c.inks.body, c.inks.outside, c.dice.between(0.1, 0.5))
            lit = c.dice.chance(0.28)
            c.bar(x, y, x + 0.019, y + 0.02, mix(c.inks.body, c.inks.glow, 0.85) if lit else shade)
        for pane in range(5):
            x = half * 0.2 + 0.01 + pane * 0.0225
            c.bar(x, y + 0.005, x + 0.018, y + 0.023, mix(c.inks.shade, c.inks.glow, 0.5 if c.dice.chance(0.25) else 0.07))
    c.sheet(c.inks.accent, 0.6)
    c.bar(-half * 0.8, top + 0.005, half * 0.0, top + 0.052, c.inks.accent)
    c.cut([(-0.075, top + 0.012), (-0.045, top + 0.028), (-0.075, top + 0.045)], c.inks.paper)
    c.shine(-0.06, top + 0.03, 0.24, 0.5)


def streetlamps(c: Cutting) -> None:
    """Lamps along a street, smaller with distance, each in its own pool of light."""
    c.sheet(c.inks.deep, 0.6)
    for index in range(4):
        size = 1.0 - 0.2 * index
        x = (-0.34 + 0.24 * index) * (1 if c.x < c.easel.aspect / 2 else -1)
        tall = 0.42 * size
        c.stroke(
            [(x, 0.3), (x, -tall * 0.8), (x + 0.02 * size, -tall), (x + 0.07 * size, -tall * 1.02)], 0.011 * size, 0.007 * size
        )
        c.cut(
            [
                (x + 0.05 * size, -tall * 1.02),
                (x + 0.1 * size, -tall * 1.0),
                (x + 0.094 * size, -tall * 0.96),
                (x + 0.056 * size, -tall * 0.97),
            ]
        )
        c.bar(x + 0.058 * size, -tall * 0.965, x + 0.092 * size, -tall * 0.945, c.inks.glow)
        c.shine(x + 0.075 * size, -tall * 0.95, 0.22 * size, 0.75)


def rooftop(c: Cutting) -> None:
    """A parapet, vents and a water tank, high above the rest."""
    c.sheet(c.inks.shade, 0.7)
    for x in (-0.36, 0.34):
        c.bar(x - 0.06, -0.17, x + 0.06, 0.1)
        for row in range(5):
            c.bar(x - 0.05, -0.155 + row * 0.03, x + 0.05, -0.142 + row * 0.03, c.inks.deep)
    for x in (-0.14, -0.06, 0.02, 0.1):
        c.bar(x - 0.003, -0.16, x + 0.003, 0.1, c.inks.deep)
    c.cut([(-0.18, -0.15), (-0.18, -0.33), (-0.02, -0.41), (0.14, -0.33), (0.14, -0.15)], c.inks.body)
    for row in range(3):
        c.bar(-0.18, -0.31 + row * 0.06, 0.14, -0.305 + row * 0.06, c.inks.deep)
    c.sheet(lift=1.0)
    c.easel.bar(c.left, c.base, c.right, 1.2)
    c.easel.bar(c.left, c.base - 0.022 * c.scale, c.right, c.base + 0.012, c.inks.lit)
    for index in range(12):
        x = c.left + index * 0.19
        c.easel.bar(x, c.base + 0.02, x + 0.003, 1.2, c.inks.shade)


def billboard(c: Cutting) -> None:
    """A great lit hoarding on a frame."""
    c.sheet(c.inks.deep, 0.8)
    for x in (-0.2, 0.0, 0.2):
        c.stroke([(x, 0.6), (x, -0.2)], 0.012)
        c.stroke([(x - 0.09, 0.3), (x + 0.02, -0.12)], 0.005)
    c.bar(-0.3, -0.47, 0.3, -0.15)
    c.sheet(mix(c.inks.accent, c.inks.glow, 0.12), 0.5)
    c.bar(-0.285, -0.455, 0.285, -0.165)
    c.cut(
        [(-0.285, -0.165), (-0.285, -0.25), (-0.1, -0.33), (0.06, -0.22), (0.285, -0.36), (0.285, -0.165)],
        mix(c.inks.accent, c.inks.deep, 0.5),
    )
    c.disc(0.14, -0.37, 0.05, c.inks.glow)
    c.cut([(-0.03, -0.36), (0.05, -0.31), (-0.03, -0.26)], c.inks.paper)
    for x in (-0.22, 0.0, 0.22):
        c.bar(x - 0.012, -0.135, x + 0.012, -0.12, c.inks.glow)
    c.shine(0.0, -0.3, 0.45, 0.45)


CUTTERS = {
    "cottage": cottage,
    "chapel": chapel,
    "town": town,
    "skyline": skyline,
    "glass_tower": glass_tower,
    "streetlamps": streetlamps,
    "rooftop": rooftop,
    "billboard": billboard,
}
