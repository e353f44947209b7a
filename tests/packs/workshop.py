"""A good pack to break: its files, edits of them, and ways to put them somewhere."""

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from game.packs import Diagnostic, Pack
from game.packs.load import examine_bytes

GOOD = Path(__file__).parent / "good"

Contents = dict[str, bytes]


def good() -> Contents:
    """The good pack's files."""
    return {path.relative_to(GOOD).as_posix(): path.read_bytes() for path in sorted(GOOD.rglob("*")) if path.is_file()}


def edited(file: str, old: str, new: str) -> Contents:
    """The good pack with `old`, which must be there once, replaced in one file. An empty `old` adds `new` at its end."""
    contents = good()
    text = contents.get(file, b"").decode()
    if old:
        assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {file}"
    contents[file] = (text.replace(old, new) if old else text + new).encode()
    return contents


def examined(contents: Mapping[str, bytes]) -> tuple[Pack | None, tuple[Diagnostic, ...]]:
    return examine_bytes(contents)


def line_of(contents: Mapping[str, bytes], file: str, needle: str) -> int:
    """The line on which `needle`, which must be there once, begins."""
    text = contents[file].decode()
    assert text.count(needle) == 1, f"{needle!r} is {text.count(needle)} times in {file}"
    return text[: text.index(needle)].count("\n") + 1


@dataclass(frozen=True)
class Mistake:
    """`old` becomes `new` in `file`; then `code` is said of the line (in `where`, else in `file`) that holds `at`, with
    `says` in its message and `advice` in what it advises."""

    code: str
    file: str
    old: str
    new: str
    at: str = ""
    says: str = ""
    advice: str = ""
    where: str = ""

    def __str__(self) -> str:
        return f"{self.code}-{re.sub('[^a-z0-9]+', '-', self.new.lower())[-40:]}"


def write_folder(folder: Path, contents: Mapping[str, bytes]) -> Path:
    for name, data in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def write_zip(path: Path, contents: Mapping[str, bytes], inside: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in contents.items():
            archive.writestr(inside + name, data)
    return path
