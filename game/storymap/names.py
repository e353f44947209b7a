"""What a map's ids are called, as far as that is known: the pack's names for its places and endings, and how many endings are
still to be found. Names come from strangers' packs and files, so nothing of them but one printable line is passed on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from game.packs import Pack
from game.story import MapScene, Mark, StoryMap

LONGEST = 120
"""Characters of a name at the most."""


@dataclass(frozen=True, slots=True)
class Names:
    """`title` is the story's; `unfound` is None where the pack is not at hand. An id without a name is called by itself."""

    title: str = ""
    places: Mapping[str, str] = field(default_factory=dict)
    endings: Mapping[str, str] = field(default_factory=dict)
    unfound: int | None = None

    def place(self, scene: MapScene) -> str:
        """Where a scene is set."""
        name = line(self.places.get(scene.place, scene.place))
        return name[:1].upper() + name[1:]

    def ending(self, ending: str) -> str:
        """The title of an ending that was found."""
        return line(self.endings.get(ending, ending))


def names_of(story: StoryMap, pack: Pack | None, title: str = "") -> Names:
    """By the pack, or where it is not at hand, the `title` alone. Of endings that were not found only the number is told."""
    if pack is None:
        return Names(title)
    found = {ending: pack.endings[ending].title for ending in story.endings if ending in pack.endings}
    places = {place.id: place.name for place in pack.places.values()}
    return Names(pack.title, places, found, len(pack.endings) - len(found))


def line(text: str) -> str:
    """The text as one line without a character that is not to be seen, cut where it is too long."""
    plain = " ".join("".join(char if char.isprintable() else " " for char in text[: 4 * LONGEST]).split())
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1].rstrip() + "…"


def count(number: int, what: str, several: str = "") -> str:
    """So many of something, in words."""
    return f"{number:,} {what if number == 1 else several or what + 's'}"


def choice_number(slot: str) -> str:
    """A slot as the player is shown it: its number, from 1."""
    return str("abcd".index(slot) + 1) if slot in ("a", "b", "c", "d") else line(slot)


def mark_name(mark: Mark) -> str:
    """A bookmark in a few words."""
    slot = {"": "", "quick": "quick"}.get(mark.slot, f"slot {mark.slot}")
    return ": ".join(filter(None, (line(slot), line(mark.name)))) or "a bookmark"


def marks_by_key(marks: Iterable[Mark]) -> dict[str, list[Mark]]:
    """The bookmarks of each scene that has any."""
    found: dict[str, list[Mark]] = {}
    for mark in marks:
        found.setdefault(mark.key, []).append(mark)
    return found
