"""The stub's prose: expansion, modifiers, and draws."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.packs import Telling, builtin_symbols
from game.packs.grammar import MODIFIERS, Grammar, GrammarError, Rule, parts_of
from game.story import Conditions, Declarations, Player, StoryState, compile_condition

GRAMMAR = Grammar(
    {
        "water": tuple(map(Rule, ("grey water", "black water", "the same water", "no water"))),
        "boat": (Rule("skiff"), Rule("old #wood# punt")),
        "wood": (Rule("oak"), Rule("elm")),
        "sky": (Rule("stars"), Rule("fog", compile_condition("turn > 2"))),
        "rare": (Rule("often", weight=99), Rule("seldom")),
        "never": (Rule("x", compile_condition("turn > 99")), Rule("y", compile_condition("turn > 99"))),
    }
)


def telling(key: str = "k", seed: int = 1, turn: int = 1, player: Player | None = None) -> Telling:
    builtin = builtin_symbols(player or Player(name="ines", pronouns="she"))
    return Telling(seed, key, StoryState(turn=turn), Conditions(Declarations()), builtin)


texts = st.lists(
    st.sampled_from(
        ["#water#", "#boat.a#", "#sky.capitalize#", "#player#", "#wood.s.capitalize#", " and ", "“", "é", "👩‍🚀", "."]
    )
).map("".join)


@given(texts, st.integers(0, 2**40), st.text(max_size=9))
def test_expansion_depends_on_the_seed_and_the_key_alone(text: str, seed: int, key: str) -> None:
    first = GRAMMAR.expand(text, telling(key, seed))
    GRAMMAR.expand("#water##boat#", telling("elsewhere", seed))
    assert GRAMMAR.expand(text, telling(key, seed)) == first


@given(texts, st.integers(0, 2**40))
def test_no_symbol_is_left(text: str, seed: int) -> None:
    assert "#" not in GRAMMAR.expand(text, telling(seed=seed))


@given(st.text())
def test_a_text_without_symbols_stays_as_it_is(text: str) -> None:
    plain = text.replace("#", "")
    assert GRAMMAR.expand(plain, telling()) == plain


@given(st.text(st.sampled_from("#ab._ A")))
def test_the_parts_of_a_text_make_it_up(text: str) -> None:
    parts = parts_of(text)
    again = "".join(part if isinstance(part, str) else f"#{'.'.join((part.name, *part.modifiers))}#" for part in parts)
    assert again == text


@pytest.mark.parametrize("seed", range(20))
def test_no_expansion_comes_again_while_others_are_left(seed: int) -> None:
    told = telling(seed=seed)
    drawn = [GRAMMAR.expand("#water#", told) for _ in range(12)]
    for start in (0, 4, 8):
        assert len(set(drawn[start : start + 4])) == 4


def test_different_keys_give_different_prose() -> None:
    drawn = {GRAMMAR.expand("#water#, #water#", telling(f"key {n}")) for n in range(60)}
    assert len(drawn) == 12


def test_a_rule_is_there_only_when_its_condition_holds() -> None:
    assert {GRAMMAR.expand("#sky#", telling(seed=seed, turn=1)) for seed in range(30)} == {"stars"}
    assert {GRAMMAR.expand("#sky#", telling(seed=seed, turn=3)) for seed in range(30)} == {"stars", "fog"}


def test_when_no_condition_holds_something_is_told_all_the_same() -> None:
    assert GRAMMAR.expand("#never#", telling()) in ("x", "y")


def test_a_weight_makes_a_rule_likelier() -> None:
    drawn = [GRAMMAR.expand("#rare#", telling(seed=seed)) for seed in range(400)]
    assert 0 < drawn.count("seldom") < 20


def test_drawing_one_symbol_does_not_disturb_another() -> None:
    alone = GRAMMAR.expand("#water#", telling())
    told = telling()
    GRAMMAR.expand("#boat# #sky#", told)
    assert GRAMMAR.expand("#water#", told) == alone


@pytest.mark.parametrize(
    ("modifier", "before", "after"),
    [
        ("capitalize", "grey water", "Grey water"),
        ("capitalize", "“grey", "“Grey"),
        ("capitalize", "élan", "Élan"),
        ("capitalize", "e\u0301lan", "E\u0301lan"),
        ("capitalize", "ßa", "Ssa"),
        ("capitalize", "ǆ", "ǅ"),
        ("capitalize", "👩‍🚀 x", "👩‍🚀 x"),
        ("capitalize", "", ""),
        ("a", "lamp", "a lamp"),
        ("a", "oar", "an oar"),
        ("a", "“oar”", "an “oar”"),
        ("a", "hour", "an hour"),
        ("a", "uniform", "a uniform"),
        ("a", "uninvited guest", "an uninvited guest"),
        ("a", "one-eyed dog", "a one-eyed dog"),
        ("a", "onion", "an onion"),
        ("s", "lamp", "lamps"),
        ("s", "box", "boxes"),
        ("s", "ferry", "ferries"),
        ("s", "day", "days"),
        ("s", "“witch”", "“witches”"),
        ("s", "bell.", "bells."),
    ],
)
def test_a_modifier_changes_a_text(modifier: str, before: str, after: str) -> None:
    assert MODIFIERS[modifier](before) == after


def test_modifiers_are_applied_in_turn() -> None:
    assert GRAMMAR.expand("#player.a.capitalize#", telling()) == "An ines"


@pytest.mark.parametrize(
    ("pronouns", "text"),
    [
        ("she", "she her her hers herself"),
        ("he", "he him his his himself"),
        ("they", "they them their theirs themself"),
    ],
)
def test_the_players_pronouns_are_built_in(pronouns: str, text: str) -> None:
    told = telling(player=Player(pronouns=pronouns))
    assert GRAMMAR.expand("#they# #them# #their# #theirs# #themself#", told) == text


def test_a_players_name_is_never_taken_for_a_symbol() -> None:
    assert GRAMMAR.expand("#player#", telling(player=Player(name="#water#"))) == "#water#"


@pytest.mark.parametrize("text", ["#missing#", "#water.shout#"])
def test_what_is_missing_is_an_error(text: str) -> None:
    with pytest.raises(GrammarError):
        GRAMMAR.expand(text, telling())
