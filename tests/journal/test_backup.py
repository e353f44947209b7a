"""Backups: made whole, proved, pruned; and put in the place of a file that is damaged, which is kept."""

import os
import shutil
import sqlite3

import pytest

from game.journal import (
    Backups,
    CorruptJournal,
    ForeignFile,
    Journal,
    JournalError,
    LockedJournal,
    NewerJournal,
    UnwritableJournal,
    open_copy,
    saves,
)
from game.journal.backup import KEPT
from game.journal.restore import is_damage, look_again, restore
from game.journal.schema import SCHEMA
from game.story import ROOT
from tests.journal.stories import HEADER, beat, beside, tell, tell_many, written
from tests.journal.test_files import another_process, no_file_grows_beyond


def back_up(journal):
    for _ in Backups(journal.path).make(journal):
        pass


def names(folder):
    return sorted(each.name for each in folder.iterdir())


def holds(path):
    """The way to the head, as a journal in `path` has it."""
    journal = open_copy(path)
    nodes = journal.path_to(journal.head.key) if journal.head else ()
    journal.close()
    return nodes


@pytest.fixture
def backed_up(path):
    """A journal of five scenes that is closed; its backup has three."""
    journal = Journal.create(path, HEADER)
    tell_many(journal, 3)
    back_up(journal)
    tell_many(journal, 2)
    journal.close()
    return holds(path)


def spoil(path):
    """Change a letter that was told."""
    content = path.read_bytes()
    assert b"wave 1 comes up" in content
    path.write_bytes(content.replace(b"wave 1 comes up", b"wave 1 gives up"))
    return path.read_bytes()


def test_a_backup_holds_all_that_the_journal_holds(in_file, path):
    tell_many(in_file, 3)
    back_up(in_file)
    (made,) = Backups(path).all()
    assert made == path.parent / "backups" / "story" / "1.journal"
    assert holds(made) == in_file.path_to(in_file.head.key)


def test_a_backup_that_is_not_proved_yet_is_no_backup(in_file, path):
    tell_many(in_file, 3)
    back_up(in_file)
    making = Backups(path).make(in_file)
    next(making)
    assert len(Backups(path).all()) == 1
    making.close()
    back_up(in_file)
    assert names(path.parent / "backups" / "story") == ["1.journal", "2.journal"]


def test_the_newest_few_are_kept(in_file, path):
    for _ in range(KEPT + 2):
        tell(in_file)
        back_up(in_file)
    assert [each.name for each in Backups(path).all()] == ["5.journal", "4.journal", "3.journal"]
    assert [len(holds(each)) for each in Backups(path).all()] == [5, 4, 3]


def test_what_kills_left_half_made_is_swept_away(in_file, path):
    folder = path.parent / "backups" / "story"
    folder.mkdir(parents=True)
    for name in ("unproved", "unproved.new"):
        (folder / name).write_bytes(b"half")
    tell(in_file)
    back_up(in_file)
    assert names(folder) == ["1.journal"]


def test_a_damaged_journal_gets_no_backup_and_the_older_ones_stay(in_file, path):
    tell_many(in_file, 3)
    back_up(in_file)
    in_file._store.run("DROP TRIGGER nodes_no_update")
    in_file._store.run("UPDATE nodes SET scene = replace(scene, 'wave 1', 'wave 9')")
    with pytest.raises(CorruptJournal):
        back_up(in_file)
    assert names(path.parent / "backups" / "story") == ["1.journal"]


def test_a_backup_for_which_there_is_no_room_leaves_nothing(in_file, path):
    tell_many(in_file, 3)
    with no_file_grows_beyond(10_000), pytest.raises(UnwritableJournal):
        back_up(in_file)
    assert names(path.parent / "backups" / "story") == []
    assert in_file.count == 3


def test_a_journal_is_behind_its_backup_only_when_it_has_grown(path):
    journal = Journal.create(path, HEADER)
    nodes = tell_many(journal, 2)
    assert Backups(path).behind()
    back_up(journal)
    assert not Backups(path).behind()
    journal.begin(nodes[-1].key, "a")
    journal.close()
    assert Backups(path).behind()


def test_what_another_playthrough_of_this_name_left_is_no_backup_of_it(path, backed_up):
    Backups(path).set_aside()
    Backups(path).set_aside()
    assert Backups(path).all() == ()
    assert len(list((path.parent / "backups" / "story.before-1").iterdir())) == 1
    spoil(path)
    assert restore(path) is None


def test_a_damaged_journal_is_kept_and_its_newest_backup_takes_its_place(path, backed_up):
    damaged = spoil(path)
    restored = restore(path)
    assert restored.kept == path.with_name("story.damaged-1")
    assert restored.kept.read_bytes() == damaged
    assert restored.made == Backups(path).all()[0].stat().st_mtime
    journal = Journal.open(path)
    assert journal.path_to(journal.head.key) == backed_up[:3]
    assert tell(journal, "a", "wave 0") == backed_up[3]
    journal.close()
    assert names(path.parent) == ["backups", "story.damaged-1", "story.journal"]


def test_the_wal_of_a_damaged_journal_is_kept_with_it_and_not_taken_for_the_backups(path, backed_up):
    journal = Journal.open(path)
    key = journal.begin(journal.head.key, "b")
    journal.show(key, [(0, beat("The last thing read."))], "The last")
    left = path.with_name("left.journal")
    for each, content in beside(path).items():
        left.with_name(each.replace("story", "left")).write_bytes(content)
    journal.close()
    shutil.copytree(path.parent / "backups" / "story", path.parent / "backups" / "left")
    spoil(left)
    wal = left.with_name("left.journal-wal").read_bytes()
    assert wal
    restore(left)
    assert left.with_name("left.damaged-1-wal").read_bytes() == wal
    assert list(beside(left)) == ["left.journal"]
    assert holds(left) == backed_up[:3]


def test_a_second_damaged_file_does_not_take_the_place_of_the_first(path, backed_up):
    first = spoil(path)
    restore(path)
    path.write_bytes(b"")
    assert restore(path).kept.name == "story.damaged-2"
    assert path.with_name("story.damaged-1").read_bytes() == first


@pytest.mark.parametrize("newest", ["empty", "cut", "changed", "foreign"])
def test_a_backup_that_is_damaged_too_is_passed_over(path, newest):
    journal = Journal.create(path, HEADER)
    tell_many(journal, 3)
    back_up(journal)
    tell(journal)
    back_up(journal)
    journal.close()
    spoil(path)
    bad, good = Backups(path).all()
    whole = bad.read_bytes()
    bad.write_bytes({"empty": b"", "cut": whole[: len(whole) // 2], "foreign": b"Dear diary, " * 900}.get(newest, b""))
    if newest == "changed":
        bad.write_bytes(whole.replace(b"wave 1 comes up", b"wave 1 gives up"))
    kept = holds(good)
    assert restore(path)
    assert holds(path) == kept
    assert len(kept) == 3


def test_without_a_good_backup_nothing_is_touched(path, backed_up):
    for each in Backups(path).all():
        each.write_bytes(b"")
    spoil(path)
    before = beside(path)
    assert restore(path) is None
    assert beside(path) == before
    assert names(path.parent) == ["backups", "story.journal"]


def test_what_a_kill_left_of_a_restoring_is_done_again(path, backed_up):
    damaged = spoil(path)
    restore(path)
    path.write_bytes(damaged)
    path.with_name("story.journal.restored").write_bytes(b"half")
    path.with_name("story.journal.restored.new").write_bytes(b"half")
    assert restore(path).kept.name == "story.damaged-1"
    assert holds(path) == backed_up[:3]
    assert names(path.parent) == ["backups", "story.damaged-1", "story.journal"]


def test_a_folder_that_takes_nothing_leaves_the_damaged_file_as_it_is(path, backed_up, freeze):
    spoil(path)
    before = beside(path)
    freeze(path.parent)
    with pytest.raises(UnwritableJournal, match="cannot be written"):
        restore(path)
    assert beside(path) == before


def test_what_another_process_plays_is_not_taken_from_under_it(path, backed_up):
    with another_process(path) as (_, said):
        assert said == "playing 5"
        with path.open("r+b") as file:
            file.write(b"spoiled")
        with pytest.raises(LockedJournal):
            restore(path)
    assert not path.with_name("story.damaged-1").exists()


def test_a_journal_in_which_damage_was_met_is_looked_at_whole_before_it_is_opened_again(path, backed_up):
    look_again(path)
    Backups(path).distrust()
    look_again(path)
    assert not Backups(path).distrusted
    spoil(path)
    look_again(path)
    Backups(path).distrust()
    with pytest.raises(CorruptJournal):
        look_again(path)
    restore(path)
    assert not Backups(path).distrusted


@pytest.mark.parametrize("at_rest", [True, False])
def test_a_newer_journal_is_not_damage_but_a_number_that_no_engine_wrote_is(path, backed_up, at_rest):
    database = sqlite3.connect(path)
    if not at_rest:
        database.execute("CREATE TABLE of_a_newer_engine (n INTEGER)")
    database.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    database.close()
    with pytest.raises(NewerJournal) as caught:
        Journal.open(path)
    assert is_damage(path, caught.value) == at_rest


def test_a_folder_of_that_name_is_no_damage(path):
    path.mkdir()
    with pytest.raises(ForeignFile) as caught:
        Journal.open(path)
    assert not is_damage(path, caught.value)


@pytest.mark.parametrize("damage", [b"", b"SQLite format 3\0", b"x" * 5000])
def test_a_damaged_playthrough_stands_on_the_shelf_as_its_backup_has_it(path, backed_up, damage):
    path.write_bytes(damage)
    (found,) = saves(path.parent)
    assert (found.journal, found.pack_title, found.turn, found.damaged) == (path, HEADER.pack_title, 3, True)


def test_a_damaged_playthrough_without_a_backup_stands_on_the_shelf_by_its_name(path):
    written(path)
    content = path.read_bytes()
    path.write_bytes(content[:100] + b"x" * (len(content) - 100))
    (found,) = saves(path.parent)
    assert (found.journal, found.pack_title, found.turn, found.damaged) == (path, "story", 0, True)


def test_a_playthrough_in_which_damage_was_met_says_so_on_the_shelf(path, backed_up):
    (found,) = saves(path.parent)
    assert not found.damaged
    Backups(path).distrust()
    (found,) = saves(path.parent)
    assert found.damaged


def test_what_is_no_journal_and_was_none_is_not_on_the_shelf(path):
    path.write_text("A diary.\n" * 500)
    assert saves(path.parent) == ()


def test_a_copy_in_memory_leaves_the_file_alone_and_goes_on(path, backed_up):
    before = beside(path)
    copy = open_copy(path)
    assert copy.path is None
    tell(copy)
    assert copy.count == 6
    copy.close()
    assert beside(path) == before


def test_a_journal_that_is_played_is_copied_as_it_was_at_its_last_commit(in_file, path):
    nodes = tell_many(in_file, 2)
    in_file.begin(nodes[-1].key, "a")
    copy = open_copy(path)
    assert copy.path_to(copy.head.key) == tuple(nodes)
    assert copy.begin(nodes[-1].key, "b")
    copy.close()
    assert in_file.pending.slot == "a"


def test_a_damaged_journal_cannot_be_copied(path, backed_up):
    spoil(path)
    with pytest.raises(JournalError, match=r"story\.journal: the journal is damaged"):
        open_copy(path)
    os.truncate(path, 5000)
    with pytest.raises(JournalError):
        open_copy(path)


def test_an_unplayed_journal_is_backed_up_too(in_file, path):
    in_file.begin(ROOT, "")
    back_up(in_file)
    assert holds(Backups(path).all()[0]) == ()
