"""How much of each request a server's cache has seen already, and which template's field spoils it: `check PACK --cache`."""

import statistics
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, pairwise

from rich.console import Console
from rich.table import Table

from game.narrator.prompt import Prompter
from game.narrator.rehearsal import Sheet, common, shared, sheets, turns_words
from game.narrator.values import Values
from game.packs import Pack
from game.packs.shelf import find_pack

WANTED = 90
"""Percent of a request that should come again, in the median."""


@dataclass(frozen=True, slots=True)
class Step:
    """From the request of the turn before to that of `turn`: percent that came again; whether scenes were folded; and what broke
    the prefix before its end, if something did."""

    turn: int
    shared: float
    folded: bool
    broken: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """All steps of a rehearsal. Those that fold are told apart: a fold breaks the prefix for the sake of the turns after it."""

    steps: tuple[Step, ...]

    @property
    def median(self) -> float:
        """Percent; 100 where there is nothing to compare."""
        return statistics.median(step.shared for step in self.steps) if self.steps else 100.0

    @property
    def fold_median(self) -> float | None:
        return statistics.median(again) if (again := [step.shared for step in self.steps if step.folded]) else None

    @property
    def plain_median(self) -> float | None:
        return statistics.median(again) if (again := [step.shared for step in self.steps if not step.folded]) else None

    @property
    def ok(self) -> bool:
        """Whether the steps without a fold share enough."""
        return self.plain_median is None or self.plain_median >= WANTED


def cache_check(ref: str, turns: int = 30, seed: int = 7, window: int = 8192) -> Verdict:
    """Play `turns` scenes of the pack `ref` and compare each request with the one before.

    Raises:
        PackError: the pack cannot be played.
    """
    pack = find_pack(ref)
    return Verdict(tuple(steps(pack, seed, window, turns)))


def steps(pack: Pack, seed: int, window: int, turns: int) -> Iterator[Step]:
    prompter = Prompter(pack, pack.player)
    for before, now in pairwise(islice(sheets(pack, seed, window), turns)):
        again = shared(before.text, now.text)
        folded = before.shape.start != now.shape.start
        yield Step(now.brief.turn, again, folded, "" if again == 100 else _broken(prompter, before, now))


def _broken(prompter: Prompter, before: Sheet, now: Sheet) -> str:
    """What is not as it was, in a few words."""
    if before.schema != now.schema:
        return f"the schema: {len(now.brief.slots)} choices after {len(before.brief.slots)}"
    old, new = prompter.head(before.brief, before.profile), prompter.head(now.brief, now.profile)
    if old.text != new.text:
        return culprit(prompter, "system", old.values, new.values)
    if before.shape.start != now.shape.start:
        return f"a fold: {turns_words(before.shape.start, now.shape.start - 1)}"
    spans = [prompter.span(sheet.brief, sheet.behind, sheet.profile, sheet.shape) for sheet in (before, now)]
    for earlier, later in zip(*((*span.told, span.last) for span in spans), strict=False):
        if earlier.asked != later.asked:
            return f"turn {later.turn}, " + culprit(prompter, "scene", earlier.values, later.values)
    return "the recap"


def culprit(prompter: Prompter, name: str, before: Values, now: Values) -> str:
    """The template and the field that changes its text first, found by putting one value of `now` at a time into `before`."""
    text = prompter.wording.render(name, before)
    found = []
    for path in _paths(now):
        changed = prompter.wording.render(name, _with(before, path, _at(now, path)))
        if changed != text:
            found.append((common(text, changed), ".".join(path)))
    return f"{name}.j2: {min(found)[1]}" if found else f"{name}.j2"


def _paths(values: Values, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The way to each value that is not a table itself."""
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from _paths(value, (*above, key))
        else:
            yield (*above, key)


def _at(values: Values, path: tuple[str, ...]) -> object:
    value = values[path[0]]
    return _at(value, path[1:]) if len(path) > 1 and isinstance(value, Mapping) else value


def _with(values: Values, path: tuple[str, ...], value: object) -> dict[str, object]:
    inner = values.get(path[0])
    if len(path) == 1 or not isinstance(inner, Mapping):
        return {**values, path[0]: value}
    return {**values, path[0]: _with(inner, path[1:], value)}


def show(verdict: Verdict, console: Console) -> None:
    """Print the steps and the medians."""
    table = Table("turn", "came again", "", title="How much of the request before comes again")
    table.columns[1].justify = "right"
    for step in verdict.steps:
        table.add_row(str(step.turn), f"{step.shared:.0f} %", step.broken)
    console.print(table)
    console.print(f"median: {verdict.median:.0f} %; without folds: {_percent(verdict.plain_median)}, {WANTED} % wanted")
    folds = sum(step.folded for step in verdict.steps)
    console.print(f"folds: {folds} of {len(verdict.steps)} turns; median of these: {_percent(verdict.fold_median)}")
    broken = sorted({step.broken for step in verdict.steps if step.broken and not step.folded})
    for words in broken:
        console.print(f"the prefix breaks at {words}", highlight=False)


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{value:.0f} %"
