"""One run without a screen: what to play, who picks, what is printed, and the exit code."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TextIO

import orjson

from game.headless.picks import BadChoice, Bot, Picks
from game.headless.plain import Plain
from game.headless.rows import (
    Row,
    choice_row,
    edit_row,
    end_row,
    map_row,
    marks_row,
    move_row,
    notice_row,
    scene_row,
    start_row,
)
from game.packs import Pack
from game.packs.diagnostic import printable
from game.session import (
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
    MapReady,
    Marks,
    Notice,
    Picked,
    Priced,
    SceneReady,
    Started,
)
from game.story import Mark
from game.storymap import as_text, names_of
from game.typed import REFUSALS, Unclear

TOLD = REFUSALS | {"no_steer"}
"""The codes of notices that answer a word: they are rows of their own."""


class Playable(Protocol):
    """What a run needs of a session."""

    def submit(self, command: Command) -> None: ...

    def wait(self, timeout: float | None = None) -> tuple[Event, ...]: ...


@dataclass(frozen=True, slots=True)
class Run:
    """What to play and how. `choices` are indices from 0; None with no bot reads them from `source`, one a line, and the words
    of the story tree."""

    begin: Begin | Continue
    choices: tuple[int, ...] | None = None
    bot: Bot | None = None
    max_scenes: int | None = None
    as_json: bool = True


def play(run: Run, session: Playable, out: TextIO | None = None, err: TextIO | None = None, source: TextIO | None = None) -> int:
    """Play to an ending, to `max_scenes`, or until the choices run out; the exit code. It has failed if its file did not take
    all of it. After an ending, a word of the story tree from `source` still leads on; anything else is left. What is not given
    is the standard stream as it is now."""
    out, err, source = out or sys.stdout, err or sys.stderr, source or sys.stdin
    return _Player(run, session, lambda text: print(text, file=out, flush=True), err, source).play()


class _Player:
    """One run, from the first command to the exit code."""

    def __init__(self, run: Run, session: Playable, show: Callable[[str], None], err: TextIO, source: TextIO) -> None:
        self._run = run
        self._session = session
        self._print = show
        self._plain = None if run.as_json else Plain()
        self._err = err
        self._picks = Picks(run.bot, run.choices, source)
        self._pack: Pack | None = None
        self._scenes = 0
        # The scene at which something may be said, and the one at which something was said that is not answered yet.
        self._now: SceneReady | None = None
        self._before: SceneReady | None = None
        self._by = ""
        self._marks: tuple[Mark, ...] = ()
        self._hash = ""
        self._ending: str | None = None
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
                if self._now:
                    self._go_on(self._now)
        return self._exit

    def _go_on(self, now: SceneReady) -> None:
        """At a scene that is ready: end, or do what is said next."""
        over = now.scene.ending is not None
        if not over and self._run.max_scenes is not None and self._scenes >= self._run.max_scenes:
            return self._end("max_scenes")
        try:
            wish = self._picks.next(now, self._marks)
        except (BadChoice, Unclear) as error:
            return self._stop(Exit.FAILED, str(error))
        if wish is None:
            return self._leave() if over else self._end("out_of_choices")
        self._now, self._before, self._by = None, now, wish.by
        self._session.submit(wish.command)
        return None

    def _hear(self, event: Event) -> None:
        match event:
            case Started():
                self._started(event)
            case SceneReady():
                self._ready(event)
            case Picked():
                self._show(choice_row(event))
            case Ended():
                self._ending = event.ending
                self._show_end("ending")
            case Edited() | Marks() | MapReady():
                self._answered(event)
            case Notice():
                self._noticed(event)
            case Priced():
                self._say(_price(event))
            case CannotStart():
                self._stop(Exit.UNUSABLE, event.message)
            case ClientFailed() | Broken():
                self._stop(Exit.FAILED, event.message)
            case _:
                pass

    def _started(self, event: Started) -> None:
        self._picks.seed, self._pack = event.seed, event.pack
        if self._plain:
            self._plain.pack = event.pack
        self._show(start_row(event))

    def _ready(self, event: SceneReady) -> None:
        if self._by:
            self._show(move_row(event, self._by))
        self._now, self._before, self._by = (event if event.settled else None), None, ""
        self._ending = None
        self._scenes += 1
        self._hash = event.state.hash
        self._show(scene_row(event))

    def _answered(self, event: Edited | Marks | MapReady) -> None:
        """What was asked for without leaving the scene. What is kept is told of at the start, too, where nobody has asked."""
        wanted = self._before is not None
        self._back()
        match event:
            case Edited():
                self._show(edit_row(event))
            case Marks():
                self._marks = tuple(card.mark for card in event.cards)
                if wanted:
                    self._show(marks_row(event))
            case MapReady():
                self._show_map(event)

    def _noticed(self, event: Notice) -> None:
        if event.code in TOLD:
            self._show(notice_row(event))
        elif event.code == "not_kept":
            self._kept = False
            self._say(event.words)
        elif event.fault or event.code == "pack_changed":
            self._say(" ".join(event.words.split("\n")))
        if event.code in REFUSALS:
            self._back()

    def _back(self) -> None:
        """What was said last has led nowhere else. A bot would say it again, and a list has no more to say to this scene."""
        picked = self._before is not None and not self._by
        self._now, self._before, self._by = self._before or self._now, None, ""
        if picked and not self._picks.from_lines:
            self._end("out_of_choices")

    def _end(self, reason: str) -> None:
        self._show_end(reason)
        self._leave()

    def _show_end(self, reason: str) -> None:
        self._show(end_row(reason, self._ending, self._scenes, self._hash))

    def _leave(self) -> None:
        self._exit = Exit.PLAYED if self._kept else Exit.FAILED

    def _show(self, row: Row) -> None:
        self._print(printable(self._plain.text(row)) if self._plain else _json(row))

    def _show_map(self, event: MapReady) -> None:
        names = names_of(event.map, self._pack)
        self._print(as_text(event.map, names) if self._plain else _json(map_row(event, names)))

    def _stop(self, code: int, message: str) -> None:
        self._say(message)
        self._exit = code

    def _say(self, message: str) -> None:
        print(printable(f"unwritten: {message}"), file=self._err, flush=True)


def _json(row: Row) -> str:
    return orjson.dumps(row).decode()


def _price(event: Priced) -> str:
    return f"a scene takes about {event.prompt_tokens} tokens of prompt and at most {event.reply_tokens} of reply"
