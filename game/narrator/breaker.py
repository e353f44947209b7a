"""Leaves an endpoint in peace that keeps failing. Knows codes and a clock, no requests.

closed ──failures add up──▶ open ──the rest is over──▶ probing ──it writes──▶ closed
                              ▲                            │
                              └────it fails, rests twice───┘
"""

from collections.abc import Callable, Mapping

RESTING = "circuit_open"
"""How an attempt ended that was not made."""

LIMIT = 3
"""Weight of failures in a row from which an endpoint rests."""
FIRST_REST = 30.0
LONGEST_REST = 300.0
"""Seconds of the first rest, and of any: each doubles the one before."""

WEIGHTS: Mapping[str, int] = {
    "unreachable": 1,
    "malformed": 1,
    "client_error": 1,
    "rate_limited": 1,
    "timed_out": 2,
    "unsupported": LIMIT,
    "unauthorised": LIMIT,
    "unknown_model": LIMIT,
}
"""What a failure says of the endpoint. What is missing here says something of one request alone."""


class Breaker:
    """Whether one endpoint may be asked. `clock` gives seconds that only go on."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._weight = 0
        self._rest = FIRST_REST
        self._until: float | None = None

    def may_ask(self) -> bool:
        """False while the endpoint rests. A clock that jumped back ends the rest, rather than making it endless."""
        if self._until is None:
            return True
        now = self._clock()
        return now >= self._until or now < self._until - self._rest

    def worked(self) -> None:
        """It has written something."""
        self._weight, self._rest, self._until = 0, FIRST_REST, None

    def failed(self, code: str) -> None:
        """It has failed in this way. While it rests, that is one that was asked at the same time: it says nothing new."""
        if not self.may_ask():
            return
        self._weight += WEIGHTS.get(code, 0)
        if self._weight >= LIMIT and code in WEIGHTS:
            if self._until is not None:
                self._rest = min(LONGEST_REST, self._rest * 2)
            self._until = self._clock() + self._rest
