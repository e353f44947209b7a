"""One playthrough, turn by turn: a pick is stored, a scene planned, told, stored as it grows, and committed."""

import asyncio
from dataclasses import dataclass

from game.director import Director, Step
from game.journal import Journal, LoggedAttempt, Node, Pending, Recording
from game.ledger import left_open
from game.narrator import Lane, Narrator, Policy, Trail
from game.narrator.ahead import HANG_UP
from game.narrator.breaker import RESTING
from game.packs import Pack
from game.session.behind import Behind
from game.session.credits import credits_of
from game.session.events import ClientFailed, Ended, Notice, Picked, Priced, SceneBegan, SceneReady
from game.session.keeping import Keeper
from game.session.scribe import Emit, Scribe
from game.session.tally import tally_of
from game.session.trace import Trace
from game.story import ROOT, Brief, Scene, StoryState, node_key


@dataclass(frozen=True, slots=True)
class Manner:
    """How a playthrough is played.

    `require_client`: stop when the client cannot write. `prefetch` is what is written ahead while the player reads, of at most
    `cap` tokens (None: no cap); with `reader` False nobody reads, and nothing is done meanwhile. `recording` is what the scenes
    are fed from, as far as it goes. `notices` are said first, and `keeper` keeps the story safe while its scenes are read.
    """

    require_client: bool = False
    prefetch: Policy = "off"
    cap: int | None = None
    reader: bool = True
    recording: Recording | None = None
    trace: Trace | None = None
    notices: tuple[Notice, ...] = ()
    keeper: Keeper | None = None


class Playthrough:
    """Plays one journal. Everything it has to say goes through `emit`, after it is in the journal."""

    def __init__(self, pack: Pack, journal: Journal, narrator: Narrator, emit: Emit, manner: Manner | None = None) -> None:
        self.narrator = narrator
        self._pack = pack
        self._emit = emit
        self._manner = manner or Manner()
        self._scribe = Scribe(journal, narrator, emit, self._manner.recording, self._manner.trace)
        self._director = Director(pack)
        self._behind = Behind(pack, self._director, lambda: self.journal, self._manner.recording)
        self._prompts = narrator.client.capabilities.reads_prompt
        self._ahead = narrator.ahead(self._manner.prefetch, self._manner.cap, self._scribe.wasted)
        self._meanwhile: asyncio.Task[None] | None = None
        self._priced = not narrator.client.capabilities.networked
        self._stop_next = False

    @property
    def journal(self) -> Journal:
        """The journal in use: the file, or memory once the file took no more."""
        return self._scribe.journal

    async def take_up(self) -> None:
        """Show where the story stands: the scene the player is at, and what is still to be told of the next."""
        head = self.journal.head
        pending = self.journal.pending
        for notice in self._manner.notices:
            self._emit(notice)
        self._say_what_changed()
        if head:
            self._ready(head, recalled=True, settled=pending is None)
        if pending is None and head is None:
            self._scribe.keep(lambda journal: journal.begin(ROOT, ""))
            pending = self.journal.pending
        if pending:
            if head and (choice := head.scene.choice(pending.slot)):
                self._picked(head.scene, choice.slot)
            await self._tell(pending)
        else:
            await self._go_on_behind(head)

    async def pick(self, slot: str, scene: str = "") -> None:
        """Take a choice of the current scene (of the scene with this key, if one is named), and tell what follows."""
        head = self.journal.head
        if head is None or (scene and scene != head.key) or head.scene.choice(slot) is None or self.journal.pending:
            self._emit(Notice("no_such_choice", f'"{slot}" is not a choice here.'))
            return
        self._scribe.keep(lambda journal: journal.begin(head.key, slot))
        self._picked(head.scene, slot)
        pending = self.journal.pending
        if pending:
            await self._tell(pending)

    def look_at(self, slot: str, scene: str = "") -> None:
        """The player's eye is on this choice."""
        head = self.journal.head
        if head and (not scene or scene == head.key):
            self._ahead.look_at(slot)

    @property
    def recorded(self) -> bool:
        """Whether its scenes are fed from a recording."""
        return self._manner.recording is not None

    def write_ahead(self, policy: Policy, cap: int | None) -> None:
        """Write so much ahead, from the next scene on, of at most `cap` tokens in this sitting."""
        self._ahead.change(policy, cap)

    def stop(self, soon: bool = False) -> None:
        """Do not wait for the client any longer; `soon`: in the scene whose pick is on its way."""
        self._stop_next = not self.narrator.stop() and soon

    async def close(self) -> None:
        """Let go of the journal and the client, whatever is the matter with what was done meanwhile."""
        try:
            await self._end_meanwhile()
            self._ahead.take("")
            await self._ahead.quiet()
        finally:
            if self._manner.keeper:
                self._manner.keeper.close()
            try:
                self.journal.close()
            finally:
                if self._manner.trace:
                    self._manner.trace.close()
                await self.narrator.client.aclose()

    @property
    def writer(self) -> str:
        """Who writes, in words."""
        client = self.narrator.client
        return "the offline storyteller" if client.capabilities.authored else f"{client.model} ({client.name})"

    def _picked(self, scene: Scene, slot: str) -> None:
        index = next(n for n, choice in enumerate(scene.choices) if choice.slot == slot)
        self._emit(Picked(scene.turn, slot, index, scene.choices[index].text))

    async def _tell(self, pending: Pending) -> None:
        lane = await self._scene_ahead(pending)
        plan = self._director.plan(pending.key, self.journal.header.seed, *self._from(pending), self.journal.header.player)
        brief = plan.brief
        trail = self._behind.trail(pending.parent, self._prompts)
        await self._say_price(brief, trail)
        self._emit(SceneBegan(brief.turn, brief.key, brief.title, brief.place, brief.present, self.writer))
        scene = await self._told(brief, trail, pending, lane)
        if scene.fallback and self._manner.require_client:
            message = f"{self.writer} could not write scene {scene.turn} ({scene.fallback}); what was read is kept."
            self._emit(ClientFailed(message))
            return
        node = Node(pending.key, pending.parent, pending.slot, pending.telling, plan.effects, brief.state, scene)
        self._scribe.keep(lambda journal: journal.commit(node))
        if self._manner.trace:
            self._manner.trace.scene(scene)
        if not scene.fallback:
            self._scribe.wrote(self.writer)
        self._ready(node)
        await self._go_on_behind(node)

    async def _scene_ahead(self, pending: Pending) -> Lane | None:
        """The scene of this pick if it was begun ahead; else nothing, once all that was begun for others has ended."""
        await self._end_meanwhile()
        # What was asked for a scene before is gone on from: then nothing ahead of it is wanted.
        lane = self._ahead.take("" if pending.attempts else pending.slot)
        if lane is None:
            await self._ahead.quiet()
        return lane

    async def _told(self, brief: Brief, trail: Trail, pending: Pending, lane: Lane | None) -> Scene:
        stop, self._stop_next = self._stop_next, False
        if lane:
            if lane.asked:
                self._scribe.found_ahead(lane.slot, *self.narrator.came_of(lane))
            if stop:
                lane.telling.stop()
            return await self.narrator.go_on(lane, lambda report: self._scribe.hear(brief, report))
        log, sealed = self._log(pending)
        copying = log is not pending.attempts
        telling = self.narrator.telling(brief, trail, log, sealed)
        if stop:
            telling.stop()
        return await self.narrator.finish(telling, lambda report: self._scribe.hear(brief, report, copying))

    def _log(self, pending: Pending) -> tuple[tuple[LoggedAttempt, ...], bool]:
        """The attempts that are there already, and whether they are all that there will be."""
        recording = self._manner.recording
        if pending.attempts or recording is None:
            return pending.attempts, False
        return recording.attempts.get(pending.key, ()), any(scene.key == pending.key for scene in recording.scenes)

    def _from(self, pending: Pending) -> tuple[StoryState, Step]:
        """Where the story was before the pending scene, and by what step it goes on."""
        if pending.parent == ROOT:
            return self.journal.header.initial, Step()
        parent = self.journal.node(pending.parent)
        return parent.state, self._step(parent, pending.slot)

    def _step(self, node: Node, slot: str) -> Step:
        choice = node.scene.choice(slot)
        outcome = self._director.outcome(node.scene.storylet, choice.outcome) if choice else None
        return Step(outcome, choice.text if choice else None, node.scene.storylet)

    async def _go_on_behind(self, node: Node | None) -> None:
        """While the scene is read: keep the story safe, make a recap if one is wanted soon, then the scenes that may come."""
        if node is None:
            return
        if self._manner.reader:
            self._meanwhile = asyncio.create_task(self._behind_the_scene(node))
            return
        await self._keep_safe()
        if self._may_ask(node):
            await self._recap(node)

    async def _keep_safe(self) -> None:
        if self._manner.keeper:
            await self._manner.keeper.scene_kept(self.journal)

    def _may_ask(self, node: Node) -> bool:
        """Whether anything may be asked for that is not this scene."""
        return not node.scene.ending and self._prompts and not self._manner.recording

    async def _behind_the_scene(self, node: Node) -> None:
        await self._keep_safe()
        if not self._may_ask(node):
            return
        await self._recap(node)
        slots = [choice.slot for choice in node.scene.choices if not self._is_told(node, choice.slot)]
        if self._ahead.policy == "off" or not slots:
            return
        trail = self._behind.trail(node.key, self._prompts)
        await self._say_price(self._brief_behind(node, slots[0]), trail)
        self._ahead.begin(slots, lambda slot: self.narrator.telling(self._brief_behind(node, slot), trail, ahead=True))

    def _brief_behind(self, node: Node, slot: str) -> Brief:
        """What the scene behind this choice would have to do."""
        header, key = self.journal.header, node_key(node.key, slot, 0)
        return self._director.plan(key, header.seed, node.state, self._step(node, slot), header.player).brief

    def _is_told(self, node: Node, slot: str) -> bool:
        return any(child.slot == slot for child in self.journal.children(node.key))

    async def _recap(self, node: Node) -> None:
        """Have a recap written before the window is full, so that the scene that needs it need not wait for it."""
        brief, _ = self._behind.past(node.key, 1)[0]
        trail = self._behind.trail(node.key, self._prompts)
        recap = await self.narrator.recap(brief, trail, lambda report: self._scribe.hear_aside(brief, report))
        if recap:
            self._scribe.keep(lambda journal: journal.keep_recap(recap))
            self._behind.remember(node.key, recap)

    async def _end_meanwhile(self) -> None:
        task, self._meanwhile = self._meanwhile, None
        if task is None:
            return
        if not task.done():
            task.cancel()
            await asyncio.wait([task], timeout=HANG_UP)
        elif error := task.exception():
            self._emit(Notice("not_ahead", f"Nothing was written ahead: {error}"))

    async def _say_price(self, brief: Brief, trail: Trail) -> None:
        if not self._priced:
            self._priced = True
            self._emit(Priced(*await self.narrator.price(brief, trail)))

    def _say_what_changed(self) -> None:
        if self.journal.header.pack_hash != self._pack.hash:
            words = f"{self._pack.title} has changed since this was begun; what was read stays as it was."
            self._emit(Notice("pack_changed", words))

    def _ready(self, node: Node, recalled: bool = False, settled: bool = True) -> None:
        scene = node.scene
        # While an endpoint rests, that was said, and who goes on.
        if scene.fallback and scene.fallback != RESTING and not recalled:
            began = any(beat.source.by == "model" for beat in scene.beats)
            self._emit(Notice("understudy", f"The offline storyteller {'finished' if began else 'told'} this scene."))
        self._emit(SceneReady(scene, node.state, recalled, settled))
        if scene.ending:
            self._over(node, scene.ending)

    def _over(self, node: Node, ending: str) -> None:
        scenes = [each.scene for each in self.journal.recent(node.key, node.scene.turn)]
        known = self._pack.endings.get(ending)
        self._emit(
            Ended(
                ending=ending,
                title=known.title if known else node.scene.title,
                scenes=node.scene.turn,
                credits=credits_of(self._pack, scenes),
                open_threads=tuple(self._pack.threads[name].text for name in self._left_open(node)),
                tally=tally_of(self.journal.spending()),
            )
        )

    def _left_open(self, node: Node) -> tuple[str, ...]:
        """The threads that the ending told at `node` leaves open."""
        return left_open(self._pack, node.state, node.scene.storylet or "")
