"""Thoughts at the head of a reply: never prose, however they come in pieces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.clients.thinking import ThoughtFilter

CASES = {
    "<think>hm</think>{}": "{}",
    "  \n<think>hm</think>\n{}": "\n{}",
    "<thinking>a</thinking><think>b</think>{}": "{}",
    "<think>never finished": "",
    "<think></think>": "",
    "<thin": "<thin",
    "<theatre> is no thought": "<theatre> is no thought",
    "{} <think>not at the head</think>": "{} <think>not at the head</think>",
    "</think>{}": "</think>{}",
    "<think>a</thin</think>{}": "{}",
    "": "",
}


def through(pieces: list[str]) -> str:
    thoughts = ThoughtFilter()
    return "".join([*map(thoughts.feed, pieces), thoughts.rest()])


@pytest.mark.parametrize("text", CASES)
def test_thoughts_are_taken_out(text: str) -> None:
    assert through([text]) == CASES[text]


@pytest.mark.parametrize("text", CASES)
def test_a_character_at_a_time_gives_the_same(text: str) -> None:
    assert through(list(text)) == CASES[text]


@given(st.lists(st.sampled_from(["<", "think", ">", "</", "think>", "{", " ", "x"]), max_size=30), st.integers(1, 5))
def test_the_pieces_do_not_matter(parts: list[str], size: int) -> None:
    text = "".join(parts)
    assert through([text[start : start + size] for start in range(0, len(text), size)]) == through([text])


def test_plain_text_flows_at_once() -> None:
    assert ThoughtFilter().feed('{"beats"') == '{"beats"'
