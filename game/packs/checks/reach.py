"""What the things that conditions read can ever come to, by what a pack's effects do: a variable that no effect changes keeps
its start, an item that nobody gains is never had.

Never too little: what is not in a domain cannot be; what is in it may be impossible all the same.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from game.packs.compile import PackFiles
from game.packs.files import PackFile
from game.story import Bounds, Effect, EffectError, Value, parse_effect

Element = tuple[str, ...]
"""Something that has one value at a time: a variable, where the story is, how a thread stands, which of several facts holds."""
Worth = Value | str | None

MOST = 512
"""Values of one element that are gone through; of one with more nothing is proved."""

ELSEWHERE, OPEN, CLOSED = "", "open", "closed"
_KINDS = {
    **dict.fromkeys(("set", "add"), "variable"),
    **dict.fromkeys(("gain", "lose"), "has"),
    **dict.fromkeys(("enter", "leave"), "present"),
    **dict.fromkeys(("open", "close"), "thread"),
    "act": "act",
    "go": "place",
    "tell": "knows",
    "seen": "seen",
}
"""What kind of element each kind of effect changes. The place and the act are one element each, whatever they become."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a name of a condition comes from an element."""

    element: Element
    read: Callable[[Worth], Value]


class Reach:
    """The elements of a pack whose files are whole and have valid effects."""

    def __init__(self, head: PackFile, files: PackFiles) -> None:
        self._files = files
        self.effects = tuple(_all_effects(files))
        self._facts = {name: ("fact", fact.subject, fact.predicate) for name, fact in files.declared.facts.items()}
        self._domains = {**self._flags(head), **self._states(head), **self._variables(head)}
        self._readings = dict(self._names())

    def reading(self, name: str) -> Reading | None:
        """How `name` is read; None where nothing is known of it."""
        found = self._readings.get(name)
        return found if found and found.element in self._domains else None

    def domain(self, element: Element) -> tuple[Worth, ...]:
        """All that the element can come to."""
        return self._domains[element]

    def in_words(self, name: str) -> str:
        """What a name of a condition can come to, as the end of a sentence; nothing where it may be this or that."""
        reading = self.reading(name)
        values = sorted({reading.read(worth) for worth in self.domain(reading.element)}) if reading else []
        if not values or values == [False, True]:
            return ""
        if isinstance(values[0], bool):
            return "is always true" if values[0] else "is never true"
        return f"is {values[0]}" if len(values) == 1 else f"goes from {values[0]} to {values[-1]}"

    def touched(self, effect: Effect) -> Element | None:
        """What an effect changes; None where nothing is known of it."""
        element = self._element(effect)
        return element if element in self._domains else None

    def after(self, effect: Effect, before: Worth) -> Worth:
        """What the element of `effect` is after it."""
        match effect.kind:
            case "set" | "add":
                return _counted(effect, before, self._files.declared.variables[effect.name])
            case "act":
                return max(_number(before), min(int(effect.value or 1), self._files.declared.acts))
            case "go" | "fact":
                return effect.name
            case "open":
                return OPEN
            case "close":
                return CLOSED
        return effect.kind not in ("lose", "leave")

    def _element(self, effect: Effect) -> Element | None:
        if effect.kind == "fact":
            return self._facts.get(effect.name)
        kind = _KINDS.get(effect.kind)
        if kind is None or kind in ("act", "place"):
            return (kind,) if kind else None
        return (kind, *effect.name.split())

    def _names(self) -> Iterator[tuple[str, Reading]]:
        declared = self._files.declared
        yield "turn", Reading(("turn",), _number)
        yield "act", Reading(("act",), _number)
        for name, bounds in declared.variables.items():
            yield name, Reading(("variable", name), bool if bounds is None else _number)
        for kind, names in (("has", declared.items), ("seen", declared.storylets), ("present", declared.cast)):
            for name in names:
                yield f"{kind}_{name}", Reading((kind, name), bool)
        for name in declared.places:
            yield f"at_{name}", Reading(("place",), _is(name))
        for name in declared.threads:
            yield f"open_{name}", Reading(("thread", name), _is(OPEN))
            yield f"closed_{name}", Reading(("thread", name), _is(CLOSED))
        for name, element in self._facts.items():
            yield f"fact_{name}", Reading(element, _is(name))
            for member in declared.cast:
                yield f"knows_{member}_{name}", Reading(("knows", member, name), bool)

    def _flags(self, head: PackFile) -> dict[Element, tuple[Worth, ...]]:
        """What is or is not: had, seen, there, known."""
        declared, done = self._files.declared, {(effect.kind, effect.name) for effect in self.effects}
        casts = [set(storylet.cast) for storylet in self._files.storylets.values() if storylet.cast is not None]
        out: dict[Element, tuple[Worth, ...]] = {}
        for name in declared.items:
            out["has", name] = (False, True) if ("gain", name) in done else (False,)
        for name in declared.storylets:
            ends = name in self._files.storylets and self._files.storylets[name].ending is not None
            out["seen", name] = (False,) if ends else (False, True)
        for name in declared.cast:
            comes = name in head.present or ("enter", name) in done or any(name in cast for cast in casts)
            goes = name not in head.present or ("leave", name) in done or any(name not in cast for cast in casts)
            out["present", name] = (*((False,) if goes else ()), *((True,) if comes else ()))
            for fact in declared.facts:
                knows, told = fact in declared.knows.get(name, ()), ("tell", f"{name} {fact}") in done
                out["knows", name, fact] = (True,) if knows else (False, True) if told else (False,)
        return out

    def _states(self, head: PackFile) -> dict[Element, tuple[Worth, ...]]:
        """What is one of several: the turn, the act, the place, each thread, each subject's fact."""
        declared, done = self._files.declared, {(effect.kind, effect.name) for effect in self.effects}
        set_in = (storylet.place for storylet in self._files.storylets.values() if storylet.place)
        gone_to = (name for kind, name in done if kind == "go")
        out: dict[Element, tuple[Worth, ...]] = {("place",): tuple(dict.fromkeys((head.start, *sorted({*set_in, *gone_to}))))}
        out["act",] = _from_both_ends(range(1, declared.acts + 1))
        if head.length.max <= MOST:
            out["turn",] = _from_both_ends(range(1, head.length.max + 1))
        for name in declared.threads:
            opened, closed = ("open", name) in done, ("close", name) in done
            out["thread", name] = (ELSEWHERE, *((OPEN,) if opened else ()), *((CLOSED,) if closed else ()))
        for name, element in self._facts.items():
            out[element] = (*out.get(element, (ELSEWHERE,)), *((name,) if ("fact", name) in done else ()))
        return out

    def _variables(self, head: PackFile) -> dict[Element, tuple[Worth, ...]]:
        out: dict[Element, tuple[Worth, ...]] = {}
        for name, variable in head.variables.items():
            own = [effect for effect in self.effects if effect.kind in ("set", "add") and effect.name == name]
            values = _closure(variable.start, own, self._files.declared.variables[name])
            if values is not None:
                out["variable", name] = values
        return out


def effects_of(texts: Iterable[str]) -> tuple[Effect, ...]:
    """Those that can be read; of the others something is said already, by what checks effects."""
    found = []
    for text in texts:
        try:
            found.append(parse_effect(text))
        except EffectError:
            continue
    return tuple(found)


def _all_effects(files: PackFiles) -> Iterator[Effect]:
    texts = (storylet.effects for storylet in files.storylets.values())
    yield from effects_of(chain.from_iterable(chain(texts, (outcome.effects for _, _, outcome in files.outcomes()))))


def _closure(start: Value, effects: Iterable[Effect], bounds: Bounds | None) -> tuple[Worth, ...] | None:
    """All values that come of the start by these effects; None where they are too many."""
    values: dict[Worth, None] = {start: None}
    fresh: list[Worth] = [start]
    while fresh and len(values) <= MOST:
        reached = {_counted(effect, value, bounds): None for value in fresh for effect in effects}
        fresh = [value for value in reached if value not in values]
        values |= dict.fromkeys(fresh)
    return _from_both_ends(sorted(values, key=_number)) if len(values) <= MOST else None


def _from_both_ends(values: Sequence[Worth]) -> tuple[Worth, ...]:
    """The values, extremes first: what a condition asks for is mostly there, so that it is soon found."""
    return tuple(values[n // 2] if n % 2 else values[-1 - n // 2] for n in range(len(values)))


def _counted(effect: Effect, before: Worth, bounds: Bounds | None) -> Value:
    """A variable after `effect`, as the rules settle it."""
    value = effect.value or 0
    if bounds is None:
        return bool(value)
    if effect.kind == "add":
        value = int(before or 0) + max(-bounds.step, min(bounds.step, int(value)))
    return max(bounds.low, min(bounds.high, int(value)))


def _number(worth: Worth) -> int:
    return int(worth or 0)


def _is(name: str) -> Callable[[Worth], Value]:
    return lambda worth: worth == name
