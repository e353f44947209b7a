"""What a reader waits for: at a server with the pace of a large model, and at llama.cpp on this machine's processor."""

import asyncio
import importlib.util
import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.figures import ENDLESS
from bench.reader import Waits, read, rows
from game.clients import ClientOptions, LLMClient, Message, SceneRequest
from game.clients.registry import open_client
from game.narrator.rehearsal import Sheet, sheets
from game.packs.shelf import find_pack
from game.session import Teller
from game.settings import Prefetch
from tests.server import ModelServer
from tests.weights import weights

Figure = tuple[str, str, str, float | None]

PACE = 0.06
"""Seconds for a dozen characters, about three tokens: 50 tokens a second, and 300 ms to the first."""
SCENES = 12
LOCAL_SCENES = 4
LOCAL_WINDOW = 4096
POLICIES: tuple[Prefetch, ...] = ("off", "likely", "all")
LOCAL_POLICIES: tuple[Prefetch, ...] = ("off", "likely")
"""On this machine's processor one scene takes as long as reading one: there is no time for those behind all choices."""


def measure() -> Iterator[Figure]:
    """All of it. The runs at the paced server go side by side: they mostly wait."""
    with ModelServer(pace=PACE) as server:
        yield from rows(
            "300 ms to first token, 50 tokens/s", "the server's first token + 14 tokens + 2 frames", _paced(server.url)
        )
    model = weights()
    if model is None or importlib.util.find_spec("xllamacpp") is None:
        yield "choice to first word, SmolLM2-135M", "", "not installed here", None
        return
    yield from rows("SmolLM2-135M", "(its first token)", _local(model))
    yield from _first_tokens(model)


def _paced(url: str) -> dict[str, Waits]:
    def one(policy: Prefetch) -> Waits:
        with TemporaryDirectory() as folder:
            return read(ENDLESS, Teller("openai", "paced", url), policy, SCENES, Path(folder))

    with ThreadPoolExecutor(len(POLICIES)) as runs:
        return dict(zip(POLICIES, runs.map(one, POLICIES), strict=True))


def _local(model: Path) -> dict[str, Waits]:
    """One after another: each takes all of the processor."""
    out: dict[str, Waits] = {}
    for policy in LOCAL_POLICIES:
        with TemporaryDirectory() as folder:
            out[policy] = read(ENDLESS, Teller("local", str(model)), policy, LOCAL_SCENES, Path(folder), LOCAL_WINDOW)
    return out


def _first_tokens(model: Path) -> Iterator[Figure]:
    """Seconds to the first token of llama.cpp for the requests of turns 2 and 20: on a server that has read nothing of them, and
    on one that has just answered the request of the turn before."""
    for turn in (2, 19, 20):
        before, now = list(islice(sheets(find_pack(ENDLESS), 7, LOCAL_WINDOW), turn))[-2:]
        cold, warm = asyncio.run(_cold_and_warm(model, before, now))
        words = f"{cold:.2f} s cold, {warm:.2f} s warm (a factor of {cold / warm:.1f})"
        fold = ", where scenes fold" if now.shape.start != before.shape.start else ""
        yield f"first token of llama.cpp at turn {turn}{fold}, SmolLM2-135M", "", words, warm


async def _cold_and_warm(model: Path, before: Sheet, now: Sheet) -> tuple[float, float]:
    """Each on a server of its own, which has answered something else first, so that its start is not counted."""
    took = []
    for first in (SceneRequest(now.brief, (Message("user", "Say nothing."),), max_tokens=4), _request(before)):
        client = open_client("local", ClientOptions(find_pack(ENDLESS), str(model), timeout=120, window=LOCAL_WINDOW))
        try:
            await _first_token(client, first)
            took.append(await _first_token(client, _request(now)))
        finally:
            await client.aclose()
    return took[0], took[1]


def _request(sheet: Sheet) -> SceneRequest:
    return SceneRequest(sheet.brief, sheet.messages, json.loads(sheet.schema), sheet.profile.reply_tokens)


async def _first_token(client: LLMClient, request: SceneRequest) -> float:
    """Seconds to the first text of the reply."""
    start = time.monotonic()
    async with aclosing(client.stream(request)) as stream:  # type: ignore[type-var]
        async for delta in stream:
            if delta.text:
                break
    return time.monotonic() - start
