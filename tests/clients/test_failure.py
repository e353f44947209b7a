"""Failures in words, and how long a server wants to be left alone."""

import pytest

from game.clients import ClientError, OverBudget, Refused, UnknownModel, Unreachable
from game.clients.address import shown
from game.clients.failure import Failures, retry_after

FAILURES = Failures("http://me:secret@host:1/v1/?key=secret", "some-model", "sk-secret")


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "3"}, 3.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after": "-3"}, 0.0),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": ""}, None),
        ({}, None),
        ({"retry-after": "Wed, 21 Oct 2026 07:28:07 GMT", "date": "Wed, 21 Oct 2026 07:28:00 GMT"}, 7.0),
        ({"retry-after": "Wed, 21 Oct 2026 07:28:00 GMT", "date": "Wed, 21 Oct 2026 07:28:07 GMT"}, 0.0),
        ({"retry-after": "Wed, 21 Oct 2026 07:28:07 -0000", "date": "Wed, 21 Oct 2026 07:28:00 GMT"}, 7.0),
        ({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0.0),
    ],
)
def test_the_wait_is_in_seconds_or_until_a_date(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers) == seconds


def test_an_address_is_shown_without_what_is_secret_in_it() -> None:
    assert shown("http://me:secret@host:1/v1/?key=secret#x") == "http://host:1/v1"


@pytest.mark.parametrize(
    "said", [{"message": "sk-secret"}, "sk-secret", {"error": {"message": "sk-secret"}}, {"detail": "sk-secret"}, None]
)
@pytest.mark.parametrize("status", [307, 400, 401, 402, 403, 404, 405, 408, 413, 418, 422, 429, 500, 529])
def test_no_status_tells_a_secret(status: int, said: object) -> None:
    error = FAILURES.status(status, said, {})
    assert type(error) is not ClientError
    assert "secret" not in str(error)


@pytest.mark.parametrize(
    ("status", "said", "kind"),
    [
        (400, {"type": "exceed_context_size_error", "message": "request exceeds the available context size"}, OverBudget),
        (500, {"message": "the request exceeds the available context size"}, OverBudget),
        (400, {"code": "content_filter", "message": ""}, Refused),
        (400, {"message": "model `x` not found"}, UnknownModel),
        (500, {"message": "model not found in cache"}, Unreachable),
    ],
)
def test_a_body_may_say_more_than_its_status(status: int, said: object, kind: type[ClientError]) -> None:
    assert type(FAILURES.status(status, said, {})) is kind


def test_a_servers_own_words_are_passed_on_in_bounds() -> None:
    error = FAILURES.status(503, {"message": "busy\n\x1b[31m" + "x" * 5000}, {})
    assert "busy" in str(error)
    assert str(error).isprintable()
    assert len(str(error)) < 300


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        ("All connection attempts failed", "is the server running?"),
        ("[Errno -2] Name or service not known", "there is no host"),
        ("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed", "no safe connection"),
    ],
)
def test_a_connection_that_never_was_says_why(cause: str, words: str) -> None:
    assert words in str(FAILURES.connection(cause, connected=False, began=False))
