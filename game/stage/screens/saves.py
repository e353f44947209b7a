"""Saved stories, the latest first."""

from __future__ import annotations

import time
from functools import partial

import pygame

from game.packs import Pack
from game.session import Continue, Event, SaveCard
from game.stage import looks
from game.stage.box import HEIGHT, Box
from game.stage.canvas import Canvas
from game.stage.inputs import Input, Pressed, Scrolled
from game.stage.screen import House, Tick, View
from game.stage.screens.story import Story
from game.stage.theme import mix
from game.stage.transition import STAY, TAKEN, Pop, Replace, Transition
from game.stage.widgets import Widget, dialog

ROWS = 5
ROW = 84


def sheet(rows: int) -> Box:
    """The sheet for so many rows."""
    height = 184 + max(2, rows) * ROW
    return Box(240, (HEIGHT - height) / 2, 800, height)


class Saves:
    """`ROWS` at a time; the list moves with the focus and the wheel."""

    def __init__(self, house: House, pack: Pack | None) -> None:
        self._house = house
        self._pack = pack
        self._first = 0
        self._reads_only = False

    @property
    def pack(self) -> Pack | None:
        return self._pack

    def handle(self, event: Input | Event | Tick) -> Transition:
        match event:
            case Pressed("back"):
                return Pop()
            case Scrolled(notches):
                return self._move(-round(notches))
            case Pressed("page_up"):
                return self._move(-ROWS)
            case Pressed("page_down"):
                return self._move(ROWS)
        return STAY

    def _move(self, by: int) -> Transition:
        self._first = max(0, min(len(self._house.saves) - ROWS, self._first + by))
        return TAKEN

    def tree(self, view: View) -> Widget:
        saves = self._house.saves
        seen = saves[self._first : self._first + ROWS]
        whole = sheet(len(seen))
        rows = [self._row(view, save, whole, n) for n, save in enumerate(seen)]
        rest = len(saves) - self._first - len(seen)
        more = [f"{self._first} earlier in the list" if self._first else "", f"{rest} more" if rest > 0 else ""]
        y = whole.bottom - 78
        buttons = [
            Widget("button", label, Box(x, y, 120, 42), press=partial(self._move, by), look=looks.button)
            for label, x, by, shown in (("Later", whole.x + 50, -ROWS, self._first), ("Earlier", whole.x + 186, ROWS, rest > 0))
            if shown
        ]
        return dialog(
            "Continue",
            Widget("group", "", whole, look=looks.sheet(12, seed=111)),
            Widget("heading", "Continue", Box(whole.x + 50, whole.y + 26, 300, 50), look=looks.text("heading", "ink")),
            Widget("text", ", ".join(filter(None, more)), Box(whole.x + 330, y + 10, 270, 24), look=looks.text("note", "faint")),
            *rows,
            *buttons,
            self._switch(Box(whole.right - 50 - 260, whole.y + 34, 260, 42)),
            Widget("button", "Back", Box(whole.right - 170, y, 120, 42), press=Pop, look=looks.button),
            look=looks.veil(0.72),
        )

    def _switch(self, box: Box) -> Widget:
        """Whether a story is taken up to be read only, so that nothing new is told in it."""
        value = "on" if self._reads_only else "off"
        return Widget("toggle", "Only read", box, value, press=self._flip, nudge=lambda _: self._flip(), look=looks.toggle)

    def _flip(self) -> Transition:
        self._reads_only = not self._reads_only
        return TAKEN

    def _row(self, view: View, save: SaveCard, whole: Box, n: int) -> Widget:
        box = Box(whole.x + 50, whole.y + 92 + n * ROW, whole.w - 100, ROW - 6)
        pack = self._house.pack(save.pack_id)
        cover = view.pictures.cover(pack, 92, ROW - 24) if pack else None
        value = " · ".join(filter(None, (save.pack_title, *_where(save, pack), _day(save.changed))))
        look = partial(_row, cover, save.damaged)
        return Widget(
            "card",
            save.scene_title or save.pack_title,
            box,
            value,
            press=partial(self._open, save),
            key=str(save.journal),
            look=look,
        )

    def _open(self, save: SaveCard) -> Transition:
        pack = self._house.elsewhere(save.pack_id)
        return Replace(Story(self._house, Continue(save.journal, self._house.teller, pack, read_only=self._reads_only)))


def _where(save: SaveCard, pack: Pack | None) -> tuple[str, ...]:
    """Where it stands; of a damaged one, what is left of it."""
    if save.damaged:
        return ("Damaged", f"its backup stands at scene {save.turn}") if save.turn else ("Damaged", "no backup of it is left")
    place = pack.places[save.place].name if pack and save.place in pack.places else ""
    return "Ended" if save.ended else f"Scene {save.turn}", place


def _day(changed: float) -> str:
    return time.strftime("%d %b %Y, %H:%M", time.localtime(changed))


def _row(cover: pygame.Surface | None, damaged: bool, canvas: Canvas, widget: Widget) -> None:
    box = widget.box
    focused = canvas.focused(widget)
    tone = mix(canvas.theme.sheet, (255, 255, 255), 0.6) if focused else mix(canvas.theme.sheet, canvas.theme.ink, 0.04)
    canvas.sheet(box, tone, 5 if focused else 2, seed=int(box.y))
    if focused:
        canvas.bar(Box(box.x + 7, box.y + 10, 4, box.h - 20), canvas.theme.mark)
    picture = Box(box.x + 20, box.y + 9, 92, ROW - 24)
    canvas.bar(picture, canvas.theme.under)
    if cover:
        canvas.picture(cover, picture.x, picture.y)
    canvas.words(widget.label, "card", box.x + 132, box.y + 8, canvas.theme.ink)
    canvas.words(widget.value, "small", box.x + 132, box.y + 44, canvas.theme.mark if damaged else canvas.theme.faint)
