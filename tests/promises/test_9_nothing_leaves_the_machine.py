"""9. Nothing leaves the machine unless the player chose a networked client. No key in anything that is kept or shown."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import SecretStr

from game.session import Begin, Library, Pick, SceneReady, Session, Teller
from tests.conftest import REPOSITORY

KEY = "sk-do-not-tell-4711"


def test_a_story_is_played_without_a_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_network(*_: object) -> None:
        raise AssertionError("something tried to connect")

    monkeypatch.setattr(socket.socket, "connect", no_network)
    monkeypatch.setattr(socket, "getaddrinfo", no_network)
    session = Session(Library(), threaded=False)
    session.submit(Begin("last_keeper", seed=7))
    for _ in range(3):
        scene = [event.scene for event in session.poll() if isinstance(event, SceneReady)][-1]
        session.submit(Pick(scene.choices[0].slot))
    assert any(isinstance(event, SceneReady) for event in session.poll())
    session.close()


def test_the_stub_does_not_even_load_the_network_client() -> None:
    code = (
        "import sys; from game.cli import main; sys.argv = ['unwritten', 'play', '--headless', '--bot', 'first', '--seed', '7']\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print([name for name in ('openai', 'httpx2', 'pygame', 'xllamacpp') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=REPOSITORY, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_key_is_in_no_file_and_no_message(tmp_path: Path) -> None:
    session = Session(Library(folder=tmp_path), threaded=False)
    teller = Teller("openai", "some-model", "http://127.0.0.1:9/v1", SecretStr(KEY))
    session.submit(Begin("last_keeper", teller, seed=7, journal=tmp_path / "one.journal"))
    events = session.poll()
    session.close()
    assert KEY not in repr(events) + repr(teller)
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert kept
    assert not any(KEY.encode() in path.read_bytes() for path in kept)


def test_a_key_in_the_environment_is_not_printed() -> None:
    environment = {**os.environ, "UNWRITTEN_API_KEY": KEY, "PYTHONPATH": str(REPOSITORY)}
    words = ["play", "--headless", "--json", "--client", "openai", "--model", "m", "--base-url", "http://127.0.0.1:9/v1"]
    done = subprocess.run(
        [sys.executable, "-m", "game", *words, "--bot", "first", "--max-scenes", "1"],
        capture_output=True, text=True, env=environment, cwd=REPOSITORY, check=True,
    )  # fmt: skip
    assert "127.0.0.1:9" in done.stderr
    assert KEY not in done.stdout + done.stderr
