"""What a screen is, and what every screen may use: the house it plays in, and the view it measures by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from game.packs import Pack
from game.session import Command, Event, Leave, LookAround, SaveCard, Set, ShelfReady, Teller
from game.settings import Settings
from game.stage.inputs import Input
from game.stage.pictures import Pictures
from game.stage.transition import Transition
from game.stage.type import Type
from game.stage.widgets import Widget


@dataclass(frozen=True, slots=True)
class Tick:
    """Time has passed, in seconds. Only the screen on top is told."""

    seconds: float


class Screen(Protocol):
    """One screen of the stack. `handle` hears the session's events, ticks, and what no widget has taken; `tree` says what is to
    be seen and done now. The palette and the type are those of `pack`, the house's own for None."""

    @property
    def pack(self) -> Pack | None: ...

    def handle(self, event: Input | Event | Tick) -> Transition: ...

    def tree(self, view: View) -> Widget: ...


class Door(Protocol):
    """The session, as the stage knows it."""

    def submit(self, command: Command) -> None: ...

    def poll(self) -> tuple[Event, ...]: ...


@dataclass
class House:
    """What outlives a screen: the session, the settings, the chosen teller, what is on the shelf, and the stage's clock (`now`,
    seconds). `keep` writes the settings down, elsewhere than on the drawing thread."""

    session: Door
    settings: Settings
    keep: Callable[[Settings], None] = field(default=lambda _: None)
    teller: Teller = field(default_factory=Teller)
    shelf: ShelfReady | None = None
    now: float = 0.0
    full_screen: Callable[[bool], None] = field(default=lambda _: None)

    def change(self, **values: object) -> None:
        """Set settings, and keep them. The window follows at once."""
        self.settings = self.settings.model_copy(update=values)
        self.keep(self.settings)
        if "prefetch" in values or "prefetch_tokens" in values:
            self.session.submit(Set(self.settings))
        if "full_screen" in values:
            self.full_screen(self.settings.full_screen)

    def leave(self) -> None:
        """Close the playthrough, and see what the shelf holds now."""
        self.session.submit(Leave())
        self.session.submit(LookAround())

    def pack(self, pack_id: str) -> Pack | None:
        """A pack of the shelf."""
        cards = self.shelf.packs if self.shelf else ()
        return next((card.pack for card in cards if card.pack and card.pack.id == pack_id), None)

    @property
    def saves(self) -> tuple[SaveCard, ...]:
        return self.shelf.saves if self.shelf else ()


@dataclass
class View:
    """What a screen makes its tree by. `ease` and `stir` note that something moves, so that the next frame comes at once."""

    now: float
    type: Type
    pictures: Pictures
    settings: Settings
    focus: str | None = None
    moving: bool = False

    @property
    def still(self) -> bool:
        """Whether the player wants no motion; fades remain."""
        return self.settings.reduced_motion

    def ease(self, since: float, seconds: float) -> float:
        """How far a change that began at `since` has come, 0 to 1: quick at first, then slower."""
        share = self.fade(since, seconds)
        return 1 - (1 - share) ** 3

    def fade(self, since: float, seconds: float) -> float:
        """The same, even."""
        share = 1.0 if seconds <= 0 else max(0.0, min(1.0, (self.now - since) / seconds))
        self.moving = self.moving or share < 1
        return share

    def stir(self) -> None:
        """Something moves that has no end of its own."""
        self.moving = True
