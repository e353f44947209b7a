"""A client for tests that says just what it is told to, in the pieces it is told to."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field

from game.clients import Capabilities, ClientError, Delta, SceneRequest
from game.story import Brief, pick

Step = str | ClientError
"""A piece of text, or how the stream ends. The text `STALL` waits for ever."""

STALL = "\0stall"


@dataclass
class ScriptedClient:
    """Answers each request with the next script, the last one again and again. Keeps the requests it got."""

    scripts: Sequence[Sequence[Step]]
    name: str = "scripted"
    model: str = "script-1"
    capabilities: Capabilities = Capabilities(networked=False)
    requests: list[SceneRequest] = field(default_factory=list)
    closed: bool = False

    async def stream(self, request: SceneRequest) -> AsyncIterator[Delta]:
        script = self.scripts[min(len(self.requests), len(self.scripts) - 1)]
        self.requests.append(request)
        for step in script:
            if isinstance(step, ClientError):
                raise step
            if step == STALL:
                await asyncio.Event().wait()
            yield Delta(step)

    async def aclose(self) -> None:
        self.closed = True


def reply(*beats: tuple[str, str], notes: Sequence[str] = (), **letters: str) -> str:
    """A reply in the narrator's format."""
    return json.dumps(
        {"beats": [{"s": who, "t": text} for who, text in beats], **letters, "notes": list(notes)}, ensure_ascii=False
    )


def good_reply(brief: Brief, beats: int = 4) -> str:
    """A reply that fits `brief`: sentences that hardly come twice, and the author's hints as the texts of the choices."""
    lines = [
        " ".join(pick(brief.seed, brief.key, f"line:{n}:{part}", words) for part, words in enumerate(_PARTS))
        for n in range(beats)
    ]
    return reply(*(("narrator", line) for line in lines), **{slot.letter: slot.hint[:90] for slot in brief.slots})


_PARTS = (
    [
        "The fog",
        "A chain",
        "One gull",
        "The rain barrel",
        "Salt",
        "The hall clock",
        "A moth",
        "The stove",
        "An oilskin",
        "The dog",
    ],
    [
        "has left",
        "goes over",
        "keeps to",
        "counts",
        "leans on",
        "forgets",
        "has drawn a line round",
        "waits for",
        "hides",
        "returns to",
    ],
    ["the third plank", "the cold kettle", "the boathouse key", "seven steps", "its own shadow", "the empty hook", "a wet glove"],
    [
        "without any hurry.",
        "as it does on Tuesdays.",
        "and nobody remarks on it.",
        "for the second time tonight.",
        "like a debt.",
    ],
)


def in_pieces(text: str, size: int = 7) -> list[str]:
    return [text[start : start + size] for start in range(0, len(text), size)]
