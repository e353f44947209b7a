"""Journals that shipped engines wrote: each one still opens, with all that is in it."""

import shutil

import pytest

from game.journal import CorruptJournal, Journal, LoggedAttempt, card, read_map, read_recording
from game.journal.schema import SCHEMA
from game.story import INTERRUPTED, Attempt
from tests.journal.make_fixture import EDITED, SCENES, STEER, fixture, marks, shown
from tests.journal.stories import HEADER, RECAP, SHAPE, SLOTS, SPENT, beats_of, beside, tamper, tell

FAILED = LoggedAttempt("asked first", "scene", Attempt("", "rate_limited", "Later.", 1.5))
CUT = Attempt('{"beats": [', INTERRUPTED)
ASKED_AGAIN = LoggedAttempt("asked again", "tail", CUT, SHAPE)
ATTEMPTS = {1: (FAILED, LoggedAttempt("", "", CUT)), 2: (FAILED, ASKED_AGAIN), 3: (FAILED, ASKED_AGAIN)}
"""What is known of the scene half told: of what was asked for the attempt under way, schema 1 keeps nothing."""

SCHEMAS = pytest.mark.parametrize("schema", range(1, SCHEMA + 1))


@SCHEMAS
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
    assert journal.pending.attempts == ATTEMPTS[schema]
    assert journal.request("asked first") == b"the first request"
    assert journal.go(told_again[9].key) == told_again[9]
    assert [journal.forward(node.key) for node in told_again[9:-1]] == list(told_again[10:])
    journal.close()


@SCHEMAS
def test_a_journal_of_every_schema_is_read_without_a_change(path, schema):
    shutil.copy(fixture(schema), path)
    before = beside(path)
    recording = read_recording(path)
    assert card(path) is not None
    header, story = read_map(path)
    assert (header, len(story.scenes), len(story.line)) == (HEADER, SCENES + 2, SCENES)
    assert beside(path) == before
    assert (recording.header, len(recording.scenes), len(recording.picks)) == (HEADER, SCENES, SCENES + 1)
    assert list(recording.attempts.values())[-1] == ATTEMPTS[schema]


@SCHEMAS
def test_a_journal_of_every_schema_is_one_of_this_from_its_first_opening_on(path, schema):
    shutil.copy(fixture(schema), path)
    journal = Journal.open(path)
    assert journal.keep_recap(RECAP) == RECAP.id
    journal.spend(SPENT)
    told = tell(journal, "c", shape=SHAPE)
    journal.close()
    again = Journal.open(path)
    assert again.recap(RECAP.id) == RECAP
    assert again.spending()[-1] == SPENT
    assert again.last_shape(told.key) == SHAPE
    again.close()


def test_an_older_journal_that_cannot_be_gone_on_with_stays_an_older_one(path):
    shutil.copy(fixture(1), path)
    tamper(path, "UPDATE pointer SET head = 'nowhere'")
    before = beside(path)
    with pytest.raises(CorruptJournal, match="scene nowhere is missing"):
        Journal.open(path)
    assert beside(path) == before


@pytest.mark.parametrize("schema", range(2, SCHEMA + 1))
def test_what_is_kept_from_the_second_schema_on_comes_back(path, schema):
    shutil.copy(fixture(schema), path)
    journal = Journal.open(path)
    assert journal.request("asked again") == b"the second request"
    assert (journal.recap(RECAP.id), journal.spending()) == (RECAP, (SPENT,))
    journal.close()


def test_what_only_the_third_schema_keeps_comes_back(path):
    shutil.copy(fixture(3), path)
    journal = Journal.open(path)
    trunk = journal.path_to(journal.head.key)
    quick, _, named = marks(trunk[4].key, trunk[9].key)
    assert journal.marks() == (quick, named)
    assert [edit.key for edit in journal.edits()] == [trunk[4].key] * 2
    assert journal.node(trunk[4].key).scene.beats[1].text == EDITED
    assert journal.told(trunk[4].key).beats == beats_of("wave 4")
    assert journal.steer(journal.head.key) == STEER
    journal.close()
