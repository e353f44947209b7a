"""How widgets look: each function here paints one kind of them, in paper and ink. What is focused is always seen to be."""

from __future__ import annotations

from functools import partial

import pygame

from game.stage.box import Box
from game.stage.canvas import Align, Canvas
from game.stage.theme import RGB, mix
from game.stage.widgets import Look, Widget

Ink = str
"""The name of one of the theme's colours."""


def text(
    style: str,
    ink: Ink = "pale",
    align: Align = "left",
    alpha: float = 1.0,
    shade: bool = False,
    lines: int = 99,
) -> Look:
    """The widget's label, broken to its box."""
    return partial(_text, style, ink, align, alpha, shade, lines)


def _text(style: str, ink: Ink, align: Align, alpha: float, shade: bool, lines: int, canvas: Canvas, widget: Widget) -> None:
    broken = canvas.type.clipped(widget.label, style, widget.box.w, lines)
    canvas.block(broken, style, widget.box, getattr(canvas.theme, ink), align, alpha, shade)


def sheet(lift: float = 8, seed: int = 0) -> Look:
    """A window of paper, another sheet showing beneath it."""
    return partial(_sheet, lift, seed)


def _sheet(lift: float, seed: int, canvas: Canvas, widget: Widget) -> None:
    lower = Box(widget.box.x + 5, widget.box.y + 7, widget.box.w - 8, widget.box.h)
    canvas.sheet(lower, canvas.theme.under, lift, seed=seed + 1)
    canvas.sheet(widget.box, canvas.theme.sheet, lift * 0.6, seed=seed)


def veil(alpha: float) -> Look:
    """The whole window, darkened."""
    return lambda canvas, _: canvas.veil(alpha)


def menu_item(canvas: Canvas, widget: Widget) -> None:
    """A line of a menu on a picture: the focused one lies on a slip of paper."""
    box = widget.box
    if canvas.focused(widget):
        canvas.sheet(box, canvas.theme.sheet, 5, seed=int(box.y))
        canvas.bar(Box(box.x + 10, box.y + 11, 4, box.h - 22), canvas.theme.mark)
        canvas.words(widget.label, "menu", box.x + 28, centred(canvas, box, "menu"), canvas.theme.ink)
    else:
        canvas.words(widget.label, "menu", box.x + 18, centred(canvas, box, "menu"), canvas.theme.pale, shade=True)


def button(canvas: Canvas, widget: Widget) -> None:
    """A button on paper: its words on a slip of the accent's colour while focused, ruled under otherwise."""
    box = widget.box
    if canvas.focused(widget):
        canvas.sheet(box, canvas.theme.mark, 4, seed=int(box.x))
        canvas.words(widget.label, "label", box.middle[0], centred(canvas, box, "label"), canvas.theme.sheet, "middle")
    else:
        canvas.sheet(box, mix(canvas.theme.sheet, canvas.theme.ink, 0.07), 2, seed=int(box.x))
        canvas.words(widget.label, "label", box.middle[0], centred(canvas, box, "label"), canvas.theme.ink, "middle")


def primary(canvas: Canvas, widget: Widget) -> None:
    """The button that goes on: lighter than others and ruled under, of the accent's colour and framed while focused.

    Only what is focused is of that colour: with two such buttons side by side nobody could tell which one Enter presses.
    """
    box = widget.box
    white = mix(canvas.theme.sheet, (255, 255, 255), 0.6)
    if canvas.focused(widget):
        canvas.sheet(box.inset(-5), white, 6, seed=int(box.x) + 1)
        canvas.sheet(box, canvas.theme.mark, 3, seed=int(box.x))
        ink = canvas.theme.sheet
    else:
        canvas.sheet(box, white, 3, seed=int(box.x))
        canvas.bar(Box(box.x + 8, box.bottom - 7, box.w - 16, 3), canvas.theme.mark)
        ink = canvas.theme.mark
    canvas.words(widget.label, "label", box.middle[0], centred(canvas, box, "label"), ink, "middle")


def tab(canvas: Canvas, widget: Widget) -> None:
    """A small word on a strip of dark paper at the stage's edge."""
    box = widget.box
    focused = canvas.focused(widget)
    tone = canvas.theme.sheet if focused else canvas.theme.night
    canvas.sheet(box, tone, 3, seed=int(box.x), alpha=1.0 if focused or canvas.theme.plain else 0.7)
    ink = canvas.theme.ink if focused else canvas.theme.pale
    seen = Box(box.x, max(0.0, box.y), box.w, box.bottom - max(0.0, box.y))
    canvas.words(widget.label, "tab", box.middle[0], centred(canvas, seen, "tab"), ink, "middle")


def row(canvas: Canvas, widget: Widget) -> None:
    """A row of a list on paper: what it is on the left, what it holds on the right."""
    box = widget.box
    focused = canvas.focused(widget)
    if focused:
        canvas.sheet(box, mix(canvas.theme.sheet, (255, 255, 255), 0.55), 4, seed=int(box.y))
        canvas.bar(Box(box.x + 8, box.y + 10, 4, box.h - 20), canvas.theme.mark)
    canvas.words(widget.label, "label", box.x + 26, centred(canvas, box, "label"), canvas.theme.ink)
    if not focused:
        canvas.bar(Box(box.x + 8, box.bottom - 1, box.w - 16, 1), mix(canvas.theme.sheet, canvas.theme.ink, 0.16))


def faint_row(canvas: Canvas, widget: Widget) -> None:
    """A row of a list that does nothing at present."""
    box = widget.box
    paler = mix(canvas.theme.faint, canvas.theme.sheet, 0.0 if canvas.theme.plain else 0.4)
    canvas.words(widget.label, "label", box.x + 26, centred(canvas, box, "label"), paler)
    canvas.bar(Box(box.x + 8, box.bottom - 1, box.w - 16, 1), mix(canvas.theme.sheet, canvas.theme.ink, 0.08))


def toggle(canvas: Canvas, widget: Widget) -> None:
    """A row with a paper switch; its value is `on` or `off`."""
    row(canvas, widget)
    box = widget.box
    on = widget.value == "on"
    groove = Box(box.right - 78, box.y + box.h / 2 - 12, 54, 24)
    canvas.sheet(groove, canvas.theme.mark if on else mix(canvas.theme.sheet, canvas.theme.ink, 0.3), 1, seed=3)
    knob = Box(groove.x + (30 if on else 0) - 2, groove.y - 3, 28, 30)
    canvas.sheet(knob, mix(canvas.theme.sheet, (255, 255, 255), 0.6), 3, seed=5)
    canvas.words(widget.value, "note", groove.x - 16, centred(canvas, box, "note"), canvas.theme.faint, "right")


def slider(share: float, canvas: Canvas, widget: Widget) -> None:
    """A row with a scale; `share` (0 to 1) is where its mark stands, its value stands in words before it."""
    row(canvas, widget)
    box = widget.box
    groove = Box(box.right - 250, box.y + box.h / 2 - 2, 226, 4)
    canvas.bar(groove, mix(canvas.theme.sheet, canvas.theme.ink, 0.25))
    canvas.bar(Box(groove.x, groove.y, groove.w * share, groove.h), canvas.theme.mark)
    for n in range(5):
        canvas.bar(Box(groove.x + n * (groove.w - 2) / 4, groove.y + 9, 2, 5), mix(canvas.theme.sheet, canvas.theme.ink, 0.3))
    knob = Box(groove.x + groove.w * share - 9, groove.y - 13, 18, 30)
    canvas.sheet(knob, mix(canvas.theme.sheet, (255, 255, 255), 0.6), 3, seed=5)
    canvas.words(widget.value, "note", groove.x - 22, centred(canvas, box, "note"), canvas.theme.faint, "right")


def option(chosen: bool, note: str, canvas: Canvas, widget: Widget) -> None:
    """One of several of which one holds: a slip with a mark, a name, and a note beneath."""
    box = widget.box
    focused = canvas.focused(widget)
    tone = (
        mix(canvas.theme.sheet, (255, 255, 255), 0.55) if focused or chosen else mix(canvas.theme.sheet, canvas.theme.ink, 0.04)
    )
    canvas.sheet(box, tone, 5 if focused else 2, seed=int(box.y))
    if focused:
        canvas.bar(Box(box.x + 8, box.y + 10, 4, box.h - 20), canvas.theme.mark)
    ring(canvas, box.x + 36, box.y + 27, 8, chosen)
    canvas.words(widget.label, "label", box.x + 58, box.y + 14, canvas.theme.ink)
    lines = canvas.type.broken(note, "small", box.w - 80)
    below = box.y + 15 + canvas.type.leading("label")
    canvas.block(lines, "small", Box(box.x + 58, below, box.w - 80, 80), canvas.theme.faint)


def ring(canvas: Canvas, x: float, y: float, radius: float, filled: bool) -> None:
    where = canvas.fit.pixels(Box(x - radius, y - radius, 2 * radius, 2 * radius))
    thick = max(1, round(2 * canvas.fit.scale))
    pygame.draw.aacircle(canvas.surface, canvas.theme.mark, where.center, where.w // 2, thick)
    if filled:
        pygame.draw.aacircle(canvas.surface, canvas.theme.mark, where.center, where.w // 2 - 2 * thick)


def field(canvas: Canvas, widget: Widget) -> None:
    """A line to write on, its name above it."""
    box = widget.box
    focused = canvas.focused(widget)
    canvas.words(widget.label, "small_bold", box.x, box.y, canvas.theme.mark if focused else canvas.theme.faint)
    caption = canvas.type.leading("small_bold") + 3
    line = Box(box.x, box.y + caption, box.w, box.h - caption)
    white = mix(canvas.theme.sheet, (255, 255, 255), 0.6 if focused else 0.25)
    canvas.sheet(line, white, 1, seed=int(box.y))
    if canvas.theme.plain:
        canvas.outline(line, canvas.theme.ink, 2)
    shown = widget.value
    while shown and canvas.type.width(shown, "field") > line.w - 36:
        shown = shown[1:]
    width = canvas.words(shown, "field", line.x + 14, centred(canvas, line, "field"), canvas.theme.ink)
    if focused:
        canvas.bar(Box(line.x + 16 + width, line.y + 9, 2, line.h - 18), canvas.theme.mark)
        canvas.bar(Box(line.x + 4, line.bottom - 4, line.w - 8, 3), canvas.theme.mark)


def rule(canvas: Canvas, widget: Widget) -> None:
    """A thin line with a small lozenge in its middle."""
    x, y = widget.box.middle
    tone = mix(canvas.theme.sheet, canvas.theme.ink, 0.3)
    half = widget.box.w / 2
    canvas.bar(Box(x - half, y, half - 14, 1), tone)
    canvas.bar(Box(x + 14, y, half - 14, 1), tone)
    lozenge(canvas, x, y + 0.5, 5, canvas.theme.mark)


def lozenge(canvas: Canvas, x: float, y: float, radius: float, colour: tuple[int, int, int], hollow: bool = False) -> None:
    scale = canvas.fit.scale
    px, py = x * scale + canvas.fit.left, y * scale + canvas.fit.top
    reach = radius * scale
    points = [(px, py - reach), (px + reach, py), (px, py + reach), (px - reach, py)]
    if not hollow:
        pygame.draw.polygon(canvas.surface, colour, points)
    pygame.draw.aalines(canvas.surface, colour, True, points)


def arrow(canvas: Canvas, x: float, y: float, radius: float, way: int, colour: RGB) -> None:
    """A small arrow head to the left (-1) or right (1)."""
    scale = canvas.fit.scale
    px, py, reach = x * scale + canvas.fit.left, y * scale + canvas.fit.top, radius * scale
    points = [(px - way * reach / 2, py - reach), (px + way * reach / 2, py), (px - way * reach / 2, py + reach)]
    pygame.draw.polygon(canvas.surface, colour, points)
    pygame.draw.aalines(canvas.surface, colour, True, points)


def centred(canvas: Canvas, box: Box, style: str) -> float:
    return box.y + (box.h - canvas.type.leading(style)) / 2
