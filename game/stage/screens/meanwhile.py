"""What stands on the stage while more is being written: who writes, the pack's words for it, a moment of its world, a way out.

None of it belongs to the scene: it is not kept, and not read back.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import sin

from game.packs.files import WaitingFile
from game.stage import looks
from game.stage.box import HEIGHT, Box
from game.stage.canvas import Canvas
from game.stage.reading import Phase, Reading
from game.stage.screen import View
from game.stage.screens.source import source_mark
from game.stage.screens.telling import source_spot, text_box, window_box
from game.stage.theme import mix
from game.stage.transition import Transition
from game.stage.widgets import Look, Widget, group
from game.story import Source

Act = Callable[[], Transition]

QUIET = 0.35, 1.2
"""Seconds before anything is said of waiting: for a scene to begin, and in the midst of one."""
PATIENCE = 2.0
"""Seconds before there is a way out."""
PAUSE, NEXT = 4.0, 8.0
"""Seconds before a moment of the world is shown, and from one to the next."""


def words_for(waiting: WaitingFile, turn: int) -> str:
    """The pack's words for a turn that is being written; empty when it has none."""
    return waiting.words[turn % len(waiting.words)] if waiting.words else ""


def pause_for(waiting: WaitingFile, turn: int, waited: float) -> tuple[int, float] | None:
    """Which of the pack's pauses to show after so many seconds, and when in the wait it came; the last one stays."""
    if waited < PAUSE or not waiting.pauses:
        return None
    n = min(int((waited - PAUSE) / NEXT), len(waiting.pauses) - 1)
    return (turn + n) % len(waiting.pauses), PAUSE + n * NEXT


def meanwhile(
    view: View, pack: WaitingFile, reading: Reading, phase: Phase, since: float, stop: Act, told: bool, toggle: Act
) -> list[Widget]:
    """All that is shown of waiting since `since` (seconds of the stage's clock). On a blank page it has the page to itself."""
    view.stir()
    blank = phase == "opening"
    parts = [] if view.now - since < QUIET[not blank] else [_who(view, pack, reading, blank, since)]
    if (pause := pause_for(pack, reading.turn, view.now - since)) is not None:
        parts += _pause(view, pack.pauses[pause[0]], pause[0], since + pause[1], blank, told, toggle)
    if view.now - since > PATIENCE:
        spot = Box(text_box(view).right - 160, HEIGHT - 44, 160, 36)
        parts.append(Widget("button", "Stop waiting", spot, press=stop, look=looks.button))
    return parts


def _who(view: View, pack: WaitingFile, reading: Reading, blank: bool, since: float) -> Widget:
    """One line: the pack's words, and who is writing."""
    text = text_box(view)
    writer = reading.writer or "the storyteller"
    who = f"{writer.replace('the ', 'The ', 1) if writer.startswith('the ') else writer} is writing"
    words = words_for(pack, reading.turn)
    quiet = view.fade(since + QUIET[not blank], 0.5)
    line = Box(text.x, text.y if blank else HEIGHT - 36, text.w, 24)
    dots = line.x + view.type.width(words or who, "aside") + 16
    parts = [Widget("group", "", Box(dots, line.y, 40, 24), look=partial(_dots, view.now, quiet, view.still))]
    if words:
        beside = Box(dots + 54, line.y + 2, line.w, 22)
        parts += [
            Widget("status", "Waiting", line, value=words, look=partial(_words, "aside", quiet)),
            Widget("status", "Writing", beside, value=who, look=partial(_words, "small", quiet)),
        ]
    else:
        parts.append(Widget("status", "Writing", line, value=who, look=partial(_words, "aside", quiet)))
    return group(*parts)


def _words(style: str, quiet: float, canvas: Canvas, widget: Widget) -> None:
    colour = mix(canvas.theme.sheet, canvas.theme.faint, quiet)
    canvas.words(widget.value, style, widget.box.x, widget.box.y, colour)


def _dots(now: float, quiet: float, still: bool, canvas: Canvas, widget: Widget) -> None:
    for n in range(3):
        beat = 0.5 if still else 0.5 + 0.5 * sin(now * 4 - n * 0.9)
        dot = mix(canvas.theme.sheet, canvas.theme.mark, quiet * (0.25 + 0.75 * beat))
        looks.lozenge(canvas, widget.box.x + n * 14, widget.box.y + 14, 3.5, dot)


def _pause(view: View, words: str, n: int, since: float, blank: bool, told: bool, toggle: Act) -> list[Widget]:
    """A moment of the world, by the author: on the blank page, or on a slip of its own above the page."""
    source = Source("author", "", f"waiting.pauses.{n}")
    alpha = view.fade(since, 0.9)
    if blank:
        box, look, spot = _on_page(view, words, alpha)
    else:
        box, look, spot = _on_slip(view, words, alpha)
    mark = source_mark(source, told, toggle, spot, aside=not blank)
    return [Widget("text", "Meanwhile", box, value=words, key="pause", look=look), mark]


Placed = tuple[Box, Look, Box]
"""Where a moment stands, how it looks, and where the sign of its source is."""


def _on_page(view: View, words: str, alpha: float) -> Placed:
    """Below the line that says who writes. What would not fit there in the player's type is set smaller."""
    text = text_box(view)
    width, room = text.w - 190, HEIGHT - text.y - 52
    style = "pause" if view.type.height(words, "pause", width) <= room else "aside"
    box = Box(text.x, text.y + 42, width, view.type.height(words, style, width))
    lines = view.type.broken(words, style, width)
    return box, lambda canvas, _: canvas.block(lines, style, box, canvas.theme.ink, alpha=alpha), source_spot(view)


def _on_slip(view: View, words: str, alpha: float) -> Placed:
    """At the right, just above the page."""
    text = text_box(view)
    lines = view.type.broken(words, "pause", 0.75 * text.w)
    width = max(view.type.width(line.rstrip(), "pause") for line in lines)
    height = len(lines) * view.type.leading("pause") + 34
    box = Box(text.right - width - 50, window_box(view).y - height - 34, width + 76, height)
    return box, partial(_slip, lines, alpha), Box(box.right - 33, box.bottom - 31, 26, 26)


def _slip(lines: tuple[str, ...], alpha: float, canvas: Canvas, widget: Widget) -> None:
    canvas.sheet(widget.box, canvas.theme.night, 7, seed=67, alpha=alpha)
    canvas.block(lines, "pause", widget.box.inset(38, 17), canvas.theme.pale, alpha=alpha)
