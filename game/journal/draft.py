"""What is shown of scenes that are not committed yet, as it grows."""

import json
from collections.abc import Sequence

from game.journal.faults import reading
from game.journal.store import Store
from game.story import Beat, beat_from_json, canonical

_GROW = "INSERT INTO draft_beats (key, grown) VALUES (?, ?)"
_HEAR = "INSERT INTO draft_pieces (key, piece) VALUES (?, ?)"
_SHOWN = "SELECT key, grown FROM draft_beats ORDER BY n"


class Drafts:
    """The drafts of one journal, by the scene's key: usually one, and one more for each pick that was left for another."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._shown = self._read()

    def shown(self, key: str) -> tuple[Beat, ...]:
        """The beats that were shown of the scene `key`, as far as they had grown."""
        beats = self._shown.get(key, {})
        return tuple(beats[n] for n in sorted(beats))

    def grow(self, key: str, grown: Sequence[tuple[int, Beat]], piece: str) -> None:
        """Store what is about to be shown, and the piece of a reply that brought it, in a transaction of its own."""
        with self._store:
            if grown:
                self._store.run(_GROW, (key, canonical([[n, beat.to_json()] for n, beat in grown])))
            if piece:
                self._store.run(_HEAR, (key, piece))
        self._shown.setdefault(key, {}).update(grown)

    def drop(self, key: str) -> None:
        """In the caller's transaction: the scene is committed, its draft is no more."""
        self._store.run("DELETE FROM draft_beats WHERE key = ?", (key,))

    def forget(self, key: str) -> None:
        """After that transaction: nothing is shown of `key` but the scene itself."""
        self._shown.pop(key, None)

    def _read(self) -> dict[str, dict[int, Beat]]:
        shown: dict[str, dict[int, Beat]] = {}
        for key, grown in self._store.rows(_SHOWN):
            with reading(self._store.path, f"the draft of scene {key} cannot be read"):
                shown.setdefault(key, {}).update({n: beat_from_json(beat) for n, beat in json.loads(grown)})
        return shown
