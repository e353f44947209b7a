"""Bringing what an author has elsewhere into a pack: character cards and lorebooks of chat programs."""

from game.workshop.importing.brought import Brought, Left, NotImported, report
from game.workshop.importing.into import bring

__all__ = ["Brought", "Left", "NotImported", "bring", "report"]
