"""What of a stream of events is read at all, however it comes in pieces."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.clients import SceneRequest
from game.clients.wire import EventLines
from game.packs import Pack
from tests.clients.asking import ask, openai_at
from tests.server import ModelServer

CASES = {
    b"data: 1\n\ndata: 2\n\n": b"data: 1\n\ndata: 2\n\n",
    b"data: 1\r\n\r\ndata: 2\r\n\r\n": b"data: 1\n\ndata: 2\n\n",
    b"data: 1\r\rdata: 2\r\r": b"data: 1\n\ndata: 2\n\n",
    b"\xef\xbb\xbfdata: 1\n\n": b"data: 1\n\n",
    b": ping\n\nid: 7\nretry: 3\nevent: message\ndata: 1\n\n: ping\n\n": b"data: 1\n\n",
    b"data: 1\nid: 7\ndata: 2\n\n": b"data: 1\ndata: 2\n\n",
    b"data: 1\n\n\n\n": b"data: 1\n\n",
    b"data: 1\r\n\ndata: 2\r\r\n": b"data: 1\n\ndata: 2\n\n",
    b"data: no end": b"data: no end",
    b"": b"",
}


def through(pieces: list[bytes]) -> bytes:
    lines = EventLines()
    return b"".join([*map(lines.feed, pieces), lines.rest()])


@pytest.mark.parametrize("stream", CASES)
def test_only_what_carries_data_is_read(stream: bytes) -> None:
    assert through([stream]) == CASES[stream]


@pytest.mark.parametrize("stream", CASES)
def test_a_byte_at_a_time_gives_the_same(stream: bytes) -> None:
    assert through([stream[n : n + 1] for n in range(len(stream))]) == CASES[stream]


@given(st.lists(st.sampled_from([b"data: 1", b": ping", b"id: 7", b"\r", b"\n", b"\r\n", b""]), max_size=30), st.integers(1, 7))
def test_the_pieces_do_not_matter(parts: list[bytes], size: int) -> None:
    stream = b"".join(parts)
    assert through([stream[start : start + size] for start in range(0, len(stream), size)]) == through([stream])


@pytest.mark.parametrize("mode", ["bom", "comments", "carriage-returns", "lines-of-data"])
def test_an_odd_stream_of_events_is_read_all_the_same(
    server: ModelServer, small_pack: Pack, wanted: SceneRequest, mode: str
) -> None:
    (answer,) = ask(openai_at(server, small_pack, mode), wanted)
    assert answer.error is None
    assert json.loads(answer.text)["beats"]
