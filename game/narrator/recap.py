"""What stands for the scenes that are folded away: a recap, asked of a model and checked like a scene, or made by rule."""

import json
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from game.narrator.budget import sentences
from game.narrator.clean import Cleaner
from game.narrator.inert import inert
from game.narrator.language import foreign_word, over_rating
from game.packs import Pack
from game.story import Brief, Json, Recap, Scene, Source

Past = Sequence[tuple[Brief, Scene]]
"""The scenes before, oldest first, each with the brief it was told from."""

LONGEST_RECAP = 1200
"""Characters of a recap, however long the story is."""
SHORTEST_RECAP = 40
RULE = Source("author", "stub", "recap")
"""Whose words a recap by rule is made of: titles, places, choices and facts are the author's."""

_EARLIER = "Much has happened before this."
_NAME = re.compile(r"(?<![.!?…:\"“‘'(]\s)(?<![\"“‘'(])\b[A-Z][\w’'-]+")
_WORD = re.compile(r"[\w-]+")


def rule_recap(pack: Pack, told: Past, before: Recap | None) -> Recap:
    """The recap of `told`, which follows the scenes of `before`: what was picked, where it led and what it made true. As long as
    `LONGEST_RECAP` at most: the oldest is left out."""
    lines = [line for line in pieces_of(before) if line != _EARLIER] if before else []
    ledger: tuple[str, ...] | None = None
    for brief, scene in told:
        lines += [_step(pack, brief, scene), *_news(brief, ledger)]
        ledger = brief.ledger
    kept: list[str] = []
    room = LONGEST_RECAP - len(_EARLIER) - 1
    for line in reversed(lines):
        room -= len(line) + 1
        if room < 0:
            break
        kept.append(line)
    head = [_EARLIER] if len(kept) < len(lines) else []
    upto = told[-1][0].turn if told else before.upto if before else 0
    return Recap(upto, "\n".join([*head, *reversed(kept)]), RULE)


def pieces_of(recap: Recap) -> list[str]:
    """What a recap can be cut into: the lines of one by rule, the sentences of another."""
    return recap.text.split("\n") if recap.source.via == RULE.via else sentences(recap.text)


def _step(pack: Pack, brief: Brief, scene: Scene) -> str:
    """One scene in one line."""
    place = pack.places[brief.place].name
    where = "" if scene.title == place else f", {place}"
    chosen = f"The player chose: {inert(brief.picked, 120).rstrip('.')}. " if brief.picked else ""
    return f"{chosen}Then {inert(scene.title, 80)}{where}."


def _news(brief: Brief, ledger: tuple[str, ...] | None) -> list[str]:
    """What is in the ledger of a scene and was not in the one before."""
    return [] if ledger is None else [inert(line, 160) for line in brief.ledger if line not in ledger]


@lru_cache(maxsize=1)
def recap_schema() -> dict[str, Json]:
    """The JSON schema of a model's recap."""
    text: dict[str, Json] = {"type": "string", "minLength": SHORTEST_RECAP, "maxLength": LONGEST_RECAP}
    return {"type": "object", "properties": {"recap": text}, "required": ["recap"], "additionalProperties": False}


def recap_of(pack: Pack, told: Past, before: Recap | None, reply: str, source: Source) -> Recap | tuple[str, ...]:
    """A model's reply as a recap, up to the last scene of `told`; or the codes of what forbids it: `malformed`, `too_short`,
    `too_long`, `over_rating`, `wrong_language`, `unknown_name` (of somebody who was never heard of)."""
    raw = _field(reply)
    if raw is None or not told:
        return ("malformed",)
    text = _clean(raw)
    codes = [code for code, bad in _faults(pack, told, before, text) if bad]
    return tuple(codes) or Recap(told[-1][0].turn, text, source)


def _field(reply: str) -> str | None:
    """The text in a reply; None when it holds no recap."""
    start = reply.find("{")
    try:
        value, _ = json.JSONDecoder(strict=False).raw_decode(reply[start:]) if start >= 0 else (None, 0)
    except (ValueError, RecursionError):
        return None
    text = value.get("recap") if isinstance(value, dict) else None
    return text if isinstance(text, str) else None


def _clean(raw: str) -> str:
    cleaner = Cleaner()
    return inert(cleaner.feed(raw) + cleaner.close())


def _faults(pack: Pack, told: Past, before: Recap | None, text: str) -> Iterable[tuple[str, bool]]:
    rating, foreign = over_rating(pack.rating), foreign_word(pack.language)
    yield "too_short", len(text) < SHORTEST_RECAP
    yield "too_long", len(text) > LONGEST_RECAP
    yield "over_rating", bool(rating and rating.search(text))
    yield "wrong_language", bool(foreign and foreign.search(text))
    yield "unknown_name", not _names(text) <= _known(pack, told, before)


def _names(text: str) -> set[str]:
    """Words that are written like names, in the midst of a sentence."""
    return {word.lower() for name in _NAME.findall(text) for word in _WORD.findall(name.removesuffix("'s").removesuffix("’s"))}


def _known(pack: Pack, told: Past, before: Recap | None) -> set[str]:
    """The words that have stood in the pack's head, in the scenes told, or in the recap before."""
    texts = [pack.title, pack.world, before.text if before else ""]
    texts += [f"{member.id} {member.name}" for member in pack.cast.values()]
    texts += [f"{place.name} {place.description}" for place in pack.places.values()]
    for brief, scene in told:
        texts += [brief.player.name, brief.player.role, scene.title, brief.picked or "", *brief.ledger, *brief.secrets]
        texts += [beat.text for beat in scene.beats]
        texts += [choice.text for choice in scene.choices]
    return {word.lower() for text in texts for word in _WORD.findall(text)} | {"i"}
