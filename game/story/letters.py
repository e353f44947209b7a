"""Which characters of a text are something to read, and which only move about what is."""

import unicodedata

_JOINERS = "\u200c\u200d"
"""Formatting characters without which some scripts are written wrong."""


def readable(char: str) -> str:
    """The character; a space for one that moves (control characters, line and paragraph ends, spaces of any width); nothing for
    one that shows nothing (formats, private ones, halves of others). The same under every version of Unicode that has it."""
    kind = unicodedata.category(char)
    if kind in ("Cc", "Zl", "Zp", "Zs"):
        return " "
    # Not Cn: what is unassigned in one Python's Unicode is a letter in the next one's.
    return char if kind not in ("Cf", "Co", "Cs") or char in _JOINERS else ""
