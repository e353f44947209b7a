"""A playthrough whose pack changed, or is gone: what its player hears of that, what they read it by, and reading alone."""

from dataclasses import replace
from pathlib import Path

from game.journal import Journal, JournalError, open_copy
from game.packs import Pack, PackError, UnknownPack
from game.packs.carried import carried
from game.packs.remembered import Remembered, empty_pack, readable, remembered
from game.packs.shelf import find_pack, user_folder
from game.session.commands import Continue
from game.session.events import Notice
from game.session.library import StartError
from game.session.restoring import Opened, take_up_or_copy

MOST = 6
"""Changes that are told one by one; of more, how many there are."""
NEAR = 64
"""Scenes back in which it is looked who spoke, where the journal itself does not remember the cast."""
SHORT = 256
"""Scenes that can be looked through while a playthrough is opened: some twenty milliseconds."""

ONLY_READ = Notice("read_only", "This can be read, and not gone on with: nothing new is told, and nothing is kept.")
NOT_TOLD = Notice("read_only", "What comes of that was never told, and this playthrough is only read.")
NOT_KEPT = Notice("read_only", "Nothing is changed in a playthrough that is only read.")


def take_up_saved(command: Continue, library: Path) -> tuple[Pack, Opened]:
    """A saved playthrough and its pack; where that cannot be had, the playthrough to read, with what is remembered of its pack.

    Raises:
        StartError: the journal cannot be opened, or the pack that was named is not one for it.
    """
    opened = _to_read(command.journal) if command.read_only else _to_play(command.journal, library)
    return with_pack(opened, command.journal, command.pack or "")


def with_pack(opened: Opened, path: Path, named: str) -> tuple[Pack, Opened]:
    """What was opened at `path`, and its pack: the one that was `named`, if one was. Raises like `take_up_saved`."""
    own = opened.journal.header.pack_id
    try:
        pack = find_pack(named or own)
        if pack.id == own:
            return pack, opened
        wrong = StartError(f"{path.name} is a playthrough of {own}, not of {pack.id}; name another file, or play --pack {own}")
    except PackError as error:
        if not named:
            return _without_pack(opened, path, error)
        wrong = StartError(str(error), error.diagnostics)
    opened.journal.close()
    raise wrong


def _to_play(path: Path, library: Path) -> Opened:
    try:
        return take_up_or_copy(path, library)
    except JournalError as error:
        raise StartError(str(error)) from None


def _to_read(path: Path) -> Opened:
    """A copy of it in memory, where its player was; a pick that waited is left."""
    try:
        journal = open_copy(path)
    except JournalError as error:
        raise StartError(str(error)) from None
    if journal.head is None:
        journal.close()
        raise StartError(f"{path}: nothing was told in it yet, so there is nothing to read")
    if journal.pending:
        journal.go(journal.head.key)
    return Opened(journal, (ONLY_READ,), read_only=True)


def _without_pack(opened: Opened, path: Path, error: PackError) -> tuple[Pack, Opened]:
    """What was opened to be played is closed, and opened to be read: why, and what would help, is said once."""
    if not opened.read_only:
        opened.journal.close()
        opened = replace(_to_read(path), notices=(*opened.notices, ONLY_READ))
    journal, header = opened.journal, opened.journal.header
    notice = Notice("read_only", _why_only_read(error, header.pack_id))
    pack = empty_pack(header.pack_id, header.pack_title, header.pack_version, header.initial)
    notices = tuple(notice if each is ONLY_READ else each for each in opened.notices)
    return readable(pack, _memory(journal)), replace(opened, notices=notices)


def _why_only_read(error: PackError, pack_id: str) -> str:
    if isinstance(error, UnknownPack):
        why, help_ = f"The pack “{pack_id}” is not here", f"Put it into {user_folder()}, or name it by --pack."
    else:
        why, help_ = f"T{str(error)[1:].rstrip('.')}", "Mend it, or name another by --pack."
    return f"{why}; this can be read, and not gone on with. {help_}"


def pack_to_read(pack: Pack, journal: Journal, met_others: bool = False) -> Pack:
    """`pack`, and all that was met in the journal and is no longer in it, by the names that are remembered. One that was begun
    with just this pack is looked through for that, too, if it `met_others` in between; or may have, and is short."""
    if not pack.hash or (pack.hash == journal.header.pack_hash and not met_others and journal.count > SHORT):
        return pack
    return readable(pack, _memory(journal))


def pack_changed(pack: Pack, journal: Journal, read_only: bool) -> Notice | None:
    """That the pack is not the one that this was begun with, and what that means for where the player is: a line each. A pack
    that is not there, and has no hash, has not changed."""
    header, head = journal.header, journal.head
    if pack.hash in (header.pack_hash, ""):
        return None
    first = f"{header.pack_title} has changed since this was begun; what was read stays as it was."
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
