"""What is said while nothing comes: first that somebody writes, then what the pack's world does meanwhile."""

from collections.abc import Callable

from game.packs import Pack

QUIET, PAUSE, NEXT = 2.0, 4.0, 8.0
"""Seconds of silence before the pack's words for waiting are said, before a moment of its world, and from one to the next."""


class Silence:
    """The silence since something was last heard or said. `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._since = clock()
        self._writer, self._turn, self._said = "", 0, 0

    def broken(self) -> None:
        """Something was heard or said."""
        self._since = self._clock()

    def scene(self, writer: str, turn: int) -> None:
        """From here on it is this writer, and this scene, that is waited for."""
        self._writer, self._turn, self._said = writer, turn, 0

    def words(self, pack: Pack | None) -> str:
        """What should be said now; empty when nothing should."""
        if self._clock() - self._since < (QUIET, PAUSE - QUIET, NEXT)[min(self._said, 2)]:
            return ""
        self.broken()
        self._said += 1
        waiting = pack.waiting if pack else None
        if self._said == 1:
            words = waiting.words[self._turn % len(waiting.words)] if waiting and waiting.words else "One moment"
            writer = f"{self._writer} is writing. " if self._writer else ""
            return f"{words}… {writer}Ctrl-C: do not wait for it."
        if waiting and self._said - 1 <= len(waiting.pauses):
            return waiting.pauses[(self._turn + self._said - 2) % len(waiting.pauses)]
        return ""
