"""Effects: bounded, deterministic, and replayed to the same state."""

from collections.abc import Callable
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.story import (
    Effect,
    EffectError,
    StoryState,
    acts_on,
    apply,
    effect_from_json,
    knows,
    parse_effect,
    replay,
    state_from_json,
)
from game.story.changes import MAX_NOTES, OpenState
from tests.story.worlds import START, WORLD, effects, histories


@given(histories)
def test_no_effects_whatever_leave_the_bounds(history: list[Effect]) -> None:
    state, _ = apply(START, history, WORLD)
    assert 0 <= state.variables["trust"] <= 5
    assert -3 <= state.variables["debt"] <= 3
    assert isinstance(state.variables["lit"], bool)
    assert not isinstance(state.variables["trust"], bool)
    assert 1 <= state.act <= 3
    assert state.place in WORLD.places
    assert state.present <= WORLD.cast
    assert state.items <= WORLD.items
    assert set(state.threads) | state.closed <= WORLD.threads
    assert not set(state.threads) & state.closed
    assert len(state.notes) <= MAX_NOTES
    assert state.variables.keys() == START.variables.keys()


@given(histories)
def test_of_two_facts_about_one_thing_only_one_is_true(history: list[Effect]) -> None:
    state, _ = apply(START, history, WORLD)
    assert not {"dead", "alive"} <= state.facts


@given(histories)
def test_replaying_what_was_applied_gives_the_same_state(history: list[Effect]) -> None:
    state, applied = apply(START, history, WORLD)
    assert replay(START, applied) == state


@given(histories)
def test_what_was_applied_survives_json_and_needs_no_declarations(history: list[Effect]) -> None:
    state, applied = apply(START, history, WORLD)
    again = [effect_from_json(effect.to_json()) for effect in applied]
    assert replay(START, again).hash == state.hash


@given(histories)
def test_applying_twice_from_the_same_state_gives_the_same(history: list[Effect]) -> None:
    assert apply(START, history, WORLD) == apply(START, history, WORLD)


@given(histories, st.integers(0, 60))
def test_applying_in_two_parts_equals_applying_at_once(history: list[Effect], cut: int) -> None:
    middle, first = apply(START, history[:cut], WORLD)
    state, rest = apply(middle, history[cut:], WORLD)
    assert apply(START, history, WORLD) == (state, (*first, *rest))


@given(histories)
def test_the_state_before_is_never_touched(history: list[Effect]) -> None:
    before = START.hash
    apply(START, history, WORLD)
    assert before == START.hash


@given(effects.filter(lambda effect: effect.kind != "add"))
def test_an_effect_that_changes_nothing_is_not_among_the_applied(effect: Effect) -> None:
    state, _ = apply(START, [effect], WORLD)
    assert apply(state, [effect], WORLD) == (state, ())


@given(histories)
def test_a_state_survives_json(history: list[Effect]) -> None:
    state, _ = apply(START, history, WORLD)
    again = state_from_json(state.to_json())
    assert again == state
    assert again.hash == state.hash


def test_one_step_of_a_variable_is_no_longer_than_declared() -> None:
    state, applied = apply(START, [Effect("add", "trust", 100)], WORLD)
    assert state.variables["trust"] == 3
    assert applied == (Effect("set", "trust", 3),)


def test_a_thread_remembers_when_it_was_opened() -> None:
    state, _ = apply(replace(START, turn=4), [Effect("open", "who"), Effect("turn", "", 9), Effect("open", "who")], WORLD)
    assert state.threads == {"who": 4}


def test_a_closed_thread_can_be_opened_again() -> None:
    state, _ = apply(START, [Effect("open", "who"), Effect("close", "who"), Effect("open", "who")], WORLD)
    assert "who" in state.threads
    assert state.closed == frozenset()


def test_acts_never_turn_back() -> None:
    state, _ = apply(START, [Effect("act", "", 3), Effect("act", "", 1)], WORLD)
    assert state.act == 3


def test_the_oldest_notes_go_first() -> None:
    state, _ = apply(START, [Effect("note", f"note {n}") for n in range(MAX_NOTES + 5)], WORLD)
    assert (state.notes[0], state.notes[-1]) == ("note 5", f"note {MAX_NOTES + 4}")


@pytest.mark.parametrize(
    ("text", "effect"),
    [
        ("trust + 1", Effect("add", "trust", 1)),
        ("trust-2", Effect("add", "trust", -2)),
        ("  trust = 3 ", Effect("set", "trust", 3)),
        ("debt = -3", Effect("set", "debt", -3)),
        ("lit = true", Effect("set", "lit", True)),
        ("lit = false", Effect("set", "lit", False)),
        ("gain key", Effect("gain", "key")),
        ("lose  key", Effect("lose", "key")),
        ("go hall", Effect("go", "hall")),
        ("enter ann", Effect("enter", "ann")),
        ("leave ann", Effect("leave", "ann")),
        ("open who", Effect("open", "who")),
        ("close who", Effect("close", "who")),
        ("fact dead", Effect("fact", "dead")),
        ("tell  ann dead", Effect("tell", "ann dead")),
        ("act 2", Effect("act", "", 2)),
        ('note "The dog, again."', Effect("note", "The dog, again.")),
    ],
)
def test_an_effect_is_read_as_an_author_writes_it(text: str, effect: Effect) -> None:
    assert parse_effect(text) == effect


@pytest.mark.parametrize(
    "text",
    [
        "",
        "trust",
        "trust +",
        "trust + x",
        "trust += 1",
        "trust + 1 + 1",
        "gain",
        "gain two things",
        "act two",
        "seen start",
        "tell ann",
        "tell ann dead twice",
        "turn",
        "trust = 12345678901",
        "note unquoted",
        'note ""',
        'note "a" "b"',
        "Trust + 1",
        "trust + 1; go hall",
    ],
)
def test_what_is_no_effect_is_refused(text: str) -> None:
    with pytest.raises(EffectError):
        parse_effect(text)


@given(st.text(max_size=40))
def test_any_text_is_an_effect_or_an_effect_error(text: str) -> None:
    try:
        effect = parse_effect(text)
    except EffectError:
        return
    assert effect_from_json(effect.to_json()) == effect


@pytest.mark.parametrize("kind", ["set", "add", "gain", "lose", "go", "enter", "leave", "open", "close", "fact", "seen"])
def test_nothing_acts_on_what_is_not_declared(kind: str) -> None:
    effect = Effect(kind, "nobody", 1)
    with pytest.raises(EffectError, match="nobody"):
        apply(START, [effect], WORLD)
    assert [name for _, name, _ in acts_on(effect, WORLD)] == ["nobody"]


@pytest.mark.parametrize(("name", "missing"), [("cy dead", "cy"), ("ann gone", "gone"), ("ann", '""')])
def test_only_those_who_are_declared_are_told_only_what_is(name: str, missing: str) -> None:
    with pytest.raises(EffectError, match=missing):
        apply(START, [Effect("tell", name)], WORLD)


def test_who_was_told_a_fact_knows_it_and_nobody_else_does() -> None:
    state, _ = apply(START, [Effect("tell", "ann dead")], WORLD)
    assert [knows(state, member, "dead", WORLD) for member in ("ann", "bo")] == [True, False]


def test_what_is_known_from_the_start_need_not_be_told() -> None:
    assert knows(START, "bo", "wet", WORLD)
    assert apply(START, [Effect("tell", "bo wet")], WORLD) == (START, ())


def test_a_state_in_which_nobody_was_told_anything_looks_as_before_that_was_kept() -> None:
    told, _ = apply(START, [Effect("tell", "ann dead")], WORLD)
    assert "known" not in START.to_json()
    assert told.to_json() == {**START.to_json(), "known": {"ann": ["dead"]}}


def test_what_is_true_or_false_is_not_counted() -> None:
    with pytest.raises(EffectError, match="true or false"):
        apply(START, [Effect("add", "lit", 1)], WORLD)


def test_a_state_does_not_grow_with_the_story() -> None:
    state = START
    sizes = []
    for turn in range(1, 400):
        story = [
            Effect("turn", "", turn),
            Effect("note", f"{turn}"),
            Effect("seen", "start"),
            Effect("open", "who"),
            Effect("close", "who"),
        ]
        state, _ = apply(state, story, WORLD)
        sizes.append(len(str(state.to_json())))
    assert max(sizes[200:]) - min(sizes[200:]) < 100


def test_equal_states_have_equal_hashes_and_others_others() -> None:
    one = StoryState(place="hall", items=frozenset(["key", "lamp"]), variables={"a": 1, "b": 2})
    two = StoryState(place="hall", items=frozenset(["lamp", "key"]), variables={"b": 2, "a": 1})
    assert one.hash == two.hash
    assert one.hash != replace(one, turn=1).hash


def test_an_open_state_holds_what_a_state_does_in_the_same_order() -> None:
    assert [each.name for each in fields(OpenState)] == [each.name for each in fields(StoryState)]


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("variables trust", lambda state: "trust" in state.variables),
        ("threads debt", lambda state: "debt" in state.threads),
        ("closed oath", lambda state: "oath" in state.closed),
        ("seen arrival", lambda state: "arrival" in state.seen),
        ("known ann dead", lambda state: "ann" in state.known),
    ],
)
def test_what_is_forgotten_is_in_the_state_no_longer(name: str, left: Callable[[StoryState], bool]) -> None:
    full = replace(
        START,
        threads={"debt": 1},
        closed=frozenset({"oath"}),
        seen={"arrival": 1},
        known={"ann": frozenset({"dead"})},
    )
    assert left(full)
    assert not left(replay(full, [Effect("forget", name)]))


def test_one_fact_is_forgotten_and_the_others_stay_known() -> None:
    state = replace(START, known={"ann": frozenset({"dead", "wet"})})
    assert replay(state, [Effect("forget", "known ann dead")]).known == {"ann": frozenset({"wet"})}


def test_nothing_else_of_a_state_can_be_forgotten() -> None:
    with pytest.raises(ValueError, match="no part of a state"):
        replay(START, [Effect("forget", "place gallery")])


def test_an_author_cannot_write_that_something_is_forgotten() -> None:
    with pytest.raises(EffectError):
        parse_effect("forget variables trust")
