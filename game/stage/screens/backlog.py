"""What has been read, to be read again; also while the next scene is being written."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from game.packs import Pack
from game.session import Event
from game.stage import looks
from game.stage.box import Box
from game.stage.canvas import Canvas
from game.stage.inputs import Input, Key, Pressed, Scrolled
from game.stage.reading import Read, Reading
from game.stage.screen import House, Tick, View
from game.stage.transition import STAY, TAKEN, Pop, Transition
from game.stage.widgets import Look, Widget, dialog

SHEET = Box(150, 40, 980, 640)
PAGE = Box(SHEET.x + 70, SHEET.y + 84, SHEET.w - 140, SHEET.h - 150)
NAMES = 150
"""The width of the column of names."""
SCROLLS: Mapping[Key, float] = {
    "up": -60,
    "down": 60,
    "page_up": -PAGE.h * 0.9,
    "page_down": PAGE.h * 0.9,
    "home": -1e9,
    "end": 1e9,
}
"""How far each key moves the page, in logical units."""


class Backlog:
    """`reading` goes on growing underneath; the view stays where the reader has put it."""

    def __init__(self, house: House, pack: Pack | None, reading: Reading) -> None:
        self._house = house
        self._pack = pack
        self._reading = reading
        self._offset: float | None = None
        self._height = 0.0

    @property
    def pack(self) -> Pack | None:
        return self._pack

    def handle(self, event: Input | Event | Tick) -> Transition:
        if isinstance(event, Scrolled):
            return Pop() if event.notches < 0 and self._at_end else self._scroll(-event.notches * 90)
        if isinstance(event, Pressed) and event.key in ("back", "read_back"):
            return Pop()
        if isinstance(event, Pressed) and event.key in SCROLLS:
            return self._scroll(SCROLLS[event.key])
        return STAY

    @property
    def _most(self) -> float:
        return max(0.0, self._height - PAGE.h)

    @property
    def _at_end(self) -> bool:
        return self._offset is None or self._offset >= self._most

    def _scroll(self, by: float) -> Transition:
        now = self._most if self._offset is None else self._offset
        self._offset = max(0.0, min(self._most, now + by))
        return TAKEN

    def tree(self, view: View) -> Widget:
        rows, self._height = self._rows(view)
        offset = self._most if self._offset is None else min(self._offset, self._most)
        seen = [_moved(row, PAGE.y - offset) for row in rows]
        page = Widget("group", "What was read", PAGE, look=partial(_scrollbar, offset, self._height))
        return dialog(
            "Read back",
            Widget("group", "", SHEET, look=looks.sheet(10, seed=61)),
            Widget("heading", "What was read", Box(PAGE.x, SHEET.y + 26, 500, 50), look=looks.text("heading", "ink")),
            Widget("button", "Back", Box(SHEET.right - 170, SHEET.y + 30, 110, 38), press=Pop, look=looks.button),
            page,
            *(row for row in seen if row.box.bottom > PAGE.y and row.box.y < PAGE.bottom),
            look=looks.veil(0.72),
        )

    def _rows(self, view: View) -> tuple[list[Widget], float]:
        """All lines as widgets, from 0 down, and their height together."""
        rows, y = [], 0.0
        for n, read in enumerate(self._reading.backlog):
            row, y = self._row(view, n, read, y)
            rows.append(row)
        return rows, y

    def _row(self, view: View, n: int, read: Read, y: float) -> tuple[Widget, float]:
        if read.kind == "heading":
            gap = 26 if n else 0
            box = Box(PAGE.x, y + gap, PAGE.w, view.type.leading("subheading"))
            return Widget("heading", read.text, box, key=f"read:{n}", look=_heading), box.bottom + 12
        style = "read"
        lines = view.type.broken(read.text, style, PAGE.w - NAMES - 24)
        box = Box(PAGE.x, y, PAGE.w, len(lines) * view.type.leading(style))
        name = self._name(read)
        role = Widget("text", read.text, box, value=name, key=f"read:{n}", look=partial(_line, lines, read.kind == "pick"))
        return role, box.bottom + 10

    def _name(self, read: Read) -> str:
        if read.kind == "pick":
            return "You chose"
        if read.speaker and self._pack and read.speaker in self._pack.cast:
            return self._pack.cast[read.speaker].name
        return read.speaker or ""


def _moved(row: Widget, by: float) -> Widget:
    return Widget(row.role, row.label, row.box.moved(0, by), row.value, look=partial(_within, row.look), key=row.key)


def _within(look: Look | None, canvas: Canvas, widget: Widget) -> None:
    """Painted only inside the page."""
    whole = canvas.surface.get_clip()
    canvas.surface.set_clip(canvas.fit.pixels(PAGE))
    if look:
        look(canvas, widget)
    canvas.surface.set_clip(whole)


def _heading(canvas: Canvas, widget: Widget) -> None:
    canvas.words(widget.label, "subheading", widget.box.x + NAMES, widget.box.y, canvas.theme.mark)


def _line(lines: tuple[str, ...], picked: bool, canvas: Canvas, widget: Widget) -> None:
    box = widget.box
    canvas.words(widget.value, "aside" if picked else "speaker", box.x + NAMES - 24, box.y, canvas.theme.mark, "right")
    colour = canvas.theme.faint if picked else canvas.theme.ink
    canvas.block(lines, "read", Box(box.x + NAMES, box.y, box.w - NAMES, box.h), colour)


def _scrollbar(offset: float, height: float, canvas: Canvas, widget: Widget) -> None:
    if height > PAGE.h:
        share = PAGE.h / height
        x = PAGE.right + 24
        canvas.bar(Box(x, PAGE.y, 2, PAGE.h), canvas.theme.under)
        canvas.bar(Box(x - 1, PAGE.y + offset * share, 4, max(24.0, PAGE.h * share)), canvas.theme.mark)
