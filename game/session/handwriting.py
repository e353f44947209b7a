"""Words that a player wrote, made fit to be kept and shown: characters that are none are left out, white space is one space."""

from game.story import readable

LONGEST_STEER = 200
"""Characters in which a telling may be asked for."""
LONGEST_BEAT = 2000
"""Characters that a beat may be given."""
LONGEST_NAME = 80
"""Characters of a bookmark's name."""


def tidied(text: str, longest: int) -> str:
    """The text on one line, at most so many characters of it; empty when nothing in it can be read."""
    kept = "".join(readable(char) for char in text)
    return " ".join(kept.split())[:longest].rstrip()
