"""The fonts: their files are read ahead of time, on another thread, so that the drawing thread never opens one."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Final, Literal

import fontpkg
import pygame

Face = Literal["display", "display_italic", "text", "text_medium", "text_bold", "text_italic"]

HOUSE_DISPLAY: Final = "EB Garamond"
HOUSE_TEXT: Final = "Alegreya Sans"
PLAIN: Final = "Atkinson Hyperlegible"

CUTS: Final[Mapping[Face, tuple[int, str]]] = {
    "display": (400, "normal"),
    "display_italic": (400, "italic"),
    "text": (400, "normal"),
    "text_medium": (500, "normal"),
    "text_bold": (700, "normal"),
    "text_italic": (400, "italic"),
}
"""Weight and style of each face."""


class Foundry:
    """Font files by family, in memory."""

    def __init__(self) -> None:
        self._files: dict[str, dict[Face, bytes]] = {}
        self._seen = 0

    def has(self, family: str) -> bool:
        return family in self._files

    def arrived(self) -> bool:
        """Whether families have come since this was asked last."""
        before, self._seen = self._seen, len(self._files)
        return before != self._seen

    def read(self, *families: str) -> None:
        """Read the files of these families; one that is not installed is passed over. May be called on any thread."""
        for family in families:
            if family not in self._files:
                try:
                    files = {face: fontpkg.path(family, weight, style, True) for face, (weight, style) in CUTS.items()}
                    known = {path: path.read_bytes() for path in set(files.values())}
                except (fontpkg.FontpkgError, OSError):
                    continue
                self._files[family] = {face: known[path] for face, path in files.items()}

    def cast(self, family: str, face: Face, size: int) -> pygame.Font:
        """A font of `size` pixels; of the house's own family while the one asked for is not here."""
        house = HOUSE_DISPLAY if face.startswith("display") else HOUSE_TEXT
        files = self._files.get(family) or self._files.get(house)
        return pygame.Font(BytesIO(files[face]) if files else None, size)
