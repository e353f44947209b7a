"""Putting what was brought into a pack's own files, which keep every line that their author wrote: all of it, or nothing."""

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Item

from game.packs import Diagnostic
from game.packs.findings import Findings
from game.packs.intake import read_pack
from game.packs.load import examine_bytes
from game.workshop.importing.brought import Brought, Leaving, Left, NotImported, Table
from game.workshop.importing.card import member_of
from game.workshop.importing.lorebook import lore_of
from game.workshop.importing.reading import BookFound, read


def bring(file: Path, folder: Path, consent: str = "") -> tuple[Brought, tuple[Diagnostic, ...]]:
    """Take the card or the lorebook in `file` into the pack at `folder`; and what is then newly found wrong with the pack.

    Raises:
        NotImported: nothing was changed; the message says why.
    """
    before = _files(folder)
    documents = {name: _parsed(name, before.get(name, b"")) for name in ("cast.toml", "lore.toml", "pack.toml")}
    brought = _brought(file, consent, set(documents["cast.toml"]), set(documents["lore.toml"]))
    _add(documents["cast.toml"], brought.cast)
    _add(documents["lore.toml"], brought.lore)
    brought = _credit(documents["pack.toml"], brought)
    after = {name: _written(document, before.get(name, b"")) for name, document in documents.items()}
    changed = {name: data for name, data in after.items() if data != before.get(name, b"")}
    _, known = examine_bytes(before)
    _, found = examine_bytes({**before, **changed})
    new = _news(known, found)
    if worst := next((item for item in new if item.severity == "error"), None):
        raise NotImported(f"{file.name}: with it the pack could not be played: {worst}")
    _write(folder, changed)
    return brought, new


def _news(known: tuple[Diagnostic, ...], found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    before = {(item.code, item.file, item.message) for item in known}
    return tuple(item for item in found if (item.code, item.file, item.message) not in before)


def _files(folder: Path) -> dict[str, bytes]:
    if not (folder / "pack.toml").is_file():
        raise NotImported(f"{folder.name or folder} is no folder of a pack: it has no pack.toml; `unwritten new NAME` makes one")
    found = Findings()
    files = read_pack(folder, found)
    if problem := next((item for item in found.all if item.severity == "error"), None):
        raise NotImported(f"the pack cannot be read: {problem}")
    return files


def _parsed(name: str, data: bytes) -> tomlkit.TOMLDocument:
    try:
        return tomlkit.parse(data.decode("utf-8-sig"))
    except (TOMLKitError, UnicodeDecodeError) as error:
        raise NotImported(f"{name} of the pack cannot be read ({error}); mend it first, `unwritten check` says where") from None


def _brought(file: Path, consent: str, cast: set[str], lore: set[str]) -> Brought:
    found = read(file)
    try:
        if not isinstance(found, BookFound):
            return member_of(found, consent, cast, lore)
        left = Leaving()
        entries = lore_of(found.own, "the character", lore, left)
    except NotImported as error:
        raise NotImported(f"{file.name}: {error}") from None
    if not entries:
        raise NotImported(f"{file.name}: there is no entry in this lorebook that could be told")
    left.add(
        "who wrote the lorebook, and its licence",
        "it does not say; name its author in the pack's authors, and ask before you give it to others",
    )
    return Brought("the lorebook", lore=entries, left=left.all)


def _add(document: tomlkit.TOMLDocument, tables: Mapping[str, Table]) -> None:
    for name, table in tables.items():
        made = tomlkit.table()
        for key, value in table.items():
            made.add(key, _item(value))
        made.add(tomlkit.nl())
        document.add(name, made)


def _item(value: object) -> Item:
    if isinstance(value, str):
        long = len(value) > 100 or "\n" in value
        return tomlkit.string(value, multiline=long)
    if isinstance(value, Mapping):
        inline = tomlkit.inline_table()
        inline.update({key: _item(inner) for key, inner in value.items()})
        return inline
    return tomlkit.item(value)


def _credit(document: tomlkit.TOMLDocument, brought: Brought) -> Brought:
    """The card's author joins the pack's authors, in the form that these have; where there are none, that is said of it."""
    authors = document.get("authors")
    if brought.credit is None:
        return brought
    name, role = brought.credit
    if not isinstance(authors, list):
        left = Left(f"{name}, {role}", 'pack.toml has no list of "authors" that they could join: write them there')
        return replace(brought, credit=None, left=(*brought.left, left))
    row = tomlkit.table() if isinstance(authors, tomlkit.items.AoT) else tomlkit.inline_table()
    row.update({"name": name, "role": role})
    if not any(each.get("name") == name and each.get("role") == role for each in authors if isinstance(each, dict)):
        authors.append(row)
    return brought


def _written(document: tomlkit.TOMLDocument, before: bytes) -> bytes:
    """The document as bytes, its lines ended as they were in the file before."""
    data = tomlkit.dumps(document).encode()
    lines = before.count(b"\n")
    if not lines or before.count(b"\r\n") != lines:
        return data
    return data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Every file beside its place first, then all moved there."""
    try:
        for name, data in files.items():
            with (folder / f".{name}.new").open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        for name in files:
            (folder / f".{name}.new").replace(folder / name)
    except OSError as error:
        for name in files:
            (folder / f".{name}.new").unlink(missing_ok=True)
        raise NotImported(f"the pack cannot be written ({error.strerror})") from None
