"""Faults of a service, or of the client itself: errors, storms of them, silences, streams that break, counts that are wrong."""

from collections.abc import Iterable

from game.clients.client import Usage
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
from game.clients.fault import Case, Family, Step

SERVICE = Family("The service, and the client itself")

STORM = 4
"""Asks in a row that a storm answers."""


def _half(case: Case) -> str:
    """A reply up to somewhere in its prose."""
    return case.reply[: max(1, (30 + case.draw("half", 50)) * len(case.reply) // 100)]


@SERVICE.fault(whole=True)
def rate_limited(case: Case) -> Iterable[Step]:
    """Status 429 with a short `Retry-After`."""
    return [RateLimited("too many requests: the service asks to wait a second", 1)]


@SERVICE.fault(whole=True)
def rate_limited_for_hours(case: Case) -> Iterable[Step]:
    """Status 429 when the day's quota is used up."""
    return [RateLimited("too many requests: the service asks to wait for hours", 9000)]


@SERVICE.fault(whole=True)
def rate_limited_oddly(case: Case) -> Iterable[Step]:
    """A `Retry-After` in the past, from a clock that is wrong, or was put back."""
    return [RateLimited("too many requests", -3600)]


@SERVICE.fault(whole=True, lasts=STORM)
def storm(case: Case) -> Iterable[Step]:
    """Status 429 again and again, each with a wait that is not kept."""
    return [RateLimited("too many requests, again", 0.5)]


@SERVICE.fault(whole=True, lasts=STORM)
def silent_storm(case: Case) -> Iterable[Step]:
    """Status 429 again and again, without a word of how long."""
    return [RateLimited("too many requests, again")]


@SERVICE.fault(whole=True)
def unreachable(case: Case) -> Iterable[Step]:
    """No network, or a server that was stopped."""
    return [Unreachable("nothing answers there")]


@SERVICE.fault(whole=True, lasts=STORM)
def away(case: Case) -> Iterable[Step]:
    """A server that stays away, as while it loads another model."""
    return [Unreachable("nothing answers there yet")]


@SERVICE.fault()
def reset(case: Case) -> Iterable[Step]:
    """A connection that breaks in the middle of a reply."""
    return [_half(case), Unreachable("the connection broke")]


@SERVICE.fault(whole=True)
def timed_out(case: Case) -> Iterable[Step]:
    """A request that is taken and never answered: what a client says once its time is over."""
    return [TimedOut("nothing came for too long")]


@SERVICE.fault()
def stalled(case: Case) -> Iterable[Step]:
    """A reply that stops in the middle and does not go on: what a client says once its time is over."""
    return [_half(case), TimedOut("nothing more came for too long")]


@SERVICE.fault()
def out_of_tokens(case: Case) -> Iterable[Step]:
    """A reply that used up its tokens before it was whole."""
    return [_half(case), Truncated("the reply was longer than the tokens it was given")]


@SERVICE.fault(whole=True)
def refused(case: Case) -> Iterable[Step]:
    """A model that declines, in the field that a service has for it."""
    return [Refused("the model declined to write this")]


@SERVICE.fault()
def filtered(case: Case) -> Iterable[Step]:
    """A content filter that ends a reply half way."""
    return [_half(case), Refused("a content filter ended the reply")]


@SERVICE.fault(whole=True)
def unauthorised(case: Case) -> Iterable[Step]:
    """Status 401: a key that is wrong, or was withdrawn while the story went on."""
    return [Unauthorised("the key is not taken")]


@SERVICE.fault(whole=True)
def unknown_model(case: Case) -> Iterable[Step]:
    """Status 404: a model that was retired."""
    return [UnknownModel("no model has this name")]


@SERVICE.fault(whole=True)
def malformed(case: Case) -> Iterable[Step]:
    """An answer that is not in the service's protocol: a captive portal, another program on that port."""
    return [Malformed("what came is no reply of a model")]


@SERVICE.fault(whole=True)
def over_budget(case: Case) -> Iterable[Step]:
    """A request larger than the model's window."""
    return [OverBudget("the prompt is longer than the model's window")]


@SERVICE.fault(whole=True)
def unsupported(case: Case) -> Iterable[Step]:
    """An endpoint that cannot do what was asked of it, in any way that the client knows."""
    return [Unsupported("the endpoint takes no schema")]


@SERVICE.fault(whole=True)
def unnamed(case: Case) -> Iterable[Step]:
    """A client's error of no particular kind."""
    return [ClientError("something else went wrong")]


@SERVICE.fault(whole=True)
def broken_client(case: Case) -> Iterable[Step]:
    """A client of somebody else's with a mistake in it: an exception that is no `ClientError`."""
    return [KeyError("choices")]


@SERVICE.fault()
def broken_half_way(case: Case) -> Iterable[Step]:
    """The same in the middle of a reply, straight from the operating system."""
    return [_half(case), ConnectionResetError(104, "Connection reset by peer")]


@SERVICE.fault()
def odd_usage(case: Case) -> Iterable[Step]:
    """Counts of tokens that cannot be: below nothing, and more than all that was ever written."""
    return [Usage(-5, -1, 10**12), case.reply, Usage(10**15, -(10**15), 7)]


@SERVICE.fault()
def usage_and_nothing(case: Case) -> Iterable[Step]:
    """An answer that counts tokens and has no text."""
    return [Usage(900, 300, 0)]


@SERVICE.fault()
def goes_on(case: Case) -> Iterable[Step]:
    """A reply that goes on and on after it has ended."""
    return [case.reply, *(" and so on" * 400 for _ in range(20))]


@SERVICE.fault(lingers=0.01)
def slow_close(case: Case) -> Iterable[Step]:
    """A good reply on a connection that takes a moment to be closed."""
    return [case.reply]
