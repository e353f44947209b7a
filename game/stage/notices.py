"""What the player should know by the way: one sentence after another at the edge, each for a while."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

from game.session import Notice, Priced
from game.stage import looks
from game.stage.box import WIDTH, Box
from game.stage.canvas import Canvas
from game.stage.screen import View
from game.stage.widgets import Widget

SECONDS, LETTERS = 7.0, 14.0
"""That a notice stays: so many seconds at the least, and one for so many letters of a longer one."""
EDGE, TOP = 40, 52.0
"""How far from the stage's side, and from its top, the first stands."""
WIDEST, LEAST = 460.0, 220.0
"""How wide a notice may be, and must be able to be."""
MOST = 3
"""Notices at once; an older one gives way."""
VOICES = frozenset({"understudy", "writer_back", "refused", "circuit_open"})
"""Codes of what changes who is writing; such a notice bears the sign that marks every text's source."""


@dataclass(frozen=True, slots=True)
class Said:
    """One notice: `voice` when it tells of another writer; `since` is when it came, in seconds of the stage's clock."""

    words: str
    since: float
    voice: bool = False

    @property
    def until(self) -> float:
        return self.since + max(SECONDS, len(self.words) / LETTERS)


@dataclass
class Notices:
    """Those in view, the oldest first."""

    _said: list[Said] = field(default_factory=list)

    def hear(self, event: Notice | Priced, now: float) -> None:
        words = price(event) if isinstance(event, Priced) else event.words
        voice = isinstance(event, Notice) and event.code in VOICES
        others = [said for said in self._said if said.words != words]
        self._said = [*others, Said(words, now, voice)][-MOST:]

    def widgets(self, view: View, room: Box | None = None) -> list[Widget]:
        """Under one another from the stage's upper right corner; or from the upper left one of `room`, where there is enough."""
        self._said = [said for said in self._said if view.now < said.until]
        out: list[Widget] = []
        room = room if room and room.w >= LEAST else None
        top = room.y if room else TOP
        for said in self._said:
            out.append(_notice(view, said, top, room))
            top = out[-1].box.bottom + 10
        return out


def price(event: Priced) -> str:
    return f"A scene costs about {event.prompt_tokens:,} tokens to ask for, and at most {event.reply_tokens:,} to write."


def _notice(view: View, said: Said, top: float, room: Box | None) -> Widget:
    view.stir()
    width = min(room.w if room else WIDEST, WIDEST, view.type.width(said.words, "small") + 52)
    lines = view.type.broken(said.words, "small", width - 48)
    box = Box(room.x if room else WIDTH - EDGE - width, top, width, len(lines) * view.type.leading("small") + 26)
    alpha = view.fade(said.since, 0.4) * (1 - view.fade(said.until - 0.6, 0.6))
    return Widget("status", said.words, box, key=f"notice:{said.words}", look=partial(_slip, lines, alpha, said.voice))


def _slip(lines: tuple[str, ...], alpha: float, voice: bool, canvas: Canvas, widget: Widget) -> None:
    box, theme = widget.box, canvas.theme
    canvas.sheet(box, theme.sheet, 6, seed=53, alpha=alpha)
    if alpha > 0.5 and voice:
        looks.lozenge(canvas, box.x + 15, box.middle[1], 6, theme.mark, hollow=True)
    elif alpha > 0.5:
        canvas.bar(Box(box.x + 11, box.y + 10, 3, box.h - 20), theme.mark)
    canvas.block(lines, "small", box.inset(28, 13), theme.ink, alpha=alpha)
