"""Whatever writes: one seam, the built-in clients behind it, and the registry through which all of them come."""

from game.clients.client import (
    Capabilities,
    ClientFactory,
    ClientOptions,
    Delta,
    LLMClient,
    Message,
    SceneRequest,
    Usage,
)
from game.clients.errors import (
    ERRORS,
    ClientError,
    Malformed,
    OverBudget,
    RateLimited,
    Refused,
    TimedOut,
    Truncated,
    Unauthorised,
    UnknownModel,
    Unreachable,
    Unsupported,
)

__all__ = [
    "ERRORS",
    "Capabilities",
    "ClientError",
    "ClientFactory",
    "ClientOptions",
    "Delta",
    "LLMClient",
    "Malformed",
    "Message",
    "OverBudget",
    "RateLimited",
    "Refused",
    "SceneRequest",
    "TimedOut",
    "Truncated",
    "Unauthorised",
    "UnknownModel",
    "Unreachable",
    "Unsupported",
    "Usage",
]
