"""Bookmarks and the map: what helps a player to find scenes again."""

from collections.abc import Callable

from game.journal import Journal
from game.session.commands import Bookmark, DropBookmark
from game.session.events import MapReady, MarkCard, Marks, Notice
from game.session.handwriting import LONGEST_NAME, tidied
from game.session.moves import NO_SUCH_SCENE
from game.session.scribe import Emit, Scribe
from game.session.world import World
from game.story import Mark, StoryMap

QUICK = "quick"
"""The slot of a bookmark that nobody named."""

Now = Callable[[], float]
"""Seconds since the epoch."""


class Marking:
    """The bookmarks of one playthrough. What is kept goes into the journal through `scribe`."""

    def __init__(self, world: World, scribe: Scribe, emit: Emit, now: Now) -> None:
        self._world = world
        self._scribe = scribe
        self._emit = emit
        self._now = now

    def tell(self) -> None:
        """All that is kept: slots first, then names, the latest first."""
        journal = self._scribe.journal
        marks = journal.marks()
        slots = sorted((mark for mark in marks if mark.slot), key=_by_slot)
        names = [mark for mark in reversed(marks) if not mark.slot]
        self._emit(Marks(tuple(_card(journal, mark) for mark in (*slots, *names))))

    def keep(self, asked: Bookmark) -> None:
        """Keep a scene."""
        head = self._scribe.journal.head
        name = tidied(asked.name, LONGEST_NAME)
        slot = asked.slot or ("" if name else QUICK)
        if not _is_slot(slot):
            self._emit(Notice("no_such_slot", f'"{slot[:20]}" is no slot; slots are "{QUICK}" and numbers from 1 on.'))
            return
        mark = Mark(name, slot, asked.scene or (head.key if head else ""), self._now())
        try:
            self._scribe.keep(lambda journal: journal.mark(mark))
        except KeyError:
            self._emit(NO_SUCH_SCENE)
            return
        self.tell()

    def drop(self, asked: DropBookmark) -> None:
        """Keep it no longer."""
        wanted = Mark(tidied(asked.name, LONGEST_NAME), asked.slot, "", 0.0).id
        if all(mark.id != wanted for mark in self._scribe.journal.marks()):
            self._emit(Notice("no_such_mark", "Nothing is kept there."))
            return
        self._scribe.keep(lambda journal: journal.unmark(wanted))
        self.tell()

    def map(self) -> None:
        """The tree of all that was told."""
        tree = self._scribe.journal.map()
        self._emit(MapReady(tree, self._titles(tree), len(self._world.pack.endings.keys() - set(tree.endings))))

    def _titles(self, tree: StoryMap) -> dict[str, str]:
        """The endings that were found, in words; one that the pack has no longer by the title of its scene."""
        told = {scene.ending: scene.title for scene in tree.scenes if scene.ending}
        known = self._world.pack.endings
        return {name: known[name].title if name in known else told[name] for name in tree.endings}


def _card(journal: Journal, mark: Mark) -> MarkCard:
    scene = journal.node(mark.key).scene
    return MarkCard(mark, scene.title, scene.place, scene.turn, scene.ending is not None)


def _is_slot(slot: str) -> bool:
    return slot in ("", QUICK) or (slot.isascii() and slot.isdecimal() and not slot.startswith("0") and len(slot) < 4)


def _by_slot(mark: Mark) -> tuple[bool, int, str]:
    return mark.slot != QUICK, int(mark.slot) if mark.slot.isdecimal() else 0, mark.slot
