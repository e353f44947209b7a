"""The recording in a sealed file: rows of a few kinds, as canonical JSON in members of a bounded size."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Annotated, Generic, TypeVar, cast

from pydantic import AfterValidator, Field, TypeAdapter, ValidationError

from game.journal.sealing.unfit import Unfit
from game.packs.diagnostic import one_line
from game.packs.intake import MAX_FILE
from game.story import Json, Scene, digest
from game.story.canonical import canonical_bytes
from game.story.scene import Author

T = TypeVar("T")

FULL = MAX_FILE // 2
"""Bytes from which on a member takes no more rows. A row alone fits into what is left, or cannot be sealed."""


def _harmless(text: str) -> str:
    # By category: what else can be printed differs from one Python's Unicode to the next.
    if any(unicodedata.category(char) == "Cc" and char not in "\n\t" for char in text):
        raise ValueError("there are control characters in it")
    return text


Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
Name = Annotated[str, Field(max_length=400), AfterValidator(_harmless)]
Words = Annotated[str, Field(max_length=4000), AfterValidator(_harmless)]
Count = Annotated[int, Field(ge=0, le=1 << 31)]
Tokens = Annotated[int, Field(ge=0, le=1 << 24)]


@dataclass(frozen=True, slots=True)
class Step:
    """A pick, and the hashes of what came of it. `words` is that of the scene; None when it was not committed yet."""

    slot: Annotated[str, Field(pattern=r"^[a-z]?$")]
    telling: Count
    steer: Words
    words: Digest | None
    attempts: Digest
    edits: Digest


@dataclass(frozen=True, slots=True)
class Layout:
    """A `Shape`."""

    via: Name
    window: Tokens
    rate: Tokens
    start: Annotated[Tokens, Field(ge=1)]
    recap: Name

    def __post_init__(self) -> None:
        if self.window and not self.rate:
            raise ValueError("a request was laid out with tokens of no length")


@dataclass(frozen=True, slots=True)
class Reply:
    """An attempt at the `scene`-th scene of the way, from 0."""

    scene: Count
    request: Name
    purpose: Name
    reply: str
    ended: Name
    shape: Layout | None


@dataclass(frozen=True, slots=True)
class Edit:
    """The `n`-th revision in the journal: a beat of the `scene`-th scene, `after` so many were committed."""

    n: Count
    scene: Count
    beat: Count
    text: Words
    after: Count


@dataclass(frozen=True, slots=True)
class Request:
    """What was sent, put together of these pieces."""

    hash: Name
    pieces: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A `Recap`."""

    upto: Count
    text: Words
    by: Author
    via: Name
    ref: Name


class Kind(Generic[T]):
    """Rows of one kind: members `<folder>/0001.json` and so on, each a list of rows."""

    def __init__(self, folder: str, row: type[T], dump: Callable[[T], Json]) -> None:
        self.folder = folder
        self.dump = dump
        self._adapter: TypeAdapter[tuple[T, ...]] = TypeAdapter(tuple[row, ...])  # type: ignore[valid-type]  # made at run time

    def hash(self, rows: Iterable[T]) -> str:
        """32 hex characters, of all that these rows say."""
        return digest(self.folder, canonical_bytes([self.dump(row) for row in rows]))

    def write(self, rows: Iterable[T]) -> dict[str, bytes]:
        """The members that hold these rows. Raises Unfit: one is too long."""
        members: list[bytes] = []
        open_: list[bytes] = []
        size = 0
        for row in rows:
            data = canonical_bytes(self.dump(row))
            if len(data) > FULL:
                raise Unfit(f"something in it ({self.folder}) has {len(data)} bytes, {FULL} at most", "it cannot be sealed")
            if open_ and size + len(data) > FULL:
                members.append(_listed(open_))
                open_, size = [], 0
            open_.append(data)
            size += len(data) + 1
        if open_:
            members.append(_listed(open_))
        return {f"{self.folder}/{n:04}.json": data for n, data in enumerate(members, start=1)}

    def read(self, members: Mapping[str, bytes]) -> tuple[T, ...]:
        """The rows in these members. Raises Unfit: they are not what `write` makes."""
        rows: list[T] = []
        for name in sorted(name for name in members if name.startswith(f"{self.folder}/")):
            rows += self._rows(name, members[name])
        return tuple(rows)

    def _rows(self, name: str, data: bytes) -> tuple[T, ...]:
        rows = validated(self._adapter, name, data)
        # So nothing is in it that nobody read: no other key, no other way to write the same.
        check_same(name, data, [self.dump(row) for row in rows])
        return rows


def validated(adapter: TypeAdapter[T], name: str, data: bytes) -> T:
    """The value in the member `name`. Raises Unfit."""
    try:
        return adapter.validate_json(data, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise Unfit(f"{name} cannot be read ({one_line(where, 80)}: {one_line(first['msg'], 120)})") from None


def check_same(name: str, data: bytes, value: Json) -> None:
    """Raise Unfit unless `data` is `value` as canonical JSON."""
    try:
        same = canonical_bytes(value) == data
    except TypeError:  # a number, or a text, that canonical JSON has no place for
        same = False
    if not same:
        raise Unfit(f"{name} is not written as in a sealed playthrough")


def _listed(rows: Iterable[bytes]) -> bytes:
    return b"[%b]" % b",".join(rows)


def _flat(row: object) -> Json:
    return cast(Json, asdict(row))  # type: ignore[call-overload]  # every row but two kinds is such a dataclass


WAY = Kind("way", Step, _flat)
SCENES = Kind("scenes", Scene, Scene.to_json)
ATTEMPTS = Kind("attempts", Reply, _flat)
EDITS = Kind("edits", Edit, _flat)
REQUESTS = Kind("requests", Request, _flat)
PIECES = Kind("pieces", str, str)
RECAPS = Kind("recaps", Told, _flat)

KINDS = (WAY, SCENES, ATTEMPTS, EDITS, REQUESTS, PIECES, RECAPS)
