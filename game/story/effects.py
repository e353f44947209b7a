"""Effects: the only way a state changes. An author declares what there is; an effect moves within those bounds."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from game.story.changes import CHANGE, OpenState
from game.story.effect import Effect
from game.story.state import StoryState, Value


@dataclass(frozen=True, slots=True)
class Bounds:
    """A whole-number variable's range, and the largest step that one `add` may take."""

    low: int
    high: int
    step: int


@dataclass(frozen=True, slots=True)
class Fact:
    """A checked triple. A new one with the same subject and predicate takes the old one's place. `denied_by` are words that no
    scene may say while it is true."""

    subject: str
    predicate: str
    object: str
    text: str
    denied_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Declarations:
    """All that a pack says exists. `variables` maps a name to its bounds, or to None for a bool; `knows` maps a member of the
    cast to the facts that they know from the start."""

    variables: Mapping[str, Bounds | None] = field(default_factory=dict)
    items: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    cast: frozenset[str] = frozenset()
    threads: frozenset[str] = frozenset()
    facts: Mapping[str, Fact] = field(default_factory=dict)
    knows: Mapping[str, frozenset[str]] = field(default_factory=dict)
    storylets: frozenset[str] = frozenset()
    acts: int = 1


class EffectError(ValueError):
    """An effect is written wrongly, or acts on something that the pack does not declare."""


def apply(state: StoryState, effects: Iterable[Effect], declared: Declarations) -> tuple[StoryState, tuple[Effect, ...]]:
    """The state after `effects`, and the effects as applied: clamped to their bounds, those that changed nothing left out.

    Replaying the applied ones over the same state gives the same result without looking at any bounds again.

    Raises:
        EffectError: an effect acts on something that is not declared.
    """
    applied: list[Effect] = []
    after = OpenState.of(state)
    for wished in effects:
        for effect in _settle(after, wished, declared):
            if CHANGE[effect.kind](after, effect):
                applied.append(effect)
    return after.state if applied else state, tuple(applied)


def replay(state: StoryState, applied: Iterable[Effect]) -> StoryState:
    """The state after effects that `apply` returned."""
    after = OpenState.of(state)
    for effect in applied:
        CHANGE[effect.kind](after, effect)
    return after.state


def knows(state: StoryState | OpenState, member: str, fact: str, declared: Declarations) -> bool:
    """Whether a member of the cast knows `fact`: from the start, or told since. It may not be true yet, or no longer."""
    return fact in state.known.get(member, ()) or fact in declared.knows.get(member, ())


def _settle(state: OpenState, effect: Effect, declared: Declarations) -> tuple[Effect, ...]:
    """What really happens for what was wished: in bounds, in absolute values, with the fact that gives way."""
    check_declared(effect, declared)
    if effect.kind in ("set", "add"):
        return (Effect("set", effect.name, _in_bounds(state, effect, declared.variables[effect.name])),)
    if effect.kind == "act":
        return (Effect("act", "", max(state.act, min(int(effect.value or 1), declared.acts))),)
    if effect.kind == "fact":
        old = _displaced(state, effect.name, declared.facts)
        return (*(Effect("fact", name, False) for name in old), effect)
    if effect.kind == "tell":
        member, _, fact = effect.name.partition(" ")
        return () if knows(state, member, fact, declared) else (effect,)
    return (effect,)


def _in_bounds(state: OpenState, effect: Effect, bounds: Bounds | None) -> Value:
    value = effect.value or 0
    if bounds is None:
        return bool(value)
    if effect.kind == "add":
        step = max(-bounds.step, min(bounds.step, int(value)))
        value = int(state.variables.get(effect.name, bounds.low)) + step
    return max(bounds.low, min(bounds.high, int(value)))


def _displaced(state: OpenState, name: str, facts: Mapping[str, Fact]) -> list[str]:
    new = facts[name]
    return sorted(
        old
        for old in state.facts
        if old != name and old in facts and (facts[old].subject, facts[old].predicate) == (new.subject, new.predicate)
    )


_SHELVES: Mapping[str, tuple[str, str]] = {
    "set": ("variable", "variables"),
    "add": ("variable", "variables"),
    "gain": ("item", "items"),
    "lose": ("item", "items"),
    "go": ("place", "places"),
    "enter": ("cast member", "cast"),
    "leave": ("cast member", "cast"),
    "open": ("thread", "threads"),
    "close": ("thread", "threads"),
    "fact": ("fact", "facts"),
    "seen": ("storylet", "storylets"),
}
"""What the name of each kind of effect is, in words, and where it is declared."""


def acts_on(effect: Effect, declared: Declarations) -> tuple[tuple[str, str, Collection[str]], ...]:
    """For each thing that `effect` acts on: what it is, in words, the name given, and all the names that it may be."""
    if effect.kind == "tell":
        member, _, fact = effect.name.partition(" ")
        return ("cast member", member, declared.cast), ("fact", fact, declared.facts)
    if effect.kind not in _SHELVES:
        return ()
    what, shelf = _SHELVES[effect.kind]
    return ((what, effect.name, getattr(declared, shelf)),)


def check_declared(effect: Effect, declared: Declarations) -> None:
    """Raise EffectError when `effect` acts on what `declared` does not know."""
    shelf = _SHELVES.get(effect.kind)
    if shelf is not None and effect.kind != "add" and effect.name in getattr(declared, shelf[1]):
        return
    for what, name, names in acts_on(effect, declared):
        if name not in names:
            raise EffectError(f'no {what} is called "{name}"')
    if effect.kind == "add" and declared.variables[effect.name] is None:
        raise EffectError(f'"{effect.name}" is true or false, it cannot be counted up or down')
