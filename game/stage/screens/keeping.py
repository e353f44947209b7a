"""Keeping a scene in a slot or under a name, and renaming or dropping what is kept: small sheets with a field for the name."""

from __future__ import annotations

from collections.abc import Callable

from game.session import MarkCard
from game.stage import looks
from game.stage.box import HEIGHT, WIDTH, Box
from game.stage.field import Field
from game.stage.screen import View
from game.stage.screens.over import OverTale
from game.stage.tale import QUICK, Tale
from game.stage.transition import TAKEN, Pop, Transition
from game.stage.widgets import Widget, dialog

ACROSS = 640
LONGEST = 40
"""Letters in a name."""

Act = Callable[[], Transition]


def slot_name(slot: str) -> str:
    return {"": "A new bookmark", QUICK: "The quick slot"}.get(slot, f"Slot {slot}")


class Keeping(OverTale):
    """Keeps the scene in view. `card` is what is in the slot already; with `slot` "" it is kept under its name alone."""

    def __init__(self, tale: Tale, slot: str, card: MarkCard | None) -> None:
        super().__init__(tale)
        self._slot = slot
        self._card = card
        self._name = Field("Name (may stay empty)" if slot else "Name", "", LONGEST)

    def tree(self, view: View) -> Widget:
        reading = self._tale.reading
        words = f"Keeps “{reading.title}”, scene {reading.turn}."
        if self._card:
            words += f" What is kept there gives way: “{self._card.mark.name or self._card.title}”, scene {self._card.turn}."
        return naming(view, slot_name(self._slot), words, self._name, (("Cancel", Pop),), ("Keep", self._keep))

    def _keep(self) -> Transition:
        if not self._slot and not self._name.text:
            return TAKEN
        self._tale.keep(self._slot, self._name.text)
        return Pop()


class Changing(OverTale):
    """Renames or drops what is kept."""

    def __init__(self, tale: Tale, card: MarkCard) -> None:
        super().__init__(tale)
        self._card = card
        self._name = Field("Name", card.mark.name, LONGEST)

    def tree(self, view: View) -> Widget:
        card = self._card
        title = slot_name(card.mark.slot) if card.mark.slot else card.mark.name
        words = f"“{card.title}”, scene {card.turn}. The scene itself stays, whatever becomes of this."
        return naming(view, title, words, self._name, (("Drop", self._drop), ("Cancel", Pop)), ("Rename", self._rename))

    def _rename(self) -> Transition:
        if not self._card.mark.slot and not self._name.text:
            return TAKEN
        self._tale.rename(self._card.mark, self._name.text)
        return Pop()

    def _drop(self) -> Transition:
        self._tale.drop(self._card.mark)
        return Pop()


def naming(view: View, title: str, words: str, name: Field, others: tuple[tuple[str, Act], ...], main: tuple[str, Act]) -> Widget:
    """A sheet in the middle: a title, words, a field for a name, and buttons of which `main` is what Enter in the field does."""
    inner = ACROSS - 120
    said, field = view.type.height(words, "note", inner), name.height(view)
    height = 40 + 50 + 8 + said + 20 + field + 28 + 48 + 40
    sheet = Box((WIDTH - ACROSS) / 2, (HEIGHT - height) / 2 - 20, ACROSS, height)
    x, y, foot = sheet.x + 60, sheet.y + 40, sheet.bottom - 88
    start = sheet.right - 60 - 140 * (1 + len(others))
    return dialog(
        title,
        Widget("group", "", sheet, look=looks.sheet(12, seed=191)),
        Widget("heading", title, Box(x, y, inner, 50), look=looks.text("heading", "ink", lines=1)),
        Widget("text", words, Box(x, y + 58, inner, said), look=looks.text("note", "ink")),
        name.widget(view, x, y + 78 + said, inner, main[1]),
        *(
            Widget("button", label, Box(start + n * 140, foot, 128, 48), press=act, look=looks.button)
            for n, (label, act) in enumerate(others)
        ),
        Widget("button", main[0], Box(sheet.right - 60 - 130, foot, 130, 48), press=main[1], look=looks.primary),
        look=looks.veil(0.72),
    )
