"""The one façade that every front end plays through: commands in, events out. It owns the worker thread and the clock.

front end ── submit(command) ──> worker thread: journal, director, narrator, client
          <── poll() / wait() ── events
"""

from __future__ import annotations

import asyncio
import threading
import time
import traceback
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from game.journal import JournalError
from game.session.commands import (
    Begin,
    Command,
    Continue,
    Leave,
    LookAround,
    LookAt,
    Move,
    Retell,
    Set,
    StopWaiting,
    TryPack,
    TryTeller,
)
from game.session.events import Broken, CannotStart, Event, Left, Notice
from game.session.library import Library, StartError, Timing

if TYPE_CHECKING:
    from game.narrator import Clock, Sleep
    from game.session.playthrough import Playthrough


LOOK_AGAIN = 1.0
"""Seconds between two looks at the files of the pack that is played."""

Work = Callable[[], Awaitable[None]]


class Session:
    """Plays one playthrough at a time.

    With `threaded` all work is done on a thread of the session's own, and `submit` and `poll` never wait. Without, `submit`
    returns when the work is done: for headless runs.
    """

    def __init__(
        self,
        library: Library | None = None,
        *,
        threaded: bool = True,
        sleep: Sleep = asyncio.sleep,
        clock: Clock = time.monotonic,
    ) -> None:
        self._library = library or Library()
        self._timing = Timing(sleep, clock, reader=threaded)
        self._events: deque[Event] = deque()
        self._arrived = threading.Condition()
        self._play: Playthrough | None = None
        self._last: asyncio.Task[None] | None = None
        self._closing: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._queued = 0
        self._closed = False
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="session", daemon=True) if threaded else None
        if self._thread:
            self._thread.start()

    def submit(self, command: Command) -> None:
        """Ask for something; the answer comes as events."""
        if self._closed:
            return
        if self._thread:
            self._loop.call_soon_threadsafe(self._start, command)
        else:
            self._loop.run_until_complete(self._handle(partial(self._do, command)))

    def poll(self) -> tuple[Event, ...]:
        """What has happened since the last call. Never waits."""
        with self._arrived:
            events = tuple(self._events)
            self._events.clear()
        return events

    def wait(self, timeout: float | None = None) -> tuple[Event, ...]:
        """Like `poll`, but waits up to `timeout` seconds for something to happen."""
        if self._thread:
            with self._arrived:
                self._arrived.wait_for(lambda: self._events, timeout)
        return self.poll()

    def close(self) -> None:
        """Stop all work, close the playthrough and the client. Returns within a second or so, whatever the client does."""
        if self._closed:
            return
        self._closed = True
        if self._thread:
            self._loop.call_soon_threadsafe(lambda: asyncio.ensure_future(self._shut()))
            self._thread.join(timeout=3)
        else:
            self._loop.run_until_complete(self._leave())
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
            self._loop.close()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()

    async def _shut(self) -> None:
        others = self._tasks.copy()
        self._cancel_all()
        if others:
            await asyncio.wait(others, timeout=1)
        try:
            await self._leave()
        finally:
            self._loop.stop()

    def _emit(self, event: Event) -> None:
        with self._arrived:
            self._events.append(event)
            self._arrived.notify_all()

    def _start(self, command: Command) -> None:
        """On the worker: what interrupts is done at once, all else in turn."""
        if isinstance(command, StopWaiting):
            self._stop_waiting()
        elif isinstance(command, Set):
            self._set(command)
        elif isinstance(command, TryTeller | TryPack | LookAround | LookAt) or self._goes_beside(command):
            self._task(self._handle(partial(self._do, command)))
        elif not self._leads_nowhere(command):
            self._make_way(command)
            self._line_up(partial(self._do, command))

    def _line_up(self, work: Work) -> None:
        """Do this when all that was asked for before is done."""
        self._queued += 1
        self._last = self._task(self._after(self._last, work))
        self._last.add_done_callback(self._dequeue)

    def _goes_beside(self, command: Command) -> bool:
        """Whether it need not wait for the scene that is being told, if nothing else is waited for."""
        return self._play is not None and self._queued == 1 and self._play.answers_beside(command)

    def _leads_nowhere(self, command: Command) -> bool:
        """Whether it is a move that breaks off no scene, since it leads nowhere; that is said at once."""
        return self._play is not None and self._queued == 1 and isinstance(command, Move) and self._play.leads_nowhere(command)

    def _make_way(self, command: Command) -> None:
        """Break off what this command is not to wait for."""
        if isinstance(command, Leave | Begin | Continue):
            self._cancel_all()
        elif isinstance(command, Retell):
            # Whole first, and at once: then it is a telling that can be turned back to.
            self._stop_waiting()
        elif isinstance(command, Move) and self._play:
            self._play.make_way()

    def _dequeue(self, task: asyncio.Task[None]) -> None:
        self._queued -= 1

    def _task(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def _cancel_all(self) -> None:
        for task in self._tasks:
            task.cancel()

    async def _after(self, before: asyncio.Task[None] | None, work: Work) -> None:
        if before and not before.done():
            await asyncio.wait([before])
        await self._handle(work)

    async def _handle(self, work: Work) -> None:
        """Nothing that goes wrong here may end the session without a word."""
        try:
            await work()
        except StartError as error:
            self._emit(CannotStart(str(error), error.problems))
        except JournalError as error:
            self._emit(Broken(self._library.what_stops(error, self._play.journal.path if self._play else None)))
        except Exception as error:
            self._emit(Broken(_where(error)))

    async def _do(self, command: Command) -> None:
        match command:
            case LookAround():
                self._emit(await self._library.look_around())
            case Begin() | Continue():
                await self._leave()
                self._play, started = await self._library.open(command, self._emit, self._timing)
                self._emit(started)
                if self._thread:
                    self._task(self._look_again(self._play))
                await self._play.take_up()
            case StopWaiting():
                self._stop_waiting()
            case Set():
                self._set(command)
            case TryTeller(teller):
                self._emit(await self._library.try_teller(teller))
            case TryPack(path):
                self._emit(self._library.try_pack(path))
            case Leave():
                journal = await self._leave()
                self._emit(Left(journal))
            case LookAt():
                if self._play:
                    self._play.look_at(command.slot, command.scene)
            case _ if self._play:
                from game.session.answering import answer

                await answer(self._play, command)
            case _:
                self._emit(Notice("no_story", "No story is open."))

    async def _look_again(self, play: Playthrough) -> None:
        """Have the pack of a playthrough read again when its files change, for as long as it is played."""
        while self._play is play:
            await self._timing.sleep(LOOK_AGAIN)
            # While something is told or waited for, nothing is looked at: the change is there afterwards, too.
            if self._queued == 0 and self._play is play and play.pack_was_changed():
                self._line_up(partial(play.reload, asked=False))

    def _stop_waiting(self) -> None:
        """For the scene that is being told; or that will be, when its pick is on its way still."""
        if self._play:
            self._play.stop(soon=bool(self._last and not self._last.done()))

    def _set(self, command: Set) -> None:
        self._library.change(command.settings)
        if self._play:
            self._library.settle(self._play, self._timing)

    async def _leave(self) -> Path | None:
        """Close the playthrough; where it is kept. What was begun of that is not broken off: whoever asks next waits for it."""
        play, self._play = self._play, None
        if play:
            self._closing = self._loop.create_task(play.close())
        if self._closing and not self._closing.done():
            await asyncio.shield(self._closing)
        return play.journal.path if play else None


def _where(error: Exception) -> str:
    """What to put into a bug report, in one line."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(last.filename).name}:{last.lineno}"
    return f"a fault in the program: {type(error).__name__}: {error} ({where}); what was read is saved"
