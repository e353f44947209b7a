"""A real HTTP server that speaks chat completions, as well or as badly as it is told to. See `server.py`; the modes are in
`modes.py` (statuses and streams), `wire.py` (HTTP and its events) and `habits.py` (what a model makes of its form)."""

from tests.server import habits, wire
from tests.server.modes import MODES
from tests.server.server import ModelServer, Seen

__all__ = ["MODES", "ModelServer", "Seen", "habits", "wire"]
