"""The map as one JSON object; its keys are told in docs/map.md."""

import json
from collections.abc import Mapping

from game.story import Json, MapScene, Mark, StoryMap
from game.storymap.layout import Layout, lay_out
from game.storymap.names import Names


def as_json(story: StoryMap, names: Names) -> str:
    """One line of JSON, ended by a line feed."""
    return json.dumps(to_json(story, names), ensure_ascii=False) + "\n"


def to_json(story: StoryMap, names: Names) -> Mapping[str, Json]:
    """Nodes and edges in the order in which they were told. Texts are as they were stored: whoever shows them cleans them."""
    plan = lay_out(story)
    return {
        "title": names.title,
        "head": story.head or None,
        "line": list(story.line),
        "nodes": [_node(plan, names, scene) for scene in story.scenes],
        "edges": [_edge(scene) for scene in story.scenes if scene.parent in plan.where],
        "marks": [_mark(mark) for mark in story.marks],
        "endings": {
            "found": [{"id": ending, "title": names.endings.get(ending, ending)} for ending in story.endings],
            "unfound": names.unfound,
        },
    }


def _node(plan: Layout, names: Names, scene: MapScene) -> Json:
    spot = plan.spots[plan.where[scene.key]]
    return {
        "key": scene.key,
        "scene": scene.turn,
        "telling": scene.telling + 1,
        "title": scene.title,
        "place": scene.place,
        "place_name": names.places.get(scene.place, scene.place),
        "ending": scene.ending,
        "column": spot.column,
        "row": spot.row,
    }


def _edge(scene: MapScene) -> Json:
    return {"from": scene.parent, "to": scene.key, "slot": scene.slot}


def _mark(mark: Mark) -> Json:
    return {"name": mark.name, "slot": mark.slot, "scene": mark.key, "at": round(mark.at)}
