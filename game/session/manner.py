"""How a playthrough is played."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from game.journal import Recording
from game.narrator import Policy
from game.session.events import Notice
from game.session.keeping import Keeper
from game.session.trace import Trace


@dataclass(frozen=True, slots=True)
class Manner:
    """How a playthrough is played.

    `require_client`: stop when the client cannot write. `prefetch` is what is written ahead while the player reads, of at most
    `cap` tokens (None: no cap); with `reader` False nobody reads, and nothing is done meanwhile. `recording` is what the scenes
    are fed from, as far as it goes. `notices` are said first, and `keeper` keeps the story safe while its scenes are read. `now`
    gives the seconds since the epoch. `read_only`: what was told is read, nothing new is told, and nothing is changed.
    """

    require_client: bool = False
    prefetch: Policy = "off"
    cap: int | None = None
    reader: bool = True
    recording: Recording | None = None
    trace: Trace | None = None
    notices: tuple[Notice, ...] = ()
    keeper: Keeper | None = None
    read_only: bool = False
    now: Callable[[], float] = time.time
