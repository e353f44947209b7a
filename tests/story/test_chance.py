"""Draws: even, independent, and a function of where they are made."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.story import ROOT, draw, node_key, pick, pick_weighted

CHI_SQUARE_9 = 33.7
"""What 9 degrees of freedom exceed once in 10,000 times."""
CHI_SQUARE_81 = 138.0

seeds = st.integers(0, 2**63)


def chi_square(counts: Counter[object], cells: int) -> float:
    expected = counts.total() / cells
    return sum((count - expected) ** 2 for count in counts.values()) / expected + (cells - len(counts)) * expected


@given(seeds, st.text(max_size=9), st.text(max_size=9), st.integers(1, 10**9))
def test_a_draw_is_in_range_and_always_the_same(seed: int, key: str, purpose: str, n: int) -> None:
    first = draw(seed, key, purpose, n)
    assert 0 <= first < n
    assert draw(seed, key, purpose, n) == first


@pytest.mark.parametrize("vary", ["seed", "key", "purpose"])
def test_draws_are_even_whatever_varies(vary: str) -> None:
    rows = {"seed": lambda n: (n, "key", "x"), "key": lambda n: (7, f"{n}", "x"), "purpose": lambda n: (7, "key", f"{n}")}
    counts: Counter[object] = Counter(draw(*rows[vary](n), 10) for n in range(10_000))
    assert chi_square(counts, 10) < CHI_SQUARE_9


def test_draws_along_a_story_are_even() -> None:
    key, counts = node_key(ROOT, ""), Counter[object]()
    for _ in range(10_000):
        key = node_key(key, "a")
        counts[draw(1, key, "storylet", 10)] += 1
    assert chi_square(counts, 10) < CHI_SQUARE_9


@pytest.mark.parametrize("other", [("seed", 8, "key", "x"), ("key", 7, "other", "x"), ("purpose", 7, "key", "y")])
def test_draws_for_two_purposes_keys_or_seeds_are_independent(other: tuple[str, int, str, str]) -> None:
    _, seed, key, purpose = other
    pairs: Counter[object] = Counter((draw(7, f"key{n}", "x", 10), draw(seed, f"{key}{n}", purpose, 10)) for n in range(20_000))
    assert chi_square(pairs, 100) < CHI_SQUARE_81 + 20


def test_the_parts_of_a_draw_do_not_run_together() -> None:
    drawn = {draw(1, "ab", "c", 1 << 60), draw(1, "a", "bc", 1 << 60), draw(11, "ab", "c", 1 << 60), draw(1, "", "abc", 1 << 60)}
    assert len(drawn) == 4


def test_nothing_can_be_drawn_from_nothing() -> None:
    with pytest.raises(ValueError, match="0 possibilities"):
        draw(1, "key", "x", 0)


def test_a_draw_is_the_same_on_every_machine() -> None:
    assert [draw(7, node_key(ROOT, ""), "storylet", 1000), draw(-1, "é", "👩‍🚀", 1000)] == [548, 814]


@given(seeds, st.lists(st.integers(), min_size=1, max_size=9))
def test_pick_takes_one_of_what_there_is(seed: int, items: list[int]) -> None:
    assert pick(seed, "key", "x", items) in items


@given(
    seeds, st.lists(st.tuples(st.text(max_size=2), st.integers(0, 9)), min_size=1).filter(lambda rows: any(w for _, w in rows))
)
def test_pick_weighted_never_takes_what_has_no_weight(seed: int, rows: list[tuple[str, int]]) -> None:
    assert pick_weighted(seed, "key", "x", rows) in {item for item, weight in rows if weight}


def test_pick_weighted_keeps_the_proportions() -> None:
    counts = Counter(pick_weighted(seed, "key", "x", [("a", 1), ("b", 3), ("c", 6)]) for seed in range(10_000))
    assert [round(counts[item] / 1000) for item in "abc"] == [1, 3, 6]


keys = st.text(st.sampled_from("0123456789abcdef"), max_size=32)


@given(keys, st.sampled_from("abcd"), st.integers(0, 9))
def test_a_node_key_is_32_hex_characters_and_a_function(parent: str, slot: str, telling: int) -> None:
    key = node_key(parent, slot, telling)
    assert len(key) == 32
    assert set(key) <= set("0123456789abcdef")
    assert key == node_key(parent, slot, telling)


def test_every_node_of_a_tree_has_a_key_of_its_own() -> None:
    level, keys_seen = [node_key(ROOT, "")], set[str]()
    for _ in range(5):
        keys_seen |= set(level)
        level = [node_key(parent, slot, telling) for parent in level for slot in "abcd" for telling in (0, 1)]
    assert len(keys_seen) == sum(8**n for n in range(5))
