"""One playthrough in one SQLite file, append-only: picks, drafts, attempts and scenes, as a tree, and what they cost."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from game.journal import margin
from game.journal.attempts import Attempts
from game.journal.draft import Drafts
from game.journal.entry import Header, LoggedAttempt, Node, Pending, Spent
from game.journal.examine import check_whole, identify, read_header
from game.journal.faults import damaged
from game.journal.migrate import migrate
from game.journal.rows import NODE, PICK, header_row
from game.journal.schema import STATEMENTS
from game.journal.store import Store, in_memory, publish, to_read, to_write
from game.journal.tree import Tree
from game.story import ROOT, Attempt, Beat, Recap, Shape, node_key

_ADD_HEADER = "INSERT INTO header (one, body, seal) VALUES (1, ?, ?)"
_ADD_PICK = f"INSERT INTO picks ({PICK}) VALUES (?, ?, ?, ?)"
_POINT_TO_PICK = "UPDATE pointer SET pick = ?"
_POINT_TO_HEAD = "UPDATE pointer SET head = ?, pick = NULL"
_ADD_NODE = f"INSERT INTO nodes ({NODE}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


Pick = tuple[str, str, str, int]
"""The key of the scene to come, its parent, the slot and the telling."""


class Journal:
    """Picks, drafts, attempts and scenes of one playthrough.

    Every method that writes is one transaction, and returns once the operating system has the data (`commit`: the disk). If it
    raises `UnwritableJournal`, nothing of it was stored and the journal can still be read. Every method that reads or writes
    raises `CorruptJournal` when it comes upon damage that was done since the journal was opened; it was looked at whole then.
    Used from the thread that made it.
    """

    def __init__(self, store: Store) -> None:
        self.path = store.path
        self.header = read_header(store)
        self._store = store
        self._tree = Tree(store, self.header.initial)
        self._attempts = Attempts(store)
        self._drafts = Drafts(store)
        head, self._pick = self._pointer()
        if head and not self._tree.has(head):
            raise damaged(self.path, f"scene {head} is missing")
        self._head = self._tree.node(head) if head else None

    @classmethod
    def create(cls, path: Path | None, header: Header) -> "Journal":
        """A new journal in `path` (which must not exist; missing folders are made), or in memory for None.

        Raises:
            JournalError: there is something at `path`, or the place cannot be written.
        """

        def build(database: sqlite3.Connection) -> None:
            database.execute("BEGIN")
            for statement in STATEMENTS:
                database.execute(statement)
            database.execute(_ADD_HEADER, header_row(header))
            database.execute("COMMIT")

        if path is None:
            return cls(in_memory(build))
        publish(path, build)
        return cls(to_write(path))

    @classmethod
    def open(cls, path: Path) -> "Journal":
        """The journal in `path`, as it was left, brought to this schema. An attempt that was under way is closed as interrupted.

        Raises:
            JournalError: see its subclasses; the file is left untouched.
        """
        identify(path)
        with to_read(path) as store:
            check_whole(store)
            # What cannot be gone on with is seen in memory, before the file is touched.
            cls.resume(store.in_memory(path)).close()
        return cls.resume(to_write(path))

    @classmethod
    def resume(cls, store: Store) -> "Journal":
        """The journal in an open store, brought to this schema, with what was under way closed as interrupted.

        Raises:
            JournalError: it cannot be gone on with; the store is closed.
        """
        try:
            migrate(store)
            journal = cls(store)
            with store:
                journal._attempts.interrupt()
            journal._attempts.interrupted()
            # What a crash left in the WAL, and what was added now, is in the file itself: a look at the file alone sees it too.
            store.settle()
        except BaseException:
            store.close()
            raise
        return journal

    @property
    def head(self) -> Node | None:
        """The scene that the player is at; None before the first."""
        return self._head

    @property
    def pending(self) -> Pending | None:
        """The pick whose scene is not committed yet, with all that came of it so far."""
        pick = self._pick
        if pick is None:
            return None
        key = pick[0]
        return Pending(*pick, shown=self._drafts.shown(key), attempts=self.attempts(key))

    @property
    def count(self) -> int:
        """How many scenes were ever committed, on all branches."""
        # Nodes are never deleted, so the last row's number is their count, however many there are.
        row = self._store.row("SELECT max(n) FROM nodes")
        return (row and row[0]) or 0

    def begin(self, parent: str, slot: str, telling: int = 0) -> str:
        """Store that `slot` was picked at `parent` (`ROOT` and "" for the first scene), before anything is asked for it; the key
        of the scene to come. What was shown of that scene after an earlier pick is in `pending` again.

        Raises:
            KeyError: no scene `parent` is stored.
            ValueError: the scene to come is stored already.
            UnwritableJournal: it could not be stored.
        """
        key = node_key(parent, slot, telling)
        if parent != ROOT and not self._tree.has(parent):
            raise KeyError(parent)
        if self._tree.has(key):
            raise ValueError(f"scene {key} is told already")
        pick = (key, parent, slot, telling)
        with self._store:
            self._attempts.interrupt()
            n = self._store.run(_ADD_PICK, pick).lastrowid
            self._store.run(_POINT_TO_PICK, (n,))
        self._attempts.interrupted()
        self._pick = pick
        return key

    def show(self, key: str, grown: Sequence[tuple[int, Beat]], piece: str = "") -> None:
        """Store the beats that are about to be shown, each with its index and its text so far, and the `piece` of the reply that
        brought them.

        Raises:
            ValueError: `key` is not the scene that was picked.
            UnwritableJournal: it could not be stored.
        """
        self._check_picked(key)
        self._drafts.grow(key, grown, piece)

    def asking(self, key: str, request_hash: str, request: bytes, purpose: str, shape: Shape) -> None:
        """Store what is about to be asked for the scene `key`, and what shaped it, before it is asked. An attempt at this scene
        that is under way is interrupted.

        Raises:
            UnwritableJournal: it could not be stored.
        """
        self._attempts.ask(key, request_hash, request, purpose, shape)

    def attempted(self, key: str, request_hash: str, request: bytes, purpose: str, attempt: Attempt) -> None:
        """Store how an attempt ended. Its reply is the pieces of the draft, which it takes the place of.

        It closes what was asked for this scene, whose own hash and purpose stay. If nothing was, the request is stored now
        (content-addressed; empty when the client works from the brief).

        Raises:
            UnwritableJournal: it could not be stored.
        """
        self._attempts.end(key, request_hash, request, purpose, attempt)

    def keep_recap(self, recap: Recap) -> str:
        """Store a recap, once however often it is kept; its id. Raises UnwritableJournal."""
        return margin.keep_recap(self._store, recap)

    def spend(self, spent: Spent) -> None:
        """Store what one request cost. Raises UnwritableJournal."""
        margin.spend(self._store, spent)

    def commit(self, node: Node) -> None:
        """Store the scene whole, drop its draft, and move to it.

        Raises:
            ValueError: it is not the scene that was picked, or its effects do not lead to its state.
            UnwritableJournal: it could not be stored.
        """
        self._check_picked(node.key)
        row = self._tree.row(node)
        with self._store:
            self._attempts.interrupt()
            self._store.run(_ADD_NODE, row)
            self._store.run(_POINT_TO_HEAD, (node.key,))
            self._drafts.drop(node.key)
        self._attempts.interrupted()
        self._tree.remember(node, row[4])
        self._drafts.forget(node.key)
        self._head, self._pick = node, None
        self._store.settle()

    def node(self, key: str) -> Node:
        """The scene `key`.

        Raises:
            KeyError: there is none.
            CorruptJournal: it, or a scene on the way to it, is not what was written.
        """
        return self._tree.node(key)

    def children(self, key: str) -> tuple[Node, ...]:
        """The scenes that follow `key` (`ROOT`: the first scenes), by slot, then telling. Raises CorruptJournal."""
        return self._tree.children(key)

    def recent(self, key: str, n: int) -> tuple[Node, ...]:
        """The node and its ancestors, at most `n`, oldest first. Raises like `node`."""
        return self._tree.recent(key, n)

    def path_to(self, key: str) -> tuple[Node, ...]:
        """All scenes from the first to `key`. Raises like `node`."""
        return self._tree.recent(key, self._tree.depth(key))

    def attempts(self, key: str) -> tuple[LoggedAttempt, ...]:
        """All attempts at the scene `key`, in order. Raises CorruptJournal."""
        return self._attempts.of(key)

    def last_shape(self, key: str) -> Shape | None:
        """The shape of what was last asked for the scene `key`; None if nothing was stored as asked. Raises CorruptJournal."""
        return self._attempts.last_shape(key)

    def request(self, request_hash: str) -> bytes:
        """What was sent.

        Raises:
            KeyError: nothing is stored under this hash.
            CorruptJournal: it is not what was written.
        """
        return self._attempts.request(request_hash)

    def recap(self, recap_id: str) -> Recap:
        """The recap with this id. Raises like `request`."""
        return margin.recap(self._store, recap_id)

    def spending(self) -> tuple[Spent, ...]:
        """What all requests cost, in the order in which it was stored. Raises CorruptJournal."""
        return margin.spending(self._store)

    def backup(self, path: Path) -> None:
        """Write a copy of all of it, as it is now, into `path`, which must not exist. Raises JournalError."""
        self._store.copy(path)

    def detached(self) -> "Journal":
        """The same playthrough in memory, to go on with when its file takes no more; this one and its file stay as they are."""
        return Journal(self._store.in_memory())

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()

    def _check_picked(self, key: str) -> None:
        if self._pick is None or self._pick[0] != key:
            raise ValueError(f"scene {key} was not picked")

    def _pointer(self) -> tuple[str | None, Pick | None]:
        """The key of the head, and the pick that waits for its scene."""
        row = self._store.row("SELECT head, pick FROM pointer")
        if row is None:
            raise damaged(self.path, "where it was left is missing")
        head, n = row
        if n is None:
            return head, None
        pick = self._store.row(f"SELECT {PICK} FROM picks WHERE n = ?", n)
        if pick is None:
            raise damaged(self.path, "the last pick is missing")
        return head, pick
