"""A session that sits still, for pictures of what a quick storyteller never shows: waiting, and what a model's telling took.

What is told here was posed, not measured."""

from __future__ import annotations

from collections import deque
from dataclasses import replace

from game.packs import Pack
from game.session import (
    BeatGrew,
    Begin,
    Command,
    Ended,
    Event,
    LookAtMap,
    MapReady,
    SceneBegan,
    SceneReady,
    Share,
    Started,
    Tally,
)
from game.session.credits import credits_of
from game.story import Beat, Scene, Source

WRITER = "wren (local)"
BY_MODEL = Source("model", "local/wren", "0")
TALLY = Tally(requests=19, prompt=61_240, reply=7_930, cached=52_610, hits=9, misses=3, wasted=3_480, saved=34.0)
WORDS = Share("model", "local/wren", 74, 3_120), Share("author", "stub", 8, 290)


class Posed:
    """Opens `pack` when it is asked for a story, says what `posture` gives, and then nothing more but the `map`."""

    def __init__(self, pack: Pack, posture: tuple[Event, ...], map: MapReady | None = None) -> None:
        self._pack = pack
        self._map = map
        self._posture = posture
        self._events: deque[Event] = deque()

    def submit(self, command: Command) -> None:
        if isinstance(command, Begin):
            self._events.append(Started(self._pack, "local", "wren", 7, None, False, False))
            self._events.extend(self._posture)
        if isinstance(command, LookAtMap) and self._map:
            self._events.append(self._map)

    def poll(self) -> tuple[Event, ...]:
        events = tuple(self._events)
        self._events.clear()
        return events


def waiting(pack: Pack, words: int = 0) -> tuple[Event, ...]:
    """The first scene is begun, and so many words of it have come, borrowed from the place's own description."""
    start = pack.initial
    opening = next((each.title for each in pack.storylets.values() if each.opening), pack.title)
    began = SceneBegan(1, "0" * 32, opening, start.place, tuple(sorted(start.present)), WRITER)
    if not words:
        return (began,)
    return began, BeatGrew(1, 0, _borrowed(pack, words), True)


def ended(pack: Pack) -> tuple[Event, ...]:
    """A story that a model told is over; one of its promises was not kept."""
    ending, last = next(iter(pack.endings)), pack.initial
    scene = Scene("0" * 32, 12, pack.endings[ending].title, last.place, (_borrowed(pack, 30),), ending=ending)
    credits = replace(credits_of(pack, ()), shares=WORDS)
    threads = tuple(thread.left or thread.text for thread in pack.threads.values())[:1]
    over = Ended(ending, pack.endings[ending].title, scene.turn, credits, threads, TALLY)
    return SceneReady(scene, last, recalled=True), over


def _borrowed(pack: Pack, words: int) -> Beat:
    return Beat("narration", " ".join(pack.places[pack.initial.place].description.split()[:words]), BY_MODEL)
