"""Chance for the painter: a private stream of numbers per seed and name, the same on every Python and platform."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")
MASK = (1 << 64) - 1


class Dice:
    """A SplitMix64 stream (Steele, Lea, Flood 2014), seeded by hashing the names given."""

    def __init__(self, *names: object) -> None:
        self._name = "/".join(str(name) for name in names)
        self._state = int.from_bytes(blake2b(self._name.encode(), digest_size=8).digest(), "little")

    def fork(self, name: object) -> Dice:
        """An independent stream; what is drawn from one does not move the other."""
        return Dice(self._name, name)

    def unit(self) -> float:
        """A number in 0..1, 1 excluded."""
        self._state = (self._state + 0x9E3779B97F4A7C15) & MASK
        word = self._state
        word = ((word ^ (word >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        word = ((word ^ (word >> 27)) * 0x94D049BB133111EB) & MASK
        return ((word ^ (word >> 31)) >> 11) / (1 << 53)

    def between(self, low: float, high: float) -> float:
        """A number in low..high."""
        return low + (high - low) * self.unit()

    def count(self, low: int, high: int) -> int:
        """A whole number in low..high, both included."""
        return low + int(self.unit() * (high - low + 1))

    def pick(self, options: Sequence[T]) -> T:
        """One of the options."""
        return options[int(self.unit() * len(options))]

    def chance(self, share: float) -> bool:
        """True in `share` of the throws."""
        return self.unit() < share
