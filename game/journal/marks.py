"""What the player wants to find again: scenes, by a name or in a slot."""

from game.journal.faults import reading
from game.journal.rows import MARK, Row, mark_from_row, mark_row, no_mark_row
from game.journal.store import Store
from game.story import Mark

_ADD = f"INSERT INTO marks ({MARK}) VALUES (?, ?, ?, ?, ?, ?, ?)"
_NEXT = "SELECT 1 + ifnull(max(n), 0) FROM marks"


def keep(store: Store, mark: Mark) -> None:
    """Store a bookmark, in a transaction of its own; it takes the place of the one with its id."""
    with store:
        store.run(_ADD, mark_row(_next(store), mark))


def drop(store: Store, mark_id: str) -> None:
    """Store that the bookmark with this id, if there is one, holds no longer."""
    with store:
        store.run(_ADD, no_mark_row(_next(store), mark_id))


def kept(store: Store) -> tuple[Mark, ...]:
    """All that hold, the one that was set last at the end. Raises CorruptJournal."""
    with reading(store.path, "a bookmark cannot be read"):
        found: dict[str, Mark] = {}
        for row in store.rows(f"SELECT {MARK} FROM marks ORDER BY n"):
            _turn(found, row)
        return tuple(found.values())


def _turn(found: dict[str, Mark], row: Row) -> None:
    mark = mark_from_row(row)
    found.pop(row[1], None)
    if mark:
        found[mark.id] = mark


def _next(store: Store) -> int:
    return int(store.run(_NEXT).fetchone()[0])
