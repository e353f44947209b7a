"""Plays a recording: each request gets the attempts that were made at it, in their order, and nothing else."""

from collections import Counter
from collections.abc import AsyncIterator

from game.clients.client import DEFAULT_WINDOW, Capabilities, ClientOptions, Delta, SceneRequest
from game.clients.errors import ERRORS, ClientError, NotRecorded, RateLimited, Truncated
from game.story import DONE, Attempt


class ReplayClient:
    """`attempts` of the options maps a request's hash to its attempts."""

    name = "replay"

    def __init__(self, options: ClientOptions) -> None:
        self.model = options.model or "recording"
        self.capabilities = Capabilities(window=options.window or DEFAULT_WINDOW, schema_in_prefix=False, networked=False)
        self._attempts = options.attempts
        self._asked: Counter[str] = Counter()

    async def stream(self, request: SceneRequest) -> AsyncIterator[Delta]:
        attempt = self._next(request)
        if attempt.reply:
            yield Delta(attempt.reply[: request.max_chars])
        if len(attempt.reply) > request.max_chars:
            raise Truncated("the recorded reply is longer than it may be now")
        if attempt.ended != DONE:
            raise _error(attempt)

    async def aclose(self) -> None:
        pass

    def _next(self, request: SceneRequest) -> Attempt:
        recorded = self._attempts.get(request.hash, ())
        n = self._asked[request.hash]
        if n < len(recorded):
            self._asked[request.hash] += 1
            return recorded[n]
        what = f'the request for the {request.purpose} of turn {request.brief.turn}, "{request.brief.title}" ({request.hash[:8]})'
        if recorded:
            raise NotRecorded(f"{what}, was answered {n} times in the recording, and is asked once more")
        raise NotRecorded(f"{what}, is not in the recording: up to here the story was the recorded one")


def _error(attempt: Attempt) -> ClientError:
    """The error as it was: its class, its code, its words, its wait. What has no class (somebody broke it off, or a client of
    its own making failed) keeps its code."""
    kind = ERRORS.get(attempt.ended, ClientError)
    if kind is RateLimited:
        return RateLimited(attempt.message, attempt.retry_after)
    error = kind(attempt.message)
    error.code = attempt.ended
    return error


def open_replay(options: ClientOptions) -> ReplayClient:
    """The entry point's factory.

    Raises:
        ClientError: there is no recording to replay.
    """
    if not options.attempts:
        raise ClientError("there is no recording to replay; play one by `unwritten replay FILE`")
    return ReplayClient(options)
