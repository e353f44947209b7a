"""What was sent, as the pieces it was made of: a conversation comes again in every request, and is kept once."""

import re
from collections.abc import Iterator, Mapping, Sequence

from pydantic import BaseModel, ConfigDict, TypeAdapter

from game.journal.sealing.rows import Request, validated
from game.journal.sealing.unfit import Unfit
from game.story import digest

MOST = 8 << 20
"""Bytes of one request."""
MOST_OF_ALL = 512 << 20
"""Bytes of all requests together. They are never in memory at once."""

_SEAMS = re.compile(r'(?=\{"content":)|(?=,"schema":)|(?=,"seed":)')


class _Message(BaseModel):
    model_config = ConfigDict(extra="forbid")

    role: str
    content: str


class _Wire(BaseModel):
    """What must be in a request for two of them to be compared."""

    model_config = ConfigDict(extra="allow")

    messages: list[_Message]


_ADAPTER = TypeAdapter(_Wire)


class Requests(Mapping[str, bytes]):
    """The requests by their hashes, each put together when it is asked for."""

    def __init__(self, rows: Sequence[Request], pieces: Sequence[bytes]) -> None:
        self._rows = {row.hash: row.pieces for row in rows}
        self._pieces = pieces

    def __getitem__(self, name: str) -> bytes:
        return b"".join(self._pieces[n] for n in self._rows[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def take_apart(requests: Mapping[str, bytes]) -> tuple[list[Request], list[str]]:
    """The requests as rows, by hash, and the pieces that they count on."""
    numbers: dict[str, int] = {}
    rows = []
    for name in sorted(requests):
        pieces = [piece for piece in _SEAMS.split(requests[name].decode()) if piece]
        rows.append(Request(name, tuple(numbers.setdefault(piece, len(numbers)) for piece in pieces)))
    return rows, list(numbers)


def put_together(rows: Sequence[Request], pieces: Sequence[str]) -> Requests:
    """The inverse of `take_apart`. Raises Unfit: there is too much of it, or one is not the request that its hash is of."""
    parts = [piece.encode() for piece in pieces]
    total = 0
    for row in rows:
        if any(n >= len(parts) for n in row.pieces):
            raise Unfit(f"request {row.hash[:32]} lacks a piece")
        size = sum(len(parts[n]) for n in row.pieces)
        total += size
        if size > MOST or total > MOST_OF_ALL:
            raise Unfit(f"request {row.hash[:32]} is too long")
    requests = Requests(rows, parts)
    for row in rows:
        _check(row.hash, requests[row.hash])
    return requests


def _check(name: str, body: bytes) -> None:
    wire = validated(_ADAPTER, f"request {name[:32]}", body)
    # One without messages was told by the scene that it is for, and has its hash of that.
    if wire.messages and digest("request", body) != name:
        raise Unfit(f"request {name[:32]} was changed")
