"""What the session's tests share."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from game.session import Library, Session
from tests.packs.workshop import GOOD


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A session that does at once what it is told; its library is empty."""
    session = Session(Library(folder=tmp_path / "data"), threaded=False)
    yield session
    session.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a pack whose author is at work on it."""
    return shutil.copytree(GOOD, tmp_path / "ferry")
