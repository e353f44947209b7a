"""What is true, contradicted: by an author's own words for that, by another object of the same, or by its denial."""

import re
from functools import lru_cache

from game.narrator.rule import ADVERB, MAYBE, SAID, Rule, first_words, phrase, spaced
from game.narrator.verbs import past
from game.story import Fact

_NEGATED = re.compile(
    r"(?:\b(?:not|never|no|longer|nor|neither|hardly|scarcely|without|nobody|nothing)|n['’]t)\s+(?:\w+\s+)?$", re.IGNORECASE
)
_BE = {
    "is": "is|['’]s|lies|stands|hangs|remains", "are": "are", "was": "was", "were": "were", "has": "has", "have": "have",
    "can": "can", "will": "will",
}  # fmt: skip
_WAS = {"is": "was|lay|stood|hung|remained", "are": "were", "has": "had", "have": "had", "can": "could", "will": "would"}
_WHERE = r"(?:(?:at|on|in|of|by|over|under|above|before|behind)\s+(?:the|her|his|its|their|your|a)\s+\w+)??"
_QUITE = f"(?:{ADVERB}|quite|all)??"
_FIRST = 3
"""Words of a fact's object by which it is known."""


@lru_cache(maxsize=512)
def denial(words: str) -> Rule:
    """What an author says contradicts a fact."""
    full, partial = phrase(*map(re.escape, words.split()), ignore_case=True)
    return Rule("contradicts_fact", full, partial, unless=SAID, maybe=MAYBE, not_after=_NEGATED, cues=first_words([words]))


@lru_cache(maxsize=512)
def contradictions(fact: Fact, names: tuple[str, ...], rivals: tuple[str, ...], tense: str) -> tuple[Rule, ...]:
    """Of the fact's subject, called by `names`: one of the `rivals` of its object is said, or the fact is denied."""
    subject = spaced(names)
    verb, *rest = fact.predicate.split()
    cues = first_words((*names, *rivals))
    rows = [(subject, _WHERE, _says(verb, tense), *rest, _QUITE, *_words(rival)) for rival in rivals]
    rows += [("the", *_words(rival), subject) for rival in rivals if verb == "is" and not rest and " " not in rival]
    rows.append((subject, _WHERE, *_denied(verb, tense), *rest, *_words(fact.object)[:_FIRST]))
    found = (phrase(*row, after="(?![-\\w])", ignore_case=True) for row in rows)
    return tuple(
        Rule("contradicts_fact", full, partial, unless=SAID, maybe=MAYBE, not_after=_NEGATED, cues=cues)
        for full, partial in found
    )


def _words(text: str) -> list[str]:
    return [re.escape(word) for word in re.findall(r"[\w'’-]+", text)]


def _says(verb: str, tense: str) -> str:
    known = _WAS if tense == "past" else _BE
    return f"(?:{known.get(verb, past(_base(verb)) if tense == 'past' else re.escape(verb))})"


def _denied(verb: str, tense: str) -> tuple[str, ...]:
    """The parts of a phrase that denies what is said with this verb."""
    if verb in _BE:
        return (rf"{_says(verb, tense)}(?:\s+(?:not|never|no\s+longer|hardly|scarcely)|n['’]t)", r"(?:\w+ly|yet|at\s+all)??")
    does = "did" if tense == "past" else "does"
    return (rf"{does}(?:\s+not|n['’]t)|never", f"(?:{_base(verb)}|{re.escape(verb)})")


def _base(verb: str) -> str:
    return re.escape(re.sub(r"(?<=ch)es$|(?<=sh)es$|(?<=ss)es$|(?<=[xz])es$|s$", "", verb))
