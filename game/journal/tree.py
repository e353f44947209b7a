"""The scenes as a tree: reading nodes back, with their states folded from the nearest stored one and checked."""

import json
from collections.abc import Sequence

from game.journal.entry import Node
from game.journal.faults import damaged, reading
from game.journal.rows import NODE, BrokenRow, Row, check_node, effects_from_text, effects_text, sealed
from game.journal.schema import SNAPSHOT_EVERY
from game.journal.store import Store
from game.story import ROOT, StoryState, canonical, replay, scene_from_json, state_from_json

REMEMBERED = 128
"""Nodes kept in memory, the latest read or written: a few megabytes at most."""

_KEY, _PARENT, _DEPTH, _SNAPSHOT = 0, 1, 4, 7
"""Where these stand in a row of `NODE`."""


class Tree:
    """The nodes of one journal. `initial` is the state before the first scene."""

    def __init__(self, store: Store, initial: StoryState) -> None:
        self._store = store
        self._initial = initial
        self._nodes: dict[str, Node] = {}
        self._depths: dict[str, int] = {}

    def node(self, key: str) -> Node:
        """The scene `key`.

        Raises:
            KeyError: there is none.
            CorruptJournal: it, or one on the way to it, is not what was written.
        """
        return self._nodes.get(key) or self._load(key)

    def children(self, key: str) -> tuple[Node, ...]:
        """The scenes that follow `key` (`ROOT`: the first scenes), by slot, then telling. Raises like `node`."""
        rows = self._store.rows("SELECT key FROM nodes WHERE parent = ? ORDER BY slot, telling", key)
        return tuple(self.node(row[0]) for row in rows)

    def recent(self, key: str, n: int) -> tuple[Node, ...]:
        """The node and its ancestors, at most `n`, oldest first. Raises like `node`."""
        found: list[Node] = []
        while key != ROOT and len(found) < n:
            found.append(self.node(key))
            key = found[-1].parent
        return tuple(reversed(found))

    def has(self, key: str) -> bool:
        return key in self._nodes or self._store.row("SELECT 1 FROM nodes WHERE key = ?", key) is not None

    def depth(self, key: str) -> int:
        """How many scenes lead to `key` and with it; 0 for `ROOT`. Raises like `node`."""
        if key == ROOT:
            return 0
        self.node(key)
        return self._depths[key]

    def row(self, node: Node) -> Row:
        """The node as a row to be stored.

        Raises:
            KeyError: its parent is not stored.
            ValueError: its effects do not lead from its parent's state to its own, so it could not be read back.
        """
        depth = self.depth(node.parent) + 1
        before = self._initial if node.parent == ROOT else self.node(node.parent).state
        if replay(before, node.effects) != node.state:
            raise ValueError(f"the effects of scene {node.key} do not lead to its state")
        return sealed(
            node.key,
            node.parent,
            node.slot,
            node.telling,
            depth,
            effects_text(node.effects),
            node.state.hash,
            None if depth % SNAPSHOT_EVERY else canonical(node.state.to_json()),
            canonical(node.scene.to_json()),
        )

    def remember(self, node: Node, depth: int) -> None:
        """Keep a node that is stored in memory, and let go of the one that was kept longest."""
        if len(self._nodes) >= REMEMBERED:
            oldest = next(iter(self._nodes))
            del self._nodes[oldest], self._depths[oldest]
        self._nodes[node.key] = node
        self._depths[node.key] = depth

    def _load(self, key: str) -> Node:
        """Read up to the nearest known state, and fold down again."""
        rows = self._rows_up_to_a_state(key)
        top = rows[-1]
        above = self._nodes.get(top[_PARENT])
        state = above.state if above else self._initial
        nodes = []
        for row in reversed(rows):
            node = self._read(row, state)
            state = node.state
            nodes.append(node)
        for node, row in zip(nodes, reversed(rows), strict=True):
            self.remember(node, row[_DEPTH])
        return nodes[-1]

    def _rows_up_to_a_state(self, key: str) -> Sequence[Row]:
        """The row of `key`, and of its ancestors until the state before the last of them is known."""
        rows: list[Row] = []
        while True:
            row = self._store.row(f"SELECT {NODE} FROM nodes WHERE key = ?", key)
            if row is None:
                raise damaged(self._store.path, f"scene {key} is missing") if rows else KeyError(key)
            # An index that is damaged may lead to another row.
            if row[_KEY] != key:
                raise damaged(self._store.path, f"scene {key} is another")
            rows.append(row)
            key = row[_PARENT]
            if row[_SNAPSHOT] is not None or key == ROOT or key in self._nodes:
                return rows

    def _read(self, row: Row, before: StoryState) -> Node:
        """The row as a node, its state folded from `before` (or its own snapshot) and compared with the stored hash."""
        with reading(self._store.path, f"scene {row[_KEY]} cannot be read"):
            check_node(row)
            key, parent, slot, telling, _, effects_json, state_hash, snapshot, scene, _ = row
            effects = effects_from_text(effects_json)
            state = replay(before, effects) if snapshot is None else state_from_json(json.loads(snapshot))
            if state.hash != state_hash:
                raise BrokenRow(f"scene {key} does not fold to its state")
            return Node(key, parent, slot, telling, effects, state, scene_from_json(json.loads(scene)))
