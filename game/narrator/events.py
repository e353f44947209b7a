"""What the narrator reports while a scene is written."""

from dataclasses import dataclass

from game.clients import SceneRequest, Usage
from game.story import Attempt, Beat, Recap, Shape


@dataclass(frozen=True, slots=True)
class Grown:
    """Beat `index` now reads `beat.text`; `whole` when it will not grow any more."""

    index: int
    beat: Beat
    whole: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """A piece of a reply came, and let these beats grow."""

    piece: str
    grown: tuple[Grown, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request is about to be made, or is fed from a log. `shape` None: the client passes on what an author wrote."""

    request: SceneRequest
    shape: Shape | None
    recorded: bool


@dataclass(frozen=True, slots=True)
class Attempted:
    """An attempt ended. `recorded` when it was fed from a log."""

    request: SceneRequest
    attempt: Attempt
    recorded: bool
    usage: Usage | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something went wrong that the player may know of: a stable code, one sentence."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Recapped:
    """A recap was made; it stands in the requests from here on."""

    recap: Recap


@dataclass(frozen=True, slots=True)
class Strayed:
    """A request that is fed from a log is not what it was when it was recorded (`recorded`: its hash then)."""

    request: SceneRequest
    recorded: str


Report = Asked | Heard | Attempted | Trouble | Recapped | Strayed
