"""A client that could not be opened: it answers every request with the reason, so that the story goes on without it."""

from collections.abc import AsyncIterator

from game.clients.client import Capabilities, Delta, SceneRequest
from game.clients.errors import ClientError


class UnreadyClient:
    """Stands where the client `name` should be."""

    capabilities = Capabilities(schema="none", networked=False, reads_prompt=False)

    def __init__(self, name: str, model: str, error: ClientError) -> None:
        self.name = name
        self.model = model
        self._error = error

    async def stream(self, request: SceneRequest) -> AsyncIterator[Delta]:
        raise self._error
        yield Delta()

    async def aclose(self) -> None:
        pass
