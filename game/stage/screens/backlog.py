"""What has been read, to be read again, gone back to, and changed; also while the next scene is being written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from game.packs import Pack
from game.session import Event
from game.stage import looks
from game.stage.box import Box
from game.stage.canvas import Canvas
from game.stage.history import Read
from game.stage.inputs import Input, Key, Pressed, Scrolled
from game.stage.screen import Tick, View
from game.stage.screens.rewriting import Rewriting
from game.stage.tale import Tale
from game.stage.theme import mix
from game.stage.transition import STAY, TAKEN, Pop, Push, Transition
from game.stage.widgets import Look, Widget, dialog
from game.story import Beat, Source

SHEET = Box(150, 40, 980, 640)
PAGE = Box(SHEET.x + 70, SHEET.y + 84, SHEET.w - 140, SHEET.h - 150)
HINTS = 104
"""The width of the column that says what can be done with a line."""
SCROLLS: Mapping[Key, float] = {
    "page_up": -PAGE.h * 0.9,
    "page_down": PAGE.h * 0.9,
    "home": -1e9,
    "end": 1e9,
}
"""How far each key moves the page, in logical units. Up and down go from line to line, and the page goes with them."""


def names(view: View) -> float:
    """The width of the column of names."""
    return 150 if view.settings.text_size <= 115 else 214


class Backlog:
    """What is read goes on growing underneath; the view stays where the reader has put it."""

    def __init__(self, tale: Tale) -> None:
        self._tale = tale
        self._offset: float | None = None
        self._height = 0.0
        self._follows = False

    @property
    def pack(self) -> Pack | None:
        return self._tale.pack

    def handle(self, event: Input | Event | Tick) -> Transition:
        if isinstance(event, Scrolled):
            return Pop() if event.notches < 0 and self._at_end else self._scroll(-event.notches * 90)
        if isinstance(event, Pressed) and event.key in ("back", "read_back"):
            return Pop()
        if isinstance(event, Pressed) and event.key in SCROLLS:
            return self._scroll(SCROLLS[event.key])
        self._follows = self._follows or (isinstance(event, Pressed) and event.key in ("up", "down", "next", "previous"))
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
        if self._follows:
            self._show(next((row.box for row in rows if row.id == view.focus), None))
        offset = self._most if self._offset is None else min(self._offset, self._most)
        page = Widget("group", "What was read", PAGE, look=partial(_scrollbar, offset, self._height))
        return dialog(
            "Read back",
            Widget("group", "", SHEET, look=looks.sheet(10, seed=61)),
            Widget("heading", "What was read", Box(PAGE.x, SHEET.y + 26, 500, 50), look=looks.text("heading", "ink")),
            page,
            *_within_reach([_moved(row, PAGE.y - offset) for row in rows]),
            Widget("button", "Back", Box(SHEET.right - 170, SHEET.y + 30, 110, 38), press=Pop, look=looks.button),
            *self._tale.notices.widgets(view),
            look=looks.veil(0.72),
        )

    def _show(self, box: Box | None) -> None:
        """Have the page go where the keys have gone."""
        self._follows = False
        if box:
            offset = self._most if self._offset is None else self._offset
            offset = min(max(offset, box.bottom + 12 - PAGE.h), box.y - 12)
            self._offset = max(0.0, min(self._most, offset))

    def _rows(self, view: View) -> tuple[list[Widget], float]:
        """All lines as widgets, from 0 down, and their height together."""
        rows, y = [], 0.0
        lines = self._tale.reading.backlog
        for n, read in enumerate(lines):
            row, y = self._row(view, n, read, y, n == len(lines) - 1)
            rows.append(row)
        return rows, y

    def _row(self, view: View, n: int, read: Read, y: float, last: bool) -> tuple[Widget, float]:
        key = f"read:{n}"
        if read.kind == "heading":
            gap = 26 if n else 0
            box = Box(PAGE.x, y + gap, PAGE.w, view.type.leading("subheading"))
            press = partial(self._go, read)
            return Widget(
                "heading",
                read.text,
                box,
                "Go back to here",
                press=press,
                first=last,
                key=key,
                look=partial(_heading, names(view)),
            ), box.bottom + 12
        lines = view.type.broken(read.text, "read", PAGE.w - names(view) - HINTS)
        box = Box(PAGE.x, y, PAGE.w, len(lines) * view.type.leading("read"))
        look = partial(_line, names(view), lines, read)
        act = self._go if read.kind == "pick" else self._change
        row = Widget("text", read.text, box, self._name(read), press=partial(act, read), first=last, key=key, look=look)
        return row, box.bottom + 10

    def _name(self, read: Read) -> str:
        if read.kind == "pick":
            return "You chose"
        pack = self._tale.pack
        if read.speaker and pack and read.speaker in pack.cast:
            return pack.cast[read.speaker].name
        return read.speaker or ""

    def _go(self, read: Read) -> Transition:
        """Back to a scene: to its start, or, by what was picked there, to its choices."""
        if not read.whole:
            self._tale.say("This scene is still being told.")
            return TAKEN
        self._tale.go_to(read.scene, resume=read.kind == "pick")
        return Pop()

    def _change(self, read: Read) -> Transition:
        if self._tale.read_only or not read.whole:
            self._tale.say(
                "Reading only: nothing is changed." if read.whole else "Words can be changed when their scene is told."
            )
            return TAKEN
        beat = Beat("line" if read.speaker else "narration", read.text, read.source or Source("author", "", ""), read.speaker)
        return Push(Rewriting(self._tale, read.scene, read.index, beat))


def _within_reach(rows: list[Widget]) -> list[Widget]:
    """The lines on the page, and one beyond each of its ends, which only the keys find."""
    seen = [n for n, row in enumerate(rows) if row.box.bottom > PAGE.y and row.box.y < PAGE.bottom]
    if not seen:
        return []
    beyond = [
        replace(rows[n], box=rows[n].box.inset(PAGE.w / 2, 0), look=None)
        for n in (seen[0] - 1, seen[-1] + 1)
        if 0 <= n < len(rows)
    ]
    return sorted([*(_clipped(rows[n]) for n in seen), *beyond], key=lambda row: row.box.y)


def _moved(row: Widget, by: float) -> Widget:
    return replace(row, box=row.box.moved(0, by))


def _clipped(row: Widget) -> Widget:
    """Of a line that the page cuts off, only what is seen can be pointed at."""
    top, bottom = max(row.box.y, PAGE.y), min(row.box.bottom, PAGE.bottom)
    return replace(row, box=Box(row.box.x, top, row.box.w, bottom - top), look=partial(_within, row.box, row.look))


def _within(box: Box, look: Look | None, canvas: Canvas, widget: Widget) -> None:
    """Painted only inside the page, where all of it is `box`."""
    whole = canvas.surface.get_clip()
    canvas.surface.set_clip(canvas.fit.pixels(PAGE.inset(-20, 0)))
    if look:
        look(canvas, replace(widget, box=box))
    canvas.surface.set_clip(whole)


def _heading(across: float, canvas: Canvas, widget: Widget) -> None:
    _lit(canvas, widget, widget.value)
    canvas.words(widget.label, "subheading", widget.box.x + across, widget.box.y, canvas.theme.mark)


def _line(across: float, lines: tuple[str, ...], read: Read, canvas: Canvas, widget: Widget) -> None:
    box, picked = widget.box, read.kind == "pick"
    _lit(canvas, widget, "Choose again" if picked else "Change")
    if read.source and read.source.via == "edit" and not canvas.focused(widget):
        canvas.words("edited", "small", PAGE.right, box.y + 4, canvas.theme.faint, "right")
    canvas.words(widget.value, "aside" if picked else "speaker", box.x + across - 24, box.y, canvas.theme.mark, "right")
    colour = canvas.theme.faint if picked else canvas.theme.ink
    canvas.block(lines, "read", Box(box.x + across, box.y, box.w - across, box.h), colour)


def _lit(canvas: Canvas, widget: Widget, hint: str) -> None:
    """The line that the player is at lies on a lighter slip, which says what pressing it does."""
    if not canvas.focused(widget):
        return
    theme, box = canvas.theme, widget.box
    canvas.sheet(box.inset(-14, -5), mix(theme.sheet, (255, 255, 255), 0.55), 3, seed=int(box.h))
    canvas.bar(Box(box.x - 8, box.y + 3, 4, box.h - 6), theme.mark)
    canvas.words(hint, "small", PAGE.right, box.y + 4, theme.mark, "right")


def _scrollbar(offset: float, height: float, canvas: Canvas, widget: Widget) -> None:
    if height > PAGE.h:
        share = PAGE.h / height
        x = PAGE.right + 24
        canvas.bar(Box(x, PAGE.y, 2, PAGE.h), canvas.theme.under)
        canvas.bar(Box(x - 1, PAGE.y + offset * share, 4, max(24.0, PAGE.h * share)), canvas.theme.mark)
