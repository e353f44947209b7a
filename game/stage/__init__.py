"""The pygame front end. Its one door is `run_stage`; everything it knows of the story comes through the session."""

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from game.session import Begin, Continue, Session
    from game.settings import Settings

__all__ = ["NoDisplay", "run_stage"]


class NoDisplay(Exception):
    """No window can be opened here; `str(error)` says why in a few words."""


def run_stage(session: "Session", settings: "Settings", begin: "Begin | Continue | None" = None) -> int:
    """Open the window and play until it is closed; the exit code. `begin` goes straight into that story.

    Raises:
        NoDisplay: there is no display to open a window on.
    """
    gc.disable()  # until the first frame: what is loaded now stays
    from game.stage.window import run

    return run(session, settings, begin)
