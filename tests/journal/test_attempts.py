"""What is asked is stored before it is asked, with what shaped it; what came back closes it, or the end of the program does."""

from dataclasses import replace

import pytest

from game.journal import Journal, LoggedAttempt
from game.story import DONE, INTERRUPTED, ROOT, Attempt, node_key
from tests.journal.stories import HEADER, SHAPE, beat, node_after, tell

FIRST = node_key(ROOT, "")
ASKED = ("h", b"the request", "scene", SHAPE)
LATER = replace(SHAPE, start=9, recap="")


def interrupted(reply=""):
    return LoggedAttempt("h", "scene", Attempt(reply, INTERRUPTED), SHAPE)


def reopened(journal):
    journal.close()
    return Journal.open(journal.path)


def test_a_request_is_there_before_anything_came_back(in_file):
    in_file.begin(ROOT, "")
    in_file.asking(FIRST, *ASKED)
    assert in_file.request("h") == b"the request"
    assert in_file.last_shape(FIRST) == SHAPE
    assert in_file.attempts(FIRST) == ()


def test_what_came_back_closes_what_was_asked(journal):
    journal.begin(ROOT, "")
    journal.asking(FIRST, *ASKED)
    journal.show(FIRST, [], "whole")
    journal.attempted(FIRST, "h", b"the request", "scene", Attempt("whole", DONE))
    assert journal.attempts(FIRST) == (LoggedAttempt("h", "scene", Attempt("whole", DONE), SHAPE),)


def test_an_attempt_that_was_asked_keeps_the_hash_and_the_purpose_it_was_asked_with(journal):
    journal.begin(ROOT, "")
    journal.asking(FIRST, *ASKED)
    journal.attempted(FIRST, "another", b"another", "tail", Attempt("whole", DONE))
    assert journal.attempts(FIRST) == (LoggedAttempt("h", "scene", Attempt("whole", DONE), SHAPE),)
    with pytest.raises(KeyError):
        journal.request("another")


def test_asked_and_not_answered_is_interrupted_with_its_hash_and_shape_after_reopening(in_file):
    in_file.begin(ROOT, "")
    in_file.asking(FIRST, *ASKED)
    again = reopened(in_file)
    assert again.pending.attempts == (interrupted(),)
    again.close()


def test_asked_and_half_answered_is_interrupted_with_what_came_after_reopening(in_file):
    in_file.begin(ROOT, "")
    in_file.asking(FIRST, *ASKED)
    in_file.show(FIRST, [(0, beat("Half"))], "Ha")
    in_file.show(FIRST, [], "lf")
    again = reopened(reopened(in_file))
    assert again.pending.attempts == (interrupted("Half"),)
    again.close()


def test_the_next_pick_interrupts_what_was_asked(journal):
    head = tell(journal)
    left = journal.begin(head.key, "a")
    journal.asking(left, *ASKED)
    journal.show(left, [], "Half")
    journal.begin(head.key, "b")
    assert journal.attempts(left) == (interrupted("Half"),)


def test_asking_again_interrupts_what_was_asked_before(journal):
    journal.begin(ROOT, "")
    journal.asking(FIRST, *ASKED)
    journal.show(FIRST, [], "Half")
    journal.asking(FIRST, "h2", b"again", "tail", LATER)
    journal.attempted(FIRST, "h2", b"again", "tail", Attempt("rest", DONE))
    assert journal.attempts(FIRST) == (interrupted("Half"), LoggedAttempt("h2", "tail", Attempt("rest", DONE), LATER))


def test_asking_interrupts_what_came_without_being_asked(journal):
    journal.begin(ROOT, "")
    journal.show(FIRST, [], "Half")
    journal.asking(FIRST, *ASKED)
    assert journal.attempts(FIRST) == (LoggedAttempt("", "", Attempt("Half", INTERRUPTED)),)


def test_a_commit_interrupts_what_was_asked(in_file):
    in_file.begin(ROOT, "")
    in_file.asking(FIRST, *ASKED)
    in_file.commit(node_after(ROOT, "", HEADER.initial))
    again = reopened(in_file)
    assert again.attempts(FIRST) == (interrupted(),)
    again.close()


def test_what_is_asked_ahead_leaves_what_is_under_way(journal):
    head = tell(journal)
    here, ahead = journal.begin(head.key, "a"), node_key(head.key, "c")
    journal.asking(here, *ASKED)
    journal.show(here, [], "com")
    journal.asking(ahead, "h2", b"ahead", "scene", LATER)
    journal.show(here, [], "ing")
    journal.attempted(ahead, "h2", b"ahead", "scene", Attempt("fetched", DONE))
    journal.attempted(here, "h", b"the request", "scene", Attempt("coming", DONE))
    assert journal.attempts(here) == (LoggedAttempt("h", "scene", Attempt("coming", DONE), SHAPE),)
    assert journal.attempts(ahead) == (LoggedAttempt("h2", "scene", Attempt("fetched", DONE), LATER),)


def test_an_attempt_that_nothing_was_asked_for_does_not_take_the_number_of_one_that_was(in_file):
    head = tell(in_file)
    here, ahead = in_file.begin(head.key, "a"), node_key(head.key, "c")
    in_file.asking(here, *ASKED)
    in_file.attempted(ahead, "h2", b"", "scene", Attempt("fetched", DONE))
    again = reopened(in_file)
    assert again.attempts(here) == (interrupted(),)
    assert again.attempts(ahead) == (LoggedAttempt("h2", "scene", Attempt("fetched", DONE)),)
    again.close()


def test_after_asking_and_answering_the_understudy_writes_from_the_brief(journal):
    journal.begin(ROOT, "")
    journal.asking(FIRST, *ASKED)
    journal.attempted(FIRST, "h", b"the request", "scene", Attempt("", "unreachable"))
    journal.attempted(FIRST, "b", b"", "scene", Attempt("whole", DONE))
    assert [logged.shape for logged in journal.attempts(FIRST)] == [SHAPE, None]


def test_the_last_shape_is_that_of_the_last_request_for_this_scene(journal):
    journal.begin(ROOT, "")
    journal.asking(FIRST, *ASKED)
    journal.asking(FIRST, "h2", b"again", "tail", LATER)
    journal.asking("another scene", *ASKED)
    assert journal.last_shape(FIRST) == LATER


def test_a_scene_that_nothing_was_asked_for_has_no_shape(journal):
    node = tell(journal)
    assert journal.last_shape(node.key) is None


def test_a_copy_in_memory_takes_what_is_under_way_with_it(in_file):
    in_file.begin(ROOT, "")
    in_file.asking(FIRST, *ASKED)
    in_file.show(FIRST, [], "who")
    afloat = in_file.detached()
    afloat.attempted(FIRST, "h", b"the request", "scene", Attempt("whole", DONE))
    assert afloat.attempts(FIRST) == (LoggedAttempt("h", "scene", Attempt("whole", DONE), SHAPE),)
    assert in_file.attempts(FIRST) == ()
    afloat.close()


def test_a_backup_has_what_was_asked(in_file, tmp_path):
    in_file.begin(ROOT, "")
    in_file.asking(FIRST, *ASKED)
    in_file.backup(tmp_path / "copy.journal")
    copy = Journal.open(tmp_path / "copy.journal")
    assert copy.pending.attempts == (interrupted(),)
    copy.close()


def test_the_number_of_statements_for_the_last_shape_and_for_asking_does_not_grow(journal):
    def statements():
        asked = []
        journal._store._database.set_trace_callback(asked.append)
        journal.asking("scene", *ASKED)
        journal.attempted("scene", "h", b"", "scene", Attempt("", "timed_out"))
        journal.last_shape("scene")
        journal._store._database.set_trace_callback(None)
        return len(asked)

    early = statements()
    for n in range(200):
        journal.asking(f"scene {n % 7}", f"{n}", b"x", "scene", SHAPE)
    assert statements() == early
