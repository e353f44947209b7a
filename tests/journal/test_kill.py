"""`kill -9` of a playing process, at named statements and at whatever it happens to do: all that it said is stored is there."""

import json
import shutil
import signal
import sqlite3
import subprocess
import sys
from dataclasses import replace

import pytest

from game.journal import ForeignFile, Journal, card
from game.story import INTERRUPTED, Attempt
from tests.conftest import REPOSITORY
from tests.journal.make_fixture import SCENES, fixture, shown
from tests.journal.stories import HEADER, node_after, tell

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 here")

NEVER = "nothing starts like this"

STATEMENTS = [
    "BEGIN",
    "INSERT INTO picks",
    "INSERT INTO steers",
    "INSERT INTO recaps",
    "INSERT INTO asked",
    "INSERT INTO spending",
    "UPDATE pointer SET pick",
    "INSERT INTO draft_beats",
    "INSERT INTO draft_pieces",
    "INSERT INTO requests",
    "INSERT INTO attempts",
    "DELETE FROM draft_pieces",
    "INSERT INTO nodes",
    "UPDATE pointer SET head",
    "INSERT INTO followed",
    "DELETE FROM followed",
    "INSERT INTO edits",
    "INSERT INTO marks",
    "DELETE FROM draft_beats",
    "COMMIT",
    "PRAGMA wal_checkpoint",
]


def run(path, statement, n):
    command = [sys.executable, "-m", "tests.journal.killed", path, statement, str(n)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY)


def said_until_it_died(path, statement, n):
    process = run(path, statement, n)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    return [json.loads(line) for line in out.splitlines()]


def is_told(journal, key):
    try:
        return journal.node(key).key == key
    except KeyError:
        return False


STAYED = {"marked", "edited", "steered", "went"}
"""What is said of what was done to a scene after it was told."""


def check_stayed(journal, row):
    if "marked" in row:
        assert (row["marked"], row["key"]) in [(mark.name, mark.key) for mark in journal.marks()]
    elif "edited" in row:
        assert journal.node(row["edited"]).scene.beats[0].text == row["text"]
    elif "steered" in row:
        assert journal.steer(row["steered"]) == row["words"]
    else:
        assert journal.forward(journal.node(row["went"]).parent).key == row["went"]


def check(journal, said):
    """All that was said to be stored is there, or has become part of its scene."""
    shown, parent = {}, None
    for row in said:
        if "committed" in row:
            before = parent.state if parent else journal.header.initial
            node = journal.node(row["committed"])
            node = replace(node, scene=journal.told(node.key))
            assert node == node_after(node.parent, node.slot, before, f"wave {row['turn']}")
            parent = node
        elif "attempted" in row:
            logged = [(each.attempt.reply, each.attempt.ended) for each in journal.attempts(row["attempted"])]
            assert (row["reply"], row["ended"]) in logged
        elif "asked" in row:
            turn = int(row["hash"].partition(".")[0])
            logged = {each.request_hash: each for each in journal.attempts(row["asked"])}[row["hash"]]
            assert (logged.purpose, journal.request(row["hash"])) == ("scene", f"asked {row['hash']}".encode())
            assert journal.recap(logged.shape.recap).upto == turn
        elif "recap" in row:
            assert journal.recap(row["recap"]).id == row["recap"]
        elif "spent" in row:
            assert (row["spent"], row["turn"], row["n"]) in [(each.key, each.prompt, each.reply) for each in journal.spending()]
        elif STAYED & row.keys():
            check_stayed(journal, row)
        elif "shown" in row:
            shown[row["shown"], row["n"]] = row
        else:
            assert is_told(journal, row["picked"]) or journal.pending.key == row["picked"]
    for (key, n), row in shown.items():
        pending = journal.pending
        beats = pending.shown if pending and pending.key == key else journal.told(key).beats
        assert beats[n].text.startswith(row["text"])
    if said and "heard" in said[-1]:
        replies = [each.attempt.reply for each in journal.attempts(said[-1]["shown"])]
        assert any(reply.startswith(said[-1]["heard"]) for reply in replies)


@pytest.mark.parametrize("n", [1, 4])
@pytest.mark.parametrize("statement", STATEMENTS)
def test_killed_at_a_statement(path, statement, n):
    said = said_until_it_died(path, statement, n)
    journal = Journal.open(path)
    check(journal, said)
    journal.close()
    database = sqlite3.connect(path)
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    database.close()


@pytest.mark.parametrize("lines", [1, 5, 17, 40])
def test_killed_at_whatever_it_does(path, lines):
    process = run(path, NEVER, 1)
    said = [json.loads(process.stdout.readline()) for _ in range(lines)]
    process.kill()
    rest, _ = process.communicate(timeout=60)
    said += [json.loads(line) for line in rest.splitlines() if line.endswith("}")]
    assert card(path) is not None
    journal = Journal.open(path)
    check(journal, said)
    journal.close()


def test_killed_before_the_first_commit_the_pick_and_its_beats_are_pending(path):
    said = said_until_it_died(path, "INSERT INTO nodes", 1)
    journal = Journal.open(path)
    assert journal.head is None
    assert journal.pending.key == said[0]["picked"]
    assert len(journal.pending.shown) == 2
    assert [each.attempt.ended for each in journal.pending.attempts] == ["timed_out", "done"]
    journal.close()


def test_killed_after_the_first_commit_nothing_is_pending(path):
    said_until_it_died(path, "PRAGMA wal_checkpoint", 1)
    journal = Journal.open(path)
    assert journal.pending is None
    tell(journal, "b", "what comes after")
    assert journal.count == 2
    journal.close()


def test_killed_mid_beat_the_attempt_under_way_is_interrupted(path):
    said_until_it_died(path, "INSERT INTO draft_pieces", 3)
    journal = Journal.open(path)
    pending = journal.pending
    assert [(each.attempt.ended, each.request_hash) for each in pending.attempts] == [(INTERRUPTED, "0.0")]
    assert pending.attempts[0].attempt.reply == pending.shown[0].text
    journal.close()


def test_killed_before_anything_came_back_what_was_asked_is_known(path):
    said_until_it_died(path, "INSERT INTO draft_beats", 1)
    journal = Journal.open(path)
    (logged,) = journal.pending.attempts
    assert (logged.request_hash, logged.purpose, logged.attempt) == ("0.0", "scene", Attempt("", INTERRUPTED))
    assert logged.shape == journal.last_shape(journal.pending.key) is not None
    assert journal.request("0.0") == b"asked 0.0"
    journal.close()


@pytest.mark.parametrize(
    "statement",
    [
        "BEGIN",
        "CREATE TABLE asked",
        "CREATE TRIGGER spending_no_delete",
        "CREATE TABLE edits",
        "INSERT INTO followed",
        "PRAGMA user_version = ",
        "COMMIT",
        "PRAGMA wal_checkpoint",
    ],
)
def test_killed_while_an_older_journal_is_brought_to_this_schema_all_of_it_is_there(path, statement):
    shutil.copy(fixture(1), path)
    code = (
        "import sys; from pathlib import Path; from game.journal import Journal; from game.journal.store import to_write;"
        "from tests.journal.killed import die_with;"
        "store = to_write(Path(sys.argv[1])); die_with(store, sys.argv[2], 1); Journal.resume(store)"
    )
    done = subprocess.run([sys.executable, "-c", code, path, statement], check=False, cwd=REPOSITORY)
    assert done.returncode == -signal.SIGKILL
    journal = Journal.open(path)
    assert (journal.header, journal.count, journal.pending.shown) == (HEADER, SCENES + 2, shown())
    assert len(journal.path_to(journal.head.key)) == SCENES
    assert journal.spending() == ()
    assert journal.map().line[-1] == journal.head.key
    journal.close()


def test_a_card_shows_where_a_killed_player_was_and_leaves_the_files_as_they_are(path):
    said_until_it_died(path, "BEGIN", 20)
    before = {each.name: each.read_bytes() for each in path.parent.iterdir()}
    found = card(path)
    assert {each.name: each.read_bytes() for each in path.parent.iterdir()} == before
    journal = Journal.open(path)
    assert found is not None
    assert found.turn == journal.head.scene.turn
    journal.close()


def test_killed_while_it_is_made_a_journal_is_not_there_or_whole(path):
    code = (
        "import os, sys, pathlib; from game.journal import Journal; from tests.journal.stories import HEADER;"
        "os.replace = lambda *_: os.kill(os.getpid(), 9); Journal.create(pathlib.Path(sys.argv[1]), HEADER)"
    )
    assert subprocess.run([sys.executable, "-c", code, path], check=False, cwd=REPOSITORY).returncode == -signal.SIGKILL
    with pytest.raises(ForeignFile, match="empty"):
        Journal.open(path)
