"""Which scene comes next, and that every story ends."""

from dataclasses import replace
from itertools import pairwise

import pytest

from game.director import Director, Plan, Step
from game.packs import Pack
from game.story import ROOT, StoryState, draw, node_key


def walk(pack: Pack, seed: int, limit: int = 60) -> list[Plan]:
    """A playthrough by draws, without any text: the plans up to the ending."""
    director, plans = Director(pack), []
    state, step, key = pack.initial, Step(), node_key(ROOT, "")
    while len(plans) < limit:
        plan = director.plan(key, seed, state, step, pack.player)
        plans.append(plan)
        if plan.brief.ending:
            break
        slot = plan.brief.slots[draw(seed, key, "bot", len(plan.brief.slots))]
        step = Step(director.outcome(plan.brief.storylet, slot.outcome), slot.text, plan.brief.storylet)
        state, key = plan.brief.state, node_key(key, slot.letter)
    return plans


def test_the_first_scene_is_an_opening(pack: Pack) -> None:
    for seed in range(20):
        storylet = walk(pack, seed, limit=1)[0].brief.storylet
        assert storylet is not None
        assert pack.storylets[storylet].opening


@pytest.mark.parametrize("seed", range(40))
def test_every_story_ends_within_its_length(pack: Pack, seed: int) -> None:
    plans = walk(pack, seed)
    assert plans[-1].brief.ending in pack.endings
    assert len(plans) <= pack.scenes[1]


@pytest.mark.parametrize("seed", range(10))
def test_a_storylet_told_once_does_not_come_again(pack: Pack, seed: int) -> None:
    told = [plan.brief.storylet for plan in walk(pack, seed) if plan.brief.storylet]
    once = [name for name in told if pack.storylets[name].once]
    assert len(once) == len(set(once))


@pytest.mark.parametrize("seed", range(10))
def test_acts_only_rise(pack: Pack, seed: int) -> None:
    acts = [plan.brief.state.act for plan in walk(pack, seed)]
    assert acts == sorted(acts)


@pytest.mark.parametrize("seed", range(10))
def test_two_quiet_moments_never_follow_each_other(pack: Pack, seed: int) -> None:
    told = [plan.brief.storylet for plan in walk(pack, seed)]
    assert not any(left is None and right is None for left, right in pairwise(told))


def test_a_scene_has_slots_or_is_an_ending(pack: Pack) -> None:
    for plan in (plan for seed in range(10) for plan in walk(pack, seed)):
        assert bool(plan.brief.slots) != bool(plan.brief.ending)
        assert [slot.letter for slot in plan.brief.slots] == list("abcd")[: len(plan.brief.slots)]


def test_the_same_place_in_the_same_story_gets_the_same_plan(pack: Pack) -> None:
    assert walk(pack, 11) == walk(pack, 11)


def test_an_outcome_that_leads_on_is_followed_at_once(pack: Pack) -> None:
    director = Director(pack)
    leading = [(storylet, outcome) for storylet in pack.storylets.values() for outcome in storylet.outcomes if outcome.leads_to]
    assert leading
    followed = 0
    for storylet, outcome in leading:
        state = replace(pack.initial, turn=3)
        plan = director.plan("k", 1, state, Step(outcome, outcome.text, storylet.id), pack.player)
        followed += plan.brief.storylet == outcome.leads_to
    assert followed > len(leading) / 3


def test_the_effects_lead_from_the_state_before_to_the_briefs(pack: Pack) -> None:
    from game.story import replay

    state: StoryState = pack.initial
    for plan in walk(pack, 5):
        state = replay(state, plan.effects)
        assert state == plan.brief.state


def test_a_secret_is_in_no_brief_before_its_storylet(pack: Pack) -> None:
    secrets = {secret.text: secret.revealed_by for member in pack.cast.values() for secret in member.secrets}
    assert secrets
    for plan in (plan for seed in range(20) for plan in walk(pack, seed)):
        assert all(secrets[text] in plan.brief.state.seen for text in plan.brief.secrets)
