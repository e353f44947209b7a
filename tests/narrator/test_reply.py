"""Reading a reply while it comes."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.narrator.reply import BeatPart, Note, ReplyReader, SlotText, reply_schema

REPLY = '{"beats":[{"s":"narrator","t":"Fog."},{"s":"maren/wary","t":"Mind the step."}],"a":"Go","b":"Stay","notes":["x"]}'


def read(text: str, size: int | None = None) -> list[tuple[str, ...]]:
    """What a reader makes of `text` in pieces of `size`, with the pieces of each beat put together."""
    reader = ReplyReader()
    pieces = [text] if size is None else [text[start : start + size] for start in range(0, len(text), size)]
    beats: dict[int, tuple[str, str]] = {}
    rest: list[tuple[str, ...]] = []
    for piece in pieces:
        for part in reader.feed(piece):
            if isinstance(part, BeatPart):
                beats[part.index] = (part.speaker, beats.get(part.index, ("", ""))[1] + part.text)
            elif isinstance(part, SlotText):
                rest.append((part.letter, part.text))
            elif isinstance(part, Note):
                rest.append(("note", part.text))
    return [*beats.values(), *rest]


def test_a_whole_reply_gives_beats_then_slots_then_notes() -> None:
    assert read(REPLY) == [("narrator", "Fog."), ("maren/wary", "Mind the step."), ("a", "Go"), ("b", "Stay"), ("note", "x")]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 50])
def test_the_pieces_do_not_matter(size: int) -> None:
    assert read(REPLY, size) == read(REPLY)


def test_words_come_out_before_their_beat_is_whole() -> None:
    reader = ReplyReader()
    parts = reader.feed('{"beats":[{"s":"narrator","t":"The lamp tur')
    assert parts == [BeatPart(0, "narrator", "The lamp tur")]


def test_text_waits_until_it_is_known_who_speaks() -> None:
    reader = ReplyReader()
    assert reader.feed('{"beats":[{"t":"Mind the step."') == []
    assert reader.feed(',"s":"maren/wary"}') == [BeatPart(0, "maren/wary", "Mind the step.", True)]


@pytest.mark.parametrize(
    ("around", "why"),
    [("Sure, here it is:\n```json\n%s\n```", "fenced"), ("%s and that is all {", "trailing junk"), ("\n\n  %s", "white space")],
)
def test_what_stands_around_the_reply_is_passed_over(around: str, why: str) -> None:
    assert read(around % REPLY) == read(REPLY), why


def test_of_a_key_that_comes_twice_the_first_counts() -> None:
    assert read('{"beats":[{"s":"narrator","t":"One."}],"a":"Go","a":"Stay"}') == [("narrator", "One."), ("a", "Go")]


def test_escapes_are_read_across_pieces() -> None:
    text = '{"beats":[{"s":"narrator","t":"\\u2014 \\"no\\" \\ud83d\\ude00 \\ud800x"}]}'
    assert read(text, 1) == [("narrator", '— "no" 😀 \ufffdx')]


@pytest.mark.parametrize(
    "text", ["", "{", "[1,2]", "null", "<html>502</html>", '{"error":{"message":"no"}}', '{"beats":"x"}', "}{][,:"]
)
def test_what_is_no_reply_gives_nothing(text: str) -> None:
    assert read(text) == []


@given(st.text(max_size=300), st.integers(1, 40))
def test_no_text_whatever_breaks_the_reader(text: str, size: int) -> None:
    assert read(text, size) == read(text, 1)


@given(
    st.lists(st.tuples(st.sampled_from(["narrator", "maren/wary"]), st.text(min_size=1, max_size=60)), max_size=6),
    st.integers(1, 30),
)
def test_any_reply_in_any_pieces_reads_the_same(beats: list[tuple[str, str]], size: int) -> None:
    wanted = [(who, text) for who, text in beats if text.strip()]
    text = json.dumps({"beats": [{"s": who, "t": text} for who, text in wanted], "notes": []})
    assert read(text, size) == wanted


def test_the_schema_has_the_same_bytes_for_a_pack_and_a_number_of_slots(pack) -> None:
    assert json.dumps(reply_schema(pack, 3, 8, 420)) == json.dumps(reply_schema(pack, 3, 8, 420))
    assert list(reply_schema(pack, 2, 8, 420)["properties"]) == ["beats", "a", "b", "notes"]
