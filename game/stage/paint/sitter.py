"""Who is being portrayed: proportions, colours, and the way from head and body measures to the easel's units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from game.packs.look import CastLook, Palette
from game.stage.paint.colour import RGB, mix, rgb, value
from game.stage.paint.easel import Easel
from game.stage.paint.line import Path, Point, smooth, turned
from game.stage.paint.mood import Mood

SKINS: Mapping[str, str] = {
    "porcelain": "#ecd2c2",
    "fair": "#e2b99d",
    "rosy": "#dba58f",
    "olive": "#c59a72",
    "tan": "#b07f58",
    "brown": "#8a5a3e",
    "deep": "#5c3a2b",
}
SHOULDERS: Mapping[str, float] = {"slight": 0.3, "average": 0.345, "broad": 0.4, "stout": 0.395}
ASPECT = 0.92


@dataclass(frozen=True, slots=True)
class Cloth:
    """One material in three papers: as it is, turned to the light, turned away."""

    body: RGB
    lit: RGB
    shade: RGB


def cloth(colour: RGB, light: RGB, ink: RGB) -> Cloth:
    """The three papers of a colour under a light; dark colours are lifted so that their folds still show."""
    lift = 0.1 if value(colour) < 0.18 else 0.0
    body = mix(colour, light, lift)
    return Cloth(body, mix(body, light, 0.24), mix(body, ink, 0.36))


@dataclass(slots=True)
class Sitter:
    """One portrait in the making. Head measures run -1..1 from ear to nose side and from crown to chin."""

    easel: Easel
    look: CastLook
    mood: Mood
    skin: Cloth
    hair: Cloth
    coat: Cloth
    lining: Cloth
    accent: Cloth
    ink: RGB
    paper: RGB
    centre: Point
    half_width: float
    half_height: float
    shoulders: float
    turn: float

    def head(self, points: Sequence[Point]) -> Path:
        """Head measures as units, tilted as the mood tilts the head about the neck."""
        x, y = self.centre
        flat = [(x + self.turn * u * self.half_width, y + v * self.half_height) for u, v in points]
        return turned(flat, x, y + self.half_height * 1.1, self.mood.tilt * self.turn)

    def body(self, points: Sequence[Point]) -> Path:
        """Body measures: u in half shoulder widths from the middle, v from the chin (0) to the lower edge (1)."""
        x, chin = self.centre[0], self.centre[1] + self.half_height
        return [(x + self.turn * u * self.shoulders, chin + v * (1.0 - chin)) for u, v in points]

    def sheet(self, colour: RGB, lift: float = 0.6) -> None:
        """Take a new sheet."""
        self.easel.sheet(colour, lift)

    def face(self, points: Sequence[Point], colour: RGB | None = None, curved: bool = True, steps: int = 8) -> None:
        """Cut a shape in head measures."""
        path = self.head(points)
        self.easel.cut(smooth(path, steps=steps) if curved else path, colour)

    def lock(self, points: Sequence[Point], start: float, end: float, colour: RGB | None = None) -> None:
        """A tapering strip in head measures; widths are shares of the half width."""
        path = smooth(self.head(points), closed=False, steps=8)
        self.easel.stroke(path, start * self.half_width, end * self.half_width, colour)

    def wear(self, points: Sequence[Point], colour: RGB | None = None, curved: bool = False) -> None:
        """Cut a shape in body measures."""
        path = self.body(points)
        self.easel.cut(smooth(path) if curved else path, colour)

    def seam(self, points: Sequence[Point], width: float, colour: RGB | None = None) -> None:
        """A strip in body measures; the width is a share of the half shoulders."""
        path = smooth(self.body(points), closed=False, steps=8)
        self.easel.stroke(path, width * self.shoulders, None, colour)


def seat(easel: Easel, palette: Palette, look: CastLook, mood: Mood) -> Sitter:
    """Measure a cast member: colours under the palette's light, proportions by age, build and face."""
    light, ink, paper = mix(rgb(palette.paper), rgb(palette.glow), 0.45), rgb(palette.ink), rgb(palette.paper)
    skin = rgb(SKINS.get(look.skin, look.skin))
    warm_ink = mix(mix(ink, skin, 0.3), (90, 40, 45), 0.3)
    coat = rgb(look.clothing.colour)
    lining = rgb(look.clothing.lining) if look.clothing.lining else mix(coat, paper, 0.55)
    child = look.age == "child"
    width, height = {"oval": (1.0, 1.0), "round": (1.07, 0.97), "long": (0.94, 1.05), "square": (1.04, 1.0)}[look.face]
    half_height = (0.162 if child else 0.184) * height
    return Sitter(
        easel, look, mood, cloth(skin, light, warm_ink), cloth(rgb(look.hair.colour), light, ink),
        cloth(coat, light, ink), cloth(lining, light, ink), cloth(rgb(palette.accent), light, ink), ink, paper,
        centre=(ASPECT / 2, 0.5 if child else 0.36),
        half_width=(0.146 if child else 0.144) * width,
        half_height=half_height,
        shoulders=SHOULDERS[look.build] * (0.68 if child else 1.0),
        turn=1.0 if look.facing == "right" else -1.0,
    )  # fmt: skip
