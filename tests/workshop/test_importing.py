"""Cards and lorebooks from elsewhere: what comes along, what is said of the rest, and that nothing hostile gets in."""

import json
import tomllib
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.packs import load_pack
from game.workshop.importing import Brought, NotImported, bring
from tests.packs.workshop import good, write_folder
from tests.workshop import cards

VERSIONS = {
    "V1 JSON": cards.first(),
    "V2 JSON": cards.second(),
    "V3 JSON": cards.third(),
    "V1 PNG": cards.picture(cards.first()),
    "V2 PNG": cards.picture(cards.second()),
    "V3 PNG": cards.picture_of_version_3(cards.third()),
    "V3 PNG, packed": cards.picture_of_version_3(cards.third(), packed=True),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "pack", good())


def brought(folder: Path, data: bytes, name: str = "card.json", consent: str = "") -> Brought:
    file = folder.parent / name
    file.write_bytes(data)
    return bring(file, folder, consent)[0]


def table(folder: Path, file: str) -> dict[str, Any]:
    return tomllib.loads((folder / file).read_text(encoding="utf-8"))


def said(found: Brought) -> str:
    return "\n".join(f"{left.what}: {left.why}" for left in found.left)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_card_of_any_version_joins_the_cast_and_its_telling_the_lore(folder: Path, version: str) -> None:
    brought(folder, VERSIONS[version])
    pack = load_pack(folder)
    member = pack.cast["nyx_vale"]
    assert (member.name, member.pronouns) == ("Nyx Vale", "she")
    assert member.voice == "Dry, exact; she never finishes a compliment. Sounds like this: “Mind the rope.” “Other side.”"
    assert (
        pack.lore["nyx_vale"].text
        == "Nyx Vale is a ferry pilot. She keeps her lamp low.\n\nShe has taken the player across before."
    )
    assert pack.lore["nyx_vale_scenario"].text == "The player boards the last ferry."
    assert pack.lore["nyx_vale"].keys[0] == "Nyx Vale"


@pytest.mark.parametrize("version", [name for name in VERSIONS if "V1" not in name])
def test_a_card_brings_its_lorebook_and_its_author(folder: Path, version: str) -> None:
    brought(folder, VERSIONS[version])
    pack = load_pack(folder)
    assert pack.lore["sound"].text == "The sound is nine miles wide."
    assert (pack.lore["sound"].keys, pack.lore["sound"].priority) == (["sound", "water"], 80)
    assert [(one.name, one.role) for one in pack.authors][-1] == ("A Cardmaker", 'character card "Nyx Vale", version 1.2')


@pytest.mark.parametrize("version", ["V3 JSON", "V3 PNG", "V3 PNG, packed"])
def test_version_3_is_read_whole_also_from_a_picture(folder: Path, version: str) -> None:
    found = brought(folder, VERSIONS[version])
    assert "Nixie" in load_pack(folder).lore["nyx_vale"].keys
    assert "assets (1)" in said(found)
    assert "source" in said(found)


def test_what_could_not_be_carried_over_is_listed(folder: Path) -> None:
    words = said(brought(folder, cards.third()))
    for field in ("first_mes", "alternate_greetings", "system_prompt", "post_history_instructions", "tags", "extensions"):
        assert field in words
    for own in ("pronouns", "wants", "look", "consent", "licence"):
        assert f"{own}:" in words
    assert 'lore "entry 2": it was switched off' in words


def test_a_field_that_no_version_has_is_listed_too(folder: Path) -> None:
    card = json.loads(cards.second())
    card["data"]["moon_phase"] = "waning"
    assert "moon_phase" in said(brought(folder, json.dumps(card).encode()))


def test_what_was_said_of_consent_stands_in_the_pack(folder: Path) -> None:
    brought(folder, cards.second(), consent="Invented; nobody's likeness.")
    assert table(folder, "cast.toml")["nyx_vale"]["consent"] == "Invented; nobody's likeness."


def test_without_consent_the_pack_says_that_nothing_was_said(folder: Path) -> None:
    found = brought(folder, cards.second())
    assert "not stated" in table(folder, "cast.toml")["nyx_vale"]["consent"].lower()
    assert "consent" in said(found)


def test_what_the_author_had_written_stays_to_the_letter(folder: Path) -> None:
    before = {name: (folder / name).read_text(encoding="utf-8") for name in ("cast.toml", "lore.toml")}
    brought(folder, cards.third())
    for name, text in before.items():
        assert (folder / name).read_text(encoding="utf-8").startswith(text.rstrip("\n"))


def test_the_same_card_twice_is_two_people(folder: Path) -> None:
    brought(folder, cards.first())
    assert list(brought(folder, cards.first()).cast) == ["nyx_vale_2"]
    assert {"nyx_vale", "nyx_vale_2"} <= load_pack(folder).cast.keys()


def test_a_lorebook_becomes_lore(folder: Path) -> None:
    found = brought(folder, json.dumps(cards.WORLD_INFO).encode())
    lore = load_pack(folder).lore
    assert (lore["the_ferry"].keys, lore["the_ferry"].priority) == (["ferry"], 33)
    assert lore["always"].always
    assert lore["always"].priority == 100
    assert "a_pattern" not in lore
    words = said(found)
    assert 'the second keys of lore "The ferry"' in words
    assert 'probability of lore "The ferry"' in words
    assert 'the pattern /fer+y/i of lore "A pattern"' in words


def test_the_lorebook_of_the_specification_is_one_too(folder: Path) -> None:
    brought(folder, json.dumps({"spec": "lorebook_v3", "data": cards.BOOK}).encode())
    assert "sound" in load_pack(folder).lore


def test_a_long_text_is_divided_and_none_of_it_is_lost(folder: Path) -> None:
    sentences = [f"Stone number {n} was set by hand and has not moved since." for n in range(120)]
    brought(folder, json.dumps({**cards.PERSON, "description": " ".join(sentences)}).encode())
    lore = table(folder, "lore.toml")
    parts = [entry["text"] for name, entry in lore.items() if name.startswith("nyx_vale") and "scenario" not in name]
    assert len(parts) > 3
    assert " ".join(parts) == " ".join(sentences)


def test_macros_and_markup_of_chat_programs_do_not_come_along(folder: Path) -> None:
    text = "{{char}} met {{user}} in {{random:spring,autumn}}. {{// a note}}<b>Twice</b>, by {{time}} then, <USER> said."
    found = brought(folder, json.dumps({**cards.PERSON, "description": text}).encode())
    assert table(folder, "lore.toml")["nyx_vale"]["text"] == "Nyx Vale met the player in spring. Twice, by then, the player said."
    assert "{{time}} in description" in said(found)


def test_characters_that_show_nothing_or_move_the_cursor_do_not_come_along(folder: Path) -> None:
    card = {**cards.PERSON, "description": "Lamp\u202e\u200b\x1b[2J low.\ud800", "name": "Nyx\x1b]0;x\x07 Vale"}
    brought(folder, json.dumps(card).encode())
    text = (folder / "cast.toml").read_text(encoding="utf-8") + (folder / "lore.toml").read_text(encoding="utf-8")
    assert not [char for char in text if not char.isprintable() and char != "\n"]


def test_a_name_in_another_script_still_gets_an_id(folder: Path) -> None:
    brought(folder, json.dumps({**cards.PERSON, "name": "夜"}).encode())
    assert load_pack(folder).cast["member"].name == "夜"


def test_a_name_is_one_line_wherever_it_is_written(folder: Path) -> None:
    names = {"name": "Nyx\nVale", "nickname": "the\npilot", "creator": "A\n\nB"}
    found = brought(folder, json.dumps({**cards.PERSON, **names}).encode())
    assert table(folder, "cast.toml")["nyx_vale"]["name"] == "Nyx Vale"
    assert "\n" not in "".join((*load_pack(folder).lore["nyx_vale"].keys, *(found.credit or ()), found.title))


def test_a_title_is_no_key_by_itself(folder: Path) -> None:
    brought(folder, json.dumps({**cards.PERSON, "name": "The Pilot"}).encode())
    assert load_pack(folder).lore["the_pilot"].keys == ["The Pilot"]


def test_what_lies_beyond_the_longest_text_is_said_to_be_left_behind(folder: Path) -> None:
    found = brought(folder, json.dumps({**cards.PERSON, "description": "A word. " * 30_000}).encode())
    assert "description after its first 200000 characters" in said(found)


@pytest.mark.parametrize("authors", ["", 'authors = "Me"'])
def test_an_author_that_could_not_be_named_in_the_pack_is_not_said_to_be(folder: Path, authors: str) -> None:
    head = (folder / "pack.toml").read_text(encoding="utf-8")
    now = "\n".join(authors if line.startswith("authors") else line for line in head.split("\n"))
    (folder / "pack.toml").write_text(now, encoding="utf-8")
    found = brought(folder, cards.second())
    assert found.credit is None
    assert "A Cardmaker" in said(found)


def test_files_whose_lines_end_as_windows_ends_them_go_on_so(folder: Path) -> None:
    for name in ("cast.toml", "lore.toml", "pack.toml"):
        (folder / name).write_bytes((folder / name).read_bytes().replace(b"\n", b"\r\n"))
    brought(folder, cards.third())
    for name in ("cast.toml", "lore.toml", "pack.toml"):
        data = (folder / name).read_bytes()
        assert data.count(b"\r\n") == data.count(b"\n") > 0
    assert load_pack(folder).lore["nyx_vale"].text.count("\n") == 2


def test_words_on_consent_that_no_file_can_hold_are_written_without_what_cannot_be(folder: Path) -> None:
    brought(folder, cards.first(), consent="Mine.\udcff")
    assert table(folder, "cast.toml")["nyx_vale"]["consent"] == "Mine."


DEEP = b'{"name": "x", "extensions": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
HOSTILE = {
    "nothing": b"",
    "noise": bytes(range(256)) * 8,
    "a number": b"7",
    "a list": b"[1, 2]",
    "an empty table": b"{}",
    "a name that is a number": b'{"name": 7}',
    "no name": json.dumps({"spec": "chara_card_v2", "data": {"description": "x"}}).encode(),
    "data that is a list": b'{"spec": "chara_card_v2", "data": [1]}',
    "greetings that are a number": json.dumps({"spec": "chara_card_v2", "data": {**cards.PERSON, "tags": 4}}).encode(),
    "nested without end": DEEP,
    "a bomb in a picture": cards.bomb(),
    "a picture cut off": cards.picture(cards.second())[:40],
    "a picture without a card": cards.picture(cards.second()).replace(b"chara", b"other"),
    "a card that is not base64": cards.picture(cards.second()).replace(b"chara\0", b"chara\0!"),
    "an archive": b"PK\x03\x04" + b"\0" * 60,
    "too many entries": json.dumps({"entries": [{"keys": ["a"], "content": "b"}] * 1001}).encode(),
    "a lorebook of nothing": b'{"entries": {}}',
    "too large": b" " * ((10 << 20) + 1),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_in_one_line_and_changes_nothing(folder: Path, what: str) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with pytest.raises(NotImported) as refused:
        brought(folder, HOSTILE[what], "stranger.bin")
    assert str(refused.value).startswith("stranger.bin: ")
    assert "\n" not in str(refused.value)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=40),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["keys", "content", "entries", "name"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fields=st.dictionaries(st.sampled_from([*cards.THIRD]), VALUES, max_size=6))
def test_whatever_stands_in_its_fields_a_card_is_taken_or_refused(folder: Path, fields: dict[str, object]) -> None:
    data = {"spec": "chara_card_v3", "spec_version": "3.0", "data": {**cards.THIRD, **fields}}
    write_folder(folder, good())
    with suppress(NotImported):
        brought(folder, json.dumps(data).encode())
    assert load_pack(folder).cast.keys() >= {"odile"}


def test_a_folder_that_is_no_pack_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    with pytest.raises(NotImported, match=r"has no pack\.toml"):
        brought(tmp_path / "nothing", cards.first())


def test_a_pack_that_cannot_be_read_is_left_alone(folder: Path) -> None:
    (folder / "lore.toml").write_text("[half", encoding="utf-8")
    with pytest.raises(NotImported, match=r"lore\.toml"):
        brought(folder, cards.first())
    assert "nyx_vale" not in (folder / "cast.toml").read_text(encoding="utf-8")
