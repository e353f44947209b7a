"""The sheet that is seen before the first scene; and, of a story that somebody else has begun, all that can be said to it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pygame

from game.packs import Pack
from game.session import Event, Teller
from game.stage import looks
from game.stage.box import Box
from game.stage.canvas import Canvas
from game.stage.inputs import Input, Pressed
from game.stage.screen import Tick, View
from game.stage.screens.facts import ROOM, SHEET, Facts
from game.stage.theme import mix
from game.stage.transition import Pop, Transition
from game.stage.widgets import Widget, dialog

LEFT = Box(SHEET.x + 52, ROOM.y + 8, 320, ROOM.h - 8)
"""Where the cover is, and what the player says of themselves."""

Act = Callable[[], Transition]


class Notes:
    """Over the first page of such a story: it is read, or left."""

    def __init__(self, pack: Pack, teller: Teller, leave: Act) -> None:
        self._pack = pack
        self._leave = leave
        self._facts = Facts(teller)

    @property
    def pack(self) -> Pack | None:
        return self._pack

    def handle(self, event: Input | Event | Tick) -> Transition:
        if isinstance(event, Pressed) and event.key == "back":
            return self._leave()
        return self._facts.page.handle(event)

    def tree(self, view: View) -> Widget:
        left = [picture(view, self._pack, LEFT)]
        return sheet(left, self._facts.widgets(view, self._pack), Pop, self._leave, first=True)


def sheet(left: list[Widget], facts: list[Widget], begin: Act, back: Act, first: bool) -> Widget:
    """What is at its left and at its right, and two buttons; `first`: the one that begins has the focus."""
    go = Box(SHEET.right - 60 - 170, SHEET.bottom - 84, 170, 50)
    return dialog(
        "Before you begin",
        Widget("group", "", SHEET, look=looks.sheet(12, seed=121)),
        *left,
        *facts,
        Widget("button", "Begin", go, press=begin, first=first, look=looks.primary),
        Widget("button", "Back", Box(go.x - 16 - 120, go.y + 1, 120, 48), press=back, look=looks.button),
        look=looks.veil(0.72),
    )


def picture(view: View, pack: Pack, box: Box) -> Widget:
    """The pack's cover, as large as there is room."""
    return Widget("image", pack.title, box, key="cover", look=partial(_cover, view.pictures.cover(pack, box.w, box.h)))


def _cover(cover: pygame.Surface | None, canvas: Canvas, widget: Widget) -> None:
    canvas.bar(widget.box, mix(canvas.theme.sheet, canvas.theme.ink, 0.2))
    if cover:
        canvas.picture(cover, widget.box.x, widget.box.y)
