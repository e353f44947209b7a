"""Neck, shoulders and what covers them: each garment a few sheets, with its collar, seams and folds."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from game.stage.paint.colour import mix
from game.stage.paint.line import Path, smooth
from game.stage.paint.sitter import Sitter

TORSO: Path = [
    (-0.3, 0.14), (-0.62, 0.26), (-0.9, 0.36), (-1.04, 0.58), (-1.1, 1.2), (1.08, 1.2), (1.0, 0.58), (0.86, 0.37),
    (0.58, 0.27), (0.28, 0.15),
]  # fmt: skip


def neck(s: Sitter) -> None:
    """The neck, in the shadow of the chin, and the hollow of the throat."""
    s.sheet(mix(s.skin.body, s.skin.shade, 0.3), 0.4)
    wide = 0.36 if s.look.build in ("slight", "average") else 0.42
    x = s.half_width / s.shoulders
    s.wear(
        [
            (-wide * 1.5 * x, -0.36),
            (-wide * 1.4 * x, 0.1),
            (-0.5, 0.24),
            (0.0, 0.52),
            (0.5, 0.26),
            (wide * 1.6 * x, 0.1),
            (wide * 1.3 * x, -0.3),
        ]
    )
    s.wear(
        [
            (-wide * 1.5 * x, -0.3),
            (-wide * 1.4 * x, 0.12),
            (-0.1, 0.3),
            (wide * 0.4 * x, 0.02),
            (wide * 1.3 * x, -0.12),
            (wide * 1.3 * x, -0.3),
        ],
        s.skin.shade,
    )


def _rounded(points: Path) -> Path:
    """The torso's outline with its upper corners rounded off, its foot left square."""
    return [*smooth(points[:4], closed=False, steps=6), points[4], points[5], *smooth(points[6:], closed=False, steps=6)]


def dress(s: Sitter) -> None:
    """The garment that the look names."""
    GARMENTS[s.look.clothing.style](s)


def _torso(s: Sitter, lift: float = 0.8) -> None:
    s.sheet(s.coat.body, lift)
    s.easel.cut(_rounded(s.body(TORSO)))
    s.wear([TORSO[1], TORSO[2], TORSO[3], TORSO[4], (-0.62, 1.2), (-0.66, 0.7), (-0.52, 0.44)], s.coat.shade)
    glance = mix(s.coat.body, s.coat.lit, 0.4)
    s.wear(
        [(0.34, 0.185), (0.6, 0.29), (0.84, 0.38), (0.965, 0.56), (1.0, 0.76), (0.9, 0.6), (0.74, 0.44), (0.5, 0.32)],
        glance,
        curved=True,
    )
    s.seam([(0.72, 0.6), (0.7, 0.8), (0.74, 1.1)], 0.018, s.coat.shade)


def _coat(s: Sitter) -> None:
    _under(s)
    _torso(s)
    _opening(s, 0.9)
    _lapels(s, 1.0)
    _collar(s, 0.02)
    _buttons(s, ((0.16, 0.86), (0.17, 1.0)))


def _under(s: Sitter) -> None:
    s.sheet(s.lining.body, 0.4)
    s.wear([(-0.42, 0.1), (-0.5, 0.5), (-0.2, 1.2), (0.3, 1.2), (0.5, 0.5), (0.4, 0.1), (0.06, 0.3)])


def _opening(s: Sitter, depth: float) -> None:
    s.easel.hole(s.body([(-0.3, 0.1), (0.08, depth), (0.3, 0.1)]))
    s.seam([(0.08, depth), (0.09, 1.2)], 0.014, s.coat.shade)


def _lapels(s: Sitter, length: float) -> None:
    s.sheet(mix(s.coat.body, s.coat.lit, 0.45), 0.7)
    s.wear(
        [(-0.34, 0.1), (-0.5, 0.3), (-0.46, 0.52), (-0.34, 0.5), (0.08, 0.9 * length), (-0.22, 0.34)],
        mix(s.coat.body, s.coat.shade, 0.35),
    )
    s.wear([(0.3, 0.1), (0.46, 0.3), (0.42, 0.52), (0.32, 0.5), (0.08, 0.9 * length), (0.2, 0.34)])


def _collar(s: Sitter, rise: float) -> None:
    s.sheet(mix(s.coat.body, s.coat.lit, 0.25), 0.8)
    s.wear([(-0.38, -rise), (-0.5, 0.08), (-0.54, 0.32), (-0.36, 0.4), (-0.26, 0.16)], mix(s.coat.body, s.coat.shade, 0.5))
    s.wear([(0.36, -rise * 0.7), (0.46, 0.1), (0.5, 0.32), (0.34, 0.4), (0.26, 0.18)])


def _buttons(s: Sitter, places: tuple[tuple[float, float], ...]) -> None:
    s.sheet(s.coat.shade, 0.3)
    for u, v in places:
        r = 0.026
        s.wear([(u - r, v), (u, v - r * 1.1), (u + r, v), (u, v + r * 1.1)], mix(s.coat.lit, s.paper, 0.2), curved=True)


def _oilskin(s: Sitter) -> None:
    _under(s)
    _torso(s)
    _opening(s, 0.5)
    s.sheet(mix(s.coat.body, s.coat.lit, 0.3), 0.8)
    s.wear([(0.02, 0.44), (0.2, 0.36), (0.24, 1.2), (0.0, 1.2)])
    _buttons(s, ((0.12, 0.58), (0.12, 0.78), (0.12, 0.98)))
    _collar(s, 0.05)


def _jumper(s: Sitter) -> None:
    _torso(s)
    for row in range(5):
        v = 0.5 + row * 0.12
        for column in range(-6, 7):
            u = column * 0.13 + (0.065 if row % 2 else 0)
            s.seam(
                [(u - 0.045, v), (u, v + 0.045), (u + 0.045, v)],
                0.014,
                s.coat.shade if u < -0.2 else mix(s.coat.body, s.coat.shade, 0.5),
            )
    _roll(s, 0.02, 0.3)


def _roll(s: Sitter, top: float, bottom: float) -> None:
    s.sheet(mix(s.coat.body, s.coat.lit, 0.2), 0.8)
    s.wear(
        [
            (-0.34, top - 0.06),
            (-0.42, bottom - 0.06),
            (-0.1, bottom + 0.08),
            (0.2, bottom + 0.07),
            (0.4, bottom - 0.06),
            (0.33, top - 0.05),
            (0.05, top + 0.12),
        ],
        curved=True,
    )
    s.wear([(-0.34, top - 0.06), (-0.42, bottom - 0.06), (-0.16, bottom + 0.07), (-0.14, top + 0.06)], s.coat.shade, curved=True)
    for u in (-0.26, -0.13, 0.0, 0.13, 0.26):
        s.seam([(u, top + 0.08 - abs(u) * 0.2), (u * 1.15, bottom + 0.04 - abs(u) * 0.16)], 0.01, s.coat.shade)


def _rollneck(s: Sitter) -> None:
    _torso(s)
    _roll(s, -0.06, 0.24)
    s.seam([(-0.3, 0.6), (0.1, 0.72), (0.6, 0.62)], 0.012, s.coat.shade)


def _shirt(s: Sitter) -> None:
    _torso(s)
    _opening(s, 0.46)
    s.sheet(mix(s.coat.body, s.coat.lit, 0.5), 0.7)
    s.wear([(-0.3, 0.02), (-0.4, 0.24), (-0.18, 0.46), (0.06, 0.36), (-0.1, 0.22)], mix(s.coat.body, s.coat.shade, 0.2))
    s.wear([(0.28, 0.04), (0.38, 0.26), (0.22, 0.46), (0.06, 0.36), (0.16, 0.22)])
    _buttons(s, ((0.09, 0.6), (0.09, 0.78), (0.1, 0.96)))


def _suit(s: Sitter) -> None:
    _under(s)
    s.sheet(s.accent.body, 0.4)
    s.wear([(0.0, 0.34), (0.12, 0.34), (0.1, 0.44), (0.18, 1.0), (0.08, 1.2), (-0.02, 1.0), (0.03, 0.44)])
    s.sheet(s.lining.lit, 0.5)
    s.wear([(-0.28, 0.06), (-0.34, 0.26), (-0.12, 0.46), (0.05, 0.34)], s.lining.body)
    s.wear([(0.26, 0.08), (0.34, 0.28), (0.2, 0.46), (0.07, 0.34)])
    _torso(s)
    s.easel.hole(s.body([(-0.3, 0.1), (0.08, 1.0), (0.3, 0.1)]))
    _lapels(s, 1.1)


def _hoodie(s: Sitter) -> None:
    s.sheet(s.coat.shade, 0.8)
    s.wear([(-0.5, -0.3), (-0.66, 0.05), (-0.5, 0.4), (0.0, 0.5), (0.5, 0.4), (0.6, 0.1), (0.46, -0.16), (0.0, 0.1)], curved=True)
    _under(s)
    _torso(s)
    _opening(s, 0.6)
    s.sheet(mix(s.coat.body, s.coat.lit, 0.25), 0.8)
    s.wear(
        [(-0.46, -0.06), (-0.62, 0.2), (-0.4, 0.46), (0.06, 0.66), (-0.2, 0.36), (-0.32, 0.14)],
        mix(s.coat.body, s.coat.shade, 0.35),
        curved=True,
    )
    s.wear([(0.44, -0.02), (0.56, 0.22), (0.38, 0.46), (0.08, 0.66), (0.22, 0.36), (0.3, 0.16)], curved=True)
    for u in (-0.12, 0.24):
        s.seam([(u, 0.5), (u + 0.02, 0.7), (u, 0.9)], 0.022, s.lining.lit)


def _shawl(s: Sitter) -> None:
    _torso(s)
    s.sheet(s.lining.body, 0.9)
    s.wear(
        [(-0.32, -0.08), (-0.8, 0.3), (-1.1, 0.62), (-0.9, 0.9), (0.1, 1.2), (0.3, 1.1), (0.0, 0.66), (-0.16, 0.3)],
        mix(s.lining.body, s.lining.shade, 0.45),
        curved=False,
    )
    s.sheet(s.lining.body, 0.9)
    s.wear([(0.3, -0.06), (0.74, 0.3), (1.06, 0.64), (0.84, 0.94), (0.0, 1.24), (-0.26, 1.12), (0.06, 0.66), (0.2, 0.3)])
    for step in range(5):
        v = 0.4 + step * 0.14
        s.seam([(0.3 + 0.1 * step, 0.28 + step * 0.07), (0.1 + 0.05 * step, v + 0.16)], 0.012, s.lining.shade)


def _uniform(s: Sitter) -> None:
    _torso(s)
    s.seam([(0.08, 0.3), (0.1, 1.2)], 0.02, s.coat.shade)
    s.sheet(mix(s.coat.body, s.coat.lit, 0.3), 0.7)
    s.wear([(-0.34, -0.02), (-0.38, 0.22), (0.06, 0.36), (0.36, 0.22), (0.32, 0.0), (0.06, 0.16)])
    s.wear([(0.6, 0.29), (0.82, 0.37), (0.78, 0.42), (0.58, 0.34)], s.lining.body)
    s.wear([(-0.62, 0.28), (-0.86, 0.36), (-0.84, 0.42), (-0.6, 0.34)], s.lining.shade)
    s.sheet(s.lining.lit, 0.3)
    for v in (0.5, 0.68, 0.86, 1.04):
        for u in (-0.08, 0.26):
            r = 0.03
            s.wear([(u - r, v), (u, v - r), (u + r, v), (u, v + r)], s.lining.lit, curved=True)


def _dress(s: Sitter) -> None:
    s.sheet(s.coat.body, 0.8)
    s.wear(
        [
            (-0.5, 0.22),
            (-0.84, 0.34),
            (-1.0, 0.56),
            (-1.06, 1.2),
            (1.04, 1.2),
            (0.96, 0.56),
            (0.8, 0.35),
            (0.48, 0.23),
            (0.3, 0.42),
            (0.04, 0.5),
            (-0.26, 0.42),
        ]
    )
    s.wear([(-0.6, 0.27), (-0.84, 0.34), (-1.0, 0.56), (-1.06, 1.2), (-0.6, 1.2), (-0.62, 0.7)], s.coat.shade)
    s.seam([(-0.5, 0.22), (-0.26, 0.42), (0.04, 0.5), (0.3, 0.42), (0.48, 0.23)], 0.03, s.lining.body)


GARMENTS: Mapping[str, Callable[[Sitter], None]] = {
    "coat": _coat,
    "oilskin": _oilskin,
    "jumper": _jumper,
    "shirt": _shirt,
    "suit": _suit,
    "hoodie": _hoodie,
    "shawl": _shawl,
    "rollneck": _rollneck,
    "uniform": _uniform,
    "dress": _dress,
}
