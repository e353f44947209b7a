"""Cards: what a shelf shows of saved playthroughs without opening them."""

import os
import shutil

from game.journal import Journal, card, saves, spent_in
from tests.journal.make_fixture import fixture
from tests.journal.stories import HEADER, SPENT, beside, tell, written


def test_a_card_says_where_its_player_is(path):
    nodes = written(path, 3)
    found = card(path)
    assert found is not None
    assert (found.journal, found.pack_id, found.pack_title) == (path, HEADER.pack_id, HEADER.pack_title)
    assert (found.scene_title, found.place, found.turn, found.ended) == (nodes[-1].scene.title, "jetty", 3, False)
    assert found.changed == path.stat().st_mtime


def test_a_story_without_a_scene_has_a_card(path):
    written(path, 0)
    found = card(path)
    assert found is not None
    assert (found.scene_title, found.turn, found.ended) == ("", 0, False)


def test_a_journal_that_is_being_played_has_a_card_of_its_last_scene(in_file, path):
    for turn in range(1, 4):
        tell(in_file)
        found = card(path)
        assert found is not None
        assert found.turn == turn


def test_what_is_no_journal_has_no_card(tmp_path):
    text, empty, folder = tmp_path / "text.journal", tmp_path / "empty.journal", tmp_path / "folder.journal"
    text.write_text("a diary")
    empty.touch()
    folder.mkdir()
    assert [card(each) for each in (text, empty, folder, tmp_path / "nothing")] == [None] * 4


def test_a_damaged_journal_has_no_card(path):
    written(path, 3)
    os.truncate(path, 5000)
    assert card(path) is None


def test_the_latest_playthrough_comes_first(tmp_path):
    for changed, name in ((1_000, "old"), (3_000, "new"), (2_000, "middle")):
        written(tmp_path / f"{name}.journal", 1)
        os.utime(tmp_path / f"{name}.journal", (changed, changed))
    (tmp_path / "broken.journal").write_text("x")
    (tmp_path / "notes.txt").write_text("x")
    assert [each.journal.stem for each in saves(tmp_path)] == ["new", "middle", "old"]


def test_a_folder_that_is_not_there_has_no_saves(tmp_path):
    assert saves(tmp_path / "nowhere") == ()


def test_looking_at_saves_leaves_nothing_behind(tmp_path):
    written(tmp_path / "one.journal")
    Journal.create(tmp_path / "two.journal", HEADER).close()
    before = {each.name: each.read_bytes() for each in tmp_path.iterdir()}
    saves(tmp_path)
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == before


def test_what_a_journal_cost_is_read_without_opening_it(path):
    journal = Journal.create(path, HEADER)
    journal.spend(SPENT)
    tell(journal)
    assert spent_in(path) == (SPENT,)
    journal.close()
    assert spent_in(path) == (SPENT,)


def test_a_journal_of_the_first_schema_cost_nothing_that_is_known_and_stays_as_it_is(path):
    shutil.copy(fixture(1), path)
    before = beside(path)
    assert spent_in(path) == ()
    assert beside(path) == before


def test_what_is_no_journal_cost_nothing(path):
    path.write_text("a diary")
    assert spent_in(path) == ()
