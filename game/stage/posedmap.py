"""A story map for pictures: a tree of so many scenes, as it comes of playing a pack again and again. Posed, not played."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from game.packs import Pack
from game.session import MapReady
from game.story import ROOT, MapScene, Mark, StoryMap, draw, node_key

SEED = 11
LATEST = 2
"""How many forks of four leave the way that was told last."""


@dataclass
class _Tree:
    """Scenes, told along one way after another."""

    pack: Pack
    scenes: list[MapScene] = field(default_factory=list)

    def play(self, after: MapScene | None, count: int) -> list[MapScene]:
        """Tell so many scenes after one, by ways that were not taken yet; those that are long enough end the story."""
        way = []
        for _ in range(count):
            after = self._tell(after)
            way.append(after)
            if after.ending:
                break
        return way

    def retell(self, scene: MapScene) -> MapScene:
        return self._add(scene.parent, scene.slot, scene.turn, scene.telling + 1)

    def open(self, way: Sequence[MapScene]) -> list[MapScene]:
        """The scenes on a way that can be left once more."""
        gone = Counter(scene.parent for scene in self.scenes)
        return [scene for scene in way if not scene.ending and gone[scene.key] < 3]

    def _tell(self, after: MapScene | None) -> MapScene:
        if after is None:
            return self._add(ROOT, "", 1, 0)
        gone = {scene.slot for scene in self.scenes if scene.parent == after.key}
        slots = [slot for slot in "abcd" if slot not in gone]
        return self._add(after.key, slots[draw(SEED, after.key, "slot", len(slots))], after.turn + 1, 0)

    def _add(self, parent: str, slot: str, turn: int, telling: int) -> MapScene:
        key = node_key(parent, slot, telling)
        ending = self._ending(key, turn)
        storylets = [each for each in self.pack.storylets.values() if not each.ending and (each.opening == (turn == 1))]
        told = storylets[draw(SEED, key, "told", len(storylets))]
        places = tuple(self.pack.places)
        place = told.place or (self.pack.initial.place if turn == 1 else places[draw(SEED, key, "place", len(places))])
        title = self.pack.endings[ending].title if ending else told.title
        scene = MapScene(key, parent, slot, telling, turn, title, place, ending)
        self.scenes.append(scene)
        return scene

    def _ending(self, key: str, turn: int) -> str | None:
        """From the tenth scene on, one of the pack's first endings may come; the others are not found."""
        known = tuple(self.pack.endings)[: max(1, len(self.pack.endings) - 2)]
        if turn < 10 or draw(SEED, key, "ends", 3):
            return None
        return known[draw(SEED, key, "ending", len(known))]


def mapped(pack: Pack, count: int) -> MapReady:
    """A tree of about `count` scenes; the player is on the way to what they had found."""
    tree = _Tree(pack)
    way = tree.play(None, max(5, min(count - 3, 12)))
    first = way
    while len(tree.scenes) < count - 1:
        step = str(len(tree.scenes))
        latest = tree.open(way) if draw(SEED, step, "source", 4) < LATEST else []
        found = latest or tree.open(tree.scenes)
        way = tree.play(found[draw(SEED, step, "fork", len(found))], min(11, count - 1 - len(tree.scenes)))
    head = first[len(first) // 2]
    tree.retell(first[2])
    line = [scene.key for scene in first]
    while newest := next((scene.key for scene in reversed(tree.scenes) if scene.parent == line[-1]), None):
        line.append(newest)
    marks = (Mark("", "1", head.key, 0.0), Mark("Before the end", "", first[-1].key, 0.0))
    story = StoryMap(tuple(tree.scenes), head.key, tuple(line), marks)
    titles = {ending: pack.endings[ending].title for ending in story.endings}
    return MapReady(story, titles, len(pack.endings) - len(titles))
