"""Expressions as numbers: what the brows, lids, gaze and mouth do in each mood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mood:
    """One expression. Heights are in head measures, up is positive; `lid` 0 is shut and 1 wide open; `tilt` in turns.

    `smirk` lifts the mouth's near corner alone; `cock` raises the near brow alone; `squint` raises the lower lids.
    """

    inner: float = 0.0
    outer: float = 0.0
    lid: float = 0.7
    gaze: tuple[float, float] = (0.1, 0.0)
    corner: float = 0.0
    width: float = 1.0
    open: float = 0.0
    tilt: float = 0.0
    squint: float = 0.0
    smirk: float = 0.0
    cock: float = 0.0
    crease: float = 0.0


MOODS: Mapping[str, Mood] = {
    "neutral": Mood(),
    "warm": Mood(inner=0.03, outer=0.02, lid=0.62, corner=0.062, width=1.16, squint=0.4, tilt=0.006),
    "amused": Mood(outer=0.03, lid=0.56, corner=0.03, width=1.12, squint=0.35, smirk=0.07, cock=0.09, gaze=(0.25, 0), tilt=0.012),
    "wary": Mood(
        inner=-0.06, outer=-0.01, lid=0.46, gaze=(-0.75, 0.0), corner=-0.025, width=0.9, crease=0.5, cock=0.05, tilt=-0.008
    ),
    "afraid": Mood(inner=0.15, outer=0.02, lid=1.0, gaze=(0.0, -0.05), corner=-0.05, width=0.86, open=0.42, tilt=-0.012),
    "angry": Mood(
        inner=-0.13,
        outer=0.07,
        lid=0.54,
        gaze=(0.2, 0.05),
        corner=-0.055,
        width=1.0,
        open=0.12,
        squint=0.35,
        crease=1.0,
        tilt=0.008,
    ),
    "sad": Mood(inner=0.13, outer=-0.07, lid=0.44, gaze=(0.0, 0.5), corner=-0.06, width=0.9, tilt=0.016),
    "tired": Mood(inner=0.02, outer=-0.05, lid=0.3, gaze=(0.0, 0.35), corner=-0.035, width=0.95, tilt=0.014),
    "startled": Mood(inner=0.13, outer=0.13, lid=1.08, gaze=(0.1, 0.0), width=0.68, open=0.62, tilt=-0.014),
    "resolute": Mood(inner=-0.075, outer=0.03, lid=0.62, gaze=(0.3, -0.1), corner=-0.01, width=1.06, crease=0.4, tilt=-0.01),
}
