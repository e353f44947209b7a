"""Asking a client for something, and what came of it."""

import asyncio
from dataclasses import dataclass

from pydantic import SecretStr

from game.clients import ClientError, ClientOptions, LLMClient, SceneRequest, Usage
from game.clients.openai_client import OpenAIClient, open_openai
from game.packs import Pack
from tests.server import ModelServer

KEY = "sk-do-not-tell-4711"


@dataclass(frozen=True)
class Answer:
    """The text that came, the usage, and the error that ended it, if one did."""

    text: str
    usage: Usage | None
    error: ClientError | None


async def listen(client: LLMClient, request: SceneRequest) -> Answer:
    pieces, usage, error = [], None, None
    try:
        async for delta in client.stream(request):
            pieces.append(delta.text)
            usage = delta.usage or usage
    except ClientError as caught:
        error = caught
    return Answer("".join(pieces), usage, error)


def ask(client: LLMClient, *requests: SceneRequest) -> list[Answer]:
    """The answers to these requests, one after the other; the client is closed in the end."""

    async def go() -> list[Answer]:
        try:
            return [await listen(client, request) for request in requests]
        finally:
            await client.aclose()

    return asyncio.run(go())


def openai_at(server: ModelServer, pack: Pack, mode: str, timeout: float = 5.0) -> OpenAIClient:
    """A client of the tests' server in this mode."""
    return open_openai(ClientOptions(pack, mode, server.url, SecretStr(KEY), timeout))
