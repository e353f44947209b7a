"""One run at a terminal: listens to the session, asks the player, and prints on a scroll."""

import sys
import time
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from game.packs import Pack
from game.packs.diagnostic import printable
from game.scroll import Scroll
from game.session import (
    BeatGrew,
    Begin,
    Broken,
    CannotStart,
    ClientFailed,
    Command,
    Continue,
    Edited,
    Ended,
    Event,
    Exit,
    Leave,
    LookAround,
    MapReady,
    Marks,
    Notice,
    NotReloaded,
    Picked,
    Priced,
    Reload,
    Reloaded,
    SaveCard,
    SceneBegan,
    SceneReady,
    Session,
    ShelfReady,
    Started,
    StopWaiting,
)
from game.terminal.answers import HINT, Answers
from game.terminal.rereading import left_aside, taken_up
from game.terminal.silence import Silence
from game.typed import REFUSALS, number

TICK = 1.0
"""Seconds of silence after which it is looked whether the player should hear something."""
UNANSWERED = REFUSALS | {"keeps_its_pack"}
"""The codes of the notices that answer a wish by which nothing has changed."""
SHOWN = 9
"""Saved playthroughs that are listed."""


class Terminal:
    """One run. `ask` reads a line from the player; it raises EOFError at the end of the input. `clock` gives seconds."""

    def __init__(
        self,
        session: Session,
        console: Console | None = None,
        ask: Callable[[str], str] = input,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._session = session
        self._scroll = Scroll(console or Console(highlight=False))
        self._answers = Answers(self._scroll)
        self._ask = ask
        self._silence = Silence(clock)
        self._heard: deque[Event] = deque()
        self._begin: Begin | Continue = Begin("")
        self._pack: Pack | None = None
        # What the player reads and may answer now, and what they read when they asked for something that has not come yet.
        self._now: SceneReady | None = None
        self._before: SceneReady | None = None
        # Whether it was to have the pack read again.
        self._rereads = False
        self._file: Path | None = None
        self._keeps = True
        self._stopped = False
        self._exit: int | None = None

    def play(self, begin: Begin | Continue, offer_saves: bool = False) -> int:
        """Play until the player leaves; the exit code. With `offer_saves` the player may take up a saved playthrough in place of
        `begin`."""
        self._begin = begin
        self._silence.broken()
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
            self._scroll.aside(self._silence.words(self._pack))
        self._hear_all()
        if self._now and self._exit is None:
            self._choose(self._now)

    def _hear_all(self) -> None:
        while self._heard and self._exit is None:
            self._silence.broken()
            self._hear(self._heard.popleft())

    def _hear(self, event: Event) -> None:
        match event:
            case ShelfReady():
                self._offer([save for save in event.saves if not save.ended])
            case Started():
                self._started(event)
            case SceneReady():
                self._ready(event)
            case Ended():
                self._ended(event)
            case Edited() | Marks() | MapReady():
                self._answered(event)
            case Reloaded() | NotReloaded():
                self._reread(event)
            case Notice():
                self._noticed(event)
            case CannotStart():
                self._stop(Exit.UNUSABLE, event.message)
            case ClientFailed() | Broken():
                self._stop(Exit.FAILED, event.message)
            case _:
                self._told(event)

    def _told(self, event: Event) -> None:
        """What is only printed."""
        match event:
            case Priced(prompt_tokens, reply_tokens):
                self._scroll.aside(f"A scene takes about {prompt_tokens} tokens of prompt and at most {reply_tokens} of reply.")
            case SceneBegan():
                self._now, self._before, self._stopped = None, None, False
                self._silence.scene(event.writer, event.turn)
                self._scroll.heading(event.title, event.place)
            case BeatGrew():
                self._scroll.grow(event.index, event.beat, event.done)
            case Picked():
                self._scroll.picked(event.text)
            case _:
                pass

    def _offer(self, saves: list[SaveCard]) -> None:
        """Let the player take up one of the playthroughs that have no end yet, the latest first."""
        shown = saves[:SHOWN]
        if shown:
            self._scroll.saves(shown)
        answer = self._answer() if shown else ""
        if answer == "quit":
            self._exit = Exit.PLAYED
        elif (which := number(answer)) and which <= len(shown):
            self._session.submit(
                Continue(shown[which - 1].journal, self._begin.teller, require_client=self._begin.require_client)
            )
        else:
            self._session.submit(self._begin)

    def _started(self, event: Started) -> None:
        self._pack, self._file = event.pack, event.journal
        self._answers.pack = event.pack
        self._scroll.title(event.pack)
        teller = "the offline storyteller" if event.client == "stub" else f"{event.model} ({event.client})"
        reading = " What was told can be read on every way; nothing new is told." if event.read_only else ""
        self._scroll.aside(f"Told by {teller}.{reading} {HINT}")

    def _ready(self, event: SceneReady) -> None:
        """A scene is whole. An ending is asked about when all that is said of it was heard."""
        if event.recalled:
            self._scroll.scene(event.scene)
        self._now, self._before = (None, event) if event.scene.ending else (event if event.settled else None, None)
        if self._now:
            self._scroll.choices(event.scene, event.branches)
        self._scroll.telling(event.branches)

    def _ended(self, event: Ended) -> None:
        self._scroll.ended(event)
        self._scroll.aside("b: back to the choice before. m: the map. q: leave.")
        self._now, self._before = self._before, None

    def _answered(self, event: Edited | Marks | MapReady) -> None:
        """What was asked for about the tree, without leaving the scene, is there. What is kept is told of at the start, too."""
        self._now, self._before = self._before or self._now, None
        match event:
            case Edited():
                self._edited(event)
            case Marks():
                self._answers.marks = event.cards
                if self._now:
                    self._scroll.marks(event.cards)
            case MapReady():
                self._scroll.map(event)

    def _edited(self, event: Edited) -> None:
        now = self._now
        if now and now.scene.key == event.scene:
            beats = (*now.scene.beats[: event.index], event.beat, *now.scene.beats[event.index + 1 :])
            self._now = replace(now, scene=replace(now.scene, beats=beats))
        self._scroll.aside(f"Paragraph {event.index + 1} now reads:")
        self._scroll.paragraph(event.beat)

    def _reread(self, event: Reloaded | NotReloaded) -> None:
        """The pack was read again: the player asked for that, or its author changed it while they were reading."""
        if isinstance(event, Reloaded):
            self._pack = self._answers.pack = event.pack
        for line in taken_up(event) if isinstance(event, Reloaded) else left_aside(event):
            self._scroll.aside(line)
        if isinstance(event, Reloaded) and event.again:
            self._now, self._before = None, None
        elif self._rereads:
            self._now, self._before = self._before or self._now, None
        self._rereads = False

    def _noticed(self, event: Notice) -> None:
        self._keeps = self._keeps and event.code != "not_kept"
        self._scroll.aside(event.words)
        if event.code in UNANSWERED:
            self._now, self._before = self._before or self._now, None

    def _choose(self, now: SceneReady) -> None:
        """Have the player say something, and do it: at the scene that they had before them."""
        said = self._answer()
        meanwhile = self._session.poll()
        self._heard.extend(meanwhile)
        self._hear_all()
        # What was asked for has been done by itself, just now, and was told.
        reread = said.lower() == "reload" and any(isinstance(event, Reloaded | NotReloaded) for event in meanwhile)
        if self._exit is not None or reread:
            return
        if said != "quit" and (self._now is None or self._now.scene.key != now.scene.key):
            self._scroll.aside("The scene was told anew before that was read. If it still holds, say it again." if said else "")
            return
        command = self._answers.to(said, self._now or now)
        if isinstance(command, Leave):
            self._leave()
        elif command:
            self._wish(command)

    def _wish(self, command: Command) -> None:
        """Ask the session for something that it answers."""
        self._now, self._before = None, self._now
        self._rereads = isinstance(command, Reload)
        self._session.submit(command)

    def _answer(self) -> str:
        """What the player says; the end of the input, and an interruption, are a wish to leave."""
        try:
            said = self._ask("> ").strip()
        except (EOFError, KeyboardInterrupt):
            return "quit"
        finally:
            self._silence.broken()
        return "quit" if said.lower() in ("q", "quit", "exit") else said

    def _interrupted(self) -> None:
        """Once: the player will not wait for the model. Once more: the player leaves."""
        if self._stopped or self._now or not self._pack:
            self._leave()
        else:
            self._stopped = True
            self._session.submit(StopWaiting())
            self._scroll.aside("The offline storyteller finishes this scene. Ctrl-C again: leave.")

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
        print(printable(f"unwritten: {message}"), file=sys.stderr)
        self._exit = code
