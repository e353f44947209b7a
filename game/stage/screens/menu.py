"""The pause in a story: what can be looked at, and the ways through what was told."""

from __future__ import annotations

from collections.abc import Callable

from game.stage import looks
from game.stage.box import Box
from game.stage.screen import Screen, View
from game.stage.screens import doors
from game.stage.screens.message import Confirm
from game.stage.screens.over import OverTale
from game.stage.screens.settings import SettingsScreen
from game.stage.tale import Tale
from game.stage.transition import Home, Pop, Push, Replace, Transition
from game.stage.widgets import Widget, dialog

SHEET = Box(250, 118, 780, 476)
ROW = 56
COLUMN = 330

Act = Callable[[], Transition]
Item = tuple[str, Act | None]
"""What an entry says, and what it does; None: nothing at present."""


class Menu(OverTale):
    """On the left what there is to see, on the right what can be done with the scene in view."""

    def tree(self, view: View) -> Widget:
        title = Widget("heading", "A pause", Box(SHEET.x, SHEET.y + 30, SHEET.w, 50), look=looks.text("heading", "ink", "middle"))
        line = Widget("group", "", Box(SHEET.x + 250, SHEET.y + 88, SHEET.w - 500, 12), look=looks.rule)
        left, right = SHEET.x + 44, SHEET.right - 44 - COLUMN
        return dialog(
            "Menu",
            Widget("group", "", SHEET, look=looks.sheet(12, seed=81)),
            title,
            line,
            *_column(left, self._looking()),
            *_column(right, self._acting()),
            look=looks.veil(0.72),
        )

    def _looking(self) -> tuple[Item, ...]:
        return (
            ("Go on reading", Pop),
            ("Read back", self._door(doors.backlog)),
            ("Ledger", self._door(doors.ledger)),
            ("Map", self._door(doors.story_map)),
            ("Settings", lambda: Push(SettingsScreen(self._tale.house, self._tale.pack))),
            ("Back to the title", self._ask),
        )

    def _acting(self) -> tuple[Item, ...]:
        tale, reading = self._tale, self._tale.reading
        tells = not tale.read_only and bool(reading.key)
        return (
            ("Back one scene", self._move(tale.back) if reading.turn > 1 else None),
            ("Forward", self._move(tale.forward) if reading.branches.forward else None),
            ("Tell it again", self._door(doors.retelling) if tells else None),
            ("Change these words", self._door(doors.rewriting) if tells and reading.scene else None),
            ("Keep this scene", self._door(doors.keep)),
            ("Go to a kept scene", self._door(doors.kept) if tale.marks else None),
        )

    def _door(self, door: Callable[[Tale], Screen | None]) -> Act:
        def enter() -> Transition:
            screen = door(self._tale)
            return Replace(screen) if screen else Pop()

        return enter

    def _move(self, move: Callable[[], None]) -> Act:
        def go() -> Transition:
            move()
            return Pop()

        return go

    def _ask(self) -> Transition:
        kept = "Your place in it is kept; you can take it up again from the title."
        lost = "This playthrough is not kept in a file. What you have read so far will be gone."
        words = kept if self._tale.saved else lost
        return Replace(Confirm("Leave the story?", words, "Go on reading", "Leave", self._leave, self._tale.pack))

    def _leave(self) -> Transition:
        self._tale.house.leave()
        return Home()


def _column(x: float, items: tuple[Item, ...]) -> list[Widget]:
    """Entries under one another; what can do nothing is seen faintly and cannot be gone to."""
    boxes = (Box(x, SHEET.y + 114 + n * ROW, COLUMN, ROW - 6) for n in range(len(items)))
    return [
        Widget("button", label, box, press=act, look=looks.row if act else looks.faint_row)
        for box, (label, act) in zip(boxes, items, strict=True)
    ]
