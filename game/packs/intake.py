"""Reading the files of a pack, from a folder or a zip, within bounds: nothing outside it, nothing too big, no links."""

import os
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path

from game.packs.archive import Archive, BadArchive, Kind, Limits, open_archive, reason
from game.packs.findings import Findings, did_you_mean

MAX_FILE = 1 << 20
"""Bytes in one file of a pack."""
MAX_FILES = 400
MAX_TOTAL = 32 << 20
"""Bytes in all files of a pack."""
MAX_ARCHIVE = 16 << 20
"""Bytes of a zip as it lies on the disk."""
MAX_RATIO = 100
"""How many times larger than the archive its files may be."""
MAX_DEPTH = 4

TOP = ("pack.toml", "world.md", "cast.toml", "places.toml", "lore.toml", "grammar.toml")
FOLDERS: Mapping[str, str] = {"storylets": ".toml", "templates": ".j2", "tests": ".toml"}
"""The folders of a pack, and the suffix of the files that are read in each."""

_BAD: Mapping[Kind, str] = {
    "unreadable": "PACK108",
    "damaged": "PACK108",
    "unusable": "PACK108",
    "outside": "PACK107",
    "many": "PACK106",
    "large": "PACK109",
}
"""The code of what is wrong with an archive."""


def read_pack(path: Path, found: Findings) -> dict[str, bytes]:
    """The files of the pack at `path` (a folder or a zip), by their path inside it, in a settled order.

    What cannot be read is left out, and said in `found`.
    """
    if path.is_dir():
        return _read_folder(path, found)
    return _read_zip(path, found)


def is_read(name: str) -> bool:
    """Whether a file of this name is part of a pack."""
    folder, _, file = name.partition("/")
    return name in TOP or (folder in FOLDERS and "/" not in file and file.endswith(FOLDERS[folder]) and file[0] != ".")


def _read_folder(folder: Path, found: Findings) -> dict[str, bytes]:
    try:
        top = os.listdir(folder)
    except OSError as error:
        found.add("PACK102", folder.name, message=f"this folder cannot be read ({reason(error)}).")
        return {}
    if not _has_head(top, found):
        return {}
    names = sorted(islice(_walk(folder, "", found), MAX_FILES + 1))
    if len(names) > MAX_FILES:
        found.add("PACK106", folder.name, message=f"there are more than {MAX_FILES} files in this pack.")
        return {}
    _note_strangers(names, found)
    contents = {name: _read_file(folder / name, name, found) for name in names if is_read(name)}
    total = sum(len(data) for data in contents.values() if data is not None)
    if total > MAX_TOTAL:
        found.add("PACK106", folder.name, message=f"the files of this pack hold {total} bytes, {MAX_TOTAL} at most.")
        return {}
    return {name: data for name, data in contents.items() if data is not None}


def _walk(folder: Path, inside: str, found: Findings) -> Iterator[str]:
    """The names of the plain files; hidden ones, and what lies deeper than a pack goes, left out."""
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        found.add("PACK102", inside.rstrip("/"), message=f"this folder cannot be read ({reason(error)}).")
        return
    real = os.path.realpath(folder)
    for name in names:
        path = folder / name
        if name.startswith("."):
            continue
        if os.path.realpath(path) != os.path.join(real, name):
            found.add("PACK107", inside + name, message="this is a link.", suggestion="Put the file itself into the pack.")
        elif path.is_dir() and inside.count("/") < MAX_DEPTH:
            yield from _walk(path, f"{inside}{name}/", found)
        elif path.is_file():
            yield inside + name
        elif not path.is_dir():
            found.add("PACK102", inside + name, message="this is neither a file nor a folder.")


def _read_file(path: Path, name: str, found: Findings) -> bytes | None:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE + 1)
    except OSError as error:
        found.add("PACK102", name, message=f"this file cannot be read ({reason(error)}).")
        return None
    return _bounded(name, data, found)


def _bounded(name: str, data: bytes, found: Findings) -> bytes | None:
    if len(data) <= MAX_FILE:
        return data
    advice = "Divide its storylets among several files." if name.startswith("storylets/") else ""
    found.add("PACK105", name, message=f"this file has more than {MAX_FILE} bytes.", suggestion=advice)
    return None


def _read_zip(path: Path, found: Findings) -> dict[str, bytes]:
    try:
        with open_archive(path, Limits(MAX_ARCHIVE, MAX_TOTAL, MAX_FILES, MAX_RATIO)) as archive:
            return _unpack(archive, _inside(archive.members, found), found)
    except BadArchive as bad:
        message = bad.message
        if bad.kind == "unreadable":
            message = f"this is neither a pack's folder nor a zip that can be read ({message})."
        found.add(_BAD[bad.kind], bad.name, message=message, suggestion=bad.suggestion)
        return {}


def _inside(members: Iterable[str], found: Findings) -> dict[str, str]:
    """The members that are files of a pack, by their paths inside it: without the one folder around it if there is one, and
    without what systems add to archives."""
    own = {name: name for name in members if not name.endswith("/") and not _is_hidden(name)}
    tops = {name.partition("/")[0] for name in own}
    if "pack.toml" not in own and len(tops) == 1:
        own = {name.partition("/")[2]: name for name in own if "/" in name}
    if not _has_head(own, found):
        return {}
    _note_strangers(sorted(own), found)
    return {name: own[name] for name in sorted(own) if is_read(name)}


def _is_hidden(name: str) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in name.split("/"))


def _unpack(archive: Archive, members: Mapping[str, str], found: Findings) -> dict[str, bytes]:
    contents: dict[str, bytes] = {}
    for name, member in members.items():
        data = _bounded(name, archive.read(member, MAX_FILE), found)
        if data is not None:
            contents[name] = data
    return contents


def _has_head(names: Iterable[str], found: Findings) -> bool:
    names = list(names)
    if "pack.toml" in names:
        return True
    other = next((name for name in sorted(names) if name.lower() == "pack.toml"), None)
    advice = f'Rename "{other}" to "pack.toml".' if other else "Every pack has one at its top: id, title, version and the rest."
    found.add("PACK101", "pack.toml", message="there is no pack.toml here.", suggestion=advice)
    return False


def _note_strangers(names: Iterable[str], found: Findings) -> None:
    """Warn of files that look like a pack's but are read by nothing: most often a name slightly wrong."""
    for name in names:
        if name.endswith((".toml", ".j2")) and not is_read(name):
            folder, _, file = name.rpartition("/")
            advice = did_you_mean(folder, FOLDERS) if folder else did_you_mean(file, TOP)
            found.add("PACK111", name, message="nothing reads this file.", suggestion=advice)
