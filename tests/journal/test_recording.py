"""A journal read as a value: the way to where its player is, and all that shaped it."""

from dataclasses import replace

import pytest

from game.journal import ForeignFile, Journal, JournalError, LoggedAttempt, read_recording
from game.story import DONE, INTERRUPTED, Attempt
from tests.journal.stories import HEADER, RECAP, SHAPE, beat, beside, tell, tell_many, written


def test_a_recording_has_the_way_to_the_head(path):
    journal = Journal.create(path, HEADER)
    trunk = tell_many(journal, 3)
    tell(journal, "c", "another way", trunk[0])
    last = tell(journal, "c", "told again", trunk[1], telling=1)
    journal.close()
    recording = read_recording(path)
    way = [trunk[0], trunk[1], last]
    assert recording.header == HEADER
    assert recording.picks == tuple((node.slot, node.telling) for node in way)
    assert recording.scenes == tuple(node.scene for node in way)
    assert list(recording.attempts) == [node.key for node in way]


def test_a_recording_has_what_was_asked_on_that_way_and_what_came_back(path):
    journal = Journal.create(path, HEADER)
    first = tell(journal, words="a bell")
    tell(journal, "b", "left aside", first)
    journal.keep_recap(RECAP)
    journal.keep_recap(replace(RECAP, upto=99))
    last = tell(journal, "a", "a lamp", first, shape=SHAPE)
    attempts = {node.key: journal.attempts(node.key) for node in (first, last)}
    journal.close()
    recording = read_recording(path)
    assert recording.attempts == attempts
    assert recording.attempts[last.key][0].shape == SHAPE
    assert recording.requests == {
        "request of a bell": b"what was asked: a bell",
        "request of a lamp": b"what was asked: a lamp",
    }
    assert recording.recaps == {RECAP.id: RECAP}


def test_a_pick_whose_scene_is_not_committed_is_the_last_of_it(path):
    journal = Journal.create(path, HEADER)
    first, second = tell_many(journal, 2)
    key = journal.begin(first.key, "c", 2)
    journal.attempted(key, "h", b"", "scene", Attempt("", "timed_out"))
    journal.close()
    recording = read_recording(path)
    assert recording.picks == (("", 0), ("c", 2))
    assert recording.scenes == (first.scene,)
    assert recording.attempts[key] == (LoggedAttempt("h", "scene", Attempt("", "timed_out")),)
    assert second.key not in recording.attempts


def test_an_attempt_that_was_under_way_is_an_interrupted_one_and_the_file_does_not_hear_of_it(path):
    playing = path.with_name("playing.journal")
    journal = Journal.create(playing, HEADER)
    key = journal.begin(tell(journal).key, "a")
    journal.asking(key, "h", b"asked", "scene", SHAPE)
    journal.show(key, [(0, beat("Half"))], "Half")
    for each, content in beside(playing).items():
        path.with_name(each.replace("playing", path.stem)).write_bytes(content)
    journal.close()
    before = beside(path)
    recording = read_recording(path)
    assert recording.attempts[key] == (LoggedAttempt("h", "scene", Attempt("Half", INTERRUPTED), SHAPE),)
    assert beside(path) == before


def test_a_journal_that_is_being_played_is_read_as_of_its_last_commit_and_goes_on(in_file, path):
    node = tell(in_file)
    in_file.begin(node.key, "b")
    recording = read_recording(path)
    assert recording.scenes == (node.scene,)
    assert recording.attempts[node.key][0].attempt.ended == DONE
    assert tell(in_file, "b") == in_file.head


def test_what_a_crash_left_is_read_while_the_journal_is_played_again(path):
    playing = path.with_name("playing.journal")
    journal = Journal.create(playing, HEADER)
    head = tell(journal)
    key = journal.begin(head.key, "a")
    journal.asking(key, "h", b"asked", "scene", SHAPE)
    for each, content in beside(playing).items():
        path.with_name(each.replace("playing", path.stem)).write_bytes(content)
    journal.close()
    again = Journal.open(path)
    assert read_recording(path).attempts[key] == (LoggedAttempt("h", "scene", Attempt("", INTERRUPTED), SHAPE),)
    again.close()


def test_a_story_without_a_scene_is_an_empty_recording(path):
    Journal.create(path, HEADER).close()
    recording = read_recording(path)
    assert (recording.header, recording.picks, recording.scenes, recording.attempts) == (HEADER, (), (), {})


def test_reading_leaves_every_byte_as_it_was(path):
    written(path)
    before = beside(path)
    read_recording(path)
    assert beside(path) == before


def test_an_edit_is_told_by_how_many_scenes_of_its_way_were_there(path):
    journal = Journal.create(path, HEADER)
    trunk = tell_many(journal, 4)
    first = tell(journal, "c", "another way", trunk[0])
    journal.edit(trunk[1].key, 0, "Elsewhere.")
    journal.edit(first.key, 0, "Here.")
    last = tell(journal, "c", "and on", first)
    journal.edit(trunk[0].key, 0, "At the start.")
    journal.close()
    assert [(edit.key, edit.after) for edit in read_recording(path).edits] == [(first.key, 2), (trunk[0].key, 3)]
    assert read_recording(path).scenes == (trunk[0].scene, first.scene, last.scene)


def test_a_recording_outlasts_its_file(path):
    nodes = written(path)
    recording = read_recording(path)
    path.unlink()
    assert recording.scenes[-1] == nodes[-1].scene
    assert recording.requests[recording.attempts[nodes[0].key][0].request_hash] == b"what was asked: wave 0"


def test_what_is_no_journal_has_no_recording(path):
    with pytest.raises(JournalError, match="no such file"):
        read_recording(path)
    path.write_text("a diary")
    with pytest.raises(ForeignFile):
        read_recording(path)
