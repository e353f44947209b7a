"""What a terminal says of a pack that was read again while it is played: to its author, a line for each thing."""

from collections.abc import Iterator

from game.packs import Diagnostic
from game.session import NotReloaded, Reloaded

SHOWN = 12
"""Findings, and files, that are named; of more, how many there are."""


def taken_up(event: Reloaded) -> Iterator[str]:
    """What is played from here on, and what an author may want to look at in it."""
    names = ", ".join(event.files[:SHOWN])
    more = f", and {len(event.files) - SHOWN} more" if len(event.files) > SHOWN else ""
    yield f"Read again: {names}{more}." if event.files else "The pack is as it was."
    yield from _listed(event.warnings)


def left_aside(event: NotReloaded) -> Iterator[str]:
    """Why the pack that was there before goes on. Of what follows from that, nothing."""
    yield "The pack cannot be played as it is now; until it can, the story goes on with it as it was."
    yield from _listed(tuple(found for found in event.problems if found.severity == "error"))


def _listed(findings: tuple[Diagnostic, ...]) -> Iterator[str]:
    yield from map(str, findings[:SHOWN])
    if len(findings) > SHOWN:
        yield f"And {len(findings) - SHOWN} more."
