"""The ways through the tree: which scene comes next where several do, and which the player took last."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing

from game.journal.faults import damaged
from game.journal.rows import Row
from game.journal.store import Store
from game.story import ROOT, canonical

_NEWEST = "SELECT key FROM nodes WHERE parent = ? ORDER BY n DESC LIMIT 1"
_NEXT = """SELECT key FROM nodes WHERE parent = ?1
    ORDER BY key = (SELECT child FROM followed WHERE parent = ?1) DESC, n DESC LIMIT 1"""
_BEHIND = """SELECT key FROM nodes WHERE parent = ?1 AND slot = ?2
    ORDER BY key = (SELECT child FROM followed WHERE parent = ?1) DESC, n DESC LIMIT 1"""
_TELLINGS = "SELECT key FROM nodes WHERE parent = ? AND slot = ? ORDER BY telling"
_FORKS = "SELECT parent FROM nodes WHERE parent IN (SELECT value FROM json_each(?)) GROUP BY parent HAVING count(*) > 1"
_PLACE = "SELECT parent, slot, depth FROM nodes WHERE key = ?"
# Depths fall by one from row to row, so that it comes to an end in a damaged file, too.
_UP = """WITH RECURSIVE up (key, parent, depth) AS (
        SELECT key, parent, depth FROM nodes WHERE key = ?
        UNION ALL
        SELECT nodes.key, nodes.parent, nodes.depth FROM up JOIN nodes ON nodes.key = up.parent AND nodes.depth = up.depth - 1
    )
    SELECT depth, key FROM up"""

_DOWN_FOR_UP = 4
"""A step down costs as much as so many up."""


class Ways:
    """The edges of one journal's tree. Keys in, keys out; no scene is read.

    The *line* is the way from the first scene that takes at each scene what *forward* does. The head is always on it: so going
    back along it and forward again writes nothing, and only scenes that are not the newest behind their parent are noted.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def forward(self, parent: str) -> str | None:
        """The scene that *forward* takes from `parent` (`ROOT`: the first): the last taken, else the newest."""
        return self._key(_NEXT, parent)

    def behind(self, parent: str, slot: str) -> str | None:
        """The scene behind a slot: of its tellings the last taken, else the newest."""
        return self._key(_BEHIND, parent, slot)

    def tellings(self, key: str) -> tuple[str, ...]:
        """All tellings of the scene `key`, by telling. Raises KeyError."""
        parent, slot, _ = self._place(key)
        return tuple(each for (each,) in self._store.rows(_TELLINGS, parent, slot))

    def back(self, head: str, scenes: int) -> str:
        """The scene that is so many above the head; the first one where there are less. Raises KeyError."""
        depth = self._place(head)[2]
        return self._at(max(1, depth - scenes), head, depth)

    def leads_through(self, key: str, above: str) -> bool:
        """Whether the scene `above` is on the way to the scene `key` (or to `ROOT`), or is that scene. Raises KeyError."""
        if key == ROOT:
            return False
        depth, target = self._place(key)[2], self._place(above)[2]
        return depth >= target and self._climb(key, target) == above

    def branch(self, key: str, head: str) -> list[str]:
        """The scenes on the way to `key` that are not on the way to the head, the deepest first. Both may be `ROOT`."""
        if key == head:
            return []
        if ROOT not in (key, head):
            depth, deepest = self._place(key)[2], self._place(head)[2]
            if depth <= deepest and self._at(depth, head, deepest) == key:
                return []
        with closing(self._up(key)) as ours, closing(self._up(head)) as theirs:
            return _until_they_meet(ours, theirs)

    def take(self, branch: Sequence[str]) -> None:
        """In the caller's transaction: from where it leaves the line on, forward leads along this branch."""
        if not branch:
            return
        parents = (*branch[1:], self._place(branch[-1])[0])
        forks = {parent for (parent,) in self._store.rows(_FORKS, canonical(parents))}
        for key, parent in zip(branch, parents, strict=True):
            if parent in forks and self.forward(parent) != key:
                self.note(parent, key)

    def take_newest(self, parent: str) -> None:
        """In the caller's transaction: the newest scene behind `parent` was taken last."""
        self._store.run("DELETE FROM followed WHERE parent = ?", (parent,))

    def note(self, parent: str, child: str) -> None:
        """In the caller's transaction: `child` was taken last at `parent`. Only what is not the newest need be written down."""
        self.take_newest(parent)
        if self._key(_NEWEST, parent) != child:
            self._store.run("INSERT INTO followed (parent, child) VALUES (?, ?)", (parent, child))

    def _at(self, depth: int, head: str, deepest: int) -> str:
        """The scene at this depth on the way to the head, sought from the nearer end."""
        if (deepest - depth) <= depth * _DOWN_FOR_UP:
            return self._climb(head, depth)
        key = ROOT
        for _ in range(depth):
            below = self.forward(key)
            if below is None:
                raise self._broken(key)
            key = below
        return key

    def _climb(self, key: str, depth: int) -> str:
        with closing(self._up(key)) as up:
            return next(each for at, each in up if at <= depth)

    def _up(self, key: str) -> Generator[tuple[int, str]]:
        """The scenes from `key` up, each with its depth, and `ROOT` after the first."""
        at = 1
        if key != ROOT:
            with closing(self._store.each(_UP, key)) as rows:
                for at, each in rows:
                    yield at, each
        if at != 1:
            raise self._broken(key)
        yield 0, ROOT

    def _place(self, key: str) -> Row:
        row = self._store.row(_PLACE, key)
        if row is None:
            raise KeyError(key)
        return row

    def _key(self, query: str, *values: str) -> str | None:
        row = self._store.row(query, *values)
        return row[0] if row else None

    def _broken(self, key: str) -> Exception:
        return damaged(self._store.path, f"a scene on the way to {key} is missing")


def _until_they_meet(ours: Iterator[tuple[int, str]], theirs: Iterator[tuple[int, str]]) -> list[str]:
    """What is ours alone of two ways up, told from below."""
    found = []
    (depth, key), (deepest, other) = next(ours), next(theirs)
    while key != other:
        if depth < deepest:
            deepest, other = next(theirs)
            continue
        if depth == deepest:
            deepest, other = next(theirs)
        found.append(key)
        depth, key = next(ours)
    return found
