"""A journal that has grown: it is opened by what its first scene needs, and looked through while it is played."""

import shutil

import pytest

from game.journal import CorruptJournal, Journal, read_map, read_recording
from game.journal import journal as journal_module
from game.journal import store as store_module
from game.journal.examine import ROWS_A_STEP
from tests.journal.make_fixture import fixture
from tests.journal.stories import HEADER, beside, tamper, tell, tell_many, written

CHANGED = "UPDATE nodes SET scene = replace(scene, 'comes up', 'comes in') WHERE n = "


@pytest.fixture(autouse=True)
def every_journal_is_a_large_one(monkeypatch):
    monkeypatch.setattr(journal_module, "LOOKED_AT_ONCE", 0)


def steps(journal):
    return sum(1 for _ in journal.look_through())


def test_damage_far_from_where_the_story_stands_is_found_by_looking_through_it(path):
    nodes = written(path, 70)
    tamper(path, CHANGED + "3")
    journal = Journal.open(path)
    assert journal.head == nodes[-1]
    with pytest.raises(CorruptJournal, match=f"scene {nodes[2].key} was changed"):
        steps(journal)
    journal.close()


@pytest.mark.parametrize("n", [70, 65])
def test_damage_on_the_way_to_where_the_story_stands_is_seen_before_the_file_is_touched(path, n):
    nodes = written(path, 70)
    tamper(path, CHANGED + f"{n}")
    before = beside(path)
    with pytest.raises(CorruptJournal, match=f"scene {nodes[n - 1].key} was changed"):
        Journal.open(path)
    assert beside(path) == before


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("UPDATE picks SET slot = 'c' WHERE n = 6", "was changed"),
        ("UPDATE draft_beats SET grown = '[[0,'", "the draft of scene"),
        ("UPDATE draft_pieces SET piece = x'00'", "a piece of a reply"),
        ("UPDATE pointer SET head = 'elsewhere'", "scene elsewhere is missing"),
        ("DROP TABLE marks", "its tables are not those of a journal"),
    ],
)
def test_what_the_first_scene_needs_is_looked_at_first(path, change, what):
    journal = Journal.create(path, HEADER)
    key = journal.begin(tell_many(journal, 5)[-1].key, "a")
    journal.show(key, list(enumerate(journal.head.scene.beats)), "Half")
    journal.close()
    tamper(path, change)
    before = beside(path)
    with pytest.raises(CorruptJournal, match=what):
        Journal.open(path)
    assert beside(path) == before


def test_while_it_is_looked_through_it_is_played_and_then_nothing_is_left_to_look_at(path):
    written(path, 2 * ROWS_A_STEP + 2)
    journal = Journal.open(path)
    played = [tell(journal, "b", f"meanwhile {n}") for n, _ in enumerate(journal.look_through())]
    assert len(played) > 6
    assert journal.path_to(journal.head.key)[-len(played) :] == tuple(played)
    assert steps(journal) == 0
    journal.close()


def test_one_that_was_not_looked_through_to_the_end_is_looked_at_again(path):
    written(path, 5)
    journal = Journal.open(path)
    whole = steps(Journal.open(fixture_like(path)))
    assert next(journal.look_through()) is None
    assert steps(journal) == whole
    journal.close()


def fixture_like(path):
    return shutil.copy(path, path.with_name("another.journal"))


def test_a_new_journal_and_one_that_was_looked_at_whole_need_no_look(path, monkeypatch):
    journal = Journal.create(path, HEADER)
    tell_many(journal, 3)
    assert steps(journal) == 0
    journal.close()
    monkeypatch.setattr(journal_module, "LOOKED_AT_ONCE", path.stat().st_size)
    journal = Journal.open(path)
    assert steps(journal) == steps(journal.detached()) == 0
    journal.close()


def test_an_older_journal_is_looked_at_whole_however_large(path):
    shutil.copy(fixture(2), path)
    tamper(path, CHANGED + "3")
    before = beside(path)
    with pytest.raises(CorruptJournal, match="was changed"):
        Journal.open(path)
    assert beside(path) == before


def test_reading_without_playing_looks_at_all_of_it(path):
    written(path, 70)
    tamper(path, CHANGED + "3")
    for read in (read_recording, read_map):
        with pytest.raises(CorruptJournal, match="was changed"):
            read(path)


@pytest.mark.parametrize(
    "act", [lambda journal: journal.go(journal.back(1).key), lambda journal: journal.go(journal.back(999).key)]
)
def test_going_back_asks_as_much_of_three_hundred_scenes_as_of_half(act):
    asked = []
    for count in (150, 300):
        journal = Journal.create(None, HEADER)
        tell_many(journal, count)
        statements = []
        journal._store._database.set_trace_callback(statements.append)
        act(journal)
        asked.append(len(statements))
    assert asked[0] == asked[1]


def test_opening_asks_as_much_of_two_hundred_scenes_as_of_forty(path, monkeypatch):
    asked = []
    connect = store_module._connect

    def watched(*words):
        database = connect(*words)
        database.set_trace_callback(asked[-1].append)
        return database

    for count in (40, 200):
        file = path.with_name(f"{count}.journal")
        written(file, count)
        asked.append([])
        with monkeypatch.context() as patch:
            patch.setattr(store_module, "_connect", watched)
            Journal.open(file).close()
    assert len(asked[0]) == len(asked[1]) > 10
