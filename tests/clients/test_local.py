"""A model on this machine: real weights, in a real child process, which dies when it should and not later."""

import asyncio
import json
import os
import select
import signal
import subprocess
import sys
from contextlib import aclosing
from pathlib import Path

import pytest

from game.clients import ClientOptions, Message, SceneRequest, Truncated, Unauthorised, UnknownModel, Unreachable, Unsupported
from game.clients import child as child_module
from game.clients.local import LocalClient, open_local
from game.clients.openai_client import open_openai
from game.packs import Pack
from tests.clients.asking import ask, listen
from tests.conftest import REPOSITORY
from tests.weights import need_weights

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
    return SceneRequest(wanted.brief, (Message("user", "Tell a long story."),), max_tokens=2000)


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
