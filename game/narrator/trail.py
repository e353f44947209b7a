"""What lies behind a scene that is to be told: the scenes on the way to it, and how their requests were laid out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from game.narrator.prompt import Past
from game.narrator.read import Read
from game.story import Recap, Scene, Shape


def _nothing(n: int) -> Past:
    return ()


def _no_scene(n: int) -> Sequence[Scene]:
    return ()


def _no_recap(name: str) -> Recap | None:
    return None


@dataclass(frozen=True, slots=True)
class Trail:
    """`past` gives the last n scenes, oldest first, each with its brief; `scenes` the same without. `shape` is that of the
    request for the scene before, `recap` the newest recap on this path, and `recaps` finds one by its id. `revised` is another
    number whenever a scene that was told reads otherwise."""

    past: Callable[[int], Past] = _nothing
    scenes: Callable[[int], Sequence[Scene]] = _no_scene
    shape: Shape | None = None
    recap: Recap | None = None
    recaps: Callable[[str], Recap | None] = _no_recap
    revised: int = 0


class Memory:
    """All sentences on the way to a scene, kept from scene to scene so that a turn costs the same however long the story is."""

    def __init__(self, always: Sequence[str]) -> None:
        self._always = always
        self._key = ""
        self._revised = 0
        self._read = Read(always)

    def behind(self, trail: Trail) -> Read:
        """What was read on the way. It grows with the story: give each telling a branch of it."""
        last = trail.scenes(2)
        same, self._revised = trail.revised == self._revised, trail.revised
        if not last:
            return self._from([], "")
        if same and last[-1].key == self._key:
            return self._read
        if same and len(last) > 1 and last[0].key == self._key:
            return self._add(last[1:])
        return self._from(trail.scenes(last[-1].turn), last[-1].key)

    def _from(self, scenes: Sequence[Scene], key: str) -> Read:
        self._read, self._key = Read(self._always), key
        return self._add(scenes)

    def _add(self, scenes: Sequence[Scene]) -> Read:
        for scene in scenes:
            self._key = scene.key
            for beat in scene.beats:
                self._read.add(beat.text)
        return self._read
