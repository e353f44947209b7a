"""The whole tree as a value, and the bookmarks in it."""

import pytest

from game.journal import CorruptJournal, ForeignFile, Journal, read_map
from game.story import ROOT, MapScene, Mark, StoryMap
from tests.journal.stories import HEADER, beside, tamper, tell, tell_many


def scene_of(node):
    scene = node.scene
    return MapScene(node.key, node.parent, node.slot, node.telling, scene.turn, scene.title, scene.place, scene.ending)


def test_a_map_has_every_scene_in_the_order_in_which_they_were_told(journal):
    trunk = tell_many(journal, 3)
    side = tell(journal, "c", "another way", trunk[0])
    again = tell(journal, "a", "told again", trunk[1], 1)
    assert journal.map().scenes == tuple(map(scene_of, (*trunk, side, again)))


def test_the_line_of_a_map_leads_through_the_head_to_where_forward_leads(journal):
    trunk = tell_many(journal, 4)
    side = tell(journal, "a", "another way", trunk[1])
    journal.go(trunk[0].key)
    assert (journal.map().head, journal.map().line) == (trunk[0].key, (trunk[0].key, trunk[1].key, side.key))
    journal.go(trunk[2].key)
    assert journal.map().line == tuple(node.key for node in trunk)


def test_before_the_first_scene_the_map_is_empty(journal):
    assert journal.map() == StoryMap()
    journal.begin(ROOT, "")
    assert journal.map() == StoryMap()


def test_a_mark_takes_the_place_of_the_one_with_its_slot_or_name(path):
    journal = Journal.create(path, HEADER)
    first, second = tell_many(journal, 2)
    journal.mark(Mark("", "quick", first.key, 1.5))
    journal.mark(Mark("The door", "", first.key, 2))
    journal.mark(Mark("A name — «1»", "1", first.key, 2.25))
    journal.mark(Mark("", "quick", second.key, 3.0))
    journal.unmark("name The door")
    journal.unmark("name Nobody's")
    kept = (Mark("A name — «1»", "1", first.key, 2.25), Mark("", "quick", second.key, 3.0))
    assert journal.marks() == journal.map().marks == kept
    journal.close()
    assert read_map(path)[1].marks == kept
    again = Journal.open(path)
    assert again.marks() == kept
    again.close()


def test_a_mark_for_no_scene_is_a_key_error(journal):
    with pytest.raises(KeyError):
        journal.mark(Mark("", "1", "nowhere", 1.0))
    assert journal.marks() == ()


def test_a_map_is_read_without_a_change_to_the_file(path):
    journal = Journal.create(path, HEADER)
    trunk = tell_many(journal, 3)
    tell(journal, "c", "another way", trunk[0])
    journal.go(trunk[2].key)
    expected = journal.map()
    journal.close()
    before = beside(path)
    assert read_map(path) == (HEADER, expected)
    assert beside(path) == before


def test_the_map_of_a_journal_that_is_being_played_is_that_of_its_last_commit(in_file, path):
    first, second = tell_many(in_file, 2)
    assert read_map(path)[1].line == (first.key, second.key)
    tell(in_file)
    assert len(read_map(path)[1].scenes) == 3


def test_what_is_no_journal_has_no_map(path):
    path.write_text("a diary")
    with pytest.raises(ForeignFile):
        read_map(path)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE nodes SET scene = replace(scene, 'Scene 2', 'Scene 3')",
        "UPDATE nodes SET scene = 'nothing'",
        "DELETE FROM nodes WHERE n = 2",
    ],
)
def test_a_scene_that_was_changed_is_not_on_the_map_as_something_else(journal, change):
    tell_many(journal, 3)
    journal._store.run("DROP TRIGGER nodes_no_update")
    journal._store.run("DROP TRIGGER nodes_no_delete")
    journal._store.run(change)
    with pytest.raises(CorruptJournal):
        journal.map()


def test_a_bookmark_that_was_changed_is_damage(path):
    journal = Journal.create(path, HEADER)
    first, second = tell_many(journal, 2)
    journal.mark(Mark("", "quick", first.key, 1.0))
    journal.close()
    tamper(path, f"UPDATE marks SET key = '{second.key}'")
    with pytest.raises(CorruptJournal, match="the bookmark slot quick was changed"):
        Journal.open(path)
