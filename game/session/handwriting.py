"""Words that a player wrote, made fit to be kept and shown: characters that are none are left out, white space is one space."""

import unicodedata

LONGEST_STEER = 200
"""Characters in which a telling may be asked for."""
LONGEST_BEAT = 2000
"""Characters that a beat may be given."""
LONGEST_NAME = 80
"""Characters of a bookmark's name."""

_JOINERS = "\u200c\u200d"
"""Formatting characters without which some scripts are written wrong."""


def tidied(text: str, longest: int) -> str:
    """The text on one line, at most so many characters of it; empty when nothing in it can be read."""
    kept = "".join(_kept(char) for char in text)
    return " ".join(kept.split())[:longest].rstrip()


def _kept(char: str) -> str:
    kind = unicodedata.category(char)
    if kind in ("Cc", "Zl", "Zp", "Zs"):
        return " "
    # Not Cn: what is unassigned in one Python's Unicode is a letter in the next one's.
    return char if kind not in ("Cf", "Co", "Cs") or char in _JOINERS else ""
