"""From a pick that is stored to the scene that is committed: told, stored as it grows. A move may break it off on the way."""

import asyncio
from dataclasses import dataclass

from game.director import Plan
from game.journal import Node, Pending
from game.narrator import Lane, Narrator, Report, Trail
from game.narrator.ahead import HANG_UP
from game.session.behind import Behind
from game.session.events import ClientFailed, SceneBegan
from game.session.manner import Manner
from game.session.meanwhile import Meanwhile
from game.session.recorded import Recorded
from game.session.scribe import Emit, Scribe
from game.story import Scene


@dataclass(eq=False)
class Turn:
    """A scene on its way; `lane` is as much of it as was written ahead. `left` is done once it was broken off; None where nothing
    comes in between."""

    pending: Pending
    plan: Plan
    lane: Lane | None
    left: asyncio.Future[None] | None = None
    task: asyncio.Task[Node | None] | None = None

    @property
    def is_left(self) -> bool:
        return self.left is not None and self.left.done()


class Turns:
    """Tells the scenes of one playthrough, one at a time."""

    def __init__(
        self,
        narrator: Narrator,
        scribe: Scribe,
        behind: Behind,
        meanwhile: Meanwhile,
        recorded: Recorded,
        emit: Emit,
        manner: Manner,
    ) -> None:
        self._narrator = narrator
        self._scribe = scribe
        self._behind = behind
        self._meanwhile = meanwhile
        self._recorded = recorded
        self._emit = emit
        self._manner = manner
        self._turn: Turn | None = None
        self._ending: set[asyncio.Task[Node | None]] = set()
        self._stop_next = False

    @property
    def telling(self) -> bool:
        """Whether a scene is being told."""
        return self._turn is not None

    @property
    def writer(self) -> str:
        """Who writes, in words."""
        client = self._narrator.client
        return "the offline storyteller" if client.capabilities.authored else f"{client.model} ({client.name})"

    async def tell(self, pending: Pending, plan: Plan) -> Node | None:
        """The scene of a pick, committed; None when it was broken off, or the client failed that had to tell it."""
        # What was asked for a scene before is gone on from, and no scene is told again ahead: then nothing ahead is wanted.
        lane = self._meanwhile.take("" if pending.attempts or pending.telling else pending.slot)
        turn = self._turn = Turn(pending, plan, lane)
        try:
            return await (self._breakable(turn) if self._manner.reader else self._tell(turn))
        finally:
            if self._turn is turn:
                self._turn = None

    def break_off(self) -> None:
        """Tell the scene no further. What was shown and heard of it stays; what may come of it still, nobody hears."""
        turn, self._turn = self._turn, None
        if turn and turn.left and turn.task and not turn.task.done():
            turn.left.set_result(None)
            turn.task.cancel()
            self._ending.add(turn.task)
            turn.task.add_done_callback(self._ending.discard)

    def stop(self, soon: bool = False) -> None:
        """Do not wait for the client any longer; `soon`: in the scene whose pick is on its way."""
        self._stop_next = not self._narrator.stop() and soon

    def wait_again(self) -> None:
        """The scene that comes next is waited for, whatever was said of one before."""
        self._stop_next = False

    async def quiet(self) -> None:
        """Return when the requests of what was broken off, or begun ahead for nothing, have ended."""
        if self._ending:
            await asyncio.wait(self._ending, timeout=HANG_UP)
        await self._meanwhile.quiet()

    async def _breakable(self, turn: Turn) -> Node | None:
        turn.left = asyncio.get_running_loop().create_future()
        task = turn.task = asyncio.create_task(self._tell(turn))
        task.add_done_callback(_unheard)
        try:
            await asyncio.wait((task, turn.left), return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            # The playthrough itself is left: that goes on when nothing here does any more.
            task.cancel()
            await asyncio.wait({task})
            raise
        return None if turn.is_left else task.result()

    async def _tell(self, turn: Turn) -> Node | None:
        pending, brief = turn.pending, turn.plan.brief
        if turn.lane is None:
            # Nothing that was begun for others is to come before it.
            await self.quiet()
        trail = self._behind.trail(pending.parent, self._narrator.client.capabilities.reads_prompt)
        await self._scribe.price(brief, trail)
        if turn.is_left:
            return None
        self._emit(SceneBegan(brief.turn, brief.key, brief.title, brief.place, brief.present, self.writer))
        scene = await self._told(turn, trail)
        if turn.is_left:
            return None
        if scene.fallback and self._manner.require_client:
            message = f"{self.writer} could not write scene {scene.turn} ({scene.fallback}); what was read is kept."
            self._emit(ClientFailed(message))
            return None
        node = Node(pending.key, pending.parent, pending.slot, pending.telling, turn.plan.effects, brief.state, scene)
        self._scribe.commit(node, self.writer)
        return node

    async def _told(self, turn: Turn, trail: Trail) -> Scene:
        brief, pending, lane = turn.plan.brief, turn.pending, turn.lane
        stop, self._stop_next = self._stop_next, False
        self._scribe.begin(retold=pending.telling > 0)
        log, sealed = self._recorded.log(pending)
        copying = log is not pending.attempts

        def hear(report: Report) -> None:
            if not turn.is_left:
                self._scribe.hear(brief, report, copying)

        if lane:
            if lane.asked:
                self._scribe.found_ahead(lane.slot, *self._narrator.came_of(lane))
            if stop:
                lane.telling.stop()
            return await self._narrator.go_on(lane, hear)
        telling = self._narrator.telling(brief, trail, log, sealed, shown=pending.shown)
        if stop:
            telling.stop()
        return await self._narrator.finish(telling, hear)


def _unheard(task: asyncio.Task[Node | None]) -> None:
    """What a scene failed with that nobody waits for any more is nobody's."""
    if not task.cancelled():
        task.exception()
