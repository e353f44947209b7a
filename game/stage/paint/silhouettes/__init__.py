"""The vocabulary of shapes: a name for each, and the function that cuts it. Each module owns one family."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from game.stage.paint.cutting import Cutting
from game.stage.paint.silhouettes import coast, furniture, houses, land, people, rooms, works

Cutter = Callable[[Cutting], None]

REGISTRY: Mapping[str, Cutter] = {
    **coast.CUTTERS,
    **land.CUTTERS,
    **houses.CUTTERS,
    **people.CUTTERS,
    **rooms.CUTTERS,
    **furniture.CUTTERS,
    **works.CUTTERS,
}


def cutter(shape: str) -> Cutter:
    """The function for a shape. Raises ValueError, naming the shape and those there are, for an unknown one."""
    try:
        return REGISTRY[shape]
    except KeyError:
        raise ValueError(f"unknown silhouette {shape!r}; there are: {', '.join(sorted(REGISTRY))}") from None
