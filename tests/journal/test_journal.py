"""Picks, drafts, attempts and commits, in memory and in a file."""

import sqlite3

import pytest

from game.journal import Header, Journal, LoggedAttempt
from game.story import DONE, INTERRUPTED, ROOT, Attempt, Player, StoryState, node_key
from tests.journal.stories import HEADER, RECAP, SHAPE, SPENT, beat, beats_of, node_after, tell, tell_many, written

FIRST = node_key(ROOT, "")


def reopened(journal: Journal) -> Journal:
    assert journal.path is not None
    journal.close()
    return Journal.open(journal.path)


def test_a_new_journal_has_no_scene_and_nothing_pending(journal):
    assert (journal.head, journal.pending, journal.count) == (None, None, 0)


def test_the_header_comes_back_as_it_was_written(in_file):
    again = reopened(in_file)
    assert again.header == HEADER
    again.close()


def test_a_header_of_defaults_comes_back_too(path):
    plain = Header("p", "P", "1", "h", 0, Player(), StoryState(), "0")
    Journal.create(path, plain).close()
    again = Journal.open(path)
    assert again.header == plain
    again.close()


def test_a_pick_gives_the_key_of_the_scene_to_come(journal):
    assert journal.begin(ROOT, "") == FIRST
    assert journal.pending is not None
    assert (journal.pending.key, journal.pending.parent, journal.pending.slot) == (FIRST, ROOT, "")


def test_a_pick_is_there_after_reopening(in_file):
    head = tell(in_file)
    in_file.begin(head.key, "b")
    again = reopened(in_file)
    assert again.head == head
    assert again.pending is not None
    assert (again.pending.parent, again.pending.slot, again.pending.shown) == (head.key, "b", ())
    again.close()


def test_a_beat_is_pending_as_far_as_it_has_grown(journal):
    journal.begin(ROOT, "")
    journal.show(FIRST, [(0, beat("The fog"))], "The")
    journal.show(FIRST, [(0, beat("The fog lies down.")), (1, beat("Well.", "maren"))], " fog lies down.")
    assert journal.pending.shown == (beat("The fog lies down."), beat("Well.", "maren"))


def test_shown_beats_are_there_after_reopening(in_file):
    in_file.begin(ROOT, "")
    in_file.show(FIRST, [(0, beat("The fog"))], "The")
    in_file.show(FIRST, [(1, beat("Well.", "maren")), (0, beat("The fog lies down."))], " fog")
    again = reopened(in_file)
    assert again.pending.shown == (beat("The fog lies down."), beat("Well.", "maren"))
    again.close()


def test_what_came_of_an_unfinished_attempt_is_an_interrupted_one_after_reopening(in_file):
    in_file.begin(ROOT, "")
    for piece in ("{", '"beats', '": ['):
        in_file.show(FIRST, [], piece)
    again = reopened(in_file)
    assert again.pending.attempts == (LoggedAttempt("", "", Attempt('{"beats": [', INTERRUPTED)),)
    again.close()


def test_an_interrupted_attempt_stays_in_the_log_of_its_scene(in_file):
    in_file.begin(ROOT, "")
    in_file.show(FIRST, [], "cut h")
    again = reopened(in_file)
    again.attempted(FIRST, "h2", b"again", "tail", Attempt("whole", DONE))
    again.commit(node_after(ROOT, "", HEADER.initial))
    last = reopened(again)
    assert [logged.attempt for logged in last.attempts(FIRST)] == [Attempt("cut h", INTERRUPTED), Attempt("whole", DONE)]
    last.close()


def test_reopening_twice_interrupts_once(in_file):
    in_file.begin(ROOT, "")
    in_file.show(FIRST, [], "cut h")
    again = reopened(reopened(in_file))
    assert len(again.pending.attempts) == 1
    again.close()


def test_a_finished_attempt_takes_the_place_of_its_pieces(in_file):
    in_file.begin(ROOT, "")
    in_file.show(FIRST, [], "half")
    in_file.attempted(FIRST, "h", b"asked", "scene", Attempt("half", "timed_out", "Too slow.", 2.5))
    in_file.show(FIRST, [], "and more")
    again = reopened(in_file)
    assert again.pending.attempts == (
        LoggedAttempt("h", "scene", Attempt("half", "timed_out", "Too slow.", 2.5)),
        LoggedAttempt("", "", Attempt("and more", INTERRUPTED)),
    )
    again.close()


def test_shown_beats_outlast_the_attempt_that_brought_them(in_file):
    in_file.begin(ROOT, "")
    in_file.show(FIRST, [(0, beat("Read."))], "half")
    in_file.attempted(FIRST, "h", b"", "scene", Attempt("half", "rate_limited", "Later.", 3))
    again = reopened(in_file)
    assert again.pending.shown == (beat("Read."),)
    assert again.pending.attempts[0].attempt.retry_after == 3
    again.close()


def test_a_commit_moves_to_the_scene_and_leaves_no_draft(journal):
    node = tell(journal)
    assert journal.head == node
    assert journal.pending is None
    assert journal.count == 1


def test_committed_scenes_come_back_whole(path):
    nodes = written(path, 5)
    again = Journal.open(path)
    assert again.head == nodes[-1]
    assert again.path_to(nodes[-1].key) == tuple(nodes)
    again.close()


def test_pieces_that_no_attempt_closed_are_interrupted_by_the_commit(journal):
    journal.begin(ROOT, "")
    journal.show(FIRST, [], "half")
    journal.commit(node_after(ROOT, "", HEADER.initial))
    assert journal.attempts(FIRST) == (LoggedAttempt("", "", Attempt("half", INTERRUPTED)),)


def test_a_scene_that_was_not_picked_cannot_be_committed(journal):
    with pytest.raises(ValueError, match="was not picked"):
        journal.commit(node_after(ROOT, "", HEADER.initial))


def test_a_scene_that_was_not_picked_cannot_be_shown(journal):
    journal.begin(ROOT, "")
    with pytest.raises(ValueError, match="was not picked"):
        journal.show("another", [(0, beat("x"))])


def test_a_scene_is_told_once(journal):
    tell(journal)
    with pytest.raises(ValueError, match="told already"):
        journal.begin(ROOT, "")


def test_a_pick_needs_a_scene_to_be_made_at(journal):
    with pytest.raises(KeyError):
        journal.begin("nowhere", "a")


def test_a_scene_whose_effects_do_not_lead_to_its_state_is_refused(journal):
    journal.begin(ROOT, "")
    node = node_after(ROOT, "", HEADER.initial)
    with pytest.raises(ValueError, match="do not lead"):
        journal.commit(type(node)(node.key, ROOT, "", 0, (), node.state, node.scene))
    assert journal.head is None
    journal.commit(node)
    assert journal.head == node


def test_a_pick_left_for_another_keeps_what_was_shown_of_it(in_file):
    head = tell(in_file)
    left = in_file.begin(head.key, "a")
    in_file.show(left, [(0, beat("Half read"))], "Half")
    in_file.begin(head.key, "b")
    assert in_file.pending.shown == ()
    again = reopened(in_file)
    again.begin(head.key, "a")
    assert again.pending.shown == (beat("Half read"),)
    assert again.pending.attempts == (LoggedAttempt("", "", Attempt("Half", INTERRUPTED)),)
    again.close()


def test_attempts_made_ahead_of_a_pick_are_pending_with_it(journal):
    head = tell(journal)
    ahead = node_key(head.key, "c")
    journal.attempted(ahead, "h", b"", "scene", Attempt("fetched", DONE))
    journal.begin(head.key, "c")
    assert journal.pending.attempts == (LoggedAttempt("h", "scene", Attempt("fetched", DONE)),)


def test_attempts_made_ahead_leave_the_pieces_of_the_scene_under_way(journal):
    head = tell(journal)
    key = journal.begin(head.key, "a")
    journal.show(key, [], "coming")
    journal.attempted(node_key(head.key, "c"), "h", b"", "scene", Attempt("fetched", DONE))
    journal.begin(head.key, "b")
    assert journal.attempts(key) == (LoggedAttempt("", "", Attempt("coming", INTERRUPTED)),)


def test_a_request_is_stored_once_under_its_hash(journal):
    body = b'{"messages": "the same prefix again"}' * 500
    journal.begin(ROOT, "")
    for _ in range(3):
        journal.attempted(FIRST, "h", body, "scene", Attempt("", "timed_out"))
    assert journal.request("h") == body
    assert [logged.request_hash for logged in journal.attempts(FIRST)] == ["h", "h", "h"]


def test_a_request_that_only_the_brief_makes_is_not_stored(journal):
    journal.begin(ROOT, "")
    journal.attempted(FIRST, "h", b"", "scene", Attempt("", DONE))
    with pytest.raises(KeyError):
        journal.request("h")


@pytest.mark.parametrize("table", ["nodes", "attempts", "requests", "picks", "header", "asked", "recaps", "spending"])
@pytest.mark.parametrize("change", ["DELETE FROM {}", "UPDATE {} SET rowid = rowid"])
def test_the_file_itself_refuses_to_change_what_was_written(path, table, change):
    journal = Journal.create(path, HEADER)
    tell(journal, shape=SHAPE)
    journal.keep_recap(RECAP)
    journal.spend(SPENT)
    journal.close()
    other = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        other.execute(change.format(table))
    other.close()


def test_a_closed_journal_is_one_file(path):
    written(path)
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_backup_is_a_journal_of_its_own(journal, tmp_path):
    nodes = tell_many(journal, 3)
    journal.begin(nodes[-1].key, "b")
    copy = tmp_path / "copies" / "copy.journal"
    journal.backup(copy)
    tell(journal, "b")
    other = Journal.open(copy)
    assert other.head == nodes[-1]
    assert other.pending is not None
    other.close()


def test_any_text_a_beat_may_hold_comes_back(in_file):
    text = 'nul \0, quote ", brace {, newline \n, line separator \u2028, e\u0301, 🕯, \ufeff'
    key = in_file.begin(ROOT, "")
    in_file.show(key, [(0, beat(text))], text)
    again = reopened(in_file)
    assert again.pending.shown == (beat(text),)
    assert again.pending.attempts[0].attempt.reply == text
    again.close()


def test_the_whole_scene_that_a_player_reads_is_the_one_stored(journal):
    node = tell(journal, words="a bell")
    assert journal.node(node.key).scene.beats == beats_of("a bell")
