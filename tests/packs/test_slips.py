"""Small slips of an author's hand: whatever they make of a pack, it loads, or somebody says why it does not."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.packs import Pack
from tests.packs.workshop import Contents, examined, good, line_of

FILES = good()
LINES = [(name, n) for name, data in FILES.items() for n in range(data.count(b"\n"))]
IDS = [
    (name, found.start(1), found.end(1))
    for name in FILES
    if name.endswith(".toml")
    for found in re.finditer(
        r"\b(odile|landing|raft|lantern|the_bell|river_low|courage|crossing|arrival|stay|cross)\b", FILES[name].decode()
    )
]
VALUES = [
    (name, found.start(1), found.end(1))
    for name in FILES
    if name.endswith(".toml")
    for found in re.finditer(r"^\w+ = (.+)$", FILES[name].decode(), re.MULTILINE)
]

slips = settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def assert_explained(contents: Contents) -> None:
    """It loads, or an error says why not: in words, with a line of a file that is there."""
    pack, found = examined(contents)
    assert isinstance(pack, Pack) or any(item.severity == "error" for item in found)
    for item in found:
        assert item.message.strip()
        assert item.message[-1] in ".…"
        assert 0 <= item.line <= contents.get(item.file, b"").count(b"\n") + 1


def with_text(name: str, text: str) -> Contents:
    return FILES | {name: text.encode()}


@slips
@given(st.sampled_from(LINES))
def test_a_line_that_is_missing(spot: tuple[str, int]) -> None:
    name, n = spot
    lines = FILES[name].decode().split("\n")
    assert_explained(with_text(name, "\n".join(lines[:n] + lines[n + 1 :])))


@slips
@given(st.sampled_from(LINES))
def test_a_line_that_is_there_twice(spot: tuple[str, int]) -> None:
    name, n = spot
    lines = FILES[name].decode().split("\n")
    assert_explained(with_text(name, "\n".join(lines[: n + 1] + lines[n:])))


@slips
@given(st.sampled_from(IDS), st.integers(0, 40), st.sampled_from("aeiostx_Z9 -"))
def test_a_letter_of_an_id_that_is_another(spot: tuple[str, int, int], at: int, letter: str) -> None:
    name, start, end = spot
    text = FILES[name].decode()
    place = start + at % (end - start)
    assert_explained(with_text(name, text[:place] + letter + text[place + 1 :]))


@slips
@given(st.sampled_from(VALUES), st.sampled_from(VALUES))
def test_two_values_that_have_changed_places(one: tuple[str, int, int], other: tuple[str, int, int]) -> None:
    first, second = (FILES[name].decode()[start:end] for name, start, end in (one, other))
    contents = dict(FILES)
    for (name, start, end), value in sorted([(one, second), (other, first)], key=lambda pair: -pair[0][1]):
        text = contents[name].decode()
        contents[name] = (text[:start] + value + text[end:]).encode()
    assert_explained(contents)


@pytest.mark.parametrize("old", ['place = "raft"', 'leads_to = "crossing"', 'cast = ["odile"]', 'speaker = "odile", e'])
def test_a_slip_in_an_id_is_said_on_its_line_with_the_id_that_was_meant(old: str) -> None:
    file = "storylets/first.toml"
    name = re.findall(r'"(\w+)"', old)[0]
    slip = old.replace(name, name[:2] + "x" + name[2:])
    contents = FILES | {file: FILES[file].replace(old.encode(), slip.encode())}
    _, found = examined(contents)
    said = [item for item in found if f'Did you mean "{name}"?' in item.suggestion]
    assert [item.line for item in said] == [line_of(contents, file, slip)]
