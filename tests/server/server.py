"""The server: real sockets on a free loopback port, on a thread of its own. It counts what is open
(`open_at_once`: after each change), and keeps what it was asked."""

import asyncio
import json
import threading
from dataclasses import dataclass, field
from types import TracebackType

from tests.server.exchange import Exchange
from tests.server.manners import count_tokens
from tests.server.modes import MODES

MODELS = {"object": "list", "data": [{"id": "ok", "object": "model", "created": 0, "owned_by": "tests"}]}
GOODBYES = 16
"""Turns of the loop in which a connection that was closed is counted out."""


@dataclass(frozen=True)
class Seen:
    """A request: its path, its headers without the key, its body, and whether a key came with it."""

    path: str
    headers: dict[str, str] = field(default_factory=dict)
    body: dict = field(default_factory=dict)
    keyed: bool = False


class ModelServer:
    """Use it as a context; `url` is what a client's base_url should be.

    A request is answered in the mode that its model's name says ("stall", or a script: "500,500,ok", the last for all that
    follow); for a model of another name, by the server's own script.
    """

    def __init__(self, script: str = "ok", seed: int = 0, pace: float = 0.02, port: int = 0) -> None:
        self.requests: list[Seen] = []
        self.open = 0
        self.open_at_once: list[int] = []
        self._default = script
        self._seed = seed
        self._pace = pace
        self._port = port
        self._served: dict[str, int] = {}
        self._changed = threading.Condition()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="model server", daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}/v1"

    @property
    def asked(self) -> list[dict]:
        """The bodies of the chat completions asked for so far."""
        return [seen.body for seen in self.requests if seen.path.endswith("/chat/completions")]

    def wait_until_idle(self, seconds: float = 5.0) -> bool:
        """Whether within this time no connection is open any more."""
        with self._changed:
            return self._changed.wait_for(lambda: self.open == 0, seconds)

    def wait_for_requests(self, count: int, seconds: float = 5.0) -> bool:
        """Whether within this time so many chat completions were asked for."""
        with self._changed:
            return self._changed.wait_for(lambda: len(self.asked) >= count, seconds)

    def __enter__(self) -> "ModelServer":
        self._thread.start()
        starting = asyncio.start_server(self._serve, "127.0.0.1", self._port)
        self._server = asyncio.run_coroutine_threadsafe(starting, self._loop).result(5)
        self._port = self._server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    async def _stop(self) -> None:
        self._server.close()
        await asyncio.sleep(0)  # who was accepted just now must have begun, so as to close what it was given
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _count(self, change: int) -> None:
        with self._changed:
            self.open += change
            self.open_at_once.append(self.open)
            self._changed.notify_all()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        counted = 0
        try:
            await self._see_off()
            counted = 1
            self._count(+counted)
            await self._answer(reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.transport.abort() if writer.transport.is_closing() else writer.close()
            self._count(-counted)

    async def _see_off(self) -> None:
        """Who hung up before somebody else came is counted out first, though both are noticed in the same moment."""
        for _ in range(GOODBYES):
            await asyncio.sleep(0)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen, key = await _read(reader)
        with self._changed:
            self.requests.append(seen)
            self._changed.notify_all()
        exchange = Exchange(seen.body, writer, key, self._seed, self._pace)
        if seen.path.endswith("/models"):
            await exchange.answer(200, "application/json", json.dumps(MODELS))
        elif seen.path.endswith("/chat/completions"):
            await _until_hung_up(reader, MODES[self._mode(seen.body)](exchange))
        elif seen.path == "/tokenize":
            await _until_hung_up(reader, count_tokens(exchange))
        else:
            await exchange.answer(404, "text/plain", "there is nothing here")

    def _mode(self, body: dict) -> str:
        model = str(body.get("model"))
        script = model if all(part in MODES for part in model.split(",")) else self._default
        parts = script.split(",")
        n = self._served.get(model, 0)
        self._served[model] = n + 1
        return parts[min(n, len(parts) - 1)]


async def _read(reader: asyncio.StreamReader) -> tuple[Seen, str]:
    """A request, and the key that came with it."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
    data = await reader.readexactly(int(headers.get("content-length", 0)))
    key = headers.pop("authorization", "").removeprefix("Bearer ")
    return Seen(head[0].split(" ")[1], headers, json.loads(data) if data else {}, bool(key)), key


async def _until_hung_up(reader: asyncio.StreamReader, work: "asyncio.Future[None] | object") -> None:
    """Do `work`, and drop it when the other side closes the connection."""
    working = asyncio.ensure_future(work)  # type: ignore[arg-type]
    listening = asyncio.ensure_future(reader.read(1))
    try:
        await asyncio.wait({working, listening}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            working.result()
    finally:
        for task in (working, listening):
            task.cancel()
        await asyncio.gather(working, listening, return_exceptions=True)
