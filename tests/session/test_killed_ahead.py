"""`kill -9` while scenes are written ahead, and while one of them is shown: nothing that was read is lost."""

import json
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from game.journal import Journal
from game.replaying import replay
from game.session import Begin, Library, SceneReady, Session, Teller
from game.settings import Settings
from tests.conftest import REPOSITORY
from tests.server import ModelServer

PLAYER = """
import json, sys
from pathlib import Path
from game.session import BeatGrew, Begin, Library, Pick, SceneReady, Session, Teller
from game.settings import Settings
url, folder = sys.argv[1], Path(sys.argv[2])
session = Session(Library(Settings(prefetch="all"), folder))
session.submit(Begin("bench/endless", Teller("openai", "drip", url), seed=7, journal=folder / "story.journal"))
while True:
    for event in session.wait(30):
        if isinstance(event, BeatGrew):
            print(json.dumps([event.turn, event.index, event.beat.text]), flush=True)
        elif isinstance(event, SceneReady):
            print(json.dumps("ready"), flush=True)
            sys.stdin.readline()
            session.submit(Pick("a", event.scene.key))
"""


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer(pace=0.01) as server:
        yield server


def lines(player: subprocess.Popen[str]) -> Iterator[object]:
    assert player.stdout
    yield from map(json.loads, player.stdout)


@pytest.mark.parametrize("picked", [False, True])
def test_all_that_was_shown_is_there_and_the_story_goes_on_as_recorded(server: ModelServer, tmp_path: Path, picked: bool) -> None:
    command = [sys.executable, "-c", PLAYER, server.url, str(tmp_path)]
    shown: dict[int, str] = {}
    with subprocess.Popen(command, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as player:
        said = lines(player)
        while next(said) != "ready":
            pass
        assert server.wait_for_requests(2), "a scene is being written ahead"
        if picked:
            assert player.stdin
            player.stdin.write("\n")
            player.stdin.flush()
            while len(shown) < 2:
                _, index, text = next(said)  # type: ignore[misc]
                shown[index] = text
        player.kill()
    journal = Journal.open(tmp_path / "story.journal")
    kept = {n: beat.text for n, beat in enumerate(journal.pending.shown)} if journal.pending else {}
    journal.close()
    assert bool(kept) == picked
    assert all(kept[index].startswith(text) for index, text in shown.items())
    session = Session(Library(Settings(prefetch="off"), tmp_path), threaded=False)
    session.submit(Begin("bench/endless", Teller("openai", "ok", server.url), journal=tmp_path / "story.journal"))
    scene = [event.scene for event in session.poll() if isinstance(event, SceneReady)][-1]
    assert scene.turn == 1 + picked
    assert all(scene.beats[index].text.startswith(text) for index, text in shown.items())
    session.close()
    again = Session(Library(folder=tmp_path), threaded=False)
    assert replay(tmp_path / "story.journal", again, "bench/endless", True, StringIO(), StringIO()) == 0
    again.close()
