"""The stub's prose: expansion of an author's text in Tracery notation.

`#symbol#` is replaced by one of the symbol's expansions, `#symbol.capitalize#` by one with a modifier. Built in: `#player#`, the
player's pronouns `#they# #them# #their# #theirs# #themself#`, and `#place#`; and `#left#`, nothing itself, which marks where an
ending says what became of the threads that it leaves open. Draws are made from the seed and the node, so that the same place in
the same story always reads the same.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import factorial, gcd

from game.story import Condition, Conditions, Player, StoryState, StubBeats, StubGroup, draw, pick_weighted

PRONOUNS: Mapping[str, tuple[str, str, str, str, str]] = {
    "she": ("she", "her", "her", "hers", "herself"),
    "he": ("he", "him", "his", "his", "himself"),
    "they": ("they", "them", "their", "theirs", "themself"),
}
_PRONOUN_SYMBOLS = ("they", "them", "their", "theirs", "themself")
BUILT_IN = frozenset(("player", "place", "left", *_PRONOUN_SYMBOLS))
LEFT = "#left#"

_TAG = re.compile(r"#([a-z][a-z0-9_]*)((?:\.[a-z]+)*)#")
_OPENING = "\"'“‘«(["
_CLOSING = "\"'”’»)].,;:!?…"
_LIKE_A_VOWEL = ("honest", "honour", "honor", "hour", "heir")
_LIKE_A_CONSONANT = ("eu", "ewe", "once", "one ", "one-", "use", "usual", "unic", "unif", "unio", "uniq", "unis", "unit", "univ")


def _capitalize(text: str) -> str:
    """The first letter large, also behind an opening quote."""
    start = len(text) - len(text.lstrip(_OPENING))
    return text[:start] + text[start : start + 1].title() + text[start + 1 :]


def _a(text: str) -> str:
    """With `a` or `an`, by how English says the first word."""
    word = text.lstrip(_OPENING).lower()
    vowel = word.startswith(_LIKE_A_VOWEL) or (word[:1] in tuple("aeiouáàâéèêíóôúœæ") and not word.startswith(_LIKE_A_CONSONANT))
    return ("an " if vowel else "a ") + text


def _s(text: str) -> str:
    """The plural of an English noun that has a regular one."""
    stem = text.rstrip(_CLOSING)
    end = text[len(stem) :]
    if stem.endswith(("s", "x", "z", "ch", "sh")):
        return f"{stem}es{end}"
    if stem.endswith("y") and stem[-2:-1] not in tuple("aeiou"):
        return f"{stem[:-1]}ies{end}"
    return f"{stem}s{end}"


MODIFIERS: Mapping[str, Callable[[str], str]] = {"capitalize": _capitalize, "a": _a, "s": _s}


class GrammarError(ValueError):
    """A symbol or a modifier is missing. A pack that loaded has been checked for it."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """A `#name.modifier#` in a text."""

    name: str
    modifiers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    text: str
    when: Condition | None = None
    weight: int = 1


@lru_cache(maxsize=16_384)
def parts_of(text: str) -> tuple[str | Symbol, ...]:
    """A text as it is written, cut into plain text and symbols."""
    parts: list[str | Symbol] = []
    end = 0
    for tag in _TAG.finditer(text):
        if tag.start() > end:
            parts.append(text[end : tag.start()])
        parts.append(Symbol(tag[1], tuple(tag[2].split(".")[1:])))
        end = tag.end()
    return (*parts, text[end:]) if end < len(text) else tuple(parts)


@dataclass(frozen=True, slots=True)
class Grammar:
    """An author's symbols and their expansions."""

    rules: Mapping[str, tuple[Rule, ...]] = field(default_factory=dict)

    def expand(self, text: str, told: "Telling") -> str:
        """`text` with every symbol expanded.

        Raises:
            GrammarError: see the class.
        """
        if "#" not in text:
            return text
        return "".join(part if isinstance(part, str) else self._symbol(part, told) for part in parts_of(text))

    def _symbol(self, symbol: Symbol, told: "Telling") -> str:
        text = told.builtin.get(symbol.name)
        if text is None:
            if symbol.name not in self.rules:
                raise GrammarError(f'no symbol is called "{symbol.name}"')
            text = self.expand(told.choose(symbol.name, self.rules[symbol.name]).text, told)
        for modifier in symbol.modifiers:
            if modifier not in MODIFIERS:
                raise GrammarError(f'no modifier is called "{modifier}"')
            text = MODIFIERS[modifier](text)
        return text


def builtin_symbols(player: Player) -> dict[str, str]:
    """`#player#` and the pronouns, for this player; and `#left#`."""
    name = player.name or "stranger"
    return {"player": name, "left": "", **dict(zip(_PRONOUN_SYMBOLS, PRONOUNS[player.pronouns], strict=True))}


@dataclass(slots=True)
class Telling:
    """One scene being told: where its draws come from, and how often it has used each expansion (none comes again while others
    are left). After so many `before` that draw by the same key, it takes the next in each place: what they did not take."""

    seed: int
    key: str
    state: StoryState
    conditions: Conditions
    builtin: Mapping[str, str]
    before: int = 0
    used: dict[str, dict[int, int]] = field(default_factory=dict)

    def turn(self, place: str, count: int) -> int:
        """Which of so many texts an author wrote for one place."""
        return (draw(self.seed, self.key, place, count) + self.before) % count if count > 1 else 0

    def holds(self, when: Condition | None) -> bool:
        return self.conditions.holds(when, self.state)

    def members(self, group: StubGroup) -> list[StubBeats]:
        """Those of a group's members that are told, in the order in which they are. A later telling takes the next ones."""
        left = [member for member in group.members if self._is_open(member)]
        if len(left) < 2:
            return left[: group.take]
        ticket = draw(self.seed, self.key, f"group:{group.rule}", factorial(len(left)))
        drawn = []
        while left:
            ticket, at = divmod(ticket, len(left))
            drawn.append(left.pop(at))
        start = self.before * _stride(group.take, len(drawn)) % len(drawn)
        return (drawn[start:] + drawn[:start])[: group.take]

    def _is_open(self, member: StubBeats) -> bool:
        """Whether a sequence may be told now: its first beat says so, or its first group."""
        return (
            bool(member)
            and (not isinstance(first := member[0], StubGroup) or any(map(self._is_open, first.members)))
            and self.holds(first.when)
        )

    def choose(self, symbol: str, rules: tuple[Rule, ...]) -> Rule:
        """One of the rules that hold, of those used least so far; of all rules if none holds."""
        holding = [n for n, rule in enumerate(rules) if rule.when is None or self.conditions.holds(rule.when, self.state)]
        holding = holding or list(range(len(rules)))
        used = self.used.setdefault(symbol, {})
        least = min(used.get(n, 0) for n in holding)
        fresh = [(n, rules[n].weight) for n in holding if used.get(n, 0) == least]
        chosen = pick_weighted(self.seed, self.key, f"grammar:{symbol}:{sum(used.values())}", fresh)
        if self.before:
            numbers = [n for n, _ in fresh]
            chosen = numbers[(numbers.index(chosen) + self.before) % len(numbers)]
        used[chosen] = used.get(chosen, 0) + 1
        return rules[chosen]


def _stride(take: int, count: int) -> int:
    """How far apart two tellings begin in an order of `count`, so that they have little in common and none is like the one before
    it: at least `take`, and without a common divisor, or some order would come back early."""
    return next(step for step in range(take, take + count) if gcd(step, count) == 1)
