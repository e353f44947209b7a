"""Reading one reply as it comes: to its end, and to the usage behind it. Knows nothing of scenes."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import aclosing

from game.clients import ClientError, RateLimited, SceneRequest, Usage
from game.narrator.desk import Desk
from game.narrator.reply import Part, ReplyReader
from game.story import DONE, Attempt

LAST_WORDS = 0.25
"""Seconds to wait for the usage once the reply is whole."""

STOPPED = "stopped"
"""How an attempt ended that the player did not want to wait for."""

HearPiece = Callable[[str, Sequence[Part]], None]


class Listening:
    """One request, and what comes of it."""

    def __init__(self, desk: Desk, request: SceneRequest) -> None:
        self._desk = desk
        self._request = request
        self._reader = ReplyReader()
        self._pieces: list[str] = []
        self._usage: Usage | None = None
        self._reading: asyncio.Timeout | None = None
        self._stopped = False

    @property
    def whole(self) -> bool:
        """Whether the reply has come to its end."""
        return self._reader.finished

    def stop(self) -> None:
        """Do not wait any longer."""
        if self._reading and not self._stopped:
            self._reading.reschedule(0)
        self._stopped = True

    async def run(self, hear: HearPiece) -> tuple[Attempt, Usage | None]:
        """All that came, how the stream ended, and the usage if it was told. `hear` is told each piece, and the parts of the
        reply that it settled."""
        ended, message, wait = DONE, "", None
        try:
            async with asyncio.timeout(None) as self._reading:
                if self._stopped:
                    self._reading.reschedule(0)
                await self._read(self._reading, hear)
        except ClientError as error:
            wait = error.retry_after if isinstance(error, RateLimited) else None
            ended, message = error.code, str(error)
        except TimeoutError:
            ended = STOPPED
        finally:
            self._reading = None
        return Attempt("".join(self._pieces), ended, message, wait), self._usage

    async def _read(self, reading: asyncio.Timeout, hear: HearPiece) -> None:
        authored = self._desk.client.capabilities.authored
        async with aclosing(self._desk.deltas(self._request)) as stream:
            async for delta in stream:
                self._usage = delta.usage or self._usage
                if delta.text and not self.whole:
                    self._pieces.append(delta.text)
                    hear(delta.text, self._reader.feed(delta.text))
                    if self.whole:
                        reading.reschedule(asyncio.get_running_loop().time() + LAST_WORDS)
                if self.whole and (self._usage or authored):
                    return
