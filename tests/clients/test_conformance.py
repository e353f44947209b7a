"""The check that every client must pass, run on the built-in ones; and clients that fail it, each in one way."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import pytest
from pydantic import SecretStr

from game.clients import Capabilities, ClientOptions, Delta, LLMClient, SceneRequest, Unauthorised
from game.clients.local import open_local
from game.clients.openai_client import open_openai
from game.clients.replay import open_replay
from game.clients.stub import open_stub
from game.packs import Pack
from game.story import DONE, Attempt
from game.testing import check_client, sample_request
from tests.server import ModelServer
from tests.weights import need_weights


def test_the_stub_passes(pack: Pack) -> None:
    report = check_client(open_stub, pack)
    assert report.ok, report


@pytest.mark.parametrize("mode", ["ok", "think", "no-schema"])
def test_the_openai_client_passes(server: ModelServer, small_pack: Pack, mode: str) -> None:
    report = check_client(open_openai, small_pack, ClientOptions(small_pack, mode, server.url, SecretStr("sk-1")))
    assert report.ok, report
    assert server.wait_until_idle()


def test_the_replay_client_passes(small_pack: Pack) -> None:
    reply = '{"beats":[{"s":"narrator","t":"The door sticks, then gives."}]}'
    options = ClientOptions(small_pack, attempts={"none": (Attempt(reply, DONE),)})
    hash_ = sample_request(small_pack, open_replay(options)).hash
    report = check_client(open_replay, small_pack, replace(options, attempts={hash_: (Attempt(reply, DONE),) * 9}))
    assert report.ok, report


@pytest.mark.weights
@pytest.mark.timeout(400)
def test_the_local_client_passes(small_pack: Pack) -> None:
    report = check_client(open_local, small_pack, ClientOptions(small_pack, str(need_weights()), threads=1))
    assert report.ok, report


class Faulty:
    """A client that is good as it stands, for others to be worse than."""

    name = "faulty"
    model = "faulty-1"
    capabilities = Capabilities(networked=False)

    async def stream(self, request: SceneRequest) -> AsyncIterator[Delta]:
        yield Delta("{}")

    async def aclose(self) -> None:
        pass


class Slashed(Faulty):
    name = "faulty/client"


class Nameless(Faulty):
    model = " "


class Narrow(Faulty):
    capabilities = Capabilities(window=16)


class Idle(Faulty):
    capabilities = Capabilities(networked=False, parallel=0)


class Boastful(Faulty):
    capabilities = Capabilities(networked=False, counts=True)


class Miscounting(Boastful):
    async def count(self, text: str) -> int | None:
        return -1


class Silent(Faulty):
    async def stream(self, request: SceneRequest) -> AsyncIterator[Delta]:
        yield Delta("")


class Plain(Faulty):
    async def stream(self, request: SceneRequest) -> AsyncIterator[Delta]:
        yield "{}"  # type: ignore[misc]


class Thinking(Faulty):
    async def stream(self, request: SceneRequest) -> AsyncIterator[Delta]:
        yield Delta("<think>hm</think>{}")


class Unbounded(Faulty):
    async def stream(self, request: SceneRequest) -> AsyncIterator[Delta]:
        yield Delta("x" * 100)


class Raising(Faulty):
    async def stream(self, request: SceneRequest) -> AsyncIterator[Delta]:
        if not request.messages:
            raise IndexError("no messages")
        yield Delta("{}")


class Once(Faulty):
    def __init__(self) -> None:
        self.asked = 0

    async def stream(self, request: SceneRequest) -> AsyncIterator[Delta]:
        self.asked += 1
        if self.asked > 1:
            raise Unauthorised("only once")
        yield Delta("{}")


class Clinging(Faulty):
    async def stream(self, request: SceneRequest) -> AsyncIterator[Delta]:
        try:
            yield Delta("{}")
        finally:
            await asyncio.Event().wait()


class Hiding(Faulty):
    async def stream(self, request: SceneRequest) -> AsyncIterator[Delta]:
        try:
            await asyncio.sleep(0.01)
        except asyncio.CancelledError:
            raise Unauthorised("cancelled") from None
        yield Delta("{}")


class Listing(Faulty):
    def stream(self, request: SceneRequest) -> AsyncIterator[Delta]:
        class Deltas:
            left = 1

            def __aiter__(self) -> "Deltas":
                return self

            async def __anext__(self) -> Delta:
                self.left -= 1
                if self.left < 0:
                    raise StopAsyncIteration
                return Delta("{}")

        return Deltas()


class Closing(Faulty):
    closed = False

    async def aclose(self) -> None:
        if self.closed:
            raise RuntimeError("closed already")
        self.closed = True


WORSE: dict[type[Faulty], tuple[str, str]] = {
    Slashed: ("has sane names and capabilities", "slash"),
    Nameless: ("has sane names and capabilities", "model"),
    Narrow: ("has sane names and capabilities", "16 tokens"),
    Idle: ("has sane names and capabilities", "0 requests"),
    Boastful: ("counts tokens, if it says so", "no method count"),
    Miscounting: ("counts tokens, if it says so", "-1"),
    Silent: ("streams text", "without any text"),
    Plain: ("streams text", "no Delta"),
    Thinking: ("streams text", "thoughts"),
    Unbounded: ("keeps within max_chars", "100 characters"),
    Raising: ("raises nothing but ClientError", "IndexError"),
    Once: ("streams a second time", "only once"),
    Clinging: ("closes a stream at once", "was not closed"),
    Hiding: ("stops at once when cancelled", "cancelled"),
    Listing: ("closes a stream at once", "async generator"),
    Closing: ("can be closed twice", "closed already"),
}


def test_the_good_one_passes(small_pack: Pack) -> None:
    assert check_client(Faulty(), small_pack).ok


@pytest.mark.parametrize("kind", WORSE, ids=lambda kind: kind.__name__)
def test_a_worse_one_is_told_what_is_wrong(small_pack: Pack, kind: Callable[[], LLMClient]) -> None:
    name, words = WORSE[kind]
    report = check_client(kind(), small_pack, patience=1.5)
    assert words in {finding.name: finding.why for finding in report.findings}[name], report


def test_what_cannot_be_opened_is_told_too(small_pack: Pack) -> None:
    report = check_client(open_openai, small_pack)
    assert not report.ok
    assert "Unauthorised" in str(report)


def test_a_factory_that_raises_something_else_is_told_too(small_pack: Pack) -> None:
    def open_it(options: ClientOptions) -> LLMClient:
        raise KeyError("model")

    assert "no ClientError" in str(check_client(open_it, small_pack))


def test_what_is_no_client_is_told_too(small_pack: Pack) -> None:
    assert "it has no name" in str(check_client(lambda options: object(), small_pack))  # type: ignore[arg-type, return-value]
