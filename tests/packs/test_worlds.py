"""The worlds that ship: nothing is wrong with them, their own plays hold, whoever wanders through one gets to an ending, and no
two ways through one read alike. What their tests came to is printed when all tests have run."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from game.clients import SceneRequest
from game.clients.stub import StubClient
from game.narrator.rehearsal import rehearse
from game.packs.shelf import find_pack
from game.story import all_beats
from game.workshop.diagnosing import diagnose
from game.workshop.report import Report, take
from game.workshop.survey import survey
from game.workshop.table import verdict

PLAYS = 200
TOLD = 30
"""Random plays of a world that are counted, and how many of them are also told."""
MARKS = (
    "near repeats in a playthrough",
    "two seeds on one path",
    "parted at scene 1",
    "the most of the pack that one play visits",
)

pytestmark = pytest.mark.parametrize("world", ["last_keeper", "no_chill"])


@cache
def report_of(world: str) -> Report:
    """What `unwritten test` comes to for this world."""
    return take(world, PLAYS)


def test_nothing_is_found_wrong_with_it(world: str) -> None:
    assert diagnose(world) == ()


def test_its_plays_go_as_its_author_says(world: str) -> None:
    assert [str(failure) for result in report_of(world).results for failure in result.failures] == []


def test_there_is_a_play_for_every_ending_and_it_says_what_was_meant(world: str) -> None:
    pack = find_pack(world)
    assert {play.expect.ending for play in pack.tests} == set(pack.endings)
    assert all(play.intent for play in pack.tests)


def test_three_plays_of_it_are_written_out_to_be_read_and_end_otherwise(world: str) -> None:
    endings = [play.expect.ending for play in find_pack(world).tests if play.transcript]
    assert len(endings) == len(set(endings)) == 3


def test_it_is_as_large_as_a_world_should_be(world: str) -> None:
    pack = find_pack(world)
    sizes = [len(each) for each in (pack.storylets, pack.cast, pack.places, pack.lore, pack.endings)]
    assert all(size >= least for size, least in zip(sizes, (32, 5, 7, 16, 5), strict=True)), sizes
    assert pack.acts == 3


def test_whoever_wanders_comes_to_an_ending_in_time(world: str, record_property: Callable[[str, object], None]) -> None:
    report = report_of(world)
    record_property("printed", said_of(report))
    assert report.ended == PLAYS
    assert min(report.survey.lengths) >= report.pack.scenes[0]
    assert max(report.survey.lengths) <= report.pack.scenes[1]


def test_whoever_wanders_and_reads_comes_to_the_endings_that_were_counted(world: str) -> None:
    pack = find_pack(world)
    told = [[scene for _, scene in rehearse(pack, seed)] for seed in range(TOLD)]
    assert all(beat.text for scenes in told for scene in scenes for beat in scene.beats)
    counted = survey(pack, TOLD)
    assert Counter(scenes[-1].ending for scenes in told) == counted.endings
    assert tuple(map(len, told)) == counted.lengths


@pytest.mark.parametrize("mark", MARKS)
def test_it_has_more_to_tell_than_one_playthrough_holds(world: str, mark: str) -> None:
    report = report_of(world)
    (figure,) = (measure for measure in report.measures if measure.name == mark)
    found = [f"{repeat.rules}: {repeat.texts}" for repeat in report.repeats] if mark == MARKS[0] else []
    assert figure.ok, f"{figure}, and should be {figure.mark} {found}"


def test_every_ending_is_reached_by_chance_too(world: str) -> None:
    assert [ending.id for ending in report_of(world).endings if not ending.reached] == []


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


def said_of(report: Report) -> str:
    """What random plays reached of a world, and its figures, in a few lines."""
    outcomes = [outcome for told in report.storylets for outcome in told.outcomes]
    reached = ", ".join(
        f"{sum(1 for each in counts if each)} of {len(counts)} {what}"
        for what, counts in (
            ("storylets", [told.told for told in report.storylets]),
            ("outcomes", [outcome.picked for outcome in outcomes]),
            ("endings", [ending.reached for ending in report.endings]),
            ("places", [place.reached for place in report.places]),
        )
    )
    lengths = report.survey.lengths
    figures = [f"  {measure.name}: {measure}{f' ({measure.mark})' if measure.mark else ''}" for measure in report.measures]
    never = [f"  never reached: {words}" for words in report.unreached]
    head = f"{report.pack.title}: {verdict(report)}, in {min(lengths)} to {max(lengths)} scenes; {reached}"
    return "\n".join([head, *figures, *never])
