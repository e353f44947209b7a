"""What was made of something is kept, for as long as it would be made of the same."""

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")

MOST = 512
"""Things kept; the oldest goes first."""


class Kept(Generic[T]):
    """Things by name, each with what it was made from."""

    def __init__(self) -> None:
        self._rows: dict[str, tuple[object, T]] = {}

    def get(self, name: str, source: object, make: Callable[[], T]) -> T:
        """The thing `name`, made anew when it was never made, or from another `source` than this one."""
        row = self._rows.get(name)
        if row is not None and row[0] == source:
            return row[1]
        if row is None and len(self._rows) >= MOST:
            del self._rows[next(iter(self._rows))]
        made = make()
        self._rows[name] = source, made
        return made
