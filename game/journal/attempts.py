"""What was asked for each scene, and what came back: stored before it is asked, and closed when its reply has ended."""

from game.journal.entry import Asked, LoggedAttempt
from game.journal.faults import reading
from game.journal.rows import (
    ASKED,
    ATTEMPT,
    REQUEST,
    asked_from_row,
    asked_row,
    attempt_from_row,
    attempt_row,
    request_from_row,
    request_row,
)
from game.journal.store import Store
from game.story import INTERRUPTED, Attempt, Shape

_ADD_REQUEST = f"INSERT INTO requests ({REQUEST}) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
_ADD_ASKED = f"INSERT INTO asked ({ASKED}) VALUES (?, ?, ?, ?, ?, ?)"
_ADD_ATTEMPT = f"INSERT INTO attempts ({ATTEMPT}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_NEXT = "SELECT 1 + max(ifnull((SELECT max(n) FROM asked), 0), ifnull((SELECT max(n) FROM attempts), 0))"
# With a scene's commit all that was asked before is closed: only what was asked after the last commit need be looked at.
_OPEN = f"""SELECT {ASKED} FROM asked WHERE n NOT IN (SELECT n FROM attempts) AND n > ifnull(
        (SELECT n FROM asked WHERE EXISTS (SELECT 1 FROM nodes WHERE nodes.key = asked.key) ORDER BY n DESC LIMIT 1), 0
    )"""
_LAST = f"SELECT {ASKED} FROM asked WHERE key = ? ORDER BY n DESC LIMIT 1"
_PIECES = "SELECT key, piece FROM draft_pieces ORDER BY n"


class Attempts:
    """The attempts of one journal, by the scene's key.

    At most one a scene is under way: one that is asked and not answered, or one whose pieces came though nothing was stored as
    asked. Several scenes may have one, when some are written ahead.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._open = self._read_open()

    def ask(self, key: str, request_hash: str, request: bytes, purpose: str, shape: Shape) -> None:
        """Store what is about to be asked, in a transaction of its own. What was under way for this scene is interrupted."""
        with self._store:
            self.interrupt(key)
            self._add_request(request_hash, request)
            asked = Asked(self._next(), key, purpose, request_hash, shape)
            self._store.run(_ADD_ASKED, asked_row(asked))
        self._open[key] = asked

    def end(self, key: str, request_hash: str, request: bytes, purpose: str, attempt: Attempt) -> None:
        """Store how an attempt ended, in a transaction of its own: the one that was asked, or one that nothing was stored for."""
        with self._store:
            if key not in self._open:
                self._add_request(request_hash, request)
            self._close(key, request_hash, purpose, attempt)
        self._open.pop(key, None)

    def interrupt(self, only: str | None = None) -> None:
        """In the caller's transaction: what is under way (for the scene `only`, if one is named) will not go on."""
        heard = self._heard()
        if not heard and not self._open:
            return
        for key in dict.fromkeys((*self._open, *heard)):
            if only in (None, key):
                self._close(key, "", "", Attempt(heard.get(key, ""), INTERRUPTED))

    def interrupted(self) -> None:
        """After the transaction in which all was interrupted: nothing is under way."""
        self._open.clear()

    def of(self, key: str) -> tuple[LoggedAttempt, ...]:
        """All attempts at the scene `key`, in order. Raises CorruptJournal."""
        rows = self._store.rows(f"SELECT {ATTEMPT} FROM attempts WHERE key = ? ORDER BY n", key)
        if not rows:
            return ()
        with reading(self._store.path, f"the attempts at scene {key} cannot be read"):
            asked = map(asked_from_row, self._store.rows(f"SELECT {ASKED} FROM asked WHERE key = ?", key))
            shapes = {each.n: each.shape for each in asked}
            return tuple(attempt_from_row(row, shapes.get(row[0])) for row in rows)

    def last_shape(self, key: str) -> Shape | None:
        """The shape of what was last asked for the scene `key`; None if nothing was stored as asked. Raises CorruptJournal."""
        row = self._store.row(_LAST, key)
        if row is None:
            return None
        with reading(self._store.path, f"what was asked for scene {key} cannot be read"):
            return asked_from_row(row).shape

    def request(self, request_hash: str) -> bytes:
        """What was sent.

        Raises:
            KeyError: nothing is stored under this hash.
            CorruptJournal: it is not what was written.
        """
        row = self._store.row(f"SELECT {REQUEST} FROM requests WHERE hash = ?", request_hash)
        if row is None:
            raise KeyError(request_hash)
        with reading(self._store.path, f"request {request_hash} was changed"):
            return request_from_row(row)

    def _close(self, key: str, request_hash: str, purpose: str, attempt: Attempt) -> None:
        """What was asked says for what the attempt was, when something was; its pieces go."""
        asked = self._open.get(key)
        if asked:
            row = attempt_row(asked.n, key, LoggedAttempt(asked.request_hash, asked.purpose, attempt))
        else:
            # The number after the last is free only while nothing that is asked waits for it.
            number = self._next() if self._open else None
            row = attempt_row(number, key, LoggedAttempt(request_hash, purpose, attempt))
        self._store.run(_ADD_ATTEMPT, row)
        self._store.run("DELETE FROM draft_pieces WHERE key = ?", (key,))

    def check_open(self) -> None:
        """Return if what is under way can be closed. Raises CorruptJournal."""
        self._heard()

    def _heard(self) -> dict[str, str]:
        """What came so far of the replies under way."""
        rows = self._store.rows(_PIECES)
        if not rows:
            return {}
        with reading(self._store.path, "a piece of a reply cannot be read"):
            heard = {key: "" for key, _ in rows}
            for key, piece in rows:
                heard[key] += piece
        return heard

    def _add_request(self, request_hash: str, request: bytes) -> None:
        if request:
            self._store.run(_ADD_REQUEST, request_row(request_hash, request))

    def _next(self) -> int:
        return int(self._store.run(_NEXT).fetchone()[0])

    def _read_open(self) -> dict[str, Asked]:
        with reading(self._store.path, "what was asked last cannot be read"):
            return {asked.key: asked for asked in map(asked_from_row, self._store.rows(_OPEN))}
