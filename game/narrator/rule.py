"""A rule of the gate: what a sentence must not say, and from which word on a growing sentence may turn out to say it."""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

_ELISION = r"(?!(?:tis|twas|em|til|cause|round|bout|neath|s|\d+s?)\b)"
_SPOKEN = re.compile(
    r"""[“„][^”“]*(?P<a>[”“]|$)|"[^"]*(?P<b>"|$)|«[^»]*(?P<c>»|$)"""
    rf"""|(?<![\w’'])‘(?:[^’]|’(?=\w))*(?P<d>’|$)|(?<![\w’'])'{_ELISION}(?=[\w—…])(?:[^']|'(?=\w))*(?P<e>'|$)"""
)

MAYBE = re.compile(
    r"\b(?:(?<!as\s)if|whether|unless|until|till|lest|pretend\w*|suppos\w*|imagin\w*|dream\w*|remember\w*|memory|would|could"
    r"|should|might|may|must|seems?|seemed|almost|nearly|perhaps|maybe|fear(?:s|ed)?|hop(?:e|es|ed|ing)|wish\w*|ago|yesterday"
    r"|tomorrow|will|longer|according|photograph|portrait|drawing|picture|painting|mind)\b|['’](?:d|ll)\b",
    re.IGNORECASE,
)
"""Words before a claim, or in its clause, by which it is about what may be, or was."""

SAID = re.compile(
    r"\b(?:as\s+(?:if|though)|says?|sa(?:id|ying)|claim\w*|t(?:ell|ells|old)|th(?:ink|inks|ought)|belie(?:f|ve\w*)|lied|lying"
    r"|a\s+lie|liar|rumour\w*|story|stories|tale|swears?|swore|doubt\w*|wrote|written|report\w*|once)\b|\?",
    re.IGNORECASE,
)
"""Words anywhere in a sentence by which what it claims is only said, or asked."""


RELATIVE = re.compile(
    r"\b(?:as|what|where|that|which|who|whom|how|why|like|than|of|with|to|for|about|from|by|because|until|if|whether|whose|way"
    r"|when|whenever|everything|nothing|thing|place|time|one|unlike|without|before|after|since|while)\s+$"
    r"|(?<=\w\s)(?!(?:Mr|Mrs|Ms|Miss|Dr|Captain|Old)\b)(?-i:[A-Z])[a-z]+\s+$",
    re.IGNORECASE,
)
"""What stands before a name that is not the subject of what is told: it compares, explains, or is the rest of a longer name."""

ADVERB = r"\w+ly|also|then|now|just|only|still|at\s+once|at\s+last|finally|never|almost|both|(?:him|her|them|your)sel(?:f|ves)"

_GAP = r"\s+"
_CLAUSE = re.compile(r"[,;:—]|\band\b")

STEM = 4
"""Letters by which a verb is known again."""


def unspoken(text: str) -> str:
    """The text with what is quoted in it blotted out, every other character where it was."""
    return _SPOKEN.sub(lambda spoken: "\x01" * len(spoken[0]), text)


def first_quote(text: str) -> int | None:
    """Where the first quotation begins."""
    found = _SPOKEN.search(text)
    return found.start() if found else None


def in_quotes(text: str) -> bool:
    """Whether the text ends inside a quotation that may yet be closed."""
    last = next(reversed(list(_SPOKEN.finditer(text))), None)
    return last is not None and last.end() == len(text) and not any(last.groupdict().values())


@dataclass(frozen=True, slots=True)
class Rule:
    """`full` finds what must not be said, `partial` what may still become it, at the end of a text.

    `unless` are words anywhere in the sentence that excuse it, `maybe` those before it or in the rest of its clause, `not_after`
    what excuses it by standing just before. `with_speech`: what is quoted in the sentence goes with it; `in_speech`: what is
    quoted is judged, too. `weigh` judges a match that is left, by the whole sentence. `cues`, in small letters: without one of
    them in the text there is no match, nor a beginning of one that would be let through.
    """

    code: str
    full: re.Pattern[str]
    partial: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    maybe: re.Pattern[str] | None = None
    not_after: re.Pattern[str] | None = None
    with_speech: bool = False
    in_speech: bool = False
    weigh: Callable[[re.Match[str], str], bool] | None = None
    cues: tuple[str, ...] = ()

    def concerns(self, lower: str) -> bool:
        """Whether a text, in small letters, has a word without which the rule has nothing to say."""
        return not self.cues or any(cue in lower for cue in self.cues)

    def doubt(self, text: str) -> int | None:
        """From where on a growing text may turn out to break this rule."""
        found = [at for at in (self._first(self.full, text), self._partial(text)) if at is not None]
        return min(found, default=None)

    def breach(self, sentence: str, done: Collection[str] = ()) -> int | None:
        """Where a whole sentence breaks it; None when it does not. The player may do what begins with one of `done`."""
        bare = sentence if self.in_speech else unspoken(sentence)
        if self.unless and self.unless.search(bare):
            return None
        for match in self.full.finditer(bare):
            quote = first_quote(sentence) if self.with_speech else None
            if self._excused(bare, match) or self._supposed(bare, match) or (self.weigh and not self.weigh(match, sentence)):
                continue
            if quote is None and match.groupdict().get("verb", "")[:STEM] in done:
                continue
            return match.start() if quote is None else min(quote, match.start())
        return None

    def _supposed(self, sentence: str, match: re.Match[str]) -> bool:
        if self.maybe is None:
            return False
        rest = _CLAUSE.search(sentence, match.end())
        return self.maybe.search(sentence, 0, rest.start() if rest else len(sentence)) is not None

    def _partial(self, text: str) -> int | None:
        return self._first(self.partial, text) if self.partial else None

    def _first(self, pattern: re.Pattern[str], text: str) -> int | None:
        return next((match.start() for match in pattern.finditer(text) if not self._excused(text, match)), None)

    def _excused(self, text: str, match: re.Match[str]) -> bool:
        return self.not_after is not None and self.not_after.search(text, 0, match.start()) is not None


@lru_cache(maxsize=1024)
def phrase(*parts: str, after: str = "", ignore_case: bool = False) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns for a row of words: for all of it, and for a beginning of it at the end of a text. Each part matches one word or
    more; one that ends with `??` may be missing. `after` is what must, or must not, follow; it must hold at the end of a text."""
    first, *others = parts
    full, rest = rf"\b(?:{first})", ""
    for part in others:
        body = part.removesuffix("??")
        full += rf"(?:\s+(?:{body}))?" if part != body else rf"\s+(?:{body})"
    for part in reversed(others):
        rest = _or_less(part, rest)
    flags = re.IGNORECASE if ignore_case else 0
    beginning = "|".join(map(_beginnings, first.split("|")))
    return re.compile(full + r"\b" + after, flags), re.compile(rf"\b(?:{beginning}){rest}\s*\S*$", flags)


def _or_less(part: str, rest: str) -> str:
    """A pattern for a part and the `rest` behind it, or for as much of them as a text has."""
    body = part.removesuffix("??")
    whole = rf"(?:\s+(?:{body}))?{rest}" if part != body else rf"(?:\s+(?:{body}){rest})?"
    more = max(words.count(_GAP) for words in body.split("|"))
    return rf"(?:{whole}|(?:\s+\S+){{0,{more}}})" if more else whole


def _beginnings(words: str) -> str:
    """A pattern for the first of these words, or more of them."""
    if "(" in words:
        return words
    first, *rest = words.split(_GAP)
    return first + "".join(rf"(?:\s+{word}" for word in rest) + ")?" * len(rest)


def called(name: str) -> tuple[str, ...]:
    """What somebody is called: all of the name, and its first and its last word."""
    words = name.split()
    return tuple(dict.fromkeys((name, words[0], words[-1])))


def spaced(names: Iterable[str]) -> str:
    """An alternation of names of one word or more."""
    return listed([_GAP.join(map(re.escape, name.split())) for name in names])


def first_words(names: Iterable[str]) -> tuple[str, ...]:
    """What names begin with, in small letters: the cues of a rule about them."""
    return tuple(sorted({re.findall(r"[\w-]+", name.lower())[0] for name in names}))


def listed(words: Iterable[str]) -> str:
    """An alternation of words, the longer ones first."""
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))
