"""The pack of a playthrough that is read again, because its author changed it, and takes its own place while it is played."""

from pathlib import Path

from game.journal import Node
from game.narrator import Narrator
from game.packs import Diagnostic, Pack, examine
from game.session.carried import pack_changed
from game.session.events import Notice, NotReloaded, Reloaded
from game.session.manner import Manner
from game.session.plans import Plans
from game.session.scribe import Emit, Scribe
from game.session.watching import Watch
from game.session.world import World
from game.story import Beat, Scene

KEEPS_ITS_PACK = Notice("keeps_its_pack", "What is only read, or played again as it was, keeps the pack that it has.")

Words = tuple[tuple[str | None, str | None, str], ...]
"""Beats as they are read: who speaks, in which mood, and what."""


class Reloading:
    """Reads the pack of one playthrough again, and has it take its place in `world` and with the narrator."""

    def __init__(self, world: World, plans: Plans, narrator: Narrator, scribe: Scribe, emit: Emit, manner: Manner) -> None:
        self._world = world
        self._plans = plans
        self._narrator = narrator
        self._scribe = scribe
        self._emit = emit
        self._read_only = manner.read_only
        self._home = None if manner.read_only or manner.recording else world.pack.home
        # Where nobody reads, the same input is to give the same story: then only what is asked for is done.
        self._watch = Watch(self._home) if self._home and self._home.is_dir() and manner.reader else None
        self._broken = False
        self._said: set[str] = set()

    def due(self) -> bool:
        """Whether the files of the pack were changed since they were last read. Each call is a look at them: see `Watch`."""
        return self._watch is not None and self._watch.changed()

    def tell(self) -> None:
        """That the pack is not the one with which this was begun, and what that means for where the player is; the same once."""
        changed = pack_changed(self._world.pack, self._scribe.journal, self._read_only)
        if changed and changed.words not in self._said:
            self._said.add(changed.words)
            self._emit(changed)

    def fresh(self, asked: bool) -> Pack | None:
        """The pack as it is now, if it is to take the place of the one that is played. If not, why not is said; that nothing has
        changed, only to who `asked`, or was told before that something was wrong."""
        if self._home is None:
            self._emit(KEEPS_ITS_PACK)
            return None
        if self._watch:
            self._watch.take()
        pack, problems = self._examined(self._home)
        told, self._broken = asked or self._broken, pack is None
        if pack is None:
            self._emit(NotReloaded(problems))
        elif pack.hash != self._world.pack.hash:
            return pack
        elif told:
            self._emit(Reloaded(self._world.to_read, (), pack.warnings))
        return None

    def take(self, pack: Pack, page: Node | None) -> int | None:
        """Have `pack` take its place. If the offline storyteller tells, and would tell the scene on the `page` otherwise now: by
        the draws of which telling it was told, so that whatever was not changed can be told again as it is."""
        drawn = self._drawn(page) if page and self._narrator.is_offline else None
        before = self._offline(page, drawn) if page and drawn is not None else None
        files = _changed(self._world.pack, pack)
        self._world.take(pack, self._scribe.journal)
        self._narrator.read_again(pack)
        after = self._offline(page, drawn) if page and drawn is not None else None
        again = bool(before and after and _reads(before) != _reads(after))
        self._emit(Reloaded(self._world.to_read, files, pack.warnings, again))
        self.tell()
        return drawn if again else None

    def _examined(self, home: Path) -> tuple[Pack | None, tuple[Diagnostic, ...]]:
        """The pack that lies there now, if this can be played by it; and what is wrong with it."""
        pack, problems = examine(home)
        if pack and pack.id != self._world.pack.id:
            return None, (_another(pack, self._world.pack),)
        return pack, problems

    def _drawn(self, page: Node) -> int | None:
        """The telling by whose draws the page was told; None when others than the pack's author wrote some of it."""
        for telling in range(page.telling + 1):
            told = self._offline(page, telling)
            if told and _words(told.beats) == _words(page.scene.beats):
                return telling
        return page.telling if all(beat.source.by == "author" for beat in page.scene.beats) else None

    def _offline(self, page: Node, telling: int) -> Scene | None:
        """The scene of this page as the offline storyteller would tell it now; None when the pack no longer has it."""
        brief = self._plans.once_more(page, telling)
        return self._narrator.offline(brief) if brief else None


def _words(beats: tuple[Beat, ...]) -> Words:
    return tuple((beat.speaker, beat.expression, beat.text) for beat in beats)


def _reads(scene: Scene) -> tuple[object, ...]:
    """All of a scene that its reader sees."""
    choices = tuple((choice.slot, choice.outcome, choice.text) for choice in scene.choices)
    return scene.title, scene.place, scene.ending, _words(scene.beats), choices


def _changed(before: Pack, now: Pack) -> tuple[str, ...]:
    """The files that changed, came or went."""
    return tuple(name for name in sorted({*before.files, *now.files}) if before.files.get(name) != now.files.get(name))


def _another(now: Pack, before: Pack) -> Diagnostic:
    message = f'the id is "{now.id}" now; this playthrough is one of "{before.id}".'
    return Diagnostic("PACK203", "error", "pack.toml", 0, message, "Give the pack its id again, or begin a new story with it.")
