"""Conditions: a small language, and nothing beyond it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.story import ConditionError, Conditions, Effect, StoryState, apply, compile_condition, known_names
from game.story.conditions import MAX_LENGTH, evaluate
from tests.story.worlds import START, WORLD, histories

STATE, _ = apply(
    replace(START, turn=4),
    [
        Effect("gain", "key"),
        Effect("open", "who"),
        Effect("close", "why"),
        Effect("fact", "dead"),
        Effect("tell", "ann dead"),
        Effect("seen", "start"),
        Effect("add", "trust", 2),
    ],
    WORLD,
)


@pytest.mark.parametrize(
    "text",
    [
        "trust == 3",
        "trust > 2 && !lit",
        "has_key || has_lamp",
        "seen_start && !seen_end",
        "at_hall && !at_yard",
        "present_ann && !present_bo",
        "open_who && closed_why && !open_why",
        "fact_dead && !fact_alive",
        "knows_ann_dead && !knows_bo_dead && knows_bo_wet",
        "turn == 4 && act == 1",
        "turn in [1, 4]",
        "(lit ? 1 : 2) + trust * 2 == 8",
        "debt >= -3",
        "true",
    ],
)
def test_a_condition_reads_what_is_declared(text: str) -> None:
    assert evaluate(text, STATE, WORLD) is True
    assert evaluate(f"!({text})", STATE, WORLD) is False


@pytest.mark.parametrize(
    "text",
    [
        "size('abc') > 2",
        "int('1') == 1",
        "type(trust) == int",
        "dyn(trust) == 1",
        "matches('a', 'a')",
        "trust.size() > 1",
        "[1].all(x, x > 0)",
        "[1].exists(x, x > 0)",
        "[1].map(x, x) == [1]",
        "has(trust.x)",
        "trust.x",
        "[1][0] == 1",
        "{'a': 1}['a'] == 1",
        "timestamp('x') == 1",
    ],
)
def test_a_condition_has_no_calls_no_macros_and_no_fields(text: str) -> None:
    with pytest.raises(ConditionError):
        compile_condition(text)


@pytest.mark.parametrize("text", ["", "trust >", "trust = 3", "trust and lit", "(((", "a b", "'open", "/* x */"])
def test_what_does_not_parse_is_one_line(text: str) -> None:
    with pytest.raises(ConditionError) as caught:
        compile_condition(text)
    assert str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_condition_is_not_longer_than_its_bound() -> None:
    compile_condition("trust > 1" + " " * (MAX_LENGTH - 9))
    with pytest.raises(ConditionError, match="200"):
        compile_condition("trust > 1" + " " * (MAX_LENGTH - 8))


@pytest.mark.parametrize(
    "text", ["[" * 200, "(" * 100 + ")" * 100, "!" * 199 + "a", "-" * 199 + "1", "a" + "?a:a" * 49, "1+" * 99 + "1"]
)
def test_a_condition_nested_as_deep_as_it_can_be_compiles_or_is_refused(text: str) -> None:
    try:
        condition = compile_condition(text)
    except ConditionError:
        return
    assert Conditions(WORLD).holds(condition, START) in (True, False)


@given(st.text(max_size=60))
def test_any_text_is_a_condition_or_a_condition_error(text: str) -> None:
    try:
        condition = compile_condition(text)
    except ConditionError:
        return
    assert Conditions(WORLD).holds(condition, START) in (True, False)


@pytest.mark.parametrize(
    "text", ["1 / debt > 0", "turn % debt == 0", "trust + 9223372036854775807 > 0", "lit > trust", "trust", "'text'"]
)
def test_what_cannot_be_worked_out_is_not_true(text: str) -> None:
    assert evaluate(text, START, WORLD) is False


def test_a_name_that_is_not_declared_is_refused() -> None:
    with pytest.raises(ConditionError, match="has_sword"):
        evaluate("has_sword", START, WORLD)


def test_no_condition_always_holds() -> None:
    assert Conditions(WORLD).holds(None, START)


@pytest.mark.parametrize("text", ["trust", "!trust", "trust && lit", "lit || trust", "trust + 1", "'yes'", "lit ? 1 : 2"])
def test_what_does_not_come_to_true_or_false_is_said(text: str) -> None:
    with pytest.raises(ConditionError):
        Conditions(WORLD).check_kind(compile_condition(text))


@pytest.mark.parametrize("text", ["trust > 1", "lit", "1 / debt > 0"])
def test_what_comes_to_true_or_false_is_a_condition(text: str) -> None:
    Conditions(WORLD).check_kind(compile_condition(text))


@given(histories)
def test_every_known_name_can_be_read_in_every_state(history: list[Effect]) -> None:
    state, _ = apply(START, history, WORLD)
    conditions = Conditions(WORLD)
    for name in known_names(WORLD):
        assert conditions.holds(compile_condition(f"{name} == {name}"), state)


@given(st.lists(histories, min_size=1, max_size=4))
def test_one_evaluator_over_many_states_says_what_a_new_one_says(stories: list[list[Effect]]) -> None:
    condition = compile_condition("trust > 2 || has_key && !open_who")
    reused = Conditions(WORLD)
    states: list[StoryState] = [apply(START, story, WORLD)[0] for story in stories]
    for state in (*states, *reversed(states)):
        assert reused.holds(condition, state) == Conditions(WORLD).holds(condition, state)


def test_a_variable_that_an_old_state_lacks_reads_as_its_lowest_value() -> None:
    assert evaluate("trust == 0 && debt == -3 && !lit", StoryState(place="hall"), WORLD)


def test_what_is_read_of_a_telling_is_true_where_the_telling_says_so() -> None:
    condition = compile_condition("mood_wary && !said_fog && trust >= 0")
    assert condition.words == ("mood_wary", "said_fog")
    conditions = Conditions(WORLD)
    conditions.check_kind(condition)
    told = [
        conditions.holds(condition, START, words) for words in ({"mood_wary"}, {"mood_wary", "said_fog"}, set(), {"mood_wary"})
    ]
    assert told == [True, False, False, True]
    assert not conditions.holds(condition, START)
