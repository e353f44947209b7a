"""What becomes of a playthrough's state when its pack is no longer the one that it was played with.

Pure, and in this room because it lays a state beside a pack. The director applies the effects, the player reads the lines; both
are of the same effects, so that what is said is what happens.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from game.packs.pack import Pack
from game.packs.remembered import Remembered, in_words, remembered
from game.story import Bounds, Effect, Json, StoryState, Value


@dataclass(frozen=True, slots=True)
class Carried:
    """`effects`, as applied, move a state within what a pack declares; `lines` say so, a sentence each: what a player would miss.

    What only the engine counts (acts, storylets told, new variables) moves without a line.
    """

    lines: tuple[str, ...]
    effects: tuple[Effect, ...]


def carried(declarations: Mapping[str, Json], state: StoryState, pack: Pack) -> Carried:
    """What `state` must give up to go on with `pack`; `declarations` are what its journal remembers of the pack before."""
    effects, memory = within(state, pack), remembered(declarations)
    lines = (_line(effect, state, pack, memory) for effect in effects)
    return Carried(tuple(dict.fromkeys(line for line in lines if line)), effects)


def within(state: StoryState, pack: Pack) -> tuple[Effect, ...]:
    """Effects, as applied, after which every name in `state` is declared by `pack` and every number in its bounds; none when that
    is so already. It costs little then: every plan asks for it."""
    return (*_whereabouts(state, pack), *_belongings(state, pack), *_bookkeeping(state, pack), *_counts(state, pack))


def _whereabouts(state: StoryState, pack: Pack) -> Iterator[Effect]:
    if state.place not in pack.declared.places:
        yield Effect("go", pack.initial.place)
    for name in sorted(state.present - pack.declared.cast):
        yield Effect("leave", name)


def _belongings(state: StoryState, pack: Pack) -> Iterator[Effect]:
    declared = pack.declared
    for name in sorted(state.items - declared.items):
        yield Effect("lose", name)
    for name in sorted(state.threads.keys() - declared.threads):
        yield Effect("forget", f"threads {name}")
    for name in sorted(state.facts - declared.facts.keys()):
        yield Effect("fact", name, False)


def _bookkeeping(state: StoryState, pack: Pack) -> Iterator[Effect]:
    declared = pack.declared
    for name in sorted(state.closed - declared.threads):
        yield Effect("forget", f"closed {name}")
    for name in sorted(state.seen.keys() - declared.storylets):
        yield Effect("forget", f"seen {name}")
    for member, facts in sorted(state.known.items()):
        for fact in sorted(facts if member not in declared.cast else facts - declared.facts.keys()):
            yield Effect("forget", f"known {member} {fact}")
    if state.act > pack.acts:
        yield Effect("act", "", pack.acts)


def _counts(state: StoryState, pack: Pack) -> Iterator[Effect]:
    declared = pack.declared.variables
    for name in sorted(state.variables.keys() - declared.keys()):
        yield Effect("forget", f"variables {name}")
    for name, bounds in declared.items():
        value = state.variables.get(name)
        if value is None:
            yield Effect("set", name, pack.initial.variables[name])
        elif isinstance(value, bool) != (bounds is None):
            # Set alone would leave True where it ought to be 1: the two are equal.
            yield Effect("forget", f"variables {name}")
            yield Effect("set", name, pack.initial.variables[name])
        elif bounds and not bounds.low <= value <= bounds.high:
            yield Effect("set", name, max(bounds.low, min(bounds.high, value)))


def _line(effect: Effect, state: StoryState, pack: Pack, memory: Remembered) -> str:
    """What `effect` means to the player, as a sentence; nothing when they would not miss it."""
    words = ""
    match effect.kind, effect.name.partition(" "):
        case "go", (name, _, _):
            words = (
                f"{_first(memory.called('places', state.place))} is gone; the story goes on at {_the(pack.places[name].name)}."
            )
        case "leave", (name, _, _):
            words = f"{_first(memory.called('cast', name))} is no longer in this story."
        case "lose", (name, _, _):
            words = f"This story no longer has {_the(memory.called('items', name))}."
        case "fact", (name, _, _):
            words = f"“{memory.called('facts', name)}” no longer counts."
        case "forget", ("threads", _, name):
            words = f"The promise “{memory.called('threads', name)}” is gone."
        case "forget", ("variables", _, name) if name not in pack.declared.variables:
            words = f"{_first(in_words(name))} is no longer kept."
        case "set", (name, _, _) if name in state.variables:
            words = _set(name, state.variables[name], effect.value, pack.declared.variables[name])
    return words


def _set(name: str, before: Value, after: Value | None, bounds: Bounds | None) -> str:
    words = _first(in_words(name))
    if bounds is None:
        return f"{words} is only true or false now; it is {'true' if after else 'false'}."
    was = f"was {'true' if before else 'false'}" if isinstance(before, bool) else f"was {before}"
    return f"{words} goes from {bounds.low} to {bounds.high} now; it {was} and is {after}."


def _first(words: str) -> str:
    return words[:1].upper() + words[1:]


def _the(words: str) -> str:
    """The name of what was spoken of before, within a sentence."""
    article, _, rest = words.partition(" ")
    return f"the {rest}" if article.lower() in ("a", "an", "the") and rest else words
