"""What doctor says of a machine and of the stories on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from game import doctor
from game.packs.shelf import user_folder
from game.session import Begin, Ended, Library, Pick, SceneReady, Session, Teller
from game.settings import Settings, settings_file
from tests.server import ModelServer


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer(pace=0.0) as server:
        yield server


def told(monkeypatch: pytest.MonkeyPatch, library: Library, teller: Teller | None = None) -> dict[str, str]:
    monkeypatch.setattr(doctor, "Library", lambda settings: library)
    return dict(doctor.report(Settings(), teller))


def test_what_writing_ahead_brought_is_summed_over_the_saved_stories(
    server: ModelServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = Library(Settings(prefetch="likely"), tmp_path)
    session = Session(library)
    session.submit(Begin("bench/endless", Teller("openai", "ok", server.url), seed=7, journal=tmp_path / "one.journal"))
    events = session.wait(10)
    while not any(isinstance(event, SceneReady) for event in events):
        events += session.wait(10)
    server.wait_for_requests(2)
    server.wait_until_idle()
    session.submit(Pick("a"))
    while not any(isinstance(event, SceneReady) and event.scene.turn == 2 for event in events):
        events += session.wait(10)
    assert not any(isinstance(event, Ended) for event in events)
    session.close()
    found = told(monkeypatch, library)
    assert found["ahead"].startswith("likely; 1 of 1 picks were written ahead (100 %)")
    assert "tokens read" in found["requests"]


def test_without_a_story_that_a_model_told_nothing_is_said_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "ahead" not in told(monkeypatch, Library(folder=tmp_path))


def test_how_an_endpoint_is_asked_is_told(server: ModelServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = told(monkeypatch, Library(folder=tmp_path), Teller("openai", "no-schema", server.url))
    assert "json_object" in found["answer"]
    assert "8192" in found["answer"] or "8,192" in found["answer"]


def test_where_packs_and_settings_of_ones_own_go_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = told(monkeypatch, Library(folder=tmp_path))
    assert str(user_folder()) in found["packs"]
    assert str(settings_file().parent) in found["settings"]
