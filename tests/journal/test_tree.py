"""Scenes as a tree: siblings, ancestors, and states folded from stored ones."""

import pytest

from game.journal import CorruptJournal, Journal
from game.journal.schema import SNAPSHOT_EVERY
from game.journal.tree import REMEMBERED
from game.story import ROOT
from tests.journal.stories import HEADER, tamper, tell, tell_many


@pytest.fixture
def long_one(path):
    """A journal just opened, with more scenes than are kept in memory, and its scenes."""
    made = Journal.create(path, HEADER)
    nodes = tell_many(made, REMEMBERED + SNAPSHOT_EVERY + 5)
    made.close()
    journal = Journal.open(path)
    yield journal, nodes
    journal.close()


def test_a_long_path_comes_back_in_order(long_one):
    journal, nodes = long_one
    assert journal.path_to(nodes[-1].key) == tuple(nodes)


def test_each_scene_comes_back_with_its_own_state(long_one):
    journal, nodes = long_one
    for node in reversed(nodes):
        assert journal.node(node.key) == node


def test_the_latest_scenes_are_given_oldest_first(long_one):
    journal, nodes = long_one
    assert journal.recent(nodes[-1].key, 3) == tuple(nodes[-3:])


def test_there_are_no_more_ancestors_than_there_are(long_one):
    journal, nodes = long_one
    assert journal.recent(nodes[1].key, 10) == tuple(nodes[:2])
    assert journal.recent(ROOT, 10) == ()


def test_reading_one_scene_reads_no_further_up_than_the_nearest_stored_state(long_one, path):
    journal, nodes = long_one
    asked = []
    journal._store._database.set_trace_callback(asked.append)
    journal.node(nodes[SNAPSHOT_EVERY + 9].key)
    assert len(asked) == 11


def test_no_more_scenes_are_kept_in_memory_than_a_bound(journal):
    tell_many(journal, REMEMBERED + 20)
    assert len(journal._tree._nodes) == REMEMBERED


def test_one_scene_has_a_child_for_each_slot_and_telling(journal):
    first = tell(journal)
    told = [tell(journal, slot, f"{slot}{n}", first, n) for slot, n in (("c", 0), ("a", 0), ("a", 1))]
    assert journal.children(first.key) == (told[1], told[2], told[0])
    assert journal.children(ROOT) == (first,)
    assert journal.children(told[0].key) == ()
    assert journal.head == told[2]


def test_a_fork_leaves_the_other_branch_as_it_was(path):
    journal = Journal.create(path, HEADER)
    trunk = tell_many(journal, 4)
    tell(journal, "a", "elsewhere", trunk[1])
    journal.close()
    again = Journal.open(path)
    assert again.path_to(trunk[-1].key) == tuple(trunk)
    assert again.count == 5
    again.close()


def test_a_scene_that_is_not_stored_is_a_key_error(journal):
    tell(journal)
    with pytest.raises(KeyError):
        journal.node("nowhere")


def test_a_state_that_does_not_fold_to_its_hash_is_damage_and_the_scene_is_named(path, monkeypatch):
    journal = Journal.create(path, HEADER)
    nodes = tell_many(journal, 3)
    journal.close()
    monkeypatch.setattr("game.journal.tree.replay", lambda state, effects: state)
    before = path.read_bytes()
    with pytest.raises(CorruptJournal, match=f"scene {nodes[0].key} does not fold"):
        Journal.open(path)
    assert path.read_bytes() == before


def test_a_scene_without_the_one_before_it_is_damage(path):
    journal = Journal.create(path, HEADER)
    nodes = tell_many(journal, 3)
    journal.close()
    tamper(path, f"DELETE FROM nodes WHERE key = '{nodes[1].key}'")
    with pytest.raises(CorruptJournal, match=f"scene {nodes[1].key} is missing"):
        Journal.open(path)


def test_a_turn_costs_as_many_statements_at_scene_two_hundred_as_at_scene_five(journal):
    asked = []
    tell_many(journal, 4)
    journal._store._database.set_trace_callback(asked.append)
    tell(journal)
    early = len(asked)
    tell_many(journal, 196)
    asked.clear()
    tell(journal)
    assert len(asked) == early
