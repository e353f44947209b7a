"""How fast words are uncovered while they are still being written: as evenly as they come, never ahead of them, never far behind.

Knows no clock, no text and no screen: it is told what comes and when, and says how many characters may be uncovered now.
"""

from __future__ import annotations

from dataclasses import dataclass

SLOWEST = 8.0
"""Characters a second at the least, so that no word stands there by half."""
LEAST, MOST = 0.1, 0.6
"""Seconds that words may be kept in reserve: for a stream that is even, and for one that comes in jerks."""
SPARE = 1.3
"""How much longer than the stream's own gaps the reserve lasts."""


@dataclass
class Pace:
    """What is there now is to be read by the time that more is expected; so a stream that comes in jerks flows evenly.

    `_gap` is how long the stream was silent lately, in seconds: a longer silence counts at once, a shorter one by and by.
    """

    _gap: float = 0.15
    _last: float | None = None
    _left: float = 0.0
    _speed: float = 0.0

    def begin(self) -> None:
        """A scene begins: how long its first word took says nothing of the words to come."""
        self._last = None
        self._left = 0.0

    def came(self, now: float) -> None:
        """More words came, at `now` (seconds)."""
        silent = now - self._last if self._last is not None else 0.0
        self._last = now
        if silent > 0:
            self._gap = silent if silent > self._gap else self._gap + (silent - self._gap) * 0.15

    @property
    def reserve(self) -> float:
        """How long what is there now should last, in seconds."""
        return min(MOST, max(LEAST, SPARE * self._gap))

    def due(self, seconds: float, held: float, speed: float) -> float:
        """How many of `held` characters to uncover after so many seconds; `speed` (characters a second) is the most that the
        reader wants. What comes when nothing was left is begun at once."""
        dry = self._left <= 0
        if held > self._left + 0.5:
            self._speed = held / self.reserve
        due = seconds * min(speed, max(SLOWEST, self._speed))
        due = min(held, max(due, 1.0) if dry else due)
        self._left = held - due
        return due
