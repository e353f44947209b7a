"""What an endpoint is found to take, to ignore and to do, at the first use; and that it is remembered."""

import asyncio
import json

import pytest

from game.clients import Capabilities, ClientOptions, Refused, SceneRequest, TimedOut, Truncated
from game.clients.completion import THINKING
from game.clients.openai_client import OpenAIClient
from game.packs import Pack
from tests.clients.asking import ask, openai_at
from tests.server import ModelServer


def forms(server: ModelServer) -> list[str]:
    """How the schema was sent, request by request; `+words` when the prompt said it too."""
    out = []
    for body in server.asked:
        sent = body.get("response_format") or {"type": "none"}
        words = "+words" if "JSON schema: " in body["messages"][-1]["content"] else ""
        out.append(f"{sent['type']}{'+schema' if 'schema' in sent else ''}{words}")
    return out


def test_a_keyword_that_is_complained_of_is_left_away_and_the_others_stay(
    server: ModelServer, small_pack: Pack, wanted: SceneRequest
) -> None:
    client = openai_at(server, small_pack, "strict-only")
    answers = ask(client, wanted, wanted)
    assert [answer.error for answer in answers] == [None, None]
    assert forms(server) == ["json_schema"] * 3
    assert '"maxItems"' in json.dumps(server.asked[-1])
    assert client.capabilities.quirks == ("schema:maxLength",)


def test_the_older_form_of_a_schema_is_found(server: ModelServer, small_pack: Pack, wanted: SceneRequest) -> None:
    client = openai_at(server, small_pack, "old-schema")
    answers = ask(client, wanted, wanted)
    assert all(json.loads(answer.text)["beats"] for answer in answers)
    assert forms(server) == ["json_schema", "json_schema", "json_object+schema+words", "json_object+schema+words"]
    assert client.capabilities.schema == "json_object"


@pytest.mark.parametrize("mode", ["prose", "fenced"])
def test_what_ignores_the_schema_is_told_it_in_words_from_then_on(
    server: ModelServer, small_pack: Pack, wanted: SceneRequest, mode: str
) -> None:
    client = openai_at(server, small_pack, mode)
    first, second = ask(client, wanted, wanted)
    assert not first.text.startswith("{")
    assert json.loads(second.text)["beats"]
    assert forms(server) == ["json_schema", "json_schema+words"]
    assert client.capabilities.quirks == ("prose",)


def test_what_answers_as_it_should_is_told_nothing_twice(server: ModelServer, small_pack: Pack, wanted: SceneRequest) -> None:
    client = openai_at(server, small_pack, "ok")
    ask(client, wanted, wanted)
    assert forms(server) == ["json_schema", "json_schema"]
    assert client.capabilities.quirks == ()


@pytest.mark.parametrize("mode", ["think", "reasoning"])
def test_what_thinks_is_remembered(server: ModelServer, small_pack: Pack, wanted: SceneRequest, mode: str) -> None:
    client = openai_at(server, small_pack, mode)
    answers = ask(client, wanted, wanted)
    assert all(json.loads(answer.text)["beats"] for answer in answers)
    assert client.capabilities.quirks == ("thinks",)
    assert [body["max_tokens"] for body in server.asked] == [wanted.max_tokens, wanted.max_tokens + THINKING]


def test_what_thought_its_tokens_away_is_given_room(server: ModelServer, small_pack: Pack, wanted: SceneRequest) -> None:
    first, second = ask(openai_at(server, small_pack, "thinks-long"), wanted, wanted)
    assert type(first.error) is Truncated
    assert "thought until its tokens were spent" in str(first.error)
    assert second.error is None
    assert json.loads(second.text)["beats"]


@pytest.mark.parametrize("mode", ["think-stall", "think-slowly"])
def test_thinking_is_not_waited_for_without_end(server: ModelServer, small_pack: Pack, wanted: SceneRequest, mode: str) -> None:
    (answer,) = ask(openai_at(server, small_pack, mode, timeout=0.1), wanted)
    assert type(answer.error) is TimedOut
    assert "thought for too long" in str(answer.error)
    assert server.wait_until_idle()


def test_an_event_that_says_nothing_is_no_sign_of_life(server: ModelServer, small_pack: Pack, wanted: SceneRequest) -> None:
    (answer,) = ask(openai_at(server, small_pack, "empty-events", timeout=0.1), wanted)
    assert type(answer.error) is TimedOut
    assert "nothing came" in str(answer.error)


def test_a_refusal_in_prose_is_a_refusal_and_no_habit(server: ModelServer, small_pack: Pack, wanted: SceneRequest) -> None:
    client = openai_at(server, small_pack, "prose-refusal")
    (answer,) = ask(client, wanted)
    assert type(answer.error) is Refused
    assert client.capabilities.quirks == ()


def test_what_does_not_stream_is_read_in_one_piece(server: ModelServer, small_pack: Pack, wanted: SceneRequest) -> None:
    client = openai_at(server, small_pack, "not-streamed")
    (answer,) = ask(client, wanted)
    assert answer.error is None
    assert json.loads(answer.text)["beats"]
    assert client.capabilities.quirks == ("whole",)
    assert not client.capabilities.streaming


def test_what_two_requests_at_once_find_out_is_kept(server: ModelServer, small_pack: Pack, wanted: SceneRequest) -> None:
    client = openai_at(server, small_pack, "picky")

    async def both() -> None:
        async def whole() -> None:
            async for _ in client.stream(wanted):
                pass

        await asyncio.gather(whole(), whole())
        await client.aclose()

    asyncio.run(both())
    assert client.capabilities.quirks == ("max_tokens", "seed", "temperature")


@pytest.mark.parametrize(
    ("url", "parallel", "counts"), [("http://127.0.0.1:1/v1", 1, True), ("https://example.org/v1", 4, False)]
)
def test_a_service_elsewhere_is_asked_several_at_once_and_for_no_counts(
    small_pack: Pack, url: str, parallel: int, counts: bool
) -> None:
    can = OpenAIClient(ClientOptions(small_pack, "m", url)).capabilities
    assert isinstance(can, Capabilities)
    assert (can.parallel, can.counts) == (parallel, counts)
