"""Counting tokens by the server's own tokenizer, where a server near by has one to ask: llama.cpp's `/tokenize`, or vLLM's."""

import asyncio
import json
from typing import TYPE_CHECKING

from game.clients.address import root

if TYPE_CHECKING:
    import httpx2

PATIENCE = 1.0
"""Seconds that counting may take: it is asked for while a prompt is built."""
MISSES = 2
"""Times in a row that no count came, after which it is not asked for again."""
GONE = (404, 405, 501)
"""What servers answer that have nothing to count with."""


class Counter:
    """The tokenizer at one endpoint. `there`: as far as is known."""

    def __init__(self, base_url: str, model: str, key: str, there: bool) -> None:
        self.there = there
        self._url = f"{root(base_url)}/tokenize"
        self._model = model
        self._headers = {"authorization": f"Bearer {key}"} if key else {}
        self._missed = 0

    async def count(self, wire: "httpx2.AsyncClient", text: str) -> int | None:
        """Tokens of a text; None when the endpoint does not say. Raises nothing."""
        if not self.there or not text:
            return None if text else 0
        # llama.cpp reads `content`, vLLM the rest; each lets the other's words pass.
        asked = {"content": text, "model": self._model, "prompt": text, "add_special_tokens": False}
        try:
            async with asyncio.timeout(PATIENCE):
                answer = await wire.post(self._url, json=asked, headers=self._headers)
        except Exception:  # a count is a convenience: whatever is wrong, the estimate does
            return self._missing(for_good=False)
        tokens = _tokens(answer.content) if answer.status_code == 200 else None
        if tokens is None:
            return self._missing(for_good=answer.status_code in (200, *GONE))
        self._missed = 0
        return tokens

    def _missing(self, for_good: bool) -> int | None:
        self._missed += 1
        self.there = not for_good and self._missed < MISSES
        return None


def _tokens(answer: bytes) -> int | None:
    """The number in an answer. No tokens for some text is the answer of a server that understood something else."""
    try:
        said = json.loads(answer)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict):
        return None
    count, tokens = said.get("count"), said.get("tokens")
    found = count if isinstance(count, int) else len(tokens) if isinstance(tokens, list) else 0
    return found if found > 0 else None
