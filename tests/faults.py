"""Clients through which things go wrong: a good one, and the catalogue of the chaos client around it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from game.clients import Capabilities, Delta, SceneRequest
from game.clients.chaos import ChaosClient
from game.packs import Pack
from tests.scripted import good_reply, in_pieces

EVERY_TIME = 1 << 62
"""`good_one_in` so large that no reply is good."""


@dataclass
class GoodClient:
    """Answers each request with a reply that fits it. Keeps the requests it got."""

    name: str = "good"
    model: str = "best-1"
    capabilities: Capabilities = Capabilities(networked=False)
    requests: list[SceneRequest] = field(default_factory=list)

    async def stream(self, request: SceneRequest) -> AsyncIterator[Delta]:
        self.requests.append(request)
        for piece in in_pieces(good_reply(request.brief)):
            yield Delta(piece)

    async def aclose(self) -> None:
        pass


def faulty(pack: Pack, seed: int = 0) -> ChaosClient:
    """For each request, by draw, one of the faults or a good reply."""
    return ChaosClient(GoodClient(), pack, seed)


def always(pack: Pack, fault: str) -> ChaosClient:
    """One fault, at every request."""
    return ChaosClient(GoodClient(), pack, 0, (fault,), EVERY_TIME)
