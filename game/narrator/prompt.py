"""The prompt, most stable first: the system message never changes, then comes what stands for the scenes that were folded away,
then the past, which is only ever added to; the brief comes last."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from importlib.resources import files
from typing import cast

from game.clients import Capabilities, Message
from game.narrator.budget import (
    DEFAULT_RATE,
    MESSAGE_TOKENS,
    SHARE_RATE,
    Profile,
    calibrate,
    head,
    latest,
    profile_for,
    rate_of,
    size,
    tokens,
)
from game.narrator.inert import inert, inert_lines, inert_values
from game.narrator.kept import Kept
from game.narrator.lore import Lore, lore_for
from game.narrator.recap import LONGEST_RECAP, Past, pieces_of
from game.narrator.reply import NARRATOR, as_reply, reply_schema
from game.narrator.sections import Section, marked, sections_of
from game.narrator.values import Cut, Values, scene_values, system_values
from game.packs import Pack
from game.packs.templates import TemplateError, names_in, render
from game.story import SLOTS, Beat, Brief, Json, Player, Recap, Scene, Shape, canonical

__all__ = [
    "DEFAULT_RATE",
    "EXAMPLE_TEXTS",
    "Past",
    "Profile",
    "Prompter",
    "calibrate",
    "canonical_reply",
    "profile_for",
    "rate_of",
    "tokens",
]

EXAMPLE: Mapping[str, Json] = {
    "beats": [
        {"s": "narrator", "t": "The kettle has boiled dry. Nobody has moved to lift it."},
        {"s": "anna/wary", "t": "You came by the back road. Nobody comes by the back road."},
        {"s": "narrator", "t": "She turns one cup the right way up, then, after a moment, the other."},
    ],
    "a": "Ask who she was waiting for",
    "b": "Sit down without a word",
    "notes": ["Two cups were set out."],
}
"""The worked example of the form, from no story of anybody's: a model that only repeats it has written nothing."""

EXAMPLE_TEXTS = tuple(row["t"] for row in cast("list[dict[str, str]]", EXAMPLE["beats"]))

SHORTEST_TURN = 100
"""Tokens that a scene takes in a request at the least, with its brief: no more scenes are looked at than might fit."""

Measure = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Turn:
    """A scene as it stands in a request: what was asked and what was told, the lore that fired, and the values of the `scene`
    template with what was cut of them."""

    turn: int
    asked: str
    told: str
    lore: Lore
    values: Values
    cuts: tuple[Cut, ...]

    @property
    def messages(self) -> tuple[Message, Message]:
        return Message("user", self.asked), Message("assistant", self.told)


@dataclass(frozen=True, slots=True)
class Head:
    """The system message: its text, the values of the `system` template, and what was cut of them."""

    text: str
    values: Values
    cuts: tuple[Cut, ...]


class Prompter:
    """Builds the messages for the scenes of one playthrough. What it builds depends on what it is given, and on nothing else."""

    def __init__(self, pack: Pack, player: Player) -> None:
        self._pack = pack
        self._player = player
        self._heads: dict[int, Head] = {}
        self._asked: Kept[Turn] = Kept()
        self._told: Kept[str] = Kept()
        self._reads_now = "now" in _names(pack.templates.get("system", ""))

    def window(self, capabilities: Capabilities) -> int:
        """Tokens of a client's window that the messages and the reply may take: where the schema is read as a part of the prompt,
        its tokens are taken off. The same for every scene."""
        if not capabilities.schema_in_prefix:
            return capabilities.window
        bounds = profile_for(capabilities.window)
        schema = reply_schema(self._pack, len(SLOTS), bounds.max_beats, bounds.max_chars)
        return capabilities.window - len(canonical(schema)) * 100 // SHARE_RATE

    def shape(
        self,
        brief: Brief,
        past: Callable[[int], Past],
        profile: Profile,
        via: str,
        rate: int,
        before: Shape | None,
        recap: Recap | None,
        measure: Measure | None = None,
    ) -> Shape:
        """How the request for the scene of `brief` is laid out.

        `past` gives the last n scenes. `before` is the shape of the scene before, where it was one of the same client and
        window: all that stood there stands again, unless it no longer fits; then the oldest scenes are left out at once, to half
        the room. `recap` is the newest there is: it is named where scenes are left out, whether or not it reaches far enough
        (`Recap.upto` against `Shape.start`). `measure` gives the tokens of a text; without it they are guessed by `rate`.
        """
        count = measure or (lambda text: tokens(text, rate))
        kept = self._kept(profile, before)
        turns = self._turns(brief, past, profile, self._begin(brief, profile, kept))
        last = turns.pop()
        named = kept.recap if kept else ""
        start = turns[0].turn if turns else brief.turn
        if kept is None and start > 1 and recap:
            named = recap.id
        head = self.head(brief, profile).text
        room = self._room(profile, start > 1, (head, last.asked), count)
        costs = [sum(count(message.content) + MESSAGE_TOKENS for message in turn.messages) for turn in turns]
        if sum(costs) > room:
            room = self._room(profile, True, (head, last.asked), count)
            start = self._folded(turns, costs, room, rate, brief.turn)
            named = recap.id if recap else ""
        return Shape(via, profile.window, rate, start, named)

    def texts(self, brief: Brief, past: Callable[[int], Past], profile: Profile, before: Shape | None) -> list[str]:
        """The texts that `shape` measures for the same scene."""
        turns = self._turns(brief, past, profile, self._begin(brief, profile, self._kept(profile, before)))
        last = turns.pop()
        return [self.head(brief, profile).text, *(message.content for turn in turns for message in turn.messages), last.asked]

    def scene(
        self, brief: Brief, past: Callable[[int], Past], profile: Profile, shape: Shape, recap: Recap | None
    ) -> tuple[Message, ...]:
        """The messages that ask for the scene of `brief`, laid out by `shape`; `recap` is the one that it names."""
        turns = self._turns(brief, past, profile, shape.start)
        last = turns.pop()
        told = [message for turn in turns for message in turn.messages]
        behind = self._behind(brief, past, profile, shape, recap)
        return (Message("system", self.head(brief, profile).text), *behind, *told, Message("user", last.asked))

    def tail(
        self, brief: Brief, messages: tuple[Message, ...], shown: Sequence[Beat], reasons: Sequence[str]
    ) -> tuple[Message, ...]:
        """The messages that ask for the rest of a scene of which `shown` has been read."""
        values, _ = scene_values(self._pack, brief, profile_for(1 << 15), Lore())
        text = self.render("tail", {**values, "shown": _lines(shown), "reasons": list(reasons)})
        return (*messages, Message("user", text.strip()))

    def recap(self, told: Past, before: Recap | None) -> tuple[Message, ...]:
        """The messages that ask a model for a recap of `told`, which follows the scenes of `before`."""
        scenes = [
            {
                "title": scene.title,
                "place": self._pack.places[brief.place].name,
                "picked": brief.picked or "",
                "text": " ".join(beat.text for beat in scene.beats),
            }
            for brief, scene in told
        ]
        values: Values = {
            "title": self._pack.title,
            "language": self._pack.language,
            "before": before.text if before else "",
            "scenes": scenes,
            "longest": LONGEST_RECAP // 2,
        }
        return (Message("user", self.render("recap", values).strip()),)

    def turns(self, brief: Brief, past: Callable[[int], Past], profile: Profile, shape: Shape) -> list[Turn]:
        """The scenes that stand in a request in full, and last the one that is asked for."""
        return self._turns(brief, past, profile, shape.start)

    def head(self, brief: Brief, profile: Profile) -> Head:
        """The system message. It is the same for every scene, unless the pack's own template reads what is true `now`."""
        if profile.window not in self._heads:
            example = _in_order(EXAMPLE if not profile.compact else _short(EXAMPLE))
            values, cuts = system_values(self._pack, self._player, profile, example, self.render)
            self._heads[profile.window] = Head(self.render("system", values).strip(), values, cuts)
        head = self._heads[profile.window]
        if not self._reads_now:
            return head
        now, _ = scene_values(self._pack, brief, profile, Lore())
        values = {**head.values, "now": now}
        return Head(self.render("system", values).strip(), values, head.cuts)

    def sections(self, name: str, values: Values, own: str) -> tuple[Section, ...]:
        """The parts of what the template `name` makes of its values, by the value that they come from; `own`: its own words."""
        return sections_of(self.render(name, values, marked).strip(), own)

    def _kept(self, profile: Profile, before: Shape | None) -> Shape | None:
        return before if before and before.window == profile.window else None

    def _begin(self, brief: Brief, profile: Profile, kept: Shape | None) -> int:
        """The first scene that may stand in full."""
        if kept:
            return min(kept.start, brief.turn)
        return max(1, brief.turn - profile.prompt_tokens // SHORTEST_TURN)

    def _room(self, profile: Profile, folded: bool, always: Sequence[str], count: Measure) -> int:
        """Tokens that the past may take, when all else has what it needs."""
        taken = sum(count(text) + MESSAGE_TOKENS for text in always)
        if folded:
            taken += profile.recap_chars * 100 // SHARE_RATE + MESSAGE_TOKENS
        return profile.prompt_tokens - taken

    def _folded(self, turns: list[Turn], costs: list[int], room: int, rate: int, now: int) -> int:
        """The first scene that still stands in full after a fold: what stands takes half the room. Lore that stood further up
        is told again where it fires, so that its length counts."""
        left, start = room // 2, now
        for turn, cost in zip(reversed(turns), reversed(costs), strict=True):
            left -= cost + sum(tokens(entry.text, rate) for entry in turn.lore.standing)
            if left < 0 and (turn.turn < now - 1 or left + room // 2 < 0):
                break
            start = turn.turn
        return start

    def _turns(self, brief: Brief, past: Callable[[int], Past], profile: Profile, start: int) -> list[Turn]:
        """The scenes from turn `start` on, with the brief itself last, each with the lore that no scene before it has brought."""
        wanted = brief.turn - start
        known = list(past(wanted + 1)) if brief.turn > 1 else []
        rows = [row for row in known if row[0].turn >= start]
        before = next((scene for each, scene in reversed(known) if each.turn == start - 1), None)
        standing: set[str] = set()
        out = []
        for each, scene in [*rows, (brief, None)]:
            asked = self._asked_for(each, before, frozenset(standing), profile)
            told = self._told.get(scene.key, scene, partial(canonical_reply, scene)) if scene else ""
            out.append(replace(asked, told=told))
            standing |= {entry.id for entry in asked.lore.told}
            before = scene
        return out

    def _asked_for(self, brief: Brief, before: Scene | None, standing: frozenset[str], profile: Profile) -> Turn:
        """The turn of a brief that follows the scene `before`, without what was told."""

        def make() -> Turn:
            lore = lore_for(self._pack, brief, before, standing, profile.lore_chars)
            values, cuts = scene_values(self._pack, brief, profile, lore)
            return Turn(brief.turn, self.render("scene", values).strip(), "", lore, values, cuts)

        return self._asked.get(brief.key, (profile, standing, before, brief), make)

    def _behind(
        self, brief: Brief, past: Callable[[int], Past], profile: Profile, shape: Shape, recap: Recap | None
    ) -> tuple[Message, ...]:
        """What stands for the scenes before `shape.start`: the recap; and how the last scene went, when none stands in full."""
        if shape.start == 1:
            return ()
        shown: list[dict[str, str]] = []
        if shape.start == brief.turn:
            shown = _ending_of(past(1), profile.last_chars)
        text = "\n".join(latest(pieces_of(recap), profile.recap_chars)) if recap else ""
        if not text and not shown:
            return ()
        return (Message("user", self.render("before", {"recap": text, "shown": shown}).strip()),)

    def render(self, name: str, values: Values, mark: Callable[[Values], dict[str, object]] = dict) -> str:
        """The pack's own template `name`, filled in; the default one where there is none, or where it fails on these values."""
        safe = _safe(values)
        own = self._pack.templates.get(name)
        if own is not None:
            try:
                return render(own, mark(safe))
            except TemplateError:
                pass
        return render(_default(name), mark(safe))


def _names(source: str) -> Mapping[str, int]:
    try:
        return names_in(source)
    except TemplateError:
        return {}


def _safe(values: Values) -> dict[str, object]:
    """The values, made inert. The world keeps its paragraphs; the worked example is the engine's own."""
    out = inert_values({key: value for key, value in values.items() if key not in ("world", "recap", "example")})
    out |= {key: inert_lines(str(values[key])) for key in ("world", "recap") if key in values}
    return out | ({"example": values["example"]} if "example" in values else {})


def canonical_reply(scene: Scene) -> str:
    """A past scene as the assistant's turn: beats first, like a reply."""
    return _in_order(cast("Mapping[str, Json]", inert_values(as_reply(scene))))


def _in_order(reply: Mapping[str, Json]) -> str:
    """A reply as JSON with its keys in their own order, beats first."""
    return "{" + ",".join(f"{canonical(key)}:{canonical(value)}" for key, value in reply.items()) + "}"


def _short(example: Mapping[str, Json]) -> Mapping[str, Json]:
    """The example in two beats, and without a note."""
    return {**example, "beats": cast("list[Json]", example["beats"])[:2], "notes": []}


def _ending_of(past: Past, limit: int) -> list[dict[str, str]]:
    """The last beats of the last scene, and its last words when not even one beat fits."""
    beats = _lines(past[-1][1].beats) if past else []
    kept: list[dict[str, str]] = []
    for beat in reversed(beats):
        limit -= size(beat["t"]) + len(beat["s"]) + 5
        if limit < 0:
            break
        kept.append(beat)
    return kept[::-1] or [{**beat, "t": head(beat["t"], 200)} for beat in beats[-1:]]


def _lines(beats: Sequence[Beat]) -> list[dict[str, str]]:
    return [
        {"s": NARRATOR if beat.speaker is None else f"{beat.speaker}/{beat.expression}", "t": inert(beat.text)} for beat in beats
    ]


@cache
def _default(name: str) -> str:
    return (files("game.narrator") / "templates" / f"{name}.j2").read_text("utf-8")
