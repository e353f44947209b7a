"""What is said of a scene that is whole: the way to it, the scene itself with its place in the tree, and an ending's credits."""

from collections.abc import Callable

from game.journal import Journal, Node
from game.ledger import left_open
from game.narrator.breaker import RESTING
from game.session.credits import credits_of
from game.session.events import Branches, Ended, Notice, Past, Picked, SceneReady
from game.session.recorded import Recorded
from game.session.scribe import Emit
from game.session.tally import tally_of
from game.session.world import World
from game.story import ROOT

LATEST = 100
"""Scenes of the way that a front end is given to read back in."""


class Showing:
    """Shows the scenes of one playthrough. `journal` gives the one that is in use now."""

    def __init__(self, world: World, journal: Callable[[], Journal], emit: Emit, recorded: Recorded) -> None:
        self._world = world
        self._journal = journal
        self._emit = emit
        self._recorded = recorded

    def told(self, node: Node) -> None:
        """A scene that was told just now."""
        scene = node.scene
        # While an endpoint rests, that was said, and who goes on.
        if scene.fallback and scene.fallback != RESTING:
            began = any(beat.source.by == "model" for beat in scene.beats)
            self._emit(Notice("understudy", f"The offline storyteller {'finished' if began else 'told'} this scene."))
        # Nothing can follow it yet, and no other telling of it can be there before the first.
        branches = self._branches(node) if node.telling else Branches(recorded=self._recorded.slot(node.key))
        self._emit(SceneReady(scene, node.state, branches=branches))
        self._end(node)

    def again(self, node: Node, settled: bool = True) -> None:
        """A scene that the journal has. Not `settled`: what follows it comes next."""
        self._emit(SceneReady(node.scene, node.state, True, settled, self._branches(node)))
        if settled:
            self._end(node)

    def way(self, key: str, slot: str) -> None:
        """The way to the scene behind `slot` of the scene `key` (`ROOT`: there is none)."""
        nodes = self._journal().recent(key, LATEST) if key != ROOT else ()
        slots = [*(node.slot for node in nodes[1:]), slot]
        self._emit(Past(tuple((node.scene, picked) for node, picked in zip(nodes, slots, strict=False))))

    def picked(self, node: Node, slot: str) -> None:
        """A choice of this scene was taken."""
        scene = node.scene
        index = next(n for n, choice in enumerate(scene.choices) if choice.slot == slot)
        self._emit(Picked(scene.turn, slot, index, scene.choices[index].text))

    def _branches(self, node: Node) -> Branches:
        journal = self._journal()
        tellings = [each.key for each in journal.tellings(node.key)]
        ahead = journal.forward(node.key)
        return Branches(
            telling=tellings.index(node.key),
            tellings=len(tellings),
            told=tuple(dict.fromkeys(child.slot for child in journal.children(node.key))),
            forward=ahead.slot if ahead else "",
            recorded=self._recorded.slot(node.key),
        )

    def _end(self, node: Node) -> None:
        """What is told behind an ending."""
        if not node.scene.ending:
            return
        scenes = [each.scene for each in self._journal().recent(node.key, node.scene.turn)]
        known = self._world.to_read.endings.get(node.scene.ending)
        self._emit(
            Ended(
                ending=node.scene.ending,
                title=known.title if known else node.scene.title,
                scenes=node.scene.turn,
                credits=credits_of(self._world.to_read, scenes),
                open_threads=tuple(self._world.to_read.threads[name].text for name in self._left_open(node)),
                tally=tally_of(self._journal().spending()),
            )
        )

    def _left_open(self, node: Node) -> tuple[str, ...]:
        """The threads that the ending told at `node` leaves open."""
        return left_open(self._world.to_read, node.state, node.scene.storylet or "")
