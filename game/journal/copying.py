"""A journal in memory, taken from a file that is left alone: to read it, and to go on where its file cannot be gone on with."""

from pathlib import Path

from game.journal.entry import CorruptJournal, LockedJournal
from game.journal.examine import check_whole, identify
from game.journal.journal import Journal
from game.journal.store import Store, to_glance, to_read


def open_copy(path: Path) -> Journal:
    """All of the journal at `path`, of whatever schema, in memory; nothing is locked, changed or left behind, and what is written
    to it is kept nowhere. One that is being played is copied as it was at its last commit, or when it was opened.

    Raises:
        JournalError: see its subclasses.
    """
    identify(path)
    try:
        with to_read(path) as store:
            return _copied(store)
    except LockedJournal as locked:
        try:
            with to_glance(path) as store:
                return _copied(store)
        except CorruptJournal:
            # The player's own process may have written while this one read.
            raise locked from None


def _copied(store: Store) -> Journal:
    check_whole(store)
    journal = Journal.resume(store.in_memory(store.path))
    # Its faults are still told of the file; but it is not the file.
    journal.path = None
    return journal
