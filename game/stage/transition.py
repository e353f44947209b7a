"""What a screen answers when something has happened: which screen comes next. The stack obeys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from game.stage.screen import Screen


@dataclass(frozen=True, slots=True)
class Stay:
    """No other screen comes. `taken`: what happened was dealt with all the same, and nobody else should act on it."""

    taken: bool = False


@dataclass(frozen=True, slots=True)
class Push:
    """Show `screen` over this one."""

    screen: Screen


@dataclass(frozen=True, slots=True)
class Replace:
    """Show `screen` instead of this one."""

    screen: Screen


@dataclass(frozen=True, slots=True)
class Pop:
    """Back to the screen below; from the last one, out."""


@dataclass(frozen=True, slots=True)
class Home:
    """Back to the first screen."""


@dataclass(frozen=True, slots=True)
class Quit:
    """Close the window."""


@dataclass(frozen=True, slots=True)
class Focus:
    """The same screen, and the focus goes to the widget with this key."""

    key: str


Transition = Stay | Focus | Push | Replace | Pop | Home | Quit

STAY = Stay()
TAKEN = Stay(taken=True)
ANEW = Focus("")
"""The same screen, and the focus is where the screen itself wants it: it is not kept by a key that will mean something else."""
