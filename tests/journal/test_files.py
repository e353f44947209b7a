"""What cannot be opened or made: one line each, and nothing is touched."""

import os
import resource
import sqlite3
import subprocess
import sys
from contextlib import contextmanager

import pytest

from game.journal import ForeignFile, Journal, JournalError, LockedJournal, NewerJournal, UnwritableJournal, card
from game.journal.schema import SCHEMA
from game.journal.store import to_read
from game.story import ROOT
from tests.conftest import REPOSITORY
from tests.journal.stories import HEADER, beat, beside, node_after, tell, tell_many, written

PLAY = """
import sys
from pathlib import Path
from game.journal import Journal, JournalError
try:
    journal = Journal.open(Path(sys.argv[1]))
except JournalError as error:
    print(type(error).__name__, error, flush=True)
else:
    print("playing", journal.count, flush=True)
    sys.stdin.readline()
    journal.close()
"""


@contextmanager
def another_process(path):
    """Another process that opens `path` and plays it until told otherwise; yields it and the line it said."""
    command = [sys.executable, "-c", PLAY, path]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY)
    try:
        yield process, process.stdout.readline().strip()
    finally:
        process.communicate("\n", timeout=30)


@contextmanager
def no_file_grows_beyond(size):
    """A disk that is full, as far as this process can tell."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def refused(path, kind, words):
    """Opening `path` fails in one line that names it, and every byte around it stays."""
    before = beside(path)
    with pytest.raises(kind) as caught:
        Journal.open(path)
    assert type(caught.value) is kind
    line = str(caught.value)
    assert words in line
    assert str(path) in line
    assert "\n" not in line
    assert beside(path) == before


def test_a_file_that_is_not_there(path):
    refused(path, JournalError, "there is no such file")


def test_a_folder(path):
    path.mkdir()
    with pytest.raises(ForeignFile, match="a folder"):
        Journal.open(path)


def test_an_empty_file(path):
    path.touch()
    refused(path, ForeignFile, "empty")


@pytest.mark.parametrize("text", ["{}\n", "A diary, not a journal.\n" * 400, "SQLite format 3\0"])
def test_a_text_file(path, text):
    path.write_text(text)
    refused(path, ForeignFile, "no journal")


@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_the_database_of_another_program(path, mode):
    other = sqlite3.connect(path)
    other.execute(f"PRAGMA journal_mode = {mode}")
    other.execute("CREATE TABLE bookmarks (url TEXT)")
    other.close()
    refused(path, ForeignFile, "another program")


def test_a_database_that_another_program_has_open(path):
    other = sqlite3.connect(path)
    other.execute("PRAGMA journal_mode = wal")
    other.execute("CREATE TABLE bookmarks (url TEXT)")
    refused(path, ForeignFile, "another program")
    other.close()


def test_a_newer_journal(path):
    written(path)
    other = sqlite3.connect(path)
    other.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    other.close()
    refused(path, NewerJournal, "update to play it")


def test_a_journal_that_another_process_plays(path):
    written(path)
    with another_process(path) as (_, said):
        assert said == "playing 3"
        with pytest.raises(LockedJournal, match="another window"):
            Journal.open(path)


def test_a_journal_that_this_process_plays(in_file, path):
    tell(in_file)
    with pytest.raises(LockedJournal):
        Journal.open(path)
    tell(in_file)
    assert in_file.count == 2


def test_a_new_journal_is_locked_before_its_first_scene(in_file, path):
    with another_process(path) as (_, said):
        assert said.startswith("LockedJournal")


def test_looking_at_a_journal_that_is_played_here_leaves_it_locked(in_file, path):
    tell(in_file)
    assert card(path) is not None
    with pytest.raises(LockedJournal):
        Journal.open(path)
    with another_process(path) as (_, said):
        assert said.startswith("LockedJournal")


def test_the_lock_goes_when_its_holder_is_killed(path):
    written(path)
    with another_process(path) as (process, said):
        assert said == "playing 3"
        process.kill()
        process.wait()
        journal = Journal.open(path)
    assert journal.count == 3
    journal.close()


def test_nobody_begins_to_play_what_a_crash_left_while_it_is_looked_at(in_file, path):
    tell(in_file)
    left = path.with_name("left.journal")
    for each, content in beside(path).items():
        left.with_name(each.replace(path.stem, left.stem)).write_bytes(content)
    with to_read(left) as store:
        assert store.row("SELECT count(*) FROM nodes") == (1,)
        with another_process(left) as (_, said):
            assert said.startswith("LockedJournal")
        assert store.in_memory().row("SELECT count(*) FROM nodes") == (1,)


def test_a_new_journal_never_takes_the_place_of_a_file(path):
    path.write_text("mine")
    with pytest.raises(JournalError, match="already"):
        Journal.create(path, HEADER)
    assert beside(path) == {path.name: b"mine"}


def test_missing_folders_are_made(tmp_path):
    path = tmp_path / "a" / "b" / "story.journal"
    Journal.create(path, HEADER).close()
    assert card(path) is not None


def test_a_folder_that_is_a_file(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(UnwritableJournal, match=r"story\.journal: cannot be written"):
        Journal.create(tmp_path / "file" / "story.journal", HEADER)


def test_a_folder_that_takes_nothing(tmp_path, freeze):
    folder = tmp_path / "frozen"
    folder.mkdir()
    freeze(folder)
    with pytest.raises(UnwritableJournal, match="cannot be written"):
        Journal.create(folder / "story.journal", HEADER)
    assert list(folder.iterdir()) == []


def test_a_journal_that_takes_nothing(path, freeze):
    written(path)
    freeze(path)
    refused(path, UnwritableJournal, "cannot be written")


def test_a_journal_in_a_folder_that_takes_nothing(path, freeze):
    written(path)
    freeze(path.parent)
    refused(path, UnwritableJournal, "cannot be written")


def test_a_disk_that_is_full_from_the_start(path):
    with no_file_grows_beyond(10_000), pytest.raises(UnwritableJournal) as caught:
        Journal.create(path, HEADER)
    assert "\n" not in str(caught.value)
    assert beside(path) == {}


def fill(journal):
    """Play until the disk takes no more; the scenes that were committed."""
    nodes = []

    def play_on():
        while True:
            nodes.append(tell(journal, "a", "word " * 200))

    with pytest.raises(UnwritableJournal) as caught:
        play_on()
    assert "\n" not in str(caught.value)
    return nodes


def test_a_disk_that_fills_up_leaves_all_that_was_stored_readable(in_file, path):
    with no_file_grows_beyond(200_000):
        nodes = fill(in_file)
        assert in_file.head == nodes[-1]
        assert in_file.count == len(nodes)
        assert in_file.path_to(nodes[-1].key) == tuple(nodes)
    in_file.close()
    again = Journal.open(path)
    assert again.path_to(nodes[-1].key) == tuple(nodes)
    again.close()


def test_what_a_full_disk_left_half_settled_is_whole_with_its_wal(path):
    journal = Journal.create(path, HEADER)
    nodes = tell_many(journal, 2)
    with no_file_grows_beyond(path.stat().st_size + 20_000):
        nodes += fill(journal)
        journal.close()
    again = Journal.open(path)
    assert again.path_to(nodes[-1].key) == tuple(nodes)
    again.close()


def test_a_write_that_failed_can_be_made_again_when_there_is_room(in_file):
    first = tell(in_file)
    key = in_file.begin(first.key, "a")
    size = in_file.path.stat().st_size
    with no_file_grows_beyond(size), pytest.raises(UnwritableJournal):
        in_file.show(key, [(0, beat("The fog lies down. " * 20_000))], "x")
    assert in_file.pending.shown == ()
    in_file.show(key, [(0, beat("The fog lies down."))], "x")
    assert in_file.pending.shown == (beat("The fog lies down."),)


def test_a_story_goes_on_in_memory_when_the_disk_is_full(in_file):
    key = in_file.begin(ROOT, "")
    in_file.show(key, [(0, beat("The fog lies down."))], "The fog")
    with no_file_grows_beyond(in_file.path.stat().st_size):
        with pytest.raises(UnwritableJournal):
            in_file.show(key, [(1, beat("It stays. " * 20_000))], " lies")
        afloat = in_file.detached()
        assert afloat.path is None
        assert afloat.pending.shown == (beat("The fog lies down."),)
        afloat.show(key, [(1, beat("It stays. " * 20_000))], " lies")
        afloat.commit(node_after(ROOT, "", HEADER.initial))
        tell_many(afloat, 5)
        assert (afloat.count, in_file.count) == (6, 0)
        afloat.close()


def test_a_failed_backup_leaves_nothing(in_file, tmp_path):
    tell_many(in_file, 3)
    copy = tmp_path / "copy.journal"
    with no_file_grows_beyond(10_000), pytest.raises(UnwritableJournal):
        in_file.backup(copy)
    assert beside(copy) == {}
    assert in_file.count == 3


def test_a_backup_never_takes_the_place_of_a_file(in_file, path):
    with pytest.raises(JournalError, match="already"):
        in_file.backup(path)


def test_what_a_kill_left_of_an_earlier_creation_is_no_hindrance(path):
    path.with_name(f"{path.name}.new").write_bytes(os.urandom(5000))
    journal = Journal.create(path, HEADER)
    journal.begin(ROOT, "")
    journal.close()
    assert list(beside(path)) == [path.name]


@pytest.mark.parametrize("name", ["a story, 100 % mine?.journal", "страж #7.journal", "sp ace;&.journal"])
def test_any_name_a_file_may_have(tmp_path, name):
    path = tmp_path / name
    nodes = written(path)
    journal = Journal.open(path)
    assert journal.head == nodes[-1]
    journal.close()
    assert [each.name for each in tmp_path.iterdir()] == [name]


def test_a_relative_path(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = type(tmp_path)("story.journal")
    nodes = written(path)
    journal = Journal.open(path)
    assert journal.head == nodes[-1]
    journal.close()
