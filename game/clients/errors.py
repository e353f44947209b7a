"""Everything that can go wrong at a client. Nothing else leaves one.

ClientError
├── Unreachable       no connection, or it broke before the first byte; a local server that died
├── Unauthorised      401, 403
├── UnknownModel      404 for the model, a missing or unreadable GGUF file
├── RateLimited       429, with the seconds the server asked for
├── TimedOut          silence for longer than was set
├── Refused           the model declined, or a content filter did
├── Truncated         the stream ended before the reply did (cut, or out of tokens)
├── Malformed         what came is no reply of this protocol (HTML, an error body)
├── OverBudget        the request is larger than the model's window
├── NotRecorded       a recording is replayed, and this request is not in it
└── Unsupported       the endpoint cannot do what was asked of it
"""


class ClientError(Exception):
    """The root. `str(error)` is one plain sentence for the player; `code` is stable, for journals and traces."""

    code = "client_error"
    retryable = False


class Unreachable(ClientError):
    code = "unreachable"
    retryable = True


class Unauthorised(ClientError):
    code = "unauthorised"


class UnknownModel(ClientError):
    code = "unknown_model"


class RateLimited(ClientError):
    """`retry_after` is in seconds, None when the server did not say."""

    code = "rate_limited"
    retryable = True

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class TimedOut(ClientError):
    code = "timed_out"
    retryable = True


class Refused(ClientError):
    code = "refused"


class Truncated(ClientError):
    code = "truncated"


class Malformed(ClientError):
    code = "malformed"
    retryable = True


class OverBudget(ClientError):
    code = "over_budget"


class NotRecorded(ClientError):
    """The words name the request: what it was for, the turn, the scene's title."""

    code = "not_recorded"


class Unsupported(ClientError):
    code = "unsupported"


ERRORS: dict[str, type[ClientError]] = {
    kind.code: kind
    for kind in (
        ClientError,
        Unreachable,
        Unauthorised,
        UnknownModel,
        RateLimited,
        TimedOut,
        Refused,
        Truncated,
        Malformed,
        OverBudget,
        NotRecorded,
        Unsupported,
    )
}
"""Every error by its code: how a recorded attempt is raised again."""
