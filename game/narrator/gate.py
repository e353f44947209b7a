"""The gate: how much of a growing text may be shown. What it has let through is never taken back.

Most sentences flow word by word. A word that may turn out to begin something forbidden (to speak for the player, to repeat what
was read, a word over the rating, another script) is held, with all after it, until its sentence is judged. What is let through in
the end depends on the text alone, never on the pieces in which it came: so a recorded reply replays to the same scene.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from game.narrator.clean import Cleaner
from game.narrator.language import foreign_word, over_rating
from game.story import BeatKind, Player

LONGEST_SENTENCE = 600
HEAD = 20
"""Characters by which a sentence is suspected to repeat an earlier one."""
SHORTEST_REPEAT = 20
"""Characters of a sentence that may not come twice; shorter ones may."""
ALIKE = 85
"""rapidfuzz's similarity, of 100, from which two sentences count as the same."""

_END = re.compile(r"[.!?…]+[\"”’'»)\]]*\s+(?=[^\sa-z])")
_QUOTE = re.compile(r"[\"“«„]")
_LEAK = re.compile(r"[{}\[\]]|\"[a-z]+\":")
_DANGLING = ' ,;:–—-("“'
_SAYS = (
    "say|ask|reply|answer|whisper|shout|mutter|murmur|tell|exclaim|agree|promise|decide|confess|admit|respond|insist"
    "|declare|lie|vow"
)


@dataclass(frozen=True, slots=True)
class GateRules:
    """What the gates of one scene watch for."""

    player: re.Pattern[str]
    maybe_player: re.Pattern[str]
    rating: re.Pattern[str] | None
    foreign: re.Pattern[str] | None
    max_chars: int


@lru_cache(maxsize=64)
def gate_rules(player: Player, rating: str, language: str, max_chars: int) -> GateRules:
    """The rules for a pack of this rating and language; a beat ends with the sentence that passes `max_chars`."""
    subject = {"first": "I", "second": "[Yy]ou", "third": re.escape(player.name or "the player")}[player.person]
    script = f"|(?:You|Player{'|' + re.escape(player.name) if player.name else ''})\\s*:"
    return GateRules(
        player=re.compile(rf"\b{subject}(?:'ll|'d|’ll|’d)?\s+(?:\w+ly\s+|also\s+|then\s+)?(?:{_SAYS})s?\b{script}"),
        maybe_player=re.compile(rf"\b(?:{subject}|You|Player)(?:['’]\w*)?(?:\s+(?:\w+ly|also|then))?\s*\w*$"),
        rating=over_rating(rating),
        foreign=foreign_word(language),
        max_chars=max_chars,
    )


class Read:
    """The sentences that the player has read, so that none comes twice, or nearly. Grows with each beat."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._by_head: dict[str, list[str]] = {}
        self._beginnings: set[str] = set()
        for text in texts:
            self.add(text)

    def add(self, text: str) -> None:
        for sentence in sentences_of(text):
            normal = _normal(sentence)
            if len(normal) >= SHORTEST_REPEAT:
                self._by_head.setdefault(normal[:HEAD], []).append(normal)
                self._beginnings.update(normal[:n] for n in range(1, HEAD + 1))

    def has(self, sentence: str) -> bool:
        """Whether a sentence that begins like this one was as good as this one."""
        normal = _normal(sentence)
        return any(fuzz.ratio(normal, read) >= ALIKE for read in self._by_head.get(normal[:HEAD], ()))

    def may_have(self, beginning: str) -> bool:
        """Whether a sentence that begins like this may turn out to be one of them."""
        normal = _normal(beginning[: HEAD * 3])[:HEAD]
        return bool(self._beginnings) and (not normal or normal in self._beginnings)


def _normal(sentence: str) -> str:
    return " ".join(re.findall(r"\w+", sentence.lower()))


def sentences_of(text: str) -> list[str]:
    """The sentences of a text that was let through."""
    out, position = [], 0
    for end in _END.finditer(text):
        out.append(text[position : end.end()].strip())
        position = end.end()
    return [*out, text[position:].strip()]


class Gate:
    """The gate for one beat. `feed` and `close` give what may now be shown; `repairs` are the codes of what was held back."""

    def __init__(self, rules: GateRules, read: Read, kind: BeatKind, names: tuple[str, ...] = ()) -> None:
        self._rules = rules
        self._read = read
        self._kind = kind
        self._cleaner = Cleaner()
        self._label = re.compile(rf"(?:{'|'.join(map(re.escape, names))})\s*[:：]\s*") if names else None
        self._longest_label = max(map(len, names), default=0) + 3
        self._at_start = True
        self._held = ""
        self._released_of_sentence = 0
        self._shown = 0
        self._last = ""
        self._quoted = False
        self._repairs: set[str] = set()

    @property
    def repairs(self) -> tuple[str, ...]:
        return tuple(sorted(self._repairs | self._cleaner.found))

    def feed(self, piece: str) -> str:
        """More of the beat came."""
        self._held += self._cleaner.feed(piece)
        if self._at_start and not self._begin(final=False):
            return ""
        return self._whole_sentences() + self._flow()

    def close(self, cut: bool = False) -> str:
        """The beat is whole; or, `cut`, nothing more of it comes: then an unfinished sentence ends where it was shown."""
        if not cut:
            self._held += self._cleaner.close()
        if self._at_start:
            self._begin(final=True)
        out = self._whole_sentences()
        if cut:
            self._held = self._held[: self._released_of_sentence]
        elif self._held.strip():
            out += self._judge(self._unquoted(self._held).rstrip(" ,;:("))
        return out + self._ended(out, "…" if cut else ".")

    def _ended(self, out: str, stop: str) -> str:
        """A stop for a text that would hang in the air."""
        last = (out.rstrip() or self._last)[-1:]
        if not last or last in ".!?…—\"”’'»)":
            return ""
        if stop == "…":
            self._repairs.add("cut")
        return stop

    def _begin(self, final: bool) -> bool:
        """Takes the speaker's name and an opening quote off the start of a line; whether that is settled."""
        if self._kind == "narration":
            self._at_start = False
            return True
        if len(self._held) < self._longest_label and not final:
            return False
        self._at_start = False
        if self._label and (label := self._label.match(self._held)):
            self._held = self._held[label.end() :]
        if self._held[:1] in ('"', "“", "«", "„"):
            self._quoted = True
            self._held = self._held[1:]
        return True

    def _unquoted(self, text: str) -> str:
        text = text.rstrip()
        return text[:-1] if self._quoted and text.endswith(('"', "”", "»")) else text

    def _whole_sentences(self) -> str:
        out = []
        while (end := self._sentence_end()) is not None:
            sentence, self._held = self._held[:end], self._held[end:]
            out.append(self._judge(sentence))
            self._released_of_sentence = 0
        return "".join(out)

    def _sentence_end(self) -> int | None:
        found = _END.search(self._held, max(0, self._released_of_sentence - 8))
        if found and found.end() <= LONGEST_SENTENCE + 40:
            return found.end()
        if len(self._held) > LONGEST_SENTENCE + 40:
            space = self._held.find(" ", LONGEST_SENTENCE)
            return space + 1 if space > 0 else LONGEST_SENTENCE + 40
        return None

    def _judge(self, sentence: str) -> str:
        """What of a whole sentence may still be shown."""
        already = self._released_of_sentence
        if already == 0 and self._shown >= self._rules.max_chars:
            self._repairs.add("too_long")
            return ""
        stop = self._forbidden(sentence)
        if stop is None:
            return self._let(sentence[already:])
        kept = sentence[:stop].rstrip(_DANGLING)
        return self._let(kept[already:] + "… ") if kept else ""

    def _forbidden(self, sentence: str) -> int | None:
        """Where the sentence must stop; None when all of it may be shown."""
        if self._read.has(sentence):
            self._repairs.add("repeats")
            return 0
        found = [(match.start(), code) for pattern, code in self._patterns() if (match := pattern.search(sentence))]
        if not found:
            return None
        at, code = min(found)
        self._repairs.add(code)
        quote = _QUOTE.search(sentence) if self._kind == "narration" else None
        return min(at, quote.start()) if quote else at

    def _patterns(self) -> list[tuple[re.Pattern[str], str]]:
        out = [(_LEAK, "markup")]
        if self._kind == "narration":
            out.append((self._rules.player, "speaks_for_player"))
        if self._rules.rating:
            out.append((self._rules.rating, "over_rating"))
        if self._rules.foreign:
            out.append((self._rules.foreign, "wrong_language"))
        return out

    def _flow(self) -> str:
        """What may be shown of a sentence that is not whole yet."""
        held, already = self._held, self._released_of_sentence
        if self._shown >= self._rules.max_chars and already == 0:
            return ""
        limit = held.rfind(" ", already)
        if limit <= already or self._read.may_have(held):
            return ""
        limit = min(limit, self._first_doubt(held, limit))
        text = held[:limit].rstrip(_DANGLING)
        if len(text) <= already:
            return ""
        self._released_of_sentence = len(text)
        return self._let(text[already:])

    def _first_doubt(self, held: str, limit: int) -> int:
        doubts = [match.start() for pattern, _ in self._patterns() if (match := pattern.search(held))]
        if self._kind == "narration":
            if quote := _QUOTE.search(held):
                doubts.append(quote.start())
            if maybe := self._rules.maybe_player.search(held, 0, len(held)):
                doubts.append(maybe.start())
        return min([limit, *doubts])

    def _let(self, text: str) -> str:
        self._shown += len(text)
        self._last = text.rstrip() or self._last
        return text
