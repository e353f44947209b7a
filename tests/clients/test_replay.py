"""The replay client: what was recorded, in order, and nothing else."""

from dataclasses import replace

import pytest

from game.clients import ERRORS, ClientError, ClientOptions, RateLimited, SceneRequest, Truncated
from game.clients.replay import ReplayClient, open_replay
from game.packs import Pack
from game.story import DONE, INTERRUPTED, Attempt
from tests.clients.asking import ask


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


@pytest.mark.parametrize("ended", [INTERRUPTED, "stopped"])
def test_what_was_broken_off_breaks_off(small_pack: Pack, wanted: SceneRequest, ended: str) -> None:
    (answer,) = ask(recorded(small_pack, wanted, Attempt("half", ended)), wanted)
    assert answer.text == "half"
    assert type(answer.error) is Truncated


def test_the_first_request_that_differs_is_named(small_pack: Pack, wanted: SceneRequest) -> None:
    other = replace(wanted, seed=wanted.seed + 1)
    answers = ask(recorded(small_pack, wanted, Attempt("one", DONE)), wanted, other)
    assert answers[0].error is None
    assert other.hash[:8] in str(answers[1].error)
    assert wanted.brief.title in str(answers[1].error)


def test_a_request_too_many_is_said_so(small_pack: Pack, wanted: SceneRequest) -> None:
    answers = ask(recorded(small_pack, wanted, Attempt("one", DONE)), wanted, wanted)
    assert "once more" in str(answers[1].error)


def test_without_a_recording_there_is_no_client(small_pack: Pack) -> None:
    with pytest.raises(ClientError, match="no recording"):
        open_replay(ClientOptions(small_pack))
