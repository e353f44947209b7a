"""The pause in a story: go on, read back, settings, or back to the title."""

from __future__ import annotations

from collections.abc import Callable

from game.packs import Pack
from game.session import Event
from game.stage import looks
from game.stage.box import Box
from game.stage.inputs import Input, Pressed
from game.stage.reading import Reading
from game.stage.screen import House, Tick, View
from game.stage.screens.backlog import Backlog
from game.stage.screens.ledger import LedgerScreen
from game.stage.screens.message import Confirm
from game.stage.screens.settings import SettingsScreen
from game.stage.transition import STAY, Home, Pop, Push, Replace, Transition
from game.stage.widgets import Widget, dialog
from game.story import StoryState

SHEET = Box(450, 122, 380, 448)


class Menu:
    """`state` is what the player has read of; `kept` is whether the playthrough is in a file, and can be taken up again."""

    def __init__(self, house: House, pack: Pack | None, reading: Reading, state: StoryState | None, kept: bool) -> None:
        self._house = house
        self._pack = pack
        self._reading = reading
        self._state = state
        self._kept = kept

    @property
    def pack(self) -> Pack | None:
        return self._pack

    def handle(self, event: Input | Event | Tick) -> Transition:
        return Pop() if isinstance(event, Pressed) and event.key == "back" else STAY

    def tree(self, view: View) -> Widget:
        items: tuple[tuple[str, Callable[[], Transition]], ...] = (
            ("Go on reading", Pop),
            ("Read back", lambda: Replace(Backlog(self._house, self._pack, self._reading))),
            ("Ledger", self._ledger),
            ("Settings", lambda: Push(SettingsScreen(self._house, self._pack))),
            ("Back to the title", self._ask),
        )
        rows = (
            Widget("button", label, Box(SHEET.x + 44, SHEET.y + 120 + n * 58, SHEET.w - 88, 52), press=act, look=looks.row)
            for n, (label, act) in enumerate(items)
        )
        title = Widget("heading", "A pause", Box(SHEET.x, SHEET.y + 36, SHEET.w, 50), look=looks.text("heading", "ink", "middle"))
        line = Widget("group", "", Box(SHEET.x + 90, SHEET.y + 94, SHEET.w - 180, 12), look=looks.rule)
        return dialog(
            "Menu", Widget("group", "", SHEET, look=looks.sheet(12, seed=81)), title, line, *rows, look=looks.veil(0.72)
        )

    def _ledger(self) -> Transition:
        return Replace(LedgerScreen(self._house, self._pack, self._state)) if self._pack and self._state else Pop()

    def _ask(self) -> Transition:
        kept = "Your place in it is kept; you can take it up again from the title."
        lost = "This playthrough is not kept in a file. What you have read so far will be gone."
        return Replace(
            Confirm("Leave the story?", kept if self._kept else lost, "Go on reading", "Leave", self._leave, self._pack),
        )

    def _leave(self) -> Transition:
        self._house.leave()
        return Home()
