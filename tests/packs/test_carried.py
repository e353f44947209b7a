"""A state of an older pack, moved within what this one declares, and what the player hears of it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.packs import Pack, load_pack
from game.packs.carried import carried, within
from game.packs.remembered import declarations_of
from game.story import Bounds, Declarations, Fact, StoryState, replay
from tests.packs.workshop import GOOD

NAMES = ("ash", "bell", "cup", "door", "elm")
FERRY = load_pack(GOOD)
LANDING = FERRY.places["landing"]

some = st.frozensets(st.sampled_from(NAMES))
numbers = st.integers(-20, 20)


def shelves(values: st.SearchStrategy) -> st.SearchStrategy:
    return st.dictionaries(st.sampled_from(NAMES), values)


states = st.builds(
    StoryState,
    turn=st.integers(0, 99),
    act=st.integers(1, 9),
    place=st.sampled_from(NAMES),
    present=some,
    variables=shelves(st.booleans() | numbers),
    items=some,
    threads=shelves(st.integers(1, 99)),
    closed=some,
    facts=some,
    notes=st.just(("It rained.",)),
    seen=shelves(st.integers(1, 99)),
    known=shelves(some.filter(bool)),
)


@st.composite
def packs(draw: st.DrawFn) -> Pack:
    """Packs that declare other things, each with a start that fits them."""
    bounds = st.builds(lambda low, more: Bounds(low, low + more, 1), numbers, st.integers(0, 9))
    variables = draw(shelves(st.none() | bounds))
    places = draw(some.filter(bool))
    declared = Declarations(
        variables=variables,
        items=draw(some),
        places=places,
        cast=draw(some),
        threads=draw(some),
        facts={name: Fact(name, "is", "so", f"{name} is so.") for name in draw(some)},
        storylets=draw(some),
        acts=draw(st.integers(1, 9)),
    )
    start = {name: False if each is None else each.low for name, each in variables.items()}
    return replace(
        FERRY,
        acts=declared.acts,
        declared=declared,
        initial=StoryState(place=min(places), variables=start),
        places={name: replace(LANDING, id=name, name=name) for name in places},
    )


def names_in(state: StoryState) -> dict[str, set[str]]:
    return {
        "variables": set(state.variables),
        "items": set(state.items),
        "places": {state.place},
        "cast": set(state.present) | set(state.known),
        "threads": set(state.threads) | set(state.closed),
        "facts": set(state.facts).union(*state.known.values()),
        "storylets": set(state.seen),
    }


def fits(value: bool | int, bounds: Bounds | None) -> bool:
    if bounds is None:
        return isinstance(value, bool)
    return not isinstance(value, bool) and bounds.low <= value <= bounds.high


@given(states, packs())
def test_whatever_changed_all_in_the_state_is_declared_and_every_number_is_in_its_bounds(state: StoryState, pack: Pack) -> None:
    after = replay(state, carried({}, state, pack).effects)
    for shelf, names in names_in(after).items():
        assert names <= set(getattr(pack.declared, shelf)), shelf
    assert after.variables.keys() == pack.declared.variables.keys()
    assert all(fits(value, pack.declared.variables[name]) for name, value in after.variables.items())
    assert 1 <= after.act <= pack.acts
    assert (after.turn, after.notes) == (state.turn, state.notes)


@given(states, packs())
def test_what_was_moved_once_is_not_moved_again(state: StoryState, pack: Pack) -> None:
    after = replay(state, within(state, pack))
    assert carried({}, after, pack) == carried({}, pack.initial, pack)
    assert within(after, pack) == ()


@given(states, packs())
def test_what_the_pack_still_has_stays(state: StoryState, pack: Pack) -> None:
    after = replay(state, within(state, pack))
    assert after.items == state.items & pack.declared.items
    assert after.facts == state.facts & pack.declared.facts.keys()
    assert after.closed == state.closed & pack.declared.threads
    assert dict(after.threads) == {name: turn for name, turn in state.threads.items() if name in pack.declared.threads}
    assert dict(after.seen) == {name: turn for name, turn in state.seen.items() if name in pack.declared.storylets}


@given(states, packs())
def test_every_line_is_a_sentence_that_is_said_once(state: StoryState, pack: Pack) -> None:
    lines = carried({}, state, pack).lines
    assert len(lines) == len(set(lines))
    assert all(line.endswith(".") and line[:1] in (line[:1].upper(), "“") for line in lines)


def test_nothing_is_said_and_nothing_moves_when_the_pack_is_the_same() -> None:
    told = carried(declarations_of(FERRY), FERRY.initial, FERRY)
    assert (told.lines, told.effects) == ((), ())


BEFORE = replace(
    FERRY.initial,
    variables={"courage": 3, "wet": True},
    items=frozenset({"lantern"}),
    threads={"the_bell": 1},
    facts=frozenset({"river_low"}),
)


def declaring(declared: Declarations) -> Pack:
    """The ferry with other declarations; its story begins on the raft, and each variable at its least."""
    start = {name: False if each is None else each.low for name, each in declared.variables.items()}
    return replace(FERRY, declared=declared, initial=replace(FERRY.initial, place="raft", variables=start))


def counting(**bounds: Bounds | None) -> Declarations:
    return replace(FERRY.declared, variables={**FERRY.declared.variables, **bounds})


@pytest.mark.parametrize(
    ("declared", "line"),
    [
        (replace(FERRY.declared, items=frozenset()), "This story no longer has the lantern."),
        (replace(FERRY.declared, threads=frozenset()), "The promise “Who rings on the far side?” is gone."),
        (replace(FERRY.declared, cast=frozenset()), "Odile is no longer in this story."),
        (replace(FERRY.declared, facts={}), "“The river is low.” no longer counts."),
        (replace(FERRY.declared, places=frozenset({"raft"})), "The landing is gone; the story goes on at the raft."),
        (replace(FERRY.declared, variables={"courage": Bounds(0, 3, 2)}), "Wet is no longer kept."),
        (counting(courage=Bounds(0, 2, 2)), "Courage goes from 0 to 2 now; it was 3 and is 2."),
        (counting(wet=Bounds(0, 2, 1)), "Wet goes from 0 to 2 now; it was true and is 0."),
        (counting(courage=None), "Courage is only true or false now; it is false."),
    ],
    ids=["item", "thread", "cast", "fact", "place", "variable", "bounds", "counted", "true or false"],
)
def test_what_is_gone_or_moved_is_said_by_the_name_that_it_had(declared: Declarations, line: str) -> None:
    assert carried(declarations_of(FERRY), BEFORE, declaring(declared)).lines == (line,)


def test_where_no_name_is_remembered_the_id_stands_in_words() -> None:
    pack = declaring(replace(FERRY.declared, threads=frozenset()))
    assert carried({}, BEFORE, pack).lines == ("The promise “the bell” is gone.",)
