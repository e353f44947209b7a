"""Secrets that leak: texts that say what a secret says, and are read before the storylet that reveals it."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from game.packs.checks.texts import START, Moment, Text
from game.packs.compile import PackFiles
from game.packs.findings import Findings
from game.story import Condition, Conditions, compile_condition
from game.workshop.survey import Scene

ALIKE = 0.75
"""How much of a sentence of a secret another must say to give it away: of its words, each as heavy as it is rare."""
CLOSE, WORDED = 0.4, 88
"""From so much of it on, a sentence is also compared letter by letter; of 100, so like it must be."""
FEWEST = 4
"""Different words of a sentence that says something of its own."""
_WORDS = re.compile(r"[^\W_][\w’'-]*")
_SENTENCES = re.compile(r"(?<=[.!?…])[\"”’']?\s+")
_PATIENT = ("storylet", "outcome", "then", "place", "lore")
"""Moments that come by themselves. Facts, threads and things come by an effect, with which an author says that it is out."""


@dataclass(frozen=True, slots=True)
class Leak:
    """A text that gives a secret of `member` away, and the storylet that was to reveal it."""

    member: str
    revealed_by: str
    text: Text
    sentence: str


class Watch:
    """Counts in how many plays each text that gives a secret away was read too early."""

    def __init__(self, files: PackFiles, texts: Sequence[Text]) -> None:
        self._files = files
        self._conditions = Conditions(files.declared)
        self.leaks = list(_leaks(files, texts))
        self.early: Counter[Leak] = Counter()
        self._by_moment: dict[Moment, list[Leak]] = defaultdict(list)
        for leak in self.leaks:
            for moment in self._moments(leak.text, texts):
                self._by_moment[moment].append(leak)

    def play(self, way: Sequence[Scene]) -> None:
        """Look at one play."""
        if self._by_moment:
            self.early.update({leak for n, scene in enumerate(way) for leak in self._read(scene, way[n - 1] if n else None)})

    def report(self, plays: int, found: Findings) -> None:
        """Add what was read too early in any of so many plays."""
        for leak in self.leaks:
            always = leak.text.moment == START
            if not always and leak not in self.early:
                continue
            when = "from the start" if always else f"before it in {self.early[leak]:,} of {plays:,} plays"
            name = self._files.cast[leak.member].name
            message = (
                f'this gives away a secret of {name}, which "{leak.revealed_by}" reveals, and is read {when}: "{leak.sentence}"'
            )
            advice = f'Say less of it here, or tell it later: a condition on "seen_{leak.revealed_by}" makes sure.'
            if leak.text.moment[0] in ("start", "place", "lore"):
                advice = "Say less of it here: once the secret is out, whoever tells the story is told it by itself."
            found.add("PACK821", leak.text.file, leak.text.path, message=message, suggestion=advice, line=self._line(leak, found))

    def _line(self, leak: Leak, found: Findings) -> int:
        """The line in a file that has no keys."""
        text = found.texts.get(leak.text.file, "")
        return text.count("\n", 0, max(text.find(leak.sentence), 0)) + 1 if not leak.text.path else 0

    def _moments(self, text: Text, texts: Iterable[Text]) -> set[Moment]:
        """When a text is read; of lore, whenever a text is that has one of its keys."""
        if text.moment[0] != "lore":
            return {text.moment}
        keys = [_plain(key) for key in self._files.lore[text.moment[1]].keys]
        near = (other for other in texts if other.moment[0] in _PATIENT)
        return {other.moment for other in near if any(key in _plain(other.text) for key in keys)}

    def _read(self, scene: Scene, before: Scene | None) -> Iterator[Leak]:
        for moment in _moments_of(scene, before):
            for leak in self._by_moment.get(moment, ()):
                if leak.revealed_by not in scene.turn.state.seen and self._told(leak.text, scene):
                    yield leak

    def _told(self, text: Text, scene: Scene) -> bool:
        """Whether all its conditions hold; one that also asks for what was said is taken to hold."""
        conditions: list[Condition] = [compile_condition(when) for when in text.whens]
        return all(self._conditions.holds(condition, scene.turn.state) for condition in conditions if not condition.words)


def _moments_of(scene: Scene, before: Scene | None) -> Iterator[Moment]:
    yield "storylet", scene.storylet
    yield "place", scene.turn.state.place
    yield from (("outcome", scene.storylet, outcome.id) for outcome in scene.offered)
    if before is not None and before.picked is not None:
        yield "then", before.storylet, before.picked.id


def _leaks(files: PackFiles, texts: Sequence[Text]) -> Iterator[Leak]:
    spoken = _Sentences(text for text in texts if text.moment == START or text.moment[0] in _PATIENT)
    for member, cast in files.cast.items():
        for secret in cast.secrets:
            own = {("storylet", secret.revealed_by)} | {
                (kind, secret.revealed_by, outcome.id)
                for kind in ("outcome", "then")
                for outcome in files.storylets[secret.revealed_by].outcomes
            }
            given: dict[Text, str] = {}
            for sentence in _sentences(secret.text):
                for text, said in spoken.like(sentence):
                    if text.moment not in own:
                        given.setdefault(text, said)
            yield from (Leak(member, secret.revealed_by, text, said) for text, said in given.items())


class _Sentences:
    """The sentences of a pack, by their words."""

    def __init__(self, texts: Iterable[Text]) -> None:
        self._all = [(text, sentence) for text in texts for sentence in _sentences(text.text)]
        self._having: dict[str, list[int]] = defaultdict(list)
        for n, (_, sentence) in enumerate(self._all):
            for word in _words(sentence):
                self._having[word].append(n)

    def like(self, sentence: str) -> Iterator[tuple[Text, str]]:
        """The texts that say what `sentence` says, each with the sentence in which it does."""
        weights = {word: self._weight(word) for word in _words(sentence)}
        if len(weights) < FEWEST:
            return
        shared: Counter[int] = Counter()
        for word, weight in weights.items():
            for n in self._having.get(word, ()):
                shared[n] += weight
        whole = sum(weights.values())
        for n, weight in shared.items():
            text, said = self._all[n]
            if weight >= ALIKE * whole or (weight >= CLOSE * whole and _same_words(sentence, said)):
                yield text, said

    def _weight(self, word: str) -> int:
        """In hundredths, so that sums are the same everywhere."""
        return round(100 * math.log1p(len(self._all) / max(len(self._having.get(word, ())), 1)))


def _same_words(one: str, other: str) -> bool:
    shorter, longer = sorted((one.lower(), other.lower()), key=len)
    return 2 * len(shorter) >= len(longer) and fuzz.partial_ratio(shorter, longer) >= WORDED


def _sentences(text: str) -> list[str]:
    return [" ".join(part.split()) for part in _SENTENCES.split(text) if part.strip()]


def _plain(text: str) -> str:
    """The words of a text in small letters, with a space around each."""
    return f" {' '.join(word.lower() for word in _WORDS.findall(text))} "


def _words(sentence: str) -> set[str]:
    return {word.lower().replace("’", "'") for word in _WORDS.findall(sentence)}
