"""The part of the past that stands in a request in full, turn by turn, and the brief that is asked for behind it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import cast

from game.clients import Message
from game.narrator.budget import Profile, head, size
from game.narrator.inert import inert, inert_values
from game.narrator.kept import Kept
from game.narrator.lore import Lore, lore_for
from game.narrator.recap import Past
from game.narrator.reply import NARRATOR, as_reply
from game.narrator.values import Cut, Values, scene_values
from game.narrator.wording import Wording
from game.packs import Pack
from game.story import Beat, Brief, Json, Scene, canonical


@dataclass(frozen=True, slots=True)
class Turn:
    """A scene as it stands in a request: what was asked and what was told, the lore that fired, and the values of the `scene`
    template with what was cut of them. `saved` are the characters that were left out because they stand further up."""

    turn: int
    asked: str
    told: str
    lore: Lore
    values: Values
    cuts: tuple[Cut, ...]
    saved: int

    @property
    def messages(self) -> tuple[Message, Message]:
        return Message("user", self.asked), Message("assistant", self.told)


@dataclass(frozen=True, slots=True)
class Span:
    """The turns in full, oldest first; the one that is asked for; and the scene just before all of them, if there is one."""

    told: tuple[Turn, ...]
    last: Turn
    before: Scene | None

    @property
    def start(self) -> int:
        return self.told[0].turn if self.told else self.last.turn


class Spans:
    """Spans of one pack's playthroughs. What a turn says depends on the turns before it in its span, and on no later one."""

    def __init__(self, pack: Pack, wording: Wording) -> None:
        self._pack = pack
        self._wording = wording
        self._asked: Kept[Turn] = Kept()
        self._told: Kept[str] = Kept()

    def span(self, brief: Brief, past: Callable[[int], Past], profile: Profile, start: int) -> Span:
        """From turn `start` on, as far as `past` reaches. Lore and places that one turn has told of are not told again."""
        known = past(brief.turn - start + 1) if brief.turn > 1 else ()
        rows = [row for row in known if row[0].turn >= start]
        first = before = next((scene for each, scene in reversed(known) if each.turn == start - 1), None)
        standing: set[str] = set()
        turns = []
        for each, scene in [*rows, (brief, None)]:
            turn = self._turn(each, before, frozenset(standing), profile)
            told = self._told.get(scene.key, scene, partial(canonical_reply, scene)) if scene else ""
            turns.append(replace(turn, told=told))
            standing |= {entry.id for entry in turn.lore.told} | {_place(each)}
            before = scene
        return Span(tuple(turns[:-1]), turns[-1], first)

    def _turn(self, brief: Brief, before: Scene | None, standing: frozenset[str], profile: Profile) -> Turn:
        """The turn of a brief that follows the scene `before`, without what was told."""

        def make() -> Turn:
            described = _place(brief) in standing
            lore = lore_for(self._pack, brief, before, standing, profile.lore_chars)
            values, cuts = scene_values(self._pack, brief, profile, lore, described)
            saved = size(self._pack.places[brief.place].description) if described else 0
            saved += sum(size(entry.text) + 3 for entry in lore.standing)
            asked = self._wording.render("scene", values)
            if brief.steer:
                asked += "\n\n" + self._wording.render("steer", {"steer": brief.steer})
            return Turn(brief.turn, asked, "", lore, values, cuts, saved)

        return self._asked.get(brief.key, (profile, standing, before, brief), make)


def _place(brief: Brief) -> str:
    """What stands in a request once a place has been described; no lore has such an id."""
    return f"place/{brief.place}"


def canonical_reply(scene: Scene) -> str:
    """A past scene as the assistant's turn: beats first, like a reply."""
    return in_order(cast("Mapping[str, Json]", inert_values(as_reply(scene))))


def in_order(reply: Mapping[str, Json]) -> str:
    """A reply as JSON with its keys in their own order, beats first."""
    return "{" + ",".join(f"{canonical(key)}:{canonical(value)}" for key, value in reply.items()) + "}"


def lines_of(beats: Sequence[Beat]) -> list[dict[str, str]]:
    """Beats as templates are given them: who, and what."""
    return [
        {"s": NARRATOR if beat.speaker is None else f"{beat.speaker}/{beat.expression}", "t": inert(beat.text)} for beat in beats
    ]


def ending_of(scene: Scene | None, limit: int) -> list[dict[str, str]]:
    """The last beats of a scene in at most `limit` characters; the beginning of the last one when not even that fits."""
    beats = lines_of(scene.beats) if scene else []
    kept: list[dict[str, str]] = []
    for beat in reversed(beats):
        limit -= size(beat["t"]) + len(beat["s"]) + 5
        if limit < 0:
            break
        kept.append(beat)
    return kept[::-1] or [{**beat, "t": head(beat["t"], 200)} for beat in beats[-1:]]
