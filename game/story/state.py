"""The state of a story: immutable, small, and bounded by what the pack declares, however long the story grows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from game.story.canonical import Json, canonical, digest

Value = bool | int


@dataclass(frozen=True, slots=True)
class StoryState:
    """Where the story stands. Changed only through `apply`.

    `threads` maps each open thread to the turn it was opened on; `seen` maps each storylet to the last turn it was told; `known`
    maps a member of the cast to the facts that they were told on the way.
    """

    turn: int = 0
    act: int = 1
    place: str = ""
    present: frozenset[str] = frozenset()
    variables: Mapping[str, Value] = field(default_factory=dict)
    items: frozenset[str] = frozenset()
    threads: Mapping[str, int] = field(default_factory=dict)
    closed: frozenset[str] = frozenset()
    facts: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()
    seen: Mapping[str, int] = field(default_factory=dict)
    known: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def to_json(self) -> dict[str, Json]:
        """All of it; `known` only where there is some, so that a state of before it was kept has the hash that it had."""
        out: dict[str, Json] = {
            "turn": self.turn,
            "act": self.act,
            "place": self.place,
            "present": sorted(self.present),
            "variables": dict(sorted(self.variables.items())),
            "items": sorted(self.items),
            "threads": dict(sorted(self.threads.items())),
            "closed": sorted(self.closed),
            "facts": sorted(self.facts),
            "notes": list(self.notes),
            "seen": dict(sorted(self.seen.items())),
        }
        if self.known:
            out["known"] = {member: sorted(facts) for member, facts in sorted(self.known.items())}
        return out

    @property
    def hash(self) -> str:
        """32 hex characters; equal states have equal hashes on every platform."""
        return digest("state", canonical(self.to_json()))


def state_from_json(data: Mapping[str, Json]) -> StoryState:
    """The inverse of `StoryState.to_json`.

    Raises:
        KeyError: a key is missing.
    """
    words = cast("Mapping[str, list[str]]", data)
    counts = cast("Mapping[str, Mapping[str, int]]", data)
    return StoryState(
        turn=cast(int, data["turn"]),
        act=cast(int, data["act"]),
        place=str(data["place"]),
        present=frozenset(words["present"]),
        variables=dict(counts["variables"]),
        items=frozenset(words["items"]),
        threads=dict(counts["threads"]),
        closed=frozenset(words["closed"]),
        facts=frozenset(words["facts"]),
        notes=tuple(words["notes"]),
        seen=dict(counts["seen"]),
        known={member: frozenset(facts) for member, facts in cast("Mapping[str, list[str]]", data.get("known", {})).items()},
    )
