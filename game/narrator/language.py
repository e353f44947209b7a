"""Words and scripts: what is over a rating, and what is not written in the pack's language."""

import re
from functools import lru_cache

_MILD = ("damn", "bastard", "arse", "piss")
_STRONG = ("fuck", "shit", "cunt", "bitch", "asshole", "cock", "whore", "slut")
_ABOVE = {"general": _MILD[1:] + _STRONG, "teen": _STRONG, "mature": ()}

_SCRIPTS = {
    "ru": "\u0400-\u052f", "uk": "\u0400-\u052f", "bg": "\u0400-\u052f", "sr": "\u0400-\u052fA-Za-z\u00c0-\u024f",
    "el": "\u0370-\u03ff\u1f00-\u1fff", "he": "\u0590-\u05ff", "ar": "\u0600-\u06ff", "fa": "\u0600-\u06ff",
}  # fmt: skip
_LATIN = "A-Za-z\u00c0-\u024f\u1e00-\u1eff"
_UNJUDGED = ("ja", "zh", "ko", "th", "hi", "bn", "ta", "te", "ka", "hy", "am", "km", "my", "lo")


@lru_cache(maxsize=8)
def over_rating(rating: str) -> re.Pattern[str] | None:
    """Finds a word that a pack of this rating does not have; None when there is no such word."""
    words = _ABOVE[rating]
    return re.compile(rf"\b(?:{'|'.join(words)})(?:s|es|ed|er|ing|ty|head)?\b", re.IGNORECASE) if words else None


@lru_cache(maxsize=16)
def foreign_word(language: str) -> re.Pattern[str] | None:
    """Finds two letters together in another script than the language's; None for a language that is not judged here."""
    code = language.split("-", maxsplit=1)[0]
    if code in _UNJUDGED:
        return None
    letters = _SCRIPTS.get(code, _LATIN)
    return re.compile(rf"(?:(?![{letters}])[^\W\d_]){{2,}}")


_COMMON = {
    "en": "the and of to is was with that it his her you in for not are they this",
    "fr": "le la les des est une dans qui que pour avec sur pas elle il et du au sont mais",
    "de": "der die das und ist nicht ein eine mit auf den sie er es zu dem von sich wie im",
    "es": "el la los las una que de en con por para no se su es como del al pero y",
    "it": "il la che di una con per non sono gli nel della è un le si ma lo al del",
    "pt": "o a os que de uma com para não se em do da no na mas um os ao é",
    "nl": "de het een en van is niet met dat op zij hij maar voor er aan zijn ze te",
}
"""Small words by which a language is known."""
_EITHER = frozenset({"die", "on", "me", "no", "so", "do", "is", "as", "per", "pour", "man", "a", "o", "an", "met", "van", "plus"})
"""Those that are words of English, too."""


@lru_cache(maxsize=16)
def stray_words(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """The small words of this language, and those of others that it does not have; both empty where it is not known here."""
    own = frozenset(_COMMON.get(language.split("-", maxsplit=1)[0], "").split())
    others = {word for words in _COMMON.values() for word in words.split()} if own else set()
    return own, frozenset(others - own - _EITHER)


STRAY = 3
"""Small words of another language, and none of its own, by which a sentence is in the wrong one."""


def stray_sentence(language: str, sentence: str) -> int | None:
    """Where a sentence in another language of the same script begins to be one; None when it is none."""
    own, others = stray_words(language)
    words = [(found.start(), found[0].lower()) for found in re.finditer(r"\w+", sentence)]
    stray = [start for start, word in words if word in others]
    if len(stray) < STRAY or any(word in own for _, word in words):
        return None
    return stray[0]


@lru_cache(maxsize=16)
def stray_word(language: str) -> re.Pattern[str] | None:
    """Finds a small word of another language; None for a language that is not known here."""
    _, others = stray_words(language)
    return re.compile(rf"\b(?:{'|'.join(sorted(others))})\b", re.IGNORECASE) if others else None
