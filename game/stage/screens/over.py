"""What lies over a story: a sheet that the player lays aside with *back*."""

from __future__ import annotations

from game.packs import Pack
from game.session import Event
from game.stage.inputs import Input, Pressed
from game.stage.screen import Tick
from game.stage.tale import Tale
from game.stage.transition import STAY, Pop, Transition


class OverTale:
    """A screen over the one of `tale`; what is on it, its own `tree` says."""

    def __init__(self, tale: Tale) -> None:
        self._tale = tale

    @property
    def pack(self) -> Pack | None:
        return self._tale.pack

    def handle(self, event: Input | Event | Tick) -> Transition:
        return Pop() if isinstance(event, Pressed) and event.key == "back" else STAY
