"""Sealed playthroughs: a recording and its pack in one file, that plays again anywhere and shows where it was changed.

What stands in the file, and what it does not hold: `docs/sealed.md`.
"""

from game.journal.sealing.manifest import Manifest
from game.journal.sealing.place import put
from game.journal.sealing.read import Sealed, open_sealed, read_tape
from game.journal.sealing.unfit import SealError, Unfit
from game.journal.sealing.write import sealed

__all__ = ["Manifest", "SealError", "Sealed", "Unfit", "open_sealed", "put", "read_tape", "sealed"]
