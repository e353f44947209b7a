"""The figures of a pack: what is counted, and what is not."""

from dataclasses import replace

from game.packs.shelf import find_pack
from game.story import StubBeat
from game.workshop.measures import same_when_told_again


def same_with(*beats: StubBeat) -> int:
    """How much is the same when a world is told again whose storylets are all told by these beats."""
    pack = find_pack("last_keeper")
    storylets = {name: replace(each, beats=beats) for name, each in pack.storylets.items()}
    return same_when_told_again(replace(pack, storylets=storylets))


def test_a_beat_is_told_again_in_other_words_where_its_author_wrote_some() -> None:
    once, twice = StubBeat(("Fog.",)), StubBeat(("Fog, and a bell.", "A bell, in fog."))
    assert same_with(once) > same_with(once, twice) > same_with(twice)
