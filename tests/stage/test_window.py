"""The real window, on a real X server."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.changing import as_pack, copied

PLAY = """
import sys
from pathlib import Path

import pygame

from game.session import Begin, Library, PackTried, SceneReady, Session, ShelfReady, Started
from game.settings import Settings
from game.stage import NoDisplay, run_stage

saves, dropped = sys.argv[1:]


class UntilTheFirstScene(Session):
    # Enter is pressed again and again, once the pack is there: in the story itself it reads on.
    looks = 0
    there = False

    def poll(self):
        events = super().poll()
        self.looks += 1
        for event in events:
            if isinstance(event, ShelfReady) and dropped and not self.there:
                pygame.event.post(pygame.Event(pygame.DROPFILE, file=dropped))
            self.there = self.there or isinstance(event, PackTried if dropped else ShelfReady)
            if isinstance(event, Started):
                print(event.pack.id)
            if isinstance(event, SceneReady):
                print(pygame.display.get_driver())
                pygame.event.post(pygame.Event(pygame.QUIT))
        if self.there and self.looks % 10 == 0:
            pygame.event.post(pygame.Event(pygame.KEYDOWN, key=pygame.K_RETURN, mod=0, unicode=""))
        return events


session = UntilTheFirstScene(Library(Settings(), Path(saves)))
try:
    sys.exit(run_stage(session, Settings(), None if dropped else Begin("last_keeper", seed=7)))
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


def play(folder: Path, dropped: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Open the stage in a process of its own, until the first scene is there: of a bundled pack, or of what is dropped."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SDL_") and "DISPLAY" not in name}
    own = {"XDG_CACHE_HOME": str(folder / "cache"), "XDG_CONFIG_HOME": str(folder / "config"), "SDL_AUDIODRIVER": "dummy"}
    return subprocess.run(
        [sys.executable, "-c", PLAY, str(folder / "saves"), str(dropped or "")],
        env={**clean, **own, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.window
def test_a_story_is_shown_in_a_real_window_and_closed_with_it(display: str, tmp_path: Path) -> None:
    done = play(tmp_path, DISPLAY=display)
    assert (done.returncode, done.stdout.split()[-2:]) == (0, ["last_keeper", "x11"]), done.stderr


@pytest.mark.window
def test_a_pack_that_is_dropped_on_a_real_window_is_played_with_two_enters(display: str, tmp_path: Path) -> None:
    done = play(tmp_path, copied("last_keeper", tmp_path / "islet", as_pack("islet")), DISPLAY=display)
    assert (done.returncode, done.stdout.split()[-2:]) == (0, ["islet", "x11"]), done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")
@pytest.mark.parametrize("environment", [{}, {"SDL_VIDEODRIVER": "x11"}])
def test_without_a_display_it_says_so_in_a_few_words(tmp_path: Path, environment: dict[str, str]) -> None:
    done = play(tmp_path, **environment)
    assert (done.returncode, "no window can be opened here" in done.stdout) == (9, True), done.stderr
