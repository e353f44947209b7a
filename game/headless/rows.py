"""What a run prints, as values: one row an event, of the keys that docs/playing.md lists."""

from game.session import Edited, MapReady, Marks, Notice, Picked, SceneReady, Started
from game.story import Json, Mark
from game.storymap import Names
from game.storymap.json import to_json

Row = dict[str, Json]


def start_row(event: Started) -> Row:
    return {
        "event": "start",
        "pack": event.pack.id,
        "pack_hash": event.pack.hash,
        "client": event.client,
        "model": event.model,
        "seed": event.seed,
    }


def scene_row(event: SceneReady) -> Row:
    """A scene. Where it stands in the tree is said only of one that was told before, or stands beside others."""
    scene, branches = event.scene, event.branches
    row: Row = {
        "event": "scene",
        "turn": scene.turn,
        "id": scene.key,
        "title": scene.title,
        "place": scene.place,
        "beats": [beat.to_json() for beat in scene.beats],
        "choices": [choice.to_json() for choice in scene.choices],
        "ending": scene.ending,
        "state": event.state.to_json(),
        "writer": scene.writer,
        "repairs": list(scene.repairs),
        "fallback": scene.fallback,
        "storylet": scene.storylet,
    }
    if event.recalled:
        row["recalled"] = True
    if branches.tellings > 1:
        row |= {"telling": branches.telling, "tellings": branches.tellings}
    if branches.told:
        row |= {"told": list(branches.told), "forward": branches.forward}
    return row


def move_row(event: SceneReady, by: str) -> Row:
    """A move in the tree, by this word, to a scene."""
    return {"event": "move", "turn": event.scene.turn, "id": event.scene.key, "by": by}


def choice_row(event: Picked) -> Row:
    return {"event": "choice", "turn": event.turn, "index": event.index, "slot": event.slot}


def edit_row(event: Edited) -> Row:
    return {"event": "edit", "id": event.scene, "index": event.index, "beat": event.beat.to_json()}


def marks_row(event: Marks) -> Row:
    cards: list[Json] = [
        _mark(card.mark) | {"turn": card.turn, "title": card.title, "place": card.place, "ended": card.ended}
        for card in event.cards
    ]
    return {"event": "marks", "marks": cards}


def map_row(event: MapReady, names: Names) -> Row:
    """The keys are those of the command `map`."""
    marks: list[Json] = [_mark(mark) for mark in event.map.marks]
    return {"event": "map", **to_json(event.map, names), "marks": marks}


def notice_row(event: Notice) -> Row:
    return {"event": "notice", "code": event.code, "words": event.words}


def end_row(reason: str, ending: str | None, scenes: int, state_hash: str) -> Row:
    return {"event": "end", "reason": reason, "ending": ending, "scenes": scenes, "state_hash": state_hash}


def _mark(mark: Mark) -> Row:
    """Without the time at which it was set: two runs of one command print the same."""
    return {"name": mark.name, "slot": mark.slot, "scene": mark.key}
