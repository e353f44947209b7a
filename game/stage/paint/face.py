"""The face: planes of skin, nose, eyes, brows, mouth, and what age writes on it. Restrained: few cuts, each a shape."""

from __future__ import annotations

from collections.abc import Mapping

from game.stage.paint.colour import RGB, mix
from game.stage.paint.line import Path, Point, smooth
from game.stage.paint.sitter import Sitter

JAWS: Mapping[str, tuple[Point, ...]] = {
    "oval": ((0.8, 0.2), (0.7, 0.52), (0.48, 0.88), (0.24, 1.02), (0.0, 0.97), (-0.42, 0.7), (-0.72, 0.36)),
    "round": ((0.84, 0.2), (0.8, 0.54), (0.56, 0.88), (0.24, 1.0), (-0.04, 0.98), (-0.5, 0.76), (-0.8, 0.4)),
    "long": ((0.78, 0.2), (0.67, 0.55), (0.46, 0.92), (0.24, 1.03), (0.04, 1.0), (-0.38, 0.74), (-0.7, 0.38)),
    "square": ((0.82, 0.2), (0.76, 0.56), (0.56, 0.92), (0.3, 1.02), (-0.02, 1.0), (-0.5, 0.78), (-0.78, 0.42)),
}
MIDDLE = 0.25
NEAR_EYE, FAR_EYE, EYE_LINE = -0.13, 0.55, -0.02


def skull(s: Sitter) -> None:
    """The head itself, an ear, and the plane that is turned away from the light."""
    s.sheet(s.skin.body, 0.9)
    outline = [
        (0.74, -0.42),
        (0.79, -0.16),
        *JAWS[s.look.face],
        (-0.88, 0.0),
        (-0.96, -0.45),
        (-0.62, -0.92),
        (0.0, -1.04),
        (0.5, -0.84),
    ]
    s.face(outline, steps=10)
    soft = mix(s.skin.body, s.skin.shade, 0.62)
    s.face(
        [
            (-0.96, -0.5),
            (-0.6, -0.6),
            (-0.5, -0.2),
            (-0.42, 0.1),
            (-0.52, 0.34),
            (-0.26, 0.6),
            (0.02, 0.97),
            (-0.42, 0.69),
            (-0.72, 0.36),
            (-0.88, 0.0),
        ],
        soft,
    )
    s.face([(0.28, -0.62), (0.58, -0.5), (0.64, -0.3), (0.42, -0.26), (0.2, -0.36)], mix(s.skin.body, s.skin.lit, 0.55))
    _ear(s)
    _cheek(s)


def _ear(s: Sitter) -> None:
    s.sheet(mix(s.skin.body, s.skin.shade, 0.35), 0.3)
    s.face([(-0.72, -0.1), (-0.86, -0.17), (-0.98, -0.08), (-0.95, 0.12), (-0.82, 0.3), (-0.72, 0.26)])
    s.face([(-0.77, -0.02), (-0.88, -0.06), (-0.9, 0.06), (-0.8, 0.2)], s.skin.shade)


def _cheek(s: Sitter) -> None:
    blush = mix(s.skin.body, (190, 84, 72), 0.1)
    s.sheet(blush, 0.0)
    rise = -0.05 * s.mood.squint
    s.face([(-0.3, 0.24 + rise), (-0.1, 0.2 + rise), (0.06, 0.28 + rise), (-0.06, 0.42 + rise), (-0.28, 0.4 + rise)], blush)
    s.face([(0.56, 0.24 + rise), (0.7, 0.2 + rise), (0.72, 0.34 + rise), (0.58, 0.42 + rise)], blush)


def features(s: Sitter) -> None:
    """Nose, eyes, brows and mouth, as the mood moves them; then the lines of age."""
    _nose(s)
    for centre, width, near in ((NEAR_EYE, 0.21, True), (FAR_EYE, 0.165, False)):
        _eye(s, centre, width, near)
    _mouth(s)
    if s.look.age in ("adult", "old"):
        _lines(s, 1.0 if s.look.age == "old" else 0.45)
    for accessory in ("freckles", "scar"):
        if accessory in s.look.accessory:
            _marks(s, accessory)


def _nose(s: Sitter) -> None:
    s.sheet(s.skin.shade, 0.0)
    size = 0.8 if s.look.age == "child" else 1.0
    tip, foot = MIDDLE + 0.235 * size, 0.3 + 0.07 * size
    side = mix(s.skin.body, s.skin.shade, 0.7)
    s.face(
        [
            (MIDDLE - 0.07, -0.08),
            (MIDDLE + 0.015, -0.1),
            (MIDDLE + 0.07, 0.1),
            (tip - 0.07, foot - 0.05),
            (tip - 0.1, foot + 0.03),
            (MIDDLE - 0.06, foot + 0.035),
            (MIDDLE - 0.1, foot - 0.04),
            (MIDDLE - 0.03, 0.1),
        ],
        side,
        steps=5,
    )
    s.face(
        [
            (MIDDLE + 0.05, -0.04),
            (MIDDLE + 0.095, -0.04),
            (tip, foot - 0.08),
            (tip - 0.01, foot - 0.01),
            (tip - 0.08, foot - 0.03),
        ],
        mix(s.skin.body, s.skin.lit, 0.9),
        steps=5,
    )
    s.face(
        [
            (MIDDLE - 0.05, foot + 0.025),
            (MIDDLE + 0.02, foot - 0.005),
            (MIDDLE + 0.07, foot + 0.03),
            (tip - 0.04, foot + 0.01),
            (MIDDLE + 0.1, foot + 0.06),
        ],
        mix(s.skin.shade, s.ink, 0.3),
        steps=5,
    )


def _eye(s: Sitter, x: float, width: float, near: bool) -> None:
    mood = s.mood
    size = 1.16 if s.look.age == "child" else 1.0
    w, y = width * size, EYE_LINE
    up, down = 0.135 * mood.lid * size, 0.062 * (1 - 0.75 * mood.squint) * size
    inner, outer = (x + w, x - w) if near else (x - w, x + w)
    lash = mix(s.ink, s.hair.shade, 0.2)
    s.sheet(mix(s.skin.body, s.skin.shade, 0.55), 0.0)
    s.face([(outer, y - 0.02), (x, y - 0.17), (inner, y - 0.07), (inner, y + 0.05), (x, y + 0.1), (outer, y + 0.05)], steps=6)
    upper = [
        (outer, y - 0.012),
        (x - w * 0.42 * (1 if near else -1), y - up * 0.9),
        (x + w * 0.25 * (1 if near else -1), y - up),
        (inner, y + 0.03),
    ]
    lower = [(x + w * 0.35 * (1 if near else -1), y + down), (x - w * 0.35 * (1 if near else -1), y + down * 0.95)]
    almond = smooth(s.head([*upper, *lower]), steps=6)
    s.easel.cut(almond, mix(mix(s.paper, s.skin.body, 0.25), s.ink, 0.06))
    _iris(s, x, w, y, up, down)
    _lids(s, upper, lower, inner, outer, lash, y, up)
    _brow(s, x, w, inner, outer, near)


def _iris(s: Sitter, x: float, w: float, y: float, up: float, down: float) -> None:
    """The iris, cut off by the lids: a disc squeezed into what is open."""
    gx, gy = s.mood.gaze
    cx = x + gx * w * 0.42
    radius = 0.086 * (1.1 if s.look.age == "child" else 1.0)
    top, bottom = max(-up * 0.97, -radius * 1.3 + gy * 0.05), min(down * 0.92, radius * 1.15 + gy * 0.05)
    mid, half = (top + bottom) / 2 + y, (bottom - top) / 2
    wide = radius * s.half_height / s.half_width
    ring: Path = [(cx - wide, mid), (cx - wide * 0.72, mid - half * 0.8), (cx, mid - half), (cx + wide * 0.72, mid - half * 0.8)]
    ring += [(cx + wide, mid), (cx + wide * 0.72, mid + half * 0.8), (cx, mid + half), (cx - wide * 0.72, mid + half * 0.8)]
    s.face(ring, mix(s.ink, s.hair.body, 0.18), steps=5)
    sx, sy, r = cx + wide * 0.34, mid - half * 0.34, 0.019
    s.face([(sx - r, sy), (sx, sy - r), (sx + r, sy), (sx, sy + r)], mix(s.paper, s.skin.lit, 0.2), steps=3)


def _lids(s: Sitter, upper: Path, lower: Path, inner: float, outer: float, lash: RGB, y: float, up: float) -> None:
    flick = (outer + (outer - inner) * 0.045, y - 0.024)
    s.lock([(inner, y + 0.035), *reversed(upper[1:3]), upper[0]], 0.03, 0.058, lash)
    s.lock([upper[0], flick], 0.045, 0.014, lash)
    crease = mix(s.skin.shade, s.ink, 0.25)
    fold = min(0.05, 0.02 + 0.05 * (1 - s.mood.lid))
    s.lock(
        [(inner, y - 0.03), (upper[2][0], upper[2][1] - fold), (upper[1][0], upper[1][1] - fold), (outer, y - 0.07)],
        0.012,
        0.018,
        crease,
    )
    s.lock([(outer, y + 0.02), lower[1], lower[0]], 0.02, 0.01, crease)


def _brow(s: Sitter, x: float, w: float, inner: float, outer: float, near: bool) -> None:
    mood = s.mood
    base = -0.25 if s.look.age != "child" else -0.27
    raised = mood.cock if near else 0.0
    start = (inner + (0.03 if near else -0.03) * (1 + mood.crease), base - mood.inner + 0.015)
    middle = ((inner + outer) / 2, base - 0.045 - (mood.inner * 0.35 + mood.outer * 0.65) - raised)
    end = (outer + (outer - inner) * 0.12, base + 0.03 - mood.outer - raised * 0.7)
    thick = {"child": 0.055, "young": 0.07, "adult": 0.082, "old": 0.088}[s.look.age]
    s.lock([start, middle, end], thick * 1.15, thick * 0.25, mix(s.hair.shade, s.ink, 0.35))


def _mouth(s: Sitter) -> None:
    mood, y = s.mood, 0.63
    half = 0.215 * mood.width
    near = (MIDDLE - half, y - mood.corner - mood.smirk)
    far = (MIDDLE + half * 0.82, y - mood.corner)
    gap = mood.open * 0.17
    centre = MIDDLE + 0.03
    red = mix(s.skin.body, (150, 62, 60), 0.4 if s.look.age != "old" else 0.28)
    line = mix(s.skin.shade, s.ink, 0.62)
    s.sheet(red, 0.0)
    bow = y - 0.058 - mood.corner * 0.2
    s.face(
        [near, (centre - 0.1, bow), (centre, bow + 0.016), (centre + 0.08, bow), far, (centre, y + 0.012)],
        mix(red, s.ink, 0.14),
        curved=False,
    )
    s.face(
        [
            near,
            (centre - 0.1, y + 0.02 + gap),
            (centre, y + 0.024 + gap),
            (centre + 0.1, y + 0.02 + gap),
            far,
            (centre + 0.1, y + 0.075 + gap),
            (centre - 0.06, y + 0.08 + gap),
        ],
        mix(red, s.skin.lit, 0.25),
        steps=6,
    )
    if gap:
        top, low = y - 0.02, y + 0.028 + gap
        hollow = [near, (centre - 0.12, top + 0.004), (centre - 0.02, top), (centre + 0.1, top + 0.004), far]
        hollow += [(centre + 0.13, y + gap * 0.7), (centre + 0.05, low), (centre - 0.07, low), (centre - 0.15, y + gap * 0.7)]
        s.face(hollow, mix(s.ink, (90, 20, 24), 0.35), steps=6)
        teeth = [
            (centre - 0.1, top + 0.012),
            (centre + 0.09, top + 0.012),
            (centre + 0.07, top + 0.012 + gap * 0.22),
            (centre - 0.08, top + 0.012 + gap * 0.22),
        ]
        s.face(teeth, mix(s.paper, s.ink, 0.25), curved=False)
    dip = y + 0.012 + mood.corner * 0.22
    if not gap:
        sag = (dip - y) * 0.75
        bend = [(near[0] * 0.55 + centre * 0.45, near[1] * 0.38 + (y + sag) * 0.62), (centre, dip)]
        bend.append((far[0] * 0.55 + centre * 0.45, far[1] * 0.38 + (y + sag) * 0.62))
        s.lock([near, *bend, far], 0.026, 0.022, line)
    s.lock([(near[0] - 0.02, near[1] - 0.012 - mood.corner * 0.25), near, (near[0] + 0.03, near[1] + 0.006)], 0.014, 0.032, line)
    s.face(
        [(centre - 0.09, y + 0.135 + gap), (centre + 0.08, y + 0.13 + gap), (centre + 0.02, y + 0.165 + gap)],
        mix(s.skin.body, s.skin.shade, 0.5),
        steps=5,
    )


def _lines(s: Sitter, depth: float) -> None:
    crease = mix(s.skin.body, s.skin.shade, 0.35 + 0.45 * depth)
    s.sheet(crease, 0.0)
    smile = 0.05 * max(0.0, s.mood.corner * 10)
    s.lock([(MIDDLE - 0.15, 0.36), (MIDDLE - 0.3 - smile, 0.5), (MIDDLE - 0.31 - smile, 0.62)], 0.03 * depth, 0.008)
    if depth == 1.0 or s.mood.crease:
        s.lock([(MIDDLE - 0.04, -0.24), (MIDDLE - 0.02, -0.13)], 0.022, 0.012)
    if depth < 1.0:
        return
    for y in (-0.46, -0.55):
        s.lock([(-0.2, y + 0.02), (0.15, y - 0.02 - s.mood.inner * 0.1), (0.55, y + 0.02)], 0.012, 0.016)
    s.lock([(-0.28, 0.13), (-0.12, 0.17), (0.02, 0.13)], 0.014, 0.008)
    for y in (-0.05, 0.0, 0.05):
        s.lock([(-0.38, y), (-0.48, y * 1.8 - 0.01)], 0.016, 0.006)
    s.lock([(0.62, 0.4), (0.66, 0.56)], 0.02, 0.008)


def _marks(s: Sitter, kind: str) -> None:
    s.sheet(mix(s.skin.body, s.skin.shade, 0.75), 0.0)
    if kind == "scar":
        s.lock([(-0.36, 0.02), (-0.26, 0.2), (-0.28, 0.42)], 0.018, 0.03, mix(s.skin.lit, s.skin.shade, 0.3))
        return
    for x, y in (
        (-0.26, 0.22),
        (-0.16, 0.28),
        (-0.06, 0.2),
        (0.04, 0.27),
        (0.16, 0.2),
        (0.3, 0.18),
        (0.56, 0.22),
        (0.63, 0.28),
        (-0.2, 0.15),
        (0.5, 0.3),
    ):
        r = 0.014
        s.face([(x - r, y), (x, y - r), (x + r, y), (x, y + r)], curved=False)
