"""The figures of the engine without a screen: stub speed, cost over time, parsing, the shared prefix of prompts."""

import json
import statistics
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from game.director import Director, Step
from game.narrator import Past, Prompter, profile_for, reply_schema
from game.narrator.reply import ReplyReader
from game.packs import Pack
from game.packs.shelf import find_pack
from game.session import Begin, Library, Pick, SceneReady, Session
from game.story import Brief, Scene, draw

ENDLESS = str(Path(__file__).with_name("endless"))


class Run:
    """A playthrough of the endless pack with the stub, in memory, by draws."""

    def __init__(self) -> None:
        self._session = Session(Library(), threaded=False)
        self._session.submit(Begin(ENDLESS, seed=7))
        self._scene = self._latest()
        self.scenes = 1

    def play(self, n: int) -> float:
        """Processor seconds for `n` more scenes."""
        start = time.process_time()
        for _ in range(n):
            choices = self._scene.choices
            self._session.submit(Pick(choices[draw(7, self._scene.key, "bot", len(choices))].slot))
            self._scene = self._latest()
        self.scenes += n
        return time.process_time() - start

    def close(self) -> None:
        self._session.close()

    def _latest(self) -> Scene:
        return next(event.scene for event in reversed(self._session.poll()) if isinstance(event, SceneReady))


def stub_speed() -> tuple[float, float]:
    """Scenes a second of processor time with the stub, and the cost of a turn at scene 5,000 against one at scene 50: medians of
    batches of 40, measured in one run."""
    run = Run()
    run.play(30)
    early = [run.play(40) for _ in range(5)]
    run.play(5000 - run.scenes - 100)
    late = [run.play(40) for _ in range(5)]
    run.close()
    return 40 / statistics.median(late), statistics.median(late) / statistics.median(early)


def parsing_ratio() -> float:
    """Time to parse a reply of 64 KiB against one of 1 KiB, both in pieces of 16 characters: the best of several."""
    return _best(lambda: _parse(64 * 1024), 7) / _best(lambda: _parse(1024), 60)


def _parse(size: int) -> None:
    text = '{"beats":[{"s":"narrator","t":"' + "word " * (size // 5) + '"}]}'
    reader = ReplyReader()
    for start in range(0, len(text), 16):
        reader.feed(text[start : start + 16])


def _best(work: Callable[[], None], times: int) -> float:
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def shared_prefix(ref: str, turns: int = 14, window: int = 8192) -> list[float]:
    """For each turn after the first, how much of the request before (schema and messages) comes again unchanged, in percent."""
    pack = find_pack(ref)
    told = _told(ref, pack, turns)
    requests = [prompt_text(pack, told[:n], window) for n in range(1, len(told) + 1)]
    return [100 * _common(left, right) / len(left) for left, right in pairwise(requests)]


def prompt_text(pack: Pack, told: list[tuple[Brief, Scene]], window: int) -> str:
    """The schema and the messages that a model would be sent for the last of `told`."""
    brief = told[-1][0]

    def past(n: int) -> Past:
        return told[:-1][-n:] if n else []

    profile = profile_for(window)
    messages = Prompter(pack, pack.player).scene(brief, past, profile)
    schema = json.dumps(reply_schema(pack, len(brief.slots), profile.max_beats, profile.max_chars))
    return schema + "".join(f"<{message.role}>{message.content}" for message in messages)


def _told(ref: str, pack: Pack, turns: int) -> list[tuple[Brief, Scene]]:
    """The first scenes of a playthrough that the stub tells, each with its brief."""
    session = Session(Library(), threaded=False)
    session.submit(Begin(ref, seed=7))
    director = Director(pack)
    told: list[tuple[Brief, Scene]] = []
    picked: str | None = None
    while True:
        ready = next(event for event in reversed(session.poll()) if isinstance(event, SceneReady))
        scene, storylet = ready.scene, pack.storylets.get(ready.scene.storylet or "")
        told.append((director.brief(scene.key, 7, ready.state, storylet, Step(text=picked), pack.player), scene))
        if scene.ending or len(told) >= turns:
            session.close()
            return told
        choice = scene.choices[draw(7, scene.key, "bot", len(scene.choices))]
        picked = choice.text
        session.submit(Pick(choice.slot))


def _common(left: str, right: str) -> int:
    for n, (one, other) in enumerate(zip(left, right, strict=False)):
        if one != other:
            return n
    return min(len(left), len(right))
