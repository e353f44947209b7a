"""A new pack: a small whole story to change into one's own, or the least that plays.

Owns the questions, the templates, and where they are written. What is written belongs to the author from then on.
"""

from game.workshop.fresh.answers import NotWritten
from game.workshop.fresh.making import make, what_now

__all__ = ["NotWritten", "make", "what_now"]
