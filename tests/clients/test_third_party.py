"""A client that somebody else made: installed by pip, found through its entry point, checked, and played with."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

CHECK = """
from pathlib import Path
from game.clients import ClientOptions
from game.clients.registry import client_names, open_client
from game.packs import load_pack
from game.testing import check_client
pack = load_pack(Path("prompts/last_keeper"))
report = check_client(open_client("echo", ClientOptions(pack)), pack)
print(report.ok, "echo" in client_names())
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which the package is installed, beside all that is."""
    target = tmp_path_factory.mktemp("site")
    package = Path(__file__).parent / "third_party"
    words = ["install", "-q", "--no-deps", "--no-index", "--no-build-isolation", "--target", str(target), str(package)]
    subprocess.run([sys.executable, "-m", "pip", *words], check=True, capture_output=True)
    return {**os.environ, "PYTHONPATH": str(target)}


def test_it_passes_the_check_that_its_makers_run(environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CHECK], capture_output=True, text=True, env=environment, cwd=REPOSITORY, check=False
    )
    assert done.stdout.split() == ["True", "True"], done.stderr


def test_it_tells_a_story(environment: dict[str, str]) -> None:
    words = ["play", "--headless", "--json", "--client", "echo", "--bot", "first", "--seed", "7", "--max-scenes", "3"]
    done = subprocess.run(
        [sys.executable, "-m", "game", *words], capture_output=True, text=True, env=environment, cwd=REPOSITORY, check=True
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert (lines[0]["client"], lines[0]["model"]) == ("echo", "echo-1")
    sources = [beat["source"]["via"] for line in lines if line["event"] == "scene" for beat in line["beats"]]
    assert "echo/echo-1" in sources
