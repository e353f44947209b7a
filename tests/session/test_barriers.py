"""`kill -9` at named barriers: what was printed is there, and the finished story is what it is without interruption."""

import signal

import pytest

from tests.barriers import BARRIERS, passing
from tests.killing import killed_at

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 here")


@pytest.mark.parametrize("n", [1, 2])
@pytest.mark.parametrize("barrier", BARRIERS)
def test_nothing_is_lost_and_the_story_is_the_same(barrier: str, n: int) -> None:
    assert list(killed_at(barrier, passing(barrier, n), seed=n)) == []
