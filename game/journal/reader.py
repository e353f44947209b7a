"""What a journal can be asked: scenes, the ways between them, and what stands beside them."""

from itertools import count

from game.journal import margin, marks
from game.journal.attempts import Attempts
from game.journal.chart import story_map
from game.journal.draft import Drafts
from game.journal.entry import LoggedAttempt, Node, Pending, Revision, Spent
from game.journal.examine import read_header
from game.journal.faults import damaged, reading
from game.journal.revisions import Revisions
from game.journal.rows import PICK, check_pick
from game.journal.store import Store
from game.journal.tree import Tree
from game.journal.ways import Ways
from game.story import ROOT, Mark, Recap, Scene, Shape, StoryMap, node_key

Pick = tuple[str, str, str, int]
"""The key of the scene to come, its parent, the slot and the telling."""


class Reader:
    """The journal in an open store, which stays as it is. Every method raises `CorruptJournal` when it comes upon damage.

    A scene is given as it reads now, with the player's edits; `told` gives it as it was told.
    """

    def __init__(self, store: Store) -> None:
        self.path = store.path
        self.header = read_header(store)
        self._store = store
        self._tree = Tree(store, self.header.initial)
        self._ways = Ways(store)
        self._revisions = Revisions(store)
        self._attempts = Attempts(store)
        self._drafts = Drafts(store)
        head, self._pick = self._pointer()
        if head and not self._tree.has(head):
            raise damaged(self.path, f"scene {head} is missing")
        self._head = self.node(head) if head else None

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

    def node(self, key: str) -> Node:
        """The scene `key`, as it reads now.

        Raises:
            KeyError: there is none.
            CorruptJournal: it, or a scene on the way to it, is not what was written.
        """
        return self._revisions.applied(self._tree.node(key))

    def number(self, key: str) -> int:
        """How many scenes had been committed, on all branches, when the scene `key` was, itself among them. Raises KeyError."""
        row = self._store.row("SELECT n FROM nodes WHERE key = ?", key)
        if row is None:
            raise KeyError(key)
        return int(row[0])

    def told(self, key: str) -> Scene:
        """The scene `key` as it was told, without edits. Raises like `node`."""
        return self._tree.node(key).scene

    def children(self, key: str) -> tuple[Node, ...]:
        """The scenes that follow `key` (`ROOT`: the first scenes), by slot, then telling."""
        return tuple(map(self._revisions.applied, self._tree.children(key)))

    def recent(self, key: str, n: int) -> tuple[Node, ...]:
        """The node and its ancestors, at most `n`, oldest first. Raises like `node`."""
        return tuple(map(self._revisions.applied, self._tree.recent(key, n)))

    def path_to(self, key: str) -> tuple[Node, ...]:
        """All scenes from the first to `key`. Raises like `node`."""
        return self.recent(key, self._tree.depth(key))

    def back(self, scenes: int) -> Node | None:
        """The scene so many above the head, the first one where there are less; None before the first scene."""
        return self.node(self._ways.back(self._head.key, scenes)) if self._head else None

    def forward(self, key: str) -> Node | None:
        """The scene that *forward* takes from `key` (`ROOT`: the first one): the last taken, else the newest; None at the end."""
        ahead = self._ways.forward(key)
        return self.node(ahead) if ahead else None

    def child(self, key: str, slot: str) -> Node | None:
        """The scene that was told behind a slot: of its tellings the last taken, else the newest."""
        behind = self._ways.behind(key, slot)
        return self.node(behind) if behind else None

    def tellings(self, key: str) -> tuple[Node, ...]:
        """All tellings of the same scene that are committed, by telling, that with the key `key` among them. Raises KeyError."""
        return tuple(map(self.node, self._ways.tellings(key)))

    def next_telling(self, key: str, steer: str = "") -> int:
        """The number for one more telling of the scene `key`: the first that nothing is told under, and that was not begun to be
        told otherwise. One that was begun with the same `steer` and left is gone on with. Raises KeyError."""
        node = self._tree.node(key)
        for telling in count(1):
            sibling = node_key(node.parent, node.slot, telling)
            if not self._tree.has(sibling) and margin.steer(self._store, sibling) in (None, steer):
                return telling
        raise AssertionError("there are always more numbers")

    def steer(self, key: str) -> str:
        """How the player asked for the telling `key`; empty when they did not say."""
        return margin.steer(self._store, key) or ""

    def edits(self) -> tuple[Revision, ...]:
        """All edits, in the order in which they were made."""
        return self._revisions.all()

    def marks(self) -> tuple[Mark, ...]:
        """The bookmarks that hold, the one that was set last at the end."""
        return marks.kept(self._store)

    def map(self) -> StoryMap:
        """The whole tree."""
        return story_map(self._store, self._head.key if self._head else ROOT, self.marks())

    def attempts(self, key: str) -> tuple[LoggedAttempt, ...]:
        """All attempts at the scene `key`, in order."""
        return self._attempts.of(key)

    def last_shape(self, key: str) -> Shape | None:
        """The shape of what was last asked for the scene `key`; None if nothing was stored as asked."""
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
        """What all requests cost, in the order in which it was stored."""
        return margin.spending(self._store)

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
        with reading(self.path, "the last pick cannot be read"):
            check_pick(pick)
        return head, pick
