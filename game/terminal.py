"""The terminal front end: text that only ever grows downwards, so that it is good over SSH and for a screen reader."""

import sys
import textwrap
from collections.abc import Callable

from rich.console import Console

from game.packs import Pack
from game.session import (
    BeatGrew,
    Begin,
    Broken,
    CannotStart,
    ClientFailed,
    Ended,
    Event,
    Exit,
    Notice,
    Pick,
    Picked,
    Priced,
    SceneBegan,
    SceneReady,
    Session,
    Started,
)
from game.story import Scene

HELP = "A number picks a choice. s: who wrote this. r: read the scene again. q: leave (everything is saved). ?: this."
MEASURE = 76
"""Columns of text at the most."""


class Terminal:
    """One run at a terminal. `ask` reads a line from the player; it raises EOFError at the end of the input."""

    def __init__(self, session: Session, console: Console | None = None, ask: Callable[[str], str] = input) -> None:
        self._session = session
        self._console = console or Console(highlight=False)
        self._ask = ask
        self._pack: Pack | None = None
        self._scene: Scene | None = None
        self._column = 0
        self._printed: dict[int, int] = {}
        self._exit: int | None = None

    def play(self, begin: Begin) -> int:
        """Play until the story ends or the player leaves; the exit code."""
        self._session.submit(begin)
        while self._exit is None:
            for event in self._session.poll() if self._scene else self._session.wait():
                self._hear(event)
            if self._scene and self._exit is None:
                self._choose(self._scene)
        return self._exit

    def _hear(self, event: Event) -> None:
        match event:
            case Started():
                self._started(event)
            case Priced():
                self._aside(
                    f"A scene takes about {event.prompt_tokens} tokens of prompt and at most {event.reply_tokens} of reply."
                )
            case SceneBegan():
                self._heading(event.title, event.place)
            case BeatGrew():
                self._grow(event)
            case SceneReady():
                self._ready(event)
            case Picked():
                self._console.print(f"\n> {event.text}", style="bold", markup=False)
            case Notice():
                self._aside(event.words)
            case Ended():
                self._ended(event)
            case CannotStart():
                self._stop(Exit.UNUSABLE, event.message)
            case ClientFailed() | Broken():
                self._stop(Exit.FAILED, event.message)
            case _:
                pass

    def _started(self, event: Started) -> None:
        self._pack = event.pack
        self._console.rule(event.pack.title, characters="-")
        if event.pack.content_notes:
            self._aside("Contains: " + ", ".join(event.pack.content_notes) + ".")
        teller = "the offline storyteller" if event.client == "stub" else f"{event.model} ({event.client})"
        self._aside(f"Told by {teller}. {HELP}")

    def _heading(self, title: str, place: str) -> None:
        name = self._pack.places[place].name if self._pack and place in self._pack.places else place
        self._printed = {}
        self._console.print(f"\n{title}", style="bold", markup=False)
        self._console.print(f"{name}\n" if name != title else "", style="dim", markup=False)

    def _grow(self, event: BeatGrew) -> None:
        """Print what is new of a beat, word by word, wrapped by ourselves because the line is never redrawn."""
        beat, done = event.beat, self._printed.get(event.index)
        if done is None:
            self._column = 0
            done = 0
            if beat.speaker:
                self._words(f"{self._name(beat.speaker)}: ", style="bold")
        self._words(beat.text[done:])
        self._printed[event.index] = len(beat.text)
        if event.done:
            self._console.print("\n")
            self._column = 0

    def _words(self, text: str, style: str = "") -> None:
        width = min(MEASURE, self._console.width)
        for piece in _with_spaces(text):
            word = piece
            if self._column and self._column + len(piece.rstrip()) > width:
                self._console.print()
                self._column, word = 0, piece.lstrip()
            self._console.print(word, end="", style=style, markup=False, soft_wrap=True)
            self._column += len(word)

    def _name(self, speaker: str) -> str:
        return self._pack.cast[speaker].name if self._pack and speaker in self._pack.cast else speaker

    def _ready(self, event: SceneReady) -> None:
        if event.recalled:
            self._again(event.scene)
        if event.settled:
            self._scene = event.scene
            self._list_choices(event.scene)

    def _again(self, scene: Scene) -> None:
        self._heading(scene.title, scene.place)
        for index, beat in enumerate(scene.beats):
            self._grow(BeatGrew(scene.turn, index, beat, True))

    def _list_choices(self, scene: Scene) -> None:
        for number, choice in enumerate(scene.choices, start=1):
            text = textwrap.fill(
                choice.text, min(MEASURE, self._console.width), initial_indent=f"  {number}. ", subsequent_indent="     "
            )
            self._console.print(text, markup=False)

    def _choose(self, scene: Scene) -> None:
        """Ask until the player has picked or left."""
        try:
            answer = self._ask("> ").strip().lower()
        except (EOFError, KeyboardInterrupt):
            answer = "q"
        if answer in ("q", "quit", "exit"):
            self._exit = Exit.PLAYED
            self._aside("Saved." if self._scene else "")
        elif answer.isdecimal() and len(answer) < 4 and 1 <= int(answer) <= len(scene.choices):
            self._scene = None
            self._session.submit(Pick(scene.choices[int(answer) - 1].slot, scene.key))
        elif answer == "s":
            self._sources(scene)
        elif answer == "r":
            self._again(scene)
            self._list_choices(scene)
        elif answer:
            self._aside(HELP)

    def _sources(self, scene: Scene) -> None:
        for beat in scene.beats:
            self._aside(f"{beat.text[:50]}… by the {beat.source.by}, via {beat.source.via}, from {beat.source.ref}")

    def _ended(self, event: Ended) -> None:
        self._scene, self._exit = None, Exit.PLAYED
        self._console.rule(event.title, characters="-")
        for share in event.credits.shares:
            self._aside(f"{share.words} words by the {share.by}, via {share.via}")
        for name, role in event.credits.authors:
            self._aside(f"{role}: {name}")
        self._aside(event.credits.statement)

    def _aside(self, words: str) -> None:
        if words:
            self._console.print(words, style="dim italic", markup=False)

    def _stop(self, code: int, message: str) -> None:
        print(f"unwritten: {message}", file=sys.stderr)
        self._exit = code


def _with_spaces(text: str) -> list[str]:
    """The words of a text, each with the space that follows it."""
    out = [word + " " for word in text.split(" ")]
    out[-1] = out[-1][:-1]
    return [word for word in out if word]
