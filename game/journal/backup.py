"""Backups of one playthrough, in a folder beside its file: made whole, proved, and only a few of them kept."""

import os
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

from game.journal.copying import open_copy
from game.journal.entry import JournalError
from game.journal.examine import identify, look_through
from game.journal.faults import unwritable
from game.journal.journal import Journal
from game.journal.store import to_glance, to_read

KEPT = 3
"""Backups of a playthrough at the most."""
FOLDER = "backups"
"""The folder beside the journals; in it one for each, by the name of its file."""

_GROWING = ("picks", "nodes", "edits", "marks")
"""The tables whose last numbers tell how far a journal has grown, as far as its schema has them."""


class Backups:
    """The backups of the journal at `path`: `<folder>/backups/<stem>/<n>.journal`. What stands there was read and found whole."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._folder = path.parent / FOLDER / path.stem
        self._unproved = self._folder / "unproved"
        self._distrust = self._folder / "distrusted"

    def all(self) -> tuple[Path, ...]:
        """The newest first."""
        found = {int(each.stem): each for each in self._folder.glob("*.journal") if each.stem.isdecimal()}
        return tuple(found[n] for n in sorted(found, reverse=True))

    def newest(self) -> Path | None:
        """The newest from which the story can be taken up."""
        return next(filter(_can_be_opened, self.all()), None)

    def behind(self) -> bool:
        """Whether the journal's file has grown since the newest backup of it, or has none."""
        backups = self.all()
        try:
            return not backups or _extent(self._path) != _extent(backups[0])
        except JournalError:
            return True

    def make(self, journal: Journal) -> Iterator[None]:
        """Make a backup of the journal as it is now: the copy in the first step, its proof in those that follow. Older ones go
        when it was found whole; if this is given up before, nothing has changed.

        Raises:
            UnwritableJournal: there is no room for it.
            CorruptJournal: the copy is damaged, and so is the journal; the older ones stay.
        """
        self._drop(self._unproved)
        journal.backup(self._unproved)
        yield
        try:
            yield from _proof(self._unproved)
        except JournalError:
            self._drop(self._unproved)
            raise
        self._keep()

    @property
    def distrusted(self) -> bool:
        """Whether damage was met in the journal while it was played: then it is looked at whole before it is opened again."""
        return self._distrust.exists()

    def distrust(self) -> None:
        """Damage was met in the journal. Where that cannot be noted, it will be met again."""
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            self._distrust.touch()

    def trust(self) -> None:
        """The journal was looked at whole, or another took its place."""
        self._drop(self._distrust)

    def set_aside(self) -> None:
        """A new playthrough takes a name that another had: what was kept of that one is no backup of this."""
        free = (self._folder.with_name(f"{self._folder.name}.before-{n}") for n in count(1))
        with suppress(OSError):
            self._folder.rename(next(each for each in free if not each.exists()))

    def _keep(self) -> None:
        """The copy was proved: it takes its place, and the oldest go."""
        newest = max((int(each.stem) for each in self.all()), default=0)
        try:
            os.replace(self._unproved, self._folder / f"{newest + 1}.journal")
        except OSError as error:
            raise unwritable(self._unproved, error.strerror or type(error).__name__) from error
        for each in self.all()[KEPT:]:
            self._drop(each)

    def _drop(self, path: Path) -> None:
        # What a kill left half made stands beside it, under a name of its own.
        for each in (path, path.with_name(f"{path.name}.new")):
            with suppress(OSError):
                each.unlink(missing_ok=True)


def _proof(path: Path) -> Iterator[None]:
    """Read all of it. Raises JournalError."""
    identify(path)
    with to_read(path) as store:
        yield from look_through(store)


def _can_be_opened(path: Path) -> bool:
    try:
        open_copy(path).close()
    except (JournalError, OSError):
        return False
    return True


def _extent(path: Path) -> list[int | None]:
    """How far the journal at `path` has grown. Takes no lock. Raises JournalError."""
    with to_glance(path) as store:
        tables = {name for (name,) in store.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
        rows = [store.row(f"SELECT max(n) FROM {table}") if table in tables else None for table in _GROWING]
        return [row[0] if row else None for row in rows]
