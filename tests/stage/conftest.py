"""The stage as tests drive it: no window, a small surface, the real painter, and a session that is scripted or real."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")

import pytest

from game.packs import Pack
from game.session import Begin, Library, Session
from game.settings import Settings
from game.stage.pilot import Pilot
from tests.stage.scripted_session import ScriptedSession

SMALL = (640, 360)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The defaults, whatever this machine's own settings are; text comes at once."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    return Settings(text_speed=0)


@pytest.fixture
def session(pack: Pack) -> ScriptedSession:
    return ScriptedSession(pack)


@pytest.fixture
def pilot(session: ScriptedSession, settings: Settings) -> Iterator[Pilot]:
    """The title, with the scripted session behind it."""
    with Pilot(session, settings, SMALL) as driver:
        driver.frame()
        yield driver


@pytest.fixture
def story(session: ScriptedSession, settings: Settings) -> Iterator[Pilot]:
    """A story that has been opened, before its first scene."""
    with Pilot(session, settings, SMALL, Begin(session.pack.id)) as driver:
        driver.frame()
        yield driver


@pytest.fixture
def play(tmp_path: Path, settings: Settings) -> Iterator[Callable[..., Pilot]]:
    """Opens the stage on the real session, each time with the same folder of saved stories."""
    open_now: list[tuple[Pilot, Session]] = []

    def start(**more: object) -> Pilot:
        real = Session(Library(settings, tmp_path / "saves"), threaded=False)
        driver = Pilot(real, settings.model_copy(update=more), SMALL)
        open_now.append((driver, real))
        driver.frame()
        return driver

    yield start
    for driver, real in open_now:
        driver.close()
        real.close()
