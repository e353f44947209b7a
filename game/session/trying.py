"""Trying a client before a story is begun with it: it is asked for a scene, of which a few words are enough."""

from contextlib import aclosing

from game.clients import ClientError, LLMClient, SceneRequest, TokenCounter
from game.clients.dialect import describe
from game.director import Director, Step
from game.narrator import Narrator
from game.packs import Pack
from game.session.events import TellerTried
from game.story import ROOT, node_key


async def try_out(client: LLMClient, pack: Pack) -> TellerTried:
    """Ask for the first scene of a pack, and say what came."""
    narrator = Narrator(pack, pack.player, client)
    key = node_key(ROOT, "")
    brief = Director(pack).plan(key, 0, pack.initial, Step(), pack.player).brief
    request: SceneRequest = narrator.request(brief)
    count = 0
    try:
        # Closing the stream is what makes a client learn the habits of an endpoint.
        async with aclosing(client.stream(request)) as deltas:  # type: ignore[type-var]
            async for delta in deltas:
                count += len(delta.text)
                if count > 80:
                    break
    except ClientError as error:
        return TellerTried(False, str(error))
    if count == 0:
        return TellerTried(False, f"{client.name} answered, but wrote nothing.")
    if isinstance(client, TokenCounter) and client.capabilities.counts:
        await client.count("how many tokens")
    return TellerTried(True, f"{client.model} answers and can write: {describe(client.capabilities)}.")
