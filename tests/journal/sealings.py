"""Sealed playthroughs to look at and to spoil: a played story, its file, and ways to write that file otherwise."""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

from game.headless import Run, play
from game.journal import read_recording
from game.journal.sealing import sealed
from game.packs.shelf import find_texts
from game.session import Begin, Library, Session, Teller
from game.settings import Settings
from game.story import Json
from game.story.canonical import canonical_bytes
from tests.packs.workshop import GOOD

MANIFEST = "manifest.json"
Members = dict[str, bytes]


def told(journal: Path, teller: Teller | None = None, pack: Path = GOOD, seed: int = 2, scenes: int = 60) -> list[str]:
    """A playthrough by draws in a new journal; its lines of JSON."""
    out = io.StringIO()
    session = Session(Library(Settings(), journal.parent), threaded=False)
    try:
        begin = Begin(str(pack), teller or Teller(), seed=seed, journal=journal)
        assert play(Run(begin, bot="random", max_scenes=scenes), session, out, io.StringIO()) == 0
    finally:
        session.close()
    return out.getvalue().splitlines()


def seal_of(journal: Path, pack: Path = GOOD) -> bytes:
    """The journal, sealed."""
    return sealed(read_recording(journal), *find_texts(str(pack)))[1]


def members_of(data: bytes) -> Members:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(members: Mapping[str, bytes], packed: int = zipfile.ZIP_STORED) -> bytes:
    """A zip of these members, whatever they are."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packed) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def resealed(members: Members, **claims: Json) -> bytes:
    """What somebody makes who changed members, or what the manifest `claims`, and knows how to seal."""
    rest = {name: data for name, data in members.items() if name != MANIFEST}
    manifest = json.loads(members[MANIFEST]) | claims
    manifest.pop("digest")
    manifest["members"] = {name: {"sha256": _sha256(data), "size": len(data)} for name, data in rest.items()}
    manifest["digest"] = _sha256(canonical_bytes(manifest))
    return zipped({MANIFEST: canonical_bytes(manifest), **rest})


def edited(members: Members, name: str, old: str, new: str) -> Members:
    """The members with the first `old`, which must be there, replaced in one of them."""
    assert old.encode() in members[name], f"{old!r} is not in {name}"
    return members | {name: members[name].replace(old.encode(), new.encode(), 1)}


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
