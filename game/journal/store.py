"""The connection: how a file is made, opened, locked, read and written."""

import os
import sqlite3
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType

from game.journal.entry import JournalError, LockedJournal
from game.journal.faults import explain, unwritable
from game.journal.rows import Row

Build = Callable[[sqlite3.Connection], object]
"""Fills an empty database."""

UNREADABLE_BY_SQLITE = (sqlite3.Error, UnicodeDecodeError)
"""What a query can raise; the second one when damaged text turns up in SQLite's own message."""

PATIENCE = 0.5
"""Seconds to wait for a lock: longer than another window's look at the shelf, shorter than a player's patience."""


class Store:
    """One connection to one journal. `with store:` is one transaction; it is whole or it is not there.

    Used from the thread that made it.
    """

    def __init__(self, database: sqlite3.Connection, path: Path | None) -> None:
        self.path = path
        # One cursor for all: a new one for each statement would be a tenth of what a scene costs.
        self._cursor = database.cursor()
        self.run = self._cursor.execute
        self._database = database

    def __enter__(self) -> None:
        try:
            self.run("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            raise explain(error, self.path) from error

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if error is None:
            try:
                self.run("COMMIT")
                return
            except sqlite3.Error as failed:
                error = failed
        # SQLite has already rolled back after some errors, and not after others.
        if self._database.in_transaction:
            with suppress(sqlite3.Error):
                self.run("ROLLBACK")
        if isinstance(error, sqlite3.Error):
            raise explain(error, self.path) from error

    def rows(self, query: str, *values: object) -> list[Row]:
        """All rows of a query.

        Raises:
            JournalError: they cannot be read.
        """
        try:
            return self.run(query, values).fetchall()
        except UNREADABLE_BY_SQLITE as error:
            raise explain(error, self.path) from error

    def each(self, query: str, *values: object) -> Generator[Row]:
        """The rows of a query, one at a time, while others may be asked for. Raises like `rows`."""
        try:
            yield from self._database.execute(query, values)
        except UNREADABLE_BY_SQLITE as error:
            raise explain(error, self.path) from error

    def row(self, query: str, *values: object) -> Row | None:
        """The first row of a query, or None. Raises like `rows`."""
        found = self.rows(query, *values)
        return found[0] if found else None

    def settle(self) -> None:
        """Have the disk take all that was written, so that it outlasts a power cut. Nothing to do in memory."""
        # Each transaction is with the operating system already; if the disk refuses now, the next write will say so.
        if self.path is not None:
            with suppress(JournalError):
                self.rows("PRAGMA wal_checkpoint(PASSIVE)")

    def copy(self, path: Path) -> None:
        """Write all of it into `path`, which must not exist. Raises JournalError."""
        publish(path, self._database.backup)

    def in_memory(self, path: Path | None = None) -> "Store":
        """All of it, in memory; what is wrong with it is told of `path`. Raises JournalError."""
        try:
            return in_memory(self._database.backup, path)
        except UNREADABLE_BY_SQLITE as error:
            raise explain(error, self.path) from error

    def close(self) -> None:
        # A statement that failed would keep the file open, and locked, as long as its cursor lives.
        with suppress(sqlite3.ProgrammingError):
            self._cursor.close()
        self._database.close()


def in_memory(build: Build, path: Path | None = None) -> Store:
    """A database that nobody else sees and that ends with this connection."""
    database = sqlite3.connect(":memory:", isolation_level=None)
    build(database)
    return Store(database, path)


def to_write(path: Path) -> Store:
    """Open a journal to play it; no other process can until this one closes it or ends, however it ends.

    Raises:
        JournalError: it is in use, or cannot be written.
    """
    # SQLite would open it to read, and say so only after it had put a file beside it.
    if not os.access(path, os.W_OK):
        raise unwritable(path, "it is read-only")
    database = _connect(path, "mode=rw")
    store = Store(database, path)
    try:
        # Exclusive before the first access: the lock is the database's own, and the index of the WAL needs no file beside it.
        database.execute("PRAGMA locking_mode = EXCLUSIVE")
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        database.execute("PRAGMA checkpoint_fullfsync = ON")
        with store:
            pass
    except sqlite3.Error as error:
        store.close()
        raise explain(error, path) from error
    except JournalError:
        store.close()
        raise
    return store


@contextmanager
def to_read(path: Path, patience: float = PATIENCE) -> Iterator[Store]:
    """A look at a journal that changes nothing and leaves nothing beside it. If it is being played, the first query raises."""
    wal, index = beside(path)
    if not wal.exists() or wal.stat().st_size == 0:
        # Closed in order: all of it is in the file itself, and SQLite need not make anything to read it.
        with to_glance(path) as store:
            yield store
        return
    had_index = index.exists()
    store = Store(_connect(path, "mode=ro", patience), path)
    try:
        yield store
    finally:
        store.close()
        # Reading after a crash makes an index of the WAL that a reader may not take away again; a player's own is in memory.
        if not had_index:
            with suppress(OSError):
                index.unlink(missing_ok=True)


@contextmanager
def to_glance(path: Path) -> Iterator[Store]:
    """The file as it was last settled, without asking for any lock: for a first look, and for a journal that is being played."""
    store = Store(_connect(path, "immutable=1"), path)
    try:
        yield store
    finally:
        store.close()


def check_unplayed(path: Path) -> None:
    """Return if nobody plays the journal at `path`, be it whole or damaged: SQLite asks for the lock before it looks at a page.

    Raises:
        LockedJournal: it is being played.
    """
    absent = [each for each in beside(path) if not each.exists()]
    store = Store(_connect(path, "mode=ro"), path)
    try:
        store.row("SELECT count(*) FROM sqlite_master")
    except LockedJournal:
        absent = []
        raise
    except JournalError:
        return
    finally:
        store.close()
        _sweep(absent)


def beside(path: Path) -> tuple[Path, Path]:
    """The WAL of a journal, and the index of it."""
    return path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")


def _connect(path: Path, how: str, patience: float = PATIENCE) -> sqlite3.Connection:
    try:
        return sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, isolation_level=None, timeout=patience)
    except sqlite3.Error as error:
        raise explain(error, path) from error


def publish(path: Path, build: Build) -> None:
    """Have `build` fill a new database, and put it at `path` when it is whole; never over something that is there.

    Raises:
        JournalError: there is something, or the place cannot be written.
    """
    beside = path.with_name(f"{path.name}.new")
    claimed = False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644))
        claimed = True
        beside.unlink(missing_ok=True)
        _build(beside, build)
        os.replace(beside, path)
    except (OSError, sqlite3.Error) as error:
        if claimed:
            _sweep((path, beside))
        raise _cannot_publish(error, path) from error


def _build(path: Path, build: Build) -> None:
    database = sqlite3.connect(path, isolation_level=None)
    try:
        build(database)
    finally:
        database.close()


def _sweep(paths: Sequence[Path]) -> None:
    for path in paths:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _cannot_publish(error: OSError | sqlite3.Error, path: Path) -> Exception:
    if isinstance(error, sqlite3.Error):
        return explain(error, path)
    if isinstance(error, FileExistsError) and path.exists():
        return JournalError(f"{path}: there is a file already; name another one, or move it away")
    return unwritable(path, error.strerror or type(error).__name__)
