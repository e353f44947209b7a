"""What stands in the margin of a story: recaps by their id, and what was spent on each request."""

from game.journal.entry import Spent
from game.journal.faults import reading
from game.journal.rows import RECAP, SPENT, recap_from_row, recap_row, spent_from_row, spent_row
from game.journal.store import Store
from game.story import Recap

_ADD_RECAP = f"INSERT INTO recaps ({RECAP}) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
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


def spend(store: Store, spent: Spent) -> None:
    """Store what one request cost."""
    with store:
        store.run(_ADD_SPENT, spent_row(spent))


def spending(store: Store) -> tuple[Spent, ...]:
    """What all requests cost, in the order in which it was stored. Raises CorruptJournal."""
    rows = store.rows(f"SELECT {SPENT} FROM spending ORDER BY n")
    with reading(store.path, "what was spent cannot be read"):
        return tuple(map(spent_from_row, rows))
