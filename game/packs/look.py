"""What an author writes about looks: a pack's palette, a place's layers, a cast member's portrait.

Owns the vocabularies and their checks. Knows no pixels: the painter in `game.stage.paint` reads these.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from game.packs.shorter import bare, one_for_many

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

    sky_top: Annotated[Colour, Field(description="The sky at its top.")] = "#1b2a41"
    sky_low: Annotated[Colour, Field(description="The sky at the horizon.")] = "#8fa3ad"
    far: Annotated[Colour, Field(description="The farthest paper, palest in most packs.")] = "#6f8791"
    middle: Annotated[Colour, Field(description="The paper between.")] = "#3f5866"
    near: Annotated[Colour, Field(description="The nearest paper, darkest in most packs.")] = "#16222e"
    ink: Annotated[Colour, Field(description="What is written.")] = "#0d141c"
    paper: Annotated[Colour, Field(description="What it is written on.")] = "#efe6d2"
    accent: Annotated[Colour, Field(description="The one colour that stands out; it is used sparingly.")] = "#c8553d"
    glow: Annotated[Colour, Field(description="What lamps and windows shed.")] = "#ffd58a"


class Silhouette(Look):
    """One cut-out shape. In TOML either its name alone or a table.

    `at` is across the place (0 left edge, 1 right edge); without it the shape's own composed position holds.
    `size` 1 is the shape's natural size in its band. `seed` varies the shape.
    """

    shape: Annotated[Shape, Field(description="What is cut out.")]
    at: float | None = Field(default=None, ge=-0.2, le=1.2, description="Where it stands: 0 is the left edge, 1 the right.")
    size: float = Field(default=1.0, gt=0.1, le=4.0, description="How large it is; 1 is its natural size.")
    seed: int = Field(default=0, ge=0, le=9999, description="Another number gives another one of its kind.")


class Light(Look):
    """The key light. In TOML either its kind alone or a table; `at` and `height` run 0..1 (height 0 is the top)."""

    kind: Annotated[LightKind, Field(description="What sheds the light.")] = "sun"
    at: float | None = Field(default=None, ge=-0.2, le=1.2, description="Where it is: 0 is the left edge, 1 the right.")
    height: float | None = Field(default=None, ge=-0.2, le=1.2, description="How high it is: 0 is the top, 1 the bottom.")
    strength: float = Field(default=1.0, ge=0.0, le=2.0, description="How bright it is; 0 is not at all.")


Band = Annotated[tuple[Annotated[Silhouette, bare("shape")], ...], one_for_many(), Field(max_length=6)]


class PlaceLook(Look):
    """How a place looks: layered paper, back to front. Every key may be left out."""

    sky: Annotated[Sky, Field(description="The sky, or the back wall of a room.")] = "overcast"
    far: Annotated[Band, Field(description="The shapes farthest away.")] = ()
    middle: Annotated[Band, Field(description="The shapes between.")] = ()
    near: Annotated[Band, Field(description="The shapes nearest.")] = ()
    weather: Annotated[Weather, Field(description="What falls or drifts.")] = "clear"
    light: Annotated[Light, bare("kind"), Field(description="What lights it.")] = Light()
    grain: float = Field(default=0.5, ge=0.0, le=1.0, description="How rough the paper is.")

    @property
    def indoors(self) -> bool:
        """Whether the backdrop is the wall of a room."""
        return self.sky in INDOORS


class Hair(Look):
    """Hair; in TOML either its style alone or a table."""

    style: Annotated[HairStyle, Field(description="How it is worn.")] = "cropped"
    colour: Annotated[Colour, Field(description="Its colour.")] = "#4a3428"


class Clothing(Look):
    """What is worn; in TOML either its style alone or a table. `lining` is the second colour (shirt, lining, trim)."""

    style: Annotated[Garment, Field(description="What is worn.")] = "coat"
    colour: Annotated[Colour, Field(description="Its colour.")] = "#34495a"
    lining: Annotated[Colour | None, Field(description="The second colour: shirt, lining, trim.")] = None


class CastLook(Look):
    """How a cast member looks, for the bust that is painted in every expression the engine knows."""

    build: Annotated[Build, Field(description="How they are built.")] = "average"
    age: Annotated[Age, Field(description="How old they look.")] = "adult"
    face: Annotated[Face, Field(description="The shape of the face.")] = "oval"
    skin: Annotated[Skin | Colour, Field(description="A tone by name, or a colour.")] = "fair"
    hair: Annotated[Hair, bare("style"), Field(description="Their hair: a style, or a table with its colour.")] = Hair()
    beard: Annotated[Beard, Field(description="What grows on the face.")] = "none"
    clothing: Annotated[Clothing, bare("style"), Field(description="Clothes: a style, or a table with colours.")] = Clothing()
    accessory: Annotated[
        tuple[Accessory, ...], one_for_many(), Field(max_length=4, description="What else they wear, four at most.")
    ] = ()
    facing: Annotated[Facing, Field(description="Which way they look.")] = "right"
