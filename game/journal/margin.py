"""What stands in the margin of a story: recaps by their id, what was spent on each request, how a telling was asked for."""

from game.journal.entry import Spent
from game.journal.faults import reading
from game.journal.rows import (
    RECAP,
    SPENT,
    STEER,
    check_steer,
    recap_from_row,
    recap_row,
    sealed,
    spent_from_row,
    spent_row,
)
from game.journal.store import Store
from game.story import Recap

_ADD_RECAP = f"INSERT INTO recaps ({RECAP}) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
_ADD_STEER = f"INSERT INTO steers ({STEER}) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
_ADD_SPENT = f"INSERT INTO spending ({SPENT}) VALUES (?, ?)"


def keep_recap(store: Store, recap: Recap) -> str:
    """Store a recap, once however often it is kept; its id."""
    with store:
        store.run(_ADD_RECAP, recap_row(recap))
    return recap.id


def recap(store: Store, recap_id: str) -> Recap:
    """The recap with this id. Raises KeyError and CorruptJournal."""
    row = store.row(f"SELECT {RECAP} FROM recaps WHERE id = ?", recap_id)
    if row is None:
        raise KeyError(recap_id)
    with reading(store.path, f"recap {recap_id} cannot be read"):
        return recap_from_row(row)


def keep_steer(store: Store, key: str, words: str) -> None:
    """In the caller's transaction: the telling `key` was asked for in these words. Those that are stored for it hold."""
    store.run(_ADD_STEER, sealed(key, words))


def steer(store: Store, key: str) -> str | None:
    """In which words the telling `key` was asked for; None where nothing is stored of it. Raises CorruptJournal."""
    row = store.row(f"SELECT {STEER} FROM steers WHERE key = ?", key)
    if row is None:
        return None
    with reading(store.path, f"how scene {key} was asked for cannot be read"):
        check_steer(row)
        return str(row[1])


def spend(store: Store, spent: Spent) -> None:
    """Store what one request cost."""
    with store:
        store.run(_ADD_SPENT, spent_row(spent))


def spending(store: Store) -> tuple[Spent, ...]:
    """What all requests cost, in the order in which it was stored. Raises CorruptJournal."""
    rows = store.rows(f"SELECT {SPENT} FROM spending ORDER BY n")
    with reading(store.path, "what was spent cannot be read"):
        return tuple(map(spent_from_row, rows))
