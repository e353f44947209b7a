"""Journals that shipped engines wrote: each one still opens, with all that is in it."""

import shutil

import pytest

from game.journal import Journal, LoggedAttempt
from game.journal.schema import SCHEMA
from game.story import INTERRUPTED, Attempt
from tests.journal.make_fixture import SCENES, fixture, shown
from tests.journal.stories import HEADER, SLOTS, beats_of


@pytest.mark.parametrize("schema", range(1, SCHEMA + 1))
def test_a_journal_of_every_schema_opens_whole(path, schema):
    shutil.copy(fixture(schema), path)
    journal = Journal.open(path)
    assert journal.header == HEADER
    assert journal.count == SCENES + 2
    told_again = journal.path_to(journal.head.key)
    assert [node.scene.turn for node in told_again] == list(range(1, SCENES + 1))
    assert [node.slot for node in told_again[1:-1]] == [SLOTS[n % 3] for n in range(1, SCENES - 1)]
    assert (told_again[-1].telling, told_again[-1].scene.beats) == (1, beats_of("told again"))
    assert [node.slot for node in journal.children(told_again[9].key)] == ["b", "c"]
    assert journal.pending.shown == shown()
    assert journal.pending.attempts == (
        LoggedAttempt("asked first", "scene", Attempt("", "rate_limited", "Later.", 1.5)),
        LoggedAttempt("", "", Attempt('{"beats": [', INTERRUPTED)),
    )
    assert journal.request("asked first") == b"the first request"
    journal.close()
