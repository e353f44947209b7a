"""One playthrough in one SQLite file, append-only: picks, drafts, attempts and scenes, as a tree, and what they cost."""

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from game.journal import margin, marks
from game.journal.entry import Header, Node, Spent
from game.journal.examine import check_shape, check_whole, identify, look_through
from game.journal.migrate import migrate
from game.journal.reader import Reader
from game.journal.rows import NODE, PICK, header_row
from game.journal.schema import SCHEMA, STATEMENTS
from game.journal.store import Store, in_memory, publish, to_read, to_write
from game.story import ROOT, Attempt, Beat, Mark, Recap, Shape, node_key

_ADD_HEADER = "INSERT INTO header (one, body, seal) VALUES (1, ?, ?)"
_ADD_PICK = f"INSERT INTO picks ({PICK}) VALUES (?, ?, ?, ?)"
_POINT_TO_PICK = "UPDATE pointer SET pick = ?"
_POINT_TO_HEAD = "UPDATE pointer SET head = ?, pick = NULL"
_ADD_NODE = f"INSERT INTO nodes ({NODE}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


LOOKED_AT_ONCE = 4 << 20
"""Bytes of a file that is looked at whole before it is opened. Of a larger one, only what its opening reads."""


class Journal(Reader):
    """Picks, drafts, attempts and scenes of one playthrough.

    Every method that writes is one transaction, and returns once the operating system has the data (`commit`: the disk). If it
    raises `UnwritableJournal`, nothing of it was stored and the journal can still be read. Every method that reads or writes
    raises `CorruptJournal` when it comes upon damage that was not seen when the journal was opened; see `look_through`.
    Used from the thread that made it.
    """

    _looked_through = True
    """Whether all of it was looked at: a new one has nothing that need be."""

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
            older = check_shape(store) < SCHEMA
            at_once = older or path.stat().st_size <= LOOKED_AT_ONCE
            if at_once:
                check_whole(store)
            # What cannot be gone on with is seen before the file is touched: in an older one after all is done to it, in memory.
            if older:
                cls.resume(store.in_memory(path)).close()
            else:
                cls(store)._attempts.check_open()
        journal = cls.resume(to_write(path))
        journal._looked_through = at_once
        return journal

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

    def begin(self, parent: str, slot: str, telling: int = 0, steer: str = "") -> str:
        """Store that `slot` was picked at `parent` (`ROOT` and "" for the first scene), and in which words one more telling is
        asked for, before anything is asked for it; the key of the scene to come. What was shown of that scene after an earlier
        pick is in `pending` again, and the words that it was first asked for in hold.

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
            if telling or steer:
                margin.keep_steer(self._store, key, steer)
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

    def interrupt(self) -> None:
        """Close what is under way as interrupted: nothing more comes of it. Raises UnwritableJournal."""
        with self._store:
            self._attempts.interrupt()
        self._attempts.interrupted()

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
        branch = self._branch(node.parent)
        with self._store:
            self._attempts.interrupt()
            self._store.run(_ADD_NODE, row)
            self._ways.take(branch)
            self._ways.take_newest(node.parent)
            self._store.run(_POINT_TO_HEAD, (node.key,))
            self._drafts.drop(node.key)
        self._attempts.interrupted()
        self._tree.remember(node, row[4])
        self._drafts.forget(node.key)
        self._head, self._pick = node, None
        self._store.settle()

    def go(self, key: str) -> Node:
        """Move to a scene that was told. A pick that waits is left: what was shown and attempted for it stays. From each scene on
        the way to it, *forward* leads here.

        Raises:
            KeyError: there is no scene `key`.
            UnwritableJournal: it could not be stored; the player is where they were.
        """
        node = self.node(key)
        branch = self._branch(key)
        with self._store:
            self._attempts.interrupt()
            self._ways.take(branch)
            self._store.run(_POINT_TO_HEAD, (key,))
        self._attempts.interrupted()
        self._head, self._pick = node, None
        return node

    def edit(self, key: str, beat: int, text: str) -> Node:
        """Give a beat of a scene another text, which holds from now on; the scene as it reads now. The text that it was told with
        gives the beat back as it was.

        Raises:
            KeyError: there is no scene `key`.
            IndexError: it has no such beat.
            ValueError: a scene below it is half told, and was asked for with the text of before.
            UnwritableJournal: it could not be stored.
        """
        node = self.node(key)
        if not 0 <= beat < len(node.scene.beats):
            raise IndexError(beat)
        if any(self._ways.leads_through(parent, key) for parent in self._revisions.half_told()):
            raise ValueError(f"a scene after scene {key} is half told")
        if node.scene.beats[beat].text != text:
            self._revisions.add(key, beat, text, self.count)
            self._store.settle()
        if self._head and self._head.key == key:
            self._head = self.node(key)
        return self.node(key)

    def mark(self, mark: Mark) -> None:
        """Keep a scene under a name or in a slot; what was kept there gives way.

        Raises:
            KeyError: there is no such scene.
            UnwritableJournal: it could not be stored.
        """
        if not self._tree.has(mark.key):
            raise KeyError(mark.key)
        marks.keep(self._store, mark)
        self._store.settle()

    def unmark(self, mark_id: str) -> None:
        """Keep the bookmark with this id no longer, if there is one. Raises UnwritableJournal."""
        if any(each.id == mark_id for each in self.marks()):
            marks.drop(self._store, mark_id)
            self._store.settle()

    def look_through(self) -> Iterator[None]:
        """Look at all that was not looked at when it was opened, in steps of a few milliseconds between which it may be played.
        Nothing is left to do after the last one. Only the first step takes longer the larger the file is: see `examine`.

        Raises:
            CorruptJournal: something is damaged.
        """
        if not self._looked_through:
            yield from look_through(self._store)
            self._looked_through = True

    def backup(self, path: Path) -> None:
        """Write a copy of all of it, as it is now, into `path`, which must not exist. Raises JournalError."""
        self._store.copy(path)

    def detached(self) -> "Journal":
        """The same playthrough in memory, to go on with when its file takes no more; this one and its file stay as they are."""
        copy = Journal(self._store.in_memory())
        copy._looked_through = self._looked_through
        return copy

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()

    def _branch(self, key: str) -> list[str]:
        """The scenes on the way to `key` that are not on the way to the head."""
        return self._ways.branch(key, self._head.key if self._head else ROOT)

    def _check_picked(self, key: str) -> None:
        if self._pick is None or self._pick[0] != key:
            raise ValueError(f"scene {key} was not picked")
