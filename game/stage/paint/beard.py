"""What grows on lip and chin, and gives way when the mouth opens."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from game.stage.paint.colour import mix
from game.stage.paint.sitter import Sitter


def grow(s: Sitter) -> None:
    """What grows on lip and chin."""
    draw = BEARDS.get(s.look.beard)
    if draw:
        draw(s)


def _stubble(s: Sitter) -> None:
    s.sheet(mix(s.skin.body, s.hair.shade, 0.3), 0.0)
    _jaw(s, 0.94)


def _jaw(s: Sitter, low: float) -> None:
    drop = s.mood.open * 0.1
    s.face(
        [
            (-0.76, 0.1),
            (-0.6, 0.36),
            (-0.24, 0.5),
            (0.0, 0.5),
            (0.26, 0.49),
            (0.5, 0.5),
            (0.7, 0.42),
            (0.72, 0.56),
            (0.5, low - 0.06 + drop),
            (0.24, low + 0.1 + drop),
            (-0.06, low + 0.06 + drop),
            (-0.46, low - 0.22),
            (-0.78, 0.4),
        ],
        steps=6,
    )


def _moustache(s: Sitter) -> None:
    s.sheet(s.hair.body, 0.35)
    lift = s.mood.corner * 0.6
    s.face(
        [
            (0.27, 0.43),
            (0.06, 0.46),
            (-0.1, 0.6 - lift),
            (-0.14, 0.72 - lift),
            (0.02, 0.63),
            (0.27, 0.58),
            (0.46, 0.62),
            (0.56, 0.7 - lift),
            (0.54, 0.58 - lift),
            (0.44, 0.46),
        ],
        steps=6,
    )
    s.lock([(0.2, 0.5), (0.04, 0.56), (-0.06, 0.66 - lift)], 0.02, 0.01, s.hair.lit)


def _short(s: Sitter) -> None:
    s.sheet(s.hair.body, 0.3)
    _jaw(s, 1.02)


def _full(s: Sitter) -> None:
    s.sheet(s.hair.shade, 0.8)
    drop = s.mood.open * 0.1
    s.face(
        [
            (-0.84, 0.02),
            (-0.62, 0.36),
            (-0.24, 0.5),
            (0.26, 0.48),
            (0.56, 0.48),
            (0.76, 0.36),
            (0.84, 0.7),
            (0.7, 1.1 + drop),
            (0.36, 1.42 + drop),
            (-0.02, 1.36 + drop),
            (-0.5, 1.08),
            (-0.84, 0.6),
        ]
    )
    s.sheet(s.hair.body, 0.4)
    s.face(
        [
            (-0.7, 0.3),
            (-0.3, 0.52),
            (0.26, 0.5),
            (0.64, 0.46),
            (0.7, 0.76),
            (0.54, 1.1 + drop),
            (0.26, 1.26 + drop),
            (-0.2, 1.06),
            (-0.6, 0.66),
        ]
    )
    for x in (-0.4, -0.15, 0.1, 0.34, 0.52):
        s.lock(
            [(x, 0.74), (x + 0.02, 0.92 + drop), (x + 0.08 - 0.1 * x, 1.1 + drop)],
            0.014,
            0.04,
            s.hair.lit if x > 0 else s.hair.shade,
        )


BEARDS: Mapping[str, Callable[[Sitter], None]] = {
    "stubble": _stubble,
    "moustache": _moustache,
    "short": _short,
    "full": _full,
}
