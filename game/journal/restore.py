"""Damage: the damaged file is kept, and the newest good backup takes its place; the whole of it, or nothing."""

import filecmp
import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from game.journal.backup import Backups
from game.journal.copying import open_copy
from game.journal.entry import JournalError, NewerJournal
from game.journal.faults import unwritable
from game.journal.schema import SCHEMA, things
from game.journal.store import beside, check_unplayed, to_glance


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup is in the place of a damaged journal. `kept` is where that one is now, `made` when the backup was made, in seconds
    since the epoch."""

    kept: Path
    made: float


def restore(path: Path) -> Restored | None:
    """Put the newest good backup of the journal at `path` in its place, and keep what was there beside it as
    `<stem>.damaged-<n>`. None, and nothing is touched, if there is no good backup. Killed at any moment, it can be done again.

    Raises:
        LockedJournal: it is being played.
        UnwritableJournal: the folder does not take it; all is as it was.
    """
    check_unplayed(path)
    backups = Backups(path)
    good = backups.newest()
    if good is None:
        return None
    made = good.stat().st_mtime
    try:
        fresh = path.with_name(f"{path.name}.restored")
        _copy(good, fresh)
        kept = _keep(path)
        # Or SQLite would take it for what the backup has yet to hear.
        for each in beside(path):
            each.unlink(missing_ok=True)
        os.replace(fresh, path)
    except OSError as error:
        raise unwritable(path, error.strerror or type(error).__name__) from error
    backups.trust()
    return Restored(kept, made)


def look_again(path: Path) -> None:
    """Look at all of the journal at `path` if damage was met while it was played. Raises CorruptJournal."""
    backups = Backups(path)
    if backups.distrusted:
        open_copy(path).close()
        backups.trust()


def is_damage(path: Path, error: JournalError) -> bool:
    """Whether `error`, met in opening a file that has backups, means damage. All does but a newer journal that is one."""
    return path.is_file() and not (isinstance(error, NewerJournal) and _has_other_tables(path))


def _has_other_tables(path: Path) -> bool:
    """Whether this is no journal that this engine knows, under the number of one that it does not: each schema adds tables."""
    try:
        with to_glance(path) as store:
            found = {row[0] for row in store.rows("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")}
    except JournalError:
        return False
    return found not in [set(things(schema)) for schema in range(1, SCHEMA + 1)]


def _keep(path: Path) -> Path:
    """Copy the damaged file beside itself, what belongs to it first; where that was done before a kill, it is not done again."""
    names = (path.with_name(f"{path.stem}.damaged-{n}") for n in count(1))
    kept = next(each for each in names if not each.exists() or filecmp.cmp(path, each, shallow=False))
    if not kept.exists():
        wal = beside(path)[0]
        if wal.exists():
            _copy(wal, kept.with_name(f"{kept.name}-wal"))
        _copy(path, kept)
    return kept


def _copy(source: Path, target: Path) -> None:
    """The whole of it, on the disk, or nothing under that name. Raises OSError."""
    half = target.with_name(f"{target.name}.new")
    try:
        with source.open("rb") as old, half.open("wb") as new:
            shutil.copyfileobj(old, new)
            new.flush()
            os.fsync(new.fileno())
        os.replace(half, target)
    except OSError:
        with suppress(OSError):
            half.unlink(missing_ok=True)
        raise
