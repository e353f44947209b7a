"""Who the player is, where the pack asks."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from game.packs import Pack
from game.session import Begin, Event
from game.stage import looks
from game.stage.box import Box
from game.stage.inputs import Edit, Input, Pressed, Typed
from game.stage.screen import House, Tick, View
from game.stage.screens.story import Story
from game.stage.transition import STAY, TAKEN, Pop, Replace, Transition
from game.stage.widgets import Widget, dialog

SHEET = Box(300, 100, 680, 500)
LONGEST = 40
PRONOUNS = (("she", "She / her"), ("he", "He / him"), ("they", "They / them"))


def edited(text: str, change: Edit, longest: int) -> str:
    """A field's text after something was typed or erased at its end. What cannot be printed is left out."""
    if isinstance(change, Typed):
        return (text + "".join(letter for letter in change.text if letter.isprintable()))[:longest]
    return "" if change.whole else text[:-1]


class PlayerScreen:
    """Starts from what the pack's author has set."""

    def __init__(self, house: House, ref: str, pack: Pack) -> None:
        self._house = house
        self._ref = ref
        self._pack = pack
        self._name = pack.player.name
        self._pronouns = pack.player.pronouns

    @property
    def pack(self) -> Pack | None:
        return self._pack

    def handle(self, event: Input | Event | Tick) -> Transition:
        return Pop() if isinstance(event, Pressed) and event.key == "back" else STAY

    def tree(self, view: View) -> Widget:
        role = f"You are {self._pack.player.role}." if self._pack.player.role else "Who are you in this story?"
        inner = Box(SHEET.x + 60, SHEET.y, SHEET.w - 120, SHEET.h)
        width = (inner.w - 24) / 3
        options = [
            Widget(
                "option",
                label,
                Box(inner.x + n * (width + 12), SHEET.y + 290, width, 54),
                "chosen" if self._pronouns == pronouns else "",
                press=partial(self._choose, pronouns),
                look=partial(looks.option, self._pronouns == pronouns, ""),
            )
            for n, (pronouns, label) in enumerate(PRONOUNS)
        ]
        return dialog(
            "Player",
            Widget("group", "", SHEET, look=looks.sheet(12, seed=121)),
            Widget(
                "heading", self._pack.title, Box(inner.x, SHEET.y + 40, inner.w, 50), look=looks.text("heading", "ink", lines=1)
            ),
            Widget("text", role, Box(inner.x, SHEET.y + 94, inner.w, 52), look=looks.text("subheading", "faint", lines=2)),
            Widget(
                "field",
                "Your name",
                Box(inner.x, SHEET.y + 180, inner.w, 72),
                self._name,
                edit=self._type,
                caret=lambda key: self._begin() if key == "accept" else STAY,
                look=looks.field,
            ),
            *options,
            Widget(
                "button", "Begin", Box(SHEET.right - 60 - 160, SHEET.bottom - 96, 160, 48), press=self._begin, look=looks.primary
            ),
            Widget("button", "Back", Box(inner.x, SHEET.bottom - 96, 120, 48), press=Pop, look=looks.button),
            look=looks.veil(0.72),
        )

    def _type(self, change: Edit) -> Transition:
        self._name = edited(self._name, change, LONGEST)
        return TAKEN

    def _choose(self, pronouns: str) -> Transition:
        self._pronouns = pronouns
        return TAKEN

    def _begin(self) -> Transition:
        player = replace(self._pack.player, name=self._name.strip(), pronouns=self._pronouns)
        return Replace(Story(self._house, Begin(self._ref, self._house.teller, journal="library", player=player)))
