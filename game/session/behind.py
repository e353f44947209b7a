"""What lies behind a scene: the way to it in the journal, as the narrator wants to see it."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from game.director import Step
from game.journal import Journal, Node, Recording
from game.narrator import Trail
from game.session.world import World
from game.story import ROOT, Brief, Recap, Scene, Shape

NEAR = 64
"""Scenes back in which the layout of an earlier request is looked for: those between were told without one."""

REWRITTEN = "rewritten"
"""The name of no recap: where one stood that can stand no longer, another is made."""


class Behind:
    """Reads the journal for one playthrough. `journal` gives the one that is in use now."""

    def __init__(self, world: World, journal: Callable[[], Journal], recording: Recording | None) -> None:
        self._world = world
        self._journal = journal
        self._recording = recording
        self._fresh: dict[str, Recap] = {}
        self._revised = 0

    def trail(self, key: str, prompts: bool) -> Trail:
        """The way to the scene after `key` (`ROOT`: there is none). `prompts`: requests will be laid out along it."""
        shape, recap = self._laid_out(key) if prompts else (None, None)
        return Trail(lambda n: self.past(key, n), lambda n: self._scenes(key, n), shape, recap, self.recap, self._revised)

    def revised(self) -> None:
        """A scene reads otherwise from now on."""
        self._revised += 1

    def past(self, key: str, n: int) -> list[tuple[Brief, Scene]]:
        """The last `n` scenes up to `key`, oldest first, each with its brief."""
        if key == ROOT or n <= 0:
            return []
        nodes = self._journal().recent(key, n + 1)
        parents = {node.key: node for node in nodes}
        return [(self._brief_of(node, parents.get(node.parent)), node.scene) for node in nodes[-n:]]

    def remember(self, key: str, recap: Recap) -> None:
        """A recap was made of the story up to the scene `key`."""
        self._fresh[key] = recap

    def recap(self, name: str) -> Recap | None:
        """The recap with this id, from the journal or the recording that is played."""
        try:
            return self._journal().recap(name)
        except KeyError:
            return self._recording.recaps.get(name) if self._recording else None

    def _laid_out(self, key: str) -> tuple[Shape | None, Recap | None]:
        """The newest layout on the way to `key`, and the newest recap."""
        if key == ROOT:
            return None, None
        recap: Recap | None = None
        for node in reversed(self._journal().recent(key, NEAR)):
            recap = recap or self._still_so(self._fresh.get(node.key), key)
            shape = self._journal().last_shape(node.key)
            if shape and shape.window:
                standing = self._still_so(self.recap(shape.recap), key) if shape.recap else None
                return (replace(shape, recap=REWRITTEN) if shape.recap and not standing else shape), recap or standing
        return None, recap

    def _still_so(self, recap: Recap | None, key: str) -> Recap | None:
        """The recap, unless what it tells of the way to `key` was rewritten since; on other ways, too: that costs a new one."""
        journal = self._journal()
        edits = journal.edits() if recap else ()
        if recap is None or not edits:
            return recap
        last = journal.recent(key, journal.node(key).scene.turn - recap.upto + 1)[0]
        since = (edit.key for edit in edits if edit.after >= journal.number(last.key))
        return None if any(journal.node(each).scene.turn <= recap.upto for each in since) else recap

    def _scenes(self, key: str, n: int) -> Sequence[Scene]:
        return [node.scene for node in self._journal().recent(key, n)] if key != ROOT else []

    def _brief_of(self, node: Node, parent: Node | None) -> Brief:
        choice = parent.scene.choice(node.slot) if parent else None
        storylet = self._world.pack.storylets.get(node.scene.storylet or "")
        header = self._journal().header
        step = Step(text=choice.text if choice else None)
        brief = self._world.director.brief(node.key, header.seed, node.state, storylet, step, header.player)
        return replace(brief, steer=self._journal().steer(node.key)) if node.telling else brief
