"""Whether something can ever happen: every state that a pack's effects can lead to is tried, as far as conditions ask for it.

A *course* is what must hold and what changes, in its order: a storylet's condition, its effects, an outcome's condition, its
effects, the condition of what it leads to. What cannot be gone through is taken to be possible: only what is proved is said.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

from game.packs.checks.reach import Element, Reach, Reading, Worth
from game.story import Condition, Effect

MOST = 20_000
"""States that are tried for one course, each as far as it goes."""

Step = Condition | Effect


@dataclass(frozen=True, slots=True)
class Later:
    """A condition that is asked a scene later: the turn and the act have moved on since."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class Course:
    """`narrowed` are elements of which less than all is possible at the start."""

    steps: tuple[Step | Later, ...] = ()
    narrowed: Mapping[Element, tuple[Worth, ...]] = field(default_factory=dict)

    def then(self, *steps: Step | Later | None) -> "Course":
        """The course with more behind it; None is no step."""
        return Course((*self.steps, *(step for step in steps if step is not None)), self.narrowed)


def possible(course: Course, reach: Reach) -> bool:
    """Whether some state goes the whole course: False only where it is proved that none does."""
    return any(True for _ in _Trial(course, reach).ends())


def changes(course: Course, effect: Effect, reach: Reach) -> bool:
    """Whether `effect`, behind the course, changes anything in some state: False only where it is proved that it does not."""
    element = reach.touched(effect)
    if element is None:
        return True
    ends = _Trial(course, reach, (element,)).ends()
    return any(values is None or reach.after(effect, values[element]) != values[element] for values in ends)


class _Trial:
    """A course tried from all the states that it tells apart: an element gets its value where the course first asks for it.
    `watched` are elements that somebody asks for at its end."""

    def __init__(self, course: Course, reach: Reach, watched: tuple[Element, ...] = ()) -> None:
        self._reach = reach
        self._narrowed = course.narrowed
        self._watched = watched
        self._left = MOST
        read = [_readings(step, reach) for step in course.steps]
        self._elements = {*watched, *(reading.element for readings in read for reading in (readings or {}).values())}
        self._steps = [step for step in zip(course.steps, read, strict=True) if self._matters(*step)]

    def ends(self) -> Iterator[dict[Element, Worth] | None]:
        """The values that the course can end with; None behind those that were found before there were too many."""
        try:
            yield from self._from(0, {})
        except _TooMany:
            yield None

    def _from(self, n: int, values: dict[Element, Worth]) -> Iterator[dict[Element, Worth]]:
        """The ends of the course from its step `n` on."""
        if n == len(self._steps):
            yield from self._chosen(self._watched, values)
            return
        step, readings = self._steps[n]
        if isinstance(step, Effect):
            yield from self._changed(n, step, values)
            return
        for chosen in self._chosen((reading.element for reading in (readings or {}).values()), values):
            if _holds(step, readings or {}, chosen):
                yield from self._from(n + 1, chosen)

    def _changed(self, n: int, effect: Effect, values: dict[Element, Worth]) -> Iterator[dict[Element, Worth]]:
        element = self._reach.touched(effect)
        if element is None:
            return
        for chosen in self._chosen((element,) if effect.kind in ("add", "act") else (), values):
            yield from self._from(n + 1, {**chosen, element: self._reach.after(effect, chosen.get(element))})

    def _chosen(self, asked: Iterable[Element], values: dict[Element, Worth]) -> Iterator[dict[Element, Worth]]:
        """`values` with one for each of the elements that are asked for, in every way."""
        fresh = list(dict.fromkeys(element for element in asked if element not in values))
        if not fresh:
            yield values
            return
        for more in product(*map(self._domain, fresh)):
            self._left -= 1
            if self._left < 0:
                raise _TooMany
            yield {**values, **dict(zip(fresh, more, strict=True))}

    def _domain(self, element: Element) -> tuple[Worth, ...]:
        if element in self._narrowed:
            return self._narrowed[element]
        return self._reach.domain(element[:1] if element in _MOVED else element)

    def _matters(self, step: Step | Later, readings: Mapping[str, Reading] | None) -> bool:
        if isinstance(step, Effect):
            return self._reach.touched(step) in self._elements
        return readings is not None


class _TooMany(Exception):
    """There are more states than are tried."""


_MOVED = {("turn", "later"), ("act", "later")}
"""The turn and the act of a scene later."""


def _readings(step: Step | Later, reach: Reach) -> dict[str, Reading] | None:
    """How a condition's names are read; None for an effect, and where one of the names says too little to judge by."""
    if isinstance(step, Effect):
        return None
    condition = step.condition if isinstance(step, Later) else step
    if condition.words:
        return None
    found = {name: reach.reading(name) for name in condition.names}
    known = {name: reading for name, reading in found.items() if reading is not None}
    if len(known) < len(found):
        return None
    if isinstance(step, Later):
        return {
            name: Reading((name, "later"), reading.read) if name in ("turn", "act") else reading
            for name, reading in known.items()
        }
    return known


def _holds(step: Condition | Later, readings: Mapping[str, Reading], values: Mapping[Element, Worth]) -> bool:
    condition = step.condition if isinstance(step, Later) else step
    try:
        return (
            condition.program.execute({name: reading.read(values[reading.element]) for name, reading in readings.items()}) is True
        )
    except (RuntimeError, ValueError, TypeError, ArithmeticError):
        return False
