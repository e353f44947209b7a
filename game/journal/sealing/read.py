"""Opening a sealed playthrough as what it is, a stranger's file: looked at whole, in memory, before any of it is used."""

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from game.journal.recording import Recording, read_recording
from game.journal.sealing.manifest import NAME, Manifest, read_manifest
from game.journal.sealing.rows import KINDS
from game.journal.sealing.story import read_story
from game.journal.sealing.unfit import SealError, Unfit
from game.journal.sealing.write import PACK
from game.packs import Pack, PackError
from game.packs.archive import Archive, BadArchive, Limits, open_archive
from game.packs.diagnostic import one_line
from game.packs.intake import MAX_FILE, MAX_TOTAL, is_read
from game.packs.load import pack_from_bytes
from game.story import StoryState

LIMITS = Limits(archive=128 << 20, total=128 << 20, members=1000)
"""Ten thousand scenes of the offline storyteller, or some thousands of a model's."""

_MEMBER = re.compile(rf"({'|'.join(kind.folder for kind in KINDS)})/[0-9]{{4}}\.json")
_ZIP = b"PK"


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed playthrough: what its manifest says, the recording, and the pack that it is played with."""

    manifest: Manifest
    recording: Recording
    pack: Pack


def read_tape(path: Path) -> tuple[Recording, Pack | None]:
    """What can be played again: a journal, or a sealed playthrough with its pack. Which of them it is, its first bytes say.

    Raises:
        JournalError: it is neither, or is not as it was made.
    """
    if not _is_zip(path):
        return read_recording(path), None
    found = open_sealed(path)
    return found.recording, found.pack


def open_sealed(path: Path) -> Sealed:
    """The sealed playthrough at `path`.

    Raises:
        SealError: it is none, or was changed since it was sealed.
    """
    try:
        with open_archive(path, LIMITS) as archive:
            members = _contents(archive)
        return _sealed(members)
    except BadArchive as bad:
        raise SealError(f"{path}: {Unfit(_in_words(bad, path))}") from bad
    except Unfit as unfit:
        raise SealError(f"{path}: {unfit}") from unfit


def _is_zip(path: Path) -> bool:
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(len(_ZIP)) == _ZIP
    except OSError:
        return False


def _contents(archive: Archive) -> dict[str, bytes]:
    """All members by name; each is one that can be in a sealed playthrough."""
    for name, info in archive.members.items():
        if name != NAME and not _MEMBER.fullmatch(name) and not (name.startswith(PACK) and is_read(name.removeprefix(PACK))):
            raise Unfit(f"{one_line(name, 80)} is nothing that a sealed playthrough has")
        if info.compress_type != zipfile.ZIP_STORED:
            raise Unfit(f"{name} is packed, and nothing in a sealed playthrough is")
    contents = {name: archive.read(name, MAX_FILE) for name in archive.members}
    for name, data in contents.items():
        if len(data) > MAX_FILE:
            raise Unfit(f"{name} has more than {MAX_FILE} bytes")
    return contents


def _sealed(members: dict[str, bytes]) -> Sealed:
    if NAME not in members:
        raise Unfit(f"there is no {NAME} in it, so it is no sealed playthrough", "name a journal, or what `unwritten seal` made")
    manifest = read_manifest(members.pop(NAME))
    changed = manifest.check_members(members)
    if changed:
        raise Unfit(_changed(changed, members, manifest))
    pack = _pack(members)
    if (pack.id, pack.title, pack.version, pack.hash) != tuple(getattr(manifest.pack, each) for each in _PACK_PARTS):
        raise Unfit(f"{NAME} was changed: its pack is not the one that is in it")
    recording = read_story(members, manifest.header(pack.initial))
    if (manifest.scenes, manifest.ending) != (len(recording.scenes), recording.scenes[-1].ending):
        raise Unfit(f"{NAME} was changed: its scenes and its ending are not those that are in it")
    return Sealed(manifest, recording, pack)


_PACK_PARTS = ("id", "title", "version", "hash")


def _changed(names: list[str], members: Mapping[str, bytes], manifest: Manifest) -> str:
    """Which member was changed; where it is one of the recording, at which scene."""
    more = f", and {len(names) - 1} more" if len(names) > 1 else ""
    first = names[0]
    if first.startswith(PACK):
        return f"{first.removeprefix(PACK)} of its pack was changed{more}"
    return f"{first} was changed{more}{_at_scene(members, manifest)}"


def _at_scene(members: Mapping[str, bytes], manifest: Manifest) -> str:
    try:
        read_story(members, manifest.header(StoryState()))
    except Unfit as found:
        return f" ({found.what})"
    return ""


def _pack(members: Mapping[str, bytes]) -> Pack:
    files = {name.removeprefix(PACK): data for name, data in members.items() if name.startswith(PACK)}
    if sum(map(len, files.values())) > MAX_TOTAL:
        raise Unfit(f"its pack has more than {MAX_TOTAL} bytes")
    try:
        return pack_from_bytes("inside", files)
    except PackError as error:
        first = next(each for each in error.diagnostics if each.severity == "error")
        raise Unfit(f"its pack cannot be played: {first}") from None


def _in_words(bad: BadArchive, path: Path) -> str:
    if bad.kind == "unreadable":
        return f"this is no zip that can be read ({one_line(bad.message, 120)})"
    if bad.kind == "damaged":
        return f"{one_line(bad.name, 80)} was changed: {one_line(bad.message, 120).rstrip('.')}"
    message = bad.message.rstrip(".")
    return message if bad.name == path.name else f"{one_line(bad.name, 80)}: {message}"
