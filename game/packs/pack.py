"""A pack, loaded: everything an author wrote, checked, compiled and frozen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from game.packs.diagnostic import Diagnostic
from game.packs.files import (
    AiPolicyFile,
    AuthorFile,
    CoverFile,
    EndingFile,
    ItemFile,
    LoreFile,
    PlayFile,
    ThreadFile,
    TypeFile,
    WaitingFile,
)
from game.packs.grammar import Grammar
from game.packs.look import CastLook, Palette, PlaceLook
from game.story import Declarations, Outcome, Player, Storylet, StoryState


@dataclass(frozen=True, slots=True)
class Secret:
    """What a cast member hides until the storylet `revealed_by` is told."""

    text: str
    revealed_by: str


@dataclass(frozen=True, slots=True)
class CastMember:
    id: str
    name: str
    pronouns: str
    voice: str
    wants: str
    expressions: tuple[str, ...]
    look: CastLook
    consent: str
    secrets: tuple[Secret, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    id: str
    name: str
    description: str
    exits: tuple[str, ...]
    ambience: str
    look: PlaceLook


@dataclass(frozen=True)
class Pack:
    """One story world. `hash` is of all its files; `scenes` is the least and the most scenes of a playthrough.

    `home` is the folder or the zip that it was read from (None: it came with something else), and `files` has a digest of each of
    its files, by their paths inside it. Where it lies makes it no other pack.
    """

    id: str
    title: str
    tagline: str
    version: str
    language: str
    rating: str
    content_notes: tuple[str, ...]
    acts: int
    scenes: tuple[int, int]
    player: Player
    asks_player: bool
    world: str
    declared: Declarations
    initial: StoryState
    items: Mapping[str, ItemFile]
    threads: Mapping[str, ThreadFile]
    endings: Mapping[str, EndingFile]
    improvise: tuple[Outcome, ...]
    cast: Mapping[str, CastMember]
    places: Mapping[str, Place]
    lore: Mapping[str, LoreFile]
    storylets: Mapping[str, Storylet]
    grammar: Grammar
    templates: Mapping[str, str]
    palette: Palette
    type: TypeFile
    authors: tuple[AuthorFile, ...]
    licence: str
    ai_policy: AiPolicyFile
    waiting: WaitingFile
    hash: str
    tests: tuple[PlayFile, ...] = ()
    warnings: tuple[Diagnostic, ...] = ()
    cover: CoverFile = field(default_factory=CoverFile)
    home: Path | None = field(default=None, compare=False)
    files: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def default_ending(self) -> str:
        return next(name for name, ending in self.endings.items() if ending.default)
