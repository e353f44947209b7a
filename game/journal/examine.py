"""Is this file a journal, one that this engine reads, and as it was written? Asked before anything touches it."""

from pathlib import Path

from game.journal.entry import Header, JournalError, NewerJournal
from game.journal.faults import damaged, foreign
from game.journal.rows import (
    ATTEMPT,
    NODE,
    PICK,
    REQUEST,
    UNREADABLE,
    BrokenRow,
    check_attempt,
    check_node,
    check_pick,
    check_request,
    header_from_row,
)
from game.journal.schema import APPLICATION_ID, SCHEMA, THINGS
from game.journal.store import Store, to_glance


def identify(path: Path) -> None:
    """Return if the file says that it is a journal of this schema.

    Raises:
        JournalError: there is no such file.
        ForeignFile: it is something else, or empty.
        NewerJournal: a newer engine wrote it.
        CorruptJournal: it says neither what it is nor what it is not.
    """
    if not path.exists():
        raise JournalError(f"{path}: there is no such file; look at its name, or begin a new playthrough")
    if not path.is_file():
        raise foreign(path, "this is a folder")
    if path.stat().st_size == 0:
        raise foreign(path, "this file is empty")
    with to_glance(path) as store:
        if _number(store, "application_id") != APPLICATION_ID:
            raise foreign(path, "this is the file of another program")
        schema = _number(store, "user_version")
    if schema > SCHEMA:
        raise NewerJournal(
            f"{path}: it was written by a newer Unwritten (schema {schema}; this one reads up to {SCHEMA}); update to play it"
        )
    if schema != SCHEMA:
        raise damaged(path, f"schema {schema} never was")


def _number(store: Store, pragma: str) -> int:
    row = store.row(f"PRAGMA {pragma}")
    return int(row[0]) if row else 0


_CHECKS = (
    (f"SELECT {PICK} FROM picks", check_pick),
    (f"SELECT {NODE} FROM nodes", check_node),
    (f"SELECT {ATTEMPT} FROM attempts", check_attempt),
    (f"SELECT {REQUEST} FROM requests", check_request),
)


def check_whole(store: Store) -> None:
    """Return if every page is sound and every sealed row is what was written. The time it takes grows with the file.

    Raises:
        CorruptJournal: they are not.
    """
    found = store.row("PRAGMA integrity_check(1)")
    if found != ("ok",):
        raise damaged(store.path, str(found and found[0]))
    if {row[0] for row in store.rows("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")} != set(THINGS):
        raise damaged(store.path, "its tables are not those of a journal")
    try:
        for query, check in _CHECKS:
            for row in store.each(query):
                check(row)
    except BrokenRow as error:
        raise damaged(store.path, str(error)) from error
    except UNREADABLE as error:
        raise damaged(store.path, "a row cannot be read") from error


def read_header(store: Store) -> Header:
    """What was written when the playthrough began. Raises CorruptJournal."""
    row = store.row("SELECT body, seal FROM header")
    try:
        return header_from_row(row)
    except UNREADABLE as error:
        raise damaged(store.path, "its first entry was changed") from error
