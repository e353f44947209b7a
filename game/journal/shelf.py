"""Saved playthroughs at a glance: for a shelf, without opening them."""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from game.journal.backup import Backups
from game.journal.entry import CorruptJournal, JournalError, LockedJournal, Spent
from game.journal.examine import identify, read_header
from game.journal.margin import spending
from game.journal.rows import UNREADABLE
from game.journal.store import Store, to_glance, to_read
from game.story import scene_from_json

SUFFIX = ".journal"

_T = TypeVar("_T")


@dataclass(frozen=True)
class Card:
    """A saved playthrough: where its player is. Before the first scene its titles are empty and its turn is 0.

    `changed` is when its file was last written, seconds since the epoch. `damaged`: the file is; this is how its backup has it,
    or its name alone.
    """

    journal: Path
    pack_id: str
    pack_title: str
    scene_title: str
    place: str
    turn: int
    ended: bool
    changed: float
    damaged: bool = False


def card(path: Path) -> Card | None:
    """The journal's card; None for what is no journal, or is damaged. Takes no lock: one that is being played has a card too."""
    try:
        identify(path)
        return _look(path, lambda store: _read(path, store))
    except (JournalError, OSError, *UNREADABLE):
        return None


def saves(folder: Path) -> tuple[Card, ...]:
    """The cards of all journals in `folder`, of damaged ones too, the latest first. A folder that is not there has none."""
    found = (_card_or_damage(path) for path in folder.glob(f"*{SUFFIX}"))
    return tuple(sorted(filter(None, found), key=lambda each: (-each.changed, each.journal.name)))


def spent_in(path: Path) -> tuple[Spent, ...]:
    """What the requests of the journal at `path` cost; nothing for what is no journal, or is damaged. Takes no lock."""
    try:
        identify(path)
        return _look(path, spending)
    except (JournalError, OSError, *UNREADABLE):
        return ()


def _card_or_damage(path: Path) -> Card | None:
    backups = Backups(path)
    found = None if backups.distrusted else card(path)
    return found or _of_backup(path, backups) or _damaged(path)


def _of_backup(path: Path, backups: Backups) -> Card | None:
    """The card of a damaged journal, as its newest backup has it."""
    found = next(filter(None, map(card, backups.all())), None)
    return found and replace(found, journal=path, damaged=True)


def _damaged(path: Path) -> Card | None:
    """A journal that is damaged, and was never backed up; None for what is no journal."""
    try:
        identify(path)
        _look(path, lambda store: _read(path, store))
    except CorruptJournal:
        with suppress(OSError):
            return Card(path, "", path.stem, "", "", 0, False, path.stat().st_mtime, damaged=True)
    except (JournalError, OSError, *UNREADABLE):
        pass
    return None


def _look(path: Path, read: Callable[[Store], _T]) -> _T:
    try:
        with to_read(path, patience=0) as store:
            return read(store)
    except LockedJournal:
        # It is being played. Each commit settles the file, so this is how it was at its last scene.
        with to_glance(path) as store:
            return read(store)


def _read(path: Path, store: Store) -> Card:
    header = read_header(store)
    row = store.row("SELECT scene FROM nodes JOIN pointer ON key = head")
    scene = scene_from_json(json.loads(row[0])) if row else None
    return Card(
        journal=path,
        pack_id=header.pack_id,
        pack_title=header.pack_title,
        scene_title=scene.title if scene else "",
        place=scene.place if scene else "",
        turn=scene.turn if scene else 0,
        ended=bool(scene and scene.ending),
        changed=path.stat().st_mtime,
    )
