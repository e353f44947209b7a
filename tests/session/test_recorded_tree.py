"""A way with tellings, wishes and edits on it, recorded over real HTTP: it comes again byte for byte, requests included."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from game.journal import Recording, read_recording
from game.replaying import replay
from game.session import (
    Begin,
    EditBeat,
    Edited,
    Event,
    Flip,
    Forward,
    Library,
    Notice,
    Pick,
    Retell,
    Rewind,
    SceneReady,
    Session,
    Teller,
)
from game.settings import Settings
from tests.conftest import REPOSITORY
from tests.server import ModelServer

ENDLESS = str(REPOSITORY / "bench" / "endless")
FAULTS = "ok,ok,cut,ok,500,ok,ok,truncated,ok,refusal,ok,html,ok"


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer(pace=0.0) as server:
        yield server


def moved_about(server: ModelServer, path: Path, mode: str) -> list[Event]:
    """A playthrough on whose way each thing was done that can be done in the tree."""
    session = Session(Library(Settings(prefetch="off"), path.parent), threaded=False)
    events: list[Event] = []

    def do(*commands) -> str:
        """Ask for these; the key of the scene that is read then."""
        for command in commands:
            session.submit(command)
            events.extend(session.poll())
        return [event.scene.key for event in events if isinstance(event, SceneReady)][-1]

    first = do(Begin(ENDLESS, Teller("openai", mode, server.url), seed=7, journal=path))
    do(EditBeat(first, 0, "Somebody has painted the rail green."))
    second = do(Pick("a"), Pick("b"), Rewind(), Retell("shorter, and with more rain"))
    do(EditBeat(second, 1, "The paint is wet still."), EditBeat(second, 1, "The paint has dried."))
    do(Pick("a"), Retell("less grim"), EditBeat(first, 0, ""), EditBeat(first, 1, "It was green before, too."))
    do(Pick("b"), Pick("a"), Rewind(3), Flip(), Flip(), Forward(9), EditBeat(second, 0, "A last word."))
    session.close()
    return events


def played_again(path: Path) -> tuple[Recording, list[Event]]:
    recording, events = read_recording(path), []
    session = Session(Library(folder=path.parent), threaded=False)
    session.submit(Begin(ENDLESS, Teller("replay", str(path))))
    for slot, _ in recording.picks[1:]:
        events += session.poll()
        session.submit(Pick(slot))
    events += session.poll()
    session.close()
    return recording, events


@pytest.mark.parametrize("mode", ["ok", FAULTS])
def test_it_comes_again_byte_for_byte_and_would_be_asked_for_as_it_was(server: ModelServer, tmp_path: Path, mode: str) -> None:
    path = tmp_path / "told.journal"
    moved_about(server, path, mode)
    asked = len(server.asked)
    session, err = Session(Library(folder=tmp_path), threaded=False), io.StringIO()
    code = replay(path, session, ENDLESS, True, io.StringIO(), err)
    session.close()
    assert (code, "5 scenes, byte for byte" in err.getvalue()) == (0, True), err.getvalue()
    assert len(server.asked) == asked


def test_a_request_that_was_made_before_an_edit_is_made_before_it_again(server: ModelServer, tmp_path: Path) -> None:
    path = tmp_path / "told.journal"
    moved_about(server, path, "ok")
    recording, events = played_again(path)
    assert [telling for _, telling in recording.picks] == [0, 1, 1, 0, 0]
    assert sorted(recording.steers.values()) == ["less grim", "shorter, and with more rain"]
    assert [event.scene for event in events if isinstance(event, SceneReady)] == list(recording.scenes)
    assert not [event for event in events if isinstance(event, Notice)]


def test_what_was_rewritten_is_rewritten_again_where_it_was(server: ModelServer, tmp_path: Path) -> None:
    path = tmp_path / "told.journal"
    moved_about(server, path, "ok")
    recording, events = played_again(path)
    seen = [
        event.scene.turn if isinstance(event, SceneReady) else event.beat.text
        for event in events
        if isinstance(event, SceneReady | Edited)
    ]
    told = recording.scenes[0].beats[0].text
    assert seen[:4] == [1, "Somebody has painted the rail green.", 2, "The paint has dried."]
    assert seen[4] == 3
    assert sorted(seen[5:7]) == sorted([told, "It was green before, too."])
    assert seen[7:] == [4, 5, "A last word."]


def test_what_its_player_rewrites_otherwise_while_it_is_played_again_stays(server: ModelServer, tmp_path: Path) -> None:
    path = tmp_path / "told.journal"
    moved_about(server, path, "ok")
    session = Session(Library(folder=tmp_path), threaded=False)
    session.submit(Begin(ENDLESS, Teller("replay", str(path))))
    first = next(event.scene for event in session.poll() if isinstance(event, SceneReady))
    session.submit(EditBeat(first.key, 0, "It is blue."))
    session.poll()
    session.submit(Pick(read_recording(path).picks[1][0]))
    edited = [(event.scene, event.index) for event in session.poll() if isinstance(event, Edited)]
    session.close()
    assert edited
    assert (first.key, 0) not in edited


def test_the_choice_that_was_made_then_is_marked(server: ModelServer, tmp_path: Path) -> None:
    path = tmp_path / "told.journal"
    moved_about(server, path, "ok")
    recording, events = played_again(path)
    marked = [event.branches.recorded for event in events if isinstance(event, SceneReady)]
    assert marked == [*(slot for slot, _ in recording.picks[1:]), ""]


def test_off_the_recorded_way_nothing_is_marked(server: ModelServer, tmp_path: Path) -> None:
    path = tmp_path / "told.journal"
    moved_about(server, path, "ok")
    session = Session(Library(folder=tmp_path), threaded=False)
    session.submit(Begin(ENDLESS, Teller("replay", str(path))))
    session.submit(Pick("c"))
    marked = [event.branches.recorded for event in session.poll() if isinstance(event, SceneReady)]
    session.close()
    assert marked == ["a", ""]
