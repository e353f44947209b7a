"""Where every scene stands on the map: depth runs along the columns, and each branch lies in one row, below what it left.

Owns the places, in whole columns and rows; a front end says how large these are. Knows no names, no colours and no screen.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from game.story import MapScene, StoryMap

Way = Literal["past", "here", "ahead", "aside"]
"""Before where the player is, there, after it on the same line, or on another one."""

NONE = -1
"""The index of no spot."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One scene on the map: all its `tellings` in a stack, by their numbers; the one at `front` lies on top.

    `parent`, `straight` and `forks` are indices of spots: what it follows, what goes on in the same row, and what leaves for
    another row. A spot goes straight on only from the telling in front, so what follows another one is seen to leave.
    """

    tellings: tuple[MapScene, ...]
    front: int
    column: int
    row: int
    way: Way
    parent: int
    straight: int
    forks: tuple[int, ...]

    @property
    def scene(self) -> MapScene:
        """The telling that lies on top: the one on the player's line, else the newest."""
        return self.tellings[self.front]


@dataclass(frozen=True, slots=True)
class Layout:
    """All spots, each after the one that it follows; `where` is the spot of a scene by its key, `here` that of the player."""

    spots: tuple[Spot, ...]
    where: Mapping[str, int]
    here: int
    columns: int
    rows: int
    heads: tuple[int, ...]
    """The spots that follow nothing, the player's own first."""

    def run(self, first: int) -> Iterator[int]:
        """The spots from `first` straight on."""
        while first != NONE:
            yield first
            first = self.spots[first].straight

    def behind(self, n: int) -> bool:
        """Whether a spot follows a telling that lies beneath another."""
        spot = self.spots[n]
        return spot.parent != NONE and spot.tellings[0].parent != self.spots[spot.parent].scene.key


def lay_out(story: StoryMap) -> Layout:
    """Place every scene. The player's line is straight, in row 0; no two spots share a place, and no two ways cross.

    It takes time in proportion to the number of scenes, and gives the same for the same story.
    """
    return _Plan(story).layout()


class _Plan:
    """The spots while they are being placed, in one list for each thing that is known of them."""

    def __init__(self, story: StoryMap) -> None:
        self._story = story
        self._line = frozenset(story.line)
        self._where: dict[str, int] = {}
        self._tellings: list[list[MapScene]] = []
        self._newest: list[str] = []
        self._parents: list[int] = []
        self._columns: list[int] = []
        self._children: list[list[int]] = []
        self._heads: list[int] = []
        self._gather()
        self._fronts = [self._front(n) for n in range(len(self._tellings))]
        self._straight = [self._onward(n) for n in range(len(self._tellings))]
        self._rows = [0] * len(self._tellings)
        self._place()

    def _gather(self) -> None:
        """Put the tellings of each scene into one spot."""
        stacks: dict[tuple[str, str], int] = {}
        for scene in self._story.scenes:
            at = stacks.setdefault((scene.parent, scene.slot), len(self._tellings))
            if at == len(self._tellings):
                self._add(self._where.get(scene.parent, NONE))
            self._tellings[at].append(scene)
            self._newest[at] = scene.key
            self._where[scene.key] = at
        for tellings in self._tellings:
            tellings.sort(key=lambda scene: scene.telling)

    def _add(self, parent: int) -> None:
        n = len(self._tellings)
        self._tellings.append([])
        self._newest.append("")
        self._parents.append(parent)
        self._children.append([])
        self._columns.append(0 if parent == NONE else self._columns[parent] + 1)
        (self._heads if parent == NONE else self._children[parent]).append(n)

    def _front(self, n: int) -> int:
        keys = [scene.key for scene in self._tellings[n]]
        return next((at for at, key in enumerate(keys) if key in self._line), keys.index(self._newest[n]))

    def _on_line(self, n: int) -> bool:
        return self._tellings[n][self._fronts[n]].key in self._line

    def _onward(self, n: int) -> int:
        """The child that goes straight on: the player's own, else the first that was told."""
        key = self._tellings[n][self._fronts[n]].key
        own = [child for child in self._children[n] if self._tellings[child][0].parent == key]
        return next((child for child in own if self._on_line(child)), own[0] if own else NONE)

    def _place(self) -> None:
        """Give each run the highest row below all that was placed in its columns already, the last forks of a run first: then
        whatever leaves further back passes to the left of it, and nothing crosses."""
        self._heads.sort(key=lambda n: not self._on_line(n))
        lowest = [NONE] * (max(self._columns, default=0) + 2)
        waiting = self._heads[::-1]
        while waiting:
            run = self._run(waiting.pop())
            first, last = self._columns[run[0]], self._columns[run[-1]]
            end = last + 2 if self._forks(run[-1]) else last + 1
            row = 1 + max(lowest[max(0, first - 1) : end])
            lowest[first:end] = [row] * (end - first)
            for n in run:
                self._rows[n] = row
                waiting += self._forks(n)[::-1]

    def _run(self, n: int) -> list[int]:
        run = [n]
        while (n := self._straight[n]) != NONE:
            run.append(n)
        return run

    def _forks(self, n: int) -> list[int]:
        return [child for child in self._children[n] if child != self._straight[n]]

    def layout(self) -> Layout:
        here = self._where.get(self._story.head, NONE)
        spots = tuple(self._spot(n, here) for n in range(len(self._tellings)))
        columns, rows = max(self._columns, default=NONE) + 1, max(self._rows, default=NONE) + 1
        return Layout(spots, self._where, here, columns, rows, tuple(self._heads))

    def _spot(self, n: int, here: int) -> Spot:
        return Spot(
            tellings=tuple(self._tellings[n]),
            front=self._fronts[n],
            column=self._columns[n],
            row=self._rows[n],
            way=self._way(n, here),
            parent=self._parents[n],
            straight=self._straight[n],
            forks=tuple(self._forks(n)),
        )

    def _way(self, n: int, here: int) -> Way:
        if n == here:
            return "here"
        if not self._on_line(n):
            return "aside"
        return "past" if here != NONE and self._columns[n] < self._columns[here] else "ahead"
