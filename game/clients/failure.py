"""What went wrong at an endpoint, as the error to raise: from a status and a body, or from a broken connection.

Words are for the player: what happened, where, what to do. A key is in none of them.
"""

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from game.clients.address import shown
from game.clients.errors import (
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

QUOTED = 160
"""Characters of a server's own words that are passed on."""

_TOO_LONG = re.compile(
    r"context_length|context (length|size|window)|exceed_context|maximum context|too many tokens|prompt is too long"
)
_FILTERED = re.compile(r"content_filter|content_policy|content management policy")
_NO_MODEL = re.compile(
    r"model_not_found|no such model|invalid model|model\b.{0,80}\b(not found|does not exist|not exist)", re.DOTALL
)
_NO_HOST = re.compile(r"name or service|nodename nor servname|getaddrinfo|name resolution|no address associated", re.IGNORECASE)

_MOVED: tuple[type[ClientError], str] = (Unsupported, "{where} has moved ({status}); write the address that it has now")
_STATUS: Mapping[int, tuple[type[ClientError], str]] = {
    **dict.fromkeys((301, 302, 303, 307, 308), _MOVED),
    401: (Unauthorised, "{where} does not take the key; set UNWRITTEN_API_KEY to one that it knows"),
    402: (Unauthorised, "{where} wants to be paid first ({status}){because}"),
    403: (Unauthorised, "{where} does not allow this ({status}){because}"),
    404: (Unsupported, "{where} writes no chat completions ({status}); does the address end as it should, in /v1 perhaps?"),
    405: (Unsupported, "{where} writes no chat completions ({status}); does the address end as it should, in /v1 perhaps?"),
    408: (TimedOut, "{where} took too long and gave up ({status})"),
    413: (OverBudget, "the request is larger than {where} accepts ({status}); set a smaller window"),
}
_OUT_OF_ORDER: tuple[type[ClientError], str] = (Unreachable, "{where} is out of order ({status}){because}")
_REFUSES: tuple[type[ClientError], str] = (Unsupported, "{where} does not take the request ({status}){because}")


class Failures:
    """Puts what went wrong at one endpoint into words."""

    def __init__(self, base_url: str, model: str, key: str) -> None:
        self._where = shown(base_url)
        self._model = model
        self._key = key

    def status(self, status: int, said: object, headers: Mapping[str, str]) -> ClientError:
        """The error for an HTTP status. `said` is the decoded body, or the part of it that describes the error."""
        words = self._words(said)
        error = self._by_words(status, f"{words} {said if isinstance(said, dict) else ''}".lower())
        return error or self._by_status(status, words, said, headers)

    def event(self, said: object, began: bool) -> ClientError:
        """The error for an error that came as an event of the stream; `began`: after some text."""
        words = self._words(said)
        if began:
            return Truncated(f"{self._where} gave up in the middle of the reply{_because(words)}")
        return self._by_words(400, f"{words} {said}".lower()) or Unreachable(f"{self._where} gave up{_because(words)}")

    def connection(self, cause: str, connected: bool, began: bool) -> ClientError:
        """The error for a connection that broke or never was; `cause` is the transport's description."""
        if began:
            return Truncated(f"the connection to {self._where} broke in the middle of the reply")
        if connected:
            return Unreachable(f"the connection to {self._where} broke before an answer came")
        if _NO_HOST.search(cause):
            return Unreachable(f"there is no host for {self._where}; is the address right, and this machine online?")
        if "certificate" in cause.lower() or "ssl" in cause.lower():
            return Unreachable(f"no safe connection can be made to {self._where} ({self._clean(cause)})")
        return Unreachable(f"nothing answers at {self._where}; is the server running?")

    def silence(self, seconds: float, thinking: bool = False) -> ClientError:
        """The error for waiting in vain; `thinking`: there were signs of thought, and no more."""
        if thinking:
            return TimedOut(f"{self._model} thought for too long, and did not come to an answer")
        return TimedOut(f"nothing came from {self._where} for {seconds:g} s")

    def nonsense(self, what: str) -> ClientError:
        return Malformed(f"{self._where} answered with {what}, not with a stream of text; is this the address of an API?")

    def _by_words(self, status: int, text: str) -> ClientError | None:
        """What the body itself says, where a status says too little."""
        if status in (400, 413, 422, 500) and _TOO_LONG.search(text):
            return OverBudget(f"the request is larger than what {self._model} can read at once; set a smaller window")
        if status in (400, 403) and _FILTERED.search(text):
            return Refused(f"the content filter of {self._where} declined the request")
        if status in (400, 422) and _NO_MODEL.search(text):
            return self._no_model()
        return None

    def _by_status(self, status: int, words: str, said: object, headers: Mapping[str, str]) -> ClientError:
        if status == 404 and isinstance(said, dict):
            return self._no_model()
        if status == 429:
            wait = retry_after(headers)
            patience = f", and for {wait:g} s of patience" if wait else ""
            return RateLimited(f"{self._where} asks for fewer requests{patience}", wait)
        kind, sentence = _STATUS.get(status, _OUT_OF_ORDER if status >= 500 else _REFUSES)
        return kind(sentence.format(where=self._where, status=status, because=_because(words)))

    def _no_model(self) -> ClientError:
        return UnknownModel(f'{self._where} has no model called "{self._model}"; name one that it has')

    def _words(self, said: object) -> str:
        """The sentence in an error body, wherever servers put it."""
        for _ in range(3):
            if not isinstance(said, dict):
                break
            said = next((said[name] for name in ("error", "message", "detail") if said.get(name)), "")
        if not isinstance(said, str) or "<" in said[:200]:
            return ""
        return self._clean(said)

    def _clean(self, text: str) -> str:
        text = " ".join("".join(char if char.isprintable() else " " for char in text).split())
        return (text.replace(self._key, "***") if self._key else text)[:QUOTED].rstrip(". ")


def _because(words: str) -> str:
    return f": {words}" if words else ""


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait, from the header Retry-After (RFC 9110, 10.2.3: seconds, or a date, read against the answer's own)."""
    value = headers.get("retry-after", "").strip()
    try:
        seconds = float(value)
    except ValueError:
        seconds = _until(value, headers.get("date", ""))
    return max(0.0, seconds) if math.isfinite(seconds) else None


def _until(value: str, now: str) -> float:
    then = _date(value)
    return (then - (_date(now) or datetime.now(UTC))).total_seconds() if then else math.nan


def _date(value: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(value)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
