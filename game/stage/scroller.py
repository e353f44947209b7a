"""A page that may be longer than the room for it: how far it was moved, and by what; painting what of it is seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from game.session import Event
from game.stage.box import NOWHERE, Box
from game.stage.canvas import Canvas
from game.stage.inputs import Input, Key, Pressed, Scrolled
from game.stage.screen import Tick
from game.stage.transition import STAY, TAKEN, Transition
from game.stage.widgets import Look, Widget

NOTCH: Final = 70.0
"""How far a notch of the wheel, or an arrow, moves the page, in logical units."""
LEAPS: Final[Mapping[Key, float]] = {"page_up": -0.9, "page_down": 0.9, "home": -1e9, "end": 1e9}
"""How far these keys do, in pages."""


@dataclass
class Scroller:
    """`room` is where the page is seen, `height` how long it is; `offset` is what lies above the room."""

    room: Box = NOWHERE
    height: float = 0.0
    offset: float = 0.0

    @property
    def most(self) -> float:
        return max(0.0, self.height - self.room.h)

    def handle(self, event: Input | Event | Tick) -> Transition:
        """Move the page; STAY for what does not."""
        match event:
            case Scrolled(notches):
                return self._move(-notches * NOTCH)
            case Pressed("up" | "down"):
                return self._move(-NOTCH if event.key == "up" else NOTCH)
            case Pressed(key) if key in LEAPS:
                return self._move(LEAPS[key] * self.room.h)
        return STAY

    def _move(self, by: float) -> Transition:
        before = self.offset
        self.offset = max(0.0, min(self.most, before + by))
        return TAKEN if self.offset != before else STAY

    def lay(self, rows: list[Widget], height: float, room: Box) -> list[Widget]:
        """Those of `rows`, which begin at `room` and are `height` long together, that are seen now; and the bar beside them."""
        self.room, self.height = room, height
        self.offset = min(self.offset, self.most)
        moved = (replace(row, box=row.box.moved(0, -self.offset)) for row in rows)
        seen = [self._clipped(row) for row in moved if row.box.bottom > room.y and row.box.y < room.bottom]
        return [*seen, Widget("group", "", room, look=self._bar)] if self.most else seen

    def _clipped(self, row: Widget) -> Widget:
        """What of a row is in the room can be pointed at, and is painted."""
        top, bottom = max(row.box.y, self.room.y), min(row.box.bottom, self.room.bottom)
        box = Box(row.box.x, top, row.box.w, bottom - top)
        return replace(row, box=box, look=partial(_within, self.room, row.box, row.look))

    def _bar(self, canvas: Canvas, widget: Widget) -> None:
        """How much of the page is seen, and where in it that is."""
        share = self.room.h / self.height
        x = self.room.right + 22
        canvas.bar(Box(x, self.room.y, 2, self.room.h), canvas.theme.under)
        tall = max(24.0, self.room.h * share)
        down = (self.room.h - tall) * self.offset / self.most
        canvas.bar(Box(x - 1, self.room.y + down, 4, tall), canvas.theme.mark)


def _within(room: Box, box: Box, look: Look | None, canvas: Canvas, widget: Widget) -> None:
    """Painted only inside the room, where all of it is `box`."""
    whole = canvas.surface.get_clip()
    canvas.surface.set_clip(canvas.fit.pixels(room.inset(-20, 0)))
    if look:
        look(canvas, replace(widget, box=box))
    canvas.surface.set_clip(whole)
