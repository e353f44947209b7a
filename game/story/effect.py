"""An effect: one bounded change of a state, as a value."""

from dataclasses import dataclass
from typing import Literal, cast

from game.story.canonical import Json
from game.story.state import Value

EffectKind = Literal[
    "set", "add", "gain", "lose", "go", "enter", "leave", "open", "close", "fact", "tell", "act", "note", "seen", "turn", "forget"
]


@dataclass(frozen=True, slots=True)
class Effect:
    """One bounded change: `kind` says which, `name` what it acts on, `value` by how much (`set`, `add`, `act`, `turn`).

    For `tell`, `name` is two: who comes to know, and the fact, with a space between. So it is for `forget`, which no author
    writes: a part of the state, and the name in it that a changed pack no longer declares.
    """

    kind: EffectKind
    name: str
    value: Value | None = None

    def to_json(self) -> list[Json]:
        return [self.kind, self.name, self.value]


def effect_from_json(data: list[Json]) -> Effect:
    kind, name, value = data
    return Effect(cast(EffectKind, kind), str(name), cast("Value | None", value))
