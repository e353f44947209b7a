"""How much of a growing text may be shown."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.director import Director, Step
from game.narrator.continuity import bounds_of
from game.narrator.gate import Bounds, Gate, Read, gate_rules
from game.packs import Pack
from game.story import ROOT, BeatKind, Player, Slot, all_beats, node_key

RULES = gate_rules(Player(name="Ines"), "general", "en", 400)
READ = "The lamp turned over the black water as it had all night long."


def gate(kind: BeatKind = "narration", names: tuple[str, ...] = (), bounds: Bounds | None = None) -> Gate:
    return Gate(RULES, Read([READ]), kind, names, bounds)


def shown(
    text: str,
    size: int = 1000,
    kind: BeatKind = "narration",
    cut: bool = False,
    names: tuple[str, ...] = (),
    bounds: Bounds | None = None,
) -> str:
    keeper = gate(kind, names, bounds)
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
    (
        "They have arrived. They have arrived. They have arrived. They have gone.",
        "They have arrived. They have arrived. They have gone.",
        "repeats",
    ),
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


@pytest.mark.parametrize("size", [1, 7, 5000])
def test_a_sentence_without_end_is_told_once(size: int) -> None:
    text = " ".join(f"and {word} {n}" for n in range(120) for word in ("salt", "tar", "rope"))
    keeper = Gate(gate_rules(Player(), "general", "en", 9000), Read(), "narration")
    pieces = [text[start : start + size] for start in range(0, len(text), size)]
    assert "".join(map(keeper.feed, pieces)) + keeper.close() == text + "."


@pytest.mark.parametrize(
    "text", ["'Who is there?' you ask. Rain.", "‘Who is there? Nobody?’ you ask. Rain.", '"Who?" You ask it. Rain.']
)
def test_what_the_player_is_made_to_say_goes_with_the_saying(text: str) -> None:
    assert shown(text, 3) == "Rain."


def test_a_contraction_opens_no_quotation() -> None:
    keeper = gate()
    assert keeper.feed("Behind the shutters 'tis only weather, and the chain ").startswith(
        "Behind the shutters 'tis only weather"
    )


_WORDS = st.sampled_from([
    "fog", "You", "you", "say", '"Hello,"', "ask", "<b>", "</b>", "<think>", "</think>", "*", "the lamp", "Ines:", "{", "он",
    "The lamp turned over the black water as it had all night long.", ".", "!", "…", "\n", "\u202e", "“", "”", "Maren:", "shit",
    "you'll", "decide", "feel a", "grief", "are", "furious", "'Yes.'", "‘no’", "I", "I'm sorry, but", "can't", "write this story",
    "As an", "AI", "against my", "guidelines", "la", "les", "pas", "turned over the black water as it had all night",
])  # fmt: skip
_CLAIMS = st.sampled_from([
    "Mr", "Ambler", "Lucan", "Maren", "and", "Hob", "nods", "looks", "says", "slowly", "'Come,'", "is standing", "if", "Every",
    "you", "You", "are", "stand", "in", "the", "lantern", "room", "kitchen", "tower stair", "Back", "door", "sit down", "on",
    "take", "show her", "letter", "page from the log", "certificate of vacancy", "from your", "coat", "old", "Board's letter",
    "Jory", "is", "still out", "the Kittiwake", "home,", "and sunk", "lost", "not", "they say", ".", "!", "?", "Then", ",", "fog",
    "Knot", "knot the laces", "over your shoulder", "has wound", "the light", "has not wound", "The inspector", "an",
])  # fmt: skip
_TEXT = st.lists(_WORDS, max_size=30).map(" ".join)
_CLAIM = st.lists(_CLAIMS, max_size=30).map(" ".join)


@pytest.fixture(scope="module")
def bounds(pack: Pack) -> Bounds:
    """What a scene at the jetty with Maren adds, in which the one thing on offer is to take the boots."""
    facts = frozenset({"jory_home", "kittiwake_stove", "you_wound"})
    plan = Director(pack).plan(node_key(ROOT, ""), 7, replace(pack.initial, facts=facts), Step(), pack.player)
    slot = Slot("a", "take_boots", "", "Knot the laces together and hang the boots over your shoulder")
    state = replace(plan.brief.state, items=frozenset(), facts=facts)
    return bounds_of(pack, replace(plan.brief, state=state, slots=(slot,)))


@given(_TEXT, st.integers(1, 12), st.sampled_from(["narration", "line"]), st.booleans())
def test_any_text_in_any_pieces_is_shown_alike(text: str, size: int, kind: BeatKind, cut: bool) -> None:
    names = ("maren", "Maren")
    assert shown(text, size, kind, cut, names) == shown(text, 1, kind, cut, names)


@given(_CLAIM, st.integers(1, 12), st.sampled_from(["narration", "line"]), st.booleans())
def test_any_claim_in_any_pieces_is_shown_alike(bounds: Bounds, text: str, size: int, kind: BeatKind, cut: bool) -> None:
    assert shown(text, size, kind, cut, bounds=bounds) == shown(text, 1, kind, cut, bounds=bounds)


@given(st.one_of(_TEXT, _CLAIM), st.integers(1, 12))
def test_what_was_shown_is_never_taken_back(bounds: Bounds, text: str, size: int) -> None:
    keeper, whole = gate(bounds=bounds), ""
    for start in range(0, len(text), size):
        grown = whole + keeper.feed(text[start : start + size])
        assert grown.startswith(whole)
        whole = grown
    assert (whole + keeper.close()).startswith(whole)
    assert not set("\x00\u202e<>*") & set(whole)


def test_most_of_what_an_author_wrote_flows_before_its_sentence_is_whole(pack: Pack, bounds: Bounds) -> None:
    beats = [
        (beat.speaker, text) for storylet in pack.storylets.values() for beat in all_beats(storylet.beats) for text in beat.texts
    ]
    told, said = ([text for speaker, text in beats if bool(speaker) is spoken] for spoken in (False, True))
    early = 0
    for text in told:
        keeper = Gate(RULES, Read(said), "narration", bounds=bounds)
        for word in text.split(" "):
            out = keeper.feed(word + " ").rstrip()
            early += 0 if out.endswith((".", "!", "?")) else len(out)
    assert early / sum(map(len, told)) > 0.5
