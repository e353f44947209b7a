"""Type: which face and size each kind of text has, how it breaks into lines, and lines rendered once.

Owns measuring and line breaking. Text breaks greedily, so when it grows at its end only its last line can change.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pygame

from game.packs.files import TypeFile
from game.stage.foundry import PLAIN, Face, Foundry
from game.stage.theme import RGB


@dataclass(frozen=True, slots=True)
class Style:
    """A kind of text: `size` and `leading` (line to line) in logical units; `grows`: what share of the player's text size it
    takes on, all of it for what is read, half of it for what stands around that, none for large type."""

    face: Face
    size: float
    leading: float
    grows: float = 0.0


STYLES: Final[Mapping[str, Style]] = {
    "masthead": Style("display", 92, 92),
    "motto": Style("display_italic", 24, 30),
    "chapter": Style("display", 50, 54),
    "heading": Style("display", 42, 50),
    "subheading": Style("display_italic", 25, 32),
    "menu": Style("display", 29, 36),
    "card": Style("display", 27, 31),
    "plate": Style("display", 26, 30),
    "numeral": Style("display", 26, 30, grows=1.0),
    "body": Style("text", 26, 36, grows=1.0),
    "pause": Style("text_italic", 24, 34, grows=1.0),
    "choice": Style("text_medium", 21, 27, grows=1.0),
    "read": Style("text", 21, 29, grows=1.0),
    "hand": Style("display_italic", 22, 29, grows=1.0),
    "speaker": Style("display", 22, 29, grows=1.0),
    "label": Style("text_medium", 20, 26, grows=0.5),
    "field": Style("text", 20, 26, grows=0.5),
    "note": Style("text", 18, 24, grows=0.5),
    "small": Style("text", 16, 21, grows=0.5),
    "small_bold": Style("text_bold", 16, 21, grows=0.5),
    "aside": Style("text_italic", 18, 24, grows=0.5),
    "tab": Style("text_medium", 17, 22),
}

LINES = 5 * 2**20
"""Bytes of rendered lines kept, at one pixel a unit."""
LAYOUTS = 400
"""Broken texts kept."""


class Type:
    """All text at one scale (pixels a logical unit), in a pack's families."""

    def __init__(self, foundry: Foundry, families: TypeFile, scale: float, text_size: int, plain: bool) -> None:
        self._foundry = foundry
        self._families = (PLAIN, PLAIN) if plain else (families.display, families.text)
        self.scale = scale
        self._growth = text_size / 100
        self._fonts: dict[str, pygame.Font] = {}
        self._lines: OrderedDict[tuple[str, str, RGB], pygame.Surface] = OrderedDict()
        self._bytes = 0
        self._layouts: OrderedDict[tuple[str, str, int], tuple[str, ...]] = OrderedDict()

    def leading(self, style: str) -> float:
        """From one line to the next, in logical units."""
        kind = STYLES[style]
        return kind.leading * self._grown(kind)

    def _grown(self, kind: Style) -> float:
        """How much larger it is than at 100 %."""
        return 1.0 + (self._growth - 1.0) * kind.grows

    def drop(self, style: str) -> float:
        """How far below the top of its line a rendered line is set, in logical units, so that all faces share a base line."""
        font = self.font(style)
        base = self.leading(style) * self.scale / 2 + 0.33 * font.point_size
        return (base - font.get_ascent()) / self.scale

    def width(self, text: str, style: str) -> float:
        """In logical units."""
        return self.font(style).size(text)[0] / self.scale

    def height(self, text: str, style: str, width: float) -> float:
        """Of the text broken to `width`, in logical units."""
        return len(self.broken(text, style, width)) * self.leading(style)

    def broken(self, text: str, style: str, width: float) -> tuple[str, ...]:
        """The text's lines; each keeps the space at its end, so that joined they are the text again (less its line feeds)."""
        key = (text, style, round(width * self.scale))
        found = self._layouts.get(key)
        if found is None:
            font = self.font(style)
            found = tuple(line for part in text.split("\n") for line in _greedy(part, font, key[2]))
            self._layouts[key] = found
            if len(self._layouts) > LAYOUTS:
                self._layouts.popitem(last=False)
        return found

    def clipped(self, text: str, style: str, width: float, lines: int) -> tuple[str, ...]:
        """At most so many lines; the last ends in an ellipsis when there would be more."""
        found = self.broken(text, style, width)
        if len(found) <= lines:
            return found
        last = found[lines - 1].rstrip()
        while last and self.width(last + "…", style) > width:
            last = last[:-1].rstrip()
        return (*found[: lines - 1], last + "…")

    def line(self, text: str, style: str, colour: RGB) -> pygame.Surface:
        """One line, rendered; again only when it has not been asked for lately."""
        key = (text, style, colour)
        found = self._lines.get(key)
        if found is None:
            found = self._lines[key] = self.font(style).render(text, True, colour)
            self._bytes += _weight(found)
            while self._bytes > LINES * self.scale**2 and len(self._lines) > 1:
                self._bytes -= _weight(self._lines.popitem(last=False)[1])
        else:
            self._lines.move_to_end(key)
        return found

    def font(self, style: str) -> pygame.Font:
        if style not in self._fonts:
            kind = STYLES[style]
            family = self._families[0 if kind.face.startswith("display") else 1]
            size = kind.size * self.scale * self._grown(kind)
            self._fonts[style] = self._foundry.cast(family, kind.face, max(8, round(size)))
        return self._fonts[style]


def _weight(surface: pygame.Surface) -> int:
    return surface.get_width() * surface.get_height() * 4


def _greedy(text: str, font: pygame.Font, width: int) -> list[str]:
    """Lines no wider than `width` pixels; a word that is wider stands alone, cut where it must be."""
    lines: list[str] = []
    line = ""
    for word in _words(text):
        if line and font.size((line + word).rstrip())[0] > width:
            lines.append(line)
            line = ""
        *cuts, rest = _pieces(word, font, width)
        lines += cuts
        line += rest
    return [*lines, line]


def _pieces(word: str, font: pygame.Font, width: int) -> list[str]:
    """A word that is too long for a line, in pieces; any other is one piece."""
    pieces = []
    while len(word) > 1 and font.size(word.rstrip())[0] > width:
        cut = _fitting(word, font, width)
        pieces.append(word[:cut])
        word = word[cut:]
    return [*pieces, word]


def _words(text: str) -> list[str]:
    """The words, each with the space after it."""
    parts = text.split(" ")
    return [*(part + " " for part in parts[:-1]), parts[-1]]


def _fitting(word: str, font: pygame.Font, width: int) -> int:
    """How many characters of a long word fit; at least one."""
    return next((n for n in range(len(word) - 1, 1, -1) if font.size(word[:n])[0] <= width), 1)
