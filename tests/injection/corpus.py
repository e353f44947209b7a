"""The attacks, and the packs in which they stand."""

import tomllib
from dataclasses import dataclass, replace
from pathlib import Path

from game.packs import Pack
from game.packs.files import LoreFile

FILE = Path(__file__).parent / "attacks.toml"
BY_MODEL = ("beat", "note", "slot")
"""Where an attack stands in what a model wrote before."""
BY_THE_PLAYER = ("edit", "steer")
"""Where it stands in what a player writes in the midst of a story."""


@dataclass(frozen=True)
class Attack:
    name: str
    at: str
    aim: str
    text: str


ATTACKS = {row["name"]: Attack(**row) for row in tomllib.loads(FILE.read_text("utf-8"))["attack"]}


def attacked(pack: Pack, attack: Attack) -> Pack:  # noqa: PLR0911  # a place for each way in
    """The pack with the attack in it; the pack itself, for one that a model is to write."""
    part, _, field = attack.at.partition("_")
    text = attack.text
    match part:
        case "player":
            return replace(pack, player=replace(pack.player, **{field: text}))
        case "cast":
            return replace(pack, cast={**pack.cast, "maren": replace(pack.cast["maren"], **{field: text})})
        case "lore":
            return replace(pack, lore={**pack.lore, "attack": LoreFile(text=text, priority=100, always=True)})
        case "place":
            return replace(pack, places={name: replace(place, description=text) for name, place in pack.places.items()})
        case "title" | "goal":
            return replace(pack, storylets={name: replace(each, **{part: text}) for name, each in pack.storylets.items()})
        case "hint" | "choice":
            return _with_outcomes(pack, "hint" if part == "hint" else "text", text)
    return replace(pack, world=f"{pack.world}\n\n{text}") if part == "world" else pack


def _with_outcomes(pack: Pack, field: str, text: str) -> Pack:
    storylets = {
        name: replace(each, outcomes=tuple(replace(outcome, **{field: text}) for outcome in each.outcomes))
        for name, each in pack.storylets.items()
    }
    improvise = tuple(replace(outcome, **{field: text}) for outcome in pack.improvise)
    return replace(pack, storylets=storylets, improvise=improvise)
