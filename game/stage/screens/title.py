"""The title: the packs as covers on a shelf, saved stories, storyteller, settings."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pygame

from game.packs import Pack
from game.session import Begin, Event, Notice, PackCard, Started
from game.stage import looks
from game.stage.box import STAGE, WIDTH, Box
from game.stage.canvas import Canvas
from game.stage.inputs import Input, Pressed
from game.stage.notices import Notices
from game.stage.scenery import Backdrop
from game.stage.screen import House, Tick, View
from game.stage.screens.before import Before
from game.stage.screens.facts import listed
from game.stage.screens.problems import counted
from game.stage.screens.saves import Saves
from game.stage.screens.settings import SettingsScreen
from game.stage.screens.storyteller import Storyteller, teller_words
from game.stage.screens.threshold import broken
from game.stage.theme import mix
from game.stage.transition import STAY, TAKEN, Push, Quit, Transition
from game.stage.widgets import Widget, group, screen

SHELF = 3
"""Covers side by side."""
GAP = 24
TOP = 76
MOUNT = 14
"""The paper around a cover."""


def card_size(count: int) -> tuple[float, float]:
    """Width and height of a card where so many lie side by side."""
    return {1: (330.0, 482.0), 2: (290.0, 452.0)}.get(count, (226.0, 404.0))


class Title:
    """The first screen and the last. The place of the pack in view stands behind it."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._backdrop = Backdrop()
        self._in_view = 0
        self._first = 0
        self._notices = Notices()

    @staticmethod
    def key_of(card: PackCard) -> str:
        """The key of its widget."""
        return f"card:{card.ref}"

    def say(self, words: str) -> None:
        """Tell the player something, quietly."""
        self._notices.hear(Notice("stage", words), self._house.now)

    @property
    def pack(self) -> Pack | None:
        cards = self._cards
        return cards[self._in_view].pack if self._in_view < len(cards) else None

    @property
    def _cards(self) -> tuple[PackCard, ...]:
        return self._house.shelf.packs if self._house.shelf else ()

    def handle(self, event: Input | Event | Tick) -> Transition:
        if isinstance(event, Started):
            self._backdrop = Backdrop()  # what is not seen for hours is not kept
        return Quit() if isinstance(event, Pressed) and event.key == "back" else STAY

    def tree(self, view: View) -> Widget:
        self._follow(view.focus)
        pack = self.pack
        parts: list[Widget] = []
        if pack:
            place = pack.initial.place
            self._backdrop.look_at(view, 0.3)
            parts.append(self._backdrop.widget(view, pack, place, pack.places[place].name))
        else:
            parts.append(Widget("group", look=lambda canvas, _: canvas.veil(1.0)))
        parts += [
            Widget("group", box=STAGE, look=_dusk),
            self._masthead(view),
            self._shelf(view),
            self._menu(),
            *self._notices.widgets(view),
        ]
        return screen("Title", *parts)

    def _follow(self, focus: str | None) -> None:
        """The pack whose card is focused is the one in view."""
        for n, card in enumerate(self._cards):
            if focus == self.key_of(card):
                self._in_view = n
                self._first = max(min(self._first, n), n - SHELF + 1)
        self._in_view = min(self._in_view, max(0, len(self._cards) - 1))

    def _masthead(self, view: View) -> Widget:
        return group(
            Widget("heading", "Unwritten", Box(68, 92, 480, 96), look=looks.text("masthead", "pale", shade=True)),
            Widget(
                "text",
                "Stories that are written while you read them",
                Box(72, 196, 460 if len(self._cards) < SHELF else 320, 34),
                look=looks.text("motto", "pale", shade=True),
            ),
        )

    def _menu(self) -> Widget:
        items: list[tuple[str, Callable[[], Transition]]] = [("Storyteller", lambda: Push(Storyteller(self._house, self.pack)))]
        if self._house.saves:
            items.insert(0, ("Continue", lambda: Push(Saves(self._house, self.pack))))
        items += [("Settings", lambda: Push(SettingsScreen(self._house, self.pack))), ("Quit", Quit)]
        top = 640 - len(items) * 54
        rows = [
            Widget("button", label, Box(54, top + n * 54, 260, 50), press=act, first=label == "Continue", look=looks.menu_item)
            for n, (label, act) in enumerate(items)
        ]
        who = Widget(
            "status",
            f"Told by {teller_words(self._house.teller)}",
            Box(72, top - 42, 460, 26),
            look=looks.text("aside", "pale", shade=True, lines=1),
        )
        return group(who, *rows, label="Menu")

    def _shelf(self, view: View) -> Widget:
        cards = self._cards
        if not cards:
            words = "Looking at the shelf" if self._house.shelf is None else "There are no stories here yet."
            return Widget("status", words, Box(640, 330, 560, 30), look=looks.text("motto", "pale", "middle", shade=True))
        count = min(SHELF, len(cards))
        width, height = card_size(count)
        across = count * (width + GAP) - GAP
        left = WIDTH - 76 - across
        parts = [
            self._card(view, card, n, Box(left + (n - self._first) * (width + GAP), TOP, width, height))
            for n, card in enumerate(cards)
        ]
        if len(cards) > SHELF:
            spot = Box(left + across - 140, TOP + height + 20, 140, 38)
            parts.append(Widget("button", "More stories", spot, press=self._turn, look=looks.tab))
        return group(*parts, self._notes(view, left, across, TOP + height + 24), label="Stories")

    def _turn(self) -> Transition:
        """The next stories on the shelf; after the last, the first again."""
        last = max(0, len(self._cards) - SHELF)
        self._first = 0 if self._first >= last else min(last, self._first + SHELF)
        self._in_view = self._first
        return TAKEN

    def _card(self, view: View, card: PackCard, n: int, box: Box) -> Widget:
        """A card on the shelf; or beside it, out of sight, where only the keys find it."""
        if not self._first <= n < self._first + SHELF:
            box = box.moved(-WIDTH if n < self._first else WIDTH, 0)
            return Widget("card", card.title, box, press=partial(self._open, card), key=self.key_of(card))
        cover = view.pictures.cover(card.pack, box.w - 2 * MOUNT, box.w - 2 * MOUNT) if card.pack else None
        press = partial(self._open, card)
        value = _facts(card.pack) if card.pack else counted(card.problems)
        return Widget("card", card.title, box, value, press=press, key=self.key_of(card), look=partial(_card, card, cover))

    def _notes(self, view: View, left: float, width: float, y: float) -> Widget:
        """What the pack in view contains, before it is opened."""
        pack = self.pack
        words = f"Contains {listed(pack.content_notes)}." if pack and pack.content_notes else ""
        width -= 160 if len(self._cards) > SHELF else 0
        height = view.type.height(words, "note", width)
        return Widget("text", words, Box(left, y, width, height), key="content", look=looks.text("note", "pale", shade=True))

    def _open(self, card: PackCard) -> Transition:
        if card.pack is None:
            return Push(broken(self._house, card))
        return Push(Before(self._house, Begin(card.ref, self._house.teller, journal="library"), card.pack))


def _facts(pack: Pack) -> str:
    return f"{pack.rating.capitalize()} · {pack.scenes[0]} to {pack.scenes[1]} scenes"


def _dusk(canvas: Canvas, widget: Widget) -> None:
    canvas.veil(0.12)
    canvas.dusk(0.86)


def _card(card: PackCard, cover: pygame.Surface | None, canvas: Canvas, widget: Widget) -> None:
    """A cover mounted on paper, with the title and what to expect under it."""
    focused = canvas.focused(widget)
    box = widget.box.moved(0, -8 if focused else 0)
    theme = canvas.theme
    canvas.sheet(Box(box.x + 6, box.y + 8, box.w - 8, box.h), theme.under, 12 if focused else 7, seed=len(card.ref) + 1)
    canvas.sheet(box, theme.sheet, 8, seed=len(card.ref))
    picture = Box(box.x + MOUNT, box.y + MOUNT, box.w - 2 * MOUNT, box.w - 2 * MOUNT)
    canvas.bar(picture, mix(theme.sheet, theme.ink, 0.2 if card.pack else 0.75))
    if card.pack is None:
        _torn(canvas, picture, len(card.ref))
    elif cover:
        canvas.picture(cover, picture.x, picture.y)
    if focused:
        canvas.outline(picture.inset(-4), theme.mark, 3)
    inner = box.w - 36
    title = canvas.type.clipped(card.title, "card", inner, 2)
    y = picture.bottom + 12
    canvas.block(title, "card", Box(box.x + 18, y, inner, 64), theme.ink)
    y += len(title) * canvas.type.leading("card") + 4
    words = card.pack.tagline if card.pack else "This pack cannot be played. Open it to see what is wrong, and where."
    style = "note" if box.w > 300 else "small"
    room = box.bottom - 38 - y
    lines = canvas.type.clipped(words, style, inner, max(1, int(room / canvas.type.leading(style))))
    canvas.block(lines, style, Box(box.x + 18, y, inner, 64), theme.ink)
    canvas.words(widget.value, "small", box.x + 18, box.bottom - 34, theme.mark)


def _torn(canvas: Canvas, picture: Box, seed: int) -> None:
    """A blank cover in two pieces, which do not meet."""
    theme = canvas.theme
    half = picture.h * 0.5
    paper = mix(theme.sheet, theme.ink, 0.14)
    whole = canvas.surface.get_clip()
    canvas.surface.set_clip(canvas.fit.pixels(picture))
    canvas.sheet(Box(picture.x + 14, picture.y + 12, picture.w - 22, half - 10), paper, 5, "torn", seed)
    canvas.sheet(Box(picture.x + 6, picture.y + half + 26, picture.w - 24, half - 40), paper, 5, "torn above", seed)
    canvas.surface.set_clip(whole)
