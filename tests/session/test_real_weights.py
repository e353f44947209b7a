"""Real weights: llama.cpp in a process of its own, telling whole scenes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from game.session import BeatGrew, Begin, Event, Library, Pick, SceneBegan, SceneReady, Session, Teller
from game.settings import Settings
from game.story import Scene
from tests.conftest import REPOSITORY
from tests.weights import need_weights

pytestmark = [pytest.mark.weights, pytest.mark.timeout(400)]

PACK = str(REPOSITORY / "bench" / "endless")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    session = Session(Library(Settings(window=2048, threads=1, prefetch="off"), folder=tmp_path))
    yield session
    session.close()


def begin() -> Begin:
    return Begin(PACK, Teller("local", str(need_weights())), seed=7)


class Watch:
    """A player at the session: all events in their order, and how far they were looked at."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._seen = 0
        self.events: list[Event] = []

    def until(self, kind: type) -> Event:
        """The next event of this kind."""
        while True:
            while self._seen < len(self.events):
                self._seen += 1
                if isinstance(self.events[self._seen - 1], kind):
                    return self.events[self._seen - 1]
            self.events += self._session.wait(120)

    @property
    def scene(self) -> Scene:
        """The next scene that is ready."""
        event = self.until(SceneReady)
        assert isinstance(event, SceneReady)
        return event.scene


def children() -> set[int]:
    """Processes whose parent is this one."""
    return {
        int(pid)
        for pid in subprocess.run(["pgrep", "-P", str(os.getpid())], capture_output=True, text=True, check=False).stdout.split()
    }


@pytest.mark.parametrize("world", ["last_keeper", "no_chill"])
def test_the_worlds_that_ship_are_playable(session: Session, world: str) -> None:
    """Three scenes of each, for they take a minute; `python -m bench worlds` plays ten."""
    watch = Watch(session)
    session.submit(Begin(world, Teller("local", str(need_weights())), seed=7))
    scenes = [watch.scene]
    while len(scenes) < 3:
        session.submit(Pick(scenes[-1].choices[len(scenes) % len(scenes[-1].choices)].slot))
        scenes.append(watch.scene)
    assert all(scene.beats and scene.choices for scene in scenes)
    assert any(beat.source.by == "model" for scene in scenes for beat in scene.beats)


def test_a_server_killed_in_mid_scene_does_not_stop_the_story(session: Session) -> None:
    before = children()
    watch = Watch(session)
    session.submit(begin())
    watch.until(BeatGrew)
    for child in children() - before:
        os.kill(child, signal.SIGKILL)
    scene = watch.scene
    shown = {event.index: event.beat.text for event in watch.events if isinstance(event, BeatGrew)}
    assert [beat.text for beat in scene.beats] == [shown[n] for n in sorted(shown)][: len(scene.beats)]
    assert scene.choices
    session.submit(Pick(scene.choices[0].slot))
    assert watch.scene.beats


def test_quitting_while_it_writes_leaves_no_process_and_takes_no_second(session: Session) -> None:
    before = children()
    session.submit(begin())
    Watch(session).until(BeatGrew)
    assert children() - before
    start = time.monotonic()
    session.close()
    assert time.monotonic() - start < 1.0
    assert children() == before


def test_a_player_may_leave_before_it_is_ready(session: Session) -> None:
    before = children()
    session.submit(begin())
    Watch(session).until(SceneBegan)
    session.close()
    assert children() == before


def test_the_program_exits_0_when_it_is_quit_in_mid_scene(tmp_path: Path) -> None:
    code = (
        "import sys; from game.session import *; from game.settings import Settings\n"
        "session = Session(Library(Settings(window=2048, threads=1)))\n"
        f"session.submit(Begin({PACK!r}, Teller('local', {str(need_weights())!r}), seed=7))\n"
        "while not any(isinstance(event, BeatGrew) for event in session.wait(120)): pass\n"
        "session.close(); print('closed')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=REPOSITORY, timeout=200, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "closed"), done.stderr
