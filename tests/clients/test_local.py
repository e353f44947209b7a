"""A model on this machine: real weights, in a real child process, which dies when it should and not later."""

import asyncio
import json
import os
import select
import signal
import subprocess
import sys
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest

from game.clients import (
    ClientError,
    ClientOptions,
    Message,
    SceneRequest,
    TimedOut,
    Truncated,
    Unauthorised,
    UnknownModel,
    Unreachable,
    Unsupported,
    Usage,
)
from game.clients import child as child_module
from game.clients.local import LocalClient, open_local
from game.clients.openai_client import open_openai
from game.packs import Pack
from tests.clients.asking import ask, listen
from tests.conftest import REPOSITORY
from tests.weights import need_weights

LONG = 2000
"""Tokens that nobody waits for."""

slow = [pytest.mark.weights, pytest.mark.timeout(400)]

PLAYER = """
import asyncio, sys
from game.clients import ClientOptions, Message, SceneRequest
from game.clients.local import open_local

async def main():
    client = open_local(ClientOptions(None, sys.argv[1], threads=1))
    async for delta in client.stream(SceneRequest(None, (Message("user", "Tell a long story."),), max_tokens=2000)):
        print(client.child_pid, flush=True)

asyncio.run(main())
"""


@pytest.fixture
def local(small_pack: Pack) -> LocalClient:
    return open_local(ClientOptions(small_pack, str(need_weights()), threads=1))


def small(wanted: SceneRequest, seed: int) -> SceneRequest:
    """A request that a very small model can do."""
    text = {"type": "string", "minLength": 1, "maxLength": 40}
    speaker = {"type": "string", "enum": ["narrator", "odile/tired"]}
    beat = {"type": "object", "properties": {"s": speaker, "t": text}, "required": ["s", "t"], "additionalProperties": False}
    properties = {"beats": {"type": "array", "items": beat, "minItems": 2, "maxItems": 2}, "a": text, "b": text}
    schema = {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
    messages = (Message("system", "You write scenes as JSON."), Message("user", "Snow. A knock. a: open, b: wait"))
    return SceneRequest(wanted.brief, messages, schema, max_tokens=200, seed=seed)


def long(wanted: SceneRequest) -> SceneRequest:
    return SceneRequest(wanted.brief, (Message("user", "Tell a long story."),), max_tokens=LONG)


async def slot(local: LocalClient) -> dict:
    """What the child says of the one place at which it writes."""
    child = local._child
    assert child
    headers = {"authorization": f"Bearer {child.key}"}
    async with httpx2.AsyncClient(trust_env=False, timeout=60) as wire:
        return (await wire.get(f"{child.address}/slots", headers=headers)).json()[0]


async def until_busy(local: LocalClient) -> None:
    while not local.child_address or not (await slot(local))["is_processing"]:
        await asyncio.sleep(0)


async def tokens_when_idle(local: LocalClient) -> int:
    """Tokens that the child holds of the last request, of its prompt and of what it wrote, once it is at work no more."""
    while (found := await slot(local))["is_processing"]:
        await asyncio.sleep(0)
    return int(found["n_prompt_tokens"])


async def kill_in_the_middle(local: LocalClient, wanted: SceneRequest) -> None:
    stream = local.stream(long(wanted))
    await anext(stream)
    os.kill(local.child_pid, signal.SIGKILL)
    async for _ in stream:
        pass


def is_gone(pid: int, seconds: float) -> bool:
    """Whether the process ends within this time."""
    try:
        watched = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([watched], [], [], seconds)[0])
    finally:
        os.close(watched)


class TestRealWeights:
    pytestmark = slow

    def test_ten_scenes_keep_to_the_schema(self, local: LocalClient, wanted: SceneRequest) -> None:
        for answer in ask(local, *(small(wanted, seed) for seed in range(10))):
            assert answer.error is None
            scene = json.loads(answer.text)
            assert list(scene) == ["beats", "a", "b"]
            assert all(beat["s"] in ("narrator", "odile/tired") and 1 <= len(beat["t"]) <= 40 for beat in scene["beats"])
            assert answer.usage
            assert answer.usage.reply > 0

    def test_the_child_killed_in_the_middle_is_an_error_and_the_next_request_is_answered(
        self, local: LocalClient, wanted: SceneRequest
    ) -> None:
        async def go() -> None:
            with pytest.raises(Truncated, match="died"):
                await kill_in_the_middle(local, wanted)
            assert (await listen(local, small(wanted, 0))).error is None
            await local.aclose()

        asyncio.run(go())

    def test_a_child_that_dies_again_and_again_is_let_go(self, local: LocalClient, wanted: SceneRequest) -> None:
        async def go() -> None:
            for _ in range(2):
                with pytest.raises(Truncated):
                    await kill_in_the_middle(local, wanted)
            answer = await listen(local, small(wanted, 0))
            assert type(answer.error) is Unreachable
            assert "died 2 times" in str(answer.error)
            await local.aclose()

        asyncio.run(go())

    def test_quitting_in_the_middle_leaves_no_process(self, local: LocalClient, wanted: SceneRequest) -> None:
        async def go() -> int:
            async with aclosing(local.stream(long(wanted))) as stream:
                await anext(stream)
                pid = local.child_pid
            await local.aclose()
            return pid

        assert is_gone(asyncio.run(go()), 0)

    @pytest.mark.skipif(sys.platform != "linux", reason="watches processes by pidfd")
    def test_killing_the_game_in_the_middle_leaves_no_process(self) -> None:
        words = [sys.executable, "-c", PLAYER, str(need_weights())]
        with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY) as player:
            assert player.stdout is not None
            pid = int(player.stdout.readline())
            assert not is_gone(pid, 0)
            player.kill()
            assert is_gone(pid, 1)

    def test_a_request_that_is_closed_stops_the_writing(self, local: LocalClient, wanted: SceneRequest) -> None:
        async def go() -> tuple[int, str]:
            async with aclosing(local.stream(long(wanted))) as stream:
                await anext(stream)
            written = await tokens_when_idle(local)
            answer = await listen(local, small(wanted, 0))
            await local.aclose()
            return written, answer.text

        written, text = asyncio.run(go())
        assert written < LONG // 2
        assert json.loads(text)["beats"]

    def test_a_request_that_is_cancelled_stops_the_reading(self, local: LocalClient, wanted: SceneRequest) -> None:
        """What the next request need not read again tells how far the reading of the first had come."""
        told = [f"In hour {n} the fog comes in, and nobody rings the bell." for n in range(150)]

        async def go() -> Usage | None:
            await listen(local, small(wanted, 0))
            reading = asyncio.create_task(listen(local, replace(long(wanted), messages=(Message("user", " ".join(told)),))))
            await until_busy(local)
            reading.cancel()
            head = Message("user", " ".join(told[:60]))
            answer = await listen(local, replace(long(wanted), messages=(head,), max_tokens=2))
            await local.aclose()
            return answer.usage

        usage = asyncio.run(go())
        assert usage
        assert 0 < usage.cached < usage.prompt * 3 // 4

    def test_a_child_that_hangs_is_ended_and_started_again(self, small_pack: Pack, wanted: SceneRequest) -> None:
        hasty = open_local(ClientOptions(small_pack, str(need_weights()), threads=1, timeout=2))

        async def go() -> tuple[bool, ClientError | None]:
            stream = hasty.stream(long(wanted))
            await anext(stream)
            pid = hasty.child_pid
            os.kill(pid, signal.SIGSTOP)
            with pytest.raises(TimedOut):
                async for _ in stream:
                    pass
            answer = await listen(hasty, small(wanted, 0))
            await hasty.aclose()
            return is_gone(pid, 1), answer.error

        gone, error = asyncio.run(go())
        assert gone
        assert error is None

    def test_one_death_is_counted_once_however_many_requests_it_cost(self, local: LocalClient, wanted: SceneRequest) -> None:
        async def go() -> ClientError | None:
            await listen(local, small(wanted, 0))
            asked = [asyncio.create_task(listen(local, long(wanted))) for _ in range(2)]
            await until_busy(local)
            os.kill(local.child_pid, signal.SIGKILL)
            assert all(answer.error for answer in await asyncio.gather(*asked))
            answer = await listen(local, small(wanted, 0))
            await local.aclose()
            return answer.error

        assert asyncio.run(go()) is None

    def test_the_usage_tells_what_was_read_before(self, local: LocalClient, wanted: SceneRequest) -> None:
        first, again = ask(local, small(wanted, 0), small(wanted, 1))
        assert first.usage
        assert again.usage
        assert again.usage.prompt == first.usage.prompt
        assert again.usage.cached == again.usage.prompt - 1

    def test_a_file_cut_short_says_what_llama_cpp_says(self, small_pack: Pack, wanted: SceneRequest, tmp_path: Path) -> None:
        cut = tmp_path / "cut.gguf"
        with need_weights().open("rb") as whole:
            cut.write_bytes(whole.read(3_000_000))
        (answer,) = ask(open_local(ClientOptions(small_pack, str(cut))), small(wanted, 0))
        assert type(answer.error) is UnknownModel
        assert "corrupted or incomplete" in str(answer.error)

    def test_nobody_else_may_ask_the_child(self, local: LocalClient, small_pack: Pack, wanted: SceneRequest) -> None:
        async def go() -> None:
            await listen(local, small(wanted, 0))
            stranger = open_openai(ClientOptions(small_pack, local.model, local.child_address))
            assert type((await listen(stranger, small(wanted, 0))).error) is Unauthorised
            await stranger.aclose()
            await local.aclose()

        asyncio.run(go())

    def test_the_window_is_no_larger_than_the_model_was_trained_for(self, small_pack: Pack) -> None:
        client = open_local(ClientOptions(small_pack, str(need_weights()), window=1_000_000))
        assert client.capabilities.window == 8192


def test_the_window_is_moderate_unless_it_is_set(small_pack: Pack, tmp_path: Path) -> None:
    (tmp_path / "model.gguf").write_bytes(b"GGUF")
    assert open_local(ClientOptions(small_pack, str(tmp_path / "model.gguf"))).capabilities.window == 4096


def test_a_model_must_be_named(small_pack: Pack) -> None:
    with pytest.raises(UnknownModel, match="--model"):
        open_local(ClientOptions(small_pack))


def test_a_junk_file_ends_in_words(small_pack: Pack, wanted: SceneRequest, tmp_path: Path) -> None:
    need_weights()
    (tmp_path / "junk.gguf").write_bytes(b"GGUF" + bytes(1000))
    (answer,) = ask(open_local(ClientOptions(small_pack, str(tmp_path / "junk.gguf"))), wanted)
    assert type(answer.error) is UnknownModel
    assert "junk.gguf" in str(answer.error)


def test_without_llama_cpp_it_says_what_to_install(
    small_pack: Pack, wanted: SceneRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child_module, "find_spec", lambda name: None)
    (tmp_path / "model.gguf").write_bytes(b"GGUF")
    (answer,) = ask(open_local(ClientOptions(small_pack, str(tmp_path / "model.gguf"))), wanted)
    assert type(answer.error) is Unsupported
    assert 'pip install "unwritten[local]"' in str(answer.error)
