"""What was read does not come twice, however long ago it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.narrator.read import RECENT, Read

LAMP = "The lamp turned over the black water as it had all night long."

SAME = [
    "The lamp turned over the black water as it had all night long.",
    "the LAMP turned, over the black water, as it had all night long",
    "The lamp turned over the black water as it had all last night.",
    "All night long the lamp turned over the black water, as it had.",
    "Nobody came, and the lamp turned over the black water as it does.",
]
OTHER = [
    "The lamp went out.",
    "All night long somebody in the next room turned the pages of a ledger.",
    "The water was black as far as the reef, and after that it was only loud.",
    "The lamp hangs over the table as it had over the table before this one.",
]


@pytest.mark.parametrize("sentence", SAME)
def test_a_sentence_as_good_as_one_that_was_read_is_known(sentence: str) -> None:
    assert Read([LAMP]).has(sentence)


@pytest.mark.parametrize("sentence", OTHER)
def test_another_sentence_about_the_same_things_is_not(sentence: str) -> None:
    assert not Read([LAMP]).has(sentence)


@pytest.mark.parametrize("sentence", SAME[:4])
def test_a_beginning_of_a_repeat_is_suspected(sentence: str) -> None:
    read = Read([LAMP])
    assert all(read.may_have(sentence[:end]) for end in range(len(sentence)))


def test_a_beginning_that_goes_elsewhere_is_suspected_no_longer() -> None:
    assert not Read([LAMP]).may_have("The lamp hangs over a table ")


def test_nothing_is_suspected_when_nothing_was_read() -> None:
    assert not Read().may_have("The lamp")
    assert not Read().branch().may_have("The lamp")


def test_short_sentences_may_come_again() -> None:
    assert not Read(["Nobody speaks."]).has("Nobody speaks.")


def test_a_short_sentence_may_not_come_again_and_again() -> None:
    twice = Read(["The tide turns. No. The tide turns. No."])
    assert twice.has("The tide turns.")
    assert all(twice.may_have(beginning) for beginning in ("The", "The tide ", "The tide turns"))
    assert not twice.may_have("The tide went ")
    assert not twice.has("No."), "one word is a figure of speech"


def test_a_branch_knows_what_was_read_before_it_and_keeps_its_own_to_itself() -> None:
    read = Read([LAMP])
    branch = read.branch()
    branch.add("A gull considers the third plank with its head to one side.")
    assert branch.has(LAMP)
    assert branch.has("A gull considers the third plank, its head to one side.")
    assert not read.has("A gull considers the third plank, its head to one side.")


def test_a_long_story_is_searched_no_longer_than_a_short_one() -> None:
    read = Read(f"The keeper of lamp {n} counts stair {n} and writes {n} into the ledger by the door." for n in range(3 * RECENT))
    assert len(list(read.branch().recent("lamp"))) == RECENT


def test_what_was_read_long_ago_word_for_word_is_still_known() -> None:
    read = Read([LAMP])
    for n in range(3 * RECENT):
        read.add(f"The lamp of house {n} turned the water in basin {n} black for {n} nights, as long as anybody cared.")
    assert read.has(f"Somebody says that {LAMP[0].lower()}{LAMP[1:]}")


_WORD = st.sampled_from(
    [
        "the",
        "lamp",
        "turned",
        "over",
        "black",
        "water",
        "night",
        "long",
        "gull",
        "plank",
        "rope",
        "and",
        "of",
        "salt",
        "door",
        "counts",
        "nobody",
    ]
)
_SENTENCE = st.lists(_WORD, min_size=4, max_size=14).map(lambda words: " ".join(words).capitalize() + ".")


@given(st.lists(_SENTENCE, max_size=12), st.integers(0, 12), _SENTENCE)
def test_a_branch_judges_like_one_that_read_it_all_itself(texts: list[str], at: int, sentence: str) -> None:
    branch = Read(texts[:at]).branch()
    for text in texts[at:]:
        branch.add(text)
    alone = Read(texts)
    assert branch.has(sentence) == alone.has(sentence)
    assert [branch.may_have(sentence[:end]) for end in range(len(sentence))] == [
        alone.may_have(sentence[:end]) for end in range(len(sentence))
    ]


@given(st.lists(_SENTENCE, max_size=8), _SENTENCE)
def test_a_repeat_was_suspected_before_it_was_told(texts: list[str], sentence: str) -> None:
    read = Read(texts)
    if read.has(sentence):
        assert read.may_have(sentence[: sentence.rindex(" ") + 1])
