"""The ledger: what is true, carried, open and known, on the pages of an open notebook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Literal

from game.ledger import Ledger, ledger_of
from game.packs import Pack
from game.session import Event, Reloaded
from game.stage import looks
from game.stage.box import Box
from game.stage.canvas import Canvas
from game.stage.inputs import Input, Pressed, Scrolled
from game.stage.screen import House, Tick, View
from game.stage.theme import mix
from game.stage.transition import STAY, TAKEN, Pop, Transition
from game.stage.widgets import Widget, dialog
from game.story import StoryState

BOOK = Box(112, 40, 1056, 640)
LEFT = Box(BOOK.x + 66, BOOK.y + 92, 420, 472)
RIGHT = Box(BOOK.right - 66 - 420, LEFT.y, LEFT.w, LEFT.h)
HANG = 30
"""How far the text of an entry stands in from its mark."""

Kind = Literal["heading", "fact", "item", "open", "closed", "name", "known", "note", "nothing"]
TURNS = {"left": -1, "page_up": -1, "up": -1, "right": 1, "page_down": 1, "down": 1, "home": -1000, "end": 1000}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in the book; `more` is what is said of it beside its `text`."""

    kind: Kind
    text: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry on its page: its lines, those of `more`, and how far down the page it begins, in lines."""

    entry: Entry
    lines: tuple[str, ...]
    more: tuple[str, ...]
    top: int

    @property
    def height(self) -> int:
        return len(self.lines) + len(self.more)


class LedgerScreen:
    """`state` is what the player has read of; the pages are turned two at a time."""

    def __init__(self, house: House, pack: Pack, state: StoryState) -> None:
        self._house = house
        self._state = state
        self._open(pack)
        self._spread = 0
        self._spreads = 1

    def _open(self, pack: Pack) -> None:
        self._pack = pack
        self._entries = tuple(entries(ledger_of(pack, self._state)))

    @property
    def pack(self) -> Pack | None:
        return self._pack

    def handle(self, event: Input | Event | Tick) -> Transition:
        if isinstance(event, Reloaded):
            self._open(event.pack)
        if isinstance(event, Scrolled):
            return self._turn(-1 if event.notches > 0 else 1)
        if isinstance(event, Pressed) and event.key in ("back", "ledger"):
            return Pop()
        if isinstance(event, Pressed) and event.key in TURNS and self._spreads > 1:
            return self._turn(TURNS[event.key])
        return STAY

    def _turn(self, by: int) -> Transition:
        self._spread = max(0, min(self._spreads - 1, self._spread + by))
        return TAKEN

    def tree(self, view: View) -> Widget:
        pages = paged(view, self._entries)
        self._spreads = (len(pages) + 1) // 2
        self._spread = min(self._spread, self._spreads - 1)
        first = 2 * self._spread
        seen = [
            _entry(view, placed, column, f"entry:{page}.{n}")
            for column, page in ((LEFT, first), (RIGHT, first + 1))
            for n, placed in enumerate(pages[page] if page < len(pages) else ())
        ]
        return dialog(
            "Ledger",
            Widget("group", "", BOOK, look=_book),
            Widget("heading", "Ledger", Box(LEFT.x, BOOK.y + 32, 400, 50), look=looks.text("heading", "ink")),
            Widget("button", "Back", Box(RIGHT.right - 110, BOOK.y + 36, 110, 38), press=Pop, look=looks.button),
            *seen,
            *self._feet(first, len(pages)),
            look=looks.veil(0.72),
        )

    def _feet(self, first: int, count: int) -> list[Widget]:
        """The pages' numbers, and a way to each side on which there are more."""
        foot = LEFT.bottom + 14
        parts: list[Widget] = []
        for n, column in ((first, LEFT), (first + 1, RIGHT)):
            if n < count:
                look = looks.text("note", "faint", "middle")
                parts.append(Widget("text", f"{n + 1}", Box(column.x, foot, column.w, 24), look=look))
        if self._spread > 0:
            spot = Box(LEFT.x, foot - 6, 150, 36)
            parts.append(Widget("button", "Earlier pages", spot, press=partial(self._turn, -1), look=looks.button))
        if self._spread < self._spreads - 1:
            spot = Box(RIGHT.right - 150, foot - 6, 150, 36)
            parts.append(Widget("button", "Later pages", spot, press=partial(self._turn, 1), look=looks.button))
        return parts


def entries(ledger: Ledger) -> Iterator[Entry]:
    """What stands in the book, in order; a heading only where something follows."""
    sections: tuple[tuple[str, list[Entry]], ...] = (
        ("What is open", [Entry("open", text) for text in ledger.open]),
        ("What is true", [Entry("fact", text) for text in ledger.facts]),
        ("What you carry", [Entry("item", name, text) for name, text in ledger.items]),
        ("Who knows what", [each for name, known in ledger.known for each in _known(name, known)]),
        ("Noted by the way", [Entry("note", text) for text in ledger.notes]),
        ("What is settled", [Entry("closed", text) for text in ledger.closed]),
    )
    filled = [(title, found) for title, found in sections if found]
    for title, found in filled:
        yield Entry("heading", title)
        yield from found
    if not filled:
        yield Entry("nothing", "Nothing is written here yet.")


def _known(name: str, known: tuple[str, ...]) -> list[Entry]:
    return [Entry("name", name), *(Entry("known", text) for text in known)]


def paged(view: View, book: tuple[Entry, ...]) -> list[list[Placed]]:
    """The entries on pages, from the top of each down. None is torn in two, and no heading or name stands last on a page."""
    room = int(LEFT.h / view.type.leading("hand"))
    pages: list[list[Placed]] = [[]]
    row = 0
    for n, entry in enumerate(book):
        space = 1 if entry.kind == "heading" and pages[-1] else 0
        placed = _laid(view, entry, row + space)
        following = 2 if entry.kind in ("heading", "name") and n + 1 < len(book) else 0
        if pages[-1] and placed.top + placed.height + following > room:
            pages.append([])
            placed = _laid(view, entry, 0)
        pages[-1].append(placed)
        row = placed.top + placed.height
    return pages


def _laid(view: View, entry: Entry, top: int) -> Placed:
    if entry.kind in ("heading", "name"):
        return Placed(entry, (entry.text,), (), top)
    width = LEFT.w - HANG
    text = f"{entry.text[:1].upper()}{entry.text[1:]}"
    more = view.type.broken(entry.more, "hand", width) if entry.more else ()
    return Placed(entry, view.type.broken(text, "hand", width), more, top)


def _entry(view: View, placed: Placed, column: Box, key: str) -> Widget:
    leading = view.type.leading("hand")
    entry = placed.entry
    box = Box(column.x, column.y + placed.top * leading, column.w, placed.height * leading)
    role: Literal["heading", "text"] = "heading" if entry.kind in ("heading", "name") else "text"
    return Widget(role, entry.text, box, entry.more or _state_words(entry), key=key, look=partial(_written, placed))


def _state_words(entry: Entry) -> str:
    return {"open": "open", "closed": "settled"}.get(entry.kind, "")


def _written(placed: Placed, canvas: Canvas, widget: Widget) -> None:
    """An entry in ink: its mark in the margin, its words beside it."""
    theme, box, kind = canvas.theme, widget.box, placed.entry.kind
    leading = canvas.type.leading("hand")
    if kind == "heading":
        canvas.words(placed.lines[0], "subheading", box.x, box.y + leading - canvas.type.leading("subheading"), theme.mark)
        return
    if kind in ("name", "nothing"):
        canvas.block(placed.lines, "hand", box, theme.faint if kind == "nothing" else theme.ink)
        return
    x, y = box.x + 10, box.y + leading / 2 + 1
    if kind in ("fact", "item", "open"):
        looks.lozenge(canvas, x, y, 5, theme.mark, hollow=kind == "open")
    text = Box(box.x + HANG, box.y, box.w, box.h)
    ink = mix(theme.faint, theme.sheet, 0.0 if theme.plain else 0.15) if kind == "closed" else theme.ink
    canvas.block(placed.lines, "hand", text, ink)
    canvas.block(placed.more, "hand", text.moved(0, len(placed.lines) * leading), theme.faint)
    if kind == "closed":
        for n, line in enumerate(placed.lines):
            width = canvas.type.width(line.rstrip(), "hand")
            canvas.bar(Box(text.x - 4, text.y + (n + 0.56) * leading, width + 8, 2), theme.mark)


def _book(canvas: Canvas, widget: Widget) -> None:
    """A cover, a few leaves, and the two open pages, ruled, with the fold between them."""
    theme, box = canvas.theme, widget.box
    half = box.w / 2
    canvas.sheet(box.inset(-14, -12), mix(theme.mark, theme.night, 0.55), 14, seed=151)
    for n in (2, 1):
        canvas.sheet(
            Box(box.x - 3 * n, box.y + 2 * n, box.w + 6 * n, box.h), mix(theme.sheet, theme.ink, 0.05 * n), 2, seed=153 + n
        )
    canvas.sheet(Box(box.x, box.y, half, box.h), theme.sheet, 2, seed=157)
    canvas.sheet(Box(box.x + half, box.y, half, box.h), theme.sheet, 2, seed=159)
    if theme.plain:
        return
    for n in range(16):
        deep = 0.2 * (1 - n / 16) ** 2
        canvas.shade(Box(box.x + half - 2 * (n + 1), box.y + 2, 2, box.h - 3), deep)
        canvas.shade(Box(box.x + half + 2 * n, box.y + 2, 2, box.h - 3), deep * 0.6)
    leading = canvas.type.leading("hand")
    line = mix(theme.sheet, theme.under, 0.28)
    for column in (LEFT, RIGHT):
        for n in range(int(column.h / leading)):
            canvas.bar(Box(column.x, column.y + (n + 0.92) * leading, column.w, 1), line)
