"""What each kind of effect does to a state: on an open copy of it, so that many effects cost one new state."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import cast

from game.story.effect import Effect
from game.story.state import StoryState, Value

MAX_NOTES = 40
"""Free-text facts kept; the oldest go first, so that a state does not grow with the story."""


@dataclass(slots=True)
class OpenState:
    """A state while effects change it: its collections are replaced, never changed, for the state before still holds them."""

    turn: int
    act: int
    place: str
    present: frozenset[str]
    variables: Mapping[str, Value]
    items: frozenset[str]
    threads: Mapping[str, int]
    closed: frozenset[str]
    facts: frozenset[str]
    notes: tuple[str, ...]
    seen: Mapping[str, int]
    known: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, state: StoryState) -> "OpenState":
        return cls(*_values(state))

    @property
    def state(self) -> StoryState:
        return StoryState(*_values(self))


_values = attrgetter(*(field.name for field in fields(StoryState)))


def _set(state: OpenState, effect: Effect) -> bool:
    value = cast(Value, effect.value)
    if effect.name in state.variables and state.variables[effect.name] == value:
        return False
    state.variables = {**state.variables, effect.name: value}
    return True


def _put(shelf: str) -> Callable[[OpenState, Effect], bool]:
    """Adds the effect's name to a set."""

    def put(state: OpenState, effect: Effect) -> bool:
        names: frozenset[str] = getattr(state, shelf)
        if effect.name in names:
            return False
        setattr(state, shelf, names | {effect.name})
        return True

    return put


def _take(shelf: str) -> Callable[[OpenState, Effect], bool]:
    """Takes it out."""

    def take(state: OpenState, effect: Effect) -> bool:
        names: frozenset[str] = getattr(state, shelf)
        if effect.name not in names:
            return False
        setattr(state, shelf, names - {effect.name})
        return True

    return take


def _go(state: OpenState, effect: Effect) -> bool:
    changed, state.place = state.place != effect.name, effect.name
    return changed


def _open(state: OpenState, effect: Effect) -> bool:
    if effect.name in state.threads:
        return False
    state.threads, state.closed = {**state.threads, effect.name: state.turn}, state.closed - {effect.name}
    return True


def _close(state: OpenState, effect: Effect) -> bool:
    if effect.name not in state.threads and effect.name in state.closed:
        return False
    state.threads = {name: turn for name, turn in state.threads.items() if name != effect.name}
    state.closed |= {effect.name}
    return True


def _fact(state: OpenState, effect: Effect) -> bool:
    return (_take if effect.value is False else _put)("facts")(state, effect)


def _tell(state: OpenState, effect: Effect) -> bool:
    member, _, fact = effect.name.partition(" ")
    before = state.known.get(member, frozenset())
    if fact in before:
        return False
    state.known = {**state.known, member: before | {fact}}
    return True


def _act(state: OpenState, effect: Effect) -> bool:
    changed, state.act = state.act != effect.value, cast(int, effect.value)
    return changed


def _note(state: OpenState, effect: Effect) -> bool:
    if effect.name in state.notes:
        return False
    state.notes = (*state.notes, effect.name)[-MAX_NOTES:]
    return True


def _see(state: OpenState, effect: Effect) -> bool:
    if state.seen.get(effect.name) == state.turn:
        return False
    state.seen = {**state.seen, effect.name: state.turn}
    return True


def _turn(state: OpenState, effect: Effect) -> bool:
    changed, state.turn = state.turn != effect.value, cast(int, effect.value)
    return changed


FORGETTABLE = ("variables", "threads", "closed", "seen", "known")
"""Parts of a state that no other effect takes a name out of for good."""


def _forget(state: OpenState, effect: Effect) -> bool:
    """Of `known`, a member of the cast and a fact are forgotten together."""
    shelf, _, name = effect.name.partition(" ")
    if shelf not in FORGETTABLE:
        raise ValueError(f'"{shelf}" is no part of a state that can be forgotten')
    if shelf == "known":
        return _unlearn(state, name)
    if shelf == "closed":
        return _take(shelf)(state, Effect("forget", name))
    before: Mapping[str, Value] = getattr(state, shelf)
    setattr(state, shelf, {each: value for each, value in before.items() if each != name})
    return name in before


def _unlearn(state: OpenState, name: str) -> bool:
    member, _, fact = name.partition(" ")
    before = state.known.get(member, frozenset())
    left = {**state.known, member: before - {fact}}
    state.known = {each: facts for each, facts in left.items() if facts}
    return fact in before


CHANGE: Mapping[str, Callable[[OpenState, Effect], bool]] = {
    "set": _set,
    "gain": _put("items"),
    "lose": _take("items"),
    "go": _go,
    "enter": _put("present"),
    "leave": _take("present"),
    "open": _open,
    "close": _close,
    "fact": _fact,
    "tell": _tell,
    "act": _act,
    "note": _note,
    "seen": _see,
    "turn": _turn,
    "forget": _forget,
}
"""What each kind of effect does; each says whether that changed anything."""
