"""What a screen is, and what every screen may use: the house it plays in, and the view it measures by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Protocol

from game.packs import Pack
from game.session import Command, Event, Leave, LookAround, PackCard, Reloaded, SaveCard, Set, ShelfReady, Teller, TryPack
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
    seconds). `keep` writes the settings down, elsewhere than on the drawing thread. `brought` are packs from elsewhere, the
    latest first: they stand before the others on the shelf until the window is closed."""

    session: Door
    settings: Settings
    keep: Callable[[Settings], None] = field(default=lambda _: None)
    teller: Teller = field(default_factory=Teller)
    shelf: ShelfReady | None = None
    now: float = 0.0
    full_screen: Callable[[bool], None] = field(default=lambda _: None)
    brought: tuple[PackCard, ...] = ()

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
        self.look_around()

    def look_around(self, ref: str = "") -> None:
        """See what there is now, also of what was brought from elsewhere, and of what `ref` is."""
        self.session.submit(LookAround())
        known = (card.ref for card in self.shelf.packs) if self.shelf else ()
        for path in dict.fromkeys([*(card.ref for card in self.brought), *([ref] if ref and ref not in known else [])]):
            self.session.submit(TryPack(path))

    def shelve(self, shelf: ShelfReady) -> None:
        """This is what there is to play, besides what was brought."""
        refs = {card.ref for card in self.brought}
        others = (card for card in shelf.packs if card.ref not in refs)
        self.shelf = replace(shelf, packs=(*self.brought, *others))

    def bring(self, card: PackCard, first: bool = False) -> None:
        """Put a pack from elsewhere on the shelf, in place of what was there of it, or else as the first."""
        others = tuple(each for each in self.brought if each.ref != card.ref)
        if first or len(others) == len(self.brought):
            self.brought = (card, *others)
        else:
            self.brought = tuple(card if each.ref == card.ref else each for each in self.brought)
        self.shelve(self.shelf or ShelfReady((), ()))

    def pack(self, pack_id: str) -> Pack | None:
        """A pack of the shelf."""
        cards = self.shelf.packs if self.shelf else ()
        return next((card.pack for card in cards if card.pack and card.pack.id == pack_id), None)

    def elsewhere(self, pack_id: str) -> str | None:
        """The path of a pack that was brought; None where it is looked for among one's own."""
        return next((card.ref for card in self.brought if card.pack and card.pack.id == pack_id), None)

    @property
    def saves(self) -> tuple[SaveCard, ...]:
        return self.shelf.saves if self.shelf else ()


def read_again(pack: Pack | None, event: object) -> Pack | None:
    """The pack of a screen after this event: as it is now, if it was read again."""
    return event.pack if pack and isinstance(event, Reloaded) else pack


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
