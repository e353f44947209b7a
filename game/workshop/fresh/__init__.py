"""A new pack: a small whole story to change into one's own, or the least that plays.

Owns the questions, the templates, and where they are written. What a template says is the author's from then on.
"""

from game.workshop.fresh.answers import QUESTIONS, NotWritten, answered, checked, id_of
from game.workshop.fresh.asking import ask
from game.workshop.fresh.writing import write_pack

__all__ = ["QUESTIONS", "NotWritten", "answered", "ask", "checked", "id_of", "write_pack"]
