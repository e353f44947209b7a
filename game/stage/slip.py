"""How a choice looks: a slip of paper, what is marked on it, and how much of it is text."""

from __future__ import annotations

import pygame

from game.stage.box import Box
from game.stage.canvas import Canvas
from game.stage.theme import RGB, mix
from game.stage.widgets import Widget

SIDES = 90
"""What of a choice's width is not text."""


def slip(number: int, appeared: float, told: bool, note: str, canvas: Canvas, widget: Widget) -> None:
    """A choice: a slip of paper with its number, drawn out a little while it is focused. `appeared` runs 0 to 1.

    The corner of one that was `told` is turned down; a `note` hangs at its upper edge. What cannot be taken is faint.
    """
    focused = canvas.focused(widget)
    theme = canvas.theme
    box = widget.box.moved((1 - appeared) * 36 - (10 if focused else 0), 0)
    tone = theme.sheet if focused else mix(theme.sheet, theme.under, 0.16 if widget.focusable else 0.34)
    canvas.sheet(box, tone, 9 if focused else 5, seed=number * 7, alpha=appeared)
    if appeared > 0.6:
        if focused:
            canvas.bar(Box(box.x + 9, box.y + 12, 4, box.h - 24), theme.mark)
        ink = theme.ink if widget.focusable else mix(theme.ink, tone, 0.25 if theme.plain else 0.5)
        lines = canvas.type.broken(widget.label, "choice", box.w - SIDES)
        top = box.y + (box.h - len(lines) * canvas.type.leading("choice")) / 2
        canvas.words(str(number), "numeral", box.x + 38, top - 1.5, theme.mark if widget.focusable else ink, "middle")
        canvas.block(lines, "choice", Box(box.x + 66, top, box.w - SIDES, box.h), ink)
        if told:
            _turned_corner(canvas, box, tone)
        if note:
            _hanging(canvas, box, note)


def _turned_corner(canvas: Canvas, box: Box, tone: RGB) -> None:
    """The upper right corner of a slip, turned down as in a book."""
    fold = 20
    where = canvas.fit.pixels(Box(box.right - fold, box.y, fold, fold))
    points = [where.topleft, where.bottomright, where.bottomleft]
    pygame.draw.polygon(canvas.surface, mix(tone, canvas.theme.mark, 0.6), points)
    pygame.draw.aalines(canvas.surface, mix(tone, canvas.theme.mark, 0.9), True, points)
    pygame.draw.polygon(canvas.surface, mix(canvas.theme.night, tone, 0.25), [where.topleft, where.topright, where.bottomright])


def _hanging(canvas: Canvas, box: Box, note: str) -> None:
    """A small dark slip on the upper edge."""
    width = canvas.type.width(note, "small") + 24
    paper = Box(box.right - 40 - width, box.y - 14, width, 24)
    canvas.sheet(paper, canvas.theme.night, 3, seed=43)
    canvas.words(note, "small", paper.middle[0], paper.y + 1, canvas.theme.pale, "middle")
