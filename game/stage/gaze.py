"""Which choice the player's eye rests on, so that what it leads to can be written ahead. Knows no screen and no clock."""

from __future__ import annotations

from dataclasses import dataclass

REST = 0.15
"""Seconds that the eye must rest on a choice to count."""


@dataclass
class Gaze:
    """One scene's choices. `see` is told where the eye is, `rested` says once when it has come to rest somewhere else."""

    _at: str | None = None
    _since: float = 0.0
    _told: str | None = None

    def see(self, focus: str | None, slots: tuple[str, ...], now: float) -> None:
        """The eye is on the widget `focus` (its key). While it was nowhere yet, it is taken to be on the first choice."""
        slot = focus.removeprefix("slot:") if focus else None if self._told else next(iter(slots), None)
        if slot not in slots:
            slot = None
        if slot != self._at:
            self._at, self._since = slot, now

    def rested(self, now: float) -> str | None:
        """The slot that the eye has just come to rest on, if it is another than before."""
        if self._at is None or self._at == self._told or now - self._since < REST:
            return None
        self._told = self._at
        return self._told
