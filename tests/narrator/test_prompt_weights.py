"""Prompts against the tokenizer of a real model: the guess is on the safe side, and every request fits."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import islice

import pytest

from game.clients import ClientError, ClientOptions, Message, SceneRequest
from game.clients.local import open_local
from game.narrator.budget import MESSAGE_TOKENS, SHARE_RATE, profile_for
from game.narrator.rehearsal import rehearse, sheets
from game.narrator.span import canonical_reply
from game.packs import Pack
from game.packs.shelf import find_pack
from tests.weights import need_weights

pytestmark = [pytest.mark.weights, pytest.mark.timeout(400)]

MOST_BEFORE_PROSE = 14
"""Tokens before the first word of prose."""

Count = Callable[[Sequence[str]], list[int]]


@pytest.fixture(scope="module")
def count(pack: Pack) -> Iterator[Count]:
    """Tokens of texts, by the model's own tokenizer."""
    loop = asyncio.new_event_loop()
    client = open_local(ClientOptions(pack, model=str(need_weights()), window=512, threads=1))
    known: dict[str, int] = {}

    async def loaded() -> None:
        """The model is loaded for the first request; until then nobody can count."""
        brief = next(rehearse(pack, 7))[0]
        with suppress(ClientError):
            async for _ in client.stream(SceneRequest(brief, (Message("user", "A word."),), max_tokens=1)):
                pass

    async def all_of(texts: Sequence[str]) -> list[int]:
        for text in texts:
            if text not in known:
                found = await client.count(text)
                assert found is not None
                known[text] = found
        return [known[text] for text in texts]

    loop.run_until_complete(loaded())
    yield lambda texts: loop.run_until_complete(all_of(texts))
    loop.run_until_complete(client.aclose())
    loop.close()


@pytest.mark.parametrize("window", [2048, 4096, 8192])
@pytest.mark.parametrize("ref", ["last_keeper", "bench/endless"])
def test_every_request_fits_by_the_models_own_count(ref: str, window: int, count: Count) -> None:
    for sheet in islice(sheets(find_pack(ref), 7, window), 20):
        taken = sum(count([message.content for message in sheet.messages])) + MESSAGE_TOKENS * len(sheet.messages)
        assert taken + sheet.profile.reply_tokens <= window, sheet.brief.turn


def test_few_tokens_stand_before_the_first_word_of_prose(pack: Pack, count: Count) -> None:
    replies = [canonical_reply(scene) for _, scene in rehearse(pack, 7)]
    heads = {reply[: reply.index('"t":"') + 5] for reply in replies}
    narrated = [head for head in heads if '"narrator"' in head]
    assert narrated
    assert max(count(narrated)) <= MOST_BEFORE_PROSE


def test_the_characters_of_a_share_are_no_more_tokens_than_was_reckoned(pack: Pack, count: Count) -> None:
    for window in (2048, 8192):
        system = next(sheets(pack, 7, window)).messages[0].content
        assert count([system])[0] <= profile_for(window).system_chars * 100 // SHARE_RATE
