"""One playthrough, turn by turn: a pick is stored, a scene planned, told, stored as it grows, and committed."""

from collections.abc import Callable, Sequence

from game.director import Director, Step
from game.journal import Journal, Node, Pending, UnwritableJournal
from game.narrator import Attempted, Heard, Narrator, Report, Trouble
from game.packs import Pack
from game.session.credits import credits_of
from game.session.events import BeatGrew, ClientFailed, Ended, Event, Notice, Picked, Priced, SceneBegan, SceneReady
from game.story import ROOT, Brief, Scene, StoryState, canonical

Emit = Callable[[Event], None]


class Playthrough:
    """Plays one journal. Everything it has to say goes through `emit`, after it is in the journal."""

    def __init__(self, pack: Pack, journal: Journal, narrator: Narrator, emit: Emit, require_client: bool = False) -> None:
        self.journal = journal
        self.narrator = narrator
        self._pack = pack
        self._emit = emit
        self._require_client = require_client
        self._director = Director(pack)
        self._priced = not narrator.client.capabilities.networked
        self._told_faults: set[str] = set()

    async def take_up(self) -> None:
        """Show where the story stands: the scene the player is at, and what is still to be told of the next."""
        head = self.journal.head
        pending = self.journal.pending
        if head:
            self._ready(head, recalled=True, settled=pending is None)
        if pending is None and head is None:
            self._keep(lambda journal: journal.begin(ROOT, ""))
            pending = self.journal.pending
        if pending:
            if head and (choice := head.scene.choice(pending.slot)):
                self._picked(head.scene, choice.slot)
            await self._tell(pending)

    async def pick(self, slot: str, scene: str = "") -> None:
        """Take a choice of the current scene (of the scene with this key, if one is named), and tell what follows."""
        head = self.journal.head
        if head is None or (scene and scene != head.key) or head.scene.choice(slot) is None or self.journal.pending:
            self._emit(Notice("no_such_choice", f'"{slot}" is not a choice here.'))
            return
        self._keep(lambda journal: journal.begin(head.key, slot))
        self._picked(head.scene, slot)
        pending = self.journal.pending
        if pending:
            await self._tell(pending)

    def _picked(self, scene: Scene, slot: str) -> None:
        index = next(n for n, choice in enumerate(scene.choices) if choice.slot == slot)
        self._emit(Picked(scene.turn, slot, index, scene.choices[index].text))

    async def _tell(self, pending: Pending) -> None:
        header = self.journal.header
        state, step = self._from(pending)
        plan = self._director.plan(pending.key, header.seed, state, step, header.player)
        brief = plan.brief

        def past(n: int) -> Sequence[tuple[Brief, Scene]]:
            return self._past(pending.parent, n)

        self._say_price(brief, past)
        self._emit(SceneBegan(brief.turn, brief.key, brief.title, brief.place, brief.present, self.writer))
        recorded = [logged.attempt for logged in pending.attempts]
        scene = await self.narrator.tell(brief, past, lambda report: self._hear(brief, report), recorded)
        if scene.fallback and self._require_client:
            self._emit(
                ClientFailed(f"{self.writer} could not write scene {scene.turn} ({scene.fallback}); what was read is kept.")
            )
            return
        node = Node(pending.key, pending.parent, pending.slot, pending.telling, plan.effects, brief.state, scene)
        self._keep(lambda journal: journal.commit(node))
        if not scene.fallback:
            self._back_again()
        self._ready(node)

    @property
    def writer(self) -> str:
        """Who writes, in words."""
        client = self.narrator.client
        return "the offline storyteller" if client.capabilities.authored else f"{client.model} ({client.name})"

    def _from(self, pending: Pending) -> tuple[StoryState, Step]:
        """Where the story was before the pending scene, and by what step it goes on."""
        if pending.parent == ROOT:
            return self.journal.header.initial, Step()
        parent = self.journal.node(pending.parent)
        choice = parent.scene.choice(pending.slot)
        outcome = self._director.outcome(parent.scene.storylet, choice.outcome) if choice else None
        return parent.state, Step(outcome, choice.text if choice else None, parent.scene.storylet)

    def _past(self, key: str, n: int) -> list[tuple[Brief, Scene]]:
        """The last `n` scenes up to `key`, oldest first, each with its brief."""
        if key == ROOT or n <= 0:
            return []
        nodes = self.journal.recent(key, n + 1)
        parents = {node.key: node for node in nodes}
        return [(self._brief_of(node, parents.get(node.parent)), node.scene) for node in nodes[-n:]]

    def _brief_of(self, node: Node, parent: Node | None) -> Brief:
        choice = parent.scene.choice(node.slot) if parent else None
        storylet = self._pack.storylets.get(node.scene.storylet or "")
        header = self.journal.header
        return self._director.brief(
            node.key, header.seed, node.state, storylet, Step(text=choice.text if choice else None), header.player
        )

    def _say_price(self, brief: Brief, past: Callable[[int], Sequence[tuple[Brief, Scene]]]) -> None:
        if not self._priced:
            self._priced = True
            self._emit(Priced(*self.narrator.price(brief, past)))

    def _hear(self, brief: Brief, report: Report) -> None:
        if isinstance(report, Heard):
            if report.grown or report.piece:
                rows = [(grown.index, grown.beat) for grown in report.grown]
                self._keep(lambda journal: journal.show(brief.key, rows, report.piece))
            for grown in report.grown:
                self._emit(BeatGrew(brief.turn, grown.index, grown.beat, grown.whole))
        elif isinstance(report, Attempted):
            if not report.recorded:
                request = report.request
                wire = canonical(request.wire()).encode() if request.messages else b""
                self._keep(lambda journal: journal.attempted(brief.key, request.hash, wire, request.purpose, report.attempt))
        elif isinstance(report, Trouble):
            self._trouble(report)

    def _keep(self, write: Callable[[Journal], object]) -> None:
        """Write to the journal. When its file takes no more, the story goes on in memory, and the player is told."""
        try:
            write(self.journal)
        except UnwritableJournal as error:
            file = self.journal
            self.journal = file.detached()
            file.close()
            self._emit(Notice("not_kept", f"{str(error).rstrip('.')}. The story goes on; what comes now is not kept."))
            write(self.journal)

    def _trouble(self, trouble: Trouble) -> None:
        """Each kind of fault is told once, until the client has written again."""
        if trouble.code not in self._told_faults:
            self._told_faults.add(trouble.code)
            self._emit(Notice(trouble.code, trouble.words, fault=True))

    def _back_again(self) -> None:
        if self._told_faults:
            self._told_faults.clear()
            self._emit(Notice("writer_back", f"{self.writer[0].upper()}{self.writer[1:]} writes again."))

    def _ready(self, node: Node, recalled: bool = False, settled: bool = True) -> None:
        scene = node.scene
        if scene.fallback and not recalled:
            self._emit(Notice("understudy", "The offline storyteller finished this scene."))
        self._emit(SceneReady(scene, node.state, recalled, settled))
        if scene.ending:
            scenes = [each.scene for each in self.journal.recent(node.key, node.scene.turn)]
            title = self._pack.endings[scene.ending].title if scene.ending in self._pack.endings else scene.title
            self._emit(Ended(scene.ending, title, scene.turn, credits_of(self._pack, scenes)))
