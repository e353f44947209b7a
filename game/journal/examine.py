"""Is this file a journal, one that this engine reads, and as it was written? Asked before anything touches it."""

from pathlib import Path

from game.journal.entry import Header, JournalError, NewerJournal
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
    check_asked,
    check_attempt,
    check_edit,
    check_mark,
    check_node,
    check_pick,
    check_recap,
    check_request,
    check_spent,
    check_steer,
    check_stranger,
    header_from_row,
)
from game.journal.schema import APPLICATION_ID, SCHEMA, things
from game.journal.store import Store, to_glance


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
    with to_glance(path) as store:
        if _number(store, "application_id") != APPLICATION_ID:
            raise foreign(path, "this is the file of another program")
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


_STRANGERS = """SELECT asked.key FROM asked JOIN attempts USING (n)
    WHERE (asked.key, asked.purpose, asked.request_hash) <> (attempts.key, attempts.purpose, attempts.request_hash)"""

_CHECKS = (
    (1, f"SELECT {PICK} FROM picks", check_pick),
    (1, f"SELECT {NODE} FROM nodes", check_node),
    (1, f"SELECT {ATTEMPT} FROM attempts", check_attempt),
    (1, f"SELECT {REQUEST} FROM requests", check_request),
    (2, f"SELECT {ASKED} FROM asked", check_asked),
    (2, f"SELECT {RECAP} FROM recaps", check_recap),
    (2, f"SELECT {SPENT} FROM spending", check_spent),
    (2, _STRANGERS, check_stranger),
    (3, f"SELECT {STEER} FROM steers", check_steer),
    (3, f"SELECT {EDIT} FROM edits", check_edit),
    (3, f"SELECT {MARK} FROM marks", check_mark),
)
"""What is looked at from which schema on."""


def check_whole(store: Store) -> None:
    """Return if every page is sound and every sealed row is what was written. The time it takes grows with the file.

    Raises:
        CorruptJournal: they are not.
        NewerJournal: a newer engine has written to it since it was last settled.
    """
    found = store.row("PRAGMA integrity_check(1)")
    if found != ("ok",):
        raise damaged(store.path, str(found and found[0]))
    schema = schema_of(store)
    if {row[0] for row in store.rows("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")} != set(things(schema)):
        raise damaged(store.path, "its tables are not those of a journal")
    with reading(store.path, "a row cannot be read"):
        for since, query, check in _CHECKS:
            if since <= schema:
                for row in store.each(query):
                    check(row)


def read_header(store: Store) -> Header:
    """What was written when the playthrough began. Raises CorruptJournal."""
    row = store.row("SELECT body, seal FROM header")
    with reading(store.path, "its first entry was changed"):
        return header_from_row(row)
