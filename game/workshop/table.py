"""A report in a terminal: what random plays reached, near repeats, the figures, the pack's own plays, and the verdict last."""

from collections.abc import Iterator, Sequence
from statistics import median

from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from game.packs.diagnostic import one_line
from game.workshop.measures import REPEAT_PLAYS
from game.workshop.plays import Result
from game.workshop.report import Offered, Reached, Report

BAR = 20
"""Columns of a bar that stands for all plays."""
WIDE = 100
"""Columns of a terminal in which there is room for bars."""
FULL, EMPTY = "━", "·"


def show(report: Report, console: Console) -> None:
    """Print it. What is a stranger's in it is printed as one line of plain text, whatever it holds."""
    bar = BAR if console.width >= WIDE else 0
    for block in (
        _storylets(report, bar),
        _reached(report, bar),
        *_repeats(report),
        *_unreached(report),
        _measures(report),
        *_plays(report),
    ):
        console.print(block)
    console.print(Text(verdict(report), style="bold green" if report.ok() else "bold red"))


def verdict(report: Report) -> str:
    """The report in one line."""
    passed = len(report.results) - report.failed
    above = f"; above its mark: {', '.join(each.name for each in report.above)}" if report.above else ""
    return f"{passed} passed, {report.failed} failed; {report.ended} of {report.survey.plays} random plays end{above}"


def _storylets(report: Report, bar: int) -> Table:
    lengths, plays = report.survey.lengths, report.survey.plays
    last = report.first_seed + plays - 1
    title = (
        f"{report.pack.title} {report.pack.version}: {plays} random plays, seeds {report.first_seed} to {last}, "
        f"{min(lengths)} to {max(lengths)} scenes, {median(lengths):g} in the middle"
    )
    table = Table(
        "storylet", "told", "", "outcomes: picked of offered", box=SIMPLE_HEAD, title=_plain(title), title_justify="left"
    )
    table.columns[1].justify = "right"
    for file, group in report.groups.items():
        table.add_section()
        table.add_row(_plain(file.removeprefix("storylets/"), "bold"))
        for told in group:
            table.add_row(
                _plain(f"  {told.id}", _never(told.told)), str(told.told), _bar(told.told, plays, bar), _outcomes(told.outcomes)
            )
    if report.improvise:
        table.add_section()
        table.add_row(_plain("between storylets", "bold"), "", "", _outcomes(report.improvise))
    return table


def _outcomes(outcomes: Sequence[Offered]) -> Text:
    words = [_plain(f"{each.id} {each.picked}/{each.offered}", _never(each.picked)) for each in outcomes]
    return Text(", ").join(words)


def _reached(report: Report, bar: int) -> Table:
    plays = report.survey.plays
    table = Table("reached", "plays", "", "closed", box=SIMPLE_HEAD)
    table.columns[1].justify = table.columns[3].justify = "right"
    for title, rows in (("endings", report.endings), ("places", report.places), ("threads opened", report.threads)):
        table.add_section()
        table.add_row(_plain(title, "bold"))
        for each in rows:
            closed = str(each.closed) if rows is report.threads else ""
            table.add_row(_name(each), str(each.reached), _bar(each.reached, plays, bar), closed)
    return table


def _name(each: Reached) -> Text:
    return _plain(f"  {each.id}", _never(each.reached))


def _repeats(report: Report) -> Iterator[RenderableType]:
    if report.repeats:
        yield _plain(f"Near repeats, in {REPEAT_PLAYS} random plays", "bold")
    for each in report.repeats:
        one, other = each.rules
        yield _plain(f"  {one} and {other}: {each.alike} of 100 alike, in {each.plays} plays; one has seed {each.seed}")
        yield from (_plain(f"    “{text}”", "dim") for text in dict.fromkeys(each.texts))


def _unreached(report: Report) -> Iterator[RenderableType]:
    if report.unreached:
        yield _plain("No random play reached", "bold")
    yield from (_plain(f"  {words}") for words in report.unreached)


def _measures(report: Report) -> Table:
    table = Table("measure", "is", "should be", "", box=SIMPLE_HEAD)
    table.columns[1].justify = table.columns[2].justify = "right"
    for each in report.measures:
        table.add_row(_plain(each.name, "" if each.ok else "red"), str(each), each.mark, _plain(each.what, "dim"))
    return table


def _plays(report: Report) -> Iterator[Text]:
    for result in report.results:
        yield _play(result)
        yield from (_plain(f"     {failure}", "red") for failure in result.failures)


def _play(result: Result) -> Text:
    way = f"{result.scenes} scenes, {result.ending or 'no ending'}"
    return _plain(f"{'ok  ' if result.ok else 'FAIL'} {result.name} ({way})", "" if result.ok else "red")


def _bar(value: int, whole: int, columns: int) -> Text:
    full = -(-columns * value // max(whole, 1))
    return Text(FULL * full, style="cyan").append(EMPTY * (columns - full), style="dim")


def _never(count: int) -> str:
    return "" if count else "red"


def _plain(words: str, style: str = "") -> Text:
    return Text(one_line(words, 600), style=style)
