"""A real model on this machine's processor: how many of its scenes can be played, are valid, are clean."""

import importlib.util
import time
from collections.abc import Iterator
from pathlib import Path

from bench.figures import ENDLESS
from game.session import BeatGrew, Begin, Event, Library, Pick, SceneReady, Session, Teller
from game.settings import Settings
from game.story import draw
from tests.weights import weights

SCENES = 10
WORLDS = ("last_keeper", "no_chill")


def measure() -> Iterator[tuple[str, str, str, float | None]]:
    """Ten scenes of the endless pack, in a window of 2,048 tokens, told by SmolLM2-135M."""
    model = weights()
    if model is None or importlib.util.find_spec("xllamacpp") is None:
        yield "SmolLM2-135M: playable scenes", "100 %", "not installed here", None
        return
    events, firsts = _play(model, ENDLESS)
    yield from _counts(events, "")
    middle = sorted(firsts)[len(firsts) // 2]
    yield "choice to first word, SmolLM2-135M, median", "(its first token)", f"{middle:.2f} s", middle


def measure_worlds() -> Iterator[tuple[str, str, str, float | None]]:
    """Ten scenes of each world that ships, in a window of 2,048 tokens, told by SmolLM2-135M."""
    model = weights()
    for world in WORLDS:
        if model is None or importlib.util.find_spec("xllamacpp") is None:
            yield f"{world}: playable scenes", "100 %", "not installed here", None
        else:
            yield from _counts(_play(model, world)[0], f"{world}, ")


def _counts(events: list[Event], where: str) -> Iterator[tuple[str, str, str, float | None]]:
    scenes = [event.scene for event in events if isinstance(event, SceneReady)]
    playable = sum(bool(scene.beats) and bool(scene.choices or scene.ending) for scene in scenes)
    own = sum(scene.fallback is None for scene in scenes)
    clean = sum(scene.fallback is None and not scene.repairs for scene in scenes)
    yield f"{where}SmolLM2-135M: playable scenes", "100 %", f"{playable} of {len(scenes)}", 100 * playable / len(scenes)
    yield f"{where}SmolLM2-135M: scenes it finished itself", "(no target)", f"{own} of {len(scenes)}", float(own)
    yield f"{where}SmolLM2-135M: scenes that needed no repair", "(no target)", f"{clean} of {len(scenes)}", float(clean)


def _play(model: Path, pack: str) -> tuple[list[Event], list[float]]:
    """All events, and the seconds from each pick to its first word."""
    session = Session(Library(Settings(window=2048)))
    events: list[Event] = []
    firsts: list[float] = []
    try:
        session.submit(Begin(pack, Teller("local", str(model)), seed=7))
        for _ in range(SCENES):
            start, first, ready = time.perf_counter(), None, None
            while ready is None:
                for event in session.wait(60):
                    events.append(event)
                    if isinstance(event, BeatGrew) and first is None:
                        first = time.perf_counter() - start
                    if isinstance(event, SceneReady):
                        ready = event.scene
            firsts.append(first or 0.0)
            if ready.ending:
                break
            session.submit(Pick(ready.choices[draw(7, ready.key, "bot", len(ready.choices))].slot))
    finally:
        session.close()
    return events, firsts
