"""An endpoint that keeps failing is left in peace, for a while."""

import pytest

from game.narrator.breaker import FIRST_REST, LIMIT, LONGEST_REST, Breaker


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def broken(clock: Clock) -> Breaker:
    breaker = Breaker(clock)
    for _ in range(LIMIT):
        breaker.failed("unreachable")
    return breaker


def test_a_few_failures_do_not_matter(clock: Clock) -> None:
    breaker = Breaker(clock)
    for _ in range(LIMIT - 1):
        breaker.failed("unreachable")
    assert breaker.may_ask()


def test_failures_in_a_row_let_it_rest(clock: Clock) -> None:
    assert not broken(clock).may_ask()


def test_what_works_in_between_starts_the_count_again(clock: Clock) -> None:
    breaker = Breaker(clock)
    for _ in range(10):
        breaker.failed("unreachable")
        breaker.failed("malformed")
        breaker.worked()
    assert breaker.may_ask()


def test_it_is_asked_again_when_the_rest_is_over(clock: Clock) -> None:
    breaker = broken(clock)
    clock.now += FIRST_REST
    assert breaker.may_ask()


def test_each_rest_is_twice_as_long_as_the_one_before_up_to_a_bound(clock: Clock) -> None:
    breaker, rests = broken(clock), []
    for _ in range(8):
        start = clock.now
        while not breaker.may_ask():
            clock.now += 1
        rests.append(clock.now - start)
        breaker.failed("unreachable")
    assert rests == [30, 60, 120, 240, 300, 300, 300, 300]
    assert max(rests) == LONGEST_REST


def test_requests_that_failed_together_make_one_rest(clock: Clock) -> None:
    breaker = Breaker(clock)
    for _ in range(4):
        breaker.failed("unauthorised")
    clock.now += FIRST_REST
    assert breaker.may_ask()


def test_one_success_ends_it(clock: Clock) -> None:
    breaker = broken(clock)
    clock.now += FIRST_REST
    breaker.worked()
    breaker.failed("unreachable")
    assert breaker.may_ask()


@pytest.mark.parametrize("code", ["unauthorised", "unknown_model", "unsupported"])
def test_what_will_not_mend_itself_is_asked_once(clock: Clock, code: str) -> None:
    breaker = Breaker(clock)
    breaker.failed(code)
    assert not breaker.may_ask()


@pytest.mark.parametrize("code", ["refused", "truncated", "over_budget"])
def test_what_a_request_brought_on_itself_says_nothing_of_the_endpoint(clock: Clock, code: str) -> None:
    breaker = Breaker(clock)
    for _ in range(20):
        breaker.failed(code)
    assert breaker.may_ask()


def test_a_clock_that_jumps_back_ends_the_rest(clock: Clock) -> None:
    breaker = broken(clock)
    clock.now -= 100_000
    assert breaker.may_ask()
