"""People too far away to have faces."""

from __future__ import annotations

from game.stage.paint.colour import mix
from game.stage.paint.cutting import Cutting
from game.stage.paint.line import smooth


def crowd(c: Cutting) -> None:
    """A picket line: shoulders, heads, and placards held up."""
    for row in range(2):
        c.sheet(mix(c.inks.body, c.inks.shade, 0.3 + 0.5 * row), 0.8)
        for index in range(11 - row):
            x = (index - 5 + 0.5 * row) * 0.1 + c.dice.between(-0.02, 0.02)
            _person(c, x, 0.05 * row + 0.5 * x * x, c.dice.between(0.26, 0.32))
    for index in range(5):
        _placard(c, (index - 2) * 0.19 + c.dice.between(-0.04, 0.04), c.dice.between(-0.52, -0.4))


def _person(c: Cutting, x: float, y: float, tall: float) -> None:
    c.disc(x, y - tall, 0.031)
    shoulders = [
        (x - 0.062, y + 0.8),
        (x - 0.058, y - tall * 0.68),
        (x - 0.034, y - tall * 0.83),
        (x, y - tall * 0.86),
        (x + 0.034, y - tall * 0.83),
        (x + 0.058, y - tall * 0.68),
        (x + 0.062, y + 0.8),
    ]
    c.cut([*smooth(shoulders, closed=False, steps=5)])
    c.bar(x - 0.012, y - tall * 0.92, x + 0.012, y - tall * 0.8)


def _placard(c: Cutting, x: float, y: float) -> None:
    lean = c.dice.between(-0.025, 0.025)
    c.sheet(c.inks.deep, 0.4)
    c.stroke([(x, -0.14), (x + lean, y)], 0.008)
    c.sheet(mix(c.inks.paper, c.inks.body, 0.1) if c.dice.chance(0.6) else c.inks.accent, 0.7)
    w, h = c.dice.between(0.055, 0.08), c.dice.between(0.04, 0.055)
    c.cut(
        [(x + lean - w, y - h + lean), (x + lean + w, y - h - lean), (x + lean + w, y + h - lean), (x + lean - w, y + h + lean)]
    )
    for line in range(3):
        ly = y - h * 0.55 + line * h * 0.5
        run = w * (0.75 - 0.25 * (line % 2))
        c.cut(
            [
                (x + lean - run, ly),
                (x + lean + run, ly - lean * 0.6),
                (x + lean + run, ly + h * 0.2),
                (x + lean - run, ly + h * 0.24),
            ],
            c.inks.deep,
        )


def figure(c: Cutting) -> None:
    """One person standing with their back to us, coat to the knee."""
    c.sheet(mix(c.inks.body, c.inks.shade, 0.6), 1.0)
    coat = [
        (-0.07, 0.02),
        (-0.062, -0.16),
        (-0.064, -0.27),
        (-0.03, -0.325),
        (0, -0.335),
        (0.03, -0.325),
        (0.064, -0.27),
        (0.062, -0.16),
        (0.075, 0.02),
    ]
    for x in (-0.024, 0.026):
        c.bar(x - 0.015, -0.02, x + 0.015, 0.13, c.inks.deep)
    c.cut(smooth(coat, closed=False, steps=6))
    c.disc(0, -0.365, 0.03)
    s = c.side
    c.cut(
        [(s * 0.05, 0.018), (s * 0.045, -0.2), (s * 0.036, -0.3), (s * 0.062, -0.26), (s * 0.06, -0.16), (s * 0.072, 0.018)],
        c.inks.lit,
    )
    c.bar(-0.002, -0.16, 0.002, 0.02, c.inks.deep)


CUTTERS = {"crowd": crowd, "figure": figure}
