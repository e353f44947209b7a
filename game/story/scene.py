"""What a player reads: a scene, its beats, its choices, and the source of every text."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, cast

from game.story.canonical import Json

Author = Literal["author", "model", "player"]
BeatKind = Literal["narration", "line"]

SLOTS = ("a", "b", "c", "d")


@dataclass(frozen=True, slots=True)
class Source:
    """Who a text is by, through what it came, and from what.

    `via` is `stub`, `<client>/<model>` or `edit`; `ref` names the rules it was made from or the hash of the request.
    """

    by: Author
    via: str
    ref: str

    def to_json(self) -> dict[str, Json]:
        return {"by": self.by, "via": self.via, "ref": self.ref}


@dataclass(frozen=True, slots=True)
class Beat:
    """One unit of reading. A `line` has a speaker (a cast id) and an expression; a `narration` has neither."""

    kind: BeatKind
    text: str
    source: Source
    speaker: str | None = None
    expression: str | None = None

    def to_json(self) -> dict[str, Json]:
        out: dict[str, Json] = {"kind": self.kind}
        if self.kind == "line":
            out |= {"speaker": self.speaker, "expression": self.expression}
        return out | {"text": self.text, "source": self.source.to_json()}

    def with_text(self, text: str) -> "Beat":
        return replace(self, text=text)


@dataclass(frozen=True, slots=True)
class Choice:
    """A slot the engine dealt, bound to one outcome; only its text may come from elsewhere than the author."""

    slot: str
    outcome: str
    text: str
    source: Source

    def to_json(self) -> dict[str, Json]:
        return {"slot": self.slot, "outcome": self.outcome, "text": self.text, "source": self.source.to_json()}


@dataclass(frozen=True, slots=True)
class Scene:
    """One step of the story, whole. Either it has choices or it is an ending, never both and never neither."""

    key: str
    turn: int
    title: str
    place: str
    beats: tuple[Beat, ...]
    choices: tuple[Choice, ...] = ()
    ending: str | None = None
    storylet: str | None = None
    notes: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()
    fallback: str | None = None

    @property
    def writer(self) -> Author:
        """Who wrote most of the beats; on a tie, who wrote the first of them."""
        count: dict[Author, int] = {}
        for beat in self.beats:
            count[beat.source.by] = count.get(beat.source.by, 0) + 1
        return max(count, key=lambda who: count[who]) if count else "author"

    def choice(self, slot: str) -> Choice | None:
        return next((choice for choice in self.choices if choice.slot == slot), None)

    def to_json(self) -> dict[str, Json]:
        return {
            "key": self.key,
            "turn": self.turn,
            "title": self.title,
            "place": self.place,
            "beats": [beat.to_json() for beat in self.beats],
            "choices": [choice.to_json() for choice in self.choices],
            "ending": self.ending,
            "storylet": self.storylet,
            "notes": list(self.notes),
            "repairs": list(self.repairs),
            "fallback": self.fallback,
        }


def source_from_json(data: Mapping[str, Json]) -> Source:
    return Source(by=cast(Author, data["by"]), via=str(data["via"]), ref=str(data["ref"]))


def beat_from_json(data: Mapping[str, Json]) -> Beat:
    return Beat(
        kind=cast(BeatKind, data["kind"]),
        text=str(data["text"]),
        source=source_from_json(cast(Mapping[str, Json], data["source"])),
        speaker=cast("str | None", data.get("speaker")),
        expression=cast("str | None", data.get("expression")),
    )


def choice_from_json(data: Mapping[str, Json]) -> Choice:
    source = source_from_json(cast(Mapping[str, Json], data["source"]))
    return Choice(slot=str(data["slot"]), outcome=str(data["outcome"]), text=str(data["text"]), source=source)


def scene_from_json(data: Mapping[str, Json]) -> Scene:
    """The inverse of `Scene.to_json`.

    Raises:
        KeyError: a key is missing.
    """
    rows = cast("Mapping[str, list[Mapping[str, Json]]]", data)
    return Scene(
        key=str(data["key"]),
        turn=cast(int, data["turn"]),
        title=str(data["title"]),
        place=str(data["place"]),
        beats=tuple(beat_from_json(row) for row in rows["beats"]),
        choices=tuple(choice_from_json(row) for row in rows["choices"]),
        ending=cast("str | None", data["ending"]),
        storylet=cast("str | None", data["storylet"]),
        notes=tuple(cast("list[str]", data["notes"])),
        repairs=tuple(cast("list[str]", data["repairs"])),
        fallback=cast("str | None", data["fallback"]),
    )
