"""4. The story never stops: whatever model, network or prose does, the next playable scene comes."""

from collections.abc import AsyncIterator

import pytest

from game.clients import Delta, SceneRequest, Unreachable
from game.clients.faults import FAULTS
from game.packs import Pack
from tests.faults import GoodClient, always, faulty
from tests.playing import play_to_the_end
from tests.scripted import good_reply


class RecoveringClient(GoodClient):
    """Out of reach for three scenes, then well."""

    async def stream(self, request: SceneRequest) -> AsyncIterator[Delta]:
        self.requests.append(request)
        if len({asked.brief.key for asked in self.requests}) <= 3:
            raise Unreachable("nothing answers")
        yield Delta(good_reply(request.brief))


@pytest.mark.parametrize("seed", range(12))
def test_a_story_ends_through_every_mix_of_faults(pack: Pack, seed: int) -> None:
    played = play_to_the_end(pack, faulty(pack, seed), seed)
    assert played.ending in pack.endings
    assert all(scene.beats and bool(scene.choices) != bool(scene.ending) for scene in played.scenes)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_story_ends_though_one_thing_always_goes_wrong(pack: Pack, fault: str) -> None:
    assert play_to_the_end(pack, always(pack, fault)).ending in pack.endings


def test_the_player_is_told_once_and_again_when_it_is_over(pack: Pack) -> None:
    notices = play_to_the_end(pack, RecoveringClient()).notices
    assert notices.count("unreachable") == 1
    assert notices.count("understudy") == 3
    assert notices.count("writer_back") == 1
