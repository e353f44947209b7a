"""What an author allows: outcomes, and the storylets that offer them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from game.story.conditions import Condition
from game.story.effect import Effect


@dataclass(frozen=True, slots=True)
class StubBeat:
    """A beat as an author wrote it for the stub: one of `texts`, in grammar notation, told when `when` holds. `rule` names it."""

    texts: tuple[str, ...]
    speaker: str | None = None
    expression: str | None = None
    when: Condition | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class StubGroup:
    """Beats of which some are told: `take` of the `members`, each a sequence, in an order that is drawn. A member is open to be
    drawn when the `when` of its first beat holds."""

    members: tuple[tuple["StubBeat | StubGroup", ...], ...]
    take: int
    when: Condition | None = None
    rule: str = ""


StubBeats = tuple[StubBeat | StubGroup, ...]


def all_beats(beats: Iterable[StubBeat | StubGroup]) -> Iterator[StubBeat]:
    """Every beat, those in groups too, in the order in which they are written."""
    for each in beats:
        if isinstance(each, StubBeat):
            yield each
        else:
            for member in each.members:
                yield from all_beats(member)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The effects of one choice, when it is on offer, and the author's own words for it.

    `hint` tells a model what the choice means. `leads_to` names the storylet that follows at once, if it then may.
    `then` is what came of the choice, told first in the next scene by the stub.
    """

    id: str
    text: str
    hint: str
    when: Condition | None = None
    effects: tuple[Effect, ...] = ()
    leads_to: str | None = None
    then: StubBeats = ()


@dataclass(frozen=True, slots=True)
class Storylet:
    """An author's unit of plot. `place` None means wherever the story is; `acts` empty means any act."""

    id: str
    title: str
    goal: str
    must_happen: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    beats: StubBeats
    when: Condition | None = None
    acts: frozenset[int] = frozenset()
    place: str | None = None
    cast: tuple[str, ...] | None = None
    once: bool = True
    weight: int = 1
    opening: bool = False
    effects: tuple[Effect, ...] = ()
    threads: tuple[str, ...] = ()
    ending: str | None = None
    reveals: tuple[str, ...] = ()
