"""The words that can be typed, and what they ask for."""

import pytest

from game.headless.run import TOLD
from game.session import Bookmark, DropBookmark, EditBeat, Flip, Forward, GoTo, LookAtMap, Retell, Rewind
from game.story import Mark, Scene
from game.terminal.answers import OWN
from game.typed import TREE, Here, Unclear, Word, asked
from tests.conftest import REPOSITORY

SCENE = Scene("5" * 32, 5, "The Rail", "deck", ())
HERE = Here(SCENE, (Mark("The Bell", "", "b" * 32, 0.0), Mark("first try", "3", "3" * 32, 0.0), Mark("", "quick", "9" * 32, 0.0)))


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("back", Rewind()),
        ("b 12", Rewind(12)),
        ("Forward 2", Forward(2)),
        ("again", Retell()),
        ("again  Less GRIM", Retell("Less GRIM")),
        ("flip", Flip()),
        ("edit 2 Rain, as ever.", EditBeat(SCENE.key, 1, "Rain, as ever.")),
        ("edit 2", EditBeat(SCENE.key, 1, "")),
        ("keep", Bookmark("", "quick", SCENE.key)),
        ("keep 4", Bookmark("", "4", SCENE.key)),
        ("keep 4 At the rail", Bookmark("At the rail", "4", SCENE.key)),
        ("keep At the rail", Bookmark("At the rail", "", SCENE.key)),
        ("drop", DropBookmark("", "quick")),
        ("drop 3", DropBookmark("", "3")),
        ("drop the bell", DropBookmark("The Bell", "")),
        ("drop first try", DropBookmark("", "3")),
        ("go 3", GoTo("3" * 32)),
        ("go quick", GoTo("9" * 32)),
        ("go THE BELL", GoTo("b" * 32)),
        ("go 2", Rewind(3)),
        ("go 7", Forward(2)),
        ("go 5", GoTo(SCENE.key)),
        ("go nowhere", GoTo("nowhere")),
        ("map", LookAtMap()),
    ],
)
def test_a_line_is_what_it_asks_for(line: str, command: object) -> None:
    assert asked(line, HERE) == command


@pytest.mark.parametrize("line", ["", "0", "look", "backwards", "quit"])
def test_a_line_that_begins_with_none_of_the_words_asks_for_nothing(line: str) -> None:
    assert asked(line, HERE) is None


@pytest.mark.parametrize(
    "line", ["back home", "back 0", "back -1", "forward 1234567", "flip over", "edit", "edit one", "go", "map it"]
)
def test_a_word_written_so_that_it_says_nothing_tells_how_it_is_written(line: str) -> None:
    word = next(word for word in TREE if line.startswith(word.name))
    with pytest.raises(Unclear) as told:
        asked(line, HERE)
    assert str(told.value).endswith(f"write {word.written}")


def test_each_word_and_each_letter_is_one_words_own() -> None:
    names = [each for word in (*TREE, *OWN) for each in (word.name, word.letter) if each]
    assert len(names) == len(set(names))


def in_docs(word: Word[object]) -> str:
    """Its row of the table."""
    letter, written = f"`{word.letter}`" if word.letter else "", word.written.replace("|", "\\|")
    return f"| {letter} | `{written}` | {word.says} | {'yes ' if word in TREE else ''}|"


def test_the_docs_have_every_word_as_the_help_has_it() -> None:
    docs = (REPOSITORY / "docs" / "playing.md").read_text("utf-8")
    assert [word.name for word in (*TREE, *OWN) if in_docs(word) not in docs] == []


def test_the_docs_have_every_code_that_answers_a_word() -> None:
    docs = (REPOSITORY / "docs" / "playing.md").read_text("utf-8")
    assert [code for code in TOLD if f"`{code}`" not in docs] == []
