"""What is put on last: hats, scarves, glasses, and the things that people carry about their heads and necks."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from game.stage.paint.colour import mix
from game.stage.paint.face import EYE_LINE, FAR_EYE, NEAR_EYE
from game.stage.paint.line import arc
from game.stage.paint.sitter import Sitter


def adorn(s: Sitter) -> None:
    """Everything that the look lists, from the neck up, so that a hat lies over what it covers."""
    for name, draw in WORN.items():
        if name in s.look.accessory:
            draw(s)


def _scarf(s: Sitter) -> None:
    s.sheet(s.accent.body, 1.0)
    s.wear(
        [(-0.4, -0.08), (-0.54, 0.14), (-0.42, 0.34), (0.0, 0.46), (0.4, 0.36), (0.52, 0.16), (0.4, -0.02), (0.04, 0.14)],
        curved=True,
    )
    s.wear([(-0.4, -0.08), (-0.54, 0.14), (-0.42, 0.34), (-0.14, 0.43), (-0.2, 0.14)], s.accent.shade, curved=True)
    s.seam([(-0.3, 0.1), (0.05, 0.3), (0.42, 0.14)], 0.014, s.accent.shade)
    s.sheet(mix(s.accent.body, s.accent.lit, 0.4), 0.7)
    s.wear([(0.16, 0.36), (0.38, 0.32), (0.46, 0.94), (0.2, 1.0)])


def _lanyard(s: Sitter) -> None:
    s.sheet(s.accent.body, 0.3)
    s.seam([(-0.3, 0.2), (-0.1, 0.6), (0.08, 0.9)], 0.03)
    s.seam([(0.3, 0.2), (0.2, 0.6), (0.1, 0.9)], 0.03)
    s.sheet(mix(s.paper, s.ink, 0.06), 0.6)
    s.wear([(-0.02, 0.88), (0.22, 0.88), (0.22, 1.2), (-0.02, 1.2)])


def _earrings(s: Sitter) -> None:
    s.sheet(mix(s.accent.lit, s.paper, 0.3), 0.3)
    s.face([(-0.83, 0.32), (-0.77, 0.4), (-0.83, 0.5), (-0.89, 0.4)])


def _spectacles(s: Sitter, height: float, round_: bool) -> None:
    frame = mix(s.ink, s.accent.body, 0.12)
    s.sheet(frame, 0.35)
    for x, w in ((NEAR_EYE, 0.3), (FAR_EYE, 0.22)):
        ring = arc(x, EYE_LINE + 0.03, w, height, 0, 1, 28)
        if not round_:
            ring = [
                (x - w, EYE_LINE - 0.1),
                (x + w, EYE_LINE - 0.1),
                (x + w * 0.9, EYE_LINE + height),
                (x - w * 0.9, EYE_LINE + height),
                (x - w, EYE_LINE - 0.1),
            ]
        s.easel.stroke(s.head(ring), 0.04 * s.half_width)
    s.lock([(NEAR_EYE + 0.29, EYE_LINE - 0.01), (0.26, EYE_LINE - 0.05), (FAR_EYE - 0.21, EYE_LINE - 0.01)], 0.035, 0.035)
    s.lock([(NEAR_EYE - 0.29, EYE_LINE - 0.02), (-0.8, EYE_LINE - 0.04)], 0.04, 0.03)


def _headset(s: Sitter) -> None:
    s.sheet(mix(s.ink, s.coat.lit, 0.15), 0.6)
    s.lock([(-0.86, -0.1), (-0.96, -0.7), (-0.5, -1.18), (0.0, -1.24)], 0.1, 0.09)
    s.face([(-0.72, -0.16), (-0.96, -0.22), (-1.04, 0.08), (-0.94, 0.32), (-0.7, 0.26)])
    s.lock([(-0.86, 0.26), (-0.5, 0.62), (-0.06, 0.7)], 0.035, 0.03)
    s.face([(-0.1, 0.66), (0.02, 0.66), (0.02, 0.76), (-0.1, 0.76)])


def _cap(s: Sitter) -> None:
    s.sheet(s.accent.body, 0.7)
    s.face([(0.7, -0.56), (0.6, -0.96), (0.14, -1.26), (-0.5, -1.24), (-0.96, -0.9), (-1.06, -0.46), (-0.5, -0.5), (0.2, -0.6)])
    s.face([(-0.96, -0.9), (-1.06, -0.46), (-0.5, -0.5), (-0.46, -0.9), (-0.56, -1.18)], s.accent.shade)
    s.sheet(s.accent.shade, 0.8)
    s.face([(-0.02, -0.6), (0.66, -0.68), (1.1, -0.5), (1.18, -0.4), (0.7, -0.44), (0.1, -0.48)])


def _peaked_cap(s: Sitter) -> None:
    s.sheet(s.coat.body, 0.7)
    s.face([(0.74, -0.72), (0.96, -1.0), (0.5, -1.34), (-0.3, -1.42), (-1.06, -1.2), (-1.2, -0.86), (-1.0, -0.62), (0.0, -0.74)])
    s.face([(-1.2, -0.86), (-1.0, -0.62), (-0.3, -0.7), (-0.4, -1.1), (-1.06, -1.2)], s.coat.shade)
    s.sheet(mix(s.coat.shade, s.ink, 0.4), 0.5)
    s.face([(-1.0, -0.68), (-1.02, -0.44), (-0.2, -0.52), (0.72, -0.56), (0.76, -0.76), (0.0, -0.76)], curved=False)
    s.sheet(mix(s.ink, s.coat.body, 0.2), 0.8)
    s.face([(-0.1, -0.56), (0.7, -0.62), (1.0, -0.44), (0.98, -0.36), (0.6, -0.42), (0.06, -0.44)])
    s.sheet(s.lining.lit, 0.2)
    s.face([(0.36, -0.62), (0.44, -0.72), (0.52, -0.63), (0.44, -0.54)])


def _souwester(s: Sitter) -> None:
    s.sheet(s.coat.shade, 0.9)
    s.face([(-0.6, -0.56), (-1.2, -0.2), (-1.46, 0.3), (-1.2, 0.36), (-0.84, 0.1), (-0.5, -0.3)])
    s.sheet(s.coat.body, 0.8)
    s.face([(0.76, -0.6), (0.6, -1.08), (0.1, -1.36), (-0.5, -1.32), (-0.98, -0.96), (-1.1, -0.4), (-0.4, -0.5), (0.3, -0.62)])
    s.face([(-0.98, -0.96), (-1.1, -0.4), (-0.5, -0.48), (-0.46, -0.9), (-0.54, -1.28)], s.coat.shade)
    s.lock([(0.1, -1.34), (0.16, -0.98), (0.1, -0.6)], 0.02, 0.03, s.coat.shade)
    s.sheet(mix(s.coat.body, s.coat.lit, 0.35), 0.9)
    s.face(
        [
            (-1.1, -0.48),
            (-0.4, -0.62),
            (0.4, -0.72),
            (1.06, -0.62),
            (1.2, -0.44),
            (0.7, -0.5),
            (0.1, -0.46),
            (-0.6, -0.32),
            (-1.24, 0.0),
            (-1.3, -0.16),
        ]
    )


def _hat(s: Sitter) -> None:
    s.sheet(s.coat.body, 0.7)
    s.face([(0.68, -0.66), (0.62, -1.3), (0.3, -1.44), (0.0, -1.36), (-0.4, -1.46), (-0.84, -1.24), (-0.96, -0.6)])
    s.face([(-0.96, -0.6), (-0.84, -1.24), (-0.4, -1.46), (-0.46, -0.7)], s.coat.shade)
    s.sheet(mix(s.ink, s.accent.body, 0.5), 0.2)
    s.face([(-0.97, -0.86), (0.0, -0.92), (0.68, -0.9), (0.7, -0.68), (0.0, -0.68), (-0.98, -0.6)], curved=False)
    s.sheet(mix(s.coat.body, s.coat.lit, 0.2), 1.0)
    s.face(
        [
            (-1.46, -0.58),
            (-0.9, -0.72),
            (0.0, -0.76),
            (0.9, -0.76),
            (1.36, -0.66),
            (1.0, -0.52),
            (0.2, -0.48),
            (-0.8, -0.46),
            (-1.4, -0.42),
        ]
    )


def _headscarf(s: Sitter) -> None:
    s.sheet(s.accent.shade, 0.6)
    s.face([(-0.6, 0.4), (-1.1, 0.66), (-1.4, 1.06), (-1.06, 1.12), (-0.7, 0.84)])
    s.sheet(s.accent.body, 0.7)
    s.face(
        [
            (0.7, -0.62),
            (0.62, -0.94),
            (0.24, -1.2),
            (-0.3, -1.26),
            (-0.84, -1.02),
            (-1.14, -0.5),
            (-1.12, 0.1),
            (-0.9, 0.62),
            (-0.66, 0.6),
            (-0.7, 0.1),
            (-0.58, -0.36),
            (-0.1, -0.64),
            (0.4, -0.7),
        ]
    )
    s.face([(-0.84, -1.02), (-1.14, -0.5), (-1.12, 0.1), (-0.9, 0.62), (-0.8, 0.1), (-0.8, -0.5)], s.accent.shade)
    for x in (-0.5, -0.1, 0.26):
        s.lock([(x, -1.16 + abs(x) * 0.1), (x - 0.12, -0.9), (x - 0.3, -0.66)], 0.012, 0.024, s.accent.lit)


def _beanie(s: Sitter) -> None:
    s.sheet(s.accent.body, 0.7)
    s.face([(0.72, -0.66), (0.64, -1.06), (0.2, -1.36), (-0.4, -1.36), (-0.92, -1.02), (-1.06, -0.5), (0.0, -0.66)])
    s.face([(-0.92, -1.02), (-1.06, -0.5), (-0.5, -0.6), (-0.46, -1.3)], s.accent.shade)
    s.sheet(mix(s.accent.body, s.accent.lit, 0.3), 0.6)
    s.face([(-1.12, -0.66), (-0.4, -0.82), (0.4, -0.88), (0.8, -0.82), (0.82, -0.56), (0.2, -0.58), (-0.4, -0.52), (-1.1, -0.32)])
    for x in (-0.8, -0.5, -0.2, 0.1, 0.4, 0.64):
        s.lock([(x, -0.78 - 0.06 * x), (x + 0.02, -0.56 - 0.08 * x)], 0.02, 0.02, s.accent.shade)


WORN: Mapping[str, Callable[[Sitter], None]] = {
    "scarf": _scarf,
    "lanyard": _lanyard,
    "earrings": _earrings,
    "glasses": lambda s: _spectacles(s, 0.13, False),
    "round_glasses": lambda s: _spectacles(s, 0.19, True),
    "headset": _headset,
    "cap": _cap,
    "peaked_cap": _peaked_cap,
    "souwester": _souwester,
    "hat": _hat,
    "headscarf": _headscarf,
    "beanie": _beanie,
}
