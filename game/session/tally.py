"""What a playthrough took of its client, counted from its journal."""

from collections.abc import Iterable

from game.journal import Spent
from game.session.events import Tally
from game.story import ROOT, node_key

OPENING = node_key(ROOT, "")


def tally_of(spending: Iterable[Spent]) -> Tally:
    """The sums. A scene counts as a hit or a miss once, by its first request; the opening as neither, for nobody picked it."""
    rows = list(spending)
    first = {row.key: row for row in reversed(rows) if row.use != "wasted" and row.purpose in ("scene", "tail")}
    first.pop(OPENING, None)
    return Tally(
        requests=len(rows),
        prompt=sum(row.prompt for row in rows),
        reply=sum(row.reply for row in rows),
        cached=sum(row.cached for row in rows),
        hits=sum(row.use == "ahead" for row in first.values()),
        misses=sum(row.use == "read" for row in first.values()),
        wasted=sum(row.prompt + row.reply for row in rows if row.use == "wasted"),
        saved=round(sum(row.saved for row in rows if row.use == "ahead"), 2),
    )
