"""6. The loop never waits: no network, disk, SQL, model or image work on the thread that draws."""

import ast
import asyncio
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from game.clients import Capabilities, Delta, SceneRequest
from game.session import Begin, Library, Pick, SceneReady, Session, StopWaiting, Teller
from tests.conftest import REPOSITORY

STAGE = REPOSITORY / "game" / "stage"


class Silent:
    """A model that never says a word, and remembers on which thread it was asked."""

    name = "silent"
    model = "silent-1"
    capabilities = Capabilities(networked=False)

    def __init__(self) -> None:
        self.asked = threading.Event()
        self.thread = ""

    async def stream(self, request: SceneRequest) -> AsyncIterator[Delta]:
        self.thread = threading.current_thread().name
        self.asked.set()
        await asyncio.Event().wait()
        yield Delta()

    async def aclose(self) -> None:
        pass


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> Silent:
    client = Silent()
    monkeypatch.setattr("game.session.opening.open_client", lambda name, options: client)
    return client


def test_submit_and_poll_return_while_the_model_is_silent(silent: Silent, tmp_path: Path) -> None:
    session = Session(Library(folder=tmp_path))
    session.submit(Begin("last_keeper", Teller("silent"), seed=7))
    assert silent.asked.wait(10)
    assert not any(isinstance(event, SceneReady) for event in session.poll())
    session.submit(Pick("a"))
    assert session.poll() == ()
    session.close()


def test_the_model_is_asked_on_a_thread_that_does_not_draw(silent: Silent, tmp_path: Path) -> None:
    session = Session(Library(folder=tmp_path))
    session.submit(Begin("last_keeper", Teller("silent"), seed=7))
    assert silent.asked.wait(10)
    assert silent.thread == "session"
    assert silent.thread != threading.current_thread().name
    session.close()


def test_a_player_who_will_not_wait_reads_on(silent: Silent, tmp_path: Path) -> None:
    session = Session(Library(folder=tmp_path))
    session.submit(Begin("last_keeper", Teller("silent"), seed=7))
    assert silent.asked.wait(10)
    session.submit(StopWaiting())
    events = ()
    while not any(isinstance(event, SceneReady) for event in events):
        events = session.wait(10)
    session.close()


def test_the_program_can_be_left_while_the_model_is_silent(silent: Silent, tmp_path: Path) -> None:
    session = Session(Library(folder=tmp_path))
    session.submit(Begin("last_keeper", Teller("silent"), seed=7))
    assert silent.asked.wait(10)
    session.close()
    assert "session" not in [thread.name for thread in threading.enumerate()]


def test_the_screens_touch_no_file_no_network_and_no_painter() -> None:
    """What the stage draws with comes from the atelier's thread and the session's; its screens import none of the slow things."""
    slow = {"sqlite3", "socket", "openai", "httpx2", "subprocess", "urllib", "game.journal", "game.narrator", "game.clients"}
    slow |= {"game.stage.paint", "game.packs.load", "game.packs.shelf"}
    screens = sorted((STAGE / "screens").glob("*.py"))
    assert len(screens) > 5
    for path in [*screens, STAGE / "widgets.py", STAGE / "app.py"]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found = [name for name in names if any(name == each or name.startswith(each + ".") for each in slow)]
            assert not found, f"{path.name}:{getattr(node, 'lineno', 0)} imports {found}"
            called = node.func if isinstance(node, ast.Call) else None
            assert not (isinstance(called, ast.Name) and called.id == "open"), f"{path.name}: opens a file"
