"""Is this file a journal, one that this engine reads, and as it was written? Asked before anything touches it."""

from collections.abc import Callable, Iterator
from pathlib import Path

from game.journal.entry import CorruptJournal, Header, JournalError, NewerJournal
from game.journal.faults import damaged, foreign, reading
from game.journal.rows import (
    ASKED,
    ATTEMPT,
    EDIT,
    MARK,
    NODE,
    PICK,
    RECAP,
    REQUEST,
    SPENT,
    STEER,
    Row,
    check_asked,
    check_attempt,
    check_edit,
    check_mark,
    check_no_stranger,
    check_node,
    check_pick,
    check_recap,
    check_request,
    check_spent,
    check_steer,
    header_from_row,
)
from game.journal.schema import APPLICATION_ID, SCHEMA, things
from game.journal.store import Store, to_glance, to_read


def identify(path: Path) -> None:
    """Return if the file says that it is a journal of this schema, or of an older one.

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
    try:
        with to_glance(path) as store:
            _check_number(store)
    except CorruptJournal:
        # A full disk can leave a file half settled, whose pages hang together only with those in its WAL.
        with to_read(path) as store:
            _check_number(store)


def _check_number(store: Store) -> None:
    if _number(store, "application_id") != APPLICATION_ID:
        raise foreign(store.path, "this is the file of another program")
    schema_of(store)


def schema_of(store: Store) -> int:
    """The schema of an open journal: this engine's, or an older one. Raises NewerJournal and CorruptJournal."""
    schema = _number(store, "user_version")
    if schema > SCHEMA:
        raise NewerJournal(
            f"{store.path}: it was written by a newer Unwritten (schema {schema}; this one reads up to {SCHEMA}); "
            "update to play it"
        )
    if schema < 1:
        raise damaged(store.path, f"schema {schema} never was")
    return schema


def _number(store: Store, pragma: str) -> int:
    row = store.row(f"PRAGMA {pragma}")
    return int(row[0]) if row else 0


_STRANGE = """key, (SELECT (asked.key, asked.purpose, asked.request_hash) <> (key, purpose, request_hash)
    FROM attempts WHERE attempts.n = asked.n)"""

_CHECKS = (
    (1, "picks", PICK, check_pick),
    (1, "nodes", NODE, check_node),
    (1, "attempts", ATTEMPT, check_attempt),
    (1, "requests", REQUEST, check_request),
    (2, "asked", ASKED, check_asked),
    (2, "asked", _STRANGE, check_no_stranger),
    (2, "recaps", RECAP, check_recap),
    (2, "spending", SPENT, check_spent),
    (3, "steers", STEER, check_steer),
    (3, "edits", EDIT, check_edit),
    (3, "marks", MARK, check_mark),
)
"""What is looked at from which schema on: in which table, at which columns, and by what."""

ROWS_A_STEP = 64
"""Rows that are looked at between two steps: a millisecond or two, unless they are very long."""


def check_whole(store: Store) -> None:
    """Return if every page is sound and every sealed row is what was written. The time it takes grows with the file.

    Raises:
        CorruptJournal: they are not.
        NewerJournal: a newer engine has written to it since it was last settled.
    """
    for _ in look_through(store):
        pass


def look_through(store: Store) -> Iterator[None]:
    """The same in small steps, between which the journal may be read and written. The first one looks at how the pages hang
    together, which SQLite does in one go: 2 ms for each megabyte of the file."""
    found = store.row("PRAGMA integrity_check(1)")
    if found != ("ok",):
        raise damaged(store.path, "its pages do not hang together")
    yield
    schema = check_shape(store)
    for since, table, columns, check in _CHECKS:
        if since <= schema:
            yield from _look_at(store, table, columns, check)


def check_shape(store: Store) -> int:
    """The schema of an open journal, whose tables are those of that schema. Raises CorruptJournal and NewerJournal."""
    schema = schema_of(store)
    if {row[0] for row in store.rows("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")} != set(things(schema)):
        raise damaged(store.path, "its tables are not those of a journal")
    return schema


def _look_at(store: Store, table: str, columns: str, check: Callable[[Row], None]) -> Iterator[None]:
    query = f"SELECT rowid, {columns} FROM {table} WHERE rowid > ? ORDER BY rowid LIMIT {ROWS_A_STEP}"
    last = -(1 << 63)
    while rows := store.rows(query, last):
        with reading(store.path, "a row cannot be read"):
            for row in rows:
                check(row[1:])
        last = rows[-1][0]
        yield
        # Who plays meanwhile adds rows at the end: they are not run after.
        if len(rows) < ROWS_A_STEP:
            return


def read_header(store: Store) -> Header:
    """What was written when the playthrough began. Raises CorruptJournal."""
    row = store.row("SELECT body, seal FROM header")
    with reading(store.path, "its first entry was changed"):
        return header_from_row(row)
