"""The stub's prose: expansion, modifiers, bindings, draws, and what was said before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.packs import Telling, builtin_symbols
from game.packs.grammar import MODIFIERS, Grammar, GrammarError, Rule
from game.packs.notation import Action, Stray, Symbol, parts_of
from game.story import Conditions, Declarations, Player, StoryState, StubBeat, compile_condition

GRAMMAR = Grammar(
    {
        "water": tuple(map(Rule, ("grey water", "black water", "the same water", "no water"))),
        "boat": (Rule("skiff"), Rule("old #wood# punt")),
        "wood": (Rule("oak"), Rule("elm")),
        "sky": (Rule("stars"), Rule("fog", compile_condition("turn > 2"))),
        "rare": (Rule("often", weight=99), Rule("seldom")),
        "tone": (Rule("coldly", compile_condition("mood_wary")), Rule("kindly", compile_condition("!mood_wary"))),
        "again": (Rule("once more", compile_condition("said_water")), Rule("for once", compile_condition("!said_water"))),
        "tale": (Rule("#hero# and #hero#'s dog"),),
        "remark": (Rule("Aye.", speaker="odile", expression="wary"), Rule("No.", speaker="gone")),
        "never": (Rule("x", compile_condition("turn > 99")), Rule("y", compile_condition("turn > 99"))),
    }
)


def telling(
    key: str = "k",
    seed: int = 1,
    turn: int = 1,
    player: Player | None = None,
    said: frozenset[str] = frozenset(),
    before: int = 0,
) -> Telling:
    builtin = builtin_symbols(player or Player(name="ines", pronouns="she"))
    state = StoryState(turn=turn, present=frozenset(["odile"]))
    return Telling(seed, key, state, Conditions(Declarations()), builtin, before, said)


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
    plain = text.replace("#", "").replace("[", "").replace("\\", "")
    assert GRAMMAR.expand(plain, telling()) == plain


@given(st.text())
def test_what_is_escaped_stays_as_it_is(text: str) -> None:
    escaped = "".join(f"\\{char}" if char in "#[],\\" else char for char in text)
    assert GRAMMAR.expand(escaped, telling()) == text
    assert GRAMMAR.expand(f"[it:.{escaped}.]#it#", telling()) == f".{text}."


@given(st.text(st.sampled_from("#ab._ A[]:,\\")))
def test_any_text_can_be_read_and_keeps_every_plain_letter(text: str) -> None:
    parts = parts_of(text)
    assert "A" not in text or any(isinstance(part, str | Action) and "A" in str(part) for part in parts)
    assert all(part.text in "#[" for part in parts if isinstance(part, Stray))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a#b#c", ("a", Symbol("b"), "c")),
        ("#b.a.capitalize#", (Symbol("b", ("a", "capitalize")),)),
        ("#[b:x]c.s#", (Symbol("c", ("s",), (Action("b", ("x",)),)),)),
        ("#[b:x][d:#e#]c#", (Symbol("c", (), (Action("b", ("x",)), Action("d", ("#e#",)))),)),
        ("[b:x, y#z.s#]!", (Action("b", ("x", "y#z.s#")), "!")),
        ("[b:#[c:x,y]d#,z]", (Action("b", ("#[c:x,y]d#", "z")),)),
        ("[b:x\\, y]", (Action("b", ("x\\, y",)),)),
        ("[b:POP]", (Action("b"),)),
        ("#1 [sic]", (Stray("#"), "1 ", Stray("["), "sic]")),
        ("[a:[a:[a:[a:x]]]]", (Stray("["), "a:", Action("a", ("[a:[a:x]]",)), "]")),
        ("\\#b# \\n", ("#b", Stray("#"), " \\n")),
    ],
)
def test_a_text_is_cut_into_its_parts(text: str, parts: tuple[object, ...]) -> None:
    assert parts_of(text) == parts


def test_a_name_that_is_bound_stands_for_one_thing_from_there_on() -> None:
    for seed in range(9):
        first, second = GRAMMAR.expand("[it:#water#]#it#|#it#", told := telling(seed=seed)).split("|")
        assert first == second
        assert GRAMMAR.expand("#it#", told) == first


def test_a_name_bound_in_front_of_a_symbol_is_bound_for_it_alone() -> None:
    told = telling()
    assert GRAMMAR.expand("[hero:Ann]#[hero:Bo]tale#; #tale#", told) == "Bo and Bo's dog; Ann and Ann's dog"


def test_a_name_can_be_given_back() -> None:
    assert GRAMMAR.expand("[wood:ash]#wood#", told := telling()) == "ash"
    assert GRAMMAR.expand("[wood:yew]#wood#[wood:POP] #wood#", told) == "yew ash"
    assert GRAMMAR.expand("[wood:POP]#wood#", told) in ("oak", "elm")
    assert GRAMMAR.expand("[wood:POP]#wood#", told) in ("oak", "elm")


@pytest.mark.parametrize("seed", range(9))
def test_of_texts_with_commas_between_them_each_comes_before_one_comes_again(seed: int) -> None:
    assert sorted(GRAMMAR.expand("[it:a,b,c]#it##it##it#", telling(seed=seed))) == ["a", "b", "c"]


def test_what_was_bound_is_not_read_as_a_text_again() -> None:
    told = telling(player=Player(name="#water#"))
    assert GRAMMAR.expand("[it:#player#]#it#", told) == "#water#"


def test_the_mood_of_a_beat_decides_on_its_words() -> None:
    told = telling()
    said = []
    for expression in ("wary", "warm", None):
        assert told.holds(StubBeat(("x",), "odile" if expression else None, expression))
        said.append(GRAMMAR.expand("#tone#", told))
    assert said == ["coldly", "kindly", "kindly"]


def test_a_condition_hears_what_was_read_in_this_scene_and_before_it() -> None:
    assert GRAMMAR.expand("#again#", telling()) == "for once"
    assert GRAMMAR.expand("#water#|#again#", telling()).endswith("|once more")
    assert GRAMMAR.expand("#again#", telling(said=frozenset(["#water.2"]))) == "once more"
    assert GRAMMAR.expand("#again#", telling(said=frozenset(["#waters.2", "water.2"]))) == "for once"


@given(st.integers(0, 2**40), st.sets(st.integers(1, 4)))
def test_what_was_read_on_the_way_is_not_taken_while_something_else_is_left(seed: int, read: set[int]) -> None:
    told = telling(seed=seed, said=frozenset(f"#water.{n}" for n in read))
    drawn = [GRAMMAR.expand("#water#", told) for _ in range(4)]
    old = {GRAMMAR.rules["water"][n - 1].text for n in read}
    assert len(set(drawn)) == 4
    assert set(drawn[: 4 - len(read)]).isdisjoint(old)


@given(st.integers(0, 2**40), st.sets(st.integers(1, 4)), st.integers(0, 7))
def test_each_telling_takes_another_expansion_than_the_one_before(seed: int, read: set[int], before: int) -> None:
    said = frozenset(f"#water.{n}" for n in read)
    first, second = (GRAMMAR.expand("#water#", telling(seed=seed, said=said, before=before + n)) for n in (0, 1))
    assert first != second


@given(st.integers(0, 2**40), st.sets(st.integers(1, 3), max_size=2), st.integers(0, 5))
def test_the_texts_of_a_beat_come_in_turn_and_first_those_that_were_not_read(seed: int, read: set[int], before: int) -> None:
    beat = StubBeat(("a", "b", "c"), rule="x.1")
    said = frozenset(f"x.1.{n}" for n in read)
    text, rule = telling(seed=seed, said=said).text_of(beat)
    assert rule not in said
    assert text == "abc"[int(rule[-1]) - 1]
    assert len({telling(seed=seed, said=said, before=before + n).text_of(beat)[0] for n in range(3)}) == 3


def test_a_beat_is_credited_with_the_expansions_that_were_taken_for_it() -> None:
    told = telling()
    GRAMMAR.expand("#boat# #player#", told)
    names = told.credit("arrival.2").split(" ")
    assert names[0] == "arrival.2"
    assert {name.rstrip("0123456789") for name in names[1:]} <= {"boat.", "wood."}
    assert told.credit("arrival.3") == "arrival.3"


@pytest.mark.parametrize("seed", range(9))
def test_whoever_is_not_there_does_not_speak(seed: int) -> None:
    spoken = GRAMMAR.spoken("#remark#", telling(seed=seed))
    assert (spoken.text, spoken.speaker, spoken.expression) == ("Aye.", "odile", "wary")
    assert GRAMMAR.spoken("#remark.s#", telling(seed=seed)) == Rule("#remark.s#")


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
        ("capitalizeAll", "the old punt", "The Old Punt"),
        ("ed", "row", "rowed"),
        ("ed", "smile at her", "smiled at her"),
        ("ed", "carry oars", "carried oars"),
        ("ed", "stay", "stayed"),
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
