"""Tokens as a server near by counts them: asked once, remembered when it cannot, and never an error."""

import asyncio
import socket

import pytest
from pydantic import SecretStr

from game.clients import ClientOptions, TokenCounter
from game.clients import counting as counting_module
from game.clients.address import root
from game.clients.local import open_local
from game.clients.openai_client import OpenAIClient, open_openai
from game.packs import Pack
from tests.clients.asking import KEY
from tests.server import ModelServer
from tests.weights import need_weights

TEXT = "The fog comes in at six."


def count(client: TokenCounter, *texts: str) -> list[int | None]:
    async def go() -> list[int | None]:
        return [await client.count(text) for text in texts]

    return asyncio.run(go())


def counter_at(server: ModelServer, pack: Pack, model: str) -> OpenAIClient:
    return open_openai(ClientOptions(pack, model, server.url, SecretStr(KEY)))


@pytest.mark.parametrize("model", ["ok", "count-vllm"])
def test_a_server_near_by_counts(server: ModelServer, small_pack: Pack, model: str) -> None:
    client = counter_at(server, small_pack, model)
    assert isinstance(client, TokenCounter)
    assert count(client, TEXT, "two words") == [6, 2]
    assert client.capabilities.counts
    assert [(seen.path, seen.keyed) for seen in server.requests] == [("/tokenize", True)] * 2


@pytest.mark.parametrize("model", ["count-none", "count-html", "count-other"])
def test_a_server_that_cannot_count_is_asked_once(server: ModelServer, small_pack: Pack, model: str) -> None:
    client = counter_at(server, small_pack, model)
    assert count(client, TEXT, TEXT) == [None, None]
    assert not client.capabilities.counts
    assert len(server.requests) == 1


def test_a_server_that_is_out_of_order_is_asked_twice(server: ModelServer, small_pack: Pack) -> None:
    assert count(counter_at(server, small_pack, "count-500"), TEXT, TEXT, TEXT) == [None, None, None]
    assert len(server.requests) == 2


def test_a_server_that_is_mute_is_not_waited_for(server: ModelServer, small_pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting_module, "PATIENCE", 0.1)
    client = counter_at(server, small_pack, "count-mute")
    assert count(client, TEXT, TEXT) == [None, None]
    assert not client.capabilities.counts
    assert server.wait_until_idle()


def test_where_nobody_listens_nothing_is_counted_and_nothing_raised(small_pack: Pack) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # nobody listens on it
        client = open_openai(ClientOptions(small_pack, "m", f"http://127.0.0.1:{taken.getsockname()[1]}/v1"))
        assert count(client, TEXT) == [None]


def test_a_service_elsewhere_is_not_asked(small_pack: Pack) -> None:
    client = open_openai(ClientOptions(small_pack, "m", "http://no-such-host.invalid/v1"))
    assert count(client, TEXT) == [None]
    assert client._wire is None


def test_no_text_is_no_tokens(server: ModelServer, small_pack: Pack) -> None:
    assert count(counter_at(server, small_pack, "ok"), "") == [0]
    assert not server.requests


@pytest.mark.parametrize(
    ("url", "there"),
    [
        ("http://127.0.0.1:8080/v1", "http://127.0.0.1:8080"),
        ("http://127.0.0.1:8080/v1/", "http://127.0.0.1:8080"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://127.0.0.1:8080/llama/v1", "http://127.0.0.1:8080/llama"),
    ],
)
def test_the_tokenizer_is_beside_the_api(url: str, there: str) -> None:
    assert root(url) == there


@pytest.mark.weights
@pytest.mark.timeout(400)
def test_llama_cpp_counts_as_it_reads(small_pack: Pack) -> None:
    client = open_local(ClientOptions(small_pack, str(need_weights()), threads=1))

    async def go() -> list[int | None]:
        before = await client.count(TEXT)
        await client._ready()
        counts = [before, await client.count(TEXT), await client.count(f"{TEXT} {TEXT}")]
        await client.aclose()
        return counts

    before, once, twice = asyncio.run(go())
    assert before is None
    assert once
    assert twice
    assert once < twice <= 2 * once + 1
