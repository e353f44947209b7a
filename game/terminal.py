"""The terminal front end: listens to the session, asks the player, and prints on a scroll."""

import sys
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from textwrap import shorten

from rich.console import Console

from game.ledger import ledger_of
from game.packs import Pack
from game.scroll import Scroll
from game.session import (
    BeatGrew,
    Begin,
    Broken,
    CannotStart,
    ClientFailed,
    Continue,
    Ended,
    Event,
    Exit,
    LookAround,
    Notice,
    Pick,
    Picked,
    Priced,
    SaveCard,
    SceneBegan,
    SceneReady,
    Session,
    ShelfReady,
    Started,
    StopWaiting,
)
from game.story import Scene

HELP = "A number picks a choice. l: the ledger. s: who wrote this. r: read the scene again. q: leave. ?: this."
TICK = 1.0
"""Seconds of silence after which it is looked whether the player should hear something."""
QUIET, PAUSE, NEXT = 2.0, 4.0, 8.0
"""Seconds of silence before the pack's words for waiting are said, before a moment of its world, and from one to the next."""
SHOWN = 9
"""Saved playthroughs that are listed."""


class Terminal:
    """One run at a terminal. `ask` reads a line from the player; it raises EOFError at the end of the input. `clock` gives
    seconds."""

    def __init__(
        self,
        session: Session,
        console: Console | None = None,
        ask: Callable[[str], str] = input,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._session = session
        self._scroll = Scroll(console or Console(highlight=False))
        self._ask = ask
        self._clock = clock
        self._heard: deque[Event] = deque()
        self._begin = Begin("")
        self._pack: Pack | None = None
        self._now: SceneReady | None = None
        self._file: Path | None = None
        self._keeps = True
        self._writer, self._turn = "", 0
        self._since, self._said = 0.0, 0
        self._stopped = False
        self._exit: int | None = None

    def play(self, begin: Begin, offer_saves: bool = False) -> int:
        """Play until the story ends or the player leaves; the exit code. With `offer_saves` the player may take up a saved
        playthrough in place of `begin`."""
        self._begin = begin
        self._since = self._clock()
        self._session.submit(LookAround() if offer_saves else begin)
        while self._exit is None:
            try:
                self._go_on()
            except KeyboardInterrupt:
                self._interrupted()
        return self._exit

    def _go_on(self) -> None:
        """Hear what there is to hear; ask when the player has something to answer, and wait when not."""
        self._heard.extend(self._session.poll() if self._now else self._session.wait(TICK))
        if not self._heard and not self._now:
            self._meanwhile()
        while self._heard and self._exit is None:
            self._since = self._clock()
            self._hear(self._heard.popleft())
        if self._now and self._exit is None:
            self._choose(self._now)

    def _hear(self, event: Event) -> None:
        match event:
            case ShelfReady():
                self._offer([save for save in event.saves if not save.ended])
            case Started():
                self._started(event)
            case Priced():
                self._scroll.aside(
                    f"A scene takes about {event.prompt_tokens} tokens of prompt and at most {event.reply_tokens} of reply."
                )
            case SceneBegan():
                self._writer, self._turn, self._said, self._stopped = event.writer, event.turn, 0, False
                self._scroll.heading(event.title, event.place)
            case BeatGrew():
                self._scroll.grow(event.index, event.beat, event.done)
            case SceneReady():
                self._ready(event)
            case Picked():
                self._scroll.picked(event.text)
            case Notice():
                self._keeps = self._keeps and event.code != "not_kept"
                self._scroll.aside(event.words)
            case Ended():
                self._scroll.ended(event)
                self._exit = Exit.PLAYED
            case CannotStart():
                self._stop(Exit.UNUSABLE, event.message)
            case ClientFailed() | Broken():
                self._stop(Exit.FAILED, event.message)
            case _:
                pass

    def _offer(self, saves: list[SaveCard]) -> None:
        """Let the player take up one of the playthroughs that have no end yet, the latest first."""
        shown = saves[:SHOWN]
        if shown:
            self._scroll.aside("Saved playthroughs. A number goes on with one; Enter begins a new one.")
            self._scroll.list_(f"{save.pack_title}: {save.scene_title} (scene {save.turn})" for save in shown)
        answer = self._answer() if shown else ""
        if answer == "q":
            self._exit = Exit.PLAYED
        elif (number := _number(answer, len(shown))) is not None:
            self._session.submit(Continue(shown[number].journal, self._begin.teller, require_client=self._begin.require_client))
        else:
            self._session.submit(self._begin)

    def _started(self, event: Started) -> None:
        self._pack, self._file = event.pack, event.journal
        self._scroll.title(event.pack)
        teller = "the offline storyteller" if event.client == "stub" else f"{event.model} ({event.client})"
        self._scroll.aside(f"Told by {teller}. {HELP}")

    def _ready(self, event: SceneReady) -> None:
        if event.recalled:
            self._scroll.scene(event.scene)
        if event.settled and not event.scene.ending:
            self._now = event
            self._scroll.choices(event.scene)

    def _choose(self, now: SceneReady) -> None:
        """Ask until the player has picked or left."""
        scene, answer = now.scene, self._answer()
        if answer == "q":
            self._leave()
        elif (number := _number(answer, len(scene.choices))) is not None:
            self._now = None
            self._session.submit(Pick(scene.choices[number].slot, scene.key))
        elif answer == "l" and self._pack:
            self._scroll.ledger(ledger_of(self._pack, now.state))
        elif answer == "s":
            self._sources(scene)
        elif answer == "r":
            self._scroll.scene(scene)
            self._scroll.choices(scene)
        elif answer:
            self._scroll.aside(HELP)

    def _answer(self) -> str:
        """What the player says, in small letters; the end of the input, and an interruption, are a wish to leave."""
        try:
            answer = self._ask("> ").strip().lower()
        except (EOFError, KeyboardInterrupt):
            return "q"
        finally:
            self._since = self._clock()
        return "q" if answer in ("quit", "exit") else answer

    def _meanwhile(self) -> None:
        """Nothing has come for a while: say that somebody writes, in the pack's words, and then what its world does meanwhile."""
        if self._clock() - self._since < (QUIET, PAUSE - QUIET, NEXT)[min(self._said, 2)]:
            return
        self._since = self._clock()
        waiting = self._pack.waiting if self._pack else None
        if self._said == 0:
            words = waiting.words[self._turn % len(waiting.words)] if waiting and waiting.words else "One moment"
            writer = f"{self._writer} is writing. " if self._writer else ""
            self._scroll.aside(f"{words}… {writer}Ctrl-C: do not wait for it.")
        elif waiting and self._said <= len(waiting.pauses):
            self._scroll.aside(waiting.pauses[(self._turn + self._said - 1) % len(waiting.pauses)])
        self._said += 1

    def _interrupted(self) -> None:
        """Once: the player will not wait for the model. Once more: the player leaves."""
        if self._stopped or self._now or not self._pack:
            self._leave()
        else:
            self._stopped = True
            self._session.submit(StopWaiting())
            self._scroll.aside("The offline storyteller finishes this scene. Ctrl-C again: leave.")

    def _sources(self, scene: Scene) -> None:
        for beat in scene.beats:
            text = shorten(beat.text, 50, placeholder="…")
            self._scroll.aside(f"“{text}” by the {beat.source.by}, via {beat.source.via}, from {beat.source.ref}")

    def _leave(self) -> None:
        self._exit = Exit.PLAYED
        if self._pack is None:
            return
        if self._file is None:
            self._scroll.aside("Not saved: this playthrough has no file.")
        elif self._keeps:
            self._scroll.aside(f"Saved in {self._file}")
        else:
            self._scroll.aside(f"Not saved to the end: what was read before its file took no more is in {self._file}")

    def _stop(self, code: int, message: str) -> None:
        print(f"unwritten: {message}", file=sys.stderr)
        self._exit = code


def _number(answer: str, count: int) -> int | None:
    """The index that a number from 1 to `count` stands for; None when the answer is no such number."""
    if answer.isascii() and answer.isdecimal() and len(answer) < 4 and 1 <= int(answer) <= count:
        return int(answer) - 1
    return None
