"""A pack, tested: its own plays, random ones, and its figures, as one thing to print, to keep as JSON or to look at as a page."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from game.packs import Pack
from game.packs.shelf import find_texts
from game.story import Outcome
from game.workshop.measures import Measure, Repeat, measures, near_repeats
from game.workshop.plays import Result, run_plays
from game.workshop.survey import IMPROVISE, Survey, survey


@dataclass(frozen=True, slots=True)
class Offered:
    """An outcome: in how many random plays it was on offer, and in how many it was picked."""

    id: str
    text: str
    offered: int
    picked: int


@dataclass(frozen=True, slots=True)
class Told:
    """A storylet: in how many random plays it was told, its outcomes, and whether one of the pack's own plays tells it."""

    id: str
    title: str
    told: int
    outcomes: tuple[Offered, ...]
    scripted: bool


@dataclass(frozen=True, slots=True)
class Reached:
    """An ending, a place or a thread, and in how many random plays it was reached; a thread: opened, and then `closed`."""

    id: str
    title: str
    reached: int
    closed: int = 0


@dataclass(frozen=True)
class Report:
    """All that testing a pack came to. `groups` are its storylets by the file that they are in, `improvise` what is offered
    between them; `first_seed` is that of the first random play."""

    pack: Pack
    results: tuple[Result, ...]
    survey: Survey
    first_seed: int
    measures: tuple[Measure, ...]
    repeats: tuple[Repeat, ...]
    groups: Mapping[str, tuple[Told, ...]]

    @property
    def failed(self) -> int:
        """How many of the pack's own plays do not go as they should."""
        return sum(not result.ok for result in self.results)

    @property
    def ended(self) -> int:
        """How many random plays came to an ending."""
        return sum(self.survey.endings.values())

    @property
    def above(self) -> tuple[Measure, ...]:
        """The figures that are not as they should be."""
        return tuple(measure for measure in self.measures if not measure.ok)

    def ok(self, strict: bool = False) -> bool:
        """Whether all is well: the plays, that random ones end and, when `strict`, the figures."""
        return not self.failed and self.ended == self.survey.plays and not (strict and self.above)

    @cached_property
    def storylets(self) -> tuple[Told, ...]:
        return tuple(told for group in self.groups.values() for told in group)

    @cached_property
    def improvise(self) -> tuple[Offered, ...]:
        return _offered(IMPROVISE, self.pack.improvise, self.survey)

    @cached_property
    def endings(self) -> tuple[Reached, ...]:
        return tuple(Reached(name, ending.title, self.survey.endings.get(name, 0)) for name, ending in self.pack.endings.items())

    @cached_property
    def places(self) -> tuple[Reached, ...]:
        return tuple(Reached(name, place.name, self.survey.places.get(name, 0)) for name, place in self.pack.places.items())

    @cached_property
    def threads(self) -> tuple[Reached, ...]:
        opened, closed = self.survey.opened, self.survey.closed
        return tuple(
            Reached(name, thread.text, opened.get(name, 0), closed.get(name, 0)) for name, thread in self.pack.threads.items()
        )

    @cached_property
    def unreached(self) -> tuple[str, ...]:
        """What no random play came to, a sentence each."""
        return tuple(_unreached(self))

    def to_json(self) -> dict[str, object]:
        """All of it; docs/testing-packs.md says key by key what it is."""
        return {
            "pack": self.pack.id,
            "version": self.pack.version,
            "pack_hash": self.pack.hash,
            "ok": self.ok(),
            "plays": [_play_row(result) for result in self.results],
            "measures": [
                {"name": each.name, "value": each.value, "unit": each.unit, "mark": each.mark, "ok": each.ok}
                for each in self.measures
            ],
            "random": {
                "plays": self.survey.plays,
                "first_seed": self.first_seed,
                "ended": self.ended,
                "scenes": list(self.survey.lengths),
            },
            "storylets": [_told_row(file, told) for file, group in self.groups.items() for told in group],
            "improvise": [_offered_row(each) for each in self.improvise],
            "endings": [{"id": each.id, "reached": each.reached} for each in self.endings],
            "places": [{"id": each.id, "reached": each.reached} for each in self.places],
            "threads": [{"id": each.id, "opened": each.reached, "closed": each.closed} for each in self.threads],
            "unreached": list(self.unreached),
            "near_repeats": [
                {
                    "rules": list(each.rules),
                    "texts": list(each.texts),
                    "alike": each.alike,
                    "seed": each.seed,
                    "plays": each.plays,
                }
                for each in self.repeats
            ],
        }


def take(ref: str, plays: int = 200, first_seed: int = 0) -> Report:
    """Test the pack `ref`: its own plays, and so many random ones with the seeds from `first_seed` on.

    Raises:
        PackError: the pack cannot be played.
    """
    pack, texts = find_texts(ref)
    results = tuple(run_plays(ref))
    surveyed, repeats = survey(pack, plays, first_seed), near_repeats(pack)
    return Report(
        pack=pack,
        results=results,
        survey=surveyed,
        first_seed=first_seed,
        measures=measures(pack, repeats, surveyed.most_visited),
        repeats=repeats,
        groups=_groups(pack, texts, surveyed, frozenset().union(*(result.told for result in results))),
    )


def _groups(pack: Pack, texts: Mapping[str, str], found: Survey, scripted: frozenset[str]) -> dict[str, tuple[Told, ...]]:
    """The storylets of each file, in the order in which an author wrote them; the files by the first act that they tell of."""
    files = {path: tomllib.loads(text) for path, text in texts.items() if PurePosixPath(path).match("storylets/*.toml")}
    return {
        path: tuple(
            Told(
                id=name,
                title=pack.storylets[name].title,
                told=found.told.get(name, 0),
                outcomes=_offered(name, pack.storylets[name].outcomes, found),
                scripted=name in scripted,
            )
            for name in names
        )
        for path, names in sorted(
            files.items(), key=lambda file: (min((_act(pack, name) for name in file[1]), default=0), file[0])
        )
    }


def _act(pack: Pack, storylet: str) -> int:
    """The first act in which a storylet may be told; endings come after all acts."""
    found = pack.storylets[storylet]
    return pack.acts + 1 if found.ending else min(found.acts, default=1)


def _offered(storylet: str, outcomes: tuple[Outcome, ...], found: Survey) -> tuple[Offered, ...]:
    return tuple(
        Offered(each.id, each.text, found.offered.get((storylet, each.id), 0), found.picked.get((storylet, each.id), 0))
        for each in outcomes
    )


def _unreached(report: Report) -> Iterator[str]:
    for told in report.storylets:
        if not told.told:
            yield f'the storylet "{told.id}"' + (" (a play of the pack tells it)" if told.scripted else "")
        else:
            yield from (f'the outcome "{each.id}" of "{told.id}"' for each in told.outcomes if not each.offered)
    yield from (f'the improvised outcome "{each.id}"' for each in report.improvise if not each.offered)
    for what, all_ in (("ending", report.endings), ("place", report.places), ("thread", report.threads)):
        yield from (f'the {what} "{each.id}"' for each in all_ if not each.reached)
    yield from (f'the end of the thread "{each.id}"' for each in report.threads if each.reached and not each.closed)


def _play_row(result: Result) -> dict[str, object]:
    return {
        "name": result.name,
        "intent": result.intent,
        "file": result.file,
        "line": result.line,
        "ok": result.ok,
        "scenes": result.scenes,
        "ending": result.ending,
        "failures": [{"file": each.file, "line": each.line, "words": each.words} for each in result.failures],
    }


def _told_row(file: str, told: Told) -> dict[str, object]:
    return {"id": told.id, "file": file, "told": told.told, "outcomes": [_offered_row(each) for each in told.outcomes]}


def _offered_row(each: Offered) -> dict[str, object]:
    return {"id": each.id, "offered": each.offered, "picked": each.picked}
