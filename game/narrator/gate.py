"""The gate: how much of a growing text may be shown. What it has let through is never taken back.

Most sentences flow word by word. A word that may turn out to begin something forbidden (to speak for the player, to repeat what
was read, to deny what is true, another script) is held, with all after it, until its sentence is judged. What is let through in
the end depends on the text alone, never on the pieces in which it came: so a recorded reply replays to the same scene.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from game.narrator.agency import player_rules, spoken_to
from game.narrator.clean import Cleaner
from game.narrator.language import foreign_word, over_rating, stray_sentence, stray_word
from game.narrator.offstage import IN_NARRATION, LEAKS, REFUSALS
from game.narrator.read import Read, RepeatWatch, Runs, RunWatch, sentences_of
from game.narrator.rule import Rule, first_quote, in_quotes
from game.story import BeatKind, Player

__all__ = ["Bounds", "Gate", "GateRules", "Read", "gate_rules", "sentences_of"]

LONGEST_SENTENCE = 600
SHORTEST_PART = 3
"""Words of a broken sentence that may stand alone."""
ENDLESS = 4
"""Times the length of a beat that may come in one; what comes after is not looked at any more."""
ECHO = 7
"""Words in one row that a text may not share with the prompt's instructions."""

_END = re.compile(r"(?<!\bMr)(?<!\bDr)(?<!\bSt)(?<!\bMrs)[.!?…]+([\"”’'»)\]]*)\s+(?=([^\sa-z]))")
_DANGLING = ' ,;:–—-("“'
_HANGING = re.compile(
    r"(?:^|\s)(?:and|but|or|nor|then|while|as|when|where|that|if|so|because|the|an?|his|her|your|their|its|to|of|with)$"
)


@dataclass(frozen=True, slots=True)
class GateRules:
    """What the gates of one playthrough watch for: in `told`, narration, and in what is `spoken`."""

    told: tuple[Rule, ...]
    spoken: tuple[Rule, ...]
    answers: tuple[str, ...]
    rating: re.Pattern[str] | None
    foreign: re.Pattern[str] | None
    language: str
    max_chars: int


@lru_cache(maxsize=64)
def gate_rules(player: Player, rating: str, language: str, max_chars: int) -> GateRules:
    """The rules for a pack of this rating and language; a beat ends with the sentence that passes `max_chars`."""
    words = {"over_rating": over_rating(rating), "wrong_language": foreign_word(language)}
    always = (*LEAKS, *REFUSALS, *(Rule(code, found, in_speech=True) for code, found in words.items() if found))
    return GateRules(
        told=(*always, *IN_NARRATION, *player_rules(player)),
        spoken=always,
        answers=spoken_to(player),
        rating=words["over_rating"],
        foreign=words["wrong_language"],
        language=language,
        max_chars=max_chars,
    )


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one scene adds to the rules: who and what is not here, what is true; `done` are the first letters of the words of the
    choice just made, which the player may be shown to do; `instructions` are what must not be echoed."""

    told: tuple[Rule, ...] = ()
    spoken: tuple[Rule, ...] = ()
    done: frozenset[str] = frozenset()
    instructions: Runs | None = None


class Gate:
    """The gate for one beat. `feed` and `close` give what may now be shown; `repairs` are the codes of what was held back."""

    def __init__(
        self, rules: GateRules, read: Read, kind: BeatKind, names: tuple[str, ...] = (), bounds: Bounds | None = None
    ) -> None:
        bounds = bounds or Bounds()
        self._max_chars = rules.max_chars
        self._answers = rules.answers
        self._language = rules.language
        self._rules = (*rules.told, *bounds.told) if kind == "narration" else (*rules.spoken, *bounds.spoken)
        self._done = bounds.done
        self._instructions = bounds.instructions
        self._read = read.branch()
        self._kind = kind
        self._cleaner = Cleaner()
        self._label = re.compile(rf"(?:{'|'.join(map(re.escape, names))})\s*[:：]\s*") if names else None
        self._longest_label = max(map(len, names), default=0) + 3
        self._at_start = True
        self._held = ""
        self._released_of_sentence = 0
        self._shown = 0
        self._fed = 0
        self._last = ""
        self._quoted = False
        self._repairs: set[str] = set()
        self._begin_sentence()

    @property
    def repairs(self) -> tuple[str, ...]:
        return tuple(sorted(self._repairs | self._cleaner.found))

    def feed(self, piece: str) -> str:
        """More of the beat came."""
        room = ENDLESS * self._max_chars - self._fed
        self._fed += len(piece)
        if len(piece) > room:
            self._repairs.add("too_long")
            piece = piece[: max(0, room)]
        self._held += self._cleaner.feed(piece)
        if self._at_start and not self._begin(final=False):
            return ""
        return self._whole_sentences() + self._flow(self._held)

    def close(self, cut: bool = False) -> str:
        """The beat is whole; or, `cut`, nothing more of it comes: then an unfinished sentence ends where it was shown."""
        cut = cut or self._fed > ENDLESS * self._max_chars
        if not cut:
            self._held += self._cleaner.close()
        if self._at_start:
            self._begin(final=True)
        out = self._whole_sentences() + self._flow(self._held)
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

    def _begin_sentence(self) -> None:
        self._released_of_sentence = 0
        self._weighed = 0
        self._repeat = RepeatWatch(self._read)
        self._echo = RunWatch(self._instructions, ECHO) if self._instructions else None

    def _whole_sentences(self) -> str:
        out: list[str] = []
        while (end := self._sentence_end()) is not None:
            sentence, self._held = self._held[:end], self._held[end:]
            out += self._flow(sentence), self._judge(sentence)
            self._begin_sentence()
        return "".join(out)

    def _sentence_end(self) -> int | None:
        """Where the first sentence ends. What somebody says, and who says it, are judged together."""
        for found in _END.finditer(self._held, max(0, self._weighed - 8), LONGEST_SENTENCE + 48):
            if found.end() > LONGEST_SENTENCE + 40:
                break
            if self._kind == "line" or not self._goes_on(found):
                return found.end()
        if len(self._held) > LONGEST_SENTENCE + 48:
            space = self._held.find(" ", LONGEST_SENTENCE)
            return space + 1 if 0 < space < LONGEST_SENTENCE + 40 else LONGEST_SENTENCE + 40
        return None

    def _goes_on(self, end: re.Match[str]) -> bool:
        return (bool(end[1]) and end[2] in self._answers) or in_quotes(self._held[: end.end()])

    def _judge(self, sentence: str) -> str:
        """What of a whole sentence may still be shown."""
        already = self._released_of_sentence
        if already == 0 and self._shown >= self._max_chars:
            self._repairs.add("too_long")
            return ""
        stop = self._forbidden(sentence)
        if stop is None:
            self._read.add(sentence)
            return self._let(sentence[already:])
        kept = _without_loose_end(sentence[:stop])
        return self._let(kept[already:] + "… ") if kept or already else ""

    def _forbidden(self, sentence: str) -> int | None:
        """Where the sentence must stop; None when all of it may be shown."""
        self._follow(sentence, whole=True)
        lower = sentence.lower()
        found = [
            (at, rule.code)
            for rule in self._rules
            if rule.concerns(lower) and (at := rule.breach(sentence, self._done)) is not None
        ]
        found += [
            (at, code)
            for at, code in (
                (self._repeat.repeats(), "repeats"),
                (self._echo.repeats() if self._echo else None, "echoes_prompt"),
                (stray_sentence(self._language, sentence), "wrong_language"),
            )
            if at is not None
        ]
        if not found:
            return None
        at, code = min(found)
        self._repairs.add(code)
        return at

    def _flow(self, held: str) -> str:
        """What may be shown of a sentence that is not whole yet: each word is weighed once, however many came together."""
        out = []
        while self._weighed <= LONGEST_SENTENCE and (space := held.find(" ", self._weighed)) >= 0:
            self._weighed = space + 1
            out.append(self._release(held[: space + 1]))
        return "".join(out)

    def _release(self, words: str) -> str:
        already = self._released_of_sentence
        if already == 0 and self._shown >= self._max_chars:
            return ""
        text = _without_loose_end(words[: self._first_doubt(words)])
        if len(text) <= already:
            return ""
        self._released_of_sentence = len(text)
        return self._let(text[already:])

    def _first_doubt(self, words: str) -> int:
        """Up to where nothing more can turn out to be forbidden. The last of the words is whole."""
        self._follow(words)
        lower = words.lower()
        doubts = [self._repeat.doubt(), *(rule.doubt(words) for rule in self._rules if rule.concerns(lower))]
        if self._echo:
            doubts.append(self._echo.doubt())
        if stray := stray_word(self._language):
            found = stray.search(words)
            doubts.append(found.start() if found else None)
        if self._kind == "narration":
            doubts.append(first_quote(words))
        return min((at for at in doubts if at is not None), default=len(words))

    def _follow(self, sentence: str, whole: bool = False) -> None:
        self._repeat.follow(sentence, whole)
        if self._echo:
            self._echo.follow(sentence, whole)

    def _let(self, text: str) -> str:
        self._shown += len(text)
        self._last = text.rstrip() or self._last
        return text


def _without_loose_end(text: str) -> str:
    """A sentence broken here, less what would hang in the air; nothing, when too little is left."""
    text = text.rstrip(_DANGLING)
    while hanging := _HANGING.search(text):
        text = text[: hanging.start()].rstrip(_DANGLING)
    return text if text.count(" ") >= SHORTEST_PART - 1 else ""
