"""Values to rows and back. A row that is written once carries a seal, so that damage SQLite cannot see is seen here."""

import json
import zlib
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, cast

from game.journal.entry import Asked, Header, LoggedAttempt, Revision, Spent
from game.story import (
    Attempt,
    Effect,
    Json,
    Mark,
    Player,
    Recap,
    Shape,
    canonical,
    effect_from_json,
    node_key,
    recap_from_json,
    shape_from_json,
    state_from_json,
)

Row = tuple[Any, ...]
"""What SQLite gives. Its types are only as sure as the file is whole, so it stays in this room."""

NODE = "key, parent, slot, telling, depth, effects, state_hash, snapshot, scene, seal"
PICK = "key, parent, slot, telling"
REQUEST = "hash, body, seal"
ATTEMPT = "n, key, purpose, request_hash, reply, ended, message, retry_after, seal"
ASKED = "n, key, purpose, request_hash, shape, seal"
RECAP = "id, body, seal"
SPENT = "body, seal"
STEER = "key, words, seal"
EDIT = "n, key, beat, text, after, seal"
MARK = "n, id, name, slot, key, at, seal"

UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, IndexError)
"""What reading a row can raise when it holds something else than what was written."""


class BrokenRow(ValueError):
    """A row does not hold what was written."""


def sealed(*values: object) -> Row:
    """The values of a row, followed by their seal."""
    return (*values, _seal(values))


def is_whole(row: Row) -> bool:
    """Whether the row's last value is the seal of the others."""
    return bool(row[-1] == _seal(row[:-1]))


def _seal(values: Sequence[object]) -> int:
    # It is against bad disks, not against forgers; CRC-32 takes a fifth of a cryptographic hash's time.
    return zlib.crc32("\0".join(map(str, values)).encode())


def check_node(row: Row) -> None:
    """Raise BrokenRow unless this is a node as it was written, under the key that its parent, slot and telling give."""
    if not is_whole(row) or row[0] != node_key(row[1], row[2], row[3]):
        raise BrokenRow(f"scene {str(row[0])[:32]} was changed")


def check_attempt(row: Row) -> None:
    """Raise BrokenRow unless this is an attempt as it was written. Its number is not under its seal."""
    if not is_whole(row[1:]):
        raise BrokenRow(f"an attempt at scene {str(row[1])[:32]} was changed")


def check_asked(row: Row) -> None:
    """Raise BrokenRow unless this was stored as asked, under this number."""
    if not is_whole(row):
        raise BrokenRow(f"what was asked for scene {str(row[1])[:32]} was changed")


def check_no_stranger(row: Row) -> None:
    """Raise BrokenRow if the attempt with the number of what was asked (of a scene, with a flag) is one at another scene."""
    if row[1]:
        raise BrokenRow(f"what was asked for scene {str(row[0])[:32]} has the number of another attempt")


def check_recap(row: Row) -> None:
    """Raise BrokenRow unless this is a recap as it was written, under the id that its content gives."""
    if not is_whole(row) or recap_from_json(json.loads(row[1])).id != row[0]:
        raise BrokenRow(f"recap {str(row[0])[:32]} was changed")


def check_spent(row: Row) -> None:
    """Raise BrokenRow unless this is spending as it was written."""
    if not is_whole(row):
        raise BrokenRow("what was spent was changed")


def check_steer(row: Row) -> None:
    """Raise BrokenRow unless these are the words that were stored for this scene."""
    if not is_whole(row):
        raise BrokenRow(f"how scene {str(row[0])[:32]} was asked for was changed")


def check_edit(row: Row) -> None:
    """Raise BrokenRow unless this is an edit as it was written, under its number."""
    if not is_whole(row):
        raise BrokenRow(f"an edit of scene {str(row[1])[:32]} was changed")


def check_mark(row: Row) -> None:
    """Raise BrokenRow unless this is a bookmark as it was written, under its number."""
    if not is_whole(row):
        raise BrokenRow(f"the bookmark {str(row[1])[:60]} was changed")


def check_pick(row: Row) -> None:
    """Raise BrokenRow unless the pick's key is the one that its parent, slot and telling give."""
    if row[0] != node_key(*row[1:]):
        raise BrokenRow(f"the pick of scene {str(row[0])[:32]} was changed")


def check_request(row: Row) -> None:
    """Raise BrokenRow unless the packed request is what was written."""
    if row[2] != zlib.crc32(row[1]):
        raise BrokenRow(f"request {str(row[0])[:32]} was changed")


def request_row(request_hash: str, request: bytes) -> Row:
    body = zlib.compress(request)
    return (request_hash, body, zlib.crc32(body))


def request_from_row(row: Row) -> bytes:
    check_request(row)
    return zlib.decompress(row[1])


def header_row(header: Header) -> Row:
    body = canonical(
        {
            "pack_id": header.pack_id,
            "pack_title": header.pack_title,
            "pack_version": header.pack_version,
            "pack_hash": header.pack_hash,
            "seed": header.seed,
            "player": header.player.to_json(),
            "initial": header.initial.to_json(),
            "engine": header.engine,
            "declarations": header.declarations,
        }
    )
    return sealed(body)


def header_from_row(row: Row | None) -> Header:
    """Raises BrokenRow: there is none, or it was changed."""
    if row is None or not is_whole(row):
        raise BrokenRow("its first entry was changed")
    data = json.loads(row[0])
    return Header(**data | {"player": Player(**data["player"]), "initial": state_from_json(data["initial"])})


def effects_text(effects: Sequence[Effect]) -> str:
    return canonical([effect.to_json() for effect in effects])


def effects_from_text(text: str) -> tuple[Effect, ...]:
    return tuple(effect_from_json(data) for data in cast("list[list[Json]]", json.loads(text)))


def attempt_row(n: int | None, key: str, logged: LoggedAttempt) -> Row:
    """The attempt under the number `n`; under the next one for None."""
    attempt = logged.attempt
    wait = None if attempt.retry_after is None else float(attempt.retry_after)
    return (n, *sealed(key, logged.purpose, logged.request_hash, attempt.reply, attempt.ended, attempt.message, wait))


def attempt_from_row(row: Row, shape: Shape | None = None) -> LoggedAttempt:
    """Raises BrokenRow."""
    check_attempt(row)
    _, _, purpose, request_hash, reply, ended, message, wait, _ = row
    return LoggedAttempt(request_hash, purpose, Attempt(reply, ended, message, wait), shape)


def asked_row(asked: Asked) -> Row:
    return sealed(asked.n, asked.key, asked.purpose, asked.request_hash, canonical(asked.shape.to_json()))


def asked_from_row(row: Row) -> Asked:
    """Raises BrokenRow."""
    check_asked(row)
    n, key, purpose, request_hash, shape, _ = row
    return Asked(n, key, purpose, request_hash, shape_from_json(json.loads(shape)))


def recap_row(recap: Recap) -> Row:
    return sealed(recap.id, canonical(recap.to_json()))


def recap_from_row(row: Row) -> Recap:
    """Raises BrokenRow."""
    check_recap(row)
    return recap_from_json(json.loads(row[1]))


def spent_row(spent: Spent) -> Row:
    return sealed(json.dumps(asdict(spent)))


def spent_from_row(row: Row) -> Spent:
    """Raises BrokenRow."""
    check_spent(row)
    return Spent(**json.loads(row[0]))


def edit_row(revision: Revision) -> Row:
    return sealed(revision.n, revision.key, revision.beat, revision.text, revision.after)


def edit_from_row(row: Row) -> Revision:
    """Raises BrokenRow."""
    check_edit(row)
    return Revision(*row[:-1])


def mark_row(n: int, mark: Mark) -> Row:
    return sealed(n, mark.id, mark.name, mark.slot, mark.key, float(mark.at))


def no_mark_row(n: int, mark_id: str) -> Row:
    """The bookmark with this id holds no longer."""
    return sealed(n, mark_id, "", "", "", 0.0)


def mark_from_row(row: Row) -> Mark | None:
    """None where the bookmark was dropped. Raises BrokenRow."""
    check_mark(row)
    _, _, name, slot, key, at, _ = row
    return Mark(name, slot, key, at) if key else None
