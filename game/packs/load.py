"""Reading a pack: bytes in, a `Pack` or the list of what is wrong with it out."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from game.packs.checks import check_files
from game.packs.compile import PackFiles, compile_pack
from game.packs.diagnostic import Diagnostic, PackError
from game.packs.findings import Findings
from game.packs.intake import read_pack
from game.packs.pack import Pack
from game.packs.parse import parse
from game.story import digest


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
    found = Findings()
    pack, diagnostics = examine_bytes(read_pack(path, found), found)
    if pack is None:
        raise PackError(called or path.name, diagnostics)
    return pack, found.texts


def pack_from_bytes(name: str, contents: Mapping[str, bytes]) -> Pack:
    """The pack made of these files, named by their paths inside it.

    Raises:
        PackError: see `load_pack`.
    """
    pack, diagnostics = examine_bytes(contents, Findings())
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
    found = Findings()
    pack, diagnostics = examine_bytes(read_pack(path, found), found)
    if pack is None:
        return None, diagnostics
    files = {name: digest("file", text) for name, text in found.texts.items()}
    return replace(pack, home=path.absolute(), files=files), diagnostics


def examine_bytes(contents: Mapping[str, bytes], found: Findings) -> tuple[Pack | None, tuple[Diagnostic, ...]]:
    """The pack made of these files if it can be played; and all that is wrong with it, together with what is in `found`."""
    return _made(_read(contents, found), found), found.all


def _read(contents: Mapping[str, bytes], found: Findings) -> PackFiles | None:
    files = parse(contents, found)
    if files is not None and not found.unread:
        check_files(files, found)
    return files


def _made(files: PackFiles | None, found: Findings) -> Pack | None:
    if files is None or files.pack is None or found.fatal:
        return None
    return replace(compile_pack(files.pack, files), warnings=found.all)
