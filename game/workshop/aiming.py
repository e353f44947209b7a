"""Plays that go for an ending: which of the choices on offer brings a condition nearest."""

import re
from dataclasses import dataclass

from game.director import Director, Step
from game.packs import Pack
from game.story import (
    ROOT,
    SLOTS,
    Condition,
    ConditionError,
    Conditions,
    Declarations,
    Outcome,
    Storylet,
    StoryState,
    apply,
    compile_condition,
    draw,
    node_key,
)

_COMPARED = re.compile(r"([a-z][a-z0-9_]*)\s*(>=|<=|>|<|==)\s*(-?\d+)")
FAR = 100
"""How far off a part of a condition is that does not hold, and cannot be come nearer to by degrees."""


@dataclass(frozen=True, slots=True)
class Aim:
    """A condition in its parts, between which stands &&."""

    parts: tuple[Condition, ...]

    @classmethod
    def at(cls, condition: Condition | None) -> "Aim":
        """Whole, where its parts are not conditions by themselves."""
        if condition is None:
            return cls(())
        try:
            return cls(tuple(compile_condition(part.strip()) for part in condition.text.split("&&")))
        except ConditionError:
            return cls((condition,))

    def distance(self, conditions: Conditions, state: StoryState) -> int:
        """How far a state is from it; 0 where it holds."""
        return sum(0 if conditions.holds(part, state) else _off(part, state) for part in self.parts)


def comes_to(pack: Pack, storylet: Storylet, seed: int) -> bool:
    """Whether the play with this seed that goes for an ending's `storylet` tells it; between equal choices it draws."""
    director, conditions, aim = Director(pack), Conditions(pack.declared), Aim.at(storylet.when)
    key, state, step = node_key(ROOT, ""), pack.initial, Step()
    while True:
        turn = director.turn(key, seed, state, step)
        offered = director.offered(turn.storylet, turn.state)
        if not offered:
            return turn.storylet is not None and turn.storylet.id == storylet.id
        far = [_after(outcome, turn.state, pack.declared, conditions, aim, storylet) for outcome in offered]
        nearest = [slot for slot, distance in enumerate(far) if distance == min(far)]
        slot = nearest[draw(seed, key, "aim", len(nearest))]
        key, state = node_key(key, SLOTS[slot]), turn.state
        step = Step(offered[slot], None, turn.storylet.id if turn.storylet else None)


def _after(
    outcome: Outcome, state: StoryState, declared: Declarations, conditions: Conditions, aim: Aim, storylet: Storylet
) -> int:
    after, _ = apply(state, outcome.effects, declared)
    return aim.distance(conditions, after) - (outcome.leads_to == storylet.id)


def _off(part: Condition, state: StoryState) -> int:
    compared = _COMPARED.fullmatch(part.text)
    value = state.variables.get(compared[1]) if compared else None
    return min(abs(int(value) - int(compared[3])), FAR) if compared and value is not None else FAR
