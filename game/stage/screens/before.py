"""Before a story: what it is, what is in it, who tells it, and who the player is, where the pack asks. One Enter begins."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final, Literal

from game.packs import Pack
from game.session import Begin, Event
from game.stage import looks
from game.stage.box import Box
from game.stage.canvas import Canvas
from game.stage.field import Field
from game.stage.inputs import Input, Pressed
from game.stage.screen import House, Tick, View
from game.stage.screens.facts import Facts
from game.stage.screens.notes import LEFT, picture, sheet
from game.stage.screens.story import Story
from game.stage.theme import mix
from game.stage.transition import STAY, TAKEN, Pop, Replace, Transition
from game.stage.widgets import Widget

LONGEST = 40
"""Letters in a player's name."""

Pronouns = Literal["she", "he", "they"]
PRONOUNS: Final[tuple[tuple[Pronouns, str], ...]] = (("she", "She / her"), ("he", "He / him"), ("they", "They / them"))


class Before:
    """Begins what `begin` asks for, as whom the player says."""

    def __init__(self, house: House, begin: Begin, pack: Pack) -> None:
        self._house = house
        self._command = begin
        self._pack = pack
        self._name = Field("Your name", pack.player.name, LONGEST, hint=pack.player.name, offered=True)
        self._pronouns: str = pack.player.pronouns
        self._facts = Facts(begin.teller)

    @property
    def pack(self) -> Pack | None:
        return self._pack

    def handle(self, event: Input | Event | Tick) -> Transition:
        if isinstance(event, Pressed) and event.key == "back":
            return Pop()
        # The arrows go from the name to the pronouns.
        arrow = isinstance(event, Pressed) and event.key in ("up", "down")
        return STAY if arrow and self._pack.asks_player else self._facts.page.handle(event)

    def tree(self, view: View) -> Widget:
        asks = self._pack.asks_player
        left = self._player(view) if asks else [picture(view, self._pack, LEFT)]
        return sheet(left, self._facts.widgets(view, self._pack), self._begin, Pop, first=not asks)

    def _player(self, view: View) -> list[Widget]:
        """Under the picture: who they are in this story, their name and their pronouns."""
        across = (LEFT.w - 2 * 8) / 3
        foot = LEFT.bottom - 46
        name = foot - 16 - self._name.height(view)
        role = f"You are {self._pack.player.role}." if self._pack.player.role else "Who are you in this story?"
        said = view.type.height(role, "aside", LEFT.w)
        options = [
            Widget(
                "option",
                label,
                Box(LEFT.x + n * (across + 8), foot, across, 46),
                "chosen" if self._pronouns == pronouns else "",
                press=partial(self._choose, pronouns),
                look=partial(_option, self._pronouns == pronouns),
            )
            for n, (pronouns, label) in enumerate(PRONOUNS)
        ]
        return [
            picture(view, self._pack, Box(LEFT.x, LEFT.y, LEFT.w, name - said - 28 - LEFT.y)),
            Widget("text", role, Box(LEFT.x, name - 12 - said, LEFT.w, said), key="role", look=looks.text("aside", "ink")),
            self._name.widget(view, LEFT.x, name, LEFT.w, self._begin),
            *options,
        ]

    def _choose(self, pronouns: Pronouns) -> Transition:
        self._pronouns = pronouns
        return TAKEN

    def _begin(self) -> Transition:
        begin = self._command
        if self._pack.asks_player:
            player = replace(self._pack.player, name=self._name.text or self._pack.player.name, pronouns=self._pronouns)
            begin = replace(begin, player=player)
        return Replace(Story(self._house, begin))


def _option(chosen: bool, canvas: Canvas, widget: Widget) -> None:
    """One of three side by side: the one that holds lies lighter and is ruled under."""
    box, theme = widget.box, canvas.theme
    focused = canvas.focused(widget)
    white = mix(theme.sheet, (255, 255, 255), 0.55)
    tone = theme.mark if focused else white if chosen else mix(theme.sheet, theme.ink, 0.07)
    canvas.sheet(box, tone, 4 if focused or chosen else 2, seed=int(box.x))
    y = box.y + (box.h - canvas.type.leading("small")) / 2
    canvas.words(widget.label, "small", box.middle[0], y, theme.sheet if focused else theme.ink, "middle")
    if chosen:
        canvas.bar(Box(box.x + 8, box.bottom - 6, box.w - 16, 3), theme.sheet if focused else theme.mark)
