"""What a thousand plays never came to, said with the counts that show why."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import chain

from game.director import Director
from game.packs import Pack
from game.packs.compile import PackFiles
from game.packs.findings import Findings
from game.packs.locate import KeyPath
from game.story import Conditions, Storylet
from game.workshop.aiming import comes_to
from game.workshop.survey import IMPROVISE, Survey, wander

TRIES = 60
"""Plays that go for an ending before it is said that no play comes to it."""
ENOUGH = 10
"""Plays that must have come to something before it is said what never came of it."""


@dataclass(frozen=True, slots=True)
class Unreached:
    """`counted` against what the pack declares. `never` is where the storylets and outcomes stand of which it is proved that they
    cannot come: of these nothing more is said."""

    pack: Pack
    files: PackFiles
    counted: Survey
    never: Set[KeyPath]

    def report(self, found: Findings) -> None:
        """Add the storylets, outcomes, endings and threads that no play came to."""
        self._storylets(found)
        self._outcomes(found)
        self._endings(found)
        self._threads(found)

    def _storylets(self, found: Findings) -> None:
        plots = (each for each in self.pack.storylets.values() if not each.ending and (each.id,) not in self.never)
        missing = [each for each in plots if each.id not in self.counted.told]
        for each, (act, condition, both) in zip(missing, _chances(self.pack, missing, self.counted.plays), strict=True):
            message = (
                f'in {self._plays} "{each.id}" was never told: in {act:,} of their scenes its act was right,'
                f" in {condition:,} its condition held, in {both:,} both."
            )
            advice = "Give it more weight, or let a choice lead to it." if both else "Ask for less in its condition, or earlier."
            found.add("PACK811", self.files.homes[each.id], (each.id,), message=message, suggestion=advice)

    def _outcomes(self, found: Findings) -> None:
        for file, path, outcome in self.files.outcomes():
            owner = str(path[0])
            told = self._told(owner)
            if told < ENOUGH or path in self.never or (owner, outcome.id) in self.counted.offered:
                continue
            scene = "improvised scenes came" if owner == IMPROVISE else f'"{owner}" was told'
            message = f'in {self._plays} "{outcome.id}" was never on offer, although {scene} in {told:,} of them.'
            advice = "Ask for less in its condition." if outcome.when else "There are four slots: put it before the others."
            found.add("PACK812", file, path, message=message, suggestion=advice)

    def _endings(self, found: Findings) -> None:
        meant = {self.pack.default_ending, *(play.expect.ending for play in self.pack.tests)}
        for name in (name for name in self.pack.endings if name not in self.counted.endings and name not in meant):
            own = [each for each in self.pack.storylets.values() if each.ending == name and (each.id,) not in self.never]
            if own and not any(comes_to(self.pack, each, seed) for each in own for seed in range(TRIES)):
                message = f'neither {self._plays} nor {TRIES} that went for it came to the ending "{name}".'
                advice = "Ask for less in its condition; or write a play in tests/ that comes to it, which is proof enough."
                found.add("PACK813", "pack.toml", ("endings", name), message=message, suggestion=advice)

    def _threads(self, found: Findings) -> None:
        storylets = self.pack.storylets.values()
        outcomes = chain(self.pack.improvise, *(each.outcomes for each in storylets))
        effects = chain(*(each.effects for each in storylets), *(outcome.effects for outcome in outcomes))
        closing = {effect.name for effect in effects if effect.kind == "close"}
        for name in (name for name in self.pack.threads if name in closing and name not in self.counted.closed):
            opened = self.counted.opened.get(name, 0)
            if opened >= ENOUGH:
                message = f'in {self._plays} the thread "{name}" was opened in {opened:,}, and closed in none.'
                advice = f'Make what says "close {name}" easier to come by.'
                found.add("PACK814", "pack.toml", ("threads", name), message=message, suggestion=advice)

    @property
    def _plays(self) -> str:
        return f"{self.counted.plays:,} random plays"

    def _told(self, owner: str) -> int:
        """Plays that told a storylet; of improvised scenes, that had one."""
        improvised = (count for (name, _), count in self.counted.offered.items() if name == owner)
        return max(improvised, default=0) if owner == IMPROVISE else self.counted.told.get(owner, 0)


def _chances(pack: Pack, storylets: Sequence[Storylet], plays: int) -> list[tuple[int, int, int]]:
    """For each storylet, in how many scenes of the plays its act was right, its condition held, and both were so."""
    if not storylets:
        return []
    director, conditions = Director(pack), Conditions(pack.declared)
    states = [scene.turn.state for seed in range(plays) for scene in wander(pack, director, seed)]
    out = []
    for each in storylets:
        right = [not each.acts or state.act in each.acts for state in states]
        holds = [conditions.holds(each.when, state) for state in states]
        out.append((sum(right), sum(holds), sum(a and b for a, b in zip(right, holds, strict=True))))
    return out
