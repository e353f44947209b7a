"""`python -m game.stage.paint OUT_DIR [PACK_DIR]`: paint contact sheets, to be looked at.

Without a pack, every silhouette, every sky with its weather, and one face in every expression; with one, its places
and its cast.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pygame

from game.packs.look import EXPRESSIONS, INDOORS, SHAPES, SKIES, WEATHERS, CastLook, Palette, PlaceLook
from game.stage.paint import paint_bust, paint_place

CELL = (480, 270)
FURNISHED = frozenset({
    "window", "windows", "arches", "door", "stairs", "lamp_room", "shelves", "table", "chairs", "hearth", "bed",
    "curtains", "rafters", "pictures", "hanging_lamps", "ropes", "plants", "corridor", "office", "screens", "servers",
    "whiteboard", "soundstage", "machinery",
})  # fmt: skip


def sheet(pictures: Sequence[pygame.Surface], columns: int, out: Path) -> None:
    """Save the pictures, which are all of one size, side by side."""
    width, height = pictures[0].get_size()
    whole = pygame.Surface((columns * width, -(-len(pictures) // columns) * height), 0, 32)
    whole.fill((96, 112, 124))
    for index, picture in enumerate(pictures):
        whole.blit(picture, (index % columns * width, index // columns * height))
    pygame.image.save(whole, str(out))


def specimens() -> list[PlaceLook]:
    """One place for every silhouette, then one for every sky, going through the weathers."""
    looks = [PlaceLook.model_validate({"sky": "plaster" if shape in FURNISHED else "dusk", "middle": shape}) for shape in SHAPES]
    for index, sky in enumerate(SKIES):
        band = {"middle": "table"} if sky in INDOORS else {"far": "sea", "middle": "hills"}
        looks.append(PlaceLook.model_validate({"sky": sky, "weather": WEATHERS[index % len(WEATHERS)], **band}))
    return looks


def main(arguments: Sequence[str]) -> int:
    """Paint the sheets into the folder named first."""
    if not arguments:
        print(__doc__)
        return 2
    out = Path(arguments[0])
    out.mkdir(parents=True, exist_ok=True)
    palette, places, cast = Palette(), specimens(), [CastLook()]
    if len(arguments) > 1:
        palette, places, cast = _pack(Path(arguments[1]))
    sheet([paint_place(palette, look, CELL, 7) for look in places], 4, out / "places.png")
    faces = [paint_bust(palette, look, mood, 420, 7) for look in cast for mood in EXPRESSIONS]
    sheet(faces, 5, out / "faces.png")
    return 0


def _pack(folder: Path) -> tuple[Palette, list[PlaceLook], list[CastLook]]:
    """A pack's own palette, places and cast, from the `look` table of each."""
    palette = Palette.model_validate(_toml(folder / "pack.toml").get("palette", {}))
    places = [PlaceLook.model_validate(look) for look in _looks(folder / "places.toml")]
    cast = [CastLook.model_validate(look) for look in _looks(folder / "cast.toml")]
    return palette, places, cast


def _toml(path: Path) -> dict[str, object]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _looks(path: Path) -> list[object]:
    return [entry["look"] for entry in _toml(path).values() if isinstance(entry, dict) and "look" in entry]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
