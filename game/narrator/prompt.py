"""The prompt, most stable first: the system message never changes, the past is only ever added to, the brief comes last."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast

from game.clients import Message
from game.narrator.reply import NARRATOR, as_reply
from game.packs import Pack
from game.packs.templates import TemplateError, render
from game.story import Beat, Brief, Json, Player, Scene, canonical

Past = Sequence[tuple[Brief, Scene]]
"""The scenes before, oldest first, each with the brief it was told from."""

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

FOLD = 4
"""When the window fills, this many of the oldest scenes are left out at once, so that the prefix breaks seldom."""

CHARS_A_TOKEN = 3.4
"""A careful guess for English prose and JSON; a client that counts knows better."""


@dataclass(frozen=True, slots=True)
class Profile:
    """How large a request and its reply may be. `brief_tokens` are kept free for the brief, however short it is, so that a short
    one never takes a fold back."""

    window: int
    reply_tokens: int
    brief_tokens: int
    max_beats: int
    max_chars: int


SMALL_WINDOW = 4096
"""Up to this many tokens of window, scenes are shorter: small models, or small machines."""


def profile_for(window: int) -> Profile:
    """The profile for a window of so many tokens."""
    if window <= SMALL_WINDOW:
        return Profile(window, 520, 600, 5, 240)
    return Profile(window, 900, 900, 8, 420)


def tokens(text: str) -> int:
    """How many tokens a text is, about."""
    return int(len(text) / CHARS_A_TOKEN) + 1


class Prompter:
    """Builds the messages for the scenes of one playthrough."""

    def __init__(self, pack: Pack, player: Player) -> None:
        self._pack = pack
        self._system = Message("system", self._system_text(player))

    def scene(self, brief: Brief, past: Callable[[int], Past], profile: Profile) -> tuple[Message, ...]:
        """The messages that ask for the scene of `brief`. `past` gives the last n scenes; what does not fit in the window is left
        out, oldest first."""
        last = Message("user", self._scene_text(brief, profile))
        kept_free = profile.reply_tokens + max(profile.brief_tokens, tokens(last.content))
        room = profile.window - kept_free - tokens(self._system.content)
        return (self._system, *self._history(past, room, profile), last)

    def tail(
        self, brief: Brief, messages: tuple[Message, ...], shown: Sequence[Beat], reasons: Sequence[str]
    ) -> tuple[Message, ...]:
        """The messages that ask for the rest of a scene of which `shown` has been read."""
        read = [{"s": _who(beat), "t": beat.text} for beat in shown]
        text = self._render("tail", {"shown": read, "reasons": list(reasons), **self._values(brief)})
        return (*messages, Message("user", text))

    def _history(self, past: Callable[[int], Past], room: int, profile: Profile) -> list[Message]:
        turns = past(max(0, room // 150))
        pairs = [self._turn(brief, scene, profile) for brief, scene in turns]
        costs = [sum(tokens(message.content) for message in pair) for pair in pairs]
        start = 0
        while start < len(pairs) and sum(costs[start:]) > room:
            start += FOLD - (turns[start][1].turn - 1) % FOLD
        return [message for pair in pairs[start:] for message in pair]

    def _turn(self, brief: Brief, scene: Scene, profile: Profile) -> tuple[Message, Message]:
        return Message("user", self._scene_text(brief, profile)), Message("assistant", canonical_reply(scene))

    def _system_text(self, player: Player) -> str:
        members = [
            {"id": member.id, "name": member.name, "pronouns": member.pronouns, "voice": member.voice, "wants": member.wants}
            for member in self._pack.cast.values()
        ]
        return self._render(
            "system",
            {
                "title": self._pack.title,
                "world": self._pack.world,
                "language": self._pack.language,
                "rating": self._pack.rating,
                "player": player.to_json(),
                "cast": members,
                "lore": [entry.text for entry in self._pack.lore.values() if entry.always],
                "example": _in_order(EXAMPLE),
            },
        ).strip()

    def _render(self, name: str, values: Mapping[str, object]) -> str:
        """The pack's own template `name`; the default one where there is none, or where it fails on these values."""
        own = self._pack.templates.get(name)
        if own is not None:
            try:
                return render(own, values)
            except TemplateError:
                pass
        return render(_default(name), values)

    def _scene_text(self, brief: Brief, profile: Profile) -> str:
        return self._render("scene", self._values(brief) | {"max_beats": min(profile.max_beats, brief.length.max_beats)}).strip()

    def _values(self, brief: Brief) -> dict[str, object]:
        place = self._pack.places[brief.place]
        return {
            "turn": brief.turn,
            "title": brief.title,
            "place": {"name": place.name, "description": place.description},
            "present": [{"id": name, "name": self._pack.cast[name].name} for name in brief.present],
            "goal": brief.goal,
            "must_happen": list(brief.must_happen),
            "ledger": list(brief.ledger),
            "secrets": list(brief.secrets),
            "lore": self._lore(brief),
            "slots": [{"letter": slot.letter, "hint": slot.hint} for slot in brief.slots],
            "min_beats": brief.length.min_beats,
            "max_beats": brief.length.max_beats,
            "picked": brief.picked or "",
            "ending": self._pack.endings[brief.ending].title if brief.ending else "",
        }

    def _lore(self, brief: Brief) -> list[str]:
        """The entries whose keys stand in the brief, as whole words."""
        words = " ".join((brief.title, brief.goal, *brief.must_happen, brief.picked or "")).lower()
        padded = f" {' '.join(''.join(char if char.isalnum() else ' ' for char in words).split())} "
        fired = [
            entry
            for entry in self._pack.lore.values()
            if not entry.always and any(f" {key.lower()} " in padded for key in entry.keys)
        ]
        return [entry.text for entry in sorted(fired, key=lambda entry: -entry.priority)[:3]]


def canonical_reply(scene: Scene) -> str:
    """A past scene as the assistant's turn: beats first, like a reply."""
    return _in_order(as_reply(scene))


def _in_order(reply: Mapping[str, Json]) -> str:
    """A reply as JSON with its keys in their own order, beats first."""
    return "{" + ",".join(f"{canonical(key)}:{canonical(value)}" for key, value in reply.items()) + "}"


def _who(beat: Beat) -> str:
    return NARRATOR if beat.speaker is None else f"{beat.speaker}/{beat.expression}"


@cache
def _default(name: str) -> str:
    return (files("game.narrator") / "templates" / f"{name}.j2").read_text("utf-8")
