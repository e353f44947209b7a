"""The child process in which llama.cpp serves a model: started, watched, and ended; what it complains of is kept, in bounds."""

import asyncio
import json
import os
import secrets
import subprocess
import sys
import threading
import weakref
from collections import deque
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import IO

from game.clients import llama_server
from game.clients.errors import ClientError, TimedOut, UnknownModel, Unreachable, Unsupported

LOADING = 300.0
"""Seconds that a model may take to load."""
LOOK = 0.02
"""Seconds between looks at whether the child is ready."""
FAREWELL = 1.0
"""Seconds that a killed child may take to be gone."""
COMPLAINTS = 40
"""Lines of the child's standard error that are kept, each of at most 500 characters."""


class LlamaChild:
    """One child process. `key` is what its server wants to be shown; no other program has it."""

    def __init__(self, model: Path, window: int, threads: int) -> None:
        """Start it; `until_ready` tells when it can be asked.

        Raises:
            Unsupported: xllamacpp is not installed.
            Unreachable: no process can be started.
        """
        if find_spec("xllamacpp") is None:
            raise Unsupported('the client local needs llama.cpp: python -m pip install "unwritten[local]"')
        self.key = secrets.token_hex(16)
        self._model = model
        self._answer: deque[str] = deque(maxlen=1)
        self._complaints: deque[str] = deque(maxlen=COMPLAINTS)
        words = ["--model", str(model), "--window", str(window), "--threads", str(threads)]
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-P", llama_server.__file__, *words],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                env=_without_keys(os.environ) | {llama_server.KEY: self.key},
            )
        except OSError as error:
            raise Unreachable(f"the local model cannot be started ({error.strerror})") from None
        weakref.finalize(self, _end, self._process)
        self._readers = [_keep(self._process.stdout, self._answer), _keep(self._process.stderr, self._complaints)]

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    @property
    def address(self) -> str:
        """Where it answers, as http://127.0.0.1:PORT; empty until it is ready."""
        return str(json.loads(self._answer[0])["address"]) if self._answer else ""

    @property
    def pid(self) -> int:
        return self._process.pid

    async def until_ready(self) -> None:
        """Wait until the model is loaded and can be asked.

        Raises:
            UnknownModel: llama.cpp cannot load the file.
            Unreachable: the child died.
            TimedOut: it is not ready after five minutes.
        """
        try:
            async with asyncio.timeout(LOADING):
                while not self.address:
                    if not self.alive:
                        raise self._why()
                    await asyncio.sleep(LOOK)
        except TimeoutError:
            raise TimedOut(f"{self._model.name} was not loaded after {LOADING:g} s; choose a smaller model") from None

    async def gone(self) -> bool:
        """Whether it is dead, or dies within a moment: a connection breaks a little before its process is gone."""
        try:
            async with asyncio.timeout(FAREWELL / 4):
                while self.alive:
                    await asyncio.sleep(LOOK)
        except TimeoutError:
            return False
        return True

    async def aclose(self) -> None:
        """End it. It is gone when this returns."""
        await asyncio.to_thread(_end, self._process)

    def _why(self) -> ClientError:
        """Why it died before it was ready."""
        for reader in self._readers:
            reader.join(FAREWELL)
        code = self._process.returncode
        if code == llama_server.MISSING:
            return Unsupported('llama.cpp cannot be loaded here: python -m pip install --force-reinstall "unwritten[local]"')
        if code == llama_server.UNFIT:
            said = [line.partition("error loading model: ")[2] for line in self._complaints if "error loading model: " in line]
            return UnknownModel(f"llama.cpp cannot load {self._model}: {said[-1] if said else 'it does not say why'}")
        return Unreachable(f"llama.cpp died while it loaded {self._model.name} ({code}); is there memory enough?")


def _keep(pipe: IO[bytes] | None, lines: deque[str]) -> threading.Thread:
    """Read a pipe to its end on a thread, so that the child is never held up by it, and keep its last lines."""

    def read() -> None:
        assert pipe is not None, "all three pipes were asked for"
        with pipe:
            while line := pipe.readline(500):
                lines.append(line.decode(errors="replace").strip())

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    return reader


def _end(process: subprocess.Popen[bytes]) -> None:
    """There is nothing in it to save."""
    process.kill()
    try:
        process.wait(FAREWELL)
    except subprocess.TimeoutExpired:
        return
    if process.stdin:
        process.stdin.close()


def _without_keys(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if not name.upper().endswith("API_KEY")}
