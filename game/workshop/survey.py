"""Wandering through a pack by the thousand: where random plays go, with no text told.

Owns what is counted on the way. The rules are the director's, the draws are those of every other random bot.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from game.director import Director, Step, Turn
from game.packs import Pack
from game.story import ROOT, SLOTS, Outcome, draw, node_key

IMPROVISE = "improvise"
"""Stands for the storylet of an outcome that is offered between storylets."""

Offer = tuple[str, str]
"""A storylet (or `IMPROVISE`), and the id of one of its outcomes."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What `plays` random playthroughs came to.

    Every mapping counts plays, each once however often a thing came in it, and lacks what came in none. `offered` and `picked`
    are by storylet and outcome; `closed` are threads that the play had opened. `lengths` are the scenes of each play, in the
    order of their seeds. `most_visited` is the largest share of the pack's storylets that one play told, 0 to 1.
    """

    plays: int
    lengths: tuple[int, ...]
    told: Mapping[str, int]
    offered: Mapping[Offer, int]
    picked: Mapping[Offer, int]
    endings: Mapping[str, int]
    places: Mapping[str, int]
    opened: Mapping[str, int]
    closed: Mapping[str, int]
    most_visited: float


@dataclass(frozen=True, slots=True)
class Scene:
    """One scene of a play without text: what happened, what was on offer, and which of it was picked (None: an ending)."""

    turn: Turn
    offered: tuple[Outcome, ...]
    picked: Outcome | None

    @property
    def storylet(self) -> str:
        return self.turn.storylet.id if self.turn.storylet else IMPROVISE


def wander(pack: Pack, director: Director, seed: int) -> Iterator[Scene]:
    """The scenes of the playthrough that a random bot plays with this seed, to its ending."""
    key, state, step = node_key(ROOT, ""), pack.initial, Step()
    while True:
        turn = director.turn(key, seed, state, step)
        offered = director.offered(turn.storylet, turn.state)
        if not offered:
            yield Scene(turn, (), None)
            return
        slot = draw(seed, key, "bot", len(offered))
        yield Scene(turn, offered, offered[slot])
        key, state = node_key(key, SLOTS[slot]), turn.state
        step = Step(offered[slot], offered[slot].text, turn.storylet.id if turn.storylet else None)


def survey(pack: Pack, plays: int, first_seed: int = 0, watch: Callable[[Sequence[Scene]], None] | None = None) -> Survey:
    """So many random plays of a pack, with the seeds from `first_seed` on, counted; `watch` is shown each of them."""
    director, count = Director(pack), _Count()
    for seed in range(first_seed, first_seed + plays):
        way = list(wander(pack, director, seed))
        count.play(way)
        if watch is not None:
            watch(way)
    return Survey(
        plays=plays,
        lengths=tuple(count.lengths),
        told=count.told,
        offered=count.offered,
        picked=count.picked,
        endings=count.endings,
        places=count.places,
        opened=count.opened,
        closed=count.closed,
        most_visited=count.most_told / max(len(pack.storylets), 1),
    )


@dataclass(slots=True)
class _Count:
    lengths: list[int] = field(default_factory=list)
    told: Counter[str] = field(default_factory=Counter)
    offered: Counter[Offer] = field(default_factory=Counter)
    picked: Counter[Offer] = field(default_factory=Counter)
    endings: Counter[str] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)
    opened: Counter[str] = field(default_factory=Counter)
    closed: Counter[str] = field(default_factory=Counter)
    most_told: int = 0

    def play(self, way: Sequence[Scene]) -> None:
        """Count one play."""
        last = way[-1].turn
        told = {scene.turn.storylet.id for scene in way if scene.turn.storylet}
        self.lengths.append(len(way))
        self.told.update(told)
        self.most_told = max(self.most_told, len(told))
        self.offered.update({(scene.storylet, outcome.id) for scene in way for outcome in scene.offered})
        self.picked.update({(scene.storylet, scene.picked.id) for scene in way if scene.picked})
        self.places.update({scene.turn.state.place for scene in way})
        self.endings.update({last.storylet.ending} if last.storylet and last.storylet.ending else ())
        opened, closed = _threads(way)
        self.opened.update(opened)
        self.closed.update(closed)


def _threads(way: Iterable[Scene]) -> tuple[set[str], set[str]]:
    """The threads that a play opened, and those of them that it closed afterwards."""
    opened: set[str] = set()
    closed: set[str] = set()
    for effect in (effect for scene in way for effect in scene.turn.effects):
        if effect.kind == "open":
            opened.add(effect.name)
        elif effect.kind == "close" and effect.name in opened:
            closed.add(effect.name)
    return opened, closed
