"""Damage: it is seen before anything is played, the file stays as it is, and what opens is what was written."""

import os
import random
import sqlite3

import pytest

from game.journal import CorruptJournal, ForeignFile, Journal, JournalError, NewerJournal, card, read_recording
from game.journal.rows import sealed
from game.story import ROOT, Mark, canonical, node_key
from tests.journal.stories import HEADER, RECAP, SHAPE, SPENT, beat, beside, tamper, tell, tell_many, written

SEEN = (CorruptJournal, ForeignFile, NewerJournal)


def left_by_a_crash(path):
    """A journal as a killed process leaves it: its last scene's draft only in the WAL. What it holds."""
    playing = path.with_name("playing.journal")
    journal = Journal.create(playing, HEADER)
    nodes = fill(journal)
    key = journal.begin(nodes[-1].key, "b")
    journal.show(key, [(0, beat("The last thing read."))], "The last")
    for each, content in beside(playing).items():
        path.with_name(each.replace("playing", path.stem)).write_bytes(content)
    holds = everything(journal)
    journal.close()
    return holds


def fill(journal):
    """A few scenes, and a row in each table that is for ever."""
    nodes = tell_many(journal, 5)
    nodes.append(tell(journal, "b", "the last wave", shape=SHAPE))
    journal.keep_recap(RECAP)
    journal.spend(SPENT)
    nodes.append(tell(journal, "b", "the last wave again", nodes[4], 1, steer="less grim"))
    journal.edit(nodes[1].key, 0, "What the player made of it.")
    journal.mark(Mark("The door", "1", nodes[2].key, 5.25))
    return nodes


@pytest.fixture
def whole(path):
    """A journal that is closed, with a row in each table that is for ever: its bytes, and what it holds."""
    journal = Journal.create(path, HEADER)
    fill(journal)
    holds = everything(journal)
    journal.close()
    return path.read_bytes(), holds


def everything(journal):
    """All that a journal can be asked for."""
    head = journal.head
    nodes = journal.path_to(head.key) if head else ()
    attempts = [journal.attempts(node.key) for node in nodes]
    requests = [journal.request(logged.request_hash) for each in attempts for logged in each if logged.request_hash]
    shown = journal.pending.shown if journal.pending else ()
    beside_it = (journal.recap(RECAP.id), journal.spending(), [journal.last_shape(node.key) for node in nodes])
    steers = [journal.steer(node.key) for node in nodes]
    tree = (steers, journal.edits(), [journal.told(node.key) for node in nodes], journal.map())
    return (journal.header, head, nodes, attempts, requests, shown, journal.count, journal.children(ROOT), beside_it, tree)


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
def test_a_changed_byte_is_seen_or_harmless(path, whole, seed):
    content, holds = whole
    draw = random.Random(seed)
    for _ in range(10):
        at = draw.randrange(len(content))
        path.write_bytes(content[:at] + bytes([content[at] ^ (1 << draw.randrange(8))]) + content[at + 1 :])
        opens_as(path, holds)
        for each in path.parent.iterdir():
            each.unlink()


@pytest.mark.parametrize("at", range(100))
def test_a_changed_byte_of_the_file_header_is_seen_or_harmless(path, whole, at):
    content, holds = bytearray(whole[0]), whole[1]
    content[at] ^= 0xFF
    path.write_bytes(content)
    opens_as(path, holds)


@pytest.mark.parametrize("seed", range(20))
def test_a_scrambled_stretch_is_seen_or_harmless(path, whole, seed):
    content, holds = bytearray(whole[0]), whole[1]
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
    _, _, nodes, _, _, shown, *_ = left_by_a_crash(path)
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
        "UPDATE asked SET shape = replace(shape, '8192', '4096')",
        "UPDATE asked SET n = n + 1",
        "UPDATE recaps SET body = replace(body, 'boat', 'goat')",
        "UPDATE spending SET body = replace(body, '1800', '18')",
        "UPDATE steers SET words = 'more grim'",
        "UPDATE steers SET key = 'another'",
        "UPDATE edits SET text = 'What nobody made of it.'",
        "UPDATE edits SET beat = 1",
        "UPDATE edits SET n = n + 1",
        "UPDATE marks SET name = 'The window'",
        "UPDATE marks SET at = 1",
        "UPDATE marks SET key = (SELECT key FROM nodes)",
        "DROP TABLE followed",
        "DROP INDEX edits_by_key",
        "DROP TABLE asked",
        "DROP INDEX asked_by_key",
        "PRAGMA user_version = 0",
        "PRAGMA user_version = 1",
    ],
)
def test_what_another_program_changed_in_it_is_seen(path, change):
    journal = Journal.create(path, HEADER)
    nodes = fill(journal)
    journal.show(journal.begin(nodes[-1].key, "a"), [(0, beat("Half"))], "Half")
    journal.close()
    tamper(path, change)
    with pytest.raises(CorruptJournal, match="is damaged"):
        Journal.open(path)
    with pytest.raises(CorruptJournal, match="is damaged"):
        read_recording(path)


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("recaps", sealed("another id", canonical(RECAP.to_json()))),
        ("asked", sealed(1, "a scene", "scene", "request of wave 0", canonical(SHAPE.to_json()))),
        ("asked", sealed(1, node_key(ROOT, ""), "scene", "another request", canonical(SHAPE.to_json()))),
    ],
)
def test_a_row_that_is_sound_in_a_place_that_is_not_its_own_is_seen(path, whole, table, row):
    database = sqlite3.connect(path)
    database.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
    database.commit()
    database.close()
    with pytest.raises(CorruptJournal, match=r"recap another id was changed|has the number of another attempt"):
        Journal.open(path)


@pytest.mark.parametrize(
    ("table", "change", "read"),
    [
        ("requests", "body = x'00'", lambda journal: journal.request("request of a bell")),
        ("attempts", "reply = 'other'", lambda journal: journal.attempts(journal.head.key)),
        ("attempts", "retry_after = 'soon'", lambda journal: journal.attempts(journal.head.key)),
        ("asked", "shape = '{}'", lambda journal: journal.attempts(journal.head.key)),
        ("asked", "shape = x'00'", lambda journal: journal.last_shape(journal.head.key)),
        ("recaps", "body = '['", lambda journal: journal.recap(RECAP.id)),
        ("spending", "body = '{}'", lambda journal: journal.spending()),
        ("steers", "words = 'other'", lambda journal: journal.steer(node_key(ROOT, "", 1))),
        ("edits", "text = 'other'", lambda journal: journal.node(journal.head.key)),
        ("edits", "beat = 9", lambda journal: journal.edits()),
        ("marks", "at = 'soon'", lambda journal: journal.marks()),
        ("marks", "name = 'other'", lambda journal: journal.map()),
    ],
)
def test_what_is_damaged_while_the_journal_is_open_is_seen_when_it_is_read(journal, table, change, read):
    tell(journal, words="a bell", shape=SHAPE)
    journal.keep_recap(RECAP)
    journal.spend(SPENT)
    journal.edit(journal.head.key, 0, "Changed.")
    journal.mark(Mark("", "quick", journal.head.key, 1.0))
    journal.begin(ROOT, "", 1, "less grim")
    read(journal)
    journal._store.run(f"DROP TRIGGER {table}_no_update")
    journal._store.run(f"UPDATE {table} SET {change}")
    with pytest.raises(CorruptJournal, match="is damaged") as caught:
        read(journal)
    assert "\n" not in str(caught.value)


def test_an_edit_of_a_beat_that_is_not_there_is_damage(path):
    journal = Journal.create(path, HEADER)
    head = tell(journal)
    journal._store.run("INSERT INTO edits VALUES (?, ?, ?, ?, ?, ?)", sealed(1, head.key, 9, "Changed.", 1))
    journal.close()
    with pytest.raises(CorruptJournal, match=f"an edit of scene {head.key} cannot be read"):
        Journal.open(path)


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
