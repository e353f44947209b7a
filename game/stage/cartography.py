"""How the story map is drawn: its ground, the ways from scene to scene, and each scene as a small card of paper."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from game.stage import looks
from game.stage.box import HEIGHT, Box
from game.stage.canvas import Canvas
from game.stage.chart import Chart
from game.stage.theme import RGB, Theme, mix
from game.stage.widgets import Widget
from game.storymap import Spot

WHITE = (255, 255, 255)
STRONG, THIN = (3, 5, 5), (2, 2, 3)
"""How thick the player's own ways and the others are, from afar to near."""
EDGE = (4, 6, 8)
"""Paper about the picture on a card."""
BEND = 9
CUTS = 7
"""How many shapes of cards there are: enough that no two neighbours are the same, and few to be kept."""


@dataclass(frozen=True, slots=True)
class Card:
    """What is on a spot's card; `telling` is the one that is seen, `chosen` whether the map speaks of it now."""

    spot: Spot
    box: Box
    level: int
    seed: int
    place: str
    picture: pygame.Surface | None
    kept: bool
    telling: int
    chosen: bool

    @property
    def own(self) -> bool:
        """Whether it lies on the player's own way."""
        return self.spot.way != "aside"


def picture_box(box: Box, level: int) -> Box:
    """Where the picture is on a card: from afar on all of it, else in its upper part."""
    edge = EDGE[level]
    return Box(box.x + edge, box.y + edge, box.w - 2 * edge, (box.h - 2 * edge, 54, 74)[level])


class Ground:
    """The paper beneath everything. It is cut once for each window: laid down whole, that costs next to nothing."""

    def __init__(self) -> None:
        self._laid: tuple[object, pygame.Surface] | None = None

    def lay(self, canvas: Canvas, _: Widget) -> None:
        key = (canvas.surface.get_size(), canvas.theme)
        if self._laid is None or self._laid[0] != key:
            canvas.sheet(canvas.below(-40), ground(canvas.theme), 0, seed=23)
            self._laid = (key, canvas.surface.copy())
        else:
            canvas.surface.blit(self._laid[1], (0, 0))


def ground(theme: Theme) -> RGB:
    return theme.sheet if theme.plain else mix(theme.sheet, theme.under, 0.42)


def strip(top: float, bottom: float, seed: int, canvas: Canvas, _: Widget) -> None:
    """A strip of paper over the map, from one side of the window to the other."""
    whole = canvas.below(top)
    canvas.bar(Box(whole.x, top + 4, whole.w, bottom - top - 8), canvas.theme.sheet)  # a sheet alone lets a trace through
    canvas.sheet(Box(whole.x, top, whole.w, bottom - top), canvas.theme.sheet, 9, seed=seed)


def ruler(chart: Chart, canvas: Canvas, _: Widget) -> None:
    """Faint lines for the scenes' numbers, and the numbers above."""
    theme, top = canvas.theme, chart.window.y
    every = 5 if chart.level == 0 else 1
    for column, x in chart.columns():
        if (column + 1) % every == 0 or column == 0:
            canvas.bar(Box(x, top, 1, HEIGHT - top), mix(ground(theme), theme.ink, 0.0 if theme.plain else 0.09))
            canvas.words(str(column + 1), "small", x, top + 12, mix(ground(theme), theme.ink, 0.7), "middle")


def ways(chart: Chart, canvas: Canvas, _: Widget) -> None:
    """From each scene to those that follow it; the player's own way last, over the others."""
    theme = canvas.theme
    other = theme.faint if theme.plain else mix(theme.under, theme.ink, 0.25)
    found = chart.ways()
    for own in (False, True):
        for n in found:
            spot = chart.plan.spots[n]
            if (spot.way != "aside") == own:
                width = (STRONG if own else THIN)[chart.level]
                start, end = chart.box(spot.parent), chart.box(n)
                _way(canvas, start, end, theme.mark if own else other, width, chart.plan.behind(n))


def _way(canvas: Canvas, start: Box, end: Box, colour: RGB, width: int, dotted: bool) -> None:
    """Straight on; or down behind the first card, and with a round bend across."""
    y, to = start.middle[1], end.middle[1]
    if to - y < 1:
        _line(canvas, Box(start.right, y - width / 2, end.x - start.right, width), colour, dotted)
        return
    x = start.right + (end.x - start.right) * 0.42
    _line(canvas, Box(start.right, y - width / 2, x - start.right + width / 2, width), colour, dotted)
    _line(canvas, Box(x - width / 2, y, width, to - y - BEND), colour, dotted)
    _line(canvas, Box(x + BEND, to - width / 2, end.x - x - BEND, width), colour, dotted)
    spot = canvas.fit.pixels(Box(x + BEND, to - BEND, 0, 0)).topleft
    scale = canvas.fit.scale
    reach, thick = round((BEND + width / 2) * scale), max(1, round(width * scale))
    pygame.draw.aacircle(canvas.surface, colour, spot, reach, thick, draw_bottom_left=True)


def _line(canvas: Canvas, box: Box, colour: RGB, dotted: bool) -> None:
    if not dotted:
        canvas.bar(box, colour)
        return
    along = box.w >= box.h
    for at in range(0, round(max(box.w, box.h)), 11):
        rest = min(6.0, max(box.w, box.h) - at)
        canvas.bar(Box(box.x + at, box.y, rest, box.h) if along else Box(box.x, box.y + at, box.w, rest), colour)


def card(what: Card, canvas: Canvas, widget: Widget) -> None:
    """A scene: its picture, and as near as it is seen, its title and its place; what lies beneath it, and what stands on it."""
    theme, box = canvas.theme, what.box
    lifted = canvas.focused(widget) or what.chosen
    tone = theme.sheet if what.own else mix(theme.sheet, ground(theme), 0.5)
    seed = what.seed
    for n in range(min(3, len(what.spot.tellings)) - 1, 0, -1):
        shift = n * (3 if what.level == 0 else 5)
        canvas.sheet(box.moved(shift, shift), mix(tone, theme.under, 0.35), 2, seed=(seed + n) % CUTS)
    if lifted or what.spot.way == "here":
        _frame(canvas, box.inset(-2 - what.level if not theme.plain else -5), 6 if lifted else 3, seed)
    if canvas.focused(widget) and not theme.plain:
        tone = mix(tone, WHITE, 0.6)
    canvas.sheet(box, tone, 3 if what.own else 1, seed=seed)
    _picture(what, canvas)
    if what.level:
        _words(what, canvas, widget)
    _signs(what, canvas)


def _frame(canvas: Canvas, box: Box, lift: float, seed: int) -> None:
    """The accent's colour beneath a card, seen all round it."""
    if canvas.theme.plain:
        canvas.bar(box, canvas.theme.mark)
    else:
        canvas.sheet(box, canvas.theme.mark, lift, seed=seed)


def _picture(what: Card, canvas: Canvas) -> None:
    spot = picture_box(what.box, what.level)
    if what.picture:
        canvas.picture(what.picture, spot.x, spot.y)
    else:
        canvas.bar(spot, canvas.theme.under)


def _words(what: Card, canvas: Canvas, widget: Widget) -> None:
    theme, box, spot = canvas.theme, what.box, picture_box(what.box, what.level)
    edge, top = EDGE[what.level], spot.bottom + 3
    width = box.w - 2 * edge
    if what.level == 1:
        title = canvas.type.clipped(widget.label, "small", width, 2)
        canvas.block(title, "small", Box(box.x + edge, top, width, 44), theme.ink)
        return
    place = canvas.type.clipped(what.place, "small", width - (76 if len(what.spot.tellings) > 1 else 0), 1)
    canvas.block(place, "small", Box(box.x + edge, top, width, 24), theme.faint)
    title = canvas.type.clipped(widget.label, "small_bold", width, 2)
    canvas.block(title, "small_bold", Box(box.x + edge, top + 20, width, 44), theme.ink)
    if len(what.spot.tellings) > 1:
        told = f"{what.telling + 1} of {len(what.spot.tellings)}"
        canvas.words(told, "small", box.right - edge, top, theme.mark, "right")


def _signs(what: Card, canvas: Canvas) -> None:
    """Where the player is, a bookmark, an ending."""
    theme, box = canvas.theme, what.box
    if what.spot.scene.ending:
        radius = (5, 9, 11)[what.level]
        looks.lozenge(canvas, box.right, box.middle[1], radius + 3, theme.sheet)
        looks.lozenge(canvas, box.right, box.middle[1], radius, theme.mark)
    if what.kept:
        _ribbon(canvas, box.right - (10, 16, 20)[what.level], box.y - 5, (8, 13, 15)[what.level])
    if what.spot.way == "here":
        width = canvas.type.width("You are here", "small_bold") + 22
        slip = Box(box.x - 6, box.y - (22 if what.level else 29), width, 25)
        canvas.sheet(slip, theme.mark, 3, seed=11)
        canvas.words("You are here", "small_bold", slip.middle[0], slip.y + 2, theme.sheet, "middle")


def _ribbon(canvas: Canvas, x: float, y: float, width: float) -> None:
    """A bookmark: a ribbon that hangs over the card's upper edge, cut to a notch below."""
    tall = width * 1.9
    corners = ((0.0, 0.0), (width, 0.0), (width, tall), (width / 2, tall - width * 0.4), (0.0, tall))
    scale, left, top = canvas.fit.scale, canvas.fit.left, canvas.fit.top
    for shift, colour in ((1.6, mix(canvas.theme.mark, (0, 0, 0), 0.55)), (0.0, canvas.theme.mark)):
        points = [((x - width / 2 + dx) * scale + left, (y + dy + shift) * scale + top) for dx, dy in corners]
        pygame.draw.polygon(canvas.surface, colour, points)
        pygame.draw.aalines(canvas.surface, colour, True, points)
