"""One playthrough as the player moves through it: on by a choice, and to and fro among all that was told."""

from game.journal import Journal, JournalError, Node, Pending
from game.narrator import Narrator, Policy
from game.packs import Pack
from game.session.behind import Behind
from game.session.carried import ONLY_READ
from game.session.commands import Bookmark, Command, DropBookmark, EditBeat, LookAtMap, Move, Pick, Retell
from game.session.events import Notice
from game.session.handwriting import LONGEST_STEER, tidied
from game.session.manner import Manner
from game.session.marking import Marking
from game.session.meanwhile import Meanwhile
from game.session.moves import destination
from game.session.plans import Plans
from game.session.recorded import Recorded
from game.session.reloading import Reloading
from game.session.rewriting import Rewriting
from game.session.scribe import Emit, Scribe
from game.session.showing import Showing
from game.session.turns import Turns
from game.session.world import World
from game.story import ROOT

NO_STEER = Notice("no_steer", "The offline storyteller cannot be told how; it tells the scene another way.")
NOT_IN_PACK = Notice("not_in_pack", "The story no longer has what happens in this scene, so it cannot be told again.")

CHANGES = Pick | Retell | EditBeat | Bookmark | DropBookmark
"""What tells something new (a pick: where nothing was told behind it), or changes what is kept."""


class Playthrough:
    """Plays one journal. Everything it has to say goes through `emit`, after it is in the journal.

    `world` is its pack, to play by and to read by; `marking` keeps its bookmarks.
    """

    def __init__(self, pack: Pack, journal: Journal, narrator: Narrator, emit: Emit, manner: Manner | None = None) -> None:
        self.narrator = narrator
        self._emit = emit
        self._manner = manner = manner or Manner()
        self._scribe = Scribe(journal, narrator, emit, manner.recording, manner.trace)
        self._recorded = Recorded(manner.recording)
        self.world = world = World(pack, journal)
        self._behind = Behind(world, lambda: self.journal, manner.recording)
        self._plans = Plans(world, lambda: self.journal)
        self._showing = Showing(world, lambda: self.journal, emit, self._recorded)
        self.marking = Marking(world, self._scribe, emit, manner.now)
        self._rewriting = Rewriting(self._scribe, self._behind, self._recorded, emit)
        self._meanwhile = Meanwhile(narrator, self._scribe, self._plans, self._behind, emit, manner)
        self._turns = Turns(narrator, self._scribe, self._behind, self._meanwhile, self._recorded, emit, manner)
        self._reloading = Reloading(world, self._plans, narrator, self._scribe, emit, manner)
        self._on_their_way = 0

    @property
    def journal(self) -> Journal:
        """The journal in use: the file, or memory once the file took no more."""
        return self._scribe.journal

    async def take_up(self) -> None:
        """Show where the story stands: the scene the player is at, and what is still to be told of the next."""
        for notice in self._manner.notices:
            self._emit(notice)
        self._reloading.tell()
        self.marking.tell()
        head, pending = self.journal.head, self.journal.pending
        if pending is None and head is None:
            await self._tell(self._begun(ROOT, ""))
        elif pending is None and head:
            await self._arrive(head)
        elif pending and head and pending.parent == head.key:
            self._showing.way(head.parent, head.slot)
            self._showing.again(head, settled=False)
            self._showing.picked(head, pending.slot)
            await self._tell(pending)
        elif pending:
            await self._tell_again(pending)

    async def pick(self, slot: str, scene: str = "") -> None:
        """Take a choice of the current scene (of the scene with this key, if one is named), and read what follows: told already,
        or told now."""
        head = self.journal.head
        if head is None or (scene and scene != head.key) or head.scene.choice(slot) is None or self.journal.pending:
            self._emit(Notice("no_such_choice", f'"{slot}" is not a choice here.'))
            return
        told = self.journal.child(head.key, slot)
        if told:
            self._scribe.keep(lambda journal: journal.go(told.key))
            self._showing.picked(head, slot)
            self._meanwhile.end()
            self._showing.again(told)
            await self._meanwhile.begin(told)
        elif not self.refuses(Pick(slot)):
            pending = self._begun(head.key, slot)
            self._showing.picked(head, slot)
            await self._tell(pending)

    def refuses(self, command: Command) -> bool:
        """Whether this would change a playthrough that is only read; then that is said."""
        refused = self._manner.read_only and isinstance(command, CHANGES)
        if refused:
            self._emit(ONLY_READ)
        return refused

    async def move(self, move: Move) -> None:
        """Go elsewhere in the tree. What was being told was broken off for it (`make_way`); if it leads nowhere, that goes on."""
        if isinstance(move, Retell):
            await self._retell(move.steer)
            return
        self._on_their_way = max(0, self._on_their_way - 1)
        if not self._turns.telling:
            self._scribe.broken_off()
        found = destination(self.journal, move)
        if isinstance(found, Node):
            self._meanwhile.end()
            self._scribe.keep(lambda journal: journal.go(found.key))
            await self._arrive(found)
            return
        self._emit(found)
        if self.journal.pending and not self._turns.telling:
            await self._tell(self.journal.pending)

    def make_way(self) -> None:
        """A move is on its way: tell no scene before it has come."""
        self._on_their_way += 1
        self._turns.break_off()

    def answers_beside(self, command: Command) -> bool:
        """Whether this can be answered while a scene is being told."""
        beside = isinstance(command, LookAtMap | DropBookmark) or (isinstance(command, Bookmark) and command.scene != "")
        return beside and self._turns.telling

    def leads_nowhere(self, move: Move) -> bool:
        """While a scene is being told: whether this move leads nowhere. Then that is said, and nothing is broken off."""
        if not self._turns.telling or isinstance(move, Retell):
            return False
        try:
            found = destination(self.journal, move)
        except JournalError:
            # It is met again, and told, when the move is made.
            return False
        if isinstance(found, Notice):
            self._emit(found)
        return isinstance(found, Notice)

    async def edit(self, asked: EditBeat) -> None:
        """Change the text of a beat, wherever it is read. Nothing but the text is moved by that."""
        if not self._rewriting.by_the_player(asked):
            return
        # What was written ahead was written after other words.
        self._meanwhile.end()
        if self.journal.head and not self.journal.pending:
            await self._meanwhile.begin(self.journal.head)

    def pack_was_changed(self) -> bool:
        """Whether the author changed the pack since it was last read. Each call is a look at its files."""
        return self._reloading.due()

    async def reload(self, asked: bool = True) -> None:
        """Read the pack again, because that was `asked` for or its files changed. What was written ahead was planned by the one
        before; what is on the page stays, and if it would be told otherwise now, it is told once more."""
        pack = self._reloading.fresh(asked)
        if pack is None:
            return
        self._meanwhile.end()
        page = None if self.journal.pending else self.journal.head
        drawn = self._reloading.take(pack, page)
        if page and drawn is not None:
            telling = self.journal.next_telling(page.key)
            await self._tell_again(self._begin(page.parent, page.slot, telling, ""), drawn)
        elif page:
            await self._meanwhile.begin(page)

    def look_at(self, slot: str, scene: str = "") -> None:
        """The player's eye is on this choice."""
        head = self.journal.head
        if head and (not scene or scene == head.key):
            self._meanwhile.look_at(slot)

    @property
    def recorded(self) -> bool:
        """Whether its scenes are fed from a recording."""
        return self._manner.recording is not None

    def write_ahead(self, policy: Policy, cap: int | None) -> None:
        """Write so much ahead, from the next scene on, of at most `cap` tokens in this sitting."""
        self._meanwhile.change(policy, cap)

    def stop(self, soon: bool = False) -> None:
        """Do not wait for the client any longer; `soon`: in the scene whose pick is on its way."""
        self._turns.stop(soon)

    async def close(self) -> None:
        """Let go of the journal and the client, whatever is the matter with what was done meanwhile."""
        try:
            self._meanwhile.end()
            await self._turns.quiet()
        finally:
            if self._manner.keeper:
                self._manner.keeper.close()
            try:
                self.journal.close()
            finally:
                if self._manner.trace:
                    self._manner.trace.close()
                await self.narrator.client.aclose()

    def _begun(self, parent: str, slot: str) -> Pending:
        """Store that a slot was picked behind which nothing was told, before anything is asked for it."""
        telling, steer = self._recorded.asked(parent, slot)
        return self._begin(parent, slot, telling, steer)

    def _begin(self, parent: str, slot: str, telling: int, steer: str) -> Pending:
        self._scribe.keep(lambda journal: journal.begin(parent, slot, telling, steer))
        pending = self.journal.pending
        assert pending is not None
        return pending

    async def _tell(self, pending: Pending, drawn: int | None = None) -> None:
        """Tell the scene of a pick, unless a move is on its way. For `drawn` see `Plans.of`."""
        if self._on_their_way:
            return
        plan = self._plans.of(pending, drawn)
        if plan is None:
            await self._give_up(pending)
            return
        node = await self._turns.tell(pending, plan)
        if node:
            self._showing.told(node)
            self._rewriting.as_recorded()
            await self._meanwhile.begin(node)

    async def _give_up(self, pending: Pending) -> None:
        """The pack has no longer what was to be told again: the telling that is there is read."""
        told = self.journal.child(pending.parent, pending.slot)
        assert told is not None
        self._emit(NOT_IN_PACK)
        self._scribe.keep(lambda journal: journal.go(told.key))
        await self._arrive(told)

    async def _retell(self, words: str) -> None:
        # That a scene be finished at once was asked for with this, and is done; it is asked for no other.
        self._turns.wait_again()
        head = self.journal.head
        if head is None or self.journal.pending:
            self._emit(Notice("half_told", "This scene is not whole yet; it can be told again when it is."))
            return
        steer = tidied(words, LONGEST_STEER)
        if self._plans.again(head, head.key) is None:
            self._emit(NOT_IN_PACK)
            return
        if steer and not self.narrator.client.capabilities.reads_prompt:
            self._emit(NO_STEER)
        self._meanwhile.end()
        await self._tell_again(self._begin(head.parent, head.slot, self.journal.next_telling(head.key, steer), steer))

    async def _tell_again(self, pending: Pending, drawn: int | None = None) -> None:
        self._showing.way(pending.parent, pending.slot)
        await self._tell(pending, drawn)

    async def _arrive(self, node: Node) -> None:
        """Read a scene that was told, and came to by another way than from the one before."""
        self._showing.way(node.parent, node.slot)
        self._showing.again(node)
        self._rewriting.as_recorded()
        await self._meanwhile.begin(node)
