"""What a journal holds, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from game.story import Attempt, Beat, Effect, Json, Player, Scene, Shape, StoryState


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
    """One attempt at a scene, in order: the hash of what was asked, why, and what came. One that was left unfinished is
    `interrupted`; if nothing was stored as asked for it, only what came is known, and hash and purpose are empty.

    `shape` is None when nothing was stored as asked before it: a client that works from the brief, or a journal of schema 1.
    """

    request_hash: str
    purpose: str
    attempt: Attempt
    shape: Shape | None = None


@dataclass(frozen=True, slots=True)
class Pending:
    """A pick that was stored and whose scene is not committed yet: what was shown of it, and what was asked for it so far."""

    key: str
    parent: str
    slot: str
    telling: int
    shown: tuple[Beat, ...] = ()
    attempts: tuple[LoggedAttempt, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that is stored before it is made. `n` is the number that its attempt will have."""

    n: int
    key: str
    purpose: str
    request_hash: str
    shape: Shape


@dataclass(frozen=True, slots=True)
class Spent:
    """The tokens of one request: of its prompt, of its reply, and how many of the prompt's the server still had (`cached`).

    `use`: `read` when the player waited for it, `ahead` when it was written ahead and then read (`saved` seconds of waiting),
    `wasted` when it was written ahead and never read. So `ahead` with the purpose "scene" are the hits of writing ahead, and
    `read` with that purpose its misses.
    """

    key: str
    purpose: str
    prompt: int
    reply: int
    cached: int
    use: Literal["read", "ahead", "wasted"]
    saved: float = 0.0


@dataclass(frozen=True, slots=True)
class Revision:
    """A beat of the scene `key` was given another text, by the player, when `after` scenes had been committed. `n` counts the
    revisions of a journal in their order, from 1."""

    n: int
    key: str
    beat: int
    text: str
    after: int


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
