"""The OpenAI client against a real HTTP server, in every way that one can answer."""

import asyncio
import json
import logging
import socket
import subprocess
import sys
import traceback
from contextlib import aclosing
from dataclasses import replace

import pytest
from pydantic import SecretStr

from game.clients import (
    ClientError,
    ClientOptions,
    Malformed,
    OverBudget,
    RateLimited,
    Refused,
    SceneRequest,
    TimedOut,
    Truncated,
    Unauthorised,
    UnknownModel,
    Unreachable,
    Unsupported,
    Usage,
    openai_client,
)
from game.clients.openai_client import OpenAIClient, open_openai
from game.packs import Pack
from tests.clients.asking import KEY, ask, listen, openai_at
from tests.conftest import REPOSITORY
from tests.server import ModelServer

WHOLE = (
    "ok",
    "drip",
    "lingers",
    "odd-events",
    "reasoning",
    "half-characters",
    "no-schema",
    "no-format",
    "schema-500",
    "not-streamed",
    "not-streamed-event",
)
CHOOSY = ("strict-only", "picky", "no-system")


def counted(request: SceneRequest, reply: str) -> Usage:
    """What the tests' server says of them: a token for four characters, and half of the prompt known from before."""
    prompt = sum(len(message.content) for message in request.messages) // 4
    return Usage(prompt, len(reply) // 4, prompt // 2)


@pytest.mark.parametrize("mode", WHOLE)
def test_a_good_reply_comes_whole_and_by_the_schema(
    server: ModelServer, small_pack: Pack, wanted: SceneRequest, mode: str
) -> None:
    (answer,) = ask(openai_at(server, small_pack, mode), wanted)
    assert answer.error is None
    assert set(json.loads(answer.text)) == {"beats", "a", "b", "notes"}


FAULTS: dict[str, tuple[type[ClientError], str]] = {
    "500": (Unreachable, "out of order"),
    "503": (Unreachable, "Loading model"),
    "502-html": (Unreachable, "out of order"),
    "html": (Malformed, "web page"),
    "429": (RateLimited, "1 s"),
    "429-silent": (RateLimited, "fewer requests"),
    "401": (Unauthorised, "UNWRITTEN_API_KEY"),
    "403": (Unauthorised, "may not use this"),
    "404": (UnknownModel, '"404"'),
    "404-html": (Unsupported, "/v1"),
    "redirect": (Unsupported, "moved"),
    "packed": (Malformed, "packed"),
    "garbage": (Malformed, "unreadable"),
    "bad-event": (Malformed, "unreadable"),
    "length": (Truncated, "tokens"),
    "refusal": (Refused, "declined"),
    "content-filter": (Refused, "filter"),
    "filtered-prompt": (Refused, "filter"),
    "empty": (Malformed, "no text"),
    "silent": (Malformed, "no text"),
    "cut": (Truncated, "broke in the middle"),
    "cut-early": (Unreachable, "before an answer"),
    "hang-up": (Unreachable, "before an answer"),
    "unfinished": (Truncated, "broke off"),
    "event-error": (Truncated, "overloaded"),
    "event-error-early": (OverBudget, "window"),
    "think-for-ever": (Truncated, "thought"),
    "overflow": (OverBudget, "window"),
    "long": (Truncated, "longer"),
    "endless-line": (Truncated, "longer"),
    "tells-key": (Unsupported, "***"),
    "prose-refusal": (Refused, "declined"),
    "200-error": (Unreachable, "overloaded"),
    "think-open": (Malformed, "thought, and wrote nothing"),
}


@pytest.mark.parametrize("mode", FAULTS)
def test_a_fault_is_one_plain_sentence_of_its_class(
    server: ModelServer, small_pack: Pack, wanted: SceneRequest, mode: str
) -> None:
    kind, words = FAULTS[mode]
    (answer,) = ask(openai_at(server, small_pack, mode), wanted)
    assert type(answer.error) is kind
    assert words in str(answer.error)
    assert "\n" not in str(answer.error)
    assert server.wait_until_idle()


@pytest.mark.parametrize("mode", ["stall", "mute", "pings"])
def test_silence_is_not_waited_out(server: ModelServer, small_pack: Pack, wanted: SceneRequest, mode: str) -> None:
    (answer,) = ask(openai_at(server, small_pack, mode, timeout=0.1), wanted)
    assert type(answer.error) is TimedOut
    assert server.wait_until_idle()


@pytest.mark.parametrize("mode", ["brace", "truncated", "wrong-schema", "unknown-speaker"])
def test_what_a_model_writes_is_passed_on_as_it_is(
    server: ModelServer, small_pack: Pack, wanted: SceneRequest, mode: str
) -> None:
    (answer,) = ask(openai_at(server, small_pack, mode), wanted)
    assert answer.error is None
    assert answer.text.startswith("{")


def test_thoughts_are_no_prose(server: ModelServer, small_pack: Pack, wanted: SceneRequest) -> None:
    (answer,) = ask(openai_at(server, small_pack, "think"), wanted)
    assert "think" not in answer.text
    assert json.loads(answer.text)["beats"]


def test_the_usage_comes_last(server: ModelServer, small_pack: Pack, wanted: SceneRequest) -> None:
    (answer,) = ask(openai_at(server, small_pack, "ok"), wanted)
    assert answer.usage == counted(wanted, answer.text)


def test_the_usage_is_read_from_whoever_tells_it_how(server: ModelServer, small_pack: Pack, wanted: SceneRequest) -> None:
    (llama,) = ask(openai_at(server, small_pack, "timings"), wanted)
    (other,) = ask(openai_at(server, small_pack, "usage-lingers"), wanted)
    assert llama.usage == Usage(prompt=42, reply=7, cached=40)
    assert other.usage == Usage(prompt=100, reply=50, cached=64)


def test_whoever_has_the_whole_reply_need_only_read_on_for_the_usage(
    server: ModelServer, small_pack: Pack, wanted: SceneRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(openai_client, "LAST_WORDS", 3600)  # what has come is not to wait for what may come

    async def go() -> Usage | None:
        client = openai_at(server, small_pack, "usage-lingers")
        text = ""
        async with aclosing(client.stream(wanted)) as deltas:
            async for delta in deltas:
                text += delta.text
                if delta.usage:
                    json.loads(text)
                    break
        await client.aclose()
        return delta.usage

    assert asyncio.run(go())
    assert server.wait_until_idle()


def test_a_rate_limit_may_be_a_date(server: ModelServer, small_pack: Pack, wanted: SceneRequest) -> None:
    (answer,) = ask(openai_at(server, small_pack, "429-date"), wanted)
    assert isinstance(answer.error, RateLimited)
    assert answer.error.retry_after == 7.0


def test_a_reply_is_never_longer_than_was_asked_for(server: ModelServer, small_pack: Pack, wanted: SceneRequest) -> None:
    (answer,) = ask(openai_at(server, small_pack, "ok"), replace(wanted, max_chars=50))
    assert len(answer.text) <= 50
    assert type(answer.error) is Truncated


def test_a_refused_connection_says_what_to_do(small_pack: Pack, wanted: SceneRequest) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # nobody listens on it
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
        (answer,) = ask(open_openai(ClientOptions(small_pack, "m", url)), wanted)
    assert type(answer.error) is Unreachable
    assert str(answer.error) == f"nothing answers at {url}; is the server running?"


def test_a_host_that_does_not_exist_is_said_so(small_pack: Pack, wanted: SceneRequest) -> None:
    (answer,) = ask(open_openai(ClientOptions(small_pack, "m", "http://no-such-host.invalid/v1")), wanted)
    assert type(answer.error) is Unreachable
    assert "no-such-host.invalid" in str(answer.error)


def test_closing_a_stream_closes_the_connection(server: ModelServer, small_pack: Pack, wanted: SceneRequest) -> None:
    async def go() -> None:
        client = openai_at(server, small_pack, "stall")
        async with aclosing(client.stream(wanted)) as stream:
            await anext(stream)
        assert await asyncio.to_thread(server.wait_until_idle)
        await client.aclose()

    asyncio.run(go())


@pytest.mark.parametrize("mode", ["stall", "mute"])
def test_cancelling_closes_the_connection(server: ModelServer, small_pack: Pack, wanted: SceneRequest, mode: str) -> None:
    async def go() -> None:
        client = openai_at(server, small_pack, mode, timeout=60)
        task = asyncio.create_task(listen(client, wanted))
        assert await asyncio.to_thread(server.wait_for_requests, 1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await asyncio.to_thread(server.wait_until_idle)
        await client.aclose()

    asyncio.run(go())


def test_a_stream_that_is_not_wanted_any_more_leaves_the_others_alone(
    server: ModelServer, small_pack: Pack, wanted: SceneRequest
) -> None:
    async def go() -> None:
        client = openai_at(server, small_pack, "stall,ok", timeout=60)
        unwanted = asyncio.create_task(listen(client, wanted))
        assert await asyncio.to_thread(server.wait_for_requests, 1)
        assert (await listen(client, wanted)).error is None
        assert server.open == 1
        unwanted.cancel()
        assert await asyncio.to_thread(server.wait_until_idle)
        await client.aclose()

    asyncio.run(go())


def dialects(server: ModelServer) -> list[str]:
    """What was asked for, request by request."""
    return [(body.get("response_format") or {"type": "none"})["type"] for body in server.asked]


def test_a_schema_is_left_away_for_good_once_an_endpoint_says_so(
    server: ModelServer, small_pack: Pack, wanted: SceneRequest
) -> None:
    client = openai_at(server, small_pack, "no-schema")
    ask(client, wanted, wanted)
    assert dialects(server) == ["json_schema", "json_schema", "json_object", "json_object"]
    assert client.capabilities.schema == "json_object"


def test_an_endpoint_without_json_is_asked_in_words(server: ModelServer, small_pack: Pack, wanted: SceneRequest) -> None:
    ask(openai_at(server, small_pack, "no-format"), wanted)
    assert dialects(server)[-1] == "none"
    assert '"enum"' in server.asked[-1]["messages"][-1]["content"]


def test_a_server_that_chokes_on_a_schema_twice_is_not_sent_it_again(
    server: ModelServer, small_pack: Pack, wanted: SceneRequest
) -> None:
    ask(openai_at(server, small_pack, "schema-500"), wanted, wanted, wanted)
    assert dialects(server) == ["json_schema", "json_object", "json_schema", "json_object", "json_object"]


def test_a_fault_that_passes_does_not_cost_the_schema(server: ModelServer, small_pack: Pack, wanted: SceneRequest) -> None:
    answers = ask(openai_at(server, small_pack, "500,ok"), wanted, wanted)
    assert [answer.error for answer in answers] == [None, None]
    assert dialects(server) == ["json_schema", "json_object", "json_schema"]


def test_an_outage_is_not_hammered(server: ModelServer, small_pack: Pack, wanted: SceneRequest) -> None:
    ask(openai_at(server, small_pack, "500"), wanted)
    ask(openai_at(server, small_pack, "503"), wanted)
    assert len(server.asked) == 3


def test_a_parameter_that_is_not_taken_is_left_away_for_good(server: ModelServer, small_pack: Pack, wanted: SceneRequest) -> None:
    ask(openai_at(server, small_pack, "picky"), wanted, wanted)
    last = server.asked[-1]
    assert len(server.asked) == 5
    assert last["max_completion_tokens"] == wanted.max_tokens
    assert not {"temperature", "seed", "max_tokens"} & set(last)


def test_no_key_is_in_any_error_or_log(
    server: ModelServer, small_pack: Pack, wanted: SceneRequest, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client = openai_at(server, small_pack, "tells-key")
    (answer,) = ask(client, wanted)
    assert answer.error
    told = "".join(traceback.format_exception(answer.error)) + repr(client) + repr(answer.error) + caplog.text
    assert KEY not in told
    assert server.requests[-1].keyed


def test_nothing_is_told_about_the_machine(
    server: ModelServer, small_pack: Pack, wanted: SceneRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_ORG_ID", "org-1")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "x-secret: 1")
    ask(openai_at(server, small_pack, "ok"), wanted)
    headers = server.requests[-1].headers
    assert set(headers) <= {"host", "accept", "accept-encoding", "connection", "content-type", "content-length", "user-agent"}
    assert headers["user-agent"] == "unwritten"


def test_without_a_key_none_is_sent(server: ModelServer, small_pack: Pack, wanted: SceneRequest) -> None:
    (answer,) = ask(open_openai(ClientOptions(small_pack, "ok", server.url)), wanted)
    assert answer.error is None
    assert not server.requests[-1].keyed


def test_a_proxy_is_not_used_for_this_machine(
    server: ModelServer, small_pack: Pack, wanted: SceneRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "ALL_PROXY", "http_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    (answer,) = ask(openai_at(server, small_pack, "ok"), wanted)
    assert answer.error is None


def test_a_client_can_be_used_again_after_it_was_closed(server: ModelServer, small_pack: Pack, wanted: SceneRequest) -> None:
    client = openai_at(server, small_pack, "ok")
    assert ask(client, wanted)[0].error is None
    assert ask(client, wanted)[0].error is None


def test_openai_itself_needs_a_key(small_pack: Pack) -> None:
    with pytest.raises(Unauthorised, match="UNWRITTEN_API_KEY"):
        open_openai(ClientOptions(small_pack, "some-model"))


@pytest.mark.parametrize("key", ["sk-with\nnewline-4711", "sk-ünïcode-4711", "two words-4711"])
def test_a_key_that_cannot_be_one_is_not_repeated(small_pack: Pack, key: str) -> None:
    with pytest.raises(Unauthorised) as caught:
        open_openai(ClientOptions(small_pack, "some-model", api_key=SecretStr(key)))
    assert "4711" not in str(caught.value)


@pytest.mark.parametrize("url", ["127.0.0.1:8080", "ftp://example.org", "http://", "http://host:port/v1", "http://[::1"])
def test_an_address_that_is_none_is_said_so(small_pack: Pack, url: str) -> None:
    with pytest.raises(Unreachable, match="no address"):
        open_openai(ClientOptions(small_pack, "some-model", url))


def test_a_model_must_be_named(small_pack: Pack, server: ModelServer) -> None:
    with pytest.raises(UnknownModel, match="--model"):
        open_openai(ClientOptions(small_pack, "", server.url))


@pytest.mark.parametrize(
    ("url", "networked"),
    [
        ("http://127.0.0.1:8080/v1", False),
        ("http://localhost:1/v1", False),
        ("http://[::1]:1/v1", False),
        ("https://example.org/v1", True),
    ],
)
def test_text_leaves_the_machine_unless_the_address_is_here(small_pack: Pack, url: str, networked: bool) -> None:
    assert OpenAIClient(ClientOptions(small_pack, "m", url)).capabilities.networked is networked


def test_opening_a_client_does_not_import_the_sdk() -> None:
    code = (
        "import sys; from game.clients.openai_client import open_openai; from game.clients import ClientOptions; "
        "open_openai(ClientOptions(None, 'm', 'http://127.0.0.1:9/v1')); print('openai' in sys.modules, 'httpx2' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=REPOSITORY)
    assert done.stdout.strip() == "False False"
