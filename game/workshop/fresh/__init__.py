"""A new pack: a small whole story to change into one's own, or the least that plays.

Owns the questions, the templates, and where they are written. What a template says is the author's from game.workshop.fresh.answers import NotWritten
from game.workshop.fresh.making import make, what_now

__all__ = ["NotWritten", "make", "what_now"]
