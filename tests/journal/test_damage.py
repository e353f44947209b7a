"""Damage: it is seen before anything is played, the file stays as it is, and what opens is what was written."""

import os
import random

import pytest

from game.journal import CorruptJournal, ForeignFile, Journal, JournalError, NewerJournal, card
from game.story import ROOT, node_key
from tests.journal.stories import HEADER, beat, beside, tamper, tell, tell_many, written

FIRST = node_key(ROOT, "")
SEEN = (CorruptJournal, ForeignFile, NewerJournal)


def left_by_a_crash(path):
    """A journal as a killed process leaves it: its last scene's draft only in the WAL. What it holds."""
    playing = path.with_name("playing.journal")
    journal = Journal.create(playing, HEADER)
    nodes = tell_many(journal, 6)
    key = journal.begin(nodes[-1].key, "b")
    journal.show(key, [(0, beat("The last thing read."))], "The last")
    for each, content in beside(playing).items():
        path.with_name(each.replace("playing", path.stem)).write_bytes(content)
    holds = everything(journal)
    journal.close()
    return holds


def everything(journal):
    """All that a journal can be asked for."""
    head = journal.head
    nodes = journal.path_to(head.key) if head else ()
    attempts = [journal.attempts(node.key) for node in nodes]
    requests = [journal.request(logged.request_hash) for each in attempts for logged in each if logged.request_hash]
    shown = journal.pending.shown if journal.pending else ()
    return (journal.header, head, nodes, attempts, requests, shown, journal.count, journal.children(ROOT))


def opens_as(path, holds):
    """The damage was seen, or it did no harm."""
    before = beside(path)
    said = ""
    try:
        journal = Journal.open(path)
    except SEEN as error:
        said = str(error)
    if said:
        assert said.startswith(str(path))
        assert "\n" not in said
        assert beside(path) == before
        return
    try:
        assert everything(journal) == holds
    finally:
        journal.close()


@pytest.mark.parametrize("seed", range(60))
def test_a_changed_byte_is_seen_or_harmless(path, seed):
    written(path, 6)
    journal = Journal.open(path)
    holds = everything(journal)
    journal.close()
    whole = path.read_bytes()
    draw = random.Random(seed)
    for _ in range(10):
        at = draw.randrange(len(whole))
        path.write_bytes(whole[:at] + bytes([whole[at] ^ (1 << draw.randrange(8))]) + whole[at + 1 :])
        opens_as(path, holds)
        for each in path.parent.iterdir():
            each.unlink()


@pytest.mark.parametrize("at", range(100))
def test_a_changed_byte_of_the_file_header_is_seen_or_harmless(path, at):
    written(path, 2)
    journal = Journal.open(path)
    holds = everything(journal)
    journal.close()
    content = bytearray(path.read_bytes())
    content[at] ^= 0xFF
    path.write_bytes(content)
    opens_as(path, holds)


@pytest.mark.parametrize("seed", range(20))
def test_a_scrambled_stretch_is_seen_or_harmless(path, seed):
    written(path, 6)
    journal = Journal.open(path)
    holds = everything(journal)
    journal.close()
    content = bytearray(path.read_bytes())
    draw = random.Random(seed)
    at = draw.randrange(len(content) - 3000)
    content[at : at + 3000] = draw.randbytes(3000)
    path.write_bytes(content)
    opens_as(path, holds)


@pytest.mark.parametrize("part", [0.01, 0.1, 0.5, 0.9, 0.999])
def test_a_cut_file_is_seen(path, part):
    written(path, 6)
    os.truncate(path, int(path.stat().st_size * part))
    refused_as_damaged(path)


def refused_as_damaged(path):
    before = beside(path)
    with pytest.raises(SEEN) as caught:
        Journal.open(path)
    assert "\n" not in str(caught.value)
    assert beside(path) == before
    assert card(path) is None or not isinstance(caught.value, ForeignFile)
    assert beside(path) == before


def test_damage_is_seen_in_a_journal_that_a_crash_left_and_nothing_beside_it_changes(path):
    left_by_a_crash(path)
    content = bytearray(path.read_bytes())
    at = content.index(b"wave 1 comes up")
    content[at] ^= 1
    path.write_bytes(content)
    refused_as_damaged(path)


def test_a_journal_that_a_crash_left_is_whole(path):
    holds = left_by_a_crash(path)
    journal = Journal.open(path)
    assert everything(journal) == holds
    journal.close()


@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_wal_loses_at_most_what_was_not_committed(path, seed):
    *_, nodes, _, _, shown, _, _ = left_by_a_crash(path)
    wal = path.with_name(f"{path.name}-wal")
    content = bytearray(wal.read_bytes())
    content[random.Random(seed).randrange(len(content))] ^= 0xFF
    wal.write_bytes(content)
    journal = Journal.open(path)
    assert journal.path_to(nodes[-1].key) == nodes
    assert journal.pending is None or journal.pending.shown in ((), shown)
    journal.close()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE nodes SET scene = replace(scene, 'wave 1', 'wave 9')",
        "UPDATE nodes SET slot = 'd' WHERE n = 2",
        "UPDATE nodes SET effects = '[]' WHERE n = 2",
        "UPDATE nodes SET state_hash = parent",
        "UPDATE nodes SET seal = 0",
        "UPDATE attempts SET reply = 'other'",
        "UPDATE requests SET body = x'00'",
        "UPDATE attempts SET retry_after = 1",
        "UPDATE header SET body = replace(body, 'Maren', 'Karen')",
        "DELETE FROM header",
        "DELETE FROM pointer",
        "DELETE FROM nodes",
        "DELETE FROM picks",
        "UPDATE picks SET slot = 'c'",
        "UPDATE pointer SET head = 'elsewhere'",
        "UPDATE draft_beats SET grown = '[[0,'",
        "UPDATE draft_beats SET grown = '[[0, {}]]'",
        "DROP TABLE draft_beats",
        "DROP TABLE attempts",
        "PRAGMA user_version = 0",
    ],
)
def test_what_another_program_changed_in_it_is_seen(path, change):
    journal = Journal.create(path, HEADER)
    nodes = tell_many(journal, 3)
    journal.show(journal.begin(nodes[-1].key, "a"), [(0, beat("Half"))], "Half")
    journal.close()
    tamper(path, change)
    with pytest.raises(CorruptJournal, match="is damaged"):
        Journal.open(path)


def test_a_request_that_is_damaged_while_the_journal_is_open_is_seen_when_it_is_asked_for(journal):
    tell(journal, words="a bell")
    journal._store.run("DROP TRIGGER requests_no_update")
    journal._store.run("UPDATE requests SET body = x'00'")
    with pytest.raises(CorruptJournal, match="request of a bell was changed"):
        journal.request("request of a bell")


def test_a_journal_goes_on_after_damage_was_refused_and_the_file_was_mended(path):
    written(path, 3)
    whole = path.read_bytes()
    path.write_bytes(whole[:5000] + bytes(len(whole) - 5000))
    with pytest.raises(JournalError):
        Journal.open(path)
    path.write_bytes(whole)
    journal = Journal.open(path)
    tell(journal)
    assert journal.count == 4
    journal.close()
