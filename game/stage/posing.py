"""A session that sits still, for pictures of what a quick storyteller never shows: waiting, and what a model's telling took."""

from __future__ import annotations

from collections import deque
from dataclasses import replace

from game.packs import Pack
from game.session import BeatGrew, Begin, Command, Ended, Event, SceneBegan, Started, Tally
from game.stage.screen import Door
from game.story import Beat, Source

WRITER = "a model on this machine"
TALLY = Tally(requests=19, prompt=61_240, reply=7_930, cached=52_610, hits=9, misses=3, wasted=3_480, saved=34.0)


class Waiting:
    """Begins the first scene of `pack`, writes its first `words` (of the place's own description) and then nothing more."""

    def __init__(self, pack: Pack, words: int = 0) -> None:
        self._pack = pack
        self._words = words
        self._events: deque[Event] = deque()

    def submit(self, command: Command) -> None:
        if not isinstance(command, Begin):
            return
        pack, start = self._pack, self._pack.initial
        opening = next((each.title for each in pack.storylets.values() if each.opening), pack.title)
        self._events.append(Started(pack, "local", "model", 7, None, False, False))
        self._events.append(SceneBegan(1, "0" * 32, opening, start.place, tuple(sorted(start.present)), WRITER))
        if self._words:
            said = " ".join(pack.places[start.place].description.split()[: self._words])
            self._events.append(BeatGrew(1, 0, Beat("narration", said, Source("model", "local/model", "0")), True))

    def poll(self) -> tuple[Event, ...]:
        events = tuple(self._events)
        self._events.clear()
        return events


class Tallied:
    """Another session, as if a model had told its story: the end says what that took, and what stayed open."""

    def __init__(self, session: Door) -> None:
        self._session = session
        self._pack: Pack | None = None

    def submit(self, command: Command) -> None:
        self._session.submit(command)

    def poll(self) -> tuple[Event, ...]:
        return tuple(self._posed(event) for event in self._session.poll())

    def _posed(self, event: Event) -> Event:
        if isinstance(event, Started):
            self._pack = event.pack
        if not isinstance(event, Ended) or self._pack is None:
            return event
        threads = tuple(thread.left or thread.text for thread in self._pack.threads.values())
        return replace(event, open_threads=event.open_threads or threads[:2], tally=TALLY)
