"""What was dropped on the window, told by its name and its first bytes. Looks at the disk: not for the drawing thread."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

Kind = Literal["pack", "journal", "sealed", "unreadable", "nothing"]
"""A pack (a folder, a zip); a saved playthrough; a sealed one; what cannot be looked at; what is none of these."""

SQLITE: Final = b"SQLite format 3\0"
ZIP: Final = b"PK\x03\x04"
"""The first bytes of a journal, and of a zip: https://www.sqlite.org/fileformat.html, and APPNOTE.TXT of the zip format."""


@dataclass(frozen=True, slots=True)
class Found:
    """`path` is what is to be opened: for the pack.toml of a pack, the folder that it stands in."""

    kind: Kind
    path: Path


def look_at(dropped: str) -> Found:
    """What this is. A zip is a sealed playthrough if that is its name, and else a pack."""
    path = Path(dropped)
    try:
        if path.name == "pack.toml":
            return Found("pack", path.parent)
        if path.is_dir():
            return Found("pack", path)
        if not path.is_file():
            return Found("unreadable", path)
        with path.open("rb") as file:
            first = file.read(len(SQLITE))
    except (OSError, ValueError):
        return Found("unreadable", path)
    if first.startswith(ZIP):
        return Found("sealed" if path.suffix.lower() == ".sealed" else "pack", path)
    return Found("journal" if first == SQLITE else "nothing", path)
