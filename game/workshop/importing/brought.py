"""What came of a file from elsewhere: tables for a pack, and the list of what could not come along."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from game.packs import Diagnostic

Table: TypeAlias = Mapping[str, object]
"""A table of a pack, as it is written in TOML."""


class NotImported(Exception):
    """A file that nothing can be taken from; the message says why in one line, and what to do."""


@dataclass(frozen=True, slots=True)
class Left:
    """What was left behind, or needs the author's own words, and why."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file holds for a pack: `cast` and `lore` by id, `credit` as (name, role) for `authors`; `left` is what it does not
    hold, or what was left behind."""

    title: str
    cast: Mapping[str, Table] = field(default_factory=dict)
    lore: Mapping[str, Table] = field(default_factory=dict)
    credit: tuple[str, str] | None = None
    left: tuple[Left, ...] = ()


class Leaving:
    """Collects what is left behind: the same thing for the same reason is said once, with how often."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, str], int] = {}

    def add(self, what: str, why: str) -> None:
        self._counts[what, why] = self._counts.get((what, why), 0) + 1

    def extend(self, rows: Iterable[tuple[str, str]]) -> None:
        for what, why in rows:
            self.add(what, why)

    @property
    def all(self) -> tuple[Left, ...]:
        return tuple(Left(f"{what} ({n} times)" if n > 1 else what, why) for (what, why), n in self._counts.items())


def report(brought: Brought, found: Iterable[Diagnostic]) -> list[str]:
    """What came, what did not, and what is now found wrong with the pack: in lines."""
    lines = [f"taken from {brought.title}:"]
    lines += [f"  cast.toml  [{name}]" for name in brought.cast]
    lines += [f"  lore.toml  [{name}]" for name in brought.lore]
    if brought.credit:
        lines.append(f"  pack.toml  authors: {brought.credit[0]}, {brought.credit[1]}")
    if brought.left:
        lines += ["to look at, or left behind:", *(f"  {left.what}: {left.why}" for left in brought.left)]
    return lines + [f"{item.severity}: {item}" for item in found]
