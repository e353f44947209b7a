"""Whose words these are: the small sign beside every text, and when another voice takes over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from game.stage import looks
from game.stage.box import Box
from game.stage.canvas import Canvas
from game.stage.screen import View
from game.stage.theme import mix
from game.stage.transition import Transition
from game.stage.widgets import Widget
from game.story import Source

TOLD = 4.0
"""Seconds that the sign speaks of itself when the voice has changed."""


@dataclass
class Voice:
    """Who wrote what is being read, and since when (seconds of the stage's clock). The story's first voice is no change."""

    _last: tuple[str, str] | None = None
    _since: float = -60.0

    def read(self, source: Source, now: float) -> None:
        """A beat of this source is in view."""
        voice = (source.by, source.via)
        if self._last is not None and voice != self._last:
            self._since = now
        self._last = voice

    def changed(self, view: View) -> bool:
        """Whether it is another voice since a moment ago."""
        return view.fade(self._since, TOLD) < 1


def source_mark(
    source: Source, told: bool, toggle: Callable[[], Transition], spot: Box, changed: bool = False, aside: bool = False
) -> Widget:
    """A small sign: whose words these are. It says so when it is pointed at, when `told`, and when the voice has `changed`.

    `aside`: it is that of an aside on dark paper, beside the one of the page.
    """
    label = "Source of the aside" if aside else "Source"
    words = source_words(source)
    value = f"From here on: {_lowered(words)}" if changed else words
    look = partial(_source, source, told or changed, "dusk" if aside else "faint")
    return Widget("button", label, spot, value=value, press=toggle, key=label.lower().replace(" ", "_"), look=look)


def source_words(source: Source) -> str:
    """Who wrote a text, in one sentence."""
    if source.by == "player":
        first = origin(source)
        return f"Edited by you; first {_lowered(source_words(first))}" if first else "Your own words."
    if source.by == "model":
        client, _, model = source.via.partition("/")
        return f"Written by {model or client}, a model, through {client}." if model else f"Written by a model, through {client}."
    return "The author's words, told by the offline storyteller." if source.via == "stub" else "The author's words."


def origin(source: Source) -> Source | None:
    """Whose words an edited text was first; None for a text that was not edited."""
    by, _, rest = source.ref.partition(" ")
    via, _, ref = rest.partition(" ")
    if source.via != "edit" or by not in ("author", "model"):
        return None
    return Source("author" if by == "author" else "model", via, ref)


def _lowered(sentence: str) -> str:
    return f"{sentence[:1].lower()}{sentence[1:]}"


def _source(source: Source, told: bool, ink: looks.Ink, canvas: Canvas, widget: Widget) -> None:
    x, y = widget.box.middle
    model = source.by == "model"
    if not told and not canvas.focused(widget):
        looks.lozenge(canvas, x, y, 5, mix(getattr(canvas.theme, ink), canvas.theme.sheet, 0.3), hollow=not model)
        return
    looks.ring(canvas, x, y, 6, model)
    width = canvas.type.width(widget.value, "small") + 36
    slip = Box(widget.box.right - width, widget.box.y - 40, width, 34)
    canvas.sheet(slip, canvas.theme.night, 5, seed=41)
    canvas.words(widget.value, "small", slip.middle[0], slip.y + 6, canvas.theme.pale, "middle")
