"""What of the story map is in view: how near it is seen, where the eye is, and what lies there. Knows no pictures, no screen."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from math import ceil, floor
from typing import Final, Literal

from game.stage.box import Box
from game.storymap import Layout

Direction = Literal["up", "down", "left", "right"]


@dataclass(frozen=True, slots=True)
class Nearness:
    """How large cards are, and how far it is from one to the next, in logical units."""

    across: int
    down: int
    w: int
    h: int


LEVELS: Final = (Nearness(60, 50, 46, 34), Nearness(154, 148, 122, 112), Nearness(232, 188, 184, 148))
"""From afar: pictures alone; with titles; with titles and places."""
MARGIN = 58
"""What is left free about the map at its edges."""
NONE = -1


class Chart:
    """A layout, seen through `window`. The eye glides: `settle` says how far it has come, 0 to 1."""

    def __init__(self, plan: Layout, window: Box) -> None:
        self.plan = plan
        self.window = window
        self.level = len(LEVELS) - 1
        self._columns: list[list[int]] = [[] for _ in range(plan.columns)]
        for n in sorted(range(len(plan.spots)), key=lambda n: plan.spots[n].row):
            self._columns[plan.spots[n].column].append(n)
        self._rows = [[plan.spots[n].row for n in column] for column in self._columns]
        self._starts = [[self._start(n) for n in column] for column in self._columns]
        self._was = self._goes = self._at = (0.0, 0.0)
        self._boxes: dict[int, Box] = {}
        while self.level > 1 and not self._fits():
            self.level -= 1

    @property
    def nearness(self) -> Nearness:
        return LEVELS[self.level]

    @property
    def place(self) -> tuple[float, float]:
        """Where the eye is, or goes to: its left and upper corner, in logical units of the map."""
        return self._goes

    def take_place_of(self, other: Chart) -> None:
        """See this map as another one was seen."""
        self.level, self.window = other.level, other.window
        self._stand(*other.place)

    def box(self, n: int) -> Box:
        """Where a spot's card lies."""
        found = self._boxes.get(n)
        if found is None:
            spot, near = self.plan.spots[n], self.nearness
            x = self.window.x + spot.column * near.across - self._at[0]
            found = self._boxes[n] = Box(x, self.window.y + spot.row * near.down - self._at[1], near.w, near.h)
        return found

    def spots(self) -> list[int]:
        """What is in view, from left to right, each column from above."""
        top, bottom = self._rows_in_view()
        found: list[int] = []
        for column in self._columns_in_view():
            rows = self._rows[column]
            found += self._columns[column][bisect_left(rows, top) : bisect_right(rows, bottom)]
        return found

    def ways(self) -> list[int]:
        """The spots to which a way in view leads. In a gap, ways lie below one another in the order of both their ends."""
        top, bottom = self._rows_in_view()
        columns = self._columns_in_view()
        found: list[int] = []
        for column in range(max(1, columns.start), min(columns.stop + 1, len(self._columns))):
            first, last = bisect_left(self._rows[column], top), bisect_right(self._starts[column], bottom)
            found += self._columns[column][first:last]
        return found

    def columns(self) -> list[tuple[int, float]]:
        """The columns in view, and where the middle of each is."""
        near = self.nearness
        left = self.window.x + near.w / 2 - self._at[0]
        return [(column, left + column * near.across) for column in self._columns_in_view()]

    def settle(self, share: float) -> None:
        """The eye has come so far on its way. It stands on whole units, so that nothing in view changes its size."""
        (x, y), (to_x, to_y) = self._was, self._goes
        self._at = (float(round(x + (to_x - x) * share)), float(round(y + (to_y - y) * share)))
        self._boxes.clear()

    def centre(self, n: int) -> None:
        """Have the eye on a spot at once."""
        spot, near = self.plan.spots[n], self.nearness
        x = spot.column * near.across + near.w / 2 - self.window.w / 2
        self._stand(x, spot.row * near.down + near.h / 2 - self.window.h / 2)

    def show(self, n: int) -> None:
        """Have the eye go just so far that a spot is well in view."""
        spot, near = self.plan.spots[n], self.nearness
        x = _within(self._goes[0], spot.column * near.across, near.w, self.window.w)
        self._go(x, _within(self._goes[1], spot.row * near.down, near.h, self.window.h))

    def pull(self, dx: float, dy: float) -> None:
        """The map moves by so much at once."""
        self._stand(self._goes[0] - dx, self._goes[1] - dy)

    def zoom(self, by: int, about: int) -> bool:
        """Nearer (1) or farther (-1); the spot `about` stays where it is seen. Whether that changes anything."""
        level = max(0, min(len(LEVELS) - 1, self.level + by))
        if level == self.level:
            return False
        spot, old, new = self.plan.spots[about], self.nearness, LEVELS[level]
        x = self._goes[0] + spot.column * (new.across - old.across) + (new.w - old.w) / 2
        y = self._goes[1] + spot.row * (new.down - old.down) + (new.h - old.h) / 2
        self.level = level
        self._stand(x, y)
        return True

    def lies_in_view(self, n: int) -> bool:
        """Whether the middle of a spot is in view, once the eye has come to rest."""
        spot, near = self.plan.spots[n], self.nearness
        x, y = spot.column * near.across + near.w / 2 - self._goes[0], spot.row * near.down + near.h / 2 - self._goes[1]
        return 0 <= x < self.window.w and 0 <= y < self.window.h

    def middle(self) -> int:
        """The spot nearest to the middle of what is in view."""
        near = self.nearness
        column = (self._goes[0] + self.window.w / 2 - near.w / 2) / near.across
        row = (self._goes[1] + self.window.h / 2 - near.h / 2) / near.down
        at = max(0, min(len(self._columns) - 1, round(column)))
        return min(self._columns[at], key=lambda n: abs(self.plan.spots[n].row - row))

    def step(self, n: int, way: Direction) -> int:
        """Where a key leads: along the tree to the left and right, to the nearest branch above and below; else nowhere else."""
        spot = self.plan.spots[n]
        if way == "left":
            return n if spot.parent == NONE else spot.parent
        if way == "right":
            return next((to for to in (spot.straight, *spot.forks) if to != NONE), n)
        found = [to for column in range(len(self._columns)) for to in self._beside(column, spot.row, way)]
        return min(found, key=lambda to: self._distance(n, to), default=n)

    def _beside(self, column: int, row: int, way: Direction) -> list[int]:
        """The first spot of a column above or below a row."""
        rows = self._rows[column]
        at = bisect_right(rows, row) if way == "down" else bisect_left(rows, row) - 1
        return [self._columns[column][at]] if 0 <= at < len(rows) else []

    def _distance(self, n: int, to: int) -> tuple[int, int]:
        here, there = self.plan.spots[n], self.plan.spots[to]
        aside = abs(here.column - there.column)
        return abs(here.row - there.row) + 2 * aside, aside

    def _start(self, n: int) -> int:
        parent = self.plan.spots[n].parent
        return self.plan.spots[n].row if parent == NONE else self.plan.spots[parent].row

    def _size(self) -> tuple[int, int]:
        near = self.nearness
        return (self.plan.columns - 1) * near.across + near.w, (self.plan.rows - 1) * near.down + near.h

    def _fits(self) -> bool:
        w, h = self._size()
        return w + 2 * MARGIN <= self.window.w and h + 2 * MARGIN <= self.window.h

    def _go(self, x: float, y: float) -> None:
        self._was = self._at
        w, h = self._size()
        self._goes = (_clamped(x, w, self.window.w), _clamped(y, h, self.window.h))

    def _stand(self, x: float, y: float) -> None:
        self._go(x, y)
        self._was = self._goes
        self.settle(1)

    def _columns_in_view(self) -> range:
        near = self.nearness
        first = floor((self._at[0] - near.w) / near.across) + 1
        last = ceil((self._at[0] + self.window.w) / near.across) - 1
        return range(max(0, first), min(len(self._columns) - 1, last) + 1)

    def _rows_in_view(self) -> tuple[int, int]:
        near = self.nearness
        return floor((self._at[1] - near.h) / near.down) + 1, ceil((self._at[1] + self.window.h) / near.down) - 1


def _clamped(at: float, size: float, room: float) -> float:
    """The eye stays on the map; a map that is smaller than the view lies in its middle."""
    return (size - room) / 2 if size + 2 * MARGIN <= room else max(-MARGIN, min(size + MARGIN - room, at))


def _within(at: float, start: float, size: float, room: float) -> float:
    """The eye, moved just so far that what begins at `start` is in view with a margin."""
    return max(start + size + MARGIN - room, min(start - MARGIN, at))
