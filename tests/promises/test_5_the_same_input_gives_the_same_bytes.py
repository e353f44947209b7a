"""5. The same input gives the same bytes: pack, seed and choices (and recorded attempts) give one story, everywhere."""

import os
import subprocess
import sys

import pytest

from game.packs import Pack
from tests import pythons
from tests.conftest import REPOSITORY
from tests.faults import faulty
from tests.playing import play_to_the_end

GOLDEN = REPOSITORY / "tests" / "golden" / "endless-7.jsonl"
COMMAND = ("play", "--headless", "--json", "--pack", "bench/endless", "--seed", "7", "--bot", "random", "--max-scenes", "40")
"""Made by `python -m game` with these words; a change of the engine that changes it must be meant."""


def transcript(python: str, hash_seed: str) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run([python, "-m", "game", *COMMAND], capture_output=True, cwd=REPOSITORY, env=environment, check=True)
    return done.stdout.decode("utf-8")


@pytest.mark.parametrize("hash_seed", ["0", "1", "4242"])
def test_the_golden_transcript_comes_again_under_any_hash_seed(hash_seed: str) -> None:
    assert transcript(sys.executable, hash_seed) == GOLDEN.read_text("utf-8")


@pytest.mark.timeout(400)
@pytest.mark.parametrize("version", pythons.found())
def test_the_golden_transcript_comes_again_on_every_python(version: str) -> None:
    python = pythons.with_product(version, pythons.found()[version])
    assert transcript(python, "0") == GOLDEN.read_text("utf-8")


@pytest.mark.parametrize("seed", range(4))
def test_a_story_full_of_faults_comes_again(pack: Pack, seed: int) -> None:
    assert play_to_the_end(pack, faulty(pack, seed), seed).events == play_to_the_end(pack, faulty(pack, seed), seed).events
