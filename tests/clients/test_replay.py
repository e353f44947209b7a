"""The replay client: what was recorded, in order, and nothing else."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.clients import ERRORS, ClientError, ClientOptions, NotRecorded, RateLimited, SceneRequest
from game.clients.replay import ReplayClient, open_replay
from game.packs import Pack
from game.story import DONE, INTERRUPTED, Attempt
from tests.clients.asking import Answer, ask

ENDS = (*ERRORS, INTERRUPTED, "stopped")
WAITS = st.none() | st.floats(0, 100)


def as_attempt(answer: Answer) -> Attempt:
    """What whoever asked would keep of this answer."""
    error = answer.error
    if error is None:
        return Attempt(answer.text, DONE)
    return Attempt(answer.text, error.code, str(error), error.retry_after if isinstance(error, RateLimited) else None)


def as_it_can_be(attempt: Attempt) -> Attempt:
    """Without what such an attempt never has: words for a good end, a wait for what is no rate limit."""
    words = "" if attempt.ended == DONE else attempt.message
    return replace(attempt, message=words, retry_after=attempt.retry_after if attempt.ended == "rate_limited" else None)


def recorded(pack: Pack, wanted: SceneRequest, *attempts: Attempt) -> ReplayClient:
    return open_replay(ClientOptions(pack, attempts={wanted.hash: attempts}))


def test_attempts_come_in_their_order(small_pack: Pack, wanted: SceneRequest) -> None:
    client = recorded(small_pack, wanted, Attempt("one", DONE), Attempt("two", DONE))
    assert [answer.text for answer in ask(client, wanted, wanted)] == ["one", "two"]


@pytest.mark.parametrize("code", ERRORS)
def test_an_error_is_raised_again_as_what_it_was(small_pack: Pack, wanted: SceneRequest, code: str) -> None:
    (answer,) = ask(recorded(small_pack, wanted, Attempt("half", code, "the words")), wanted)
    assert answer.text == "half"
    assert type(answer.error) is ERRORS[code]
    assert str(answer.error) == "the words"


def test_a_rate_limit_keeps_its_wait(small_pack: Pack, wanted: SceneRequest) -> None:
    (answer,) = ask(recorded(small_pack, wanted, Attempt("", "rate_limited", "slow", 2.5)), wanted)
    assert isinstance(answer.error, RateLimited)
    assert answer.error.retry_after == 2.5


@pytest.mark.parametrize("ended", [INTERRUPTED, "stopped", "somebodys_own_code"])
def test_what_has_no_class_of_its_own_ends_as_it_ended(small_pack: Pack, wanted: SceneRequest, ended: str) -> None:
    (answer,) = ask(recorded(small_pack, wanted, Attempt("half", ended, "words")), wanted)
    assert answer.text == "half"
    assert answer.error
    assert (answer.error.code, str(answer.error)) == (ended, "words")
    assert ClientError.code == "client_error"


@given(attempt=st.builds(Attempt, st.text(max_size=40), st.sampled_from([DONE, *ENDS]), st.text(max_size=20), WAITS))
def test_an_attempt_comes_back_as_it_was(small_pack: Pack, wanted: SceneRequest, attempt: Attempt) -> None:
    (answer,) = ask(recorded(small_pack, wanted, attempt), wanted)
    assert as_attempt(answer) == as_it_can_be(attempt)


def test_the_first_request_that_differs_is_named(small_pack: Pack, wanted: SceneRequest) -> None:
    other = replace(wanted, seed=wanted.seed + 1, purpose="tail")
    answers = ask(recorded(small_pack, wanted, Attempt("one", DONE)), wanted, other)
    assert answers[0].error is None
    assert type(answers[1].error) is NotRecorded
    for part in (other.hash[:8], wanted.brief.title, "tail", f"turn {wanted.brief.turn}"):
        assert part in str(answers[1].error)


def test_a_request_too_many_is_said_so(small_pack: Pack, wanted: SceneRequest) -> None:
    answers = ask(recorded(small_pack, wanted, Attempt("one", DONE)), wanted, wanted)
    assert "once more" in str(answers[1].error)


def test_without_a_recording_there_is_no_client(small_pack: Pack) -> None:
    with pytest.raises(ClientError, match="no recording"):
        open_replay(ClientOptions(small_pack))
