"""What is wrong with a pack, said to its author: each finding with how bad it is, where it is, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from game.packs import Diagnostic, Pack
from game.session import Event, NotReloaded, PackCard, PackTried, Reloaded, ShelfReady
from game.stage import looks
from game.stage.box import Box
from game.stage.canvas import Canvas
from game.stage.inputs import Input, Pressed
from game.stage.screen import Tick, View
from game.stage.scroller import Scroller
from game.stage.transition import STAY, TAKEN, Pop, Transition
from game.stage.widgets import Widget, dialog

SHEET = Box(150, 40, 980, 640)
"""As large as the sheet may be."""
INDENT = 34
"""How far a finding stands in from its mark."""


class Problems:
    """`words` say what they are of. `again` has the pack read again: what is wrong with it then stands here, and when it is good,
    this is laid aside. `ref` is the pack's, where it is not the one that is being played."""

    def __init__(
        self,
        title: str,
        words: str,
        problems: Sequence[Diagnostic],
        again: Callable[[], None],
        pack: Pack | None = None,
        ref: str = "",
    ) -> None:
        self.ref = ref
        self._title = title
        self._words = words
        self._problems = problems
        self._again = again
        self._pack = pack
        self._page = Scroller()

    @property
    def pack(self) -> Pack | None:
        return self._pack

    def handle(self, event: Input | Event | Tick) -> Transition:
        match event:
            case Reloaded() if not self.ref:
                return Pop()
            case NotReloaded(problems) if not self.ref:
                self._problems = problems
            case PackTried(card) if card.ref == self.ref:
                return self._take(card)
            case ShelfReady(packs):
                found = next((card for card in packs if card.ref == self.ref), None)
                return self._take(found) if found else STAY
            case Pressed("back"):
                return Pop()
            case Pressed("reload"):
                return self._look_again()
        return self._page.handle(event)

    def _take(self, card: PackCard) -> Transition:
        """How the pack is now."""
        self._problems = card.problems
        return Pop() if card.pack else STAY

    def _look_again(self) -> Transition:
        self._again()
        return TAKEN

    def tree(self, view: View) -> Widget:
        across = SHEET.w - 120
        head = view.type.clipped(self._title, "heading", across, 1)[0]
        said = view.type.height(self._words, "note", across)
        above = 36 + 56 + said + 18
        rows, height = self._rows(view, Box(SHEET.x + 60, 0, across, 0))
        tall = min(SHEET.h, above + height + 116)
        sheet = Box(SHEET.x, SHEET.y + (SHEET.h - tall) / 2, SHEET.w, tall)
        room = Box(sheet.x + 60, sheet.y + above, across, tall - above - 104)
        rows = [replace(row, box=row.box.moved(0, room.y)) for row in rows]
        foot, again = sheet.bottom - 76, "Read it again (F5)"
        width = view.type.width(again, "label") + 50
        return dialog(
            self._title,
            Widget("group", "", sheet, look=looks.sheet(12, seed=211)),
            Widget("heading", head, Box(room.x, sheet.y + 36, across, 50), look=looks.text("heading", "ink")),
            Widget("text", self._words, Box(room.x, sheet.y + 92, across, said), look=looks.text("note", "faint")),
            *self._page.lay(rows, height, room),
            Widget("button", again, Box(room.right - 150 - width, foot, width, 46), press=self._look_again, look=looks.button),
            Widget("button", "Back", Box(room.right - 130, foot, 130, 46), press=Pop, first=True, look=looks.primary),
            look=looks.veil(0.72),
        )

    def _rows(self, view: View, room: Box) -> tuple[list[Widget], float]:
        """The findings under one another, and their height together."""
        rows, y = [], 0.0
        width = room.w - INDENT
        for n, found in enumerate(self._problems):
            where = view.type.leading("small_bold")
            message = view.type.height(sentence(found.message), "label", width)
            advice = view.type.height(found.suggestion, "aside", width) if found.suggestion else 0.0
            box = Box(room.x, room.y + y, room.w, where + message + advice + 4)
            value = f"{place_of(found)}. {found.suggestion}".strip()
            rows.append(Widget("text", sentence(found.message), box, value, key=f"problem:{n}", look=partial(_finding, found)))
            y += box.h + 18
        return rows, max(0.0, y - 18)


def place_of(found: Diagnostic) -> str:
    """How bad it is, in which file and line, and its code."""
    where = f"{found.file}, line {found.line}" if found.line else found.file
    return f"{found.severity.capitalize()} · {where} · {found.code}"


def sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def counted(problems: Sequence[Diagnostic]) -> str:
    """How many errors and warnings these are, in words."""
    parts = []
    for severity in ("error", "warning"):
        if count := sum(each.severity == severity for each in problems):
            parts.append(f"{count} {severity}{'s' if count > 1 else ''}")
    return " and ".join(parts)


def _finding(found: Diagnostic, canvas: Canvas, widget: Widget) -> None:
    """A filled mark for an error, a hollow one for a warning."""
    box, theme, type_ = widget.box, canvas.theme, canvas.type
    text = Box(box.x + INDENT, box.y, box.w - INDENT, box.h)
    looks.lozenge(canvas, box.x + 10, box.y + 11, 6, theme.mark, hollow=found.severity == "warning")
    canvas.words(place_of(found), "small_bold", text.x, text.y, theme.mark if found.severity == "error" else theme.faint)
    y = text.y + type_.leading("small_bold") + 2
    lines = type_.broken(widget.label, "label", text.w)
    canvas.block(lines, "label", Box(text.x, y, text.w, 0), theme.ink)
    y += len(lines) * type_.leading("label")
    if found.suggestion:
        canvas.block(type_.broken(found.suggestion, "aside", text.w), "aside", Box(text.x, y, text.w, 0), theme.faint)
