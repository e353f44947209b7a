"""How much a pack has to tell: figures of whole playthroughs, told by the offline storyteller and read as a player reads them.

Every figure is drawn from seeds, so it is the same wherever it is taken.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, islice

import orjson
from rapidfuzz import fuzz

from game.clients import SceneRequest
from game.clients.stub import StubClient
from game.narrator.rehearsal import rehearse
from game.packs import Pack
from game.story import Beat, Scene

ALIKE = 85
"""Of a hundred: two beats that are as like as this (token set ratio) read as one beat told twice."""
COMMON = 3
"""One word in so many, of the shorter of two beats, is in the other too, where they are as like as that."""
SHORTEST = 25
"""Characters up to which a beat may come again: a cry, a nod."""
REPEAT_PLAYS, VISIT_PLAYS = 100, 200
"""Random plays that are searched for near repeats, and that show how much of a pack one play visits."""
PLAYS, SCENES = 12, 16
"""Random plays that are told otherwise, and scenes of each at the most that are told again."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of a pack, a percentage if `unit` is `%`. `mark` says how it should be, empty where nothing is asked of it, and
    `ok` whether it is so; `what` is the figure in a sentence."""

    name: str
    value: float
    unit: str
    mark: str
    ok: bool
    what: str

    def __str__(self) -> str:
        return f"{self.value:g} {self.unit}".rstrip()


@dataclass(frozen=True, slots=True)
class Repeat:
    """Two beats of one playthrough that read as one told twice: the rules that they are from, their texts, how like these are (of
    100), the seed of the first playthrough that has both, and in how many it is so."""

    rules: tuple[str, str]
    texts: tuple[str, str]
    alike: int
    seed: int
    plays: int


def measures(pack: Pack, repeats: Sequence[Repeat], most_visited: float) -> tuple[Measure, ...]:
    """All figures of a pack. `repeats` are its near repeats, `most_visited` is the survey's share, 0 to 1."""
    path, parted, visited = two_seeds_on_one_path(pack), parted_at_scene_1(pack), round(100 * most_visited, 1)
    told_again = float(same_when_told_again(pack))
    return (
        Measure(
            "near repeats in a playthrough", len(repeats), "", "none", not repeats, "pairs of beats that read as one told twice"
        ),
        Measure("two seeds on one path", path, "%", "under 50 %", path < 50, "of the beats are the same with another seed"),
        Measure("parted at scene 1", parted, "%", "under 30 %", parted < 30, "of the beats after it are the same"),
        Measure("the most of the pack that one play visits", visited, "%", "at most 50 %", visited <= 50, "of the storylets"),
        Measure("told again", told_again, "%", "", True, "of the beats of a scene are the same"),
    )


def near_repeats(pack: Pack, plays: int = REPEAT_PLAYS) -> tuple[Repeat, ...]:
    """The pairs of beats that come in one playthrough and are too like each other; each pair of rules once, with the texts of the
    first playthrough that has it."""
    found: dict[tuple[str, str], Repeat] = {}
    for seed in range(plays):
        beats = [beat for beat in _beats(scene for _, scene in rehearse(pack, seed)) if len(beat.text) > SHORTEST]
        here = {repeat.rules: repeat for repeat in _alike(beats, seed)}
        for rules, repeat in here.items():
            first = found.get(rules)
            found[rules] = replace(first, plays=first.plays + 1) if first else repeat
    return tuple(found.values())


def two_seeds_on_one_path(pack: Pack, plays: int = PLAYS) -> float:
    """Of a hundred beats, how many are the same, word for word, when the same way through the story is told by another seed."""
    pairs = []
    for seed in range(plays):
        one, other = ([scene for _, scene in rehearse(pack, seed, voice=voice)] for voice in (seed, seed + plays))
        pairs.append((one, other))
    return _shared(pairs)


def parted_at_scene_1(pack: Pack, plays: int = PLAYS) -> float:
    """Of a hundred beats after scene 1, how many are in a playthrough of the same seed that picked otherwise in scene 1."""
    pairs = []
    for seed in range(plays):
        choices = range(len(next(rehearse(pack, seed))[1].choices))
        ways = [[scene for _, scene in rehearse(pack, seed, opening=choice)][1:] for choice in choices]
        pairs += [(one, other) for one in ways for other in ways if one is not other]
    return _shared(pairs)


def same_when_told_again(pack: Pack) -> int:
    """Of a hundred beats, how many are the same, word for word, when the offline storyteller tells their scene once more."""
    stub, beats, same = StubClient(pack), 0, 0
    for brief, scene in (told for seed in range(PLAYS) for told in islice(rehearse(pack, seed), SCENES)):
        again = stub.reply(SceneRequest(replace(brief, first=brief.key, telling=1)))
        words = {beat["t"] for beat in orjson.loads(again)["beats"]}
        beats += len(scene.beats)
        same += sum(beat.text in words for beat in scene.beats)
    return round(100 * same / beats) if beats else 0


def _beats(scenes: Iterable[Scene]) -> Iterator[Beat]:
    return (beat for scene in scenes for beat in scene.beats)


def _alike(beats: Sequence[Beat], seed: int) -> Iterator[Repeat]:
    """The pairs of these beats that are too like each other. Most pairs have too few words in common for it, and are not compared
    letter by letter, which takes twenty times as long."""
    words = [frozenset(beat.text.split()) for beat in beats]
    for (one, its), (other, others) in combinations(zip(beats, words, strict=True), 2):
        if COMMON * len(its & others) < min(len(its), len(others)):
            continue
        alike = fuzz.token_set_ratio(one.text, other.text, score_cutoff=ALIKE)
        if alike:
            yield Repeat((_rule(one), _rule(other)), (one.text, other.text), int(alike), seed, 1)


def _rule(beat: Beat) -> str:
    """The beat rule that a beat is from, without the expansions that it used."""
    return beat.source.ref.partition(" ")[0]


def _shared(pairs: Iterable[tuple[Sequence[Scene], Sequence[Scene]]]) -> float:
    """Of a hundred beats of each second playthrough, how many are in the first, word for word."""
    beats, same = 0, 0
    for one, other in pairs:
        known = {beat.text for beat in _beats(one)}
        for beat in _beats(other):
            beats += 1
            same += beat.text in known
    return round(100 * same / beats, 1) if beats else 0.0
