"""Seeing that an author changed a pack: by the names, times and sizes of the files in its folder, of which none is read."""

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from game.packs.intake import FOLDERS, is_read

Stamps = Mapping[str, tuple[int, int]]
"""When each file was last written, in nanoseconds, and its size in bytes, by its path inside the pack."""


class Watch:
    """The folder of a pack, looked at now and then."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._taken = self._seen = stamps_of(folder)

    def take(self) -> None:
        """The files are read as they are now."""
        self._taken = self._seen = stamps_of(self._folder)

    def changed(self) -> bool:
        """Look again: whether the files are others than were taken last, and just those of the last look. So an editor that saves
        in two steps is not met between them, and a file that is gone for a moment is not missed."""
        before, self._seen = self._seen, stamps_of(self._folder)
        return self._seen == before != self._taken


def stamps_of(folder: Path) -> Stamps:
    """Of the files in `folder` that a pack is made of; of what cannot be looked at, nothing."""
    return {name: stamp for inside in ("", *FOLDERS) for name, stamp in _stamps(folder, inside) if is_read(name)}


def _stamps(folder: Path, inside: str) -> Iterator[tuple[str, tuple[int, int]]]:
    with suppress(OSError), os.scandir(folder / inside) as entries:
        for entry in entries:
            with suppress(OSError):
                stat = entry.stat(follow_symlinks=False)
                yield f"{inside}/{entry.name}" if inside else entry.name, (stat.st_mtime_ns, stat.st_size)
