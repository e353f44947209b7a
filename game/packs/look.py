"""What an author writes about looks: a pack's palette, a place's layers, a cast member's portrait.

Owns the vocabularies and their checks. Knows no pixels: the painter in `game.stage.paint` reads these.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

HEX: Final = r"^#[0-9a-fA-F]{6}$"
Colour = Annotated[str, StringConstraints(pattern=HEX)]

Sky = Literal[
    "dawn", "day", "overcast", "dusk", "night", "storm",  # out of doors
    "plaster", "panelling", "stone", "planks", "concrete", "glass", "city_glass", "dark",  # the back wall of a room
]  # fmt: skip
INDOORS: Final[frozenset[str]] = frozenset({"plaster", "panelling", "stone", "planks", "concrete", "glass", "city_glass", "dark"})

Shape = Literal[
    # coast
    "sea", "cliffs", "rocks", "island", "dunes", "lighthouse", "jetty", "boat", "boathouse", "gulls", "reeds",
    # land
    "hills", "mountains", "pines", "bare_trees", "fence", "graves", "path", "grass",
    # buildings
    "cottage", "chapel", "town", "skyline", "glass_tower", "streetlamps", "rooftop", "billboard",
    # people
    "crowd", "figure",
    # rooms
    "window", "windows", "arches", "door", "stairs", "lamp_room", "shelves", "table", "chairs", "hearth", "bed",
    "curtains", "rafters", "pictures", "hanging_lamps", "ropes", "plants", "corridor",
    # works and offices
    "office", "screens", "servers", "whiteboard", "soundstage", "machinery",
]  # fmt: skip

Weather = Literal["clear", "mist", "fog", "rain", "snow", "storm", "dust", "embers", "smoke"]
LightKind = Literal["sun", "low_sun", "moon", "lamp", "window", "fire", "beam", "neon", "screens", "dim"]

Expression = Literal["neutral", "warm", "amused", "wary", "afraid", "angry", "sad", "tired", "startled", "resolute"]
EXPRESSIONS: Final[tuple[str, ...]] = get_args(Expression)
SHAPES: Final[tuple[str, ...]] = get_args(Shape)
WEATHERS: Final[tuple[str, ...]] = get_args(Weather)
SKIES: Final[tuple[str, ...]] = get_args(Sky)
LIGHTS: Final[tuple[str, ...]] = get_args(LightKind)

Build = Literal["slight", "average", "broad", "stout"]
Age = Literal["child", "young", "adult", "old"]
Face = Literal["oval", "round", "long", "square"]
Skin = Literal["porcelain", "fair", "rosy", "olive", "tan", "brown", "deep"]
HairStyle = Literal["bald", "cropped", "swept", "tousled", "bob", "long", "bun", "braid", "curls", "wisps", "undercut"]
Beard = Literal["none", "stubble", "moustache", "short", "full"]
Garment = Literal["coat", "oilskin", "jumper", "shirt", "suit", "hoodie", "shawl", "rollneck", "uniform", "dress"]
Accessory = Literal[
    "glasses", "round_glasses", "cap", "peaked_cap", "souwester", "hat", "headscarf", "beanie",
    "earrings", "scarf", "headset", "lanyard", "freckles", "scar",
]  # fmt: skip
Facing = Literal["left", "right"]


class Look(BaseModel):
    """What every model here shares: frozen, and no key that we do not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Palette(Look):
    """A pack's colours (`[palette]` in pack.toml), each `#rrggbb`.

    `far`, `middle` and `near` are the papers of the three bands of a landscape, pale to dark in most packs;
    `glow` is what light sources shed; `accent` is the one colour that stands out, used sparingly.
    """

    sky_top: Colour = "#1b2a41"
    sky_low: Colour = "#8fa3ad"
    far: Colour = "#6f8791"
    middle: Colour = "#3f5866"
    near: Colour = "#16222e"
    ink: Colour = "#0d141c"
    paper: Colour = "#efe6d2"
    accent: Colour = "#c8553d"
    glow: Colour = "#ffd58a"


class Silhouette(Look):
    """One cut-out shape. In TOML either its name alone or a table.

    `at` is across the place (0 left edge, 1 right edge); without it the shape's own composed position holds.
    `size` 1 is the shape's natural size in its band. `seed` varies the shape.
    """

    shape: Shape
    at: float | None = Field(default=None, ge=-0.2, le=1.2)
    size: float = Field(default=1.0, gt=0.1, le=4.0)
    seed: int = Field(default=0, ge=0, le=9999)


class Light(Look):
    """The key light. In TOML either its kind alone or a table; `at` and `height` run 0..1 (height 0 is the top)."""

    kind: LightKind = "sun"
    at: float | None = Field(default=None, ge=-0.2, le=1.2)
    height: float | None = Field(default=None, ge=-0.2, le=1.2)
    strength: float = Field(default=1.0, ge=0.0, le=2.0)


def _named(key: str) -> BeforeValidator:
    """Lets an author write a bare name where a table is meant."""

    def widen(value: object) -> object:
        return {key: value} if isinstance(value, str) else value

    return BeforeValidator(widen)


def _listed(value: object) -> object:
    """Lets an author write one silhouette where a list is meant."""
    return [value] if isinstance(value, str | dict | Silhouette) else value


Band = Annotated[tuple[Annotated[Silhouette, _named("shape")], ...], BeforeValidator(_listed), Field(max_length=6)]


class PlaceLook(Look):
    """How a place looks: layered paper, back to front. Every key may be left out."""

    sky: Sky = "overcast"
    far: Band = ()
    middle: Band = ()
    near: Band = ()
    weather: Weather = "clear"
    light: Annotated[Light, _named("kind")] = Light()
    grain: float = Field(default=0.5, ge=0.0, le=1.0)

    @property
    def indoors(self) -> bool:
        """Whether the backdrop is the wall of a room."""
        return self.sky in INDOORS


class Hair(Look):
    """Hair; in TOML either its style alone or a table."""

    style: HairStyle = "cropped"
    colour: Colour = "#4a3428"


class Clothing(Look):
    """What is worn; in TOML either its style alone or a table. `lining` is the second colour (shirt, lining, trim)."""

    style: Garment = "coat"
    colour: Colour = "#34495a"
    lining: Colour | None = None


class CastLook(Look):
    """How a cast member looks, for the bust that is painted in every expression the engine knows."""

    build: Build = "average"
    age: Age = "adult"
    face: Face = "oval"
    skin: Skin | Colour = "fair"
    hair: Annotated[Hair, _named("style")] = Hair()
    beard: Beard = "none"
    clothing: Annotated[Clothing, _named("style")] = Clothing()
    accessory: Annotated[tuple[Accessory, ...], BeforeValidator(_listed), Field(max_length=4)] = ()
    facing: Facing = "right"
