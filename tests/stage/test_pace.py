"""How fast words are uncovered while they are written: simulated streams, sixty frames a second."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from hypothesis import given
from hypothesis import strategies as st

from game.stage.pace import Pace

FRAME = 1 / 60
LAG = 1.5
"""Seconds that a word may lie there at the most before it is uncovered, where the reader's speed allows it."""

Stream = list[tuple[float, int]]
"""Pieces as they come: seconds since the one before, characters."""

streams = st.lists(st.tuples(st.floats(0.02, 0.4), st.integers(1, 40)), min_size=1, max_size=60)
speeds = st.sampled_from([20, 40, 60, 90, 140, 1000])


@dataclass
class Run:
    """At each frame: when it was, how many characters had come, how many were uncovered after it."""

    speed: float
    times: list[float] = field(default_factory=list)
    came: list[int] = field(default_factory=list)
    shown: list[float] = field(default_factory=list)

    def stops(self) -> list[tuple[float, float]]:
        """Stretches of time in which no new character was seen, from the first to the last one."""
        steps = [
            now for now, (before, after) in zip(self.times[1:], pairwise(self.shown), strict=True) if int(after) > int(before)
        ]
        return list(pairwise(steps))


def play(stream: Stream, speed: float, after: float = 4.0) -> Run:
    """Read a stream as it comes, and then for `after` seconds more."""
    pace, run = Pace(), Run(speed)
    due = list(zip(accumulate(gap for gap, _ in stream), (count for _, count in stream), strict=True))
    now, came, shown = 0.0, 0, 0.0
    while due or now < sum(gap for gap, _ in stream) + after:
        now += FRAME
        while due and due[0][0] <= now:
            came += due.pop(0)[1]
            pace.came(now)
        shown += pace.due(FRAME, came - shown, speed)
        run.times.append(now)
        run.came.append(came)
        run.shown.append(shown)
    return run


@given(streams, speeds)
def test_nothing_is_uncovered_before_it_came_and_nothing_is_covered_again(stream: Stream, speed: float) -> None:
    run = play(stream, speed)
    assert all(shown <= came for shown, came in zip(run.shown, run.came, strict=True))
    assert all(before <= after for before, after in pairwise(run.shown))


@given(streams, speeds)
def test_all_that_came_is_uncovered_in_the_end(stream: Stream, speed: float) -> None:
    total = sum(count for _, count in stream)
    assert play(stream, speed, after=LAG + total / speed).shown[-1] == total


@given(streams, speeds)
def test_the_readers_own_speed_is_never_exceeded_but_by_the_first_letters(stream: Stream, speed: float) -> None:
    run = play(stream, speed)
    letters = 1 + sum(1 for came, shown in zip(run.came, run.shown, strict=True) if came == shown)
    assert run.shown[-1] - run.shown[0] <= speed * FRAME * len(run.times) + letters
    for before, after in pairwise(run.shown):
        assert after - before <= max(1.0, speed * FRAME) + 1e-9


@given(streams, speeds)
def test_no_word_lies_there_for_long_unless_the_reader_wants_it_slower(stream: Stream, speed: float) -> None:
    """Beside a reader at the same speed who takes each letter at once, it is never more than so many seconds behind."""
    run = play(stream, speed)
    late = round(LAG / FRAME)
    at_once, ideal = [], 0.0
    for came in run.came:
        ideal = min(float(came), ideal + speed * FRAME)
        at_once.append(ideal)
    assert all(shown >= prompt - 1e-6 for prompt, shown in zip(at_once, run.shown[late:], strict=False))


@given(streams, speeds)
def test_it_never_stops_for_longer_than_the_stream_and_a_frame(stream: Stream, speed: float) -> None:
    run = play(stream, speed)
    longest = max([gap for gap, _ in stream], default=0.0)
    letter = 1 / 8
    assert all(end - start <= max(longest, letter) + 2 * FRAME for start, end in run.stops())


@given(st.floats(0.05, 0.4), st.integers(10, 40), speeds.filter(lambda speed: speed >= 90))
def test_a_stream_in_even_jerks_is_uncovered_evenly(gap: float, count: int, speed: float) -> None:
    """After a moment's learning it does not stop between two jerks, though each could be typed in a fraction of the time."""
    run = play([(gap, count)] * round(6 / gap), speed, after=0.0)
    settled = [(start, end) for start, end in run.stops() if start > 2.0]
    rate = min(count / gap, speed)
    assert all(end - start <= 2 / rate + 2 * FRAME for start, end in settled)


def test_a_letter_that_comes_when_nothing_is_left_is_shown_with_the_next_frame() -> None:
    run = play([(0.2, 3), (0.8, 1), (0.8, 1)], speed=60)
    frames = [n for n, (before, after) in enumerate(pairwise(run.came)) if after > before]
    assert all(int(run.shown[n + 1]) > int(run.shown[n]) for n in frames)


def test_the_wait_before_a_scene_says_nothing_of_its_speed() -> None:
    """Two scenes, equally quick once they come, with a long wait between them."""
    pace = Pace()
    for n in range(20):
        pace.came(n * 0.05)
    reserve = pace.reserve
    pace.begin()
    for n in range(20):
        pace.came(60 + n * 0.05)
    assert abs(pace.reserve - reserve) < 0.01


def test_after_a_stall_the_reserve_shrinks_again_while_the_stream_is_even() -> None:
    pace = Pace()
    pace.came(0.0)
    pace.came(5.0)
    stalled = pace.reserve
    for n in range(40):
        pace.came(5.0 + n * 0.02)
    assert pace.reserve < stalled / 4
