"""The tree of all scenes of a playthrough as a value: what was told, by which way, and where the player is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MapScene:
    """A scene that was told once: `slot` is what was picked at `parent` (`ROOT` and "" for a first scene), `telling` the n-th
    writing of it, `ending` the ending that it is."""

    key: str
    parent: str
    slot: str
    telling: int
    turn: int
    title: str
    place: str
    ending: str | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A scene that the player wants to find again: by a `slot` ("quick", or a number from "1") or, where that is empty, by its
    name alone. `at` is when it was set, in seconds since the epoch."""

    name: str
    slot: str
    key: str
    at: float

    @property
    def id(self) -> str:
        """What it is told by: setting another with the same takes its place."""
        return f"slot {self.slot}" if self.slot else f"name {self.name}"


@dataclass(frozen=True, slots=True)
class StoryMap:
    """`scenes` in the order in which they were told, each after its parent; `head` is where the player is (empty before the
    first scene); `line` are the keys of the way that they are on: from its first scene through the head to where *forward* leads.
    """

    scenes: tuple[MapScene, ...] = ()
    head: str = ""
    line: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()

    @property
    def endings(self) -> tuple[str, ...]:
        """The endings that were found, each once, in the order in which they were."""
        return tuple(dict.fromkeys(scene.ending for scene in self.scenes if scene.ending))
