"""Somebody who reads a story at the pace of a person, and how long they wait for it."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from game.journal import Journal
from game.session import BeatGrew, Begin, Library, LookAt, Pick, SceneReady, Session, Tally, Teller
from game.session.tally import tally_of
from game.settings import Prefetch, Settings
from game.story import Scene, draw

WORDS_A_MINUTE = 240
EYE = 0.6
"""Seconds that the eye rests on a choice before it is picked."""


@dataclass
class Waits:
    """Seconds from each pick to the first word and to the whole scene; what it took is in `tally`."""

    first: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)


class Reader:
    """Plays one threaded session in real time. A beat takes as long to read as its words do, and is read as it comes."""

    def __init__(self, session: Session, begin: Begin) -> None:
        self._session = session
        self._begin = begin

    def play(self, scenes: int) -> Waits:
        """So many scenes, the first not counted: nobody chose it."""
        waits = Waits()
        self._session.submit(self._begin)
        scene = self._read(1, Waits(), time.monotonic())
        for turn in range(2, scenes + 2):
            if scene.ending:
                break
            choice = scene.choices[draw(7, scene.key, "bot", len(scene.choices))]
            time.sleep(_seconds(" ".join(each.text for each in scene.choices)))
            self._session.submit(LookAt(choice.slot, scene.key))
            time.sleep(EYE)
            picked = time.monotonic()
            self._session.submit(Pick(choice.slot, scene.key))
            scene = self._read(turn, waits, picked)
        return waits

    def _read(self, turn: int, waits: Waits, since: float) -> Scene:
        """Read the scene of this turn, as it comes."""
        read_to, first = 0.0, False
        scene: Scene | None = None
        words = 0
        while scene is None:
            for event in self._session.wait(60):
                now = time.monotonic()
                if isinstance(event, BeatGrew) and event.turn == turn:
                    if not first:
                        first = True
                        waits.first.append(now - since)
                        read_to = now
                elif isinstance(event, SceneReady) and event.scene.turn == turn:
                    waits.whole.append(now - since)
                    scene = event.scene
                    words = sum(len(beat.text.split()) for beat in scene.beats)
        time.sleep(max(0.0, read_to + words * 60 / WORDS_A_MINUTE - time.monotonic()))
        return scene


def read(pack: str, teller: Teller, prefetch: Prefetch, scenes: int, folder: Path, window: int = 0) -> Waits:
    """What a reader waits for, with so much written ahead."""
    settings = Settings(prefetch=prefetch, window=window)
    session = Session(Library(settings, folder))
    journal = folder / f"{prefetch}.journal"
    try:
        waits = Reader(session, Begin(pack, teller, seed=7, journal=journal)).play(scenes)
    finally:
        session.close()
    kept = Journal.open(journal)
    waits.tally = tally_of(kept.spending())
    kept.close()
    return waits


def quantile(values: list[float], share: float) -> float:
    """The value below which this share of them lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _seconds(text: str) -> float:
    return len(text.split()) * 60 / WORDS_A_MINUTE


def rows(name: str, wanted: str, waits: dict[str, Waits]) -> Iterator[tuple[str, str, str, float | None]]:
    """The figures of runs with different amounts written ahead, side by side."""
    for policy, each in waits.items():
        middle, late = quantile(each.first, 0.5), quantile(each.first, 0.95)
        should = wanted if policy == "off" else "the next frame where it was ahead"
        yield f"choice to first word, {name}, ahead: {policy}", should, f"p50 {middle:.3f} s, p95 {late:.3f} s", middle
        whole = quantile(each.whole, 0.5)
        words = f"p50 {whole:.2f} s, p95 {quantile(each.whole, 0.95):.2f} s"
        yield f"choice to whole scene, {name}, ahead: {policy}", "", words, whole
        tally = each.tally
        picks = tally.hits + tally.misses
        if policy != "off":
            spent = tally.prompt + tally.reply
            share = 100 * tally.wasted / spent if spent else 0.0
            found = f"{tally.hits} of {picks} picks were ahead; {tally.wasted} of {spent} tokens wasted ({share:.0f} %)"
            yield f"written ahead: {policy}, {name}", "", f"{found}; {tally.saved:.1f} s saved", share
