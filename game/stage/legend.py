"""What the story map says of its scenes, in words. Knows no places on it and no colours."""

from __future__ import annotations

from dataclasses import dataclass

from game.packs import Pack
from game.session import MapReady
from game.story import MapScene
from game.storymap import Names, Spot
from game.storymap.names import count, line, mark_name, marks_by_key

ROWS = 6
"""Lines there are room for to say what endings were found."""


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of a spot: `said` is all but its title. `telling` is the one that is on top, from 0, `kept` whether any has a
    bookmark."""

    scene: MapScene
    telling: int
    title: str
    place: str
    said: str
    kept: bool


class Legend:
    """The names of one map. `flip` turns to another telling of a scene; the map says then what that one is."""

    def __init__(self, pack: Pack, ready: MapReady) -> None:
        places = {place.id: place.name for place in pack.places.values()}
        self._ready = ready
        self._names = Names(pack.title, places, ready.endings, ready.unfound)
        self._marks = marks_by_key(ready.map.marks)
        self._flipped: dict[str, int] = {}
        self._words: dict[str, Words] = {}

    def of(self, spot: Spot) -> Words:
        """What is said of a spot; put together once, since it is asked for with every frame."""
        key = spot.tellings[0].key
        if key not in self._words:
            self._words[key] = self._put(spot, self._flipped.get(key, spot.front))
        return self._words[key]

    def flip(self, spot: Spot, by: int) -> None:
        key = spot.tellings[0].key
        self._flipped[key] = (self.of(spot).telling + by) % len(spot.tellings)
        del self._words[key]

    def keep(self, other: Legend) -> None:
        """Turn to what another map of the same story was turned to."""
        self._flipped.update(other._flipped)

    def _put(self, spot: Spot, telling: int) -> Words:
        scene = spot.tellings[telling]
        marks = [mark for each in spot.tellings for mark in self._marks.get(each.key, ())]
        place = self._names.place(scene)
        parts = [place, f"scene {scene.turn}"]
        if scene.key == self._ready.map.head:
            parts.append("you are here")
        if len(spot.tellings) > 1:
            parts.append(f"telling {telling + 1} of {len(spot.tellings)}")
        if scene.ending:
            parts.append(f"ending: {self._names.ending(scene.ending)}")
        if marks:
            parts.append(f"kept: {', '.join(map(mark_name, marks))}")
        return Words(scene, telling, line(scene.title) or "Without a title", place, " · ".join(parts), bool(marks))

    def endings(self) -> list[tuple[str, bool]]:
        """Lines that say what endings were found (True), and how many were not."""
        found = [(self._names.ending(ending), True) for ending in self._ready.map.endings]
        unfound = self._ready.unfound
        rest = [(f"{count(unfound, 'ending')} not found yet", False)] if unfound else []
        if len(found) + len(rest) > ROWS:
            kept = ROWS - 1 - len(rest)
            found = [*found[:kept], (f"and {len(found) - kept} more", True)]
        return found + rest
