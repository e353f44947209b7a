"""When the window is full: a recap by the model that was asked for in time, or one by rule."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from game.journal import read_recording
from game.session import Begin, EditBeat, Library, Pick, SceneReady, Session, Teller
from game.settings import Settings
from game.story import Recap, draw
from tests.server import ModelServer

TURNS = 24


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer(pace=0.0) as server:
        yield server


def play(server: ModelServer, folder: Path, mode: str = "ok") -> Path:
    """A playthrough of the endless pack in a window of 2,048 tokens."""
    journal = folder / "told.journal"
    session = Session(Library(Settings(prefetch="off", window=2048), folder), threaded=False)
    session.submit(Begin("bench/endless", Teller("openai", mode, server.url), seed=7, journal=journal))
    for _ in range(TURNS):
        scene = next(event.scene for event in session.poll() if isinstance(event, SceneReady))
        session.submit(Pick(scene.choices[draw(7, scene.key, "bot", len(scene.choices))].slot))
    session.close()
    return journal


def used(journal: Path) -> list[Recap]:
    """The recaps that stood in requests, in order."""
    recording = read_recording(journal)
    shapes = [logged.shape for scene in recording.scenes for logged in recording.attempts[scene.key]]
    names = dict.fromkeys(shape.recap for shape in shapes if shape and shape.recap)
    return [recording.recaps[name] for name in names]


def test_the_model_is_asked_for_a_recap_before_the_window_is_full(server: ModelServer, tmp_path: Path) -> None:
    recaps = used(play(server, tmp_path))
    assert recaps
    assert {recap.source.by for recap in recaps} == {"model"}
    asked = [body for body in server.asked if "recap" in str(body["response_format"])]
    assert len(asked) >= len(recaps)


def test_a_recap_stands_in_the_requests_that_follow(server: ModelServer, tmp_path: Path) -> None:
    journal = play(server, tmp_path)
    last = used(journal)[-1]
    scenes = [body for body in server.asked if "recap" not in str(body["response_format"])]
    assert last.text.split(".")[0] in str(scenes[-1]["messages"])


def test_between_folds_a_request_only_grows(server: ModelServer, tmp_path: Path) -> None:
    play(server, tmp_path)
    asked = [body["messages"] for body in server.asked if "recap" not in str(body["response_format"])]
    kept = [later[: len(earlier)] == earlier for earlier, later in pairwise(asked)]
    assert kept.count(False) <= len(kept) // 3


def test_a_model_whose_recaps_cannot_be_used_leaves_them_to_the_rule(server: ModelServer, tmp_path: Path) -> None:
    recaps = used(play(server, tmp_path, "no-recap"))
    assert recaps
    assert {recap.source.by for recap in recaps} == {"author"}


def test_what_plays_a_recording_is_a_recording_itself(server: ModelServer, tmp_path: Path) -> None:
    first = read_recording(play(server, tmp_path))
    again = tmp_path / "again.journal"
    session = Session(Library(folder=tmp_path), threaded=False)
    session.submit(Begin("bench/endless", Teller("replay", str(tmp_path / "told.journal")), journal=again))
    for slot, _ in first.picks[1:]:
        session.submit(Pick(slot))
    session.close()
    second = read_recording(again)
    assert first.recaps
    assert (second.scenes, second.attempts, second.recaps) == (first.scenes, first.attempts, first.recaps)


def test_a_story_with_recaps_is_played_again_byte_for_byte(server: ModelServer, tmp_path: Path) -> None:
    from io import StringIO

    from game.replaying import replay

    journal = play(server, tmp_path)
    asked = len(server.asked)
    session = Session(Library(folder=tmp_path), threaded=False)
    out, err = StringIO(), StringIO()
    code = replay(journal, session, "bench/endless", True, out, err)
    session.close()
    assert (code, err.getvalue()) == (0, f"unwritten: {TURNS + 1} scenes, byte for byte as they were recorded\n")
    assert len(server.asked) == asked


def test_a_recap_of_what_was_rewritten_since_stands_no_longer(server: ModelServer, tmp_path: Path) -> None:
    session = Session(Library(Settings(prefetch="off", window=2048), tmp_path), threaded=False)
    session.submit(Begin("bench/endless", Teller("openai", "ok", server.url), seed=7, journal=tmp_path / "told.journal"))
    scenes = []
    for _ in range(TURNS):
        scenes += [event.scene for event in session.poll() if isinstance(event, SceneReady)]
        session.submit(Pick("a"))
    before = used(tmp_path / "told.journal")[-1]
    assert before.source.by == "model"
    session.submit(EditBeat(scenes[0].key, 0, "The gate is open."))
    session.submit(Pick("b"))
    session.close()
    recaps = used(tmp_path / "told.journal")
    assert recaps[-1].source.by == "author"
    asked = [body for body in server.asked if "recap" not in str(body["response_format"])][-1]
    assert recaps[-1].text.splitlines()[-1] in str(asked["messages"])
    assert before.text not in str(asked["messages"])


def test_a_recap_stands_while_only_what_it_does_not_tell_of_is_rewritten(server: ModelServer, tmp_path: Path) -> None:
    session = Session(Library(Settings(prefetch="off", window=2048), tmp_path), threaded=False)
    session.submit(Begin("bench/endless", Teller("openai", "ok", server.url), seed=7, journal=tmp_path / "told.journal"))
    scenes = []
    for _ in range(TURNS - 2):
        scenes += [event.scene for event in session.poll() if isinstance(event, SceneReady)]
        session.submit(Pick("a"))
    before = used(tmp_path / "told.journal")
    scenes += [event.scene for event in session.poll() if isinstance(event, SceneReady)]
    session.submit(EditBeat(scenes[-1].key, 0, "The gate is open."))
    session.submit(Pick("b"))
    session.close()
    assert before[-1].source.by == "model"
    assert before[-1].upto < scenes[-1].turn
    assert used(tmp_path / "told.journal") == before
