"""The real window, on a real X server."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PLAY = """
import sys
from pathlib import Path

import pygame

from game.session import Begin, Library, SceneReady, Session
from game.settings import Settings
from game.stage import NoDisplay, run_stage


class UntilTheFirstScene(Session):
    def poll(self):
        events = super().poll()
        if any(isinstance(event, SceneReady) for event in events):
            print(pygame.display.get_driver())
            pygame.event.post(pygame.Event(pygame.QUIT))
        return events


session = UntilTheFirstScene(Library(Settings(), Path(sys.argv[1])))
try:
    sys.exit(run_stage(session, Settings(), Begin("last_keeper", seed=7)))
except NoDisplay as error:
    print(error)
    sys.exit(9)
finally:
    session.close()
"""


@pytest.fixture
def display() -> Iterator[str]:
    """The name of a fresh X display."""
    server = shutil.which("Xvfb")
    if server is None:
        pytest.skip("there is no Xvfb on this machine")
    reading, writing = os.pipe()
    command = [server, "-displayfd", str(writing), "-screen", "0", "1280x720x24", "-nolisten", "tcp"]
    running = subprocess.Popen(command, pass_fds=(writing,), stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        number = pipe.readline().strip()
    yield f":{number}"
    running.terminate()
    running.wait()


def play(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Open the stage in a process of its own, until its first scene is there."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SDL_") and "DISPLAY" not in name}
    own = {"XDG_CACHE_HOME": str(folder / "cache"), "XDG_CONFIG_HOME": str(folder / "config"), "SDL_AUDIODRIVER": "dummy"}
    return subprocess.run(
        [sys.executable, "-c", PLAY, str(folder / "saves")],
        env={**clean, **own, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.window
def test_a_story_is_shown_in_a_real_window_and_closed_with_it(display: str, tmp_path: Path) -> None:
    done = play(tmp_path, DISPLAY=display)
    assert (done.returncode, "x11" in done.stdout) == (0, True), done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")
@pytest.mark.parametrize("environment", [{}, {"SDL_VIDEODRIVER": "x11"}])
def test_without_a_display_it_says_so_in_a_few_words(tmp_path: Path, environment: dict[str, str]) -> None:
    done = play(tmp_path, **environment)
    assert (done.returncode, "no window can be opened here" in done.stdout) == (9, True), done.stderr
