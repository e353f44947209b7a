"""2. What the player has read is canon: shown only after the gate has passed it, and never taken back."""

import pytest

from game.clients.faults import FAULTS
from game.packs import Pack
from tests.faults import always, faulty
from tests.playing import play_to_the_end


@pytest.mark.parametrize("seed", range(12))
def test_nothing_shown_is_taken_back_whatever_goes_wrong(pack: Pack, seed: int) -> None:
    assert play_to_the_end(pack, faulty(pack, seed), seed).taken_back() == []


@pytest.mark.parametrize("fault", FAULTS)
def test_nothing_shown_is_taken_back_when_one_thing_always_goes_wrong(pack: Pack, fault: str) -> None:
    assert play_to_the_end(pack, always(pack, fault)).taken_back() == []


def test_the_measure_notices_what_is_taken_back(pack: Pack) -> None:
    played = play_to_the_end(pack, faulty(pack, 1), 1)
    from game.session import BeatGrew

    first = next(n for n, event in enumerate(played.events) if isinstance(event, BeatGrew))
    grown = played.events[first]
    assert isinstance(grown, BeatGrew)
    played.events.insert(first, BeatGrew(grown.turn, grown.index, grown.beat.with_text("Something else."), False))
    assert played.taken_back() == ["Something else."]
