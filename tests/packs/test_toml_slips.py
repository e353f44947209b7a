"""A file that is not TOML is told in an author's words, under every Python."""

import tomllib

import pytest

from game.packs.toml_slips import in_words


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        ('a = 1\nb = "x\nc = 1', "does not end on its line", 2),
        ('a = """x\ny', "never closed", 2),
        ("a = yes", "yes is written true", 1),
        ("a = “x”", "are curly", 1),
        ("b = 1\na = [“x”, ”y”]", "are curly", 2),
        ("a = {b = ‘x’}", "are curly", 1),
        ("a = x", "straight quotes", 1),
        ('a = ["x "y" z"]', 'a text with a " in it', 1),
        ('a = "x "y" z"', 'is written \\"', 1),
        ("[a.b]\nc = 1\n\n[[a.b]]\nc = 2", "two each time", 4),
        ("a b = 1", "followed by =", 1),
        ('a = "x" "y"', "behind the value", 1),
        ("a = [1 2]", "comma between two of its entries", 1),
        ("a = {b = 1", "braces", 1),
        ("[a\nb = 1", "closed with ]", 1),
        ("a = 1\na = 2", "there already", 2),
        ("[a]\n\n[a]", "the table [a] is here twice", 3),
        ("[a.b]\n[a.b]", "the table [a.b] is here twice", 2),
        ("= 3", "neither a key", 1),
        ('a = "\\q"', "is written \\\\", 1),
    ],
)
def test_what_the_parser_says_is_said_in_an_authors_words(text: str, words: str, line: int) -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as caught:
        tomllib.loads(text)
    reason, where = in_words(caught.value, text)
    assert words in reason
    assert where == line


def test_what_is_not_known_here_is_left_in_the_parsers_own_words() -> None:
    assert in_words(ValueError("Something new (at line 4, column 2)"), "") == ("something new", 4)
