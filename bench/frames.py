"""The figures of the stage: frames, the first frame, idling, memory. `python -m bench.frames` prints them as one line of JSON."""

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from game.packs import Pack
from game.packs.shelf import find_pack
from game.session import BeatGrew, Begin, Command, Event, Library, SceneBegan, Session, Started, Teller
from game.settings import Settings
from game.stage.pilot import Pilot
from game.story import Beat, Source
from tests.weights import weights

Figure = tuple[str, str, str, float]

PACK = "last_keeper"
SPEED = 2
"""Characters that arrive with each frame: 120 a second, more than a local model writes."""

WARMING = 12.0
"""Seconds for the model to load and the first pictures to be painted."""

_CHILD = """
import os, sys, time
started = float(sys.argv[1])
mode = sys.argv[2]
import pygame

class Window(pygame.Window):
    frames = 0
    def flip(self):
        super().flip()
        Window.frames += 1
        if Window.frames == 1 and mode == "first":
            print(time.time() - started, flush=True)
            pygame.event.post(pygame.Event(pygame.QUIT))

pygame.Window = Window
if mode == "first":
    from game.cli import main
    sys.argv = ["unwritten"]
    main()

from bench.frames import Sitter
from game.session import Begin
from game.settings import Settings
from game.stage import run_stage
session = Sitter(sys.argv[3])
run_stage(session, Settings(text_speed=0), Begin("last_keeper", seed=7))
session.close()
print(session.share)
"""


class Sitter:
    """A real session and a player who reads to the first choices, then sits there. `share` is the processor time that passes
    meanwhile, in percent of one core."""

    READING, SETTLING, SITTING = 3.0, 8.0, 10.0

    def __init__(self, folder: str) -> None:
        self._session = Session(Library(Settings(), Path(folder)))
        self.submit, self.close = self._session.submit, self._session.close
        self.share = 0.0
        self._opened = time.monotonic()
        self._sat: tuple[float, float] | None = None
        self._begun = False

    def poll(self) -> tuple[Event, ...]:
        import pygame

        passed = time.monotonic() - self._opened
        events = self._session.poll()
        self._begun = self._begun or any(isinstance(event, Started) for event in events)
        if passed < self.READING:
            # Enter begins what is told of before it; in the story it would choose.
            key = pygame.K_SPACE if self._begun else pygame.K_RETURN
            pygame.event.post(pygame.Event(pygame.KEYDOWN, key=key, mod=0, unicode=""))
        elif passed > self.READING + self.SETTLING and self._sat is None:
            self._sat = (time.process_time(), time.monotonic())
        elif self._sat and time.monotonic() - self._sat[1] > self.SITTING:
            self.share = 100 * (time.process_time() - self._sat[0]) / (time.monotonic() - self._sat[1])
            pygame.event.post(pygame.Event(pygame.QUIT))
        return events


class Stream:
    """A session that writes without end: a beat of 400 characters after another, a few characters with each poll."""

    def __init__(self, pack: Pack) -> None:
        self._events: deque[Event] = deque()
        self._pack = pack
        self._index, self._length = 0, 0
        self._words = " ".join(place.description for place in pack.places.values()).replace("\n", " ")

    def submit(self, command: Command) -> None:
        if isinstance(command, Begin):
            cast = tuple(self._pack.cast)[:2]
            self._events.append(Started(self._pack, "openai", "sparrow-1", 7, None, False, True))
            self._events.append(SceneBegan(1, "0" * 32, "The Landing", self._pack.initial.place, cast, "sparrow-1 (openai)"))

    def poll(self) -> tuple[Event, ...]:
        if self._events:
            return (self._events.popleft(),)
        self._length += SPEED
        whole = self._length >= 400
        start = self._index * 37 % 200
        speaker = tuple(self._pack.cast)[self._index % 2]
        text = self._words[start : start + self._length]
        beat = Beat("line", text, Source("model", "openai/sparrow-1", "0"), speaker, ("neutral", "warm", "wary")[self._index % 3])
        event = BeatGrew(1, self._index, beat, whole)
        if whole:
            self._index, self._length = self._index + 1, 0
        return (event,)


def frame_work(size: tuple[int, int], frames: int) -> list[float]:
    """Milliseconds of work in each of so many frames, at 60 a second, while the painter's thread is at work."""
    import pygame

    from game.stage.window import settle_down

    took = []
    with Pilot(Stream(find_pack(PACK)), Settings(text_speed=120), size, Begin(PACK)) as pilot:
        settle_down()
        clock = pygame.time.Clock()
        window = pygame.Window("frames", size)
        pilot.surface = window.get_surface()
        for n in range(frames):
            start = time.perf_counter()
            pilot.frame()
            if n % 90 == 89:
                pilot.press("space")
            window.flip()
            took.append(1000 * (time.perf_counter() - start))
            clock.tick(60)
        window.destroy()
    return took


def gaps(model: Path | None, seconds: float = 20.0) -> list[float]:
    """Milliseconds from each frame to the next, at 60 a second: while SmolLM2 writes one scene after another through llama.cpp on
    the same processor, and is read at once; for None, while text comes from nowhere."""
    import pygame

    took: list[float] = []
    with TemporaryDirectory() as folder:
        session: Session | Stream = Stream(find_pack(PACK))
        teller = Teller()
        if model:
            session = Session(Library(Settings(window=2048, threads=1), Path(folder)))
            teller = Teller("local", str(model))
        with Pilot(session, Settings(text_speed=0), begin=Begin(PACK, teller, seed=7)) as pilot:
            clock, window = pygame.time.Clock(), pygame.Window("gaps", (1280, 720))
            pilot.surface = window.get_surface()
            began = last = time.perf_counter()
            while time.perf_counter() - began < WARMING + seconds:
                if len(took) % 15 == 0:
                    pilot.press("1" if pilot.tree.find_all("choice") else "space")
                else:
                    pilot.frame()
                window.flip()
                clock.tick(60)
                now = time.perf_counter()
                if now - began > WARMING:
                    took.append(1000 * (now - last))
                last = now
            window.destroy()
        if isinstance(session, Session):
            session.close()
    return took


def memory() -> float:
    """What this process holds, in MB, after fifty scenes on the stage."""
    from game.stage.window import give_memory_back

    give_memory_back()
    with TemporaryDirectory() as folder:
        session = Session(Library(Settings(), Path(folder)), threaded=False)
        with Pilot(session, Settings(text_speed=0), begin=Begin(PACK, seed=7)) as pilot:
            picked = 0
            while picked < 50:
                choices = pilot.tree.find_all("choice")
                if choices:
                    pilot.settle()
                    pilot.press(str(1 + picked % len(choices)))
                    picked += 1
                elif pilot.tree.label == "Ending":
                    pilot.wait(1.5)
                    pilot.press("escape")
                    pilot.frame()
                    pilot.click_key(f"card:{PACK}")
                elif pilot.tree.label == "Before you begin":
                    pilot.click("Begin", "button")
                else:
                    pilot.press("space")
        session.close()
    return _resident()


def _resident() -> float:
    """Of this process, in MB; where the system does not say, the most it ever was."""
    pages = Path("/proc/self/statm")
    if pages.exists():
        return int(pages.read_text().split()[1]) * resource.getpagesize() / 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _child(mode: str) -> float:
    with TemporaryDirectory() as folder:
        homes = {f"XDG_{name}_HOME": f"{folder}/{name.lower()}" for name in ("CACHE", "CONFIG", "DATA")}
        command = [sys.executable, "-c", _CHILD, str(time.time()), mode, f"{folder}/saves"]
        done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **homes}, check=True)
    return float(done.stdout.strip().splitlines()[-1])


def measure() -> Iterator[Figure]:
    """What, what it should be, what it is, and the same as a number."""
    for size, wanted in (((1280, 720), "p99 <= 8 ms"), ((2560, 1440), "")):
        took = statistics.quantiles(frame_work(size, 1200), n=100)
        words = f"p99 {took[98]:.1f} ms, median {took[49]:.1f} ms"
        yield f"frame work at {size[0]} x {size[1]} while text streams, software", wanted, words, took[98]
    model = weights()
    for name, writer in (("text comes from nowhere", None), ("SmolLM2-135M writes, on one thread", model)):
        if writer or name.startswith("text"):
            took = statistics.quantiles(gaps(writer), n=100)
            words = f"p99 {took[98]:.1f} ms, median {took[49]:.1f} ms"
            yield f"from frame to frame at 60 a second, while {name}", "", words, took[98]
    first = statistics.median(_child("first") for _ in range(5))
    yield "process start to first painted frame, stub", "<= 0.6 s", f"{first:.2f} s", first
    idle = _child("idle")
    yield "idle on a finished scene", "<= 1 % of one core", f"{idle:.1f} %", idle
    done = subprocess.run([sys.executable, "-m", "bench.frames", "memory"], capture_output=True, text=True, check=True)
    held = float(done.stdout.strip().splitlines()[-1])
    yield "resident memory after 50 scenes, on the stage", "<= 150 MB", f"{held:.0f} MB", held


if __name__ == "__main__":
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
    print(memory() if sys.argv[1:] == ["memory"] else json.dumps(list(measure())))
