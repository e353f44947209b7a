"""Changing the words of a beat: the player's instead of those that were told, which are kept and can be had back."""

from __future__ import annotations

from game.session import LONGEST_BEAT
from game.stage import looks
from game.stage.box import HEIGHT, WIDTH, Box
from game.stage.field import Field
from game.stage.screen import View
from game.stage.screens.over import OverTale
from game.stage.screens.source import source_words
from game.stage.tale import Tale
from game.stage.transition import Pop, Transition
from game.stage.widgets import Widget, dialog
from game.story import Beat

ACROSS = 960
LINES = 7
NOTE = "The scenes that followed stay as they are; what is told from now on keeps to your words."


class Rewriting(OverTale):
    """`scene` is the key of the beat's scene, `index` which one of it it is."""

    def __init__(self, tale: Tale, scene: str, index: int, beat: Beat) -> None:
        super().__init__(tale)
        self._scene, self._index, self._beat = scene, index, beat
        self._words = Field(self._whose(beat), beat.text, LONGEST_BEAT, LINES)

    def tree(self, view: View) -> Widget:
        inner = ACROSS - 120
        source = source_words(self._beat.source)
        field = self._words.height(view)
        told = view.type.height(source, "small", inner)
        height = 40 + 50 + 10 + field + 12 + told + 4 + 21 + 24 + 48 + 38
        sheet = Box((WIDTH - ACROSS) / 2, (HEIGHT - height) / 2, ACROSS, height)
        x, y = sheet.x + 60, sheet.y + 40
        below = y + 60 + field + 12
        return dialog(
            "Change the words",
            Widget("group", "", sheet, look=looks.sheet(12, seed=161)),
            Widget("heading", "Change the words", Box(x, y, inner, 50), look=looks.text("heading", "ink")),
            self._words.widget(view, x, y + 60, inner, self._save),
            Widget("text", source, Box(x, below, inner, told), key="source", look=looks.text("small", "ink")),
            Widget("text", NOTE, Box(x, below + told + 4, inner, 21), look=looks.text("small", "faint")),
            *self._buttons(sheet, sheet.bottom - 86),
            look=looks.veil(0.72),
        )

    def _buttons(self, sheet: Box, y: float) -> list[Widget]:
        buttons = [
            Widget("button", "Cancel", Box(sheet.right - 60 - 130 - 146, y, 130, 48), press=Pop, look=looks.button),
            Widget("button", "Save", Box(sheet.right - 60 - 130, y, 130, 48), press=self._save, look=looks.primary),
        ]
        if self._beat.source.via == "edit":
            spot = Box(sheet.x + 60, y, 200, 48)
            buttons.insert(0, Widget("button", "As it was told", spot, press=self._give_back, look=looks.button))
        return buttons

    def _whose(self, beat: Beat) -> str:
        if beat.speaker is None:
            return "The narrator"
        pack = self._tale.pack
        return pack.cast[beat.speaker].name if pack and beat.speaker in pack.cast else beat.speaker

    def _save(self) -> Transition:
        """Take the words; none at all, or the same as before, change nothing."""
        if self._words.text and self._words.text != self._beat.text:
            self._tale.rewrite(self._scene, self._index, self._words.text)
        return Pop()

    def _give_back(self) -> Transition:
        self._tale.rewrite(self._scene, self._index, "")
        return Pop()
