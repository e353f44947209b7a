"""The lines of keys in TOML."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.packs.locate import KeyPath, Locator
from tests.packs.workshop import GOOD

TRICKY = '''\
# a comment with = and [brackets]
a = 1
"b c" = "# no comment"   # a comment
d.e.f = [1, 2,
  3, # three
  [4,
   5]]
g = """
x = 1
\\"""still""\\"
""" # after
h = \'\'\'
y = 2\\\'\'\'
i = """ends in quotes"""""
j = { k = 1, "l.m" = { n = [ { o = 1 },
  { o = 2 } ] } }
t = 1979-05-27 07:32:00 # a date with a space

[ p . "q.r" ]
s = false
[[u]]
v = 1
[[u]]
v = 2
[[u.w]]
x = 1
[[u.w]]
x = 2
[u.y]
z = 1
'''

EXPECTED: dict[KeyPath, int] = {
    ("a",): 2,
    ("b c",): 3,
    ("d", "e", "f"): 4,
    ("d", "e", "f", 1): 4,
    ("d", "e", "f", 2): 5,
    ("d", "e", "f", 3, 1): 7,
    ("g",): 8,
    ("h",): 12,
    ("i",): 14,
    ("j", "k"): 15,
    ("j", "l.m", "n", 0, "o"): 15,
    ("j", "l.m", "n", 1, "o"): 16,
    ("t",): 17,
    ("p", "q.r"): 19,
    ("p", "q.r", "s"): 20,
    ("u", 0): 21,
    ("u", 1, "v"): 24,
    ("u", 1, "w", 0, "x"): 26,
    ("u", 1, "w", 1): 27,
    ("u", 1, "y", "z"): 30,
}


@pytest.mark.parametrize("path", EXPECTED)
def test_a_key_is_found_however_it_is_written(path: KeyPath) -> None:
    assert Locator(TRICKY).line(path) == EXPECTED[path]


def test_what_is_not_there_is_at_the_nearest_thing_around_it() -> None:
    locator = Locator(TRICKY)
    assert locator.line(("u", 1, "missing")) == 23
    assert locator.line(("missing", "too")) == 0


def paths(value: object, path: KeyPath = ()) -> Iterator[KeyPath]:
    yield path
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in inside:
        yield from paths(below, (*path, key))


@pytest.mark.parametrize("file", sorted(GOOD.rglob("*.toml")), ids=lambda path: path.name)
def test_every_key_of_a_real_file_has_a_line_that_names_it(file: Path) -> None:
    text = file.read_text("utf-8")
    lines, locator = text.split("\n"), Locator(text)
    for path in list(paths(tomllib.loads(text)))[1:]:
        line = lines[locator.line(path) - 1]
        if isinstance(path[-1], str):
            assert path[-1] in line, (path, line)


keys = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=6)
plain = st.integers(-5, 5) | st.booleans() | st.text(st.sampled_from("ab\\\"'#[]{}=,. \n"), max_size=8)
values = st.recursive(plain, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3), max_leaves=8)


def written(value: object) -> str:
    """`value` as inline TOML, a line for each element of an array."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, list):
        return "[\n" + "".join(f"{written(item)}, # ] \n" for item in value) + "]"
    assert isinstance(value, dict)
    return "{" + ", ".join(f"{quoted(key)} = {written(item)}" for key, item in value.items()) + "}"


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


@settings(max_examples=150)
@given(st.lists(st.tuples(keys, values), max_size=5, unique_by=lambda pair: pair[0]))
def test_every_key_of_any_file_is_found_where_it_was_written(pairs: list[tuple[str, object]]) -> None:
    text, expected = "", {}
    for key, value in pairs:
        expected[key,] = text.count("\n") + 1
        text += f"{quoted(key)} = {written(value)}\n"
    locator = Locator(text)
    assert all(locator.line(path) == line for path, line in expected.items())
    assert all(locator.line(path) for path in list(paths(tomllib.loads(text)))[1:])
