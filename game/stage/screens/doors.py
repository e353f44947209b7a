"""The ways out of a scene: which key moves in the tree, and which opens which screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from game.session import Event
from game.stage.inputs import Erased, Input, Key, Pressed
from game.stage.screen import Screen, Tick
from game.stage.screens.backlog import Backlog
from game.stage.screens.ledger import LedgerScreen
from game.stage.screens.map import MapScreen
from game.stage.screens.retelling import Retelling
from game.stage.screens.rewriting import Rewriting
from game.stage.screens.slots import Slots
from game.stage.tale import Tale
from game.stage.transition import STAY, TAKEN, Push, Transition

MOVES: Mapping[Key, Callable[[Tale], None]] = {
    "rewind": Tale.back,
    "forward": Tale.forward,
    "quick_keep": Tale.quick_keep,
    "quick_load": Tale.quick_load,
}


def backlog(tale: Tale) -> Screen:
    return Backlog(tale)


def ledger(tale: Tale) -> Screen | None:
    return LedgerScreen(tale.house, tale.pack, tale.known) if tale.pack and tale.known else None


def story_map(tale: Tale) -> Screen | None:
    return MapScreen(tale.house, tale.pack) if tale.pack else None


def keep(tale: Tale) -> Screen | None:
    return Slots(tale, "keep") if tale.pack else None


def kept(tale: Tale) -> Screen | None:
    return Slots(tale, "go") if tale.pack else None


def retelling(tale: Tale) -> Screen | None:
    if tale.read_only:
        tale.say("Reading only: nothing new is told.")
    return Retelling(tale) if tale.pack and not tale.read_only and tale.reading.key else None


def rewriting(tale: Tale) -> Screen | None:
    """For the beat in view, once its scene is whole."""
    reading = tale.reading
    if tale.read_only:
        tale.say("Reading only: nothing is changed.")
    elif reading.scene is None:
        tale.say("Its words can be changed when the scene is told.")
    elif reading.beat:
        return Rewriting(tale, reading.key, reading.at, reading.beat)
    return None


DOORS: Mapping[Key, Callable[[Tale], Screen | None]] = {
    "read_back": backlog,
    "page_up": backlog,
    "ledger": ledger,
    "map": story_map,
    "slots": keep,
    "retell": retelling,
    "rewrite": rewriting,
}
TABS: Mapping[str, Callable[[Tale], Screen | None]] = {"Map": story_map, "Ledger": ledger, "Read back": backlog}
"""Those that stand open above every scene."""


def follow(tale: Tale, event: Input | Event | Tick) -> Transition:
    """Do what this key does, if it is one of these."""
    if not isinstance(event, Pressed | Erased):
        return STAY
    if isinstance(event, Erased):
        return STAY if event.ahead else follow(tale, Pressed("rewind"))
    if event.key in MOVES:
        MOVES[event.key](tale)
        return TAKEN
    return enter(tale, DOORS[event.key]) if event.key in DOORS else STAY


def enter(tale: Tale, door: Callable[[Tale], Screen | None]) -> Transition:
    """Open a screen over this one; nothing where there is none behind the door."""
    screen = door(tale)
    return Push(screen) if screen else TAKEN
