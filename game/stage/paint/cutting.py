"""What a silhouette is given: its inks, its dice, where it stands and how large, and the easel to cut on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from game.stage.paint.colour import RGB, Inks, mix
from game.stage.paint.dice import Dice
from game.stage.paint.easel import Easel
from game.stage.paint.line import Point, ridge


@dataclass(frozen=True, slots=True)
class Glow:
    """A light that a silhouette sheds: where, how far, how strongly (0..1), and, for a beam, towards where."""

    x: float
    y: float
    radius: float
    strength: float = 0.6
    beam: tuple[Point, Point] | None = None


@dataclass(slots=True)
class Cutting:
    """One silhouette in the making. `x` is its middle, `base` the ground it stands on, `scale` its size."""

    easel: Easel
    inks: Inks
    dice: Dice
    band: str
    x: float
    base: float
    scale: float
    indoors: bool
    key: Point
    placed: bool
    glows: list[Glow] = field(default_factory=list)

    @property
    def left(self) -> float:
        """A little beyond the left edge of what can be seen."""
        return -0.12

    @property
    def right(self) -> float:
        """A little beyond the right edge of what can be seen."""
        return self.easel.aspect + 0.12

    @property
    def side(self) -> float:
        """Where the key light is from here: 1 to the right, -1 to the left."""
        return 1.0 if self.key[0] >= self.x else -1.0

    def sheet(self, colour: RGB | None = None, lift: float = 1.0) -> None:
        """Take a new sheet, of the body's colour if none is given."""
        self.easel.sheet(colour or self.inks.body, lift)

    def at(self, points: Sequence[Point]) -> list[Point]:
        """Points about the foot of the silhouette, in its own scale (y up is negative)."""
        return [(self.x + x * self.scale, self.base + y * self.scale) for x, y in points]

    def cut(self, points: Sequence[Point], colour: RGB | None = None) -> None:
        """A shape given about the foot of the silhouette."""
        self.easel.cut(self.at(points), colour)

    def bar(self, left: float, top: float, right: float, bottom: float, colour: RGB | None = None) -> None:
        """An upright rectangle about the foot of the silhouette."""
        self.cut([(left, top), (right, top), (right, bottom), (left, bottom)], colour)

    def disc(self, x: float, y: float, radius: float, colour: RGB | None = None) -> None:
        """A circle about the foot of the silhouette."""
        ((px, py),) = self.at([(x, y)])
        self.easel.disc(px, py, radius * self.scale, colour)

    def stroke(self, points: Sequence[Point], start: float, end: float | None = None, colour: RGB | None = None) -> None:
        """A strip about the foot of the silhouette."""
        last = start if end is None else end
        self.easel.stroke(self.at(points), start * self.scale, last * self.scale, colour)

    def shine(self, x: float, y: float, radius: float, strength: float = 0.6) -> None:
        """Let the silhouette shed light from a point about its foot."""
        ((px, py),) = self.at([(x, y)])
        self.glows.append(Glow(px, py, radius * self.scale, strength))

    def ground(self, half: float, rise: float = 0.05) -> None:
        """A rise of earth or rock for the silhouette to stand on; nothing in a room, which has a floor."""
        if self.indoors:
            return
        crest = ridge(self.dice.fork("ground"), -half, half, 0.02, rise, 0.75)
        hump = [(x, y * (0.3 + abs(x) / half) + (abs(x) / half) ** 1.7 * (0.03 + half * 0.3)) for x, y in crest[::2]]
        left, right = hump[0], hump[-1]
        skirt = half * 1.1
        self.cut(
            [
                (-half - 2.6 * skirt, 1.4),
                (-half - 1.7 * skirt, left[1] + 0.26),
                (-half - 0.5 * skirt, left[1] + 0.12),
                *hump,
                (half + 0.6 * skirt, right[1] + 0.1),
                (half + 1.9 * skirt, right[1] + 0.27),
                (half + 2.8 * skirt, 1.4),
            ]
        )
        self._facets(hump)

    def _facets(self, hump: Sequence[Point]) -> None:
        """A few planes of the rise turned to the light or away from it."""
        for index in range(2, len(hump) - 3, 4):
            (ax, ay), (bx, by) = hump[index], hump[index + 3]
            away = (ax + bx) * self.side < 0
            drop = self.dice.between(0.04, 0.13)
            lean = (ax + bx) * 0.12
            colour = mix(self.inks.shade, self.inks.deep, 0.4) if away else mix(self.inks.shade, self.inks.lit, 0.6)
            self.cut([(ax, ay + 0.006), (bx, by + 0.006), (bx + lean * 0.6, by + drop * 0.7), (ax + lean, ay + drop)], colour)
