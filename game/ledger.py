"""The state of a story in the author's words: what is true, carried, open and closed, and who knows of it.

Kept by the engine from effects; nobody is asked for it. Writes no text of its own but the few words that join the author's.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from game.packs import Pack
from game.story import StoryState, knows


@dataclass(frozen=True, slots=True)
class Ledger:
    """What stands in a playthrough's book, each as a sentence of the pack.

    `items` are (name, description) pairs; `open` and `closed` are threads, the oldest open one first; `known` has, for each
    member of the cast who has been told something that is true, their name and what they know; `notes` are free, and unchecked.
    """

    facts: tuple[str, ...]
    items: tuple[tuple[str, str], ...]
    open: tuple[str, ...]
    closed: tuple[str, ...]
    known: tuple[tuple[str, tuple[str, ...]], ...]
    notes: tuple[str, ...]


def ledger_of(pack: Pack, state: StoryState) -> Ledger:
    """The ledger of `state`. What the pack no longer declares is left out."""
    known = ((member.name, _texts(pack, _known(pack, state, name))) for name, member in pack.cast.items())
    return Ledger(
        facts=_texts(pack, _true(pack, state)),
        items=tuple((pack.items[name].name, pack.items[name].text) for name in sorted(state.items) if name in pack.items),
        open=tuple(pack.threads[name].text for name in open_threads(pack, state)),
        closed=tuple(pack.threads[name].text for name in sorted(state.closed) if name in pack.threads),
        known=tuple((name, texts) for name, texts in known if texts),
        notes=state.notes,
    )


def ledger_lines(pack: Pack, state: StoryState) -> tuple[str, ...]:
    """The ledger as a teller of the next scene needs it: one line each, with what those present know and do not know."""
    ledger = ledger_of(pack, state)
    carried = [f"Carried: {', '.join(name for name, _ in ledger.items)}."] if ledger.items else []
    still_open = [f"Still open: {text}" for text in ledger.open]
    return (*ledger.facts, *ledger.notes, *carried, *still_open, *_knowledge(pack, state))


def open_threads(pack: Pack, state: StoryState) -> tuple[str, ...]:
    """The ids of the open threads, the oldest first."""
    return tuple(sorted(state.threads.keys() & pack.threads.keys(), key=lambda name: (state.threads[name], name)))


def left_open(pack: Pack, state: StoryState, ending: str) -> tuple[str, ...]:
    """The ids of the threads that the storylet `ending` finds open and does not take up itself, the oldest first."""
    own = pack.storylets[ending].threads if ending in pack.storylets else ()
    return tuple(name for name in open_threads(pack, state) if name not in own)


def _knowledge(pack: Pack, state: StoryState) -> Iterator[str]:
    """Of those present, what each knows, and what each must not be made to say: true, known to somebody, and not to them."""
    shared = set().union(*(_known(pack, state, name) for name in pack.cast))
    for name in sorted(state.present & pack.cast.keys()):
        own = _known(pack, state, name)
        for words, facts in (("knows", own), ("does not know", sorted(shared.difference(own)))):
            if facts:
                yield f"{pack.cast[name].name} {words}: {' '.join(_texts(pack, facts))}"


def _true(pack: Pack, state: StoryState) -> list[str]:
    return sorted(state.facts & pack.declared.facts.keys())


def _known(pack: Pack, state: StoryState, member: str) -> list[str]:
    """The true facts that a member of the cast knows."""
    return [fact for fact in _true(pack, state) if knows(state, member, fact, pack.declared)]


def _texts(pack: Pack, facts: Iterable[str]) -> tuple[str, ...]:
    return tuple(pack.declared.facts[name].text for name in facts)
