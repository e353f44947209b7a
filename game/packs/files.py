"""The files of a pack as an author writes them: strict models, one for each TOML file.

Every table is keyed by the id of what it declares: `[maren]` in cast.toml, `[jetty]` in places.toml, `[arrival]` in storylets/.
What a key is for is said beside it, for authors: their editors show it, out of the schemas that are made from these models.
"""

import re
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Discriminator, Field, RootModel, Tag

from game.packs.look import CastLook, Expression, Light, Palette, PlaceLook, Weather
from game.packs.shorter import bare, one_for_many

T = TypeVar("T")

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Line = Annotated[str, Field(min_length=1, max_length=200)]
Prose = Annotated[str, Field(min_length=1, max_length=2000)]
ConditionText = Annotated[str, Field(min_length=1)]
Whole = Annotated[int, Field(ge=-(10**9), le=10**9)]
EffectText = Annotated[str, Field(min_length=1, max_length=220)]


OneOrMore = Annotated[list[T], one_for_many()]
"""An author may write one value where a list is meant."""
Texted = Annotated[T, bare("text")]
"""An author may write a bare text where a table with a `text` is meant."""


class File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class LengthFile(File):
    """Scenes in a playthrough."""

    min: Annotated[int, Field(ge=1, le=500, description="Scenes before an ending that was earned may come.")] = 8
    max: Annotated[int, Field(ge=1, le=1_000_000, description="The scene that ends the story, whatever happens.")] = 16


class PlayerFile(File):
    """Who the player is; `ask` lets them say so at the start."""

    ask: Annotated[bool, Field(description="Whether players are asked for their own name and pronouns at the start.")] = False
    name: Annotated[str, Field(max_length=40, description="The player's name, where they are not asked or do not say.")] = ""
    pronouns: Annotated[Literal["she", "he", "they"], Field(description="The player's pronouns, likewise.")] = "they"
    person: Annotated[
        Literal["first", "second", "third"], Field(description="Whether the player is told of as I, as you, or by name.")
    ] = "second"
    tense: Annotated[Literal["present", "past"], Field(description="The tense of the narration.")] = "present"
    role: Annotated[str, Field(max_length=120, description="Who the player is here: an inspector of lights, say.")] = ""


class VariableFile(File):
    """A bool (a `start` of true or false, nothing else) or a whole number with min, max and the largest step."""

    start: Annotated[bool | Whole, Field(description="What it is at the beginning: true, false, or a whole number.")]
    min: Annotated[Whole | None, Field(description="The least it can be; 0 if left out.")] = None
    max: Annotated[Whole | None, Field(description="The most it can be; a number needs one.")] = None
    step: Annotated[Whole, Field(ge=1, description="By how much one effect may change it at most.")] = 1
    text: Annotated[str, Field(max_length=120, description="What it stands for, in words.")] = ""


class ItemFile(File):
    """Something that the player can carry."""

    name: Annotated[Line, Field(description="What it is called, with its article: the Board's letter.")]
    text: Annotated[str, Field(max_length=400, description="How it looks from close by.")] = ""


class ThreadFile(File):
    """A promise to the player. `due` is how many scenes it may stay open before the director brings it back. `left` is what the
    ending says of it when it was never closed."""

    text: Annotated[Line, Field(description="The question, debt or threat, in a sentence.")]
    left: Annotated[str, Field(max_length=400, description="What an ending says of it when it is still open then.")] = ""
    due: Annotated[int, Field(ge=1, le=1000, description="Scenes that it may stay open before it is brought back.")] = 6


class FactFile(File):
    """A checked triple. While it is true, no scene may say one of `denied_by`: words that would contradict it."""

    subject: Annotated[Id, Field(description="What it is about. Of one subject and predicate only the newest fact holds.")]
    predicate: Annotated[Line, Field(description="What is said of it: is, is called, was opened by.")]
    object: Annotated[Line, Field(description="The rest: home, Esther Tallow, the keeper.")]
    text: Annotated[Line, Field(description="The same as a sentence, for the player's notebook and for a model.")]
    denied_by: Annotated[list[Line], Field(description="Words that no scene may say while this is true.")] = []


class WaitingFile(File):
    """What stands on the screen while a model writes: `words` say that it does, `pauses` are moments of the world itself, for
    when it takes longer."""

    words: Annotated[list[Line], Field(description="Short lines that say that something is being written.")] = []
    pauses: Annotated[list[Line], Field(description="Small moments of the world that fit into any scene.")] = []


class EndingFile(File):
    """A named way to end. Just one is the `default`; its storylet has no condition."""

    title: Annotated[Line, Field(description="What stands over it.")]
    text: Annotated[str, Field(max_length=400, description="How it ended, in a sentence, for the credits.")] = ""
    default: Annotated[bool, Field(description="True for just one: it comes when no other has been earned.")] = False


class AuthorFile(File):
    """Somebody who made the pack, and what they made of it."""

    name: Annotated[Line, Field(description="As it should stand in the credits.")]
    role: Annotated[Line, Field(description="What they did: words, world, pictures.")]


class AiPolicyFile(File):
    """What the authors allow a model to do with their world, said to the player in the credits."""

    model_may_write: Annotated[bool, Field(description="Whether a model may write scenes of this world while it is played.")] = (
        True
    )
    statement: Annotated[str, Field(max_length=600, description="The same in the authors' own words, for the credits.")] = ""


class TypeFile(File):
    """Font families, by the names of the installed `fontpkg-*` packages."""

    display: Annotated[Line, Field(description="For titles.")] = "EB Garamond"
    text: Annotated[Line, Field(description="For what is read.")] = "Alegreya Sans"


class CoverFile(File):
    """What is on the cover: a place as it looks in the story, or in another weather and light; and who stands before it."""

    place: Annotated[
        Id | None, Field(description="The place on the cover; the one where the story begins, when it is left out.")
    ] = None
    weather: Annotated[Weather | None, Field(description="Its weather there, if it is another.")] = None
    light: Annotated[Annotated[Light, bare("kind")] | None, Field(description="Its light there, if it is another.")] = None
    cast: Annotated[Id | None, Field(description="Who of the cast stands before it; nobody, when it is left out.")] = None
    expression: Annotated[Expression, Field(description="The face that they make.")] = "neutral"


class BeatFile(File):
    """A beat for the stub: `text` in grammar notation, or a list of them to draw from."""

    text: Annotated[
        OneOrMore[Prose], Field(min_length=1, description="What is told or said; of a list, one is drawn. #symbol# is expanded.")
    ]
    speaker: Annotated[Id | None, Field(description="Who of the cast says it. Left out, it is narration.")] = None
    expression: Annotated[Id | None, Field(description="The face they say it with: one of their expressions.")] = None
    when: Annotated[ConditionText | None, Field(description="The condition under which it is told.")] = None


MAX_MEMBERS = 24
"""Members of a group of beats: one number still draws all their orders evenly."""


class OneOfFile(File):
    """A group of beats: one of its sequences is told, another in every telling."""

    one_of: Annotated[
        list["Sequence"], Field(max_length=MAX_MEMBERS, description="Sequences of beats, of which one is told: ways to tell it.")
    ]
    when: Annotated[ConditionText | None, Field(description="The condition under which any of it is told.")] = None


class ShuffledFile(File):
    """A group of beats: some of them, or all, in an order that is drawn."""

    shuffled: Annotated[
        list["Sequence"], Field(max_length=MAX_MEMBERS, description="Beats, or sequences of beats, told in a drawn order.")
    ]
    take: Annotated[int | None, Field(ge=1, description="How many of them are told; left out, all.")] = None
    when: Annotated[ConditionText | None, Field(description="The condition under which any of it is told.")] = None


def _kind(value: object) -> str:
    """Which of the things that may stand among beats this is: a tag that no author writes as a key."""
    keys = value if isinstance(value, dict) else ()
    return next((f"<{kind}>" for kind in ("one_of", "shuffled") if kind in keys), "<beat>")


GroupFile = OneOfFile | ShuffledFile
Told = Annotated[
    Annotated[Texted[BeatFile], Tag("<beat>")]
    | Annotated[OneOfFile, Tag("<one_of>")]
    | Annotated[ShuffledFile, Tag("<shuffled>")],
    Discriminator(_kind),
]
"""What may stand among beats: a beat, or a group of them."""
Sequence = OneOrMore[Told]
OneOfFile.model_rebuild()
ShuffledFile.model_rebuild()


class OutcomeFile(File):
    """What a choice does. `then` is what came of it: the stub tells these beats first in the scene that follows."""

    id: Annotated[Id, Field(description="What plays and transcripts call it; each scene's are different.")]
    text: Annotated[Line, Field(description="The choice, as the player reads it.")]
    hint: Annotated[str, Field(max_length=200, description="What it means, for a model that words it anew.")] = ""
    when: Annotated[ConditionText | None, Field(description="The condition under which it is on offer.")] = None
    effects: Annotated[list[EffectText], Field(description="What changes: trust + 1, gain key, open thread, go cellar.")] = []
    leads_to: Annotated[Id | None, Field(description="The storylet that follows at once.")] = None
    then: Annotated[list[Told], Field(description="What came of it: the next scene opens with these beats.")] = []


class PackFile(File):
    """pack.toml: the head of a pack."""

    id: Annotated[Id, Field(description="The pack's own id: what --pack takes. Small letters, digits and _.")]
    title: Annotated[Line, Field(description="What the story is called.")]
    tagline: Annotated[str, Field(max_length=200, description="One sentence under the title on the shelf.")] = ""
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$", description='The pack\'s version, such as "1.0.0".')]
    schema_: Annotated[Literal[1], Field(alias="schema", description="The version of this format: 1.")]
    language: Annotated[
        str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", description="The language it is told in: en, pt-BR.")
    ] = "en"
    rating: Annotated[Literal["general", "teen", "mature"], Field(description="Whom it is for.")] = "general"
    content_notes: Annotated[list[Line], Field(description="What some players would want to know beforehand.")] = []
    acts: Annotated[int, Field(ge=1, le=9, description="How many acts the story has.")] = 3
    start: Annotated[Id, Field(description="The place where it begins.")]
    present: Annotated[list[Id], Field(description="Who of the cast is there at the beginning.")] = []
    length: Annotated[LengthFile, Field(description="How many scenes a playthrough has.")] = LengthFile()
    player: Annotated[PlayerFile, Field(description="Who the player is.")] = PlayerFile()
    variables: Annotated[
        dict[Id, VariableFile], Field(description="What the story counts, and what it remembers as yes or no.")
    ] = {}
    items: Annotated[dict[Id, ItemFile], Field(description="What can be carried.")] = {}
    threads: Annotated[dict[Id, ThreadFile], Field(description="Promises to the player: questions, debts, threats.")] = {}
    facts: Annotated[dict[Id, FactFile], Field(description="What an effect can make true, and no scene may then deny.")] = {}
    endings: Annotated[dict[Id, EndingFile], Field(description="The ways to end. Just one is the default.")]
    improvise: Annotated[list[OutcomeFile], Field(description="Choices of the quiet scenes between storylets.")] = []
    authors: Annotated[list[AuthorFile], Field(min_length=1, description="Who made this; they stand in the credits.")]
    licence: Annotated[Line, Field(description="Under what terms others may use it, such as CC-BY-4.0.")]
    ai_policy: Annotated[AiPolicyFile, Field(description="What a model may do with this world.")] = AiPolicyFile()
    waiting: Annotated[WaitingFile, Field(description="What stands on the screen while a model writes.")] = WaitingFile()
    palette: Annotated[Palette, Field(description="The pack's colours.")]
    cover: Annotated[CoverFile, Field(description="What is on the cover.")] = CoverFile()
    type: Annotated[TypeFile, Field(description="The pack's fonts.")] = TypeFile()


class SecretFile(File):
    """What nobody may say, the model included, until the storylet that reveals it is told."""

    text: Annotated[Prose, Field(description="The secret, in a sentence.")]
    revealed_by: Annotated[Id, Field(description="The storylet in which it comes out.")]


class CastFile(File):
    """One member of the cast. `consent` says whose likeness and voice this is, and that they agreed, or that it is nobody's;
    `knows` are the facts that they know from the start, whenever these come true."""

    name: Annotated[Line, Field(description="What they are called.")]
    pronouns: Annotated[Literal["she", "he", "they", "it"], Field(description="Their pronouns.")] = "they"
    voice: Annotated[Prose, Field(description="How they talk, so well that one would know them without the name.")]
    wants: Annotated[Prose, Field(description="What they want in this story.")]
    expressions: Annotated[list[Expression], Field(description="The faces they have; neutral must be among them.")] = [
        "neutral",
        "warm",
        "wary",
        "afraid",
        "angry",
        "sad",
    ]
    look: Annotated[CastLook, Field(description="How they look.")]
    consent: Annotated[
        Prose, Field(description="Whose likeness and voice this is, and that they agreed; or that it is nobody's.")
    ]
    knows: Annotated[list[Id], Field(description="The facts that they know from the start.")] = []
    secrets: Annotated[list[SecretFile], Field(description="What comes out about them, and when.")] = []


class PlaceFile(File):
    """Somewhere that scenes are set."""

    name: Annotated[Line, Field(description="What it is called, with its article: the jetty.")]
    description: Annotated[Prose, Field(description="How it is there, in a sentence or three.")]
    exits: Annotated[list[Id], Field(description="The places one can walk to from here.")] = []
    ambience: Annotated[str, Field(max_length=200, description="What is heard there.")] = ""
    look: Annotated[PlaceLook, Field(description="How it is painted.")]


class LoreFile(File):
    """Something that a model is told when one of its keys comes up."""

    keys: Annotated[list[Line], Field(description="Whole words that bring it up.")] = []
    text: Annotated[Prose, Field(description="What is to be known of it.")]
    priority: Annotated[int, Field(ge=0, le=100, description="Which goes first where there is no room for all.")] = 50
    always: Annotated[bool, Field(description="Whether it is told always, also when no key comes up.")] = False


class StoryletFile(File):
    """A unit of plot: when it may happen, what must happen, what may come of it. It has outcomes or an ending, never both."""

    title: Annotated[Line, Field(description="What stands over the scene.")]
    goal: Annotated[Prose, Field(description="What the scene is for. A model reads it; a player does not.")]
    must_happen: Annotated[list[Line], Field(description="What has to be told, in sentences.")] = []
    when: Annotated[ConditionText | None, Field(description="The condition under which it may come.")] = None
    act: Annotated[
        OneOrMore[Annotated[int, Field(ge=1, le=9)]], Field(description="The act, or acts, it belongs to; left out, all of them.")
    ] = []
    place: Annotated[Id | None, Field(description="Where it is set. Left out, it is told wherever the story is.")] = None
    cast: Annotated[list[Id] | None, Field(description="Who is there, and nobody else. Left out, whoever was.")] = None
    opening: Annotated[bool, Field(description="Whether the story may begin with it.")] = False
    once: Annotated[bool, Field(description="Whether it is told once at most.")] = True
    weight: Annotated[int, Field(ge=1, le=1000, description="How likely it is, beside the others that may come.")] = 10
    effects: Annotated[list[EffectText], Field(description="What changes because it is told, whatever is then chosen.")] = []
    threads: Annotated[list[Id], Field(description="The threads that it takes up.")] = []
    ending: Annotated[Id | None, Field(description="The ending that it tells.")] = None
    outcomes: Annotated[
        list[OutcomeFile], Field(max_length=8, description="The choices. The first four that are on offer are shown.")
    ] = []
    beats: Annotated[list[Told], Field(description="The scene, as the offline storyteller tells it.")] = []


class RuleFile(File):
    """A grammar expansion that is there only when `when` holds."""

    text: Annotated[Prose, Field(description="What stands in the symbol's place.")]
    when: Annotated[ConditionText | None, Field(description="The condition under which it may be taken.")] = None
    weight: Annotated[int, Field(ge=1, le=100, description="How likely it is, beside the symbol's others.")] = 1
    speaker: Annotated[Id | None, Field(description="Who says it, where the symbol is all of a beat, if they are there.")] = None
    expression: Annotated[Id | None, Field(description="The face they say it with: one of their expressions.")] = None


class SymbolFile(RootModel[list[Texted[RuleFile]]]):
    """The expansions of one grammar symbol."""


class ExpectFile(File):
    """What must hold when a play is over. `state` has the names that conditions read, `holds` has conditions; each of `text` must
    have been read, none of `never`; each of `visits` must have been told, and it may have taken `scenes` at the most."""

    ending: Annotated[Id | None, Field(description="The ending that it comes to.")] = None
    state: Annotated[dict[str, bool | int], Field(description="Names that conditions read, and what they must be.")] = {}
    holds: Annotated[OneOrMore[ConditionText], Field(description="Conditions that must be true when it is over.")] = []
    text: Annotated[OneOrMore[Line], Field(description="Words that must have been read on the way.")] = []
    never: Annotated[OneOrMore[Line], Field(description="Words that must not be read anywhere on the way.")] = []
    visits: Annotated[OneOrMore[Id], Field(description="Storylets that must be told on the way.")] = []
    scenes: Annotated[int | None, Field(ge=1, description="The most scenes that it may take.")] = None


class PlayFile(File):
    """One playthrough of a pack's own tests. A choice is an outcome's id, or a slot's letter. `prefer` plays on from there to an
    ending: at each scene the first of these outcomes that is on offer is picked, and the first slot where none is."""

    name: Annotated[Line, Field(description="What it is called in the results.")]
    intent: Annotated[str, Field(max_length=400, description="What the one who plays like this is after.")] = ""
    seed: Annotated[int, Field(ge=0, lt=1 << 63, description="What is drawn: another seed tells it otherwise.")] = 0
    choices: Annotated[list[Id], Field(max_length=1000, description="What is picked, scene by scene: outcomes, or a to d.")] = []
    prefer: Annotated[
        list[Id], Field(max_length=1000, description="Outcomes that are picked wherever they are on offer, to an ending.")
    ] = []
    transcript: Annotated[bool, Field(description="Whether it is written out, to be read: `unwritten transcript`.")] = False
    expect: Annotated[ExpectFile, Field(description="What must hold when it is over.")]

    @property
    def slug(self) -> str:
        """Its name as a part of a file's: letters, digits and hyphens."""
        return "-".join(re.findall(r"[^\W_]+", self.name.lower())) or "play"


class PlaysFile(File):
    """tests/*.toml."""

    play: Annotated[list[PlayFile], Field(min_length=1, description="The playthroughs.")]
