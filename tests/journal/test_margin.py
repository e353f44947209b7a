"""Recaps, by their id, and what was spent."""

from dataclasses import replace

import pytest

from game.journal import Journal
from tests.journal.stories import RECAP, SPENT, tell


def test_a_recap_comes_back_by_its_id(journal):
    assert journal.keep_recap(RECAP) == RECAP.id
    assert journal.recap(RECAP.id) == RECAP


def test_a_recap_may_be_kept_again(journal):
    other = replace(RECAP, upto=9)
    assert [journal.keep_recap(each) for each in (RECAP, other, RECAP)] == [RECAP.id, other.id, RECAP.id]
    assert (journal.recap(RECAP.id), journal.recap(other.id)) == (RECAP, other)


def test_a_recap_that_is_not_kept_is_a_key_error(journal):
    with pytest.raises(KeyError):
        journal.recap("nothing")


def test_what_was_spent_comes_back_in_order(journal):
    spent = (SPENT, replace(SPENT, use="wasted", saved=0.0), SPENT, replace(SPENT, purpose="recap", use="read", saved=0.1 + 0.2))
    for each in spent:
        journal.spend(each)
    assert journal.spending() == spent


def test_nothing_is_spent_by_a_story_that_asks_nobody(journal):
    tell(journal)
    assert journal.spending() == ()


def test_both_are_there_after_reopening_and_in_a_backup_and_in_memory(in_file, tmp_path):
    in_file.keep_recap(RECAP)
    in_file.spend(SPENT)
    in_file.backup(tmp_path / "copy.journal")
    afloat = in_file.detached()
    in_file.close()
    for each in (Journal.open(in_file.path), Journal.open(tmp_path / "copy.journal"), afloat):
        assert (each.recap(RECAP.id), each.spending()) == (RECAP, (SPENT,))
        each.close()
