"""What went wrong with a file, in one line for whoever plays: what, where, what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from game.journal.entry import CorruptJournal, ForeignFile, LockedJournal, UnwritableJournal
from game.journal.rows import UNREADABLE, BrokenRow
from game.packs.diagnostic import one_line


def damaged(path: Path | None, what: str) -> CorruptJournal:
    what = " ".join(one_line(what, 100).split())
    return CorruptJournal(
        f"{_at(path)}: the journal is damaged ({what}) and was left as it is; put a copy of it back, or name another file"
    )


@contextmanager
def reading(path: Path | None, what: str) -> Iterator[None]:
    """Rows are being read: one that is not what was written is damage, told by the row's own words, or else by `what`."""
    try:
        yield
    except BrokenRow as error:
        raise damaged(path, str(error)) from error
    except UNREADABLE as error:
        raise damaged(path, what) from error


def foreign(path: Path | None, what: str) -> ForeignFile:
    return ForeignFile(f"{_at(path)}: {what}, so it is left alone; name another file")


def unwritable(path: Path | None, what: str) -> UnwritableJournal:
    return UnwritableJournal(f"{_at(path)}: cannot be written ({what}); free the place, or name a file elsewhere")


def _at(path: Path | None) -> str:
    return "the journal in memory" if path is None else str(path)


_REFUSED = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_READONLY: "it is read-only",
    sqlite3.SQLITE_IOERR: "the disk refuses",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened",
    sqlite3.SQLITE_PERM: "permission is denied",
    sqlite3.SQLITE_NOLFS: "it is too large for the disk",
}
_OURS = (sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISUSE)
"""Errors that only a fault in this program can cause: they stay what they are."""


def explain(error: Exception, path: Path | None) -> Exception:
    """What the error of a query means, as the error to raise."""
    if isinstance(error, sqlite3.ProgrammingError | sqlite3.InterfaceError):
        return error
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
    if code in _OURS:
        return error
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LockedJournal(f"{_at(path)}: it is being played in another window; close it there, or name another file")
    if code == sqlite3.SQLITE_NOTADB:
        return foreign(path, "this is no journal")
    if code in _REFUSED:
        return unwritable(path, _REFUSED[code])
    return damaged(path, "its pages cannot be read")
