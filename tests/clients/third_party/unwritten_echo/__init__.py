"""A whole client: it tells each scene with the goal of its brief."""

import json
from collections.abc import AsyncIterator

from game.clients import Capabilities, ClientOptions, Delta, SceneRequest, Truncated


class EchoClient:
    name = "echo"
    model = "echo-1"
    capabilities = Capabilities(schema="none", networked=False)

    async def stream(self, request: SceneRequest) -> AsyncIterator[Delta]:
        texts = (request.brief.goal, *request.brief.must_happen, "That is all there is.")
        letters = {slot.letter: slot.hint for slot in request.brief.slots}
        reply = json.dumps({"beats": [{"s": "narrator", "t": text} for text in texts], **letters, "notes": []})
        yield Delta(reply[: request.max_chars])
        if len(reply) > request.max_chars:
            raise Truncated("the goal is longer than the reply may be")

    async def aclose(self) -> None:
        pass


def open_echo(options: ClientOptions) -> EchoClient:
    return EchoClient()
