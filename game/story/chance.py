"""Randomness as a function: a draw depends on where in the story it is made and what for, and on nothing else.

So a resumed run equals an uninterrupted one, and prefetch, forks and retells cannot disturb each other.
"""

from collections.abc import Sequence
from typing import TypeVar

from game.story.canonical import digest

T = TypeVar("T")

ROOT = "root"
"""The parent of the first scene."""


def node_key(parent: str, slot: str, telling: int = 0) -> str:
    """The identity of the scene that follows `parent` by `slot`, told for the `telling`-th time: 32 hex characters."""
    return digest("node", parent, slot, str(telling))


def draw(seed: int, key: str, purpose: str, n: int) -> int:
    """A number in `range(n)`, even to within 2**-64.

    Raises:
        ValueError: `n` is not positive.
    """
    if n <= 0:
        raise ValueError(f"cannot draw from {n} possibilities")
    return int(digest("draw", str(seed), key, purpose), 16) % n


def pick(seed: int, key: str, purpose: str, items: Sequence[T]) -> T:
    """One of `items`, each as likely as the next."""
    return items[draw(seed, key, purpose, len(items))]


def pick_weighted(seed: int, key: str, purpose: str, items: Sequence[tuple[T, int]]) -> T:
    """One of `items`, in proportion to its weight (whole numbers, at least one of them positive)."""
    ticket = draw(seed, key, purpose, sum(weight for _, weight in items))
    for item, weight in items:
        ticket -= weight
        if ticket < 0:
            return item
    raise AssertionError("a ticket below the sum of the weights always lands")
