"""A stranger's journal may hold anything in its texts; a terminal gets the words of it, and nothing that moves its cursor."""

import io
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from game.headless import Run, play
from game.journal import CorruptJournal, Journal, read_map
from game.packs import Pack
from game.replaying import replay
from game.scroll import Scroll
from game.session import Begin, Continue, Library, Pick, Session
from game.story import Scene

LAST_KEEPER = "last_keeper"
WILD = "\x1b[31m\x9b2J\x07"


def wild(scene: Scene) -> Scene:
    beats = tuple(replace(beat, text=f"{beat.text}{WILD}") for beat in scene.beats)
    choices = tuple(replace(choice, text=f"{choice.text}{WILD}") for choice in scene.choices)
    return replace(scene, title=f"{scene.title}{WILD}", beats=beats, choices=choices)


@pytest.fixture
def stranger(tmp_path: Path) -> Path:
    """A journal of two scenes whose texts all hold control characters."""
    plain, path = tmp_path / "plain.journal", tmp_path / "stranger.journal"
    session = Session(Library(folder=tmp_path / "data"), threaded=False)
    session.submit(Begin(LAST_KEEPER, seed=3, journal=plain))
    session.submit(Pick("a"))
    session.close()
    told = Journal.open(plain)
    journal = Journal.create(path, replace(told.header, player=replace(told.header.player, name=f"Ann{WILD}")))
    head = told.head
    for node in told.path_to(head.key if head else ""):
        journal.begin(node.parent, node.slot)
        journal.commit(replace(node, scene=wild(node.scene)))
    told.close()
    journal.close()
    return path


def control_characters(text: str) -> set[str]:
    return {char for char in text if char != "\n" and (ord(char) < 32 or 127 <= ord(char) < 160)}


def test_a_run_without_a_window_prints_none_of_its_control_characters(stranger: Path, tmp_path: Path) -> None:
    session, out, err = Session(Library(folder=tmp_path / "data"), threaded=False), io.StringIO(), io.StringIO()
    play(Run(Continue(stranger), (0,), as_json=False), session, out, err)
    session.close()
    assert "31m" in out.getvalue()
    assert not control_characters(out.getvalue() + err.getvalue())


def test_nor_does_the_terminal(stranger: Path, pack: Pack) -> None:
    journal, out = Journal.open(stranger), io.StringIO()
    head = journal.head
    journal.close()
    assert head
    scroll = Scroll(Console(file=out, color_system=None, width=80))
    scroll.title(pack)
    scroll.scene(head.scene)
    scroll.choices(head.scene)
    scroll.sources(head.scene)
    assert "31m" in out.getvalue()
    assert not control_characters(out.getvalue())


def test_nor_does_what_is_said_of_a_replay_that_differs(stranger: Path, tmp_path: Path) -> None:
    session, out, err = Session(Library(folder=tmp_path / "data"), threaded=False), io.StringIO(), io.StringIO()
    assert replay(stranger, session, LAST_KEEPER, False, out, err) == 1
    session.close()
    assert "is not the recorded one" in err.getvalue()
    assert not control_characters(out.getvalue() + err.getvalue())


def test_a_pick_that_was_never_on_offer_is_told_in_one_line(stranger: Path, tmp_path: Path) -> None:
    journal, session, err = Journal.open(stranger), Session(Library(folder=tmp_path / "data"), threaded=False), io.StringIO()
    last = journal.head
    assert last
    key = journal.begin(last.key, "z")
    journal.commit(replace(last, key=key, parent=last.key, slot="z", effects=(), scene=replace(last.scene, key=key)))
    journal.close()
    assert replay(stranger, session, LAST_KEEPER, False, io.StringIO(), err) == 2
    session.close()
    assert err.getvalue().startswith(f"unwritten: {stranger}: scene 2 has no choice")


def test_nor_does_what_is_said_of_damage(stranger: Path) -> None:
    database = sqlite3.connect(stranger)
    database.execute("UPDATE pointer SET head = ?", (f"nowhere{WILD}",))
    database.commit()
    database.close()
    with pytest.raises(CorruptJournal, match="nowhere") as caught:
        read_map(stranger)
    assert not control_characters(str(caught.value))
