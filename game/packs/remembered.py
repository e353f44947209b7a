"""What a playthrough remembers of its pack: names in words, and bounds. With it a story can be read when its pack is another one
by now, or is not here at all.

Knows no journals: what is remembered comes and goes as JSON.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from game.packs.diagnostic import one_line
from game.packs.files import AiPolicyFile, EndingFile, ItemFile, ThreadFile, TypeFile, WaitingFile
from game.packs.grammar import Grammar
from game.packs.look import EXPRESSIONS, CastLook, Palette, PlaceLook
from game.packs.pack import CastMember, Pack, Place
from game.story import Declarations, Fact, Json, Player, StoryState, canonical

T = TypeVar("T")

LONGEST: Final = 190
"""Characters of a name that are shown: what is read here may have been written by anybody."""
SHELVES: Final = ("items", "places", "cast", "threads", "facts", "endings")
"""What a reader meets by its name."""


class Remembered(BaseModel):
    """What a pack declared, by id: of a variable its least and its greatest value (None: true or false), of all else its name,
    its title or its text."""

    model_config = ConfigDict(frozen=True, strict=True)

    variables: dict[str, tuple[int, int] | None] = {}
    items: dict[str, str] = {}
    places: dict[str, str] = {}
    cast: dict[str, str] = {}
    threads: dict[str, str] = {}
    facts: dict[str, str] = {}
    storylets: dict[str, str] = {}
    endings: dict[str, str] = {}

    def called(self, shelf: str, name: str) -> str:
        """What the thing `name` on a shelf (`items`, `cast`, ...) is called; its id in words where that is not remembered."""
        return one_line(getattr(self, shelf).get(name, ""), LONGEST) or in_words(name)

    def with_ids(self, **met: Iterable[str]) -> "Remembered":
        """The same, and that these things exist, shelf by shelf, under whatever name."""
        both = {shelf: dict.fromkeys(sorted(ids), "") | getattr(self, shelf) for shelf, ids in met.items()}
        return self.model_copy(update=both)


def in_words(name: str) -> str:
    """An id as it can be read."""
    return one_line(name.replace("_", " "), LONGEST) or "…"


def declarations_of(pack: Pack) -> dict[str, Json]:
    """What is to be remembered of `pack`: a few kilobytes of JSON."""
    memory = Remembered(
        variables={name: (each.low, each.high) if each else None for name, each in pack.declared.variables.items()},
        items={name: item.name for name, item in pack.items.items()},
        places={name: place.name for name, place in pack.places.items()},
        cast={name: member.name for name, member in pack.cast.items()},
        threads={name: thread.text for name, thread in pack.threads.items()},
        facts={name: fact.text for name, fact in pack.declared.facts.items()},
        storylets={name: storylet.title for name, storylet in pack.storylets.items()},
        endings={name: ending.title for name, ending in pack.endings.items()},
    )
    return memory.model_dump(mode="json")


def remembered(declarations: Mapping[str, Json]) -> Remembered:
    """The inverse of `declarations_of`; nothing, of what it did not make."""
    try:
        return Remembered.model_validate_json(canonical(declarations))
    except ValidationError:
        return Remembered()


def readable(pack: Pack, memory: Remembered) -> Pack:
    """`pack` for reading what was told by an older one: beside its own, all that is remembered and no longer in it, with looks of
    no particular kind. Not to be planned or written with."""
    gone = {shelf: _gone(memory, shelf, _own(pack, shelf)) for shelf in SHELVES}
    if not any(gone.values()):
        return pack
    facts = {name: Fact("", "", "", text) for name, text in gone["facts"].items()}
    return replace(
        pack,
        items=_both({name: ItemFile(name=words) for name, words in gone["items"].items()}, pack.items),
        places=_both(
            {name: Place(name, words, words, (), "", PlaceLook()) for name, words in gone["places"].items()}, pack.places
        ),
        cast=_both({name: _member(name, words) for name, words in gone["cast"].items()}, pack.cast),
        threads=_both({name: ThreadFile(text=words) for name, words in gone["threads"].items()}, pack.threads),
        endings=_both({name: EndingFile(title=words) for name, words in gone["endings"].items()}, pack.endings),
        declared=replace(pack.declared, facts=_both(facts, pack.declared.facts)),
    )


def empty_pack(id: str, title: str, version: str, initial: StoryState) -> Pack:
    """A pack of this name in which nothing is, so that its hash is empty, too; `readable` puts into it what is remembered."""
    return Pack(
        id=id,
        title=title,
        tagline="",
        version=version,
        language="en",
        rating="general",
        content_notes=(),
        acts=1,
        scenes=(1, 1),
        player=Player(),
        asks_player=False,
        world="",
        declared=Declarations(),
        initial=initial,
        items={},
        threads={},
        endings={},
        improvise=(),
        cast={},
        places={},
        lore={},
        storylets={},
        grammar=Grammar(),
        templates={},
        palette=Palette(),
        type=TypeFile(),
        authors=(),
        licence="",
        ai_policy=AiPolicyFile(),
        waiting=WaitingFile(),
        hash="",
    )


def _own(pack: Pack, shelf: str) -> Mapping[str, object]:
    own: Mapping[str, object] = pack.declared.facts if shelf == "facts" else getattr(pack, shelf)
    return own


def _gone(memory: Remembered, shelf: str, own: Mapping[str, object]) -> dict[str, str]:
    return {name: memory.called(shelf, name) for name in getattr(memory, shelf) if name not in own}


def _both(gone: Mapping[str, T], own: Mapping[str, T]) -> Mapping[str, T]:
    return {**own, **gone}


def _member(name: str, words: str) -> CastMember:
    return CastMember(name, words, "they", "", "", EXPRESSIONS, CastLook(), consent="")
