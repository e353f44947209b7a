"""The files of a pack as an author writes them: strict models, one for each TOML file.

Every table is keyed by the id of what it declares: `[maren]` in cast.toml, `[jetty]` in places.toml, `[arrival]` in storylets/.
"""

from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, RootModel

from game.packs.look import CastLook, Expression, Palette, PlaceLook

T = TypeVar("T")

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Line = Annotated[str, Field(min_length=1, max_length=200)]
Prose = Annotated[str, Field(min_length=1, max_length=2000)]
ConditionText = Annotated[str, Field(min_length=1)]
Whole = Annotated[int, Field(ge=-(10**9), le=10**9)]
EffectText = Annotated[str, Field(min_length=1, max_length=220)]


def _listed(value: object) -> object:
    return value if isinstance(value, list) else [value]


def _as_text(value: object) -> object:
    return {"text": value} if isinstance(value, str) else value


OneOrMore = Annotated[list[T], BeforeValidator(_listed)]
"""An author may write one value where a list is meant."""
Texted = Annotated[T, BeforeValidator(_as_text)]
"""An author may write a bare text where a table with a `text` is meant."""


class File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class LengthFile(File):
    """Scenes in a playthrough."""

    min: Annotated[int, Field(ge=1, le=500)] = 8
    max: Annotated[int, Field(ge=1, le=1_000_000)] = 16


class PlayerFile(File):
    """Who the player is; `ask` lets them say so at the start."""

    ask: bool = False
    name: Annotated[str, Field(max_length=40)] = ""
    pronouns: Literal["she", "he", "they"] = "they"
    person: Literal["first", "second", "third"] = "second"
    tense: Literal["present", "past"] = "present"
    role: Annotated[str, Field(max_length=120)] = ""


class VariableFile(File):
    """A bool (a `start` of true or false, nothing else) or a whole number with min, max and the largest step."""

    start: bool | Whole
    min: Whole | None = None
    max: Whole | None = None
    step: Annotated[Whole, Field(ge=1)] = 1
    text: Annotated[str, Field(max_length=120)] = ""


class ItemFile(File):
    name: Line
    text: Annotated[str, Field(max_length=400)] = ""


class ThreadFile(File):
    """A promise to the player. `due` is how many scenes it may stay open before the director brings it back. `left` is what the
    ending says of it when it was never closed."""

    text: Line
    left: Annotated[str, Field(max_length=400)] = ""
    due: Annotated[int, Field(ge=1, le=1000)] = 6


class FactFile(File):
    """A checked triple. While it is true, no scene may say one of `denied_by`: words that would contradict it."""

    subject: Id
    predicate: Line
    object: Line
    text: Line
    denied_by: list[Line] = []


class WaitingFile(File):
    """What stands on the screen while a model writes: `words` say that it does, `pauses` are moments of the world itself, for
    when it takes longer."""

    words: list[Line] = []
    pauses: list[Line] = []


class EndingFile(File):
    """A named way to end. Just one is the `default`; its storylet has no condition."""

    title: Line
    text: Annotated[str, Field(max_length=400)] = ""
    default: bool = False


class AuthorFile(File):
    name: Line
    role: Line


class AiPolicyFile(File):
    """What the authors allow a model to do with their world, said to the player in the credits."""

    model_may_write: bool = True
    statement: Annotated[str, Field(max_length=600)] = ""


class TypeFile(File):
    """Font families, by the names of the installed `fontpkg-*` packages."""

    display: Line = "EB Garamond"
    text: Line = "Alegreya Sans"


class BeatFile(File):
    """A beat for the stub: `text` in grammar notation, or a list of them to draw from."""

    text: Annotated[OneOrMore[Prose], Field(min_length=1)]
    speaker: Id | None = None
    expression: Id | None = None
    when: ConditionText | None = None


class OutcomeFile(File):
    """What a choice does. `then` is what came of it: the stub tells these beats first in the scene that follows."""

    id: Id
    text: Line
    hint: Annotated[str, Field(max_length=200)] = ""
    when: ConditionText | None = None
    effects: list[EffectText] = []
    leads_to: Id | None = None
    then: list[Texted[BeatFile]] = []


class PackFile(File):
    """pack.toml."""

    id: Id
    title: Line
    tagline: Annotated[str, Field(max_length=200)] = ""
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
    schema_: Annotated[Literal[1], Field(alias="schema")]
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] = "en"
    rating: Literal["general", "teen", "mature"] = "general"
    content_notes: list[Line] = []
    acts: Annotated[int, Field(ge=1, le=9)] = 3
    start: Id
    present: list[Id] = []
    length: LengthFile = LengthFile()
    player: PlayerFile = PlayerFile()
    variables: dict[Id, VariableFile] = {}
    items: dict[Id, ItemFile] = {}
    threads: dict[Id, ThreadFile] = {}
    facts: dict[Id, FactFile] = {}
    endings: dict[Id, EndingFile]
    improvise: list[OutcomeFile] = []
    authors: Annotated[list[AuthorFile], Field(min_length=1)]
    licence: Line
    ai_policy: AiPolicyFile = AiPolicyFile()
    waiting: WaitingFile = WaitingFile()
    palette: Palette
    type: TypeFile = TypeFile()


class SecretFile(File):
    text: Prose
    revealed_by: Id


class CastFile(File):
    """One member of the cast. `consent` says whose likeness and voice this is, and that they agreed, or that it is nobody's;
    `knows` are the facts that they know from the start, whenever these come true."""

    name: Line
    pronouns: Literal["she", "he", "they", "it"] = "they"
    voice: Prose
    wants: Prose
    expressions: list[Expression] = ["neutral", "warm", "wary", "afraid", "angry", "sad"]
    look: CastLook
    consent: Prose
    knows: list[Id] = []
    secrets: list[SecretFile] = []


class PlaceFile(File):
    name: Line
    description: Prose
    exits: list[Id] = []
    ambience: Annotated[str, Field(max_length=200)] = ""
    look: PlaceLook


class LoreFile(File):
    keys: list[Line] = []
    text: Prose
    priority: Annotated[int, Field(ge=0, le=100)] = 50
    always: bool = False


class StoryletFile(File):
    title: Line
    goal: Prose
    must_happen: list[Line] = []
    when: ConditionText | None = None
    act: OneOrMore[Annotated[int, Field(ge=1, le=9)]] = []
    place: Id | None = None
    cast: list[Id] | None = None
    opening: bool = False
    once: bool = True
    weight: Annotated[int, Field(ge=1, le=1000)] = 10
    effects: list[EffectText] = []
    threads: list[Id] = []
    ending: Id | None = None
    outcomes: Annotated[list[OutcomeFile], Field(max_length=8)] = []
    beats: list[Texted[BeatFile]] = []


class RuleFile(File):
    """A grammar expansion that is there only when `when` holds."""

    text: Prose
    when: ConditionText | None = None
    weight: Annotated[int, Field(ge=1, le=100)] = 1


class SymbolFile(RootModel[list[Texted[RuleFile]]]):
    """The expansions of one grammar symbol."""


class ExpectFile(File):
    """What must hold when a play is over. `state` has the names that conditions read; each of `text` must have been read."""

    ending: Id | None = None
    state: dict[str, bool | int] = {}
    text: list[Line] = []


class PlayFile(File):
    """One playthrough of a pack's own tests. A choice is an outcome's id, or a slot's letter. `prefer` plays on from there to an
    ending: at each scene the first of these outcomes that is on offer is picked, and the first slot where none is."""

    name: Line
    intent: Annotated[str, Field(max_length=400)] = ""
    seed: Annotated[int, Field(ge=0, lt=1 << 63)] = 0
    choices: Annotated[list[Id], Field(max_length=1000)] = []
    prefer: Annotated[list[Id], Field(max_length=1000)] = []
    expect: ExpectFile


class PlaysFile(File):
    """tests/*.toml."""

    play: Annotated[list[PlayFile], Field(min_length=1)]
