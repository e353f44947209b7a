"""What was read before the scene in view, line by line, and how far each scene was read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from game.story import Beat, Scene, Source


@dataclass(frozen=True, slots=True)
class Read:
    """A line of the backlog: a beat as read, the title of a scene (`heading`), or what the player chose (`pick`).

    `scene` is the key of the scene that it belongs to, `index` which beat of it (of a beat), `whole` whether all of that
    scene was told: then one can go back to it, and change its words.
    """

    kind: Literal["heading", "beat", "pick"]
    text: str
    speaker: str | None = None
    source: Source | None = None
    scene: str = ""
    index: int = -1
    whole: bool = False


@dataclass
class History:
    """`lines` lead up to the scene in view."""

    lines: list[Read] = field(default_factory=list)
    _reached: dict[str, int] = field(default_factory=dict)

    def relive(self, scenes: Iterable[tuple[Scene, str]]) -> None:
        """These scenes, each with the slot picked in it, are all that was read on the way to the one that comes."""
        self.lines = []
        for scene, slot in scenes:
            self.lines += lines_of(scene.key, scene.title, scene.beats, whole=True)
            choice = scene.choice(slot)
            if choice:
                self.lines.append(Read("pick", choice.text, scene=scene.key, whole=True))
            self.reach(scene.key, len(scene.beats) - 1)

    def reach(self, scene: str, beat: int) -> None:
        """A scene was read up to this beat, at least."""
        if scene:
            self._reached[scene] = max(beat, self.reached(scene))

    def reached(self, scene: str) -> int:
        """The furthest beat of a scene that was read; -1 for one that never was."""
        return self._reached.get(scene, -1)

    def edit(self, scene: str, index: int, beat: Beat) -> None:
        """A beat reads so now."""
        self.lines = [
            replace(line, text=beat.text, source=beat.source) if (line.scene, line.index) == (scene, index) else line
            for line in self.lines
        ]


def lines_of(key: str, title: str, beats: Iterable[Beat], whole: bool) -> list[Read]:
    """A scene as lines: its title, then its beats."""
    lines = [Read("beat", beat.text, beat.speaker, beat.source, key, n, whole) for n, beat in enumerate(beats)]
    return [Read("heading", title, scene=key, whole=whole), *lines] if title else lines
