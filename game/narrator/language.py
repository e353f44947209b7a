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
