"""The manifest of a sealed playthrough: what is in it, and the hashes that it is known by."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Annotated, Literal, cast

import orjson
from pydantic import Field, TypeAdapter, ValidationError

from game.journal.entry import Header
from game.journal.sealing.rows import Count, Name, Words, check_same, validated
from game.journal.sealing.unfit import Unfit
from game.packs.diagnostic import one_line
from game.packs.files import PlayerFile
from game.story import Json, Player, Scene, StoryState
from game.story.canonical import canonical_bytes

NAME = "manifest.json"
FORMAT = "unwritten sealed playthrough"
VERSION = 1

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


@dataclass(frozen=True, slots=True)
class Member:
    """A member's hash, and its size in bytes."""

    sha256: Sha256
    size: Count


@dataclass(frozen=True, slots=True)
class Packed:
    """The pack that it was played with."""

    id: Name
    title: Name
    version: Name
    hash: Name


@dataclass(frozen=True, slots=True)
class Manifest:
    """All that is said of a sealed playthrough, and a hash for each member. `digest` is of all the rest, and so of every byte."""

    format: Literal["unwritten sealed playthrough"]
    version: Literal[1]
    engine: Name
    pack: Packed
    seed: Annotated[int, Field(ge=0, lt=1 << 63)]
    player: Player
    scenes: Count
    ending: Name | None
    members: Mapping[str, Member]
    digest: Sha256

    @property
    def seal(self) -> str:
        """What two sealed playthroughs are compared by, 16 hex characters."""
        return self.digest[:16]

    def header(self, initial: StoryState) -> Header:
        """The header of the playthrough, which began in this state."""
        pack = self.pack
        return Header(pack.id, pack.title, pack.version, pack.hash, self.seed, self.player, initial, self.engine)

    def to_bytes(self) -> bytes:
        """The member that it is."""
        return canonical_bytes(cast(Json, asdict(self)))

    def check_members(self, members: Mapping[str, bytes]) -> list[str]:
        """The names of members that are not what they were. Raises Unfit: one is missing, or is not known here."""
        for name in sorted(members.keys() - self.members.keys()):
            raise Unfit(f"{name} is not in its manifest")
        for name in sorted(self.members.keys() - members.keys()):
            raise Unfit(f"{one_line(name, 80)} is missing")
        return [name for name in sorted(members) if self.members[name] != _member(members[name])]


_ADAPTER = TypeAdapter(Manifest)
_WORDS: TypeAdapter[str] = TypeAdapter(Words)


def make_manifest(header: Header, scenes: tuple[Scene, ...], members: Mapping[str, bytes]) -> Manifest:
    """The manifest of these members."""
    parts: dict[str, Json] = {
        "format": FORMAT,
        "version": VERSION,
        "engine": header.engine,
        "pack": {
            "id": header.pack_id,
            "title": header.pack_title,
            "version": header.pack_version,
            "hash": header.pack_hash,
        },
        "seed": header.seed,
        "player": header.player.to_json(),
        "scenes": len(scenes),
        "ending": scenes[-1].ending,
        "members": {name: cast(Json, asdict(_member(data))) for name, data in members.items()},
    }
    return _read(canonical_bytes({**parts, "digest": _sha256(canonical_bytes(parts))}))


def read_manifest(data: bytes) -> Manifest:
    """The manifest. Raises Unfit: it is none, is of a later version, or does not agree with itself."""
    _check_version(data)
    manifest = _read(data)
    parts = cast("dict[str, Json]", orjson.loads(data))
    parts.pop("digest")
    if _sha256(canonical_bytes(parts)) != manifest.digest:
        raise Unfit(f"{NAME} was changed: its digest is not that of what it says")
    return manifest


def _read(data: bytes) -> Manifest:
    manifest = validated(_ADAPTER, NAME, data)
    check_same(NAME, data, cast(Json, asdict(manifest)))
    try:
        player = PlayerFile.model_validate(manifest.player.to_json())
        _WORDS.validate_python(player.name + player.role)
    except ValidationError:
        raise Unfit(f"{NAME} cannot be read (the player is none that there can be)") from None
    return manifest


def _check_version(data: bytes) -> None:
    try:
        found = orjson.loads(data)
    except ValueError:
        raise Unfit(f"{NAME} is not JSON") from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise Unfit("this is no sealed playthrough", "name a journal, or what `unwritten seal` made")
    version = found.get("version")
    if isinstance(version, int) and version > VERSION:
        raise Unfit(f"it was sealed by a newer Unwritten (version {version}; this one reads {VERSION})", "update to play it")


def _member(data: bytes) -> Member:
    return Member(_sha256(data), len(data))


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
