"""Conditions: CEL expressions over flat, declared names, read by an author's `when`.

The language is bounded: comparisons, `&&`, `||`, `!`, `in`, `?:` and arithmetic over variables, `has_<item>`,
`seen_<storylet>`, `at_<place>`, `present_<cast>`, `open_<thread>`, `closed_<thread>`, `fact_<fact>`, `knows_<cast>_<fact>`,
`turn` and `act`. No macros, no calls, no fields. Where it decides on a text, it may also read `mood_<expression>` and
`said_<symbol>`: how the text is spoken, and what was read before it.
"""

import re
import sys
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import ModuleType
from typing import TYPE_CHECKING

from game.story.effects import Declarations, knows
from game.story.state import StoryState, Value

if TYPE_CHECKING:
    import cel

Reader = Callable[[StoryState], Value]

MAX_LENGTH = 200
WORDS = ("mood_", "said_")
"""What the names begin with that are read of a telling, and not of the state."""
_REMEMBERED = 1024
"""Values of one condition's names for which it is known what it comes to; a story without end has new ones at every turn."""


class ConditionError(ValueError):
    """A condition does not compile, reads a name that is not declared, or uses more of CEL than is allowed."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A compiled condition. `names` are what it reads of the state, `words` what it reads of a telling."""

    text: str
    names: frozenset[str]
    program: "cel.Program"
    words: tuple[str, ...] = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Condition) and other.text == self.text

    def __hash__(self) -> int:
        return hash(self.text)


@lru_cache(maxsize=4096)
def compile_condition(text: str) -> Condition:
    """Read a condition.

    Raises:
        ConditionError: it is too long, does not parse, or uses macros, calls or fields.
    """
    _leave_out_its_command_line()
    import cel  # on first use

    if len(text) > MAX_LENGTH:
        raise ConditionError(f"a condition has at most {MAX_LENGTH} characters, this one has {len(text)}")
    try:
        program = cel.compile(text)
    except ValueError as error:
        raise ConditionError(_in_words(str(error))) from None
    calls = [name for name in program.functions() if name.isidentifier()]
    if calls:
        raise ConditionError(f"a condition cannot call {calls[0]}(); only comparisons, &&, ||, ! and arithmetic are allowed")
    if "." in text or "_[_]" in program.functions():
        raise ConditionError("a condition reads flat names only, no fields and no list entries")
    names = frozenset(program.variables())
    words = tuple(sorted(name for name in names if name.startswith(WORDS)))
    return Condition(text, names.difference(words), program, words)


def _leave_out_its_command_line() -> None:
    """`cel` imports its own command line with itself, and with that a terminal toolkit: ten times what the library takes."""
    sys.modules.setdefault("cel.cli", ModuleType("cel.cli"))


_SLIP = re.compile(
    r".*?:1:(?P<at>\d+): Syntax error: (?:token recognition error at: |[a-z]+ input |missing .* at )'(?P<what>.+?)'(?: exp.*)?$"
)


def _in_words(message: str) -> str:
    """Where a condition stops making sense, for who has never seen a grammar of it."""
    first = next((line for line in message.splitlines() if "ERROR: " in line), message.splitlines()[0])
    slip = _SLIP.match(first)
    if slip is None:
        return "this condition is not complete"
    if slip["what"] == "<EOF>":
        return "this condition stops before it is complete"
    return f'this condition cannot be read from "{slip["what"].strip()}" on, its character {slip["at"]}'


def known_names(declared: Declarations) -> frozenset[str]:
    """Every name that a condition may read."""
    return frozenset(_readers(declared))


class Conditions:
    """Evaluates conditions over one state after another, with one reused context (a dict would cost ten times as much), and what
    a condition comes to with the same values only once: from scene to scene most of what is asked has not changed."""

    def __init__(self, declared: Declarations) -> None:
        _leave_out_its_command_line()
        import cel

        self._readers = _readers(declared)
        self._context = cel.Context()
        self._worked_out: dict[str, tuple[tuple[Reader, ...], dict[tuple[Value, ...], bool]]] = {}

    def check(self, condition: Condition) -> None:
        """Raise ConditionError if it reads a name that is not declared."""
        unknown = sorted(condition.names - self._readers.keys())
        if unknown:
            raise ConditionError(f'"{unknown[0]}" is not declared in the pack')

    def check_kind(self, condition: Condition) -> None:
        """Raise ConditionError if it can come to something other than true or false, as `trust` alone does.

        Tried with all that is true or false being false, then being true, so that `&&` and `||` hide neither of their sides.
        """
        values: dict[str, Value] = dict.fromkeys(condition.words, False)
        values |= {name: read(StoryState()) for name, read in self._readers.items() if name in condition.names}
        for flag in (False, True):
            tried = {name: flag if isinstance(value, bool) else value for name, value in values.items()}
            try:
                result = condition.program.execute(tried)
            except ArithmeticError:
                continue  # a division by what is zero just now
            except (RuntimeError, ValueError, TypeError):
                raise ConditionError("this condition mixes what is true or false with numbers") from None
            if not isinstance(result, bool):
                raise ConditionError(
                    "this condition comes to a number or a text, not to true or false; compare it with something"
                )

    def holds(self, condition: Condition | None, state: StoryState, words: Container[str] = ()) -> bool:
        """Whether `condition` is true of `state`; no condition always is. What cannot be worked out (1 / 0) is not true. `words`
        are the names that are true of the telling."""
        if condition is None:
            return True
        readers, known = self._worked_out.get(condition.text) or self._reading(condition)
        values = tuple([read(state) for read in readers])
        if condition.words:
            values += tuple([name in words for name in condition.words])
        holds = known.get(values)
        if holds is None:
            if len(known) >= _REMEMBERED:
                known.clear()
            holds = known[values] = self._evaluated(condition, values)
        return holds

    def _reading(self, condition: Condition) -> tuple[tuple[Reader, ...], dict[tuple[Value, ...], bool]]:
        """How the names of a condition are read, and what it has come to so far. A name that is not declared is not read."""
        readers = tuple(self._readers[name] for name in sorted(condition.names & self._readers.keys()))
        return self._worked_out.setdefault(condition.text, (readers, {}))

    def _evaluated(self, condition: Condition, values: tuple[Value, ...]) -> bool:
        names = (*sorted(condition.names & self._readers.keys()), *condition.words)
        self._context.update(dict(zip(names, values, strict=True)))
        try:
            return condition.program.execute(self._context) is True
        except (RuntimeError, ValueError, TypeError, ArithmeticError):
            return False


def _readers(declared: Declarations) -> Mapping[str, Reader]:
    out: dict[str, Reader] = {"turn": lambda state: state.turn, "act": lambda state: state.act}
    for name, bounds in declared.variables.items():
        out[name] = _variable(name, False if bounds is None else bounds.low)
    out |= _each("has", declared.items, lambda name: lambda state: name in state.items)
    out |= _each("seen", declared.storylets, lambda name: lambda state: name in state.seen)
    out |= _each("at", declared.places, lambda name: lambda state: state.place == name)
    out |= _each("present", declared.cast, lambda name: lambda state: name in state.present)
    out |= _each("open", declared.threads, lambda name: lambda state: name in state.threads)
    out |= _each("closed", declared.threads, lambda name: lambda state: name in state.closed)
    out |= _each("fact", declared.facts, lambda name: lambda state: name in state.facts)
    return out | _knowledge(declared)


def knowledge_names(declared: Declarations) -> list[tuple[str, str, str]]:
    """For each member of the cast and each fact: the name that reads whether they know it, who, and what."""
    return [(f"knows_{member}_{fact}", member, fact) for member in sorted(declared.cast) for fact in sorted(declared.facts)]


def _knowledge(declared: Declarations) -> dict[str, Reader]:
    def reader(member: str, fact: str) -> Reader:
        return lambda state: knows(state, member, fact, declared)

    return {name: reader(member, fact) for name, member, fact in knowledge_names(declared)}


def _variable(name: str, default: Value) -> Reader:
    return lambda state: state.variables.get(name, default)


def _each(prefix: str, names: Iterable[str], reader: Callable[[str], Reader]) -> dict[str, Reader]:
    return {f"{prefix}_{name}": reader(name) for name in names}


def evaluate(text: str, state: StoryState, declared: Declarations) -> bool:
    """Compile, check and evaluate in one go, for tests and tools.

    Raises:
        ConditionError: see `compile_condition` and `Conditions.check`.
    """
    condition = compile_condition(text)
    conditions = Conditions(declared)
    conditions.check(condition)
    return conditions.holds(condition, state)
