"""What a fault of the chaos client is: a small named function from a good reply to what comes in its place."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from game.clients.client import SceneRequest, Usage
from game.packs import Pack
from game.story import SLOTS, Json, draw

Step = str | Usage | Exception
"""A piece of text, a count of tokens, or what the stream breaks with."""

Row = dict[str, Json]


@dataclass(frozen=True)
class Case:
    """What a fault works on: the request, the good reply to it, and the reply that was given before (empty: none).

    `draw` gives a number in `range(n)` for a purpose of the fault's own; it is the same in every run.
    """

    request: SceneRequest
    pack: Pack
    reply: str
    previous: str = ""
    seed: int = 0
    nth: int = 0

    def draw(self, what: str, n: int) -> int:
        return draw(self.seed, self.request.brief.key, f"{self.request.purpose}:{self.nth}:{what}", n)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The good reply's beats, one of them at the least."""
        beats = self._fields.get("beats")
        rows = [row for row in beats if isinstance(row, dict)] if isinstance(beats, list) else []
        return tuple(rows) or ({"s": "narrator", "t": "The rain has stopped, and nobody has said so."},)

    @cached_property
    def letters(self) -> Mapping[str, Json]:
        """The good reply's slot texts, by letter."""
        return {name: self._fields[name] for name in SLOTS if name in self._fields}

    @cached_property
    def absent(self) -> str:
        """A cast id that may not speak in this scene; one that nobody has, where all are there."""
        return next((name for name in self.pack.cast if name not in self.request.brief.present), "nobody")

    @property
    def told(self) -> str:
        """The good reply, written in one way whoever wrote it."""
        return written(self.rows, self.letters)

    @property
    def sentence(self) -> str:
        """A sentence of the good reply, that no reply before had."""
        return str(self.rows[-1].get("t", ""))

    @cached_property
    def _fields(self) -> Mapping[str, Json]:
        try:
            found = json.loads(self.reply)
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}


Spoil = Callable[[Case], Iterable[Step]]


@dataclass(frozen=True, slots=True)
class Fault:
    """`imitates` is one sentence: what really behaves so. `lasts` is how many asks in a row it answers. One that is `whole`
    needs no good reply, so the client behind is not asked. `lingers` is how many seconds closing its stream takes."""

    name: str
    imitates: str
    spoil: Spoil
    lasts: int = 1
    whole: bool = False
    lingers: float = 0.0


@dataclass(frozen=True, slots=True)
class Family:
    """Faults of one kind, in the order in which they are written down."""

    title: str
    faults: dict[str, Fault] = field(default_factory=dict)

    def fault(self, *, lasts: int = 1, whole: bool = False, lingers: float = 0.0) -> Callable[[Spoil], Spoil]:
        """Keep a function as a fault: its name is the fault's, its docstring what it imitates."""

        def keep(spoil: Spoil) -> Spoil:
            name = spoil.__name__
            words = " ".join((spoil.__doc__ or "").split())
            self.faults[name] = Fault(name, words, spoil, lasts, whole, lingers)
            return spoil

        return keep


def written(rows: Iterable[Mapping[str, Json]], letters: Mapping[str, Json], **more: Json) -> str:
    """A reply with these beats, slot texts and whatever else, beats first."""
    return json.dumps({"beats": list(rows), **letters, **more}, ensure_ascii=False)
