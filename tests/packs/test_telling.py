"""Groups of beats: which of their members are told, in what order, and in another telling."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from game.clients.stub import beats_told
from game.packs import Telling
from game.story import Conditions, Declarations, StoryState, StubBeat, StubBeats, StubGroup, all_beats, compile_condition

ALWAYS, NEVER = compile_condition("turn == 1"), compile_condition("turn == 2")

Item = StubBeat | StubGroup


def telling(seed: int = 1, before: int = 0, said: frozenset[str] = frozenset()) -> Telling:
    return Telling(seed, "k", StoryState(turn=1), Conditions(Declarations()), {}, before, said)


def named(items: list[Item], home: str = "s") -> StubBeats:
    """The same beats and groups, each with its place as its rule."""
    out: list[Item] = []
    for n, each in enumerate(items):
        rule = f"{home}.{n + 1}"
        if isinstance(each, StubBeat):
            out.append(StubBeat((rule,), when=each.when, rule=rule))
        else:
            members = tuple(named(list(member), f"{rule}.{m + 1}") for m, member in enumerate(each.members))
            out.append(StubGroup(members, each.take, each.when, rule))
    return tuple(out)


whens = st.sampled_from([None, None, None, ALWAYS, NEVER])
beats: st.SearchStrategy[Item] = st.builds(lambda when: StubBeat(("x",), when=when), whens)
trees = st.recursive(
    beats,
    lambda inner: st.builds(
        lambda members, take, when: StubGroup(tuple(map(tuple, members)), take, when),
        st.lists(st.lists(inner, min_size=1, max_size=3), min_size=1, max_size=5),
        st.integers(1, 5),
        whens,
    ),
    max_leaves=20,
)
scenes = st.lists(trees, max_size=4).map(named)


def told(scene: StubBeats, seed: int = 1, before: int = 0, said: frozenset[str] = frozenset()) -> list[str]:
    return [beat.rule for beat in beats_told(scene, telling(seed, before, said))]


def groups(items: StubBeats) -> Iterator[StubGroup]:
    for each in items:
        if isinstance(each, StubGroup):
            yield each
            for member in each.members:
                yield from groups(member)


@given(scenes, st.integers(0, 2**40), st.integers(0, 4))
def test_no_more_members_are_told_than_are_taken_and_none_twice(scene: StubBeats, seed: int, before: int) -> None:
    rules = told(scene, seed, before)
    assert len(set(rules)) == len(rules)
    for group in groups(scene):
        heads = {rule.removeprefix(f"{group.rule}.").split(".")[0] for rule in rules if rule.startswith(f"{group.rule}.")}
        assert len(heads) <= group.take


@given(scenes, st.integers(0, 2**40))
def test_what_has_a_condition_that_does_not_hold_is_not_told_nor_what_is_in_it(scene: StubBeats, seed: int) -> None:
    rules = told(scene, seed)
    shut = [each.rule for each in (*all_beats(scene), *groups(scene)) if each.when is NEVER]
    assert not [rule for rule in rules for closed in shut if rule == closed or rule.startswith(f"{closed}.")]


@given(scenes, st.integers(0, 2**40), st.integers(0, 4))
def test_a_sequence_keeps_its_order(scene: StubBeats, seed: int, before: int) -> None:
    rules = told(scene, seed, before)
    for group in groups(scene):
        for n in range(len(group.members)):
            home = f"{group.rule}.{n + 1}."
            inside = [int(rule.removeprefix(home).split(".")[0]) for rule in rules if rule.startswith(home)]
            assert inside == sorted(inside)


@given(scenes, st.integers(0, 2**40), st.integers(0, 4))
def test_the_same_seed_gives_the_same_telling(scene: StubBeats, seed: int, before: int) -> None:
    assert told(scene, seed, before) == told(scene, seed, before)


@given(st.integers(2, 6), st.integers(1, 6), st.integers(0, 2**40), st.integers(0, 9))
def test_another_telling_takes_others_or_tells_them_in_another_order(count: int, take: int, seed: int, before: int) -> None:
    scene = named([StubGroup(((StubBeat(("x",)),),) * count, min(take, count))])
    assert told(scene, seed, before) != told(scene, seed, before + 1)


@given(st.integers(2, 6), st.integers(0, 2**40))
def test_every_way_to_tell_it_comes_before_one_comes_again(count: int, seed: int) -> None:
    scene = named([StubGroup(((StubBeat(("x",)),),) * count, 1)])
    assert len({told(scene, seed, before)[0] for before in range(count)}) == count


@given(st.integers(0, 2**40), st.sets(st.integers(1, 5), min_size=1, max_size=3))
def test_what_was_read_on_the_way_is_told_last(seed: int, read: set[int]) -> None:
    scene = named([StubGroup(((StubBeat(("x",)),),) * 5, 2)])
    said = frozenset(f"s.1.{n}.1" for n in read)
    assert said.isdisjoint(told(scene, seed, said=said))


def test_every_order_of_what_is_shuffled_is_drawn() -> None:
    scene = named([StubGroup(((StubBeat(("x",)),),) * 3, 3)])
    assert len({tuple(told(scene, seed)) for seed in range(60)}) == 6


def test_a_group_of_which_nothing_may_be_told_tells_nothing() -> None:
    shut = StubBeat(("x",), when=NEVER)
    assert told(named([StubGroup(((shut, StubBeat(("y",))), (StubGroup(((shut,),), 1),)), 2), StubBeat(("z",))])) == ["s.2"]
