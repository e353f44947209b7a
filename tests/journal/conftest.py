"""What the journal's tests share."""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from game.journal import Journal
from tests.journal.stories import HEADER


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "story.journal"


@pytest.fixture(params=["memory", "file"])
def journal(request: pytest.FixtureRequest, path: Path) -> Iterator[Journal]:
    """A new journal, in memory and in a file."""
    made = Journal.create(path if request.param == "file" else None, HEADER)
    yield made
    made.close()


@pytest.fixture
def in_file(path: Path) -> Iterator[Journal]:
    made = Journal.create(path, HEADER)
    yield made
    made.close()


@pytest.fixture
def freeze() -> Iterator[Callable[[Path], None]]:
    """Makes a file or a folder refuse changes until the test is over, for the administrator too."""
    undo: list[Callable[[], object]] = []

    def refuse_changes(path: Path) -> None:
        if os.geteuid() != 0:
            mode = path.stat().st_mode
            path.chmod(mode & ~0o222)
            undo.append(lambda: path.chmod(mode))
            return
        try:
            done = subprocess.run(["chattr", "+i", path], capture_output=True, check=False).returncode == 0
        except FileNotFoundError:
            done = False
        if not done:
            pytest.skip("an administrator can write everywhere on this file system")
        undo.append(lambda: subprocess.run(["chattr", "-i", path], check=True))

    yield refuse_changes
    for each in reversed(undo):
        each()
