"""Playing without a screen: scenes out as JSON lines (or plain text), choices in from a list, a bot or standard input."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, Protocol, TextIO

import orjson

from game.packs import Pack
from game.session import (
    Begin,
    Broken,
    CannotStart,
    ClientFailed,
    Command,
    Ended,
    Event,
    Exit,
    Notice,
    Pick,
    Picked,
    Priced,
    SceneReady,
    Started,
)
from game.story import Json, Scene, draw

Bot = Literal["first", "random"]


class Playable(Protocol):
    """What a run needs of a session."""

    def submit(self, command: Command) -> None: ...

    def wait(self, timeout: float | None = None) -> tuple[Event, ...]: ...


class BadChoice(Exception):
    """A choice that is not on offer; the message is one line."""


@dataclass(frozen=True, slots=True)
class Run:
    """What to play and how. `choices` are indices from 0; None with no bot reads them from `source`, one a line."""

    begin: Begin
    choices: tuple[int, ...] | None = None
    bot: Bot | None = None
    max_scenes: int | None = None
    as_json: bool = True


def play(run: Run, session: Playable, out: TextIO = sys.stdout, err: TextIO = sys.stderr, source: TextIO = sys.stdin) -> int:
    """Play to an ending, to `max_scenes`, or until the choices run out; the exit code. It has failed if its file did not take
    all of it."""
    printer = _json_line if run.as_json else _Plain()
    return _Player(run, session, lambda row, pack: print(printer(row, pack), file=out, flush=True), err, source).play()


Row = dict[str, Json]
Show = Callable[[Row, Pack | None], None]


class _Player:
    """One run, from the first command to the exit code."""

    def __init__(self, run: Run, session: Playable, show: Show, err: TextIO, source: TextIO) -> None:
        self._run = run
        self._session = session
        self._print = show
        self._err = err
        self._choices = iter(run.choices) if run.choices is not None else _indices(source)
        self._seed = 0
        self._scenes = 0
        self._scene: Scene | None = None
        self._hash = ""
        self._ending: str | None = None
        self._pack: Pack | None = None
        self._kept = True
        self._exit: int | None = None

    def play(self) -> int:
        self._session.submit(self._run.begin)
        while self._exit is None:
            for event in self._session.wait():
                self._hear(event)
                if self._exit is not None:
                    break
            else:
                if self._exit is None and self._scene:
                    self._go_on(self._scene)
        return self._exit

    def _go_on(self, scene: Scene) -> None:
        """At a scene that is ready: end, or pick."""
        self._scene = None
        if self._ending is not None:
            return self._end("ending")
        if self._run.max_scenes is not None and self._scenes >= self._run.max_scenes:
            return self._end("max_scenes")
        try:
            index = self._index(scene)
        except BadChoice as error:
            return self._stop(Exit.FAILED, str(error))
        if index is None:
            return self._end("out_of_choices")
        self._session.submit(Pick(scene.choices[index].slot, scene.key))
        return None

    def _index(self, scene: Scene) -> int | None:
        count = len(scene.choices)
        if self._run.bot:
            return 0 if self._run.bot == "first" else draw(self._seed, scene.key, "bot", count)
        index = next(self._choices, None)
        if index is not None and not 0 <= index < count:
            raise BadChoice(f"choice {index} at scene {scene.turn} is not on offer; there are 0 to {count - 1}")
        return index

    def _hear(self, event: Event) -> None:
        match event:
            case Started():
                self._seed, self._pack = event.seed, event.pack
                self._show(
                    {
                        "event": "start",
                        "pack": event.pack.id,
                        "pack_hash": event.pack.hash,
                        "client": event.client,
                        "model": event.model,
                        "seed": event.seed,
                    }
                )
            case SceneReady():
                self._scene, self._scenes = event.scene if event.settled else None, self._scenes + 1
                self._hash = event.state.hash
                self._show(scene_row(event))
            case Picked():
                self._show({"event": "choice", "turn": event.turn, "index": event.index, "slot": event.slot})
            case Ended():
                self._ending = event.ending
            case Notice(code="not_kept"):
                self._kept = False
                self._say(event.words)
            case Notice(fault=True) | Priced():
                self._say(event.words if isinstance(event, Notice) else _price(event))
            case CannotStart():
                self._stop(Exit.UNUSABLE, event.message)
            case ClientFailed() | Broken():
                self._stop(Exit.FAILED, event.message)
            case _:
                pass

    def _end(self, reason: str) -> None:
        self._show({"event": "end", "reason": reason, "ending": self._ending, "scenes": self._scenes, "state_hash": self._hash})
        self._exit = Exit.PLAYED if self._kept else Exit.FAILED

    def _show(self, row: Row) -> None:
        self._print(row, self._pack)

    def _stop(self, code: int, message: str) -> None:
        self._say(message)
        self._exit = code

    def _say(self, message: str) -> None:
        print(f"unwritten: {message}", file=self._err, flush=True)


def _price(event: Priced) -> str:
    return f"a scene takes about {event.prompt_tokens} tokens of prompt and at most {event.reply_tokens} of reply"


def _indices(source: TextIO) -> Iterator[int]:
    for line in source:
        if line.strip():
            if not (line.strip().isdecimal() and len(line) < 8):
                raise BadChoice(f'"{line.strip()[:40]}" is not a choice; write its index, from 0')
            yield int(line)


def scene_row(event: SceneReady) -> Row:
    """A scene as its JSON line."""
    scene = event.scene
    return {
        "event": "scene",
        "turn": scene.turn,
        "id": scene.key,
        "title": scene.title,
        "place": scene.place,
        "beats": [beat.to_json() for beat in scene.beats],
        "choices": [choice.to_json() for choice in scene.choices],
        "ending": scene.ending,
        "state": event.state.to_json(),
        "writer": scene.writer,
        "repairs": list(scene.repairs),
        "fallback": scene.fallback,
        "storylet": scene.storylet,
    }


def _json_line(row: Row, _: Pack | None) -> str:
    return orjson.dumps(row).decode()


class _Plain:
    """The same for a human reader, with the names of things in place of their ids."""

    def __init__(self) -> None:
        self._choices: list[Json] = []

    def __call__(self, row: Row, pack: Pack | None) -> str:
        match row:
            case {"event": "start", "pack": name, "seed": seed}:
                return f"{pack.title if pack else name}, seed {seed}"
            case {"event": "scene", "title": title, "beats": [*beats], "choices": [*choices]}:
                self._choices = choices
                lines = [f"\n## {title}\n", *(_plain_beat(beat, pack) for beat in beats if isinstance(beat, dict))]
                return "\n".join(
                    [*lines, *(f"  {n}. {choice['text']}" for n, choice in enumerate(choices) if isinstance(choice, dict))]
                )
            case {"event": "choice", "index": int(index)}:
                picked = self._choices[index]
                return f"\n> {picked['text'] if isinstance(picked, dict) else index}"
            case _:
                ending = pack.endings.get(str(row.get("ending"))) if pack else None
                return f"\n[{row.get('reason')}] {ending.title if ending else ''}".rstrip()


def _plain_beat(beat: dict[str, Json], pack: Pack | None) -> str:
    if beat["kind"] != "line":
        return f"{beat['text']}\n"
    speaker = pack.cast.get(str(beat["speaker"])) if pack else None
    return f"{speaker.name if speaker else beat['speaker']}: {beat['text']}\n"
