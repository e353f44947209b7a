"""The places on the map: straight, apart, uncrossed, and the same for the same story."""

from collections import defaultdict
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from game.story import StoryMap
from game.storymap import Layout, lay_out
from tests.storymap.trees import Teller, grown, played

MOVES = st.lists(st.tuples(st.sampled_from(["tell", "tell", "tell", "go", "retell", "end"]), st.integers(0, 999)), max_size=60)
STORIES = MOVES.map(played)


def ways(plan: Layout) -> list[tuple[int, int, int, int]]:
    """From where to where each way leads: columns and rows of both its ends."""
    linked = [(plan.spots[spot.parent], spot) for spot in plan.spots if spot.parent >= 0]
    return [(start.column, start.row, end.column, end.row) for start, end in linked]


@given(STORIES)
def test_every_scene_stands_in_one_spot(story: StoryMap) -> None:
    plan = lay_out(story)
    placed = [scene.key for spot in plan.spots for scene in spot.tellings]
    assert sorted(placed) == sorted(scene.key for scene in story.scenes)
    assert all(scene.key in [each.key for each in plan.spots[plan.where[scene.key]].tellings] for scene in story.scenes)


@given(STORIES)
def test_no_two_spots_share_a_place(story: StoryMap) -> None:
    plan = lay_out(story)
    assert len({(spot.column, spot.row) for spot in plan.spots}) == len(plan.spots)
    assert all(0 <= spot.column < plan.columns and 0 <= spot.row < plan.rows for spot in plan.spots)


@given(STORIES)
def test_each_step_leads_one_column_on_and_never_up(story: StoryMap) -> None:
    assert all(to == column + 1 and row <= down for column, row, to, down in ways(lay_out(story)))


@given(STORIES)
def test_the_players_line_is_straight_and_comes_first(story: StoryMap) -> None:
    plan = lay_out(story)
    line = [plan.spots[plan.where[key]] for key in story.line]
    assert [(spot.column, spot.row) for spot in line] == [(n, 0) for n in range(len(line))]
    assert [spot.scene.key for spot in line] == list(story.line)
    assert plan.spots[plan.here].scene.key == story.head


@settings(max_examples=300)
@given(STORIES)
def test_no_two_ways_cross(story: StoryMap) -> None:
    """A way runs down in the gap behind its first column, then across in the row of its end. In a gap, the ways down from
    different scenes may not meet, and no way across may pass one that runs down there."""
    gaps: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for column, row, _, down in ways(lay_out(story)):
        gaps[column].append((row, down))
    for gap in gaps.values():
        deepest: dict[int, int] = defaultdict(int)
        for row, down in gap:
            deepest[row] = max(deepest[row], down)
        spans = sorted(deepest.items())
        assert all(bottom < top for (_, bottom), (top, _) in pairwise(spans))


@given(STORIES)
def test_what_follows_a_telling_that_lies_beneath_leaves_for_another_row(story: StoryMap) -> None:
    plan = lay_out(story)
    assert all(plan.spots[spot.parent].row < spot.row for n, spot in enumerate(plan.spots) if plan.behind(n))


def test_a_story_without_forks_is_one_row() -> None:
    teller = Teller()
    for _ in range(5):
        teller.tell()
    assert [(spot.column, spot.row) for spot in lay_out(teller.map()).spots] == [(n, 0) for n in range(5)]


def test_short_branches_that_are_far_apart_share_a_row() -> None:
    teller = Teller()
    keys = [teller.tell() for _ in range(12)]
    for key in (keys[1], keys[8]):
        teller.go(key)
        teller.tell("b")
    teller.go(keys[-1])
    assert lay_out(teller.map()).rows == 2


def test_tellings_lie_in_one_stack_with_the_one_taken_on_top() -> None:
    teller = Teller()
    first = teller.tell()
    told = teller.tell("b")
    teller.tell("a")
    teller.go(told)
    again = teller.retell()
    teller.go(first)
    teller.go(told)
    plan = lay_out(teller.map())
    stack = plan.spots[plan.where[again]]
    assert ([scene.telling for scene in stack.tellings], stack.scene.key) == ([0, 1], told)
    teller.go(again)
    plan = lay_out(teller.map())
    assert plan.spots[plan.here].scene.key == again
    assert [plan.behind(n) for n, _ in enumerate(plan.spots)] == [False, False, True]


def test_before_where_the_player_is_and_after_it_are_told_apart() -> None:
    teller = Teller()
    keys = [teller.tell() for _ in range(4)]
    teller.go(keys[1])
    teller.tell("b")
    teller.go(keys[2])
    assert [spot.way for spot in lay_out(teller.map()).spots] == ["past", "past", "here", "ahead", "aside"]


def test_there_is_a_map_of_a_story_that_has_not_begun() -> None:
    plan = lay_out(StoryMap())
    assert (plan.spots, plan.here, plan.columns, plan.rows) == ((), -1, 0, 0)


def test_the_same_story_gives_the_same_map() -> None:
    assert lay_out(grown(400, 40)) == lay_out(grown(400, 40))
