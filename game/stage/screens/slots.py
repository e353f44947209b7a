"""Scenes that are kept: the quick slot, twelve numbered ones with their pictures, and bookmarks by name."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Final, Literal

import pygame

from game.packs import Pack
from game.session import Event, MarkCard
from game.stage import looks
from game.stage.box import Box
from game.stage.canvas import Canvas
from game.stage.inputs import Input, Pressed, Scrolled
from game.stage.screen import Tick, View
from game.stage.screens.keeping import Changing, Keeping
from game.stage.tale import QUICK, Tale
from game.stage.theme import mix
from game.stage.transition import STAY, TAKEN, Pop, Push, Transition
from game.stage.widgets import Widget, dialog

Mode = Literal["keep", "go", "change"]
MODES: Final[tuple[tuple[Mode, str], ...]] = (("keep", "Keep"), ("go", "Go to"), ("change", "Rename or drop"))

SHEET = Box(70, 30, 1140, 660)
SLOTS, SEEN = 12, 6
"""Numbered slots, and those on a page."""
LEFT = Box(SHEET.x + 46, SHEET.y + 110, 258, 470)
GRID = Box(LEFT.right + 30, LEFT.y, SHEET.right - 46 - LEFT.right - 30, LEFT.h)
GAP = 14
CELL = ((GRID.w - 2 * GAP) / 3, (GRID.h - GAP) / 2)
PICTURE = CELL[1] - 106
"""The height of a slot's picture."""
NAMED, NAME = 3, 62
"""Bookmarks at once, and the height of one."""


class Slots:
    """`mode` is what pressing a slot does: keep the scene in view there, go to what is kept there, or rename or drop that."""

    def __init__(self, tale: Tale, mode: Mode) -> None:
        self._tale = tale
        self._mode: Mode = mode
        self._page = 0
        self._first = 0

    @property
    def pack(self) -> Pack | None:
        return self._tale.pack

    def handle(self, event: Input | Event | Tick) -> Transition:
        match event:
            case Pressed("back" | "slots"):
                return Pop()
            case Pressed("page_up"):
                return self._turn(0)
            case Pressed("page_down"):
                return self._turn(1)
            case Scrolled(notches) if notches:
                return self._turn(0 if notches > 0 else 1)
        return STAY

    def _turn(self, page: int) -> Transition:
        self._page = page
        return TAKEN

    def _choose(self, mode: Mode) -> Transition:
        self._mode = mode
        return TAKEN

    def _leaf(self) -> Transition:
        """The next bookmarks; after the last, the first again."""
        self._first = self._first + NAMED if self._first + NAMED < len(self._tale.named) else 0
        return TAKEN

    def tree(self, view: View) -> Widget:
        first = 1 + self._page * SEEN
        cells = [self._cell(view, str(n), _cell_box(n - first)) for n in range(first, first + SEEN)]
        return dialog(
            "Kept scenes",
            Widget("group", "", SHEET, look=looks.sheet(12, seed=181)),
            Widget("heading", "Kept scenes", Box(LEFT.x, SHEET.y + 32, 300, 50), look=looks.text("heading", "ink")),
            *self._modes(),
            *cells,
            self._cell(view, QUICK, Box(LEFT.x, LEFT.y, LEFT.w, CELL[1])),
            *self._bookmarks(),
            *self._foot(),
            *self._tale.notices.widgets(view),
            look=looks.veil(0.72),
        )

    def _modes(self) -> list[Widget]:
        x, parts = GRID.x, []
        for (mode, label), width in zip(MODES, (120, 120, 210), strict=True):
            chosen = mode == self._mode
            box = Box(x, SHEET.y + 34, width, 46)
            value = "chosen" if chosen else ""
            parts.append(Widget("option", label, box, value, press=partial(self._choose, mode), look=partial(_mode, chosen)))
            x += width + 10
        return parts

    def _cell(self, view: View, slot: str, box: Box) -> Widget:
        label = "Quick slot" if slot == QUICK else f"Slot {slot}"
        card = self._tale.in_slot(slot)
        press, first = self._press(slot, card), slot == str(1 + self._page * SEEN)
        if card is None or self.pack is None:
            return Widget("card", label, box, "empty", press=press, first=first, key=f"slot {slot}", look=_empty)
        place = card.place if card.place in self.pack.places else self.pack.initial.place
        picture = view.pictures.place(self.pack, place, box.w - 16, PICTURE)
        look = partial(_filled, card, place_name(card, self.pack), picture)
        return Widget("card", label, box, described(card, self.pack), press=press, first=first, key=f"slot {slot}", look=look)

    def _press(self, slot: str, card: MarkCard | None) -> Callable[[], Transition] | None:
        """What pressing a slot does now; None for nothing."""
        if self._mode == "keep":
            return lambda: Push(Keeping(self._tale, slot, card))
        if card is None:
            return None
        return partial(self._go, card) if self._mode == "go" else lambda: Push(Changing(self._tale, card))

    def _go(self, card: MarkCard) -> Transition:
        self._tale.go_to(card.mark.key)
        return Pop()

    def _bookmarks(self) -> list[Widget]:
        """Under the quick slot, those with only a name."""
        named = self._tale.named
        self._first = min(self._first, max(0, len(named) - 1))
        top = LEFT.y + CELL[1] + GAP
        head = f"Bookmarks ({len(named)})" if named else "Bookmarks"
        parts = [Widget("heading", head, Box(LEFT.x, top, LEFT.w, 32), look=looks.text("subheading", "mark"))]
        if self._mode == "keep":
            spot = Box(LEFT.x, LEFT.bottom - 42, 176, 38)
            parts.append(Widget("button", "New bookmark", spot, press=self._new, look=looks.button))
        for n, card in enumerate(named[self._first : self._first + NAMED - (self._mode == "keep")]):
            box = Box(LEFT.x, top + 38 + n * NAME, LEFT.w, NAME - 8)
            value = described(card, self.pack) if self.pack else ""
            press = self._press("", card) if self._mode != "keep" else partial(self._go, card)
            parts.append(Widget("card", card.mark.name, box, value, press=press, key=card.mark.id, look=partial(_bookmark, card)))
        if len(named) > NAMED:
            spot = Box(LEFT.right - 90, top - 4, 90, 34)
            parts.append(Widget("button", "More", spot, press=self._leaf, look=looks.button))
        return parts

    def _new(self) -> Transition:
        return Push(Keeping(self._tale, "", None))

    def _foot(self) -> list[Widget]:
        y = SHEET.bottom - 66
        labels = (f"Slots 1 to {SEEN}", f"Slots {SEEN + 1} to {SLOTS}")
        pages = [
            Widget(
                "option",
                label,
                Box(GRID.x + n * 164, y, 154, 42),
                "chosen" if n == self._page else "",
                press=partial(self._turn, n),
                look=partial(_mode, n == self._page),
            )
            for n, label in enumerate(labels)
        ]
        return [*pages, Widget("button", "Back", Box(SHEET.right - 46 - 120, y, 120, 42), press=Pop, look=looks.button)]


def described(card: MarkCard, pack: Pack) -> str:
    """What a kept scene is, in one line."""
    end = "the end" if card.ended else ""
    return " · ".join(filter(None, (card.mark.name, card.title, place_name(card, pack), f"Scene {card.turn}", end, day(card))))


def place_name(card: MarkCard, pack: Pack) -> str:
    """As it stands at the head of a line; empty for a place that the pack does not have any more."""
    name = pack.places[card.place].name if card.place in pack.places else ""
    return f"{name[:1].upper()}{name[1:]}"


def day(card: MarkCard) -> str:
    return time.strftime("%d %b %Y, %H:%M", time.localtime(card.mark.at))


def _cell_box(n: int) -> Box:
    return Box(GRID.x + n % 3 * (CELL[0] + GAP), GRID.y + n // 3 * (CELL[1] + GAP), *CELL)


def _mode(chosen: bool, canvas: Canvas, widget: Widget) -> None:
    """One of several that are side by side: ruled under while it holds."""
    looks.button(canvas, widget)
    if chosen:
        canvas.bar(Box(widget.box.x + 8, widget.box.bottom - 5, widget.box.w - 16, 3), canvas.theme.mark)
        if canvas.focused(widget):
            canvas.bar(Box(widget.box.x + 8, widget.box.bottom - 5, widget.box.w - 16, 3), canvas.theme.sheet)


def _paper(canvas: Canvas, widget: Widget) -> None:
    focused, theme = canvas.focused(widget), canvas.theme
    tone = mix(theme.sheet, (255, 255, 255), 0.6) if focused else mix(theme.sheet, theme.ink, 0.04)
    canvas.sheet(widget.box, tone, 6 if focused else 2, seed=int(widget.box.x + widget.box.y))
    if focused:
        canvas.outline(widget.box.inset(-3), theme.mark, 3)


def _empty(canvas: Canvas, widget: Widget) -> None:
    _paper(canvas, widget)
    x, y = widget.box.middle
    canvas.words(widget.label, "label", x, y - 26, canvas.theme.ink if widget.focusable else canvas.theme.faint, "middle")
    canvas.words("empty", "aside", x, y + 2, canvas.theme.faint, "middle")


def _filled(card: MarkCard, place: str, picture: pygame.Surface | None, canvas: Canvas, widget: Widget) -> None:
    """The place, and under it what scene it is."""
    _paper(canvas, widget)
    box, theme = widget.box, canvas.theme
    canvas.bar(Box(box.x + 8, box.y + 8, box.w - 16, PICTURE), theme.under)
    if picture:
        canvas.picture(picture, box.x + 8, box.y + 8)
    width = canvas.type.width(widget.label, "small_bold") + 20
    canvas.sheet(Box(box.x + 14, box.y + 14, width, 26), theme.night, 2, seed=9)
    canvas.words(widget.label, "small_bold", box.x + 14 + width / 2, box.y + 16, theme.pale, "middle")
    inner = box.w - 28
    about = filter(None, (card.title if card.mark.name else "", place, "the end" if card.ended else ""))
    lines = (
        (card.mark.name or card.title, "label", theme.ink),
        (" · ".join(about), "small", theme.ink),
        (f"Scene {card.turn} · {day(card)}", "small", theme.faint),
    )
    y = box.bottom - 10 - sum(canvas.type.leading(style) for _, style, _ in lines)
    for words, style, ink in lines:
        leading = canvas.type.leading(style)
        canvas.block(canvas.type.clipped(words, style, inner, 1), style, Box(box.x + 14, y, inner, leading), ink)
        y += leading


def _bookmark(card: MarkCard, canvas: Canvas, widget: Widget) -> None:
    _paper(canvas, widget)
    box, theme = widget.box, canvas.theme
    name = canvas.type.clipped(widget.label, "label", box.w - 28, 1)
    canvas.block(name, "label", Box(box.x + 14, box.y + 3, box.w - 28, 26), theme.ink)
    rest = canvas.type.clipped(f"Scene {card.turn} · {card.title}", "small", box.w - 28, 1)
    canvas.block(rest, "small", Box(box.x + 14, box.y + 3 + canvas.type.leading("label"), box.w - 28, 21), theme.faint)
