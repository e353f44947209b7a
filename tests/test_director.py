"""Which scene comes next, and that every story ends."""

from dataclasses import replace
from functools import cache
from itertools import pairwise

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.clients import SceneRequest
from game.clients.stub import StubClient
from game.director import Director, Plan, Step
from game.packs import Pack
from game.packs.load import pack_from_bytes
from game.story import ROOT, Effect, StoryState, apply, draw, node_key
from tests.conftest import REPOSITORY
from tests.packs.workshop import edited, examined


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


THREADS = ("debt", "stowaway", "leak")
DUE = 5


@cache
def many_threads() -> Pack:
    """The pack without an end, with three threads more; what takes one up again would seldom be drawn."""
    folder = REPOSITORY / "bench" / "endless"
    contents = {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.*"))}
    threads = "".join(f'\n[threads.{name}]\ntext = "The {name}?"\nleft = "The {name} stayed."\ndue = {DUE}\n' for name in THREADS)
    contents["pack.toml"] += threads.encode()
    contents["storylets/threads.toml"] = "".join(map(_thread, THREADS)).encode()
    return pack_from_bytes("endless", contents)


def _thread(name: str) -> str:
    about = f'title = "The {name}"\ngoal = "The {name}."\nonce = false\n'
    outcome = 'id = "on"\ntext = "Go on"\n'
    return (
        f'[begin_{name}]\n{about}weight = 20\neffects = ["open {name}"]\n[[begin_{name}.outcomes]]\n{outcome}'
        f'[back_{name}]\n{about}weight = 1\nthreads = ["{name}"]\nwhen = "open_{name}"\n[[back_{name}.outcomes]]\n{outcome}'
    )


@settings(max_examples=30)
@given(seed=st.integers(0, 1 << 62))
def test_a_thread_is_taken_up_in_time_or_waits_for_each_other_one_at_the_most_once(seed: int) -> None:
    pack = many_threads()
    since: dict[str, int] = {}
    longest = 0
    for plan in walk(pack, seed, limit=120):
        turn, storylet = plan.brief.turn, pack.storylets.get(plan.brief.storylet or "")
        since = {name: since.get(name, turn) for name in plan.brief.state.threads}
        longest = max(longest, *(turn - waited for waited in since.values()), 0)
        since |= dict.fromkeys(storylet.threads if storylet else (), turn)
    assert DUE <= longest <= DUE + len(pack.threads)


def test_what_is_overdue_and_has_no_storylet_left_is_felt_in_a_quiet_moment(pack: Pack) -> None:
    state = replace(pack.initial, turn=9, threads={"jory_out": 1})
    brief = Director(pack).brief("k", 1, state, None, Step(), pack.player)
    assert brief.goal.endswith(f"unanswered: {pack.threads['jory_out'].text}")
    assert "unanswered" not in Director(pack).brief("k", 1, replace(state, turn=2), None, Step(), pack.player).goal


def test_an_ending_must_say_what_becomes_of_each_open_thread() -> None:
    ferry = many_threads()
    state, _ = apply(ferry.initial, [Effect("open", "debt"), Effect("open", "leak"), Effect("close", "leak")], ferry.declared)
    director = Director(ferry)
    ending = director.brief("k", 1, state, ferry.storylets["landing"], Step(), ferry.player)
    assert [text for text in ending.must_happen if text.startswith("Say")] == ["Say what becomes of this: The debt?"]
    assert [(name, beat.texts) for name, beat in ending.left] == [("debt", ("The debt stayed.",))]
    scene = director.brief("k", 1, state, ferry.storylets["rope"], Step(), ferry.player)
    assert (scene.left, scene.must_happen) == ((), ferry.storylets["rope"].must_happen)


@pytest.mark.parametrize("seed", range(40))
def test_no_ending_of_the_bundled_pack_drops_a_thread_in_silence(pack: Pack, seed: int) -> None:
    ending = walk(pack, seed)[-1].brief
    assert ending.storylet is not None
    still_open = ending.state.threads.keys() - set(pack.storylets[ending.storylet].threads)
    assert {name for name, _ in ending.left} == still_open


def told(pack: Pack, storylet: str) -> list[tuple[str, str]]:
    """The beats of an ending with `the_bell` open, told by the stub: each with what it comes from."""
    state, _ = apply(pack.initial, [Effect("open", "the_bell")], pack.declared)
    brief = Director(pack).brief("k", 1, state, pack.storylets[storylet], Step(), pack.player)
    reply = orjson.loads(StubClient(pack).reply(SceneRequest(brief)))
    return [(row["r"], row["t"]) for row in reply["beats"]]


def ending_with(beats: str) -> Pack:
    pack, found = examined(edited("storylets/last.toml", 'beats = ["The bell does not ring again."]', beats))
    assert pack is not None, found
    return pack


def test_the_author_says_what_is_left_open_before_an_endings_last_beat() -> None:
    pack = ending_with('beats = ["It is late.", "It is over."]')
    assert told(pack, "home") == [
        ("home.1", "It is late."),
        ("threads.the_bell", "Nobody has said who rang."),
        ("home.2", "It is over."),
    ]


def test_or_where_the_author_wants_it() -> None:
    pack = ending_with('beats = ["#left#", "It is late.", "It is over."]')
    assert [rule for rule, _ in told(pack, "home")] == ["threads.the_bell", "home.2", "home.3"]


def test_an_ending_that_takes_a_thread_up_itself_says_it_in_its_own_beats() -> None:
    pack = ending_with('threads = ["the_bell"]\nbeats = ["It is over."]')
    assert [rule for rule, _ in told(pack, "home")] == ["home.1"]
