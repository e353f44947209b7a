"""What the player changed in the text of scenes: kept beside the scenes, which stay as they were told."""

from dataclasses import replace

from game.journal.entry import Node, Revision
from game.journal.faults import reading
from game.journal.rows import EDIT, edit_from_row, edit_row
from game.journal.store import Store
from game.story import Beat, Source

_ADD = f"INSERT INTO edits ({EDIT}) VALUES (?, ?, ?, ?, ?, ?)"
_NEXT = "SELECT 1 + ifnull(max(n), 0) FROM edits"
_HALF_TOLD = """SELECT DISTINCT parent FROM picks WHERE NOT EXISTS (SELECT 1 FROM nodes WHERE nodes.key = picks.key) AND (
    EXISTS (SELECT 1 FROM attempts WHERE attempts.key = picks.key) OR EXISTS (SELECT 1 FROM asked WHERE asked.key = picks.key)
    OR EXISTS (SELECT 1 FROM draft_beats WHERE draft_beats.key = picks.key)
    OR EXISTS (SELECT 1 FROM draft_pieces WHERE draft_pieces.key = picks.key)
)"""


class Revisions:
    """The edits of one journal. Only which scenes have any is kept in memory."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._edited = {key for (key,) in store.rows("SELECT DISTINCT key FROM edits")}

    def all(self) -> tuple[Revision, ...]:
        """In the order in which they were made. Raises CorruptJournal."""
        return self._read(f"SELECT {EDIT} FROM edits ORDER BY n")

    def applied(self, node: Node) -> Node:
        """The node that was told, as it reads now. Raises CorruptJournal."""
        if node.key not in self._edited:
            return node
        beats = list(node.scene.beats)
        with reading(self._store.path, f"an edit of scene {node.key} cannot be read"):
            for edit in self._read(f"SELECT {EDIT} FROM edits WHERE key = ? ORDER BY n", node.key):
                beats[edit.beat] = revised(node.scene.beats[edit.beat], edit.text)
        return replace(node, scene=replace(node.scene, beats=tuple(beats)))

    def half_told(self) -> tuple[str, ...]:
        """The parents of scenes for which something was asked or shown, and which are not committed."""
        return tuple(key for (key,) in self._store.rows(_HALF_TOLD))

    def add(self, key: str, beat: int, text: str, after: int) -> None:
        """Store an edit, in a transaction of its own."""
        with self._store:
            number = int(self._store.run(_NEXT).fetchone()[0])
            self._store.run(_ADD, edit_row(Revision(number, key, beat, text, after)))
        self._edited.add(key)

    def _read(self, query: str, *values: str) -> tuple[Revision, ...]:
        with reading(self._store.path, "an edit cannot be read"):
            return tuple(map(edit_from_row, self._store.rows(query, *values)))


def revised(told: Beat, text: str) -> Beat:
    """A beat with another text, by the player; its source says whose it was. The text that it was told with gives it back."""
    if text == told.text:
        return told
    origin = told.source
    return replace(told, text=text, source=Source("player", "edit", f"{origin.by} {origin.via} {origin.ref}"))
