"""The map: the whole tree as a value, read in one pass."""

from collections.abc import Mapping, Sequence

from game.journal.faults import damaged, reading
from game.journal.rows import NODE, BrokenRow, Row, is_whole
from game.journal.store import Store
from game.story import ROOT, MapScene, Mark, StoryMap

# The scenes are parsed by SQLite: as Python's values, ten thousand of them take four times as long.
_SHOWN = ", ".join(f"json_extract(scene, '$.{name}')" for name in ("turn", "title", "place", "ending"))
_NODES = f"SELECT {NODE}, {_SHOWN} FROM nodes ORDER BY n"


def story_map(store: Store, head: str, marks: Sequence[Mark]) -> StoryMap:
    """All scenes of a journal, and where its player is (`ROOT` before the first scene). Raises CorruptJournal."""
    with reading(store.path, "a scene cannot be read"):
        scenes = {row[0]: _scene(row) for row in store.each(_NODES)}
    above = {key: scene.parent for key, scene in scenes.items()}
    if any(parent != ROOT and parent not in above for parent in above.values()):
        raise damaged(store.path, "a scene on the map is missing")
    ahead = _ahead(above, store.rows("SELECT parent, child FROM followed"))
    return StoryMap(tuple(scenes.values()), "" if head == ROOT else head, _line(head, above, ahead), tuple(marks))


def _scene(row: Row) -> MapScene:
    # All that stands on the map is under the seal; the rest of `check_node` would be a fifth of what a map costs.
    if not is_whole(row[:-4]):
        raise BrokenRow(f"scene {str(row[0])[:32]} was changed")
    return MapScene(*row[:4], *row[-4:])


def _ahead(above: Mapping[str, str], followed: Sequence[Row]) -> dict[str, str]:
    """Where *forward* leads from each scene, as `Ways.forward` says it for one."""
    newest = {parent: key for key, parent in above.items()}
    return newest | {parent: child for parent, child in followed if above.get(child) == parent}


def _line(head: str, above: Mapping[str, str], ahead: Mapping[str, str]) -> tuple[str, ...]:
    behind, key = [], head
    while key != ROOT:
        behind.append(key)
        key = above[key]
    onward, key = [], head
    while key in ahead:
        key = ahead[key]
        onward.append(key)
    return (*reversed(behind), *onward)
