"""What is remembered: one append-only file for each playthrough."""

from game.journal.backup import Backups
from game.journal.copying import open_copy
from game.journal.entry import (
    CorruptJournal,
    ForeignFile,
    Header,
    JournalError,
    LockedJournal,
    LoggedAttempt,
    NewerJournal,
    Node,
    Pending,
    Revision,
    Spent,
    UnwritableJournal,
)
from game.journal.journal import Journal
from game.journal.recording import Recording, read_map, read_recording
from game.journal.shelf import Card, card, saves, spent_in

__all__ = [
    "Backups",
    "Card",
    "CorruptJournal",
    "ForeignFile",
    "Header",
    "Journal",
    "JournalError",
    "LockedJournal",
    "LoggedAttempt",
    "NewerJournal",
    "Node",
    "Pending",
    "Recording",
    "Revision",
    "Spent",
    "UnwritableJournal",
    "card",
    "open_copy",
    "read_map",
    "read_recording",
    "saves",
    "spent_in",
]
