"""A report as one page to look at: HTML with its styles in it, in the pack's colours, without scripts, and with nothing to fetch.

Everything that a pack's author wrote is text on it, whatever it looks like.
"""

from collections import Counter
from dataclasses import dataclass
from importlib.resources import files

from jinja2 import Environment, StrictUndefined

from game import __version__
from game.workshop.measures import REPEAT_PLAYS
from game.workshop.report import Report
from game.workshop.table import verdict

_TEMPLATE = "report.html.j2"


@dataclass(frozen=True, slots=True)
class Column:
    """Of the histogram of lengths: a number of scenes, and how many random plays had it."""

    scenes: int
    plays: int


def page(report: Report) -> str:
    """The whole HTML document; the same report gives the same bytes."""
    source = (files("game.workshop") / _TEMPLATE).read_text("utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    lengths = _lengths(report)
    return environment.from_string(source).render(
        report=report,
        pack=report.pack,
        plays=report.survey.plays,
        last_seed=report.first_seed + report.survey.plays - 1,
        told=sum(1 for each in report.storylets if each.told),
        ends=sum(1 for each in report.endings if each.reached),
        lengths=lengths,
        tallest=max(each.plays for each in lengths),
        repeat_plays=REPEAT_PLAYS,
        verdict=verdict(report),
        engine=__version__,
    )


def _lengths(report: Report) -> list[Column]:
    """How many plays had how many scenes, from the shortest to the longest; so many columns as fit, each of as many scenes."""
    counted = Counter(report.survey.lengths)
    width = 1 + (max(counted) - min(counted)) // 40
    columns = Counter(dict.fromkeys(range(min(counted), max(counted) + 1, width), 0))
    for scenes, plays in counted.items():
        columns[scenes - (scenes - min(counted)) % width] += plays
    return [Column(scenes, plays) for scenes, plays in sorted(columns.items())]
