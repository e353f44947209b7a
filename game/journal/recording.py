"""A played story as a value: all that playing it again, byte by byte, and looking into its requests takes."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from game.journal.copying import open_copy
from game.journal.entry import Header, LoggedAttempt, Revision
from game.journal.journal import Journal
from game.story import ROOT, Recap, Scene, StoryMap

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Recording:
    """What was played on the way to the head, and of a pick whose scene is not committed yet.

    `picks` are slot and telling, the first scene's (slot "") among them; `scenes` are as many, or one less while a pick is
    pending. `attempts` are by the scene's key, for each of these scenes. `requests` are those that were sent for them, by hash,
    and `recaps` those that shaped them, by id. An attempt that was under way is among them, as `interrupted`.

    `scenes` are as they were told; `edits` are the revisions of these, in order, and their `after` counts the scenes of this way
    alone: what was told elsewhere in between is not played again. `steers` are the words in which tellings among them were asked
    for, by key, where the player said any.
    """

    header: Header
    picks: tuple[tuple[str, int], ...]
    scenes: tuple[Scene, ...]
    attempts: Mapping[str, tuple[LoggedAttempt, ...]]
    requests: Mapping[str, bytes]
    recaps: Mapping[str, Recap]
    steers: Mapping[str, str] = field(default_factory=dict)
    edits: tuple[Revision, ...] = ()


def read_recording(path: Path) -> Recording:
    """What is in the journal at `path`, of whatever schema; nothing is locked, changed or left behind. One that is being played
    is read as it was at its last commit.

    Raises:
        JournalError: see its subclasses.
    """
    journal = open_copy(path)
    try:
        return _recording(journal)
    finally:
        journal.close()


def read_map(path: Path) -> tuple[Header, StoryMap]:
    """The whole tree of the journal at `path`, of whatever schema, and what was written when it began. Like `read_recording`."""
    journal = open_copy(path)
    try:
        return journal.header, journal.map()
    finally:
        journal.close()


def _recording(journal: Journal) -> Recording:
    pending, last = journal.pending, journal.head.key if journal.head else ROOT
    nodes = journal.path_to(pending.parent if pending else last)
    steps = [(node.key, node.slot, node.telling) for node in nodes]
    if pending:
        steps.append((pending.key, pending.slot, pending.telling))
    attempts = {key: journal.attempts(key) for key, _, _ in steps}
    logged = [each for row in attempts.values() for each in row]
    return Recording(
        header=journal.header,
        picks=tuple((slot, telling) for _, slot, telling in steps),
        scenes=tuple(journal.told(node.key) for node in nodes),
        attempts=attempts,
        requests=_found((each.request_hash for each in logged), journal.request),
        recaps=_found((each.shape.recap for each in logged if each.shape), journal.recap),
        steers={key: steer for key, _, _ in steps if (steer := journal.steer(key))},
        edits=_edits(journal, (node.key for node in nodes)),
    )


def _edits(journal: Journal, way: Iterable[str]) -> tuple[Revision, ...]:
    """What was changed in these scenes, which follow one another, and after how many of them."""
    edits = journal.edits()
    numbers = {key: journal.number(key) for key in way} if edits else {}
    committed = list(numbers.values())
    return tuple(replace(edit, after=bisect_right(committed, edit.after)) for edit in edits if edit.key in numbers)


def _found(names: Iterable[str], look_up: Callable[[str], _T]) -> dict[str, _T]:
    """What is stored under these names. A client that works from the brief sends nothing, and a short story has no recap."""
    found = {}
    for name in dict.fromkeys(names):
        with suppress(KeyError):
            found[name] = look_up(name)
    return found
