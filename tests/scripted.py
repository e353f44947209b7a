"""A client for tests that says just what it is told to, in the pieces it is told to."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field

from game.clients import Capabilities, ClientError, Delta, SceneRequest
from game.story import Brief, Slot, pick

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
        " ".join(pick(brief.seed, brief.key, f"line:{n}:{part}", words) for part, words in enumerate(_PARTS)) + "."
        for n in range(beats)
    ]
    return reply(*(("narrator", line) for line in lines), **{slot.letter: offered(slot) for slot in brief.slots})


def offered(slot: Slot) -> str:
    """The author's hint, which tells of the player, as the text of a choice."""
    return slot.hint[:90].removeprefix("The player ").removesuffix(".")


_PARTS = tuple(
    words.split("|")
    for words in (
        "The fog|A chain|One gull|The rain barrel|Salt|The hall clock|A moth|The stove|An oilskin|The dog|"
        "A ladder|The bell rope|Somebody's glove|The kettle|A splinter|The blue door|A spider|The gutter|"
        "Lamp soot|The weathercock|A tin plate|The third stair|An apple core|The curtain|A candle end|"
        "The boat hook|Frost|The grindstone|A feather|The slate roof",
        "has left|goes over|keeps to|counts|leans on|forgets|has drawn a line round|waits for|hides|"
        "returns to|outlives|measures|will not touch|borrows|circles|darkens|follows|mislays|polishes|"
        "swallows|guards|splits|warms|smells of|has scratched|remembers|answers|shelters|drips on|points at",
        "the third plank|a cold saucepan|the boathouse key|seven pebbles|its own shadow|an empty hook|"
        "a wet mitten|last week's bread|the unlit passage|a chalk mark|the far window|a jar of nails|"
        "the parish map|two herrings|a broken oar|the almanac|a coil of rope|the orchard wall|a rusted hinge|"
        "the washing line|a cracked cup|the sundial|an old boot|the cellar hatch|a pewter spoon|"
        "the mooring ring|a bundle of letters|the pump handle|a heap of nets|the chapel bench",
        "again|slowly|twice|nearly|gladly|alone|somehow|sideways|daily|soundlessly|badly|once more|uphill|tonight|barely|"
        "carefully|backwards|early|halfway|kindly|later|meanwhile|openly|politely|rarely|stubbornly|thrice|unasked|warily|yonder",
        "without any hurry|as on every Tuesday|and nobody remarks upon that|for a second time tonight|"
        "like some debt|before dawn|out of habit|with great patience|under the lintel|while the tide turns|"
        "against all advice|in plain sight|beside the ferry steps|among the thistles|at half past nine|"
        "through the drizzle|behind the smithy|since the wedding|as if listening|by lantern light|"
        "between two showers|and hums|towards evening|in spite of the cat|quite by accident|"
        "on the windward side|once the door has shut|near the lime kiln|all morning|above the weir",
    )
)
"""Enough of each that no two sentences of a story are alike."""


def in_pieces(text: str, size: int = 7) -> list[str]:
    return [text[start : start + size] for start in range(0, len(text), size)]
