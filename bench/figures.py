"""The figures of the engine without a screen: stub speed, cost over time, parsing, the shared prefix of prompts."""

import statistics
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Literal

from game.cachecheck import steps
from game.narrator.prompt import tokens
from game.narrator.rehearsal import sheets
from game.narrator.reply import ReplyReader
from game.packs.shelf import find_pack
from game.session import Begin, Library, Pick, SceneReady, Session
from game.story import Scene, draw

ENDLESS = str(Path(__file__).with_name("endless"))


class Run:
    """A playthrough of the endless pack with the stub, in memory or in a file, by draws."""

    def __init__(self, journal: Path | Literal["memory"] = "memory") -> None:
        self._session = Session(Library(), threaded=False)
        self._session.submit(Begin(ENDLESS, seed=7, journal=journal))
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
    """For each turn after the first on which no scenes are folded: how much of the request before (schema and messages) comes
    again unchanged, in percent."""
    return [step.shared for step in steps(find_pack(ref), 7, window, turns) if not step.folded]


def prompt_sizes(window: int, turns: tuple[int, ...] = (10, 100, 1000)) -> dict[int, int]:
    """Tokens of the messages, about, at these turns of the endless pack."""
    played = islice(sheets(find_pack(ENDLESS), 7, window), max(turns))
    return {n: sum(tokens(message.content) for message in sheet.messages) for n, sheet in enumerate(played, 1) if n in turns}
