"""Something that must be said in words before anything else, and a question that must be answered."""

from __future__ import annotations

from collections.abc import Callable

from game.packs import Pack
from game.session import Event
from game.stage import looks
from game.stage.box import HEIGHT, WIDTH, Box
from game.stage.inputs import Input, Pressed
from game.stage.screen import House, Tick, View, read_again
from game.stage.transition import STAY, Home, Pop, Transition
from game.stage.widgets import Widget, dialog

ACROSS = 640


class Message:
    """An error or a fact; `leaves`: from here the only way is to the title."""

    def __init__(self, house: House, title: str, words: str, pack: Pack | None = None, leaves: bool = False) -> None:
        self._house = house
        self._title = title
        self._words = words
        self._pack = pack
        self._leaves = leaves

    @property
    def pack(self) -> Pack | None:
        return self._pack

    def handle(self, event: Input | Event | Tick) -> Transition:
        self._pack = read_again(self._pack, event)
        return self._close() if isinstance(event, Pressed) and event.key == "back" else STAY

    def tree(self, view: View) -> Widget:
        label = "Back to the title" if self._leaves else "Back"
        return dialogue(view, self._title, self._words, ((label, self._close),))

    def _close(self) -> Transition:
        if self._leaves:
            self._house.leave()
            return Home()
        return Pop()


class Confirm:
    """A question with two answers; `no` comes first and changes nothing."""

    def __init__(
        self, title: str, words: str, no: str, yes: str, act: Callable[[], Transition], pack: Pack | None = None
    ) -> None:
        self._title = title
        self._words = words
        self._answers = (no, yes)
        self._act = act
        self._pack = pack

    @property
    def pack(self) -> Pack | None:
        return self._pack

    def handle(self, event: Input | Event | Tick) -> Transition:
        self._pack = read_again(self._pack, event)
        return Pop() if isinstance(event, Pressed) and event.key == "back" else STAY

    def tree(self, view: View) -> Widget:
        return dialogue(view, self._title, self._words, ((self._answers[0], Pop), (self._answers[1], self._act)))


def dialogue(view: View, title: str, words: str, buttons: tuple[tuple[str, Callable[[], Transition]], ...]) -> Widget:
    """A small sheet in the middle: a title, words, buttons."""
    inner = ACROSS - 120
    text = view.type.height(words, "field", inner)
    head = view.type.height(title, "heading", inner)
    height = 48 + head + 14 + text + 36 + 44 + 44
    box = Box((WIDTH - ACROSS) / 2, (HEIGHT - height) / 2 - 20, ACROSS, height)
    y = box.y + 44
    widths = [max(140.0, view.type.width(label, "label") + 56) for label, _ in buttons]
    x = box.right - 60 - sum(widths) - 16 * (len(buttons) - 1)
    row = []
    for (label, act), width in zip(buttons, widths, strict=True):
        row.append(Widget("button", label, Box(x, box.bottom - 44 - 46, width, 46), press=act, look=looks.button))
        x += width + 16
    return dialog(
        title,
        Widget("group", "", box, look=looks.sheet(12, seed=71)),
        Widget("heading", title, Box(box.x + 60, y, inner, head), look=looks.text("heading", "ink")),
        Widget("text", words, Box(box.x + 60, y + head + 14, inner, text), look=looks.text("field", "ink")),
        *row,
        look=looks.veil(0.72),
    )
