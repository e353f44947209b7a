"""What the scene behind a choice has to do: planned by the director; told once more, as it was planned when it was told first."""

from collections.abc import Callable
from dataclasses import replace

from game.director import Plan, Step
from game.journal import Journal, Node, Pending
from game.packs.carried import within
from game.session.world import World
from game.story import REMEMBERED, ROOT, Brief, Effect, StoryState, node_key, replay, rules_in


class Plans:
    """Plans the scenes of one playthrough. `journal` gives the one that is in use now."""

    def __init__(self, world: World, journal: Callable[[], Journal]) -> None:
        self._world = world
        self._journal = journal
        self._read: list[tuple[str, frozenset[str]]] = []
        self._remembered: frozenset[str] = frozenset()

    def of(self, pending: Pending, drawn: int | None = None) -> Plan | None:
        """The plan of a scene that was picked; None when it was told before, and its pack has no longer what happens in it. One
        more telling of it is told by the draws of the telling that was `drawn`, if one is named, and else by its own."""
        journal = self._journal()
        before = journal.child(pending.parent, pending.slot) if pending.telling else None
        if before:
            plan = self.again(before, pending.key)
        else:
            header, first = journal.header, node_key(pending.parent, pending.slot)
            plan = self._world.director.plan(
                pending.key, header.seed, *self._from(pending), header.player, first, self._said(pending.parent)
            )
        return replace(plan, brief=self._as_told(plan.brief, pending, drawn)) if plan else None

    def once_more(self, told: Node, drawn: int) -> Brief | None:
        """What the scene `told` would have to do, by the pack as it is now and the draws of this telling; None like `of`."""
        plan = self.again(told, told.key)
        return replace(plan.brief, first=node_key(told.parent, told.slot), telling=drawn) if plan else None

    def again(self, told: Node, key: str) -> Plan | None:
        """The same as was told at `told`, to be told as the scene `key`: only its text is to be another."""
        storylet = self._world.pack.storylets.get(told.scene.storylet or "")
        moved = within(told.state, self._world.pack)
        if (told.scene.storylet and storylet is None) or not all(_begins(effect, told.state) for effect in moved):
            return None
        state = replay(told.state, moved)
        journal = self._journal()
        step = self._step(journal.node(told.parent), told.slot) if told.parent != ROOT else Step()
        brief = self._world.director.brief(
            key, journal.header.seed, state, storylet, step, journal.header.player, self._said(told.parent)
        )
        return Plan(brief, (*told.effects, *moved))

    def behind(self, node: Node, slot: str) -> Brief:
        """What the scene behind this choice, which was not told yet, would have to do."""
        header = self._journal().header
        key, said = node_key(node.key, slot), self._said(node.key)
        return self._world.director.plan(key, header.seed, node.state, self._step(node, slot), header.player, said=said).brief

    def _said(self, key: str) -> frozenset[str]:
        """The rules that were read from on the way to the scene `key`, and in it, as far back as is remembered."""
        if key == ROOT:
            return frozenset()
        if not self._read or self._read[-1][0] != key:
            journal, before = self._journal(), self._read
            node = journal.node(key)
            if not before or before[-1][0] != node.parent:
                before = [(each.key, rules_in(each.scene)) for each in journal.recent(key, REMEMBERED)[:-1]]
            self._read = [*before[1 - REMEMBERED :], (key, rules_in(node.scene))]
            self._remembered = frozenset().union(*(rules for _, rules in self._read))
        return self._remembered

    def _as_told(self, brief: Brief, pending: Pending, drawn: int | None) -> Brief:
        """The brief for this very telling of its scene."""
        if not pending.telling:
            return brief
        first = node_key(pending.parent, pending.slot)
        telling = pending.telling if drawn is None else drawn
        return replace(brief, first=first, telling=telling, steer=self._journal().steer(pending.key))

    def _from(self, pending: Pending) -> tuple[StoryState, Step]:
        """Where the story was before the pending scene, and by what step it goes on."""
        if pending.parent == ROOT:
            return self._journal().header.initial, Step()
        parent = self._journal().node(pending.parent)
        return parent.state, self._step(parent, pending.slot)

    def _step(self, node: Node, slot: str) -> Step:
        choice = node.scene.choice(slot)
        outcome = self._world.director.outcome(node.scene.storylet, choice.outcome) if choice else None
        return Step(outcome, choice.text if choice else None, node.scene.storylet)


def _begins(effect: Effect, state: StoryState) -> bool:
    """Whether it only begins a variable that was not there when this was told: nothing that was told is another by that."""
    return effect.kind == "set" and effect.name not in state.variables
