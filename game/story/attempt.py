"""What came back when a scene was asked for: with the brief, all that a scene is made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from game.story.canonical import Json, canonical, digest
from game.story.scene import Source, source_from_json

DONE = "done"
INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class Attempt:
    """The text that came, and how it ended: `done`, `interrupted` (the program was stopped), or the code of a client's error."""

    reply: str
    ended: str
    message: str = ""
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """What shaped a request besides the brief and the scenes before. It is kept, so that the same request can be built again.

    `via` is `<client>/<model>`; `window` is in tokens; `rate` is what a token was taken to be, in hundredths of a character.
    `window` is 0 for a client that makes its own text of the brief alone: it was sent no messages.
    The scenes from turn `start` on stand in the request in full, and the recap with the id `recap` for those before (empty:
    nothing does).
    """

    via: str
    window: int
    rate: int
    start: int = 1
    recap: str = ""

    def to_json(self) -> dict[str, Json]:
        return {"via": self.via, "window": self.window, "rate": self.rate, "start": self.start, "recap": self.recap}


def shape_from_json(data: Mapping[str, Json]) -> Shape:
    """The inverse of `Shape.to_json`. Raises KeyError when a key is missing."""
    numbers = cast("Mapping[str, int]", data)
    return Shape(str(data["via"]), numbers["window"], numbers["rate"], numbers["start"], str(data["recap"]))


@dataclass(frozen=True, slots=True)
class Recap:
    """The story up to turn `upto`, in a few sentences, and the source of these."""

    upto: int
    text: str
    source: Source

    @property
    def id(self) -> str:
        """32 hex characters, of all that it says."""
        return digest("recap", canonical(self.to_json()))

    def to_json(self) -> dict[str, Json]:
        return {"upto": self.upto, "text": self.text, **self.source.to_json()}


def recap_from_json(data: Mapping[str, Json]) -> Recap:
    """The inverse of `Recap.to_json`. Raises KeyError when a key is missing."""
    return Recap(cast(int, data["upto"]), str(data["text"]), source_from_json(data))
