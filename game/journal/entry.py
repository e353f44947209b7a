"""What a journal holds, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from game.story import Attempt, Beat, Effect, Json, Player, Scene, StoryState


@dataclass(frozen=True, slots=True)
class Header:
    """Written once, when a playthrough begins. `declarations` is what the saved states need of the pack, as JSON."""

    pack_id: str
    pack_title: str
    pack_version: str
    pack_hash: str
    seed: int
    player: Player
    initial: StoryState
    engine: str
    declarations: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Node:
    """A scene ever written, and how the story came to it: the parent, the slot picked there, the effects as applied.

    `state` is the state in which the scene is told and its choices are dealt.
    """

    key: str
    parent: str
    slot: str
    telling: int
    effects: tuple[Effect, ...]
    state: StoryState
    scene: Scene


@dataclass(frozen=True, slots=True)
class LoggedAttempt:
    """One attempt at a scene, in order. One that the end of the program cut off is `interrupted`; what was asked for it and why
    is then not known (both empty), only what came."""

    request_hash: str
    purpose: str
    attempt: Attempt


@dataclass(frozen=True, slots=True)
class Pending:
    """A pick that was stored and whose scene is not committed yet: what was shown of it, and what was asked for it so far."""

    key: str
    parent: str
    slot: str
    telling: int
    shown: tuple[Beat, ...] = ()
    attempts: tuple[LoggedAttempt, ...] = ()


class JournalError(Exception):
    """A journal cannot be used. `str(error)` is one line: what, where, what to do. The file is left as it was."""


class CorruptJournal(JournalError):
    """The file is damaged."""


class ForeignFile(JournalError):
    """The file is no journal."""


class NewerJournal(JournalError):
    """The file was written by a newer engine."""


class LockedJournal(JournalError):
    """Another process plays this journal."""


class UnwritableJournal(JournalError):
    """The folder or the disk does not take it."""
