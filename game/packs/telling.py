"""One scene being told by the stub: where its draws come from, and what was said before, here and in the scenes on the way."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import factorial, gcd

from game.story import (
    EXPANSION,
    Condition,
    Conditions,
    StoryState,
    StubBeat,
    StubBeats,
    StubGroup,
    draw,
    pick_weighted,
)

NEUTRAL = "neutral"
"""The expression of whoever has no other, narration too."""


@dataclass(slots=True)
class Telling:
    """Everything is drawn by `seed` and `key`, so that the same place in the same story always reads the same.

    What was said on the way (`said`, see `Brief`) or in this scene does not come again while something else is left. After so
    many `before` that draw by the same key, each draw takes the next: what they did not take. It is asked, as a container, which
    of the names that conditions read of a telling are true now: `mood_warm`, `said_fog`.
    """

    seed: int
    key: str
    state: StoryState
    conditions: Conditions
    builtin: Mapping[str, str]
    before: int = 0
    said: frozenset[str] = frozenset()
    mood: str = NEUTRAL
    bound: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    _used: dict[str, dict[int, int]] = field(default_factory=dict)
    _taken: list[str] = field(default_factory=list)

    def __contains__(self, name: object) -> bool:
        kind, _, rest = str(name).partition("_")
        return rest == self.mood if kind == "mood" else self._was_said(rest)

    def _was_said(self, symbol: str) -> bool:
        return symbol in self._used or any(rule.startswith(f"{EXPANSION}{symbol}.") for rule in self.said)

    def holds(self, each: StubBeat | StubGroup) -> bool:
        """Whether a beat or a group is told; what is read from here on is in its mood."""
        self.mood = (each.expression if isinstance(each, StubBeat) else None) or NEUTRAL
        return self.conditions.holds(each.when, self.state, self)

    def may_say(self, when: Condition | None, speaker: str | None) -> bool:
        """Whether an expansion may be taken: its condition holds, and who says it, if somebody does, is there."""
        return (speaker is None or speaker in self.state.present) and self.conditions.holds(when, self.state, self)

    def bind(self, name: str, texts: tuple[str, ...]) -> None:
        """From here on `name` stands for one of these texts."""
        self.bound.setdefault(name, []).append(texts)

    def unbind(self, name: str) -> None:
        """From here on `name` stands for what it did before it was bound last."""
        before = self.bound.get(name, [])
        del before[-1:]
        if not before:
            self.bound.pop(name, None)

    def bound_text(self, name: str) -> str | None:
        """What a bound name stands for; None for one that is not bound."""
        if name not in self.bound:
            return None
        texts = self.bound[name][-1]
        if len(texts) == 1:
            return texts[0]
        return texts[self._draw(f"[{name}]", [(n, 1) for n in range(len(texts))], EXPANSION)]

    def text_of(self, beat: StubBeat) -> tuple[str, str]:
        """Which of the texts that an author wrote for a beat is told, and its rule."""
        count = len(beat.texts)
        if count == 1:
            return beat.texts[0], beat.rule
        first = draw(self.seed, self.key, f"beat:{beat.rule}", count)
        order = [(first + n) % count for n in range(count)]
        if self.said:
            order.sort(key=lambda n: f"{beat.rule}.{n + 1}" in self.said)
        chosen = order[self.before % count]
        return beat.texts[chosen], f"{beat.rule}.{chosen + 1}"

    def credit(self, rule: str) -> str:
        """The rule of a beat, and after it those of the expansions that were taken for it."""
        names, self._taken = " ".join((rule, *self._taken)), []
        return names

    def choose(self, symbol: str, held: list[tuple[int, int]]) -> int:
        """Which expansion of a symbol is taken, of those `held`: numbers, each with its weight."""
        chosen = self._draw(symbol, held, f"{EXPANSION}{symbol}.")
        self._taken.append(f"{symbol}.{chosen + 1}")
        return chosen

    def _draw(self, place: str, held: list[tuple[int, int]], rule: str) -> int:
        """Of those used least in this scene one that was not read before it, if there is any."""
        used = self._used.setdefault(place, {})
        least = min([used.get(n, 0) for n, _ in held])
        left = [each for each in held if used.get(each[0], 0) == least]
        fresh = [each for each in left if f"{rule}{each[0] + 1}" not in self.said] or left
        chosen = fresh[0][0]
        if len(fresh) > 1:
            chosen = pick_weighted(self.seed, self.key, f"grammar:{place}:{sum(used.values())}", fresh)
        if self.before:
            at = [n for n, _ in fresh].index(chosen)
            order = [*fresh[at:], *fresh[:at], *(each for each in left if each not in fresh)]
            chosen = order[self.before % len(order)][0]
        used[chosen] = used.get(chosen, 0) + 1
        return chosen

    def members(self, group: StubGroup) -> list[StubBeats]:
        """Those of a group's members that are told, in the order in which they are."""
        left = [member for member in group.members if self._is_open(member)]
        if len(left) < 2:
            return left
        ticket = draw(self.seed, self.key, f"group:{group.rule}", factorial(len(left)))
        drawn = []
        while left:
            ticket, at = divmod(ticket, len(left))
            drawn.append(left.pop(at))
        if self.said:
            drawn.sort(key=self._was_read)
        start = self.before * _stride(group.take, len(drawn)) % len(drawn)
        return (drawn[start:] + drawn[:start])[: group.take]

    def _is_open(self, member: StubBeats) -> bool:
        """Whether a sequence may be told now: its first beat says so, or what may be told of its first group."""
        if not member or not self.holds(member[0]):
            return False
        return isinstance(member[0], StubBeat) or any(map(self._is_open, member[0].members))

    def _was_read(self, member: StubBeats) -> bool:
        first = member[0]
        if isinstance(first, StubGroup):
            return all(map(self._was_read, first.members))
        return first.rule in self.said or any(f"{first.rule}.{n + 1}" in self.said for n in range(len(first.texts)))


def _stride(take: int, count: int) -> int:
    """How far apart two tellings begin in an order of `count`, so that they have little in common and none is like the one before
    it: at least `take`, and without a common divisor, or some order would come back early."""
    return next(step for step in range(take, take + count) if gcd(step, count) == 1)
