"""A real HTTP server that speaks chat completions, as well or as badly as it is told to. See `server.py` and `modes.py`."""

from tests.server.modes import MODES
from tests.server.server import ModelServer, Seen

__all__ = ["MODES", "ModelServer", "Seen"]
