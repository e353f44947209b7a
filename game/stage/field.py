"""A field to write in, with a caret: what typing, moving and clicking do to its text, and where that lies on the paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from game.stage.box import Box
from game.stage.canvas import Canvas
from game.stage.inputs import Edit, Key, Typed
from game.stage.screen import View
from game.stage.theme import mix
from game.stage.transition import STAY, TAKEN, Transition
from game.stage.type import Type
from game.stage.widgets import Widget

Act = Callable[[], Transition]

CAPTION = 26
"""How much of a field's height its name above takes."""
SIDES, HEAD = 14, 9
"""The paper's margins around the text."""


@dataclass
class Writing:
    """A text and the place in it (0 to its length) where the next letter goes.

    `offered`: it is only a suggestion as yet. What is typed or erased first takes the whole of it; who moves in it keeps it.
    """

    text: str = ""
    longest: int = 400
    offered: bool = False
    caret: int = field(init=False)

    def __post_init__(self) -> None:
        self.caret = len(self.text)

    def take(self, change: Edit) -> None:
        """Something was typed, pasted or erased at the caret. What cannot be printed is left out, what is too much cut off."""
        if self.offered:
            self.text, self.caret, self.offered = "", 0, False
        if isinstance(change, Typed):
            room = self.longest - len(self.text)
            new = "".join(letter for letter in change.text if letter.isprintable())[: max(0, room)]
            self.text = self.text[: self.caret] + new + self.text[self.caret :]
            self.caret += len(new)
        elif change.ahead:
            self.text = self.text[: self.caret] + self.text[self._after(change.whole) :]
        else:
            start = self._before(change.whole)
            self.text, self.caret = self.text[:start] + self.text[self.caret :], start

    def move(self, key: Key) -> bool:
        """Move by a letter or a word; whether this key does."""
        ways: Mapping[Key, Callable[[], int]] = {
            "left": partial(self._before, False),
            "right": partial(self._after, False),
            "word_left": partial(self._before, True),
            "word_right": partial(self._after, True),
        }
        if key in ways:
            self.put(ways[key]())
        return key in ways

    def put(self, caret: int) -> None:
        """The next letter goes there."""
        self.caret, self.offered = caret, False

    def _before(self, word: bool) -> int:
        if not word:
            return max(0, self.caret - 1)
        return self.text.rfind(" ", 0, len(self.text[: self.caret].rstrip(" "))) + 1

    def _after(self, word: bool) -> int:
        if not word:
            return min(len(self.text), self.caret + 1)
        end = self.text.find(" ", self.caret)
        return len(self.text) if end < 0 else end + 1


class Field:
    """`name` stands above it; `hint` in it while it is empty. `lines` is how many are seen at once: one, or a page of them.
    `offered`: what is typed first takes the place of `text`, which lies marked until then.

    Its size in letters is that of the ordinary field, or of what is read where it has several lines.
    """

    def __init__(
        self, name: str, text: str = "", longest: int = 400, lines: int = 1, hint: str = "", offered: bool = False
    ) -> None:
        self.writing = Writing(text, longest, offered)
        self._name = name
        self._hint = hint
        self._many = lines > 1
        self._lines = lines
        self._top = 0
        self._type: Type | None = None
        self._paper = Box(0, 0, 1, 1)

    @property
    def text(self) -> str:
        """What is written, without what stands empty around it."""
        return " ".join(self.writing.text.split())

    @property
    def _laid(self) -> tuple[str, ...]:
        """The text's lines; joined they are the text."""
        text = self.writing.text
        return self._type.broken(text, self.style, self._paper.w - 2 * SIDES) if self._many and self._type else (text,)

    @property
    def style(self) -> str:
        return "read" if self._many else "field"

    def height(self, view: View) -> float:
        """With its name, in logical units."""
        return CAPTION + self._lines * view.type.leading(self.style) + 2 * HEAD

    def widget(self, view: View, x: float, y: float, width: float, done: Act) -> Widget:
        """The field with its left upper corner there; Enter does what `done` does. It has the focus at first."""
        box = Box(x, y, width, self.height(view))
        self._type, self._paper = view.type, Box(x, y + CAPTION, width, box.h - CAPTION)
        row, _ = self._place()
        self._top = max(min(self._top, row, max(0, len(self._laid) - self._lines)), row - self._lines + 1)
        return Widget(
            "field",
            self._name,
            box,
            self.writing.text,
            edit=self._edit,
            caret=partial(self._key, done),
            touch=self._touch,
            first=True,
            look=self._look,
        )

    def _edit(self, change: Edit) -> Transition:
        self.writing.take(change)
        return TAKEN

    def _key(self, done: Act, key: Key) -> Transition:
        if key == "accept":
            return done()
        row, x = self._place()
        if self.writing.move(key):
            return TAKEN
        if key in ("home", "end"):
            self.writing.put(self._at(row, 0.0 if key == "home" else 1e6))
            return TAKEN
        to = row + (1 if key == "down" else -1)
        if key in ("up", "down") and 0 <= to < len(self._laid):
            self.writing.put(self._at(to, x))
            return TAKEN
        return STAY

    def _touch(self, x: float, y: float) -> Transition:
        if self._type:
            row = self._top + int((y - self._paper.y - HEAD) // self._type.leading(self.style))
            self.writing.put(self._at(max(0, min(len(self._laid) - 1, row)), x - self._paper.x - SIDES + self._slid))
        return TAKEN

    def _place(self) -> tuple[int, float]:
        """Where the caret is: the line, and how far into it, in logical units."""
        left = self.writing.caret
        laid = self._laid
        row = 0
        while left >= len(laid[row]) and row < len(laid) - 1:
            left -= len(laid[row])
            row += 1
        return row, self._type.width(laid[row][:left], self.style) if self._type else 0.0

    def _at(self, row: int, x: float) -> int:
        """The place in the text nearest to so far into a line."""
        line = self._laid[row]
        # After the space at a line's end is the next line's start: that is not in this line any more.
        last = len(line) if row == len(self._laid) - 1 else len(line) - 1
        width = self._type.width if self._type else lambda text, _: float(len(text))
        nearest = min(range(last + 1), key=lambda n: abs(width(line[:n], self.style) - x))
        return sum(map(len, self._laid[:row])) + nearest

    @property
    def _slid(self) -> float:
        """How much of a single line has slid out at the left, so that the caret is seen."""
        return 0.0 if self._many else max(0.0, self._place()[1] - (self._paper.w - 2 * SIDES))

    def _look(self, canvas: Canvas, widget: Widget) -> None:
        theme, paper, focused = canvas.theme, self._paper, canvas.focused(widget)
        canvas.words(self._name, "small_bold", widget.box.x, widget.box.y, theme.mark if focused else theme.faint)
        canvas.sheet(paper, mix(theme.sheet, (255, 255, 255), 0.6 if focused else 0.25), 1, seed=int(widget.box.y))
        if theme.plain:
            canvas.outline(paper, theme.ink, 2)
        whole = canvas.surface.get_clip()
        canvas.surface.set_clip(canvas.fit.pixels(paper.inset(SIDES - 4, 3)))
        self._write(canvas, focused)
        canvas.surface.set_clip(whole)
        if focused:
            canvas.bar(Box(paper.x + 4, paper.bottom - 4, paper.w - 8, 3), theme.mark)

    def _write(self, canvas: Canvas, focused: bool) -> None:
        leading = canvas.type.leading(self.style)
        x, y = self._paper.x + SIDES - self._slid, self._paper.y + HEAD
        if not self.writing.text:
            canvas.words(self._hint, self.style, x, y, canvas.theme.faint)
        for n, line in enumerate(self._laid[self._top : self._top + self._lines]):
            if focused and self.writing.offered:
                marked = Box(x - 2, y + n * leading + 1, canvas.type.width(line, self.style) + 4, leading - 2)
                canvas.bar(marked, mix(canvas.theme.sheet, canvas.theme.mark, 0.28))
            canvas.words(line, self.style, x, y + n * leading, canvas.theme.ink)
        row, along = self._place()
        if focused:
            canvas.bar(Box(x + along, y + (row - self._top) * leading + 3, 2, leading - 6), canvas.theme.mark)
