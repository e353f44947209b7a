"""How much of a growing text may be shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.narrator.gate import Gate, Read, gate_rules
from game.story import BeatKind, Player

RULES = gate_rules(Player(name="Ines"), "general", "en", 400)
READ = "The lamp turned over the black water as it had all night long."


def gate(kind: BeatKind = "narration", names: tuple[str, ...] = ()) -> Gate:
    return Gate(RULES, Read([READ]), kind, names)


def shown(text: str, size: int = 1000, kind: BeatKind = "narration", cut: bool = False, names: tuple[str, ...] = ()) -> str:
    keeper = gate(kind, names)
    pieces = [text[start : start + size] for start in range(0, len(text), size)]
    return ("".join(keeper.feed(piece) for piece in pieces) + keeper.close(cut)).rstrip()


def test_plain_prose_passes_untouched() -> None:
    text = "Fog lies on the planks. A chain counts its links, slowly; nobody answers it."
    assert shown(text) == text


def test_plain_prose_flows_word_by_word() -> None:
    keeper = gate()
    assert keeper.feed("The door stands open and ket") == "The door stands open"
    assert keeper.feed("tles boil somewhere be") == " and kettles boil somewhere"


BAD = [
    ('You walk in. "Who is there?" you ask. Nobody.', "You walk in. Nobody.", "speaks_for_player"),
    ("Rain falls outside and you quietly tell her everything. She nods.", "Rain falls outside… She nods.", "speaks_for_player"),
    ("You decide to trust him. The lamp gutters.", "The lamp gutters.", "speaks_for_player"),
    ("The **door** opens <b>wide</b>.", "The door opens wide.", "markup"),
    ("<think>She should lie\nhere.</think>The door opens.", "The door opens.", "reasoning"),
    ("A key \u202eturns\x00 here.", "A key turns here.", "control_characters"),
    (f"{READ} Then it stopped.", "Then it stopped.", "repeats"),
    ("The lamp turned over the black water as it had all last night. Rain.", "Rain.", "repeats"),
    ("Shit happens on boats. It rains.", "It rains.", "over_rating"),
    ("Она ушла. It rains.", "It rains.", "wrong_language"),
    ('The long shelf {"s": "x"} is bare. It rains.', "The long shelf… It rains.", "markup"),
]


@pytest.mark.parametrize(("text", "passed", "code"), BAD)
def test_what_may_not_be_shown_is_held_back_with_its_code(text: str, passed: str, code: str) -> None:
    keeper = gate()
    assert (keeper.feed(text) + keeper.close()).rstrip() == passed
    assert code in keeper.repairs


@pytest.mark.parametrize("size", [1, 2, 3, 5, 11])
@pytest.mark.parametrize("text", [text for text, _, _ in BAD])
def test_the_result_does_not_depend_on_the_pieces(text: str, size: int) -> None:
    assert shown(text, size) == shown(text)


def test_a_line_loses_its_label_and_its_quotes() -> None:
    assert shown('Maren: "You said nothing."', kind="line", names=("maren", "Maren")) == "You said nothing."


def test_a_cast_member_may_say_what_the_player_said() -> None:
    assert shown("You say the light went out. It never did.", kind="line") == "You say the light went out. It never did."


def test_a_text_that_breaks_off_ends_where_it_was_shown() -> None:
    assert shown("The door stands open and the wa", cut=True) == "The door stands open…"


@pytest.mark.parametrize("text", ["The lamp turns", "The lamp turns,", "The lamp turns ("])
def test_a_missing_full_stop_is_set(text: str) -> None:
    assert shown(text) == "The lamp turns."


def test_a_beat_ends_with_the_sentence_that_passes_the_limit() -> None:
    keeper = gate()
    text = (
        "A gull considers the third plank. Somewhere a chain is paid out, link by link. The kettle has boiled dry and "
        "nobody minds. Salt has grown on the hinges like moss. Eleven crates stand along one wall. The smallest has been "
        "opened, and closed with care. Under the bench sleeps a dog of no particular breed. Rain begins, thinks better of "
        "it, and goes round by the north. Tar drips. Whoever swept this floor began in one corner and lost heart. Two "
        "cups hang from numbered hooks. Beyond the window there is only a brightness that comes and goes."
    )
    passed = keeper.feed(text) + keeper.close()
    assert 400 <= len(passed.rstrip()) < 460 < len(text)
    assert "too_long" in keeper.repairs


_WORDS = st.sampled_from([
    "fog", "You", "you", "say", '"Hello,"', "ask", "<b>", "</b>", "<think>", "</think>", "*", "the lamp", "Ines:", "{", "он",
    "The lamp turned over the black water as it had all night long.", ".", "!", "…", "\n", "\u202e", "“", "”", "Maren:", "shit",
])  # fmt: skip
_TEXT = st.lists(_WORDS, max_size=30).map(" ".join)


@given(_TEXT, st.integers(1, 12), st.sampled_from(["narration", "line"]), st.booleans())
def test_any_text_in_any_pieces_is_shown_alike(text: str, size: int, kind: BeatKind, cut: bool) -> None:
    names = ("maren", "Maren")
    assert shown(text, size, kind, cut, names) == shown(text, 1, kind, cut, names)


@given(_TEXT, st.integers(1, 12))
def test_what_was_shown_is_never_taken_back(text: str, size: int) -> None:
    keeper, whole = gate(), ""
    for start in range(0, len(text), size):
        grown = whole + keeper.feed(text[start : start + size])
        assert grown.startswith(whole)
        whole = grown
    assert (whole + keeper.close()).startswith(whole)
    assert not set("\x00\u202e<>*") & set(whole)
