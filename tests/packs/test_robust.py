"""Whatever is in a pack's files, it is read or refused; nothing else ever comes out."""

import tomllib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.packs import Pack
from tests.packs.workshop import examined, good

FILES = good()
VALUES = [
    "7",
    "-1",
    "true",
    '""',
    '"x"',
    "[]",
    "{}",
    "[[1]]",
    "nan",
    "1e300",
    "1979-05-27",
    '"' + "a" * 3000 + '"',
    "9" * 5000,
    "9" * 40,
]

files = st.sampled_from(sorted(FILES))


def assert_read_or_refused(contents: dict[str, bytes]) -> None:
    pack, found = examined(contents)
    assert isinstance(pack, Pack) or any(item.severity == "error" for item in found)
    for item in found:
        assert str(item).isprintable()
        assert item.message
        assert 0 <= item.line <= contents.get(item.file, b"").count(b"\n") + 1


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(files, st.data())
def test_any_bytes_put_anywhere_are_read_or_refused(name: str, data: st.DataObject) -> None:
    whole = FILES[name]
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 60)))
    put = data.draw(
        st.binary(max_size=6) | st.sampled_from([b"#", b'"', b"[", b"]]", b"\n", b"{{", b"%}", b"&&", b"\x00", b"\xe2\x80\xae"])
    )
    assert_read_or_refused(FILES | {name: whole[:start] + put + whole[end:]})


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(files.filter(lambda name: name.endswith(".toml")), st.sampled_from(VALUES), st.data())
def test_any_value_of_any_key_is_read_or_refused(name: str, value: str, data: st.DataObject) -> None:
    lines = FILES[name].decode().split("\n")
    which = data.draw(st.sampled_from([n for n, line in enumerate(lines) if " = " in line and not line.startswith((" ", "["))]))
    lines[which] = f"{lines[which].partition(' = ')[0]} = {value}"
    assert_read_or_refused(FILES | {name: "\n".join(lines).encode()})


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".toml")])
def test_any_table_can_be_missing(name: str) -> None:
    for key in tomllib.loads(FILES[name].decode()):
        assert_read_or_refused(
            FILES | {name: FILES[name].replace(f"[{key}]".encode(), b"[gone]").replace(f"{key} =".encode(), b"gone =")}
        )
    assert_read_or_refused({other: data for other, data in FILES.items() if other != name})


def test_a_name_with_control_characters_is_printed_without_them() -> None:
    _, found = examined(FILES | {"lore.toml": b'["\\u001b[2J\\u202e"]\ntext = 1\n'})
    assert found
    assert all(str(item).isprintable() for item in found)
