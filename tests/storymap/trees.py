"""Stories to draw maps of: made of moves, as a player makes them."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from random import Random

from game.story import ROOT, MapScene, Mark, StoryMap, node_key

PLACES = ("jetty", "kitchen", "stair", "lantern_room")
TITLES = ("The Landing", "Bread", "Forty Steps", "Glass", "What Maren Saw", "A Light Out at Sea")


@dataclass
class Teller:
    """Tells scenes wherever it is told to, and remembers where it is, as a journal does."""

    scenes: list[MapScene] = field(default_factory=list)
    head: str = ""
    marks: list[Mark] = field(default_factory=list)
    _taken: dict[str, str] = field(default_factory=dict)
    _by_key: dict[str, MapScene] = field(default_factory=dict)

    def tell(self, slot: str = "a", ending: str | None = None, title: str = "") -> str:
        """What follows by `slot`, told now or told before; its key."""
        parent = self.head or ROOT
        key = node_key(parent, slot if self.head else "")
        if key not in self._by_key:
            self._add(parent, slot if self.head else "", 0, ending, title)
        return self.go(key)

    def retell(self) -> str:
        """The current scene once more; its key."""
        now = self._by_key[self.head]
        tellings = sum((each.parent, each.slot) == (now.parent, now.slot) for each in self.scenes)
        return self.go(self._add(now.parent, now.slot, tellings, now.ending, now.title))

    def go(self, key: str) -> str:
        self.head = key
        while key != ROOT:
            parent = self._by_key[key].parent
            self._taken[parent] = key
            key = parent
        return self.head

    def mark(self, name: str = "", slot: str = "") -> None:
        self.marks.append(Mark(name, slot, self.head, 0.0))

    def map(self) -> StoryMap:
        line: list[str] = []
        key = self._taken.get(ROOT)
        while key:
            line.append(key)
            key = self._taken.get(key)
        return StoryMap(tuple(self.scenes), self.head, tuple(line), tuple(self.marks))

    def _add(self, parent: str, slot: str, telling: int, ending: str | None, title: str) -> str:
        key = node_key(parent, slot, telling)
        turn = self._by_key[parent].turn + 1 if parent in self._by_key else 1
        place = PLACES[(turn // 2 + len(slot)) % len(PLACES)]
        scene = MapScene(key, parent, slot, telling, turn, title or TITLES[turn % len(TITLES)], place, ending)
        self.scenes.append(scene)
        self._by_key[key] = scene
        return key


Move = tuple[str, int]
"""What is done, and a number that says where or how."""


def played(moves: Iterable[Move]) -> StoryMap:
    """A story of a first scene and these moves: `tell` by slot n, `retell`, `go` to the n-th scene, `end` by slot n."""
    teller = Teller()
    teller.tell()
    for move, n in moves:
        if move == "go":
            teller.go(teller.scenes[n % len(teller.scenes)].key)
        elif move == "retell":
            teller.retell()
        elif next(each for each in teller.scenes if each.key == teller.head).ending is None:
            teller.tell("abcd"[n % 4], "light_kept" if move == "end" else None)
    return teller.map()


def grown(scenes: int, forks: int, seed: int = 7) -> StoryMap:
    """A story of so many scenes, forked about so often, anywhere, that never ends; two of a hundred scenes are told twice."""
    dice, teller = Random(seed), Teller()
    teller.tell()
    while len(teller.scenes) < scenes:
        if dice.random() < forks / scenes:
            teller.go(dice.choice(teller.scenes).key)
        elif dice.random() < 0.02:
            teller.retell()
        teller.tell(dice.choice("abcd"))
    return teller.map()


def renamed(story: StoryMap, title: str) -> StoryMap:
    """The same story, every scene called this."""
    return replace(story, scenes=tuple(replace(scene, title=title) for scene in story.scenes))
