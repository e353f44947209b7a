"""Keeps a playthrough of the library safe while its player reads: backs it up, and tells of damage that comes to light."""

import asyncio
from collections.abc import Generator

from game.journal import Backups, CorruptJournal, Journal, JournalError
from game.session.events import Broken, Notice
from game.session.restoring import stopped_by_damage
from game.session.scribe import Emit

EVERY, SHARE = 4, 16
"""A backup is made when so many scenes were told since the last, or the `SHARE`-th part of all of them, if that is more: so a
scene's share of the copying is the same in a long story as in a short one."""


class Keeper:
    """Keeps one playthrough safe. What there is to say goes through `emit`."""

    def __init__(self, emit: Emit) -> None:
        self._emit = emit
        self._work: Generator[None, None, None] | None = None
        self._backed_up: int | None = None
        self._told = False

    async def scene_kept(self, journal: Journal) -> None:
        """Somebody reads: do what is due, in small steps. Broken off between two of them, it is gone on with at the next call."""
        if journal.path is None:
            # The file took no more; what is in memory now is not what is to be kept.
            return
        self._work = self._work or self._due(journal)
        try:
            for _ in self._work:
                await asyncio.sleep(0)
        except CorruptJournal as error:
            self._emit(Broken(stopped_by_damage(journal.path, error)))
        except JournalError:
            self._say_once(f"No backup of {journal.path.name} could be made; the story itself is kept as before.")
        self._work = None

    def close(self) -> None:
        """Give up what is under way. What it was to replace is as it was."""
        if self._work:
            self._work.close()

    def _due(self, journal: Journal) -> Generator[None, None, None]:
        assert journal.path is not None
        backups, scenes = Backups(journal.path), journal.count
        first = self._backed_up is None
        if first:
            # Of a large file, opening it looked only at what the first scene needs.
            yield from journal.look_through()
        due = backups.behind() if first else scenes - (self._backed_up or 0) >= max(EVERY, scenes // SHARE)
        if due:
            yield from backups.make(journal)
        if due or first:
            self._backed_up = scenes

    def _say_once(self, words: str) -> None:
        if not self._told:
            self._told = True
            self._emit(Notice("not_backed_up", words))
