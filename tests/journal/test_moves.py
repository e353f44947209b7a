"""Moving in the tree: back, forward, to other branches and other tellings; it is remembered when the journal is closed."""

import random

import pytest

from game.journal import CorruptJournal, Journal
from game.story import INTERRUPTED, ROOT, node_key
from tests.journal.stories import HEADER, SHAPE, beat, node_after, tamper, tell, tell_many


def notes(journal):
    """How many scenes are noted as taken last though they are not the newest."""
    return journal._store.row("SELECT count(*) FROM followed")[0]


def test_back_and_forward_lead_along_the_same_scenes(journal):
    trunk = tell_many(journal, 5)
    assert journal.go(trunk[1].key) == trunk[1] == journal.head
    assert [journal.forward(node.key) for node in trunk] == [*trunk[1:], None]
    assert journal.forward(ROOT) == trunk[0]
    assert notes(journal) == 0


def test_so_many_back_is_counted_from_the_head_and_ends_at_the_first(journal):
    trunk = tell_many(journal, 12)
    assert [journal.back(n) for n in (0, 1, 9, 11, 500)] == [trunk[11], trunk[10], trunk[2], trunk[0], trunk[0]]


def test_before_the_first_scene_there_is_nowhere_to_go(journal):
    assert (journal.back(1), journal.forward(ROOT), journal.child(ROOT, "")) == (None, None, None)
    with pytest.raises(KeyError):
        journal.go("nowhere")


def test_after_a_jump_forward_leads_where_one_jumped_to(path):
    journal = Journal.create(path, HEADER)
    trunk = tell_many(journal, 4)
    other = [tell(journal, "c", "another way", trunk[0]), tell(journal, "a", "further")]
    journal.go(trunk[2].key)
    journal.go(trunk[0].key)
    journal.close()
    again = Journal.open(path)
    assert again.head == trunk[0]
    assert [again.forward(node.key) for node in trunk[:3]] == trunk[1:]
    assert notes(again) == 1
    again.go(other[1].key)
    again.go(trunk[0].key)
    assert again.forward(trunk[0].key) == other[0]
    assert notes(again) == 0
    again.close()


def test_a_new_scene_is_the_one_that_was_taken_last(journal):
    trunk = tell_many(journal, 3)
    tell(journal, "c", "another way", trunk[0])
    journal.go(trunk[1].key)
    newest = tell(journal, "a", "a third way", trunk[0])
    assert journal.forward(trunk[0].key) == newest
    assert notes(journal) == 0


def test_a_scene_told_after_a_branch_that_was_left_leads_forward_there(journal):
    trunk = tell_many(journal, 3)
    tell(journal, "c", "another way", trunk[0])
    tell(journal, "a", "a third way", trunk[1])
    assert journal.forward(trunk[0].key) == trunk[1]


def test_behind_a_slot_is_the_telling_that_was_taken_last_or_the_newest(journal):
    first = tell(journal)
    told = [tell(journal, "a", f"told {n}", first, n) for n in range(3)]
    assert journal.child(first.key, "a") == told[2]
    journal.go(told[0].key)
    assert journal.child(first.key, "a") == told[0]
    other = tell(journal, "b", "another way", first)
    assert (journal.child(first.key, "a"), journal.child(first.key, "b")) == (told[2], other)
    assert journal.child(first.key, "c") is None


def test_all_tellings_of_a_scene_are_found_from_each(journal):
    first = tell(journal)
    told = tuple(tell(journal, "b", f"told {n}", first, n) for n in (0, 2, 1))
    tell(journal, "a", "another way", first)
    for node in told:
        assert journal.tellings(node.key) == (told[0], told[2], told[1])
    assert journal.tellings(first.key) == (first,)
    with pytest.raises(KeyError):
        journal.tellings("nowhere")


def test_one_more_telling_has_the_first_number_that_is_free(journal):
    first = tell(journal)
    assert journal.next_telling(first.key) == 1
    again = node_after(ROOT, "", HEADER.initial, "told again", 1)
    journal.begin(ROOT, "", 1, "less grim")
    assert journal.next_telling(first.key, "less grim") == 1
    assert journal.next_telling(first.key, "more rain") == 2
    journal.commit(again)
    assert journal.next_telling(again.key, "less grim") == 2
    assert journal.tellings(first.key) == (first, again)


def test_how_a_telling_was_asked_for_is_kept_as_it_was_first(path):
    journal = Journal.create(path, HEADER)
    first = tell(journal)
    key = journal.begin(ROOT, "", 1, "less grim — «so»")
    journal.begin(ROOT, "", 1, "more rain")
    journal.close()
    again = Journal.open(path)
    assert (again.steer(key), again.steer(first.key), again.steer("nowhere")) == ("less grim — «so»", "", "")
    again.close()


def test_a_pick_that_is_left_keeps_what_was_shown_and_attempted(journal):
    first, second = tell_many(journal, 2)
    key = journal.begin(second.key, "b")
    journal.asking(key, "h", b"asked", "scene", SHAPE)
    journal.show(key, [(0, beat("Half"))], "Half")
    journal.go(first.key)
    assert journal.pending is None
    assert [(each.request_hash, each.attempt.ended, each.attempt.reply) for each in journal.attempts(key)] == [
        ("h", INTERRUPTED, "Half")
    ]
    journal.go(second.key)
    assert journal.begin(second.key, "b") == key
    assert journal.pending.shown == (beat("Half"),)


def test_where_one_went_is_where_the_next_opening_is(path):
    journal = Journal.create(path, HEADER)
    trunk = tell_many(journal, 6)
    journal.go(trunk[2].key)
    journal.close()
    again = Journal.open(path)
    assert again.head == trunk[2]
    assert tell(again, "c").parent == trunk[2].key
    again.close()


def test_a_note_of_what_is_no_child_is_passed_over(path):
    journal = Journal.create(path, HEADER)
    trunk = tell_many(journal, 3)
    other = tell(journal, "c", "another way", trunk[0])
    journal.close()
    tamper(path, f"INSERT INTO followed VALUES ('{trunk[0].key}', '{trunk[2].key}')", "INSERT INTO followed VALUES ('x', 'y')")
    again = Journal.open(path)
    assert again.forward(trunk[0].key) == other
    assert again.map().line == (trunk[0].key, other.key)
    again.close()


def test_a_scene_missing_between_two_is_damage_for_who_jumps_over_it(path):
    journal = Journal.create(path, HEADER)
    trunk = tell_many(journal, 6)
    side = [tell(journal, "c", "another way", trunk[0]), tell(journal, "a", "further")]
    journal.go(trunk[5].key)
    journal._store.run("DROP TRIGGER nodes_no_delete")
    journal._store.run("DELETE FROM nodes WHERE key = ?", (trunk[3].key,))
    with pytest.raises(CorruptJournal, match="is missing"):
        journal.go(side[1].key)
    journal.close()


class Naive:
    """A tree as dictionaries: what *forward* does is to look up what was taken last, noted at every step."""

    def __init__(self):
        self.parent, self.slot, self.taken, self.children = {}, {}, {}, {ROOT: []}
        self.head = ROOT

    def add(self, key, parent, slot):
        self.parent[key], self.slot[key], self.children[key] = parent, slot, []
        self.children[parent].append(key)
        self.go(key)

    def go(self, key):
        self.head = key
        while key != ROOT:
            self.taken[self.parent[key]] = key
            key = self.parent[key]

    def forward(self, key):
        return self.taken.get(key)

    def child(self, key, slot):
        there = [each for each in self.children[key] if self.slot[each] == slot]
        last = self.taken.get(key)
        return last if last in there else there[-1] if there else None

    def back(self, scenes):
        key = self.head
        while scenes and self.parent[key] != ROOT:
            key, scenes = self.parent[key], scenes - 1
        return key


def key_of(node):
    return node.key if node else None


@pytest.mark.parametrize("seed", range(2))
def test_two_thousand_moves_agree_with_a_naive_tree(seed):
    draw, journal, naive = random.Random(seed), Journal.create(None, HEADER), Naive()
    nodes = {}
    for _ in range(2000):
        known = list(nodes)
        act = draw.choice((*["on"] * 20, "fork", "go", "back", *["forward"] * 3)) if known else "on"
        if act in ("on", "fork"):
            parent = naive.head if act == "on" else draw.choice(known)
            slot = "" if parent == ROOT else draw.choice("abc")
            telling = next(n for n in range(99) if node_key(parent, slot, n) not in nodes)
            node = node_after(parent, slot, nodes[parent].state if parent in nodes else HEADER.initial, f"{len(nodes)}", telling)
            journal.begin(parent, slot, telling)
            journal.commit(node)
            nodes[node.key] = node
            naive.add(node.key, parent, slot)
        elif act == "go":
            naive.go(draw.choice(known))
            journal.go(naive.head)
        elif act == "back":
            scenes = draw.choice((1, 2, 300))
            assert journal.back(scenes).key == naive.back(scenes)
            naive.go(naive.back(scenes))
            journal.go(naive.head)
        elif naive.forward(naive.head):
            assert key_of(journal.forward(naive.head)) == naive.forward(naive.head)
            naive.go(naive.forward(naive.head))
            journal.go(naive.head)
        assert journal.head.key == naive.head
    line = []
    while (key := naive.forward(line[-1] if line else ROOT)) is not None:
        line.append(key)
    assert journal.map().line == tuple(line)
    for key, node in nodes.items():
        assert key_of(journal.forward(key)) == naive.forward(key)
        assert [key_of(journal.child(key, slot)) for slot in "abc"] == [naive.child(key, slot) for slot in "abc"]
        assert key in [each.key for each in journal.tellings(key)]
        assert journal.node(key) == node
    journal.close()
