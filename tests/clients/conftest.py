"""A small pack with a short prompt, a request for a scene of it, and the tests' server."""

from collections.abc import Iterator

import pytest

from game.clients import Message, SceneRequest
from game.director import Director, Step
from game.narrator.reply import reply_schema
from game.packs import Pack
from game.packs.load import pack_from_bytes
from game.story import ROOT, node_key
from tests.packs.workshop import good
from tests.server import ModelServer

SHORT_PROMPT = {
    "templates/system.j2": b"You write short scenes as JSON.",
    "templates/scene.j2": b"Goal: {{ goal }}\n{% for slot in slots %}{{ slot.letter }}: {{ slot.hint }}\n{% endfor %}",
}


@pytest.fixture(scope="session")
def small_pack() -> Pack:
    return pack_from_bytes("small", good() | SHORT_PROMPT)


@pytest.fixture(scope="session")
def wanted(small_pack: Pack) -> SceneRequest:
    """A request for a small scene with two choices."""
    brief = Director(small_pack).plan(node_key(ROOT, ""), 7, small_pack.initial, Step(), small_pack.player).brief
    messages = (
        Message("system", "You write short scenes as JSON."),
        Message("user", "Somebody comes in from the cold.\na: Sit down\nb: Ask who the second cup is for"),
    )
    return SceneRequest(brief, messages, reply_schema(small_pack, 2, 3, 120), max_tokens=400, seed=11)


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer() as running:
        yield running
