"""The worlds that ship: nothing is wrong with them, their own plays hold, and whoever wanders through one gets to an ending."""

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import pytest
from rapidfuzz import fuzz

from game.clients import SceneRequest
from game.clients.stub import StubClient
from game.narrator.rehearsal import rehearse
from game.packs.shelf import check, find_pack
from game.story import Scene, all_beats
from game.workshop.plays import run_plays

WORLDS = ("last_keeper", "no_chill")
ALIKE = 85
"""Of a hundred: two beats that are as like as this are one beat told twice."""
SHORTEST = 25
"""Characters of a beat that is long enough to be told twice; a cry or a nod may come again."""


def told(world: str, plays: int) -> Iterator[list[Scene]]:
    """The scenes of so many playthroughs, each picked at random."""
    pack = find_pack(world)
    return ([scene for _, scene in rehearse(pack, seed)] for seed in range(plays))


@pytest.mark.parametrize("world", WORLDS)
def test_nothing_is_found_wrong_with_a_world_that_ships(world: str) -> None:
    assert check(world) == ()


@pytest.mark.parametrize("world", WORLDS)
def test_the_plays_of_a_world_that_ships_go_as_its_author_says(world: str) -> None:
    assert [(result.name, result.why) for result in run_plays(world) if not result.ok] == []


@pytest.mark.parametrize("world", WORLDS)
def test_whoever_wanders_comes_to_an_ending_in_time(world: str) -> None:
    longest = find_pack(world).scenes[1]
    for scenes in told(world, 40):
        assert scenes[-1].ending is not None
        assert len(scenes) <= longest


@pytest.mark.parametrize("world", WORLDS)
def test_there_is_a_play_for_every_ending_and_it_says_what_was_meant(world: str) -> None:
    pack = find_pack(world)
    assert {play.expect.ending for play in pack.tests} == set(pack.endings)
    assert all(play.intent for play in pack.tests)


def test_no_chill_has_more_to_tell_than_any_playthrough_can_hold() -> None:
    storylets = find_pack("no_chill").storylets
    assert all(2 * len({scene.storylet for scene in scenes} - {None}) <= len(storylets) for scenes in told("no_chill", 40))


def test_no_beat_of_no_chill_comes_twice_in_a_playthrough() -> None:
    for scenes in told("no_chill", 20):
        beats = [beat.text for scene in scenes for beat in scene.beats if len(beat.text) > SHORTEST]
        assert [pair for pair in combinations(beats, 2) if fuzz.token_set_ratio(*pair) >= ALIKE] == []


@pytest.mark.parametrize("world", WORLDS)
def test_a_scene_told_again_has_other_words_wherever_its_author_wrote_any(world: str) -> None:
    pack = find_pack(world)
    stub = StubClient(pack)
    outcomes = [*pack.improvise, *(outcome for storylet in pack.storylets.values() for outcome in storylet.outcomes)]
    written = [*(each.beats for each in pack.storylets.values()), *(outcome.then for outcome in outcomes)]
    several = {beat.rule for beats in written for beat in all_beats(beats) if len(beat.texts) > 1}
    for brief, scene in (pair for seed in range(10) for pair in rehearse(pack, seed)):
        again = json.loads(stub.reply(SceneRequest(replace(brief, key="again", first=brief.key, telling=1))))["beats"]
        alike = {beat.source.ref for beat in scene.beats} & {row["r"] for row in again}
        assert not [rule for rule in alike if rule.split()[0].rpartition(".")[0] in several]
