"""A pack's authors decide whether a model may write in their world."""

from pathlib import Path

import pytest

from game.session import Begin, CannotStart, Continue, Event, Notice, Pick, SceneReady, Session, Started, Teller
from tests.packs.workshop import good, write_folder

ANOTHER = Teller("chaos:stub")
"""Somebody who is not the authors' own storyteller."""


@pytest.fixture
def closed(tmp_path: Path) -> str:
    """A pack in which no model may write."""
    files = good()
    files["pack.toml"] += b"\n[ai_policy]\nmodel_may_write = false\n"
    return str(write_folder(tmp_path / "closed", files))


def events(session: Session, command: Begin | Continue | Pick) -> tuple[Event, ...]:
    session.submit(command)
    return session.poll()


def told(happened: tuple[Event, ...]) -> tuple[str, list[str], set[str]]:
    """Who tells, what is said of that, and through what each beat came."""
    client = next(event.client for event in happened if isinstance(event, Started))
    said = [event.words for event in happened if isinstance(event, Notice) and event.code == "no_model"]
    via = {beat.source.via for event in happened if isinstance(event, SceneReady) for beat in event.scene.beats}
    return client, said, via


def test_where_no_model_may_write_the_offline_storyteller_tells_and_says_why(session: Session, closed: str) -> None:
    client, (said,), via = told(events(session, Begin(closed, ANOTHER, seed=1)))
    assert (client, via) == ("stub", {"stub"})
    assert "let no model write in it" in said


def test_it_is_so_when_the_story_is_taken_up_again(session: Session, closed: str, tmp_path: Path) -> None:
    file = tmp_path / "one.journal"
    events(session, Begin(closed, seed=1, journal=file))
    client, (said,), _ = told(events(session, Continue(file, ANOTHER, closed)))
    assert client == "stub"
    assert said


def test_who_insists_on_the_client_is_refused(session: Session, closed: str) -> None:
    (refused,) = events(session, Begin(closed, ANOTHER, seed=1, require_client=True))
    assert isinstance(refused, CannotStart)
    assert "--client stub" in refused.message


def test_the_authors_own_words_need_no_leave(session: Session, closed: str) -> None:
    assert told(events(session, Begin(closed, seed=1)))[:2] == ("stub", [])


def test_where_it_may_it_does(session: Session, tmp_path: Path) -> None:
    open_ = str(write_folder(tmp_path / "open", good()))
    client, said, _ = told(events(session, Begin(open_, ANOTHER, seed=1)))
    assert (client, said) == ("chaos:stub", [])
