"""The figures of a pack: what is counted, and what is not."""

from dataclasses import replace

import pytest

from game.narrator.rehearsal import rehearse
from game.packs import Pack
from game.packs.shelf import find_pack
from game.story import Storylet, StubBeat
from game.workshop.measures import (
    Repeat,
    measures,
    near_repeats,
    parted_at_scene_1,
    same_when_told_again,
    two_seeds_on_one_path,
)
from tests.packs.workshop import edited, examined

WATER = "The river goes by, black and in no hurry, under the landing."
AGAIN = "Under the landing the river goes by, in no hurry, and black."


def told_with(*beats: StubBeat) -> Pack:
    """A world whose storylets are all told by these beats, and which has nothing else to say on the way."""
    pack = find_pack("last_keeper")
    return replace(pack, improvise=(), storylets={name: _plain(each, beats) for name, each in pack.storylets.items()})


def _plain(storylet: Storylet, beats: tuple[StubBeat, ...]) -> Storylet:
    return replace(storylet, beats=beats, outcomes=tuple(replace(outcome, then=()) for outcome in storylet.outcomes))


def ferry(first: str, then: str) -> Pack:
    """The good pack, in which the first and the second storylet each say one of these; there are no others to be told between."""
    contents = edited("storylets/first.toml", '"#water# The bell rings, once."', f'"{first}"')
    text = contents["storylets/first.toml"].decode()
    contents["storylets/first.toml"] = text.replace('"#water# #player.capitalize# holds on."', f'"{then}"').encode()
    contents["grammar.toml"] = b""
    pack, found = examined(contents)
    assert pack is not None, found
    return pack


def test_a_beat_is_told_again_in_other_words_where_its_author_wrote_some() -> None:
    once, twice = StubBeat(("Fog.",)), StubBeat(("Fog, and a bell.", "A bell, in fog."))
    same = [same_when_told_again(told_with(*beats)) for beats in ((once,), (once, twice), (twice,))]
    assert same == sorted(same, reverse=True)
    assert len(set(same)) == 3


@pytest.mark.parametrize("again", [WATER, AGAIN], ids=["the same words", "nearly the same words in another order"])
def test_a_beat_that_comes_twice_in_one_playthrough_is_found_with_both_its_texts(again: str) -> None:
    (repeat,) = near_repeats(ferry(WATER, again), plays=3)
    assert repeat.rules == ("arrival.1", "crossing.1")
    assert repeat.texts == (WATER, again)
    assert repeat.alike >= 85


def test_a_pair_of_beats_is_counted_once_with_the_playthroughs_that_have_it() -> None:
    pack = ferry(WATER, WATER)
    both = [seed for seed in range(8) if {"arrival", "crossing"} <= {scene.storylet for _, scene in rehearse(pack, seed)}]
    (repeat,) = near_repeats(pack, plays=8)
    assert (repeat.seed, repeat.plays) == (both[0], len(both))


@pytest.mark.parametrize(
    ("first", "then"),
    [(WATER, "Rope, wet and as thick as a wrist, from one side to the other."), ("Not at this hour!", "Not at this hour!")],
    ids=["other words", "a cry"],
)
def test_what_is_another_beat_or_a_mere_cry_is_no_repeat(first: str, then: str) -> None:
    assert near_repeats(ferry(first, then), plays=3) == ()


def test_of_one_path_told_by_two_seeds_only_what_both_say_word_for_word_is_the_same() -> None:
    only, many = StubBeat((WATER,), rule="one.1"), StubBeat(tuple(f"It is {n} past." for n in range(200)), rule="one.2")
    same = [two_seeds_on_one_path(told_with(*beats), plays=4) for beats in ((only,), (only, many), (many,))]
    assert same[0] > 80 > same[1] > 30 > same[2]


def test_of_playthroughs_that_part_at_scene_1_what_comes_after_is_compared() -> None:
    pack = find_pack("last_keeper")
    openings = {
        name: replace(each, beats=(StubBeat((WATER,), rule="one.1"),)) for name, each in pack.storylets.items() if each.opening
    }
    assert parted_at_scene_1(told_with(StubBeat((WATER,), rule="one.1")), plays=3) > 80
    assert parted_at_scene_1(replace(pack, storylets={**pack.storylets, **openings}), plays=3) < 50


def test_a_figure_says_whether_it_is_as_it_should_be() -> None:
    pack = ferry(WATER, WATER)
    repeat = Repeat(("a.1", "b.1"), (WATER, WATER), 100, 0, 1)
    figures = {figure.name: figure for figure in measures(pack, [repeat], 0.5)}
    visited, repeats = figures["the most of the pack that one play visits"], figures["near repeats in a playthrough"]
    assert (visited.ok, str(visited), visited.mark) == (True, "50 %", "at most 50 %")
    assert (repeats.ok, str(repeats), repeats.mark) == (False, "1", "none")
    assert not figures["two seeds on one path"].ok
    assert not figures["parted at scene 1"].ok
    assert measures(pack, [], 0.501)[3].ok is False
