"""What is done while a scene is read: what keeps the story safe, a recap if one will be wanted soon, and scenes written ahead."""

import asyncio
from collections.abc import Callable

from game.journal import Journal, Node
from game.narrator import Lane, Narrator, Policy
from game.narrator.ahead import HANG_UP
from game.session.behind import Behind
from game.session.events import Notice
from game.session.manner import Manner
from game.session.plans import Plans
from game.session.scribe import Emit, Scribe
from game.story import node_key


class Meanwhile:
    """The work of one playthrough that nobody waits for. It is ended by whatever leads on, or elsewhere."""

    def __init__(self, narrator: Narrator, scribe: Scribe, plans: Plans, behind: Behind, emit: Emit, manner: Manner) -> None:
        self._narrator = narrator
        self._scribe = scribe
        self._plans = plans
        self._behind = behind
        self._emit = emit
        self._manner = manner
        self._prompts = narrator.client.capabilities.reads_prompt
        self._ahead = narrator.ahead(manner.prefetch, manner.cap, scribe.wasted)
        self._task: asyncio.Task[None] | None = None
        self._ending: set[asyncio.Task[None]] = set()

    @property
    def look_at(self) -> Callable[[str], None]:
        """The player's eye is on this slot."""
        return self._ahead.look_at

    @property
    def change(self) -> Callable[[Policy, int | None], None]:
        """Write so much ahead, from the next scene on, of at most so many tokens in this sitting."""
        return self._ahead.change

    async def begin(self, node: Node) -> None:
        """This scene is read now."""
        if self._manner.reader:
            self._task = asyncio.create_task(self._while_read(node))
            return
        await self._keep_safe()
        if self._may_ask(node):
            await self._recap(node)

    def end(self) -> None:
        """It is not, any more: nothing of what was begun is wanted."""
        self.take("")

    def take(self, slot: str) -> Lane | None:
        """This slot was picked: the scene behind it, as far as it was written ahead, or None. All else ends."""
        task, self._task = self._task, None
        if task and not task.done():
            task.cancel()
            self._ending.add(task)
            task.add_done_callback(self._ending.discard)
        elif task and not task.cancelled() and (error := task.exception()):
            self._emit(Notice("not_ahead", f"Nothing was written ahead: {error}"))
        return self._ahead.take(slot)

    async def quiet(self) -> None:
        """Return when what was ended has let go of the client, so that what is asked next queues behind none of it."""
        if self._ending:
            await asyncio.wait(self._ending, timeout=HANG_UP)
        await self._ahead.quiet()

    async def _keep_safe(self) -> None:
        if self._manner.keeper:
            await self._manner.keeper.scene_kept(self._journal)

    def _may_ask(self, node: Node) -> bool:
        """Whether anything may be asked for that is not this scene."""
        return not node.scene.ending and self._prompts and not self._manner.recording

    async def _while_read(self, node: Node) -> None:
        await self._keep_safe()
        if not self._may_ask(node):
            return
        await self._recap(node)
        slots = [choice.slot for choice in node.scene.choices if self._is_new(node, choice.slot)]
        if self._ahead.policy == "off" or not slots:
            return
        trail = self._behind.trail(node.key, self._prompts)
        await self._scribe.price(self._plans.behind(node, slots[0]), trail)
        self._ahead.begin(slots, lambda slot: self._narrator.telling(self._plans.behind(node, slot), trail, ahead=True))

    def _is_new(self, node: Node, slot: str) -> bool:
        """Whether nothing was told behind this slot, nor begun to be."""
        key = node_key(node.key, slot)
        return self._journal.child(node.key, slot) is None and not self._journal.attempts(key)

    async def _recap(self, node: Node) -> None:
        """Have a recap written before the window is full, so that the scene that needs it need not wait for it."""
        brief, _ = self._behind.past(node.key, 1)[0]
        trail = self._behind.trail(node.key, self._prompts)
        recap = await self._narrator.recap(brief, trail, lambda report: self._scribe.hear_aside(brief, report))
        if recap:
            self._scribe.keep(lambda journal: journal.keep_recap(recap))
            self._behind.remember(node.key, recap)

    @property
    def _journal(self) -> Journal:
        return self._scribe.journal
