"""What looks are painted with: sheets, text and pictures in logical units, set down at the window's own pixels.

So that everything is crisp at every size, nothing is enlarged afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pygame

from game.stage.box import HEIGHT, WIDTH, Box
from game.stage.paper import Cut, Drawer, margin
from game.stage.theme import RGB, Theme, contrast
from game.stage.type import Type
from game.stage.widgets import Widget

Align = Literal["left", "middle", "right"]


@dataclass(frozen=True, slots=True)
class Fit:
    """How the logical stage lies in the window: pixels a unit, and where its corner is. The rest of the window is backdrop."""

    scale: float
    left: int
    top: int

    @classmethod
    def of(cls, size: tuple[int, int]) -> Fit:
        scale = max(0.25, min(size[0] / WIDTH, size[1] / HEIGHT))
        return cls(scale, round((size[0] - WIDTH * scale) / 2), round((size[1] - HEIGHT * scale) / 2))

    def to_stage(self, x: float, y: float) -> tuple[float, float]:
        """From pixels of the window to logical units."""
        return (x - self.left) / self.scale, (y - self.top) / self.scale

    def pixels(self, box: Box) -> pygame.Rect:
        """The box in pixels; boxes that touch, touch there too."""
        left, top = round(box.x * self.scale), round(box.y * self.scale)
        right, bottom = round(box.right * self.scale), round(box.bottom * self.scale)
        return pygame.Rect(left + self.left, top + self.top, right - left, bottom - top)


class Canvas:
    """One frame's painting. `focus` is the key of the focused widget."""

    def __init__(self, surface: pygame.Surface, fit: Fit, theme: Theme, text: Type, sheets: Drawer, focus: str | None) -> None:
        self.surface = surface
        self.fit = fit
        self.theme = theme
        self.type = text
        self.focus = focus
        self._sheets = sheets

    def paint(self, widget: Widget) -> None:
        """The widget, then its children over it."""
        if widget.look:
            widget.look(self, widget)
        for child in widget.children:
            self.paint(child)

    def focused(self, widget: Widget) -> bool:
        return self.focus == widget.id

    def sheet(self, box: Box, colour: RGB, lift: float = 6, edge: str = "cut", seed: int = 0, alpha: float = 1.0) -> None:
        """A sheet of paper; `lift` is how far it lies above what is beneath, `alpha` 0 to 1 how solid it is."""
        where = self.fit.pixels(box)
        if where.w < 2 or where.h < 2 or alpha <= 0.01:
            return
        plain = "ruled" if self.theme.plain else edge
        depth = 0 if self.theme.plain else round(lift * self.fit.scale)
        cut = Cut(where.size, colour, depth, plain, seed, self.fit.scale)
        edge_width = margin(depth)
        found = _faded(self._sheets.take(cut), alpha)
        self.surface.blit(found, (where.x - edge_width, where.y - edge_width), special_flags=pygame.BLEND_PREMULTIPLIED)
        if self.theme.plain:
            self.outline(box, max((self.theme.ink, self.theme.pale), key=lambda edge: contrast(edge, colour)))

    def below(self, y: float) -> Box:
        """All of the window from `y` down and a little beyond it, whatever the window's shape."""
        left, _ = self.fit.to_stage(0, 0)
        right, bottom = self.fit.to_stage(*self.surface.get_size())
        return Box(left - 30, y, right - left + 60, bottom - y + 40)

    def bar(self, box: Box, colour: RGB) -> None:
        """A plain rectangle, for rules and marks."""
        self.surface.fill(colour, self.fit.pixels(box))

    def shade(self, box: Box, alpha: float) -> None:
        """Darken what is there; what it is made of stays to be seen."""
        keep = round(255 * (1 - alpha))
        self.surface.fill((keep, keep, keep), self.fit.pixels(box), special_flags=pygame.BLEND_RGB_MULT)

    def outline(self, box: Box, colour: RGB, width: float = 2) -> None:
        pygame.draw.rect(self.surface, colour, self.fit.pixels(box), max(1, round(width * self.fit.scale)))

    def words(
        self,
        text: str,
        style: str,
        x: float,
        y: float,
        colour: RGB,
        align: Align = "left",
        alpha: float = 1.0,
        shade: bool = False,
    ) -> float:
        """One line of text; `y` is its top, `x` its left, middle or right. Gives its width. `shade`: with a dark hem."""
        if not text or alpha <= 0.01:
            return 0.0
        if shade:
            off = max(1, round(1.5 * self.fit.scale)) / self.fit.scale
            self.words(text, style, x, y + off, self.theme.night, align, alpha * 0.75)
        line = self.type.line(text, style, colour)
        left = round(x * self.fit.scale) - {"left": 0, "middle": line.get_width() // 2, "right": line.get_width()}[align]
        line.set_alpha(255 if alpha > 0.99 else round(alpha * 255))
        self.surface.blit(line, (left + self.fit.left, round((y + self.type.drop(style)) * self.fit.scale) + self.fit.top))
        return line.get_width() / self.fit.scale

    def block(
        self,
        lines: Sequence[str],
        style: str,
        box: Box,
        colour: RGB,
        align: Align = "left",
        alpha: float = 1.0,
        shade: bool = False,
    ) -> None:
        """Lines under one another from the box's top."""
        x = {"left": box.x, "middle": box.middle[0], "right": box.right}[align]
        for n, line in enumerate(lines):
            self.words(line.rstrip(), style, x, box.y + n * self.type.leading(style), colour, align, alpha, shade)

    def written(self, lines: Sequence[str], shown: int, style: str, box: Box, colour: RGB) -> None:
        """The first `shown` characters of the lines. The line being written is rendered whole and uncovered from its left."""
        for n, line in enumerate(lines):
            if shown <= 0:
                return
            y = box.y + n * self.type.leading(style)
            if shown >= len(line.rstrip()):
                self.words(line.rstrip(), style, box.x, y, colour)
            else:
                self._part(line.rstrip(), shown, style, box.x, y, colour)
            shown -= len(line)

    def _part(self, line: str, shown: int, style: str, x: float, y: float, colour: RGB) -> None:
        whole = self.type.line(line, style, colour)
        whole.set_alpha(255)
        width = self.type.font(style).size(line[:shown])[0]
        top = round((y + self.type.drop(style)) * self.fit.scale) + self.fit.top
        spot = (round(x * self.fit.scale) + self.fit.left, top)
        self.surface.blit(whole, spot, (0, 0, width, whole.get_height()))

    def picture(self, surface: pygame.Surface, x: float, y: float, alpha: float = 1.0) -> None:
        """A picture at its own size in pixels, its corner at (x, y). Its own alpha is premultiplied: such blits are quick."""
        if alpha <= 0.01:
            return
        spot = (round(x * self.fit.scale) + self.fit.left, round(y * self.fit.scale) + self.fit.top)
        self.surface.blit(_faded(surface, alpha), spot, special_flags=pygame.BLEND_PREMULTIPLIED)

    def dusk(self, alpha: float) -> None:
        """Darken the left half of the window, less and less to the right, so that words can stand there."""
        size = self.surface.get_size()
        self.surface.blit(self._sheets.dusk(size, self.theme.night, round(alpha * 255)), (0, 0))

    def veil(self, alpha: float) -> None:
        """Darken the whole window; 1 leaves only the colour of night."""
        night = self.theme.night
        keep = round(255 * (1 - alpha))
        self.surface.fill((keep, keep, keep), special_flags=pygame.BLEND_RGB_MULT)
        added = (round(night[0] * alpha), round(night[1] * alpha), round(night[2] * alpha))
        self.surface.fill(added, special_flags=pygame.BLEND_RGB_ADD)


def _faded(surface: pygame.Surface, alpha: float) -> pygame.Surface:
    """A premultiplied picture, so solid."""
    if alpha >= 0.99:
        return surface
    share = round(255 * alpha)
    thin = surface.copy()
    thin.fill((share, share, share, share), special_flags=pygame.BLEND_RGBA_MULT)
    return thin
