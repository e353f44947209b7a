"""Taking up what is not as it should be: a damaged file from its backup, and what cannot be written as a copy in memory. What is
said of it says what was kept, and where the player is."""

import time
from dataclasses import dataclass
from pathlib import Path

from game.journal import (
    Backups,
    CorruptJournal,
    ForeignFile,
    Header,
    Journal,
    JournalError,
    LockedJournal,
    NewerJournal,
    UnwritableJournal,
    open_copy,
)
from game.journal.restore import is_damage, look_again, restore
from game.session.events import Notice


@dataclass(frozen=True, slots=True)
class Opened:
    """An open journal, and what the player should know of that. `read_only`: it is a copy, to read and not to go on with."""

    journal: Journal
    notices: tuple[Notice, ...] = ()
    read_only: bool = False


def in_library(path: Path, library: Path) -> bool:
    """Whether this is a playthrough that the library keeps, and backs up; a file that stands elsewhere is its player's own."""
    return path.absolute().parent == library.absolute()


def begin(path: Path | None, header: Header, library: Path) -> Journal:
    """A new journal in `path`, or in memory. Raises JournalError."""
    if path is not None and in_library(path, library):
        Backups(path).set_aside()
    return Journal.create(path, header)


def begin_anywhere(path: Path, header: Header, library: Path) -> Opened:
    """A new journal in `path`; or in memory, if that cannot be written. Raises JournalError."""
    try:
        return Opened(begin(path, header, library))
    except UnwritableJournal as error:
        words = f"{error}. The story is played all the same, and is not kept."
        return Opened(Journal.create(None, header), (Notice("not_kept", words),))


def take_up(path: Path, library: Path) -> Opened:
    """The journal at `path`; if it is damaged and the library has a good backup, from that.

    Raises:
        JournalError: it cannot be opened; the file is left as it was.
    """
    if not in_library(path, library):
        return Opened(Journal.open(path))
    try:
        look_again(path)
        return Opened(Journal.open(path))
    except (CorruptJournal, ForeignFile, NewerJournal) as error:
        restored = restore(path) if is_damage(path, error) else None
        if restored is None:
            raise
    journal = Journal.open(path)
    words = f"{path.name} was damaged and is kept as {restored.kept.name}. You are at {_where(journal, restored.made)}."
    return Opened(journal, (Notice("restored", words),))


def take_up_or_copy(path: Path, library: Path) -> Opened:
    """Like `take_up`; what is played elsewhere, or cannot be written, is gone on with in memory."""
    try:
        return take_up(path, library)
    except (LockedJournal, UnwritableJournal) as error:
        journal = _copy(path, in_library(path, library))
        words = f"{error}. You are in a copy of it, at {_where(journal)}; what comes now is not kept."
        return Opened(journal, (Notice("not_kept", words),))


def stopped_by_damage(path: Path, error: CorruptJournal) -> str:
    """Damage was met while the journal at `path` was played: what was kept, and what happens next. One line."""
    backups = Backups(path)
    backups.distrust()
    good = backups.newest()
    if good is None:
        return f"{error}; what was read before is still there"
    copy = open_copy(good)
    try:
        where = _where(copy, good.stat().st_mtime)
    finally:
        copy.close()
    return (
        f"{path}: the file was damaged while it was played. When it is continued it goes on at {where}; the damaged file is kept."
    )


def _copy(path: Path, backed_up: bool) -> Journal:
    """The journal at `path` in memory; if it is damaged, and that cannot be mended in its place, its newest good backup."""
    try:
        return open_copy(path)
    except JournalError:
        good = Backups(path).newest() if backed_up else None
        if good is None:
            raise
        return open_copy(good)


def _where(journal: Journal, made: float | None = None) -> str:
    """Where its player is, and when that was kept (seconds since the epoch)."""
    scene = journal.head.scene if journal.head else None
    at = f"scene {scene.turn}, “{scene.title}”" if scene else "the beginning"
    return at if made is None else f"{at}, as it was kept on {time.strftime('%d %b %Y, %H:%M', time.localtime(made))}"
