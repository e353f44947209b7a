"""The wheel, installed into an empty environment far from the repository, plays."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

pytestmark = pytest.mark.timeout(400)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an empty environment into which the wheel was installed."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", folder, REPOSITORY], check=True, timeout=200)
    wheel = next(folder.glob("unwritten-*.whl"))
    subprocess.run([sys.executable, "-m", "venv", folder / "home"], check=True)
    python = folder / "home" / ("Scripts" if os.name == "nt" else "bin") / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", wheel], check=True, timeout=300)
    return python


def run(python: Path, folder: Path, *words: str) -> str:
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run([python, "-m", "game", *words], capture_output=True, text=True, cwd=folder, env=clean, check=True)
    return done.stdout


def test_it_brings_the_bundled_packs(installed: Path, tmp_path: Path) -> None:
    assert "last_keeper" in run(installed, tmp_path, "packs")


def test_it_tells_the_same_story_as_the_repository(installed: Path, tmp_path: Path) -> None:
    words = ("play", "--headless", "--json", "--pack", "last_keeper", "--seed", "7", "--bot", "random")
    story = run(installed, tmp_path, *words)
    assert json.loads(story.splitlines()[-1])["reason"] == "ending"
    assert story == run(Path(sys.executable), REPOSITORY, *words)


def test_a_new_pack_is_made_there_and_nothing_is_wrong_with_it(installed: Path, tmp_path: Path) -> None:
    run(installed, tmp_path, "new", "Night Ferry", "--yes")
    assert run(installed, tmp_path, "check", "./night_ferry") == "./night_ferry: 0 errors, 0 warnings\n"


def test_the_window_opens_there_and_closes(installed: Path, tmp_path: Path) -> None:
    code = (
        "import os, sys, threading; os.environ.update(SDL_VIDEODRIVER='dummy', SDL_AUDIODRIVER='dummy')\n"
        "import pygame\n"
        "from game.cli import main\n"
        "threading.Timer(1.0, lambda: pygame.event.post(pygame.event.Event(pygame.QUIT))).start()\n"
        "sys.argv = ['unwritten']\n"
        "main()\n"
    )
    home = {**os.environ, "XDG_DATA_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    done = subprocess.run(
        [installed, "-c", code], capture_output=True, text=True, cwd=tmp_path, env=home, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
