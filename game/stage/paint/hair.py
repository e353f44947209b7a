"""Hair: what falls behind the head and what lies on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from game.stage.paint.colour import mix
from game.stage.paint.dice import Dice
from game.stage.paint.line import Path
from game.stage.paint.sitter import Sitter

CAP: Path = [
    (0.76, -0.46), (0.7, -0.8), (0.36, -1.1), (-0.1, -1.19), (-0.62, -1.08), (-1.02, -0.68), (-1.08, -0.2), (-0.94, 0.14),
    (-0.84, -0.12), (-0.66, -0.14), (-0.6, -0.42),
]  # fmt: skip


def behind(s: Sitter) -> None:
    """Hair that falls behind the neck."""
    draw = BEHIND.get(s.look.hair.style)
    if draw:
        s.sheet(s.hair.shade, 0.7)
        draw(s)


def before(s: Sitter, dice: Dice) -> None:
    """Hair that lies on the head, with a few strands turned to the light."""
    draw = BEFORE.get(s.look.hair.style)
    if draw:
        s.sheet(s.hair.body, 0.55)
        draw(s, dice)


def _long_back(s: Sitter) -> None:
    s.face(
        [
            (-0.2, -1.1),
            (-0.9, -0.9),
            (-1.14, -0.2),
            (-1.2, 0.7),
            (-1.34, 1.5),
            (-0.9, 1.85),
            (-0.1, 1.7),
            (0.7, 1.6),
            (0.95, 1.1),
            (0.86, 0.2),
            (0.6, -0.6),
        ]
    )


def _bob_back(s: Sitter) -> None:
    s.face(
        [
            (-0.2, -1.1),
            (-0.95, -0.9),
            (-1.22, -0.2),
            (-1.24, 0.5),
            (-1.05, 0.86),
            (-0.3, 0.8),
            (0.5, 0.84),
            (0.92, 0.7),
            (0.98, 0.1),
            (0.7, -0.7),
        ]
    )


def _bun_back(s: Sitter) -> None:
    s.face([(-0.86, -0.98), (-0.7, -1.3), (-1.0, -1.48), (-1.34, -1.32), (-1.42, -1.0), (-1.2, -0.78)])
    s.lock([(-0.8, -1.12), (-1.06, -1.3), (-1.3, -1.18)], 0.03, 0.05, s.hair.body)
    s.lock([(-0.9, -0.98), (-1.14, -1.06), (-1.34, -1.0)], 0.03, 0.05, s.hair.body)


def _braid_back(s: Sitter) -> None:
    _bob_less(s)
    points = [(-0.86, 0.55), (-0.98, 0.9), (-0.9, 1.25), (-0.78, 1.6), (-0.72, 1.9)]
    for index, (x, y) in enumerate(points):
        w = 0.24 - 0.025 * index
        s.face(
            [
                (x - w, y - 0.12),
                (x, y - 0.22),
                (x + w, y - 0.12),
                (x + w * 0.5, y + 0.16),
                (x, y + 0.24),
                (x - w * 0.5, y + 0.16),
            ],
            mix(s.hair.body, s.hair.shade, 0.3 * (index % 2)),
        )


def _bob_less(s: Sitter) -> None:
    s.face([(-0.4, -1.0), (-1.0, -0.7), (-1.12, -0.1), (-1.06, 0.5), (-0.8, 0.7), (-0.5, 0.4)])


def _curls_back(s: Sitter) -> None:
    for x, y, r in (
        (-1.0, -0.6, 0.4),
        (-1.16, -0.1, 0.38),
        (-1.1, 0.42, 0.36),
        (-0.8, 0.78, 0.3),
        (0.72, -0.7, 0.32),
        (0.86, -0.2, 0.2),
        (-0.4, -1.06, 0.4),
        (0.3, -1.06, 0.38),
    ):
        _puff(s, x, y, r)


def _puff(s: Sitter, x: float, y: float, r: float) -> None:
    ratio = s.half_width / s.half_height
    s.face(
        [
            (x - r, y),
            (x - r * 0.7, y - r * 0.75 * ratio),
            (x, y - r * ratio),
            (x + r * 0.7, y - r * 0.75 * ratio),
            (x + r, y),
            (x + r * 0.7, y + r * 0.75 * ratio),
            (x, y + r * ratio),
            (x - r * 0.7, y + r * 0.75 * ratio),
        ],
        steps=4,
    )


def _cropped(s: Sitter, dice: Dice) -> None:
    s.face(
        [
            (0.72, -0.44),
            (0.66, -0.78),
            (0.36, -1.05),
            (-0.1, -1.13),
            (-0.62, -1.02),
            (-1.0, -0.64),
            (-1.04, -0.2),
            (-0.92, 0.0),
            (-0.8, -0.14),
            (-0.7, -0.12),
            (-0.6, -0.5),
            (-0.2, -0.62),
            (0.3, -0.6),
        ],
        steps=6,
    )
    _strands(s, 5, 0.6)


def _swept(s: Sitter, dice: Dice) -> None:
    s.face(
        [
            (0.74, -0.4),
            (0.86, -0.72),
            (0.66, -1.08),
            (0.2, -1.26),
            (-0.4, -1.22),
            (-0.94, -0.9),
            (-1.1, -0.4),
            (-1.02, 0.1),
            (-0.9, 0.16),
            (-0.84, -0.12),
            (-0.7, -0.08),
            (-0.62, -0.44),
            (-0.3, -0.72),
            (0.2, -0.74),
            (0.56, -0.62),
        ]
    )
    _strands(s, 6, 1.0)


def _tousled(s: Sitter, dice: Dice) -> None:
    _cropped(s, dice)
    for x, y, dx, dy in (
        (0.66, -0.8, 0.2, 0.34),
        (0.4, -1.0, 0.3, 0.42),
        (0.1, -1.02, 0.22, 0.5),
        (0.5, -0.95, 0.3, -0.16),
        (-0.1, -1.08, 0.2, -0.22),
        (-0.5, -1.02, -0.1, -0.24),
        (-0.86, -0.76, -0.24, -0.1),
        (-0.98, -0.3, -0.16, 0.16),
        (0.2, -1.08, 0.22, -0.2),
    ):
        s.face(
            [
                (x - 0.17, y + 0.04),
                (x + dx * 0.5, y + dy * 0.4 - 0.05),
                (x + dx, y + dy),
                (x + dx * 0.3 + 0.1, y + dy * 0.4 + 0.08),
            ],
            mix(s.hair.body, s.hair.lit, dice.between(0, 0.35)),
            steps=6,
        )


def _bob(s: Sitter, dice: Dice) -> None:
    s.face(
        [
            *CAP[:6],
            (-1.16, -0.1),
            (-1.2, 0.5),
            (-1.0, 0.78),
            (-0.66, 0.7),
            (-0.56, 0.3),
            (-0.52, -0.2),
            (-0.3, -0.56),
            (0.1, -0.66),
            (0.5, -0.58),
        ]
    )
    s.face([(0.6, -0.72), (0.84, -0.4), (0.9, 0.1), (0.98, 0.6), (0.8, 0.66), (0.8, 0.2), (0.74, -0.3)])
    _strands(s, 6, 1.1)


def _long(s: Sitter, dice: Dice) -> None:
    s.face(
        [
            *CAP[:6],
            (-1.18, -0.1),
            (-1.22, 0.6),
            (-1.3, 1.4),
            (-0.94, 1.66),
            (-0.62, 1.3),
            (-0.66, 0.6),
            (-0.56, 0.0),
            (-0.44, -0.46),
            (0.0, -0.7),
            (0.45, -0.66),
        ]
    )
    s.face([(0.5, -0.76), (0.8, -0.5), (0.9, 0.0), (0.96, 0.7), (0.84, 1.2), (0.76, 0.6), (0.78, 0.0), (0.7, -0.4)])
    _strands(s, 7, 1.2)


def _bun(s: Sitter, dice: Dice) -> None:
    s.face(
        [
            (0.72, -0.46),
            (0.66, -0.82),
            (0.3, -1.1),
            (-0.2, -1.18),
            (-0.7, -1.06),
            (-1.04, -0.64),
            (-1.04, -0.16),
            (-0.84, 0.02),
            (-0.78, -0.16),
            (-0.66, -0.16),
            (-0.4, -0.54),
            (0.1, -0.74),
            (0.48, -0.68),
        ]
    )
    _strands(s, 7, 0.8)
    s.lock([(-0.62, -0.2), (-0.7, 0.16), (-0.64, 0.44)], 0.05, 0.012)


def _braid(s: Sitter, dice: Dice) -> None:
    _bun(s, dice)


def _curls(s: Sitter, dice: Dice) -> None:
    for x, y, r in (
        (0.62, -0.78, 0.24),
        (0.3, -0.94, 0.3),
        (-0.1, -1.02, 0.32),
        (-0.5, -0.94, 0.32),
        (-0.82, -0.66, 0.3),
        (-0.96, -0.24, 0.26),
        (-0.98, 0.14, 0.22),
        (0.1, -0.76, 0.2),
        (0.46, -0.68, 0.18),
        (-0.34, -0.7, 0.24),
        (-0.66, -0.42, 0.2),
    ):
        _puff(s, x, y, r)
    for x, y in ((0.5, -0.84), (0.1, -1.06), (-0.36, -1.04), (-0.74, -0.74), (-0.2, -0.78)):
        s.lock([(x - 0.14, y), (x, y - 0.1), (x + 0.14, y - 0.01)], 0.03, 0.05, s.hair.lit)


def _wisps(s: Sitter, dice: Dice) -> None:
    s.face([(-0.5, -0.9), (-0.9, -0.7), (-1.1, -0.3), (-1.08, 0.12), (-0.9, 0.24), (-0.84, -0.1), (-0.68, -0.12), (-0.7, -0.5)])
    for y in (-1.0, -1.08, -1.04):
        s.lock([(-0.6, -0.86), (-0.1, y - 0.06), (0.36, y + 0.1)], 0.07, 0.01)
    s.lock([(-1.0, -0.1), (-1.2, 0.1), (-1.24, 0.3)], 0.09, 0.01)


def _undercut(s: Sitter, dice: Dice) -> None:
    s.face(
        [(-0.62, -0.42), (-0.7, -0.8), (-1.0, -0.6), (-1.02, -0.16), (-0.9, 0.02), (-0.8, -0.14), (-0.68, -0.14)],
        mix(s.hair.shade, s.skin.shade, 0.4),
    )
    s.face(
        [
            (0.7, -0.36),
            (0.94, -0.62),
            (0.8, -1.06),
            (0.3, -1.3),
            (-0.4, -1.26),
            (-0.84, -0.98),
            (-0.72, -0.7),
            (-0.4, -0.8),
            (0.1, -0.76),
            (0.46, -0.62),
        ]
    )
    _strands(s, 5, 1.2)


def _strands(s: Sitter, count: int, lift: float) -> None:
    for index in range(count):
        t = index / max(1, count - 1)
        y = -0.74 - 0.36 * t
        points = [
            (0.58 - 0.3 * t, y + 0.04),
            (0.05 - 0.2 * t, y - 0.12 * lift * (1 - t) - 0.02),
            (-0.5 - 0.1 * t, y + 0.08),
            (-0.86 + 0.16 * t, y + 0.34),
        ]
        s.lock(points, 0.012, 0.03, mix(s.hair.body, s.hair.lit, 0.6) if index % 2 == 0 else mix(s.hair.body, s.hair.shade, 0.6))


BEHIND: Mapping[str, Callable[[Sitter], None]] = {
    "long": _long_back,
    "bob": _bob_back,
    "bun": _bun_back,
    "braid": _braid_back,
    "curls": _curls_back,
}
BEFORE: Mapping[str, Callable[[Sitter, Dice], None]] = {
    "cropped": _cropped,
    "swept": _swept,
    "tousled": _tousled,
    "bob": _bob,
    "long": _long,
    "bun": _bun,
    "braid": _braid,
    "curls": _curls,
    "wisps": _wisps,
    "undercut": _undercut,
}
