"""How a window is shared out, and what a token is taken to be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.narrator.budget import (
    DEFAULT_RATE,
    MESSAGE_TOKENS,
    RATES,
    SHARE_RATE,
    calibrate,
    head,
    latest,
    profile_for,
    rate_of,
    sentences,
    shared,
    size,
    tokens,
)
from tests.conftest import REPOSITORY

DOCS = REPOSITORY / "docs" / "prompts.md"


@pytest.mark.parametrize("window", [2048, 4096, 8192, 32768])
def test_the_shares_are_the_ones_in_the_docs(window: int) -> None:
    profile = profile_for(window)
    bounds = (profile.window, profile.reply_tokens, profile.max_beats, profile.max_chars, profile.prompt_tokens)
    parts = (profile.system_chars, profile.brief_chars, profile.recap_chars, profile.last_chars)
    assert f"| {' | '.join(f'{number:,}' for number in (*bounds, *parts))} |" in DOCS.read_text("utf-8")


@pytest.mark.parametrize("window", [1536, 2048, 4096, 8192, 32768])
def test_what_must_always_stand_in_a_request_fits_with_the_reply(window: int) -> None:
    profile = profile_for(window)
    parts = (profile.system_chars, profile.brief_chars, profile.recap_chars, profile.last_chars)
    always = sum(parts) * 100 // SHARE_RATE + 3 * MESSAGE_TOKENS
    assert always <= profile.prompt_tokens
    assert profile.prompt_tokens + profile.reply_tokens <= window


def test_small_windows_are_told_shortly() -> None:
    assert [profile_for(window).compact for window in (2048, 4096, 8192)] == [True, True, False]
    bounds = [profile_for(window) for window in (2048, 4096, 8192)]
    assert sorted(profile.max_beats * profile.max_chars for profile in bounds) == [p.max_beats * p.max_chars for p in bounds]


def test_a_server_that_counts_more_tokens_than_guessed_makes_the_guess_more_careful() -> None:
    assert calibrate(DEFAULT_RATE, 3000, 1000) < DEFAULT_RATE < calibrate(DEFAULT_RATE, 4000, 1000)


def test_repeated_counts_bring_the_guess_to_the_truth() -> None:
    rate = DEFAULT_RATE
    for _ in range(40):
        rate = calibrate(rate, 2500, 1000)
    assert abs(rate - 250) <= 4


@pytest.mark.parametrize("count", [0, -5])
def test_a_count_of_nothing_teaches_nothing(count: int) -> None:
    assert calibrate(333, 1000, count) == 333


@given(st.integers(0, 10**7), st.integers(-10, 10**7))
def test_no_count_makes_the_guess_absurd(chars: int, count: int) -> None:
    assert RATES[0] <= rate_of(chars, count) <= RATES[1]
    assert RATES[0] <= calibrate(DEFAULT_RATE, chars, count) <= RATES[1]


def test_a_script_that_tokenizers_split_is_taken_to_be_longer() -> None:
    assert tokens("雨が降る" * 50) > 2 * tokens("rain" * 50)


@given(st.text(alphabet="ab. \n雨", max_size=300), st.integers(0, 200))
def test_the_head_of_a_text_fits_and_is_its_beginning(text: str, limit: int) -> None:
    cut = head(text, limit)
    assert size(cut) <= limit
    assert "".join(text.split()).startswith("".join(cut.removesuffix("…").split()))


def test_the_head_ends_with_a_whole_sentence_where_one_fits() -> None:
    assert head("One came. Two stayed away.\n\nThree.", 20) == "One came."
    assert head("A very long sentence that goes on", 12) == "A very…"


def test_sentences_end_where_a_reader_would_say() -> None:
    assert sentences("He said 'Go.' Then left. Why? 雨。雪。") == ["He said 'Go.'", "Then left.", "Why?", "雨。", "雪。"]


def test_the_latest_lines_are_kept() -> None:
    assert latest(["one", "two", "three"], 10) == ["two", "three"]


@given(st.integers(0, 500), st.lists(st.tuples(st.integers(0, 300), st.integers(1, 5)), max_size=6))
def test_a_room_is_shared_out_within_itself_and_nobody_gets_more_than_the_wish(room: int, wishes: list[tuple[int, int]]) -> None:
    out = shared(room, wishes)
    assert sum(out) <= room
    assert all(got <= wish for got, (wish, _) in zip(out, wishes, strict=True))
    if sum(wish for wish, _ in wishes) <= room:
        assert out == [wish for wish, _ in wishes]
