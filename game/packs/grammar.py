"""The stub's prose: expansion of an author's text in Tracery notation.

Owns what a symbol becomes, the modifiers (`#symbol.capitalize#`), and what is built in: `#player#`, the player's pronouns `#they#
#them# #their# #theirs# #themself#`, and `#place#`; and `#left#`, nothing itself, which marks where an ending says what became of
the threads that it leaves open.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from game.packs.notation import Action, Stray, Symbol, parts_of
from game.packs.telling import Telling
from game.story import Condition, Player

PRONOUNS: Mapping[str, tuple[str, str, str, str, str]] = {
    "she": ("she", "her", "her", "hers", "herself"),
    "he": ("he", "him", "his", "his", "himself"),
    "they": ("they", "them", "their", "theirs", "themself"),
}
_PRONOUN_SYMBOLS = ("they", "them", "their", "theirs", "themself")
BUILT_IN = frozenset(("player", "place", "left", *_PRONOUN_SYMBOLS))
LEFT = "#left#"

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


def _ed(text: str) -> str:
    """The past tense of an English verb that has a regular one; what follows its first word stays."""
    verb, blank, rest = text.partition(" ")
    if verb.endswith("e"):
        verb += "d"
    elif verb.endswith("y") and verb[-2:-1] not in tuple("aeiou"):
        verb = f"{verb[:-1]}ied"
    else:
        verb += "ed"
    return verb + blank + rest


def _capitalize_all(text: str) -> str:
    return " ".join(map(_capitalize, text.split(" ")))


MODIFIERS: Mapping[str, Callable[[str], str]] = {
    "capitalize": _capitalize,
    "capitalizeAll": _capitalize_all,
    "a": _a,
    "s": _s,
    "ed": _ed,
}


class GrammarError(ValueError):
    """A symbol or a modifier is missing. A pack that loaded has been checked for it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """An expansion. One with a `speaker` is said by them wherever the symbol is all of a beat, and only while they are there."""

    text: str
    when: Condition | None = None
    weight: int = 1
    speaker: str | None = None
    expression: str | None = None


@dataclass(frozen=True, slots=True)
class Grammar:
    """An author's symbols and their expansions."""

    rules: Mapping[str, tuple[Rule, ...]] = field(default_factory=dict)

    def expand(self, text: str, told: Telling) -> str:
        """`text` with every symbol expanded, and every name that it binds bound in `told`.

        Raises:
            GrammarError: see the class.
        """
        parts = parts_of(text)
        if len(parts) == 1 and isinstance(only := parts[0], str):
            return only
        return "".join([part if isinstance(part, str) else self._part(part, told) for part in parts])

    def spoken(self, text: str, told: Telling) -> Rule:
        """Of a text that is nothing but a symbol, the expansion that is taken; else the text itself, said by nobody."""
        parts = parts_of(text)
        only = parts[0] if len(parts) == 1 else None
        if not isinstance(only, Symbol) or only.modifiers or only.actions:
            return Rule(text)
        return self._drawn(only.name, told) if only.name in self.rules and only.name not in told.bound else Rule(text)

    def _part(self, part: Symbol | Action | Stray, told: Telling) -> str:
        if isinstance(part, Symbol):
            return self._symbol(part, told)
        if isinstance(part, Stray):
            return part.text
        self._bind(part, told)
        return ""

    def _bind(self, action: Action, told: Telling) -> None:
        if action.texts:
            told.bind(action.name, tuple([self.expand(text, told) for text in action.texts]))
        else:
            told.unbind(action.name)

    def _symbol(self, symbol: Symbol, told: Telling) -> str:
        for action in symbol.actions:
            self._bind(action, told)
        text = self._value(symbol.name, told)
        for action in symbol.actions:
            if action.texts:
                told.unbind(action.name)
        for modifier in symbol.modifiers:
            if modifier not in MODIFIERS:
                raise GrammarError(f'no modifier is called "{modifier}"')
            text = MODIFIERS[modifier](text)
        return text

    def _value(self, name: str, told: Telling) -> str:
        text = told.builtin.get(name)
        if text is None:
            text = told.bound_text(name)
        return self.expand(self._drawn(name, told).text, told) if text is None else text

    def _drawn(self, name: str, told: Telling) -> Rule:
        rules = self.rules.get(name)
        if rules is None:
            raise GrammarError(f'no symbol is called "{name}"')
        held = [
            (n, rule.weight)
            for n, rule in enumerate(rules)
            if (rule.when is None and rule.speaker is None) or told.may_say(rule.when, rule.speaker)
        ]
        return rules[told.choose(name, held or [(n, rule.weight) for n, rule in enumerate(rules)])]


@lru_cache(maxsize=64)
def builtin_symbols(player: Player) -> Mapping[str, str]:
    """`#player#` and the pronouns, for this player; and `#left#`."""
    name = player.name or "stranger"
    return {"player": name, "left": "", **dict(zip(_PRONOUN_SYMBOLS, PRONOUNS[player.pronouns], strict=True))}
