"""The figures that need a process of their own: the window, memory, and a real model."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator

_HEADLESS = {**os.environ, "SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy"}

_MEMORY = """
import resource
from bench.figures import Run
run = Run(); run.play(50)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def measure() -> Iterator[tuple[str, str, str, float | None]]:
    """Each figure; one whose process fails says so."""
    memory = float(_python("-c", _MEMORY))
    yield "resident memory after 50 scenes, headless", "<= 150 MB", f"{memory:.0f} MB", memory
    frames = json.loads(_python("-m", "bench.frames"))
    yield from ((what, wanted, found, value) for what, wanted, found, value in frames)
    from bench import model

    yield from model.measure()


def _python(*words: str) -> str:
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, env=_HEADLESS, check=True)
    return done.stdout.strip().splitlines()[-1]
