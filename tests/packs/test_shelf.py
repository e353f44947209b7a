"""Packs found by id, by path, and in the user's folder."""

import shutil
from pathlib import Path

import pytest

from game.packs import Pack, PackError, UnknownPack
from game.packs.shelf import assets_folder, check, find_pack, prompts_folder, shelf, user_folder
from tests.packs.workshop import GOOD, edited, good, write_folder, write_zip


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's data folder with nothing in it."""
    for name in ("XDG_DATA_HOME", "HOME", "LOCALAPPDATA", "APPDATA", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    return user_folder()


def test_a_bundled_pack_is_found_by_its_id() -> None:
    assert find_pack("last_keeper").id == "last_keeper"
    assert (prompts_folder() / "last_keeper").is_dir()
    assert assets_folder().name == "assets"


def test_every_bundled_pack_is_without_errors() -> None:
    for ref, found in shelf():
        assert isinstance(found, Pack), ref


def test_a_folder_and_a_zip_are_found_by_their_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_zip(tmp_path / "ferry.zip", good())
    monkeypatch.chdir(tmp_path)
    assert find_pack(str(GOOD)).id == find_pack("ferry.zip").id == find_pack("./ferry.zip").id == "good"


def test_a_pack_in_the_users_folder_is_found_by_its_name_and_by_its_id(own_folder: Path) -> None:
    write_folder(own_folder / "my-ferry", good())
    assert find_pack("my-ferry").id == find_pack("good").id == "good"
    assert "good" in dict(shelf())


def test_a_zip_in_the_users_folder_is_found_by_its_id(own_folder: Path) -> None:
    own_folder.mkdir(parents=True)
    write_zip(own_folder / "Ferry 1.0.ZIP", good(), inside="ferry/")
    assert find_pack("good").id == find_pack("Ferry 1.0").id == "good"


def test_a_bundled_pack_goes_before_a_users_one_of_the_same_name_and_both_can_be_played(own_folder: Path) -> None:
    contents = edited("pack.toml", 'id = "good"', 'id = "last_keeper"')
    write_folder(own_folder / "last_keeper", contents)
    assert find_pack("last_keeper").title == "The Last Keeper"
    refs = {ref: found.title for ref, found in shelf() if isinstance(found, Pack)}
    assert {find_pack(ref).title for ref in refs} >= {"The Last Keeper", "The Ferry"}
    assert all(find_pack(ref).title == title for ref, title in refs.items())


def test_an_id_goes_before_a_path_of_the_same_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_folder(tmp_path / "last_keeper", good())
    monkeypatch.chdir(tmp_path)
    assert find_pack("last_keeper").id == "last_keeper"
    assert find_pack("./last_keeper").id == "good"


def test_a_broken_pack_is_on_the_shelf_with_what_is_wrong_and_hides_no_other(own_folder: Path) -> None:
    write_folder(own_folder / "aaa", {"pack.toml": b"="})
    write_folder(own_folder / "zzz", good())
    found = dict(shelf())
    assert isinstance(found["aaa"], PackError)
    assert found["aaa"].diagnostics[0].code == "PACK104"
    assert isinstance(found["good"], Pack)
    assert isinstance(found["last_keeper"], Pack)


def test_an_unknown_id_is_told_the_nearest_one() -> None:
    with pytest.raises(UnknownPack) as caught:
        find_pack("lastkeeper")
    assert 'Did you mean "last_keeper"?' in str(caught.value)


@pytest.mark.parametrize(
    "ref", ["", "nothing_like_it", "no/such/folder", "C:\\packs\\none", "CON", "a\0b", "x" * 5000, "~nobody/x", "a\nb"]
)
def test_what_is_no_pack_is_one_line(ref: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnknownPack) as caught:
        find_pack(ref)
    line = str(caught.value)
    assert line.isprintable()
    assert len(line) < 300


def test_check_gives_what_is_wrong_with_a_pack_that_cannot_be_played(tmp_path: Path) -> None:
    write_folder(tmp_path / "broken", edited("pack.toml", "acts = 2", "axts = 2"))
    assert [item.code for item in check(str(tmp_path / "broken"))] == ["PACK201"]
    assert check(str(GOOD)) == ()
    with pytest.raises(UnknownPack):
        check("nothing_like_it")


def test_an_error_names_the_pack_as_the_player_did(tmp_path: Path) -> None:
    write_folder(tmp_path / "broken", edited("pack.toml", "acts = 2", "axts = 2"))
    ref = str(tmp_path / "broken")
    with pytest.raises(PackError, match="axts") as caught:
        find_pack(ref)
    assert ref in str(caught.value)


def test_a_pack_with_a_name_that_is_not_ascii_is_found(own_folder: Path) -> None:
    shutil.copytree(GOOD, own_folder / "fähre über den fluss")
    assert find_pack("fähre über den fluss").id == "good"
