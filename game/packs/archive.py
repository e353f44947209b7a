"""A zip from anywhere: its members by name, once all that could do harm in it was looked at. Nothing is put on the disk."""

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

Kind = Literal["unreadable", "damaged", "unusable", "outside", "many", "large"]
"""What is wrong: it is no zip, or none any more; a member is not what was packed; it is packed as it should not be; a name leads
out of it; it holds too many members; or too much."""

UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    ValueError,
    OSError,
    OverflowError,
)
"""What reading a zip can raise when it is damaged, or not one."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What an archive may be: the bytes of its file and of all that it holds, how many times larger that may be, and members."""

    archive: int
    total: int
    members: int
    ratio: int = 100


class BadArchive(Exception):
    """It is not to be trusted. `name` is the member that shows it, or the archive's own; `message` and `suggestion` are sentences
    (of what is unreadable, `message` is only why)."""

    def __init__(self, kind: Kind, name: str, message: str, suggestion: str = "") -> None:
        super().__init__(message)
        self.kind = kind
        self.name = name
        self.message = message
        self.suggestion = suggestion


class Archive:
    """A zip whose members were looked at. `members` has them by name, with `/` between folders; a folder's own ends in it."""

    def __init__(self, file: zipfile.ZipFile, members: Mapping[str, zipfile.ZipInfo]) -> None:
        self.members = members
        self._file = file

    def read(self, member: str, most: int) -> bytes:
        """What a member holds; of one that holds more than `most` bytes, one byte more than that. Raises BadArchive."""
        try:
            with self._file.open(self.members[member]) as file:
                return file.read(most + 1)
        except UNREADABLE as error:
            raise BadArchive("damaged", member, f"this file is damaged ({reason(error)}).") from error


@contextmanager
def open_archive(path: Path, limits: Limits) -> Iterator[Archive]:
    """The zip at `path`, within these bounds. Raises BadArchive."""
    try:
        size = path.stat().st_size
        if size > limits.archive:
            raise BadArchive("large", path.name, f"this archive has {size} bytes, {limits.archive} at most.")
        file = zipfile.ZipFile(path)
    except UNREADABLE as error:
        raise BadArchive("unreadable", path.name, reason(error)) from error
    with file:
        yield Archive(file, _members(file.infolist(), path.name, size, limits))


def _members(infos: list[zipfile.ZipInfo], archive: str, size: int, limits: Limits) -> dict[str, zipfile.ZipInfo]:
    if len(infos) > limits.members:
        raise BadArchive("many", archive, f"there are {len(infos)} files in this archive, {limits.members} at most.")
    total = sum(info.file_size for info in infos)
    if total > limits.total or total > size * limits.ratio:
        most = f"at most {limits.total}, and {limits.ratio} times its own size"
        raise BadArchive("large", archive, f"this archive of {size} bytes unpacks to {total}; {most}.")
    named: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        name = info.filename.replace("\\", "/")
        _check(name, info)
        if name in named:
            raise BadArchive("unusable", name, "the archive holds this file twice.")
        named[name] = info
    return named


def _check(name: str, info: zipfile.ZipInfo) -> None:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or ":" in name:
        raise BadArchive("outside", name, "this name leads out of the archive.")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise BadArchive("outside", name, "this is a link.", "Put the file itself into the archive.")
    if info.flag_bits & 1 or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        message = "this file is encrypted, or packed in a way that is not read here."
        raise BadArchive("unusable", name, message, "Make a plain zip.")


def reason(error: Exception) -> str:
    """Why something could not be read, in a few words."""
    words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return words.splitlines()[0].lower() if words else type(error).__name__
