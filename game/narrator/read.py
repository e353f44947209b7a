"""What the player has read, so that no sentence comes twice, or nearly; at the same cost however much it is.

Two sentences are as good as the same when their words are (rapidfuzz's token-set ratio) and most of what they are about is, too;
or when they share a long run of words. A sentence is followed word by word, so that one which can no longer turn out to be a
repeat may flow.
"""

import re
from collections import Counter, deque
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from zlib import crc32

from rapidfuzz import fuzz

ALIKE = 85
"""rapidfuzz's token-set ratio, of 100, from which two sentences count as the same."""
KIN = 0.6
"""Of the content words of two sentences that count as the same, this share is common; of each beginning of the later one, too."""
LONG_ENOUGH = 4
"""Content words that a sentence has at least, to be judged by them; a shorter one repeats only what is just the same."""
SHORTEST_REPEAT = 20
"""Characters of a sentence that may not come twice; shorter ones may."""
WORN, CLAUSE = 2, 3
"""How often a shorter one may come in a scene, if it has so many words: then it is no figure of speech any more."""
RUN = 8
"""Words in one row that may not come twice."""
RECENT = 48
"""Earlier sentences with a certain word that a new one is compared with: the latest."""

_GRAM = 5
_TELLING = 3
"""The content words by which a sentence is suspected; and as many must be in a run, for it to be more than a turn of phrase."""

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_END = re.compile(r"(?<!\bMr)(?<!\bDr)(?<!\bSt)(?<!\bMrs)[.!?…]+[\"”’'»)\]]*\s+(?=[^\sa-z])")
_STOP = frozenset(
    word
    for line in (
        "a about across after again against all along already also am an and another any are around as at away back be because",
        "been before behind being below beneath beside between beyond both but by can cannot could did do does down each either",
        "else even ever every few for from had has have he her here hers him his how i if in inside into is it its itself just",
        "let like may me might more most much must my near neither no nor not now of off on once one only onto or other our out",
        "outside over own past per quite rather round same shall she should since so some still such than that the their them",
        "then there these they this those though through till to too toward towards under until up upon us very was we were",
        "what when where which while who whose why will with within without would yet you your yours yourself",
    )
    for word in line.split()
)


def sentences_of(text: str) -> list[str]:
    """The sentences of a text that was let through."""
    out, position = [], 0
    for end in _END.finditer(text):
        out.append(text[position : end.end()].strip())
        position = end.end()
    return [*out, text[position:].strip()]


def words_of(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in _WORD.findall(text)]


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """What a word is about, roughly: its first letters; empty for a word that is about nothing."""
    return "" if word in _STOP or (len(word) < 2 and not word.isdigit()) or "'" in word else word[:4]


@dataclass(frozen=True, slots=True)
class _Sentence:
    normal: str
    stems: tuple[str, ...]


class Runs:
    """Texts of which no long run of words may come again. They are known by each `size` words in a row."""

    def __init__(self, texts: Iterable[str] = (), size: int = _GRAM) -> None:
        self.size = size
        self._grams: set[int] = set()
        for text in texts:
            self.add(words_of(text))

    def add(self, words: list[str]) -> None:
        self._grams.update(_gram(words[end - self.size : end]) for end in range(self.size, len(words) + 1))

    def __contains__(self, gram: int) -> bool:
        return gram in self._grams


def _gram(words: list[str]) -> int:
    """Words in a row, as a number that is the same on every platform."""
    return crc32(" ".join(words).encode())


class Read:
    """The sentences that the player has read. Grows with each beat; what is in it is found without looking through it."""

    def __init__(self, texts: Iterable[str] = (), before: "Read | None" = None) -> None:
        self._before = before
        self._with: dict[str, deque[_Sentence]] = {}
        self._exact: set[int] = set()
        self._short: Counter[tuple[str, ...]] = Counter()
        self._runs = Runs()
        for text in texts:
            self.add(text)

    def branch(self) -> "Read":
        """One that has read all this, and may read on by itself; nothing is copied. For a scene that may never be read: when it
        is, its texts are added here, and the branch is let go."""
        return Read(before=self)

    def add(self, text: str) -> None:
        for sentence in sentences_of(text):
            words = words_of(sentence)
            normal = " ".join(words)
            if len(normal) < SHORTEST_REPEAT:
                self._short[tuple(words)] += len(words) >= CLAUSE
                continue
            self._exact.add(crc32(normal.encode()))
            self._runs.add(words)
            stems = tuple(dict.fromkeys(filter(None, map(stem, words))))
            known = _Sentence(normal, stems)
            for word in stems:
                self._with.setdefault(word, deque(maxlen=RECENT)).append(known)

    def has(self, sentence: str) -> bool:
        """Whether a sentence as good as this one was read, or one that shares a long run of words with it."""
        watch = RepeatWatch(self)
        watch.follow(sentence, whole=True)
        return watch.repeats() is not None

    def may_have(self, beginning: str) -> bool:
        """Whether a sentence that begins like this may turn out to be one of them. The last word counts when a space follows."""
        watch = RepeatWatch(self)
        watch.follow(beginning)
        return watch.doubt() is not None

    @property
    def is_empty(self) -> bool:
        return not self._exact and (self._before is None or self._before.is_empty)

    def read_exactly(self, normal: str) -> bool:
        return crc32(normal.encode()) in self._exact or (self._before is not None and self._before.read_exactly(normal))

    def worn(self) -> list[tuple[str, ...]]:
        """The short sentences that came often enough: here, and in what this branched from."""
        near = self._short + self._before._short if self._before else self._short
        return [words for words, times in near.items() if times >= WORN]

    def has_gram(self, gram: int) -> bool:
        return gram in self._runs or (self._before is not None and self._before.has_gram(gram))

    def recent(self, word: str) -> Iterator[_Sentence]:
        """The sentences with a word, latest first, up to a bound."""
        return islice(self._all_with(word), RECENT)

    def _all_with(self, word: str) -> Iterator[_Sentence]:
        yield from reversed(self._with.get(word, ()))
        if self._before is not None:
            yield from self._before.recent(word)


class RunWatch:
    """Follows one sentence, as it grows, for runs of `length` words that stand in other texts."""

    def __init__(self, known: Read | Runs, length: int = RUN) -> None:
        self._has = known.has_gram if isinstance(known, Read) else known.__contains__
        self._size = _GRAM if isinstance(known, Read) else known.size
        self._wanted = length - self._size + 1
        self._words: list[str] = []
        self._position = 0
        self._hits: list[int] = []
        self._found: int | None = None

    def follow(self, sentence: str, whole: bool = False) -> None:
        """The sentence so far. A word at its very end may still grow, unless the sentence is whole."""
        for found in _WORD.finditer(sentence, self._position):
            if not whole and sentence[found.end() :] in ("", "'", "’"):
                return
            self._position = found.end()
            self._take(found[0].lower().replace("’", "'"), found.start())

    def doubt(self) -> int | None:
        """From where on it may turn out to have such a run; None when all of it may be shown."""
        return self._hits[0] if self._found is None and self._hits else self._found

    def repeats(self) -> int | None:
        """Where a sentence with such a run has to stop; None when it has none."""
        return self._found

    def _take(self, word: str, start: int) -> None:
        self._words.append(word)
        if len(self._words) < self._size or self._found is not None:
            return
        if not self._has(_gram(self._words[-self._size :])):
            self._hits.clear()
            return
        self._hits.append(start)
        run = self._words[-(len(self._hits) + self._size - 1) :]
        if len(self._hits) >= self._wanted and len(set(filter(None, map(stem, run)))) >= _TELLING:
            self._found = self._hits[0]


class RepeatWatch(RunWatch):
    """Follows one sentence, as it grows, through what was read."""

    def __init__(self, read: Read) -> None:
        super().__init__(read)
        self._read = read
        self._stems: list[str] = []
        self._near: Collection[_Sentence] | None = None
        self._free = read.is_empty
        self._worn = read.worn()

    def doubt(self) -> int | None:
        return super().doubt() if self._free and not self._worn else 0

    def repeats(self) -> int | None:
        if tuple(self._words) in self._worn or (not self._free and self._same()):
            return 0
        return super().repeats()

    def _take(self, word: str, start: int) -> None:
        super()._take(word, start)
        if self._worn:
            count = len(self._words)
            self._worn = [words for words in self._worn if words[:count] == tuple(self._words)]
        root = stem(word)
        if self._free or not root or root in self._stems:
            return
        self._stems.append(root)
        self._narrow()

    def _narrow(self) -> None:
        """Which sentences this one may still turn out to be."""
        count = len(self._stems)
        if self._near is None and count < _TELLING:
            self._free = sum(next(self._read.recent(root), None) is None for root in self._stems) > _TELLING - 2
            return
        if self._near is None:
            self._near = {id(known): known for root in self._stems for known in self._read.recent(root)}.values()
        self._near = [known for known in self._near if sum(root in known.stems for root in self._stems) >= KIN * count]
        self._free = not self._near

    def _same(self) -> bool:
        normal = " ".join(self._words)
        if len(normal) >= SHORTEST_REPEAT and self._read.read_exactly(normal):
            return True
        mine = set(self._stems)
        return len(mine) >= LONG_ENOUGH and any(
            len(mine.intersection(known.stems)) >= KIN * len(mine.union(known.stems))
            and fuzz.token_set_ratio(normal, known.normal) >= ALIKE
            for known in self._near or ()
        )
