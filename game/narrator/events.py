"""What the narrator reports while a scene is written."""

from dataclasses import dataclass

from game.clients import SceneRequest
from game.story import Attempt, Beat


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
class Attempted:
    """An attempt ended. `recorded` when it was fed from a log."""

    request: SceneRequest
    attempt: Attempt
    recorded: bool


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something went wrong that the player may know of: a stable code, one sentence."""

    code: str
    words: str


Report = Heard | Attempted | Trouble
