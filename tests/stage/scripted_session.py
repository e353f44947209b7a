"""A session for tests that says what it is told to say, and keeps what it was asked."""

from __future__ import annotations

from collections import deque

from game.packs import Pack
from game.session import (
    BeatGrew,
    Begin,
    Command,
    Event,
    LookAround,
    PackCard,
    PackTried,
    SceneBegan,
    SceneReady,
    ShelfReady,
    Started,
    TryPack,
)
from game.story import Beat, Choice, Scene, Source

BY_MODEL = Source("model", "openai/sparrow-1", "0f")
BY_AUTHOR = Source("author", "stub", "arrival.1")


class ScriptedSession:
    """Has `pack` on its shelf, and `elsewhere` at their paths. `begins`: whether asking for a story opens it."""

    def __init__(self, pack: Pack, begins: bool = True) -> None:
        self.pack = pack
        self.begins = begins
        self.elsewhere: dict[str, PackCard] = {}
        self.asked: list[Command] = []
        self._events: deque[Event] = deque()

    def submit(self, command: Command) -> None:
        self.asked.append(command)
        if isinstance(command, LookAround):
            self.say(ShelfReady((PackCard(self.pack.id, self.pack.title, self.pack),), ()))
        if isinstance(command, TryPack) and command.path in self.elsewhere:
            self.say(PackTried(self.elsewhere[command.path]))
        if isinstance(command, Begin) and self.begins:
            self.say(Started(self.pack, "stub", "stub", 7, None, False, False))

    def poll(self) -> tuple[Event, ...]:
        events = tuple(self._events)
        self._events.clear()
        return events

    def say(self, *events: Event) -> None:
        self._events.extend(events)


def began(turn: int = 1, present: tuple[str, ...] = ("maren",), writer: str = "sparrow-1 (openai)") -> SceneBegan:
    return SceneBegan(turn, f"{turn:032x}", "The Landing", "jetty", present, writer)


def narration(text: str, source: Source = BY_AUTHOR) -> Beat:
    return Beat("narration", text, source)


def line(speaker: str, text: str, expression: str = "wary", source: Source = BY_MODEL) -> Beat:
    return Beat("line", text, source, speaker, expression)


def grew(index: int, beat: Beat, done: bool = True, turn: int = 1) -> BeatGrew:
    return BeatGrew(turn, index, beat, done)


def scene(*beats: Beat, choices: tuple[str, ...] = ("Go in", "Stay out"), ending: str | None = None, turn: int = 1) -> Scene:
    offered = tuple(Choice(slot, f"outcome_{slot}", text, BY_AUTHOR) for slot, text in zip("abcd", choices, strict=False))
    return Scene(f"{turn:032x}", turn, "The Landing", "jetty", beats, () if ending else offered, ending)


def ready(pack: Pack, told: Scene, recalled: bool = False) -> SceneReady:
    return SceneReady(told, pack.initial, recalled)
