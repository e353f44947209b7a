"""Random plays without text: the same story that is told with text, counted."""

import pytest

from game.director import Director
from game.narrator.rehearsal import rehearse
from game.packs import Pack
from game.packs.load import pack_from_bytes
from game.packs.shelf import find_pack
from game.workshop.survey import IMPROVISE, survey, wander
from tests.packs.workshop import edited, good


def ferry() -> Pack:
    return pack_from_bytes("good", good())


@pytest.mark.parametrize("world", ["last_keeper", "no_chill"])
def test_a_play_without_text_goes_the_way_of_the_same_play_with_text(world: str) -> None:
    pack = find_pack(world)
    director = Director(pack)
    for seed in range(12):
        told = [(brief.storylet, brief.slots, brief.state) for brief, _ in rehearse(pack, seed)]
        bare = [(scene.turn.storylet, scene.offered, scene.turn.state) for scene in wander(pack, director, seed)]
        assert [(storylet.id if storylet else None, state) for storylet, _, state in bare] == [
            (storylet, state) for storylet, _, state in told
        ]
        assert [[outcome.id for outcome in offered] for _, offered, _ in bare] == [
            [slot.outcome for slot in slots] for _, slots, _ in told
        ]


def test_each_play_is_counted_once_however_often_a_thing_came_in_it() -> None:
    counted = survey(ferry(), 50)
    assert counted.plays == 50
    assert len(counted.lengths) == 50
    assert counted.told["arrival"] == 50
    assert counted.offered["arrival", "ask"] == 50
    assert sum(counted.endings.values()) == 50
    assert max(counted.places.values()) == 50
    assert all(count <= 50 for count in counted.picked.values())


def test_a_thread_counts_as_closed_only_where_it_had_been_opened() -> None:
    assert 0 < survey(ferry(), 50).closed["the_bell"] < 50
    unopened = edited("storylets/first.toml", 'effects = ["open the_bell", "gain lantern"]', 'effects = ["gain lantern"]')
    pack = pack_from_bytes(
        "good", unopened | {"storylets/first.toml": unopened["storylets/first.toml"].replace(b"open_the_bell && ", b"")}
    )
    counted = survey(pack, 50)
    assert counted.picked["crossing", "pull"]
    assert not counted.opened
    assert not counted.closed


def test_what_is_offered_between_storylets_is_counted_as_improvised() -> None:
    assert {name for name, _ in survey(ferry(), 50).offered} >= {IMPROVISE, "arrival"}


def test_the_seeds_go_on_from_the_first_one() -> None:
    pack = ferry()
    assert survey(pack, 10).lengths + survey(pack, 10, first_seed=10).lengths == survey(pack, 20).lengths


def test_the_most_that_one_play_tells_is_a_share_of_all_storylets() -> None:
    assert survey(ferry(), 50).most_visited == 3 / 4
