"""Reading a pack: bytes in, a `Pack` or the list of what is wrong with it out."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from game.packs.checks import check_files
from game.packs.compile import PackFiles, compile_pack
from game.packs.diagnostic import Diagnostic, PackError
from game.packs.findings import Findings
from game.packs.intake import read_pack
from game.packs.pack import Pack
from game.packs.parse import parse
from game.story import digest

KEPT, SMALL = 4, 1 << 20
"""Packs that are kept as they were read last, and the most bytes of the files of one that is."""

Whole = tuple[Pack | None, tuple[Diagnostic, ...], Mapping[str, str]]
"""A pack if it can be played, all that is wrong with it, and its files as text."""


def load_pack(path: Path, called: str = "") -> Pack:
    """The pack at `path`, a folder or a zip. An error names it as it was `called`.

    Raises:
        PackError: it cannot be played; the error's `diagnostics` say why.
    """
    pack, diagnostics = examine(path)
    if pack is None:
        raise PackError(called or path.name, diagnostics)
    return pack


def load_texts(path: Path, called: str = "") -> tuple[Pack, Mapping[str, str]]:
    """The pack at `path` with the files that it is made of and its hash is of, by their paths inside it: as text with plain line
    ends, so the same on every platform. Raises like `load_pack`."""
    pack, diagnostics, texts = _at(path)
    if pack is None:
        raise PackError(called or path.name, diagnostics)
    return pack, texts


def pack_from_bytes(name: str, contents: Mapping[str, bytes]) -> Pack:
    """The pack made of these files, named by their paths inside it.

    Raises:
        PackError: see `load_pack`.
    """
    pack, diagnostics = examine_bytes(contents)
    if pack is None:
        raise PackError(name, diagnostics)
    return pack


def study(path: Path) -> tuple[Pack | None, PackFiles | None, Findings]:
    """The same as `examine`, with the files that the pack is made of, for whoever looks further; None where there are none."""
    found = Findings()
    files = _read(read_pack(path, found), found)
    return _made(files, found), files, found


def examine(path: Path) -> tuple[Pack | None, tuple[Diagnostic, ...]]:
    """The pack at `path` if it can be played, and all that is wrong with it, errors first."""
    pack, diagnostics, texts = _at(path)
    if pack is None:
        return None, diagnostics
    files = {name: digest("file", text) for name, text in texts.items()}
    return replace(pack, home=path.absolute(), files=files), diagnostics


def examine_bytes(contents: Mapping[str, bytes]) -> tuple[Pack | None, tuple[Diagnostic, ...]]:
    """The pack made of these files if it can be played, and all that is wrong with it."""
    return _whole(contents, ())[:2]


def _at(path: Path) -> Whole:
    found = Findings()
    return _whole(read_pack(path, found), found.all)


def _whole(contents: Mapping[str, bytes], found: tuple[Diagnostic, ...]) -> Whole:
    """What these files come to, beside what was `found` as they were read. The same files come to the same."""
    small = sum(map(len, contents.values())) <= SMALL
    return (_made_of if small else _made_of.__wrapped__)(tuple(contents.items()), found)


@lru_cache(maxsize=KEPT)
def _made_of(contents: tuple[tuple[str, bytes], ...], before: tuple[Diagnostic, ...]) -> Whole:
    found = Findings(before)
    pack = _made(_read(dict(contents), found), found)
    return pack, found.all, found.texts


def _read(contents: Mapping[str, bytes], found: Findings) -> PackFiles | None:
    files = parse(contents, found)
    if files is not None and not found.unread:
        check_files(files, found)
    return files


def _made(files: PackFiles | None, found: Findings) -> Pack | None:
    if files is None or files.pack is None or found.fatal:
        return None
    return replace(compile_pack(files.pack, files), warnings=found.all)
