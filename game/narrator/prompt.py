"""The prompt, most stable first: the system message never changes, then comes what stands for the scenes that were folded away,
then the past, which is only ever added to; the brief comes last."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
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
    shared,
    size,
    tokens,
)
from game.narrator.lore import Lore
from game.narrator.recap import LONGEST_RECAP, Past, pieces_of
from game.narrator.reply import reply_schema
from game.narrator.span import Span, Spans, ending_of, in_order, lines_of
from game.narrator.values import Cut, Values, scene_values, system_values
from game.narrator.wording import Wording
from game.packs import Pack
from game.story import SLOTS, Beat, Brief, Json, Player, Recap, Shape, canonical

__all__ = [
    "DEFAULT_RATE",
    "EXAMPLE_TEXTS",
    "Past",
    "Profile",
    "Prompter",
    "calibrate",
    "profile_for",
    "rate_of",
    "size",
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

SHORT_EXAMPLE: Mapping[str, Json] = {**EXAMPLE, "beats": cast("list[Json]", EXAMPLE["beats"])[:2], "notes": []}
"""The same for a narrow window."""

EXAMPLE_TEXTS = tuple(row["t"] for row in cast("list[dict[str, str]]", EXAMPLE["beats"]))

SHORTEST_TURN = 100
"""Tokens that a scene takes in a request at the least, with its brief: no more scenes are looked at than might fit."""

ROOMY = profile_for(1 << 15)
"""The rest of a scene is asked for behind the whole brief, so that nothing of its values needs to be cut."""

RECAP_FRAME = 160
"""Tokens of the recap template's own words."""
RECAP_LINE = 200
"""Characters around a scene's text there: title, place, choice, tags."""

Measure = Callable[[str], int]


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
        self.wording = Wording(pack.templates)
        self._reads_now = self.wording.reads_now
        self._spans = Spans(pack, self.wording)
        self._heads: dict[int, Head] = {}

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
        kept = _kept(profile, before)
        span = self._spans.span(brief, past, profile, _begin(brief, profile, kept))
        newest = recap.id if recap else ""
        named = kept.recap if kept else newest if span.start > 1 else ""
        always = (self.head(brief, profile).text, span.last.asked)
        room = profile.prompt_tokens - sum(count(text) + MESSAGE_TOKENS for text in always)
        costs = [sum(count(message.content) + MESSAGE_TOKENS for message in turn.messages) for turn in span.told]
        standing = recap if newest == named else None
        if sum(costs) + self._behind_tokens(span, profile, standing, named, rate) <= room:
            return Shape(via, profile.window, rate, span.start, named)
        room -= (profile.recap_chars + profile.last_chars) * 100 // SHARE_RATE + MESSAGE_TOKENS
        return Shape(via, profile.window, rate, _folded(span, costs, room // 2, rate), newest)

    def texts(self, brief: Brief, past: Callable[[int], Past], profile: Profile, before: Shape | None) -> list[str]:
        """The texts that `shape` measures for the same scene."""
        span = self._spans.span(brief, past, profile, _begin(brief, profile, _kept(profile, before)))
        told = [message.content for turn in span.told for message in turn.messages]
        return [self.head(brief, profile).text, *told, span.last.asked]

    def scene(
        self, brief: Brief, past: Callable[[int], Past], profile: Profile, shape: Shape, recap: Recap | None
    ) -> tuple[Message, ...]:
        """The messages that ask for the scene of `brief`, laid out by `shape`; `recap` is the one that it names."""
        span = self.span(brief, past, profile, shape)
        behind = self._behind(span, profile, recap) if shape.start > 1 else ""
        return (
            Message("system", self.head(brief, profile).text),
            *([Message("user", behind)] if behind else []),
            *(message for turn in span.told for message in turn.messages),
            Message("user", span.last.asked),
        )

    def tail(
        self, brief: Brief, messages: tuple[Message, ...], shown: Sequence[Beat], reasons: Sequence[str]
    ) -> tuple[Message, ...]:
        """The messages that ask for the rest of a scene of which `shown` has been read."""
        values, _ = scene_values(self._pack, brief, ROOMY, Lore())
        text = self.wording.render("tail", {**values, "shown": lines_of(shown), "reasons": list(reasons)})
        return (*messages, Message("user", text))

    def recap(self, told: Past, before: Recap | None, profile: Profile = ROOMY) -> tuple[Message, ...]:
        """The messages that ask a model for a recap of `told`, which follows the scenes of `before`. Of scenes that do not fit
        into the window together, each is told as far as its share goes."""
        texts = [" ".join(beat.text for beat in scene.beats) for _, scene in told]
        room = (profile.prompt_tokens - RECAP_FRAME) * SHARE_RATE // 100 - LONGEST_RECAP - RECAP_LINE * len(told)
        shares = shared(max(room, 0), [(size(text), 1) for text in texts])
        scenes = [
            {
                "title": scene.title,
                "place": self._pack.places[brief.place].name,
                "picked": brief.picked or "",
                "text": head(text, share),
            }
            for (brief, scene), text, share in zip(told, texts, shares, strict=True)
        ]
        values: Values = {
            "title": self._pack.title,
            "language": self._pack.language,
            "before": before.text if before else "",
            "scenes": scenes,
            "longest": LONGEST_RECAP // 2,
        }
        return (Message("user", self.wording.render("recap", values)),)

    def span(self, brief: Brief, past: Callable[[int], Past], profile: Profile, shape: Shape) -> Span:
        """The scenes that stand in a request in full, and the one that is asked for."""
        return self._spans.span(brief, past, profile, shape.start)

    def head(self, brief: Brief, profile: Profile) -> Head:
        """The system message. It is the same for every scene, unless the pack's own template reads what is true `now`."""
        if profile.window not in self._heads:
            example = in_order(SHORT_EXAMPLE if profile.compact else EXAMPLE)
            values, cuts = system_values(self._pack, self._player, profile, example, self.wording.render)
            self._heads[profile.window] = Head(self.wording.render("system", values), values, cuts)
        head = self._heads[profile.window]
        if not self._reads_now:
            return head
        now, _ = scene_values(self._pack, brief, profile, Lore())
        values = {**head.values, "now": now}
        return Head(self.wording.render("system", values), values, head.cuts)

    def _behind(self, span: Span, profile: Profile, recap: Recap | None) -> str:
        """What stands for the scenes before a span: the recap, and how the last of them ended."""
        shown = ending_of(span.before, profile.last_chars)
        text = "\n".join(latest(pieces_of(recap), profile.recap_chars)) if recap else ""
        return self.wording.render("before", {"recap": text, "shown": shown}) if text or shown else ""

    def _behind_tokens(self, span: Span, profile: Profile, recap: Recap | None, named: str, rate: int) -> int:
        """Tokens of that. A recap that is named and not at hand takes all that it may."""
        if span.start == 1:
            return 0
        missing = 0 if recap or not named else profile.recap_chars * 100 // SHARE_RATE
        return tokens(self._behind(span, profile, recap), min(rate, SHARE_RATE)) + missing + MESSAGE_TOKENS


def _kept(profile: Profile, before: Shape | None) -> Shape | None:
    """The shape that this one goes on from."""
    return before if before and before.window == profile.window else None


def _begin(brief: Brief, profile: Profile, kept: Shape | None) -> int:
    """The first turn that may stand in full."""
    if kept:
        return min(kept.start, brief.turn)
    return max(1, brief.turn - profile.prompt_tokens // SHORTEST_TURN)


def _folded(span: Span, costs: Sequence[int], room: int, rate: int) -> int:
    """The first turn that still stands in full after a fold, when what stands may take `room`. What stood further up is told
    again where it is called for, so it counts."""
    start = span.last.turn
    for turn, cost in zip(reversed(span.told), reversed(costs), strict=True):
        room -= cost + turn.saved * 100 // rate
        if room < 0:
            break
        start = turn.turn
    return start
