"""From a brief to a scene, whatever the client does: the tellings of one playthrough, through one client."""

import asyncio
import time
from collections.abc import Callable, Sequence

from game.clients import LLMClient, SceneRequest, Usage
from game.journal import LoggedAttempt
from game.narrator.ahead import Ahead, Lane, Policy
from game.narrator.desk import RECALLED, Clock, Desk, Sleep
from game.narrator.events import Attempted
from game.narrator.listening import Listening
from game.narrator.recap import recap_of
from game.narrator.rehearsal import told_offline
from game.narrator.telling import Hear, Telling
from game.narrator.trail import Trail
from game.packs import Pack
from game.story import Attempt, Beat, Brief, Player, Recap, Scene, Source, canonical


class Narrator:
    """Tells the scenes of one playthrough through one client."""

    def __init__(
        self, pack: Pack, player: Player, client: LLMClient, sleep: Sleep = asyncio.sleep, clock: Clock = time.monotonic
    ) -> None:
        self._desk = Desk(pack, player, client, sleep, clock)
        self._current: Telling | None = None

    @property
    def client(self) -> LLMClient:
        return self._desk.client

    @property
    def is_offline(self) -> bool:
        """Whether the offline storyteller tells, and no client is asked."""
        return self._desk.client is self._desk.stub

    def offline(self, brief: Brief) -> Scene:
        """The scene of `brief` as the offline storyteller would tell it. Nothing is told by that."""
        return told_offline(self._desk.stub, brief)

    def read_again(self, pack: Pack) -> None:
        """Tell by this pack, which took the place of the one before, from the next scene on. A client that is asked stays."""
        self._desk.read_again(pack)

    def telling(
        self,
        brief: Brief,
        trail: Trail | None = None,
        log: Sequence[LoggedAttempt] = (),
        sealed: bool = False,
        ahead: bool = False,
        shown: Sequence[Beat] = (),
    ) -> Telling:
        """A telling of the scene of `brief`, to be run."""
        return Telling(self._desk, brief, trail or Trail(), log, sealed, ahead, shown)

    async def tell(self, brief: Brief, trail: Trail, hear: Hear, log: Sequence[LoggedAttempt] = ()) -> Scene:
        """The scene of `brief`, told at once."""
        return await self.finish(self.telling(brief, trail, log), hear)

    async def finish(self, telling: Telling, hear: Hear) -> Scene:
        """The scene of a telling; while it is told, `stop` is for it."""
        self._current = telling
        try:
            return await telling.run(hear)
        finally:
            self._over(telling)

    async def go_on(self, lane: Lane, hear: Hear) -> Scene:
        """The scene of a lane that is wanted now: first what it has reported, then as it comes."""
        self._current = lane.telling
        try:
            for report in lane.merged():
                hear(report)
            lane.telling.want(hear)
            return await lane.scene()
        finally:
            self._over(lane.telling)

    def stop(self) -> bool:
        """Do not wait for the client any longer: what is missing of the scene being told is written offline. Whether one is."""
        if self._current:
            self._current.stop()
        return self._current is not None

    def _over(self, telling: Telling) -> None:
        """A telling has ended. One that was broken off may end when the next is under way already."""
        if self._current is telling:
            self._current = None

    def request(self, brief: Brief) -> SceneRequest:
        """The request for the first scene of a story."""
        return self._desk.first(brief)

    async def price(self, brief: Brief, trail: Trail) -> tuple[int, int]:
        """Tokens of the request for a scene, about, and of the reply at its most."""
        request, _, _ = await self._desk.lay(brief, trail)
        return self._desk.cost(canonical(request.wire())), request.max_tokens

    async def recap(self, brief: Brief, trail: Trail, hear: Hear) -> Recap | None:
        """A recap of all up to the scene of `brief`, the last one told, if one will be wanted soon and the client writes one that
        can be used. `trail` is that of the scene to come."""
        if not self._desk.recap_due(brief, trail) or not self._desk.breaker.may_ask():
            return None
        known = trail.recap
        told = trail.past(min(brief.turn - (known.upto if known else 0), RECALLED))
        request = self._desk.recap_request(brief, told, known)
        attempt, usage = await Listening(self._desk, request).run(lambda piece, parts: None)
        self._desk.learn(request, attempt, usage)
        hear(Attempted(request, attempt, False, usage))
        made = recap_of(self._desk.pack, told, known, attempt.reply, Source("model", self._desk.via, request.hash))
        return made if isinstance(made, Recap) else None

    def ahead(self, policy: Policy, cap: int | None, lost: Callable[[str, Usage], None]) -> Ahead:
        """Scenes written ahead by this narrator's client: at most as many at once as it serves."""
        return Ahead(policy, self.client.capabilities.parallel, cap, self._desk.clock, self._desk.cost, lost)

    def came_of(self, lane: Lane) -> tuple[Usage, float]:
        """What a scene ahead took so far, and the seconds that it saved if it is wanted now."""
        return lane.took(self._desk.cost), lane.saved(self._desk.clock())

    def took(self, request: SceneRequest, attempt: Attempt) -> Usage:
        """What an attempt took whose usage nobody told, about."""
        return Usage(sum(self._desk.cost(message.content) for message in request.messages), self._desk.cost(attempt.reply))
