"""What the offline storyteller remembers is what was read on the way to a scene, whatever else was told beside it."""

from pathlib import Path

from game.session import Begin, Continue, EditBeat, Event, Leave, Library, Pick, Retell, Rewind, SceneReady, Session
from game.session.commands import Command
from game.story import REMEMBERED, ROOT, Scene, node_key
from tests.conftest import REPOSITORY

ENDLESS = str(REPOSITORY / "bench" / "endless")
FURTHER = REMEMBERED + 4
"""Scenes: more than are remembered."""


def played(folder: Path, *commands: Command) -> Scene:
    """The scene at which one comes by these commands."""
    session = Session(Library(folder=folder), threaded=False)
    events: list[Event] = []
    for command in commands:
        session.submit(command)
        events += session.poll()
    session.close()
    return next(event.scene for event in reversed(events) if isinstance(event, SceneReady))


def begun(folder: Path) -> Begin:
    folder.mkdir()
    return Begin(ENDLESS, seed=7, journal=folder / "story.db")


def texts(scene: Scene) -> list[tuple[str, str]]:
    return [(beat.text, beat.source.ref) for beat in scene.beats]


def test_a_fork_remembers_what_lies_on_its_own_way(tmp_path: Path) -> None:
    straight = played(tmp_path / "one", begun(tmp_path / "one"), *(Pick("a"), Pick("b"), Pick("a")))
    other = [Pick("b"), Pick("a"), Pick("a"), Rewind(3)]
    assert played(tmp_path / "two", begun(tmp_path / "two"), *other, *(Pick("a"), Pick("b"), Pick("a"))) == straight


def test_a_story_that_is_taken_up_remembers_as_one_that_was_never_left(tmp_path: Path) -> None:
    picks = [Pick("a")] * FURTHER
    straight = played(tmp_path / "one", begun(tmp_path / "one"), *picks, Pick("b"))
    played(tmp_path / "two", begun(tmp_path / "two"), *picks, Leave())
    assert played(tmp_path / "two", Continue(tmp_path / "two" / "story.db", pack=ENDLESS), Pick("b")) == straight


def test_what_the_player_rewrote_was_read_all_the_same(tmp_path: Path) -> None:
    straight = played(tmp_path / "one", begun(tmp_path / "one"), Pick("a"), Pick("b"))
    edit = EditBeat(node_key(node_key(ROOT, ""), "a"), 0, "It rained.")
    assert texts(played(tmp_path / "two", begun(tmp_path / "two"), Pick("a"), edit, Pick("b"))) == texts(straight)


def test_another_telling_remembers_no_more_than_the_first(tmp_path: Path) -> None:
    first = played(tmp_path / "one", begun(tmp_path / "one"), Pick("a"), Pick("b"), Retell())
    again = played(tmp_path / "two", begun(tmp_path / "two"), Pick("a"), Pick("b"), Pick("a"), Rewind(), Retell())
    assert texts(first) == texts(again)
