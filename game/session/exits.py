"""How a run of a front end ended, as the exit code of the process."""

from enum import IntEnum


class Exit(IntEnum):
    """Played; something failed on the way; it could not be begun at all."""

    PLAYED = 0
    FAILED = 1
    UNUSABLE = 2
