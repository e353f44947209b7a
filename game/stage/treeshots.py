"""Pictures of a walk through the story's tree, in the midst of a play that goes on afterwards as if nothing had been."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pygame

if TYPE_CHECKING:
    from game.stage.pilot import Pilot

Keep = Callable[[str], None]
"""Takes a picture of what is seen, under a name."""

NOTICES = 8.0
"""Seconds until nothing is said any more of what was done."""
FURTHER = 3
"""Presses into a scene: both tellings begin with what the choice led to."""


def walk(pilot: Pilot, keep: Keep) -> None:
    """From a scene's choices: two tellings, the words of one changed, a choice that was taken before, and what is kept of it all.

    It ends at the choices at which it began.
    """
    _tellings(pilot, keep)
    pilot.press("e")
    keep("rewrite")
    pilot.press("escape")
    for slot, name in (("1", ""), ("2", "Before it went wrong"), ("4", "The other way")):
        _store(pilot, slot, name)
        pilot.key(pygame.K_F7)
        pilot.frame()
    keep("told")
    pilot.key(pygame.K_F6)
    pilot.wait(NOTICES)
    pilot.press("k")
    keep("slots")
    pilot.press("escape")
    for _ in range(3):
        pilot.key(pygame.K_F8)
        pilot.frame()
    to_choices(pilot)


def _tellings(pilot: Pilot, keep: Keep) -> None:
    """The same scene, told twice; the first of them is the one that is left in view."""
    pilot.press("t")
    pilot.write("less grim")
    keep("retell")
    pilot.press("return")
    pilot.press(*["space"] * FURTHER)
    pilot.wait(NOTICES)
    keep("telling-2")
    pilot.point("Telling", "slider")
    pilot.press("left")
    pilot.frame()
    pilot.press(*["space"] * FURTHER)
    keep("telling-1")
    to_choices(pilot)


def _store(pilot: Pilot, slot: str, name: str) -> None:
    pilot.press("k")
    pilot.click_key(f"slot {slot}")
    pilot.write(name)
    pilot.press("return")
    pilot.frame()
    pilot.press("escape")


def to_choices(pilot: Pilot) -> None:
    """Read on until there is something to choose."""
    while not pilot.tree.find_all("choice"):
        pilot.press("space")
