"""Whatever slip is in a pack that still loads, looking further into it says something or nothing, and never fails."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.workshop.diagnosing import diagnose_path
from tests.packs.test_slips import FILES, LINES, VALUES
from tests.packs.workshop import Contents, write_folder

slips = settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def assert_diagnosed(contents: Contents) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for item in diagnose_path(write_folder(Path(folder), contents), 5):
            assert item.message.endswith((".", "…", "”", '"'))
            assert 0 <= item.line <= contents.get(item.file, b"").count(b"\n") + 1


@slips
@given(st.sampled_from(LINES))
def test_a_line_that_is_missing(spot: tuple[str, int]) -> None:
    name, n = spot
    lines = FILES[name].decode().split("\n")
    assert_diagnosed(FILES | {name: "\n".join(lines[:n] + lines[n + 1 :]).encode()})


@slips
@given(st.sampled_from(VALUES), st.sampled_from(VALUES))
def test_a_value_that_stands_where_another_should(one: tuple[str, int, int], other: tuple[str, int, int]) -> None:
    name, start, end = one
    text, (there, first, last) = FILES[name].decode(), other
    assert_diagnosed(FILES | {name: (text[:start] + FILES[there].decode()[first:last] + text[end:]).encode()})
