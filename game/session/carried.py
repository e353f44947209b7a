"""A playthrough whose pack changed, or is gone: what its player hears of that, what they read it by, and reading alone."""

from pathlib import Path

from game.journal import Header, Journal, JournalError, open_copy
from game.packs import Pack, PackError, UnknownPack
from game.packs.carried import carried
from game.packs.remembered import Remembered, empty_pack, readable, remembered
from game.packs.shelf import user_folder
from game.session.events import Notice

MOST = 6
"""Changes that are told one by one; of more, how many there are."""
NEAR = 64
"""Scenes back in which it is looked who spoke, where the journal itself does not remember the cast."""

ONLY_READ = Notice("read_only", "This can be read, and not gone on with: nothing new is told, and nothing is kept.")
NOT_TOLD = Notice("read_only", "What comes of that was never told; this playthrough is only read.")
NOT_KEPT = Notice("read_only", "Nothing is changed in a playthrough that is only read.")


def copy_to_read(path: Path) -> Journal:
    """The journal at `path` in memory, where its player was; a pick that waited is left. Raises JournalError."""
    journal = open_copy(path)
    if journal.head is None:
        journal.close()
        raise JournalError(f"{path}: nothing was told in it yet, so there is nothing to read")
    if journal.pending:
        journal.go(journal.head.key)
    return journal


def without_pack(error: PackError, pack_id: str) -> Notice:
    """Why the pack of a playthrough cannot be had, what can be done all the same, and what would help."""
    if isinstance(error, UnknownPack):
        why, help = f"The pack “{pack_id}” is not here", f"Put it into {user_folder()}, or name it by --pack."
    else:
        why, help = f"T{str(error)[1:].rstrip('.')}", "Mend it, or name another by --pack."
    return Notice("read_only", f"{why}; this can be read, and not gone on with. {help}")


def pack_of_header(header: Header) -> Pack:
    """What stands for a pack that cannot be had: its title, and nothing in it."""
    return empty_pack(header.pack_id, header.pack_title, header.pack_version, header.pack_hash, header.initial)


def pack_to_read(pack: Pack, journal: Journal) -> Pack:
    """`pack`, and all that was met in the journal and is no longer in it, by the names that are remembered."""
    if pack.hash == journal.header.pack_hash and pack.places:
        return pack
    return readable(pack, _memory(journal))


def pack_changed(pack: Pack, journal: Journal, read_only: bool) -> Notice | None:
    """That the pack is not the one that this was begun with, and what that means for where the player is: a line each."""
    header, head = journal.header, journal.head
    if header.pack_hash == pack.hash:
        return None
    first = f"{pack.title} has changed since this was begun; what was read stays as it was."
    lines = () if read_only else carried(header.declarations, head.state if head else header.initial, pack).lines
    if len(lines) > MOST + 1:
        lines = (*lines[:MOST], f"And {len(lines) - MOST} more changes.")
    return Notice("pack_changed", "\n".join((first, *lines)))


def _memory(journal: Journal) -> Remembered:
    """What the journal remembers of its pack, and what was met on its scenes since: packs may have come and gone under it."""
    told = journal.map()
    head = journal.head.state if journal.head else journal.header.initial
    spoke = journal.recent(told.head, NEAR) if told.head else ()
    return remembered(journal.header.declarations).with_ids(
        places={journal.header.initial.place, head.place, *(scene.place for scene in told.scenes)},
        endings=told.endings,
        cast={*head.present, *head.known, *(beat.speaker for node in spoke for beat in node.scene.beats if beat.speaker)},
        items=head.items,
        threads={*head.threads, *head.closed},
        facts={*head.facts}.union(*head.known.values()),
    )
