"""Makes the journal that stands for its schema in the tests: `python -m tests.journal.make_fixture`.

Run once for each schema, before it ships; never again, as its file shows what players' files of that time are like.
"""

from pathlib import Path

from game.journal import Journal
from game.journal.schema import SCHEMA
from game.story import Attempt, Beat, Mark
from tests.journal.stories import HEADER, RECAP, SHAPE, SPENT, beat, tell, tell_many

FOLDER = Path(__file__).parent / "fixtures"
SCENES = 40
"""More than lie between two stored states."""
STEER = "less grim"
EDITED = "What the player made of it — «so»."


def shown() -> tuple[Beat, ...]:
    """What was read of the scene that is pending in it."""
    return (beat("Half of what is to come."), beat("And then?", "maren"))


def marks(first: str, second: str) -> tuple[Mark, ...]:
    """What is kept in it, and what is dropped again: that in the first slot."""
    return (Mark("", "quick", first, 1_700_000_000.5), Mark("", "1", first, 1.0), Mark("The way out — «M»", "", second, 2.25))


def make(path: Path) -> None:
    """A story with a fork, a retelling, edits, bookmarks, a failed attempt, a recap, something spent, and a scene half told."""
    journal = Journal.create(path, HEADER)
    trunk = tell_many(journal, SCENES)
    tell(journal, "c", "the other way", trunk[9])
    last = tell(journal, "a", "told again", trunk[-2], telling=1, steer=STEER)
    for text in ("Something else.", EDITED):
        journal.edit(trunk[4].key, 1, text)
    for mark in marks(trunk[4].key, trunk[9].key):
        journal.mark(mark)
    journal.unmark("slot 1")
    key = journal.begin(last.key, "c")
    journal.attempted(key, "asked first", b"the first request", "scene", Attempt("", "rate_limited", "Later.", 1.5))
    journal.keep_recap(RECAP)
    journal.spend(SPENT)
    journal.asking(key, "asked again", b"the second request", "tail", SHAPE)
    journal.show(key, list(enumerate(shown())), '{"beats": [')
    journal.close()


def fixture(schema: int) -> Path:
    return FOLDER / f"schema_{schema}.journal"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    make(fixture(SCHEMA))
