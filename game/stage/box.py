"""A rectangle in logical units: the stage is 1280 wide and 720 high, whatever the window is."""

from __future__ import annotations

from typing import Final, NamedTuple

WIDTH: Final = 1280
HEIGHT: Final = 720


class Box(NamedTuple):
    """Left, top, width, height."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        return self.x + self.w

    @property
    def bottom(self) -> float:
        return self.y + self.h

    @property
    def middle(self) -> tuple[float, float]:
        return self.x + self.w / 2, self.y + self.h / 2

    def holds(self, x: float, y: float) -> bool:
        return self.x <= x < self.right and self.y <= y < self.bottom

    def inset(self, across: float, down: float | None = None) -> Box:
        """Smaller on every side; larger where the amount is negative."""
        down = across if down is None else down
        return Box(self.x + across, self.y + down, self.w - 2 * across, self.h - 2 * down)

    def moved(self, dx: float, dy: float) -> Box:
        return Box(self.x + dx, self.y + dy, self.w, self.h)


STAGE: Final = Box(0, 0, WIDTH, HEIGHT)
NOWHERE: Final = Box(0, 0, 0, 0)
