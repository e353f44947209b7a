"""Asking for a scene to be told once more, and how."""

from __future__ import annotations

from game.session import LONGEST_STEER
from game.stage import looks
from game.stage.box import HEIGHT, WIDTH, Box
from game.stage.field import Field
from game.stage.screen import View
from game.stage.screens.over import OverTale
from game.stage.tale import Tale
from game.stage.transition import Pop, Transition
from game.stage.widgets import Widget, dialog

ACROSS = 720
HELD = "What happens in it stays the same, and this telling stays beside the new one."
DEAF = "The offline storyteller cannot be asked for anything; it finds other words."


class Retelling(OverTale):
    """The field may stay empty."""

    def __init__(self, tale: Tale) -> None:
        super().__init__(tale)
        self._steer = Field("How would you like it?", "", LONGEST_STEER, hint="less grim, shorter, more of the weather")

    def tree(self, view: View) -> Widget:
        inner = ACROSS - 120
        words = f"{HELD} {DEAF}" if self._tale.authored else HELD
        said, field = view.type.height(words, "note", inner), self._steer.height(view)
        height = 40 + 50 + 8 + said + 22 + field + 28 + 48 + 40
        sheet = Box((WIDTH - ACROSS) / 2, (HEIGHT - height) / 2 - 20, ACROSS, height)
        x, y = sheet.x + 60, sheet.y + 40
        foot = sheet.bottom - 88
        return dialog(
            "Tell it again",
            Widget("group", "", sheet, look=looks.sheet(12, seed=171)),
            Widget("heading", "Tell it again", Box(x, y, inner, 50), look=looks.text("heading", "ink")),
            Widget("text", words, Box(x, y + 58, inner, said), look=looks.text("note", "ink")),
            self._steer.widget(view, x, y + 80 + said, inner, self._tell),
            Widget("button", "Cancel", Box(sheet.right - 60 - 180 - 146, foot, 130, 48), press=Pop, look=looks.button),
            Widget("button", "Tell it again", Box(sheet.right - 60 - 180, foot, 180, 48), press=self._tell, look=looks.primary),
            look=looks.veil(0.72),
        )

    def _tell(self) -> Transition:
        self._tale.retell(self._steer.text)
        return Pop()
