"""A GGUF model on this machine: llama.cpp's server in a child process, and the OpenAI client on it."""

import os
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path

from pydantic import SecretStr

from game.clients.child import LlamaChild
from game.clients.client import Capabilities, ClientOptions, Delta, SceneRequest
from game.clients.errors import ClientError, TimedOut, Truncated, UnknownModel, Unreachable
from game.clients.gguf import trained_window
from game.clients.openai_client import OpenAIClient

WINDOW = 4096
"""Tokens, where nobody says otherwise: memory and the time to the first word grow with it."""
FIRST = 300.0
"""Seconds that a prompt may take to be read; a large model on a small machine needs minutes for a long one."""
DEATHS = 2
"""Deaths in a row, without a reply between, after which the child is not started again."""


class LocalClient:
    """The child is started for the first request, and once more when it died."""

    name = "local"

    def __init__(self, options: ClientOptions, path: Path, window: int) -> None:
        self.model = path.stem
        self._window = window
        self._options = options
        self._path = path
        self._threads = options.threads or max(1, (os.cpu_count() or 2) - 1)
        self._child: LlamaChild | None = None
        self._inner: OpenAIClient | None = None
        self._lost: LlamaChild | None = None
        self._deaths = 0

    @property
    def capabilities(self) -> Capabilities:
        """As the child shows them, once there is one."""
        if self._inner:
            return self._inner.capabilities
        return Capabilities("json_schema", self._window, schema_in_prefix=False, networked=False, counts=True)

    @property
    def child_pid(self) -> int:
        """The child's process id; 0 while there is none."""
        return self._child.pid if self._child else 0

    @property
    def child_address(self) -> str:
        """Where the child answers; empty while it does not."""
        return f"{self._child.address}/v1" if self._child and self._child.address else ""

    async def stream(self, request: SceneRequest) -> AsyncIterator[Delta]:
        child, inner = await self._ready()
        try:
            async with aclosing(inner.stream(request)) as deltas:  # type: ignore[type-var]  # an async generator has aclose
                async for delta in deltas:
                    yield delta
        except (Unreachable, Truncated, TimedOut) as error:
            raise await self._after(error, child) from None
        except GeneratorExit:
            self._deaths = 0  # whoever asked has heard enough
            raise
        self._deaths = 0

    async def count(self, text: str) -> int | None:
        """Tokens of a text by the model's own tokenizer; None until the model is loaded. Raises nothing."""
        return await self._inner.count(text) if self._inner else None

    async def aclose(self) -> None:
        child, self._child = self._child, None
        inner, self._inner = self._inner, None
        if inner:
            await inner.aclose()
        if child:
            await child.aclose()

    async def _after(self, error: ClientError, child: LlamaChild) -> ClientError:
        """The error as it should be told. A child that is silent hangs, and would at the next request: so it is ended."""
        if isinstance(error, TimedOut):
            await child.aclose()
        if not await child.gone():
            return error
        self._mourn(child)
        if isinstance(error, TimedOut):
            return error
        return type(error)("llama.cpp, which runs the local model, has died; is there memory enough?")

    def _mourn(self, child: LlamaChild) -> None:
        """Count a death once, however many requests it cost."""
        self._deaths += child is not self._lost
        self._lost = child

    async def _ready(self) -> tuple[LlamaChild, OpenAIClient]:
        """A living child, and the client on it."""
        if self._deaths >= DEATHS:
            raise Unreachable(f"llama.cpp died {DEATHS} times over {self.model}; choose a smaller model")
        if self._child and not self._child.alive:
            await self.aclose()
        child = self._child = self._child or LlamaChild(self._path, self._window, self._threads)
        try:
            await child.until_ready()
        except Unreachable:
            self._mourn(child)
            raise
        if self._inner is None:
            at_child = replace(
                self._options, model=self.model, base_url=self.child_address, api_key=SecretStr(child.key), window=self._window
            )
            self._inner = OpenAIClient(at_child, first=max(FIRST, self._options.timeout))
        return child, self._inner


def open_local(options: ClientOptions) -> LocalClient:
    """The entry point's factory.

    Raises:
        UnknownModel: no GGUF file is named, or there is none at that path.
    """
    if not options.model:
        raise UnknownModel("no model is named for the client local; name a GGUF file by --model or UNWRITTEN_MODEL")
    path = Path(options.model).expanduser()
    trained = trained_window(path)
    window = options.window or WINDOW
    return LocalClient(options, path, min(window, trained) if trained else window)
