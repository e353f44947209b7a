"""On the way into a story that was asked for before the window opened: what pack it is of is seen first."""

from __future__ import annotations

from functools import partial

from game.packs import Pack
from game.session import Begin, Continue, Event, PackCard, PackTried, ShelfReady, TryPack
from game.stage.inputs import Input, Pressed
from game.stage.screen import House, Screen, Tick, View
from game.stage.screens.before import Before
from game.stage.screens.problems import Problems
from game.stage.screens.story import Story
from game.stage.screens.telling import curtain
from game.stage.transition import STAY, Pop, Replace, Transition
from game.stage.widgets import Widget, screen


def entrance(house: House, begin: Begin | Continue) -> Screen:
    """The screen that leads into this story: what was begun already is gone on with at once, and so is what names no pack."""
    begun = not isinstance(begin, Begin) or (not isinstance(begin.journal, str) and begin.journal.exists())
    if isinstance(begin, Begin) and begin.pack and not begun:
        return Threshold(house, begin)
    return Story(house, begin)


class Threshold:
    """Waits for the pack, first on the shelf and then at a path, and gives way to what comes before its story."""

    def __init__(self, house: House, begin: Begin) -> None:
        self._house = house
        self._begin = begin
        self._since = house.now

    @property
    def pack(self) -> Pack | None:
        return None

    def handle(self, event: Input | Event | Tick) -> Transition:
        match event:
            case ShelfReady(packs):
                card = next((card for card in packs if card.ref == self._begin.pack), None)
                if card:
                    return self._enter(card)
                self._house.session.submit(TryPack(self._begin.pack))
            case PackTried(card) if card.ref == self._begin.pack:
                return self._enter(card)
            case Pressed("back"):
                return Pop()
        return STAY

    def _enter(self, card: PackCard) -> Transition:
        if card.pack:
            return Replace(Before(self._house, self._begin, card.pack))
        # What is not there at all, the session says best: it knows what there is instead.
        if any(problem.file == card.ref for problem in card.problems):
            return Replace(Story(self._house, self._begin))
        return Replace(broken(self._house, card))

    def tree(self, view: View) -> Widget:
        return screen("Opening", curtain(view, self._since))


def broken(house: House, card: PackCard) -> Problems:
    """All that is wrong with a pack that cannot be played."""
    words = f"“{card.title}” cannot be played as it is. The rest of the shelf is not touched by it."
    return Problems("This pack has mistakes", words, card.problems, partial(house.look_around, card.ref), ref=card.ref)
