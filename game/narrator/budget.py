"""How a window is shared out among the parts of a request and its reply, and how many tokens a text is taken to be.

All in whole numbers, so that the same play makes the same request on every machine.
"""

import re
from dataclasses import dataclass
from itertools import accumulate

DEFAULT_RATE = 340
"""Hundredths of a character a token: a careful guess for English prose and JSON, until a server has counted."""
RATES = (80, 600)
"""No tokenizer is taken to be further off than this, whatever a server says."""
SHARE_RATE = 330
"""By this rate the shares of a window are turned into characters. It never changes, for what a share holds must not either."""
_SENTENCE = re.compile(r"(?:(?<=[.!?…])|(?<=[.!?…][\"”’'»)]))\s+|(?<=[。！？])(?=.)")
MESSAGE_TOKENS = 8
"""What a chat template puts around a message."""

SMALL_WINDOW = 4096
"""Up to this many tokens of window the compact profile holds: small models, or small machines."""
SMALLEST_WINDOW = 3072
"""Up to this many it is shorter still."""


@dataclass(frozen=True, slots=True)
class Profile:
    """How large a request and its reply may be.

    `window`, `prompt_tokens` (all that is sent) and `reply_tokens` are in tokens; the rest are the most characters that a part
    of the request may have. It depends on the window alone, so that what was said once can be said again byte for byte.
    """

    window: int
    prompt_tokens: int
    reply_tokens: int
    max_beats: int
    max_chars: int
    system_chars: int
    brief_chars: int
    lore_chars: int
    recap_chars: int
    last_chars: int

    @property
    def compact(self) -> bool:
        """Whether everything is said in few words."""
        return self.window <= SMALL_WINDOW


def profile_for(window: int) -> Profile:
    """The profile for a window of so many tokens."""
    reply, beats, chars = _reply_bounds(window)
    prompt = max(window - reply - window // 32, 256)
    room = prompt - 3 * MESSAGE_TOKENS
    return Profile(
        window=window,
        prompt_tokens=prompt,
        reply_tokens=reply,
        max_beats=beats,
        max_chars=chars,
        system_chars=_chars(room * _system_share(window) // 100),
        brief_chars=_chars(room // 3),
        lore_chars=min(_chars(room // 18), 1200),
        recap_chars=min(_chars(room // 11), 1200),
        last_chars=min(_chars(room // 8), 900),
    )


def _system_share(window: int) -> int:
    """Percent of a prompt that the system message may take. In a narrow window its own words alone take a third."""
    if window <= SMALLEST_WINDOW:
        return 44
    return 34 if window <= SMALL_WINDOW else 40


def _reply_bounds(window: int) -> tuple[int, int, int]:
    """Tokens of a reply, its most beats, and the most characters of one."""
    if window <= SMALLEST_WINDOW:
        return min(440, max(window // 4, 64)), 4, 220
    return (520, 5, 240) if window <= SMALL_WINDOW else (900, 8, 420)


def _chars(share: int) -> int:
    return share * SHARE_RATE // 100


def size(text: str) -> int:
    """The length of a text as tokenizers feel it: a character beyond ASCII is as long as its UTF-8."""
    return len(text) if text.isascii() else len(text.encode())


def tokens(text: str, rate: int = DEFAULT_RATE) -> int:
    """How many tokens a text is, about; `rate` in hundredths of a character."""
    return size(text) * 100 // rate + 1


def rate_of(chars: int, count: int) -> int:
    """Hundredths of a character a token, where `count` tokens were `chars` long (by `size`); within `RATES`."""
    return max(RATES[0], min(RATES[1], chars * 100 // max(count, 1)))


def calibrate(rate: int, chars: int, count: int) -> int:
    """The rate after a server has counted `count` tokens in `chars` characters: a quarter of the way from the rate before. A
    count of nothing, which some servers send, says nothing."""
    return rate if count <= 0 or chars <= 0 else (3 * rate + rate_of(chars, count)) // 4


def sentences(text: str) -> list[str]:
    """The sentences of a text of one line."""
    return [found for found in _SENTENCE.split(text.strip()) if found]


def head(text: str, limit: int) -> str:
    """The beginning of a text within `limit`: whole paragraphs and sentences; of the first, if need be, whole words."""
    if size(text) <= limit:
        return text
    kept = ""
    for paragraph in text.split("\n"):
        for n, sentence in enumerate(sentences(paragraph)):
            grown = kept + ((" " if n else "\n") if kept else "") + sentence
            if size(grown) > limit:
                return kept or _words(sentence, limit)
            kept = grown
    return kept


def _words(sentence: str, limit: int) -> str:
    words = sentence.split(" ")
    lengths = accumulate(size(word) + 1 for word in words)
    fit = [word for word, length in zip(words, lengths, strict=True) if length + 2 <= limit]
    return " ".join(fit) + "…" if fit else ""


def latest(lines: list[str], limit: int) -> list[str]:
    """The last of the lines that fit into `limit` together, in their order."""
    kept: list[str] = []
    for line in reversed(lines):
        limit -= size(line) + 1
        if limit < 0:
            break
        kept.append(line)
    return kept[::-1]


def shared(room: int, wishes: list[tuple[int, int]]) -> list[int]:
    """`room` shared out among parts that each wish for so much, at such a weight: none gets more than its wish, and what one
    does not need goes to the others."""
    out = [0] * len(wishes)
    open_ = [n for n, (wish, _) in enumerate(wishes) if wish > 0]
    while open_ and room > 0:
        weights = sum(wishes[n][1] for n in open_)
        content = [n for n in open_ if wishes[n][0] <= room * wishes[n][1] // weights]
        if not content:
            for n in open_:
                out[n] = room * wishes[n][1] // weights
            break
        for n in content:
            out[n] = wishes[n][0]
        room -= sum(out[n] for n in content)
        open_ = [n for n in open_ if n not in content]
    return out
