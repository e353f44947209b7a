"""What is read of a folder or a zip, and what is refused."""

import os
import stat
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from game.packs import Diagnostic, PackError, load_pack
from game.packs.intake import MAX_FILE, MAX_FILES, MAX_TOTAL
from game.packs.load import examine
from tests.packs.workshop import GOOD, good, write_folder, write_zip


def findings(path: Path) -> list[tuple[str, str]]:
    """The errors at `path`, as code and file; a pack that has some must not load."""
    pack, found = examine(path)
    assert (pack is None) == any(item.severity == "error" for item in found)
    return [(item.code, item.file) for item in found]


def only(path: Path) -> Diagnostic:
    _, found = examine(path)
    assert len(found) == 1, found
    return found[0]


def test_a_folder_and_a_zip_of_it_are_the_same_pack(tmp_path: Path) -> None:
    at_top = write_zip(tmp_path / "top.zip", good())
    in_folder = write_zip(tmp_path / "inside.zip", good(), inside="good-main/")
    assert load_pack(GOOD).hash == load_pack(at_top).hash == load_pack(in_folder).hash


def test_the_hash_is_not_changed_by_windows_line_ends_or_a_byte_order_mark(tmp_path: Path) -> None:
    windows = {name: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n") for name, data in good().items()}
    pack = load_pack(write_folder(tmp_path, windows))
    assert pack.hash == load_pack(GOOD).hash
    assert "\r" not in pack.world


def test_the_hash_is_changed_by_any_file_that_is_read(tmp_path: Path) -> None:
    hashes = set()
    for n, name in enumerate(good()):
        changed = good() | {name: good()[name] + b"\n"}
        hashes.add(load_pack(write_folder(tmp_path / str(n), changed)).hash)
    assert len(hashes | {load_pack(GOOD).hash}) == len(good()) + 1


def test_the_hash_is_not_changed_by_a_file_that_is_not_read(tmp_path: Path) -> None:
    more = good() | {"README.md": b"Hello", "art/cover.png": b"\x89PNG", ".git/config": b"[core]"}
    assert load_pack(write_folder(tmp_path, more)).hash == load_pack(GOOD).hash


def test_a_zip_may_hold_what_systems_add_to_it(tmp_path: Path) -> None:
    more = {f"good/{name}": data for name, data in good().items()} | {"__MACOSX/good/._pack.toml": b"x", "good/.DS_Store": b"x"}
    assert load_pack(write_zip(tmp_path / "mac.zip", more)).id == "good"


def test_a_zip_with_backslashes_in_its_names_is_read(tmp_path: Path) -> None:
    windows = {name.replace("/", "\\"): data for name, data in good().items()}
    assert load_pack(write_zip(tmp_path / "windows.zip", windows)).hash == load_pack(GOOD).hash


def test_a_folder_without_pack_toml_is_not_searched(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "x.toml").write_text("=")
    assert findings(tmp_path) == [("PACK101", "pack.toml")]


def test_a_pack_toml_in_large_letters_is_told_its_name(tmp_path: Path) -> None:
    contents = good()
    contents["Pack.toml"] = contents.pop("pack.toml")
    assert only(write_zip(tmp_path / "x.zip", contents)).suggestion == 'Rename "Pack.toml" to "pack.toml".'


def test_a_storylet_in_a_folder_of_another_name_is_warned_of(tmp_path: Path) -> None:
    found = only(write_folder(tmp_path, good() | {"storylet/more.toml": b"[a]"}))
    assert (found.code, found.suggestion) == ("PACK111", 'Did you mean "storylets"?')


def test_a_file_that_is_too_big_is_refused(tmp_path: Path) -> None:
    big = good() | {"lore.toml": b"#" * (MAX_FILE + 1)}
    assert findings(write_folder(tmp_path / "folder", big)) == [("PACK105", "lore.toml")]


def test_too_many_files_are_refused(tmp_path: Path) -> None:
    many = good() | {f"storylets/more_{n}.toml": b"" for n in range(MAX_FILES)}
    assert findings(write_folder(tmp_path / "many", many)) == [("PACK106", "many")]
    assert findings(write_zip(tmp_path / "many.zip", many)) == [("PACK106", "many.zip")]


def test_too_much_in_many_files_is_refused(tmp_path: Path) -> None:
    heavy = good() | {f"storylets/more_{n}.toml": b"#" * MAX_FILE for n in range(MAX_TOTAL // MAX_FILE)}
    assert findings(write_folder(tmp_path / "heavy", heavy)) == [("PACK106", "heavy")]


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, good())
    (folder / "lore.toml").chmod(0)
    if os.access(folder / "lore.toml", os.R_OK):
        pytest.skip("this user may read everything")
    assert findings(folder) == [("PACK102", "lore.toml")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with a name")
def test_a_pipe_is_refused_and_never_waited_for(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, good())
    os.mkfifo(folder / "storylets" / "pipe.toml")
    assert findings(folder) == [("PACK102", "storylets/pipe.toml")]


def test_a_link_is_refused_in_a_folder(tmp_path: Path) -> None:
    outside = tmp_path / "secret.md"
    outside.write_text("A secret.")
    folder = write_folder(tmp_path / "pack", good())
    (folder / "world.md").unlink()
    (folder / "world.md").symlink_to(outside)
    assert ("PACK107", "world.md") in findings(folder)


def test_a_link_to_a_folder_is_not_followed(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "pack", good())
    (folder / "loop").symlink_to(folder)
    assert findings(folder) == [("PACK107", "loop")]


def test_a_link_is_refused_in_a_zip(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "link.zip", good())
    with zipfile.ZipFile(path, "a") as archive:
        info = zipfile.ZipInfo("storylets/link.toml")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    assert findings(path) == [("PACK107", "storylets/link.toml")]


@pytest.mark.parametrize(
    "name", ["../pack.toml", "/etc/pack.toml", "a/../../b.toml", "C:\\pack.toml", "..\\pack.toml", "\\\\host\\x"]
)
def test_a_name_that_leads_out_of_a_zip_is_refused(tmp_path: Path, name: str) -> None:
    path = write_zip(tmp_path / "out.zip", good() | {name: b""})
    assert [code for code, _ in findings(path)] == ["PACK107"]


def test_a_file_that_is_twice_in_a_zip_is_refused(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "twice.zip", good())
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("world.md", "Another world.")
    assert findings(path) == [("PACK108", "world.md")]


@pytest.mark.parametrize("data", [b"", b"PK", b"not a zip at all", b"PK\x05\x06" + b"\xff" * 18])
def test_what_is_no_zip_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "junk.zip"
    path.write_bytes(data)
    assert findings(path) == [("PACK108", "junk.zip")]


@pytest.mark.parametrize("at", [0.2, 0.5, 0.8, 0.99])
def test_a_damaged_zip_is_refused_or_still_the_same_pack(tmp_path: Path, at: float) -> None:
    path = write_zip(tmp_path / "hurt.zip", good())
    data = bytearray(path.read_bytes())
    for n in range(40):
        data[int(len(data) * at) - n - 1] ^= 0x5A
    path.write_bytes(data)
    pack, found = examine(path)
    assert found if pack is None else pack.hash == load_pack(GOOD).hash


def test_a_compression_that_is_not_deflate_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lzma.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        for name, data in good().items():
            archive.writestr(name, data)
    assert [code for code, _ in findings(path)] == ["PACK108"]


@pytest.mark.parametrize("size", [MAX_TOTAL * 2, MAX_TOTAL // 2])
def test_a_bomb_is_refused_without_unpacking_it(tmp_path: Path, size: int) -> None:
    path = write_zip(tmp_path / "bomb.zip", good() | {"storylets/bomb.toml": b"#" * size})
    tracemalloc.start()
    try:
        assert findings(path) == [("PACK109", "bomb.zip")]
        assert tracemalloc.get_traced_memory()[1] < 2 << 20
    finally:
        tracemalloc.stop()


def test_a_bomb_that_lies_about_its_size_is_read_only_to_the_bound(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "liar.zip", good() | {"lore.toml": b"#" * (8 << 20)})
    data = path.read_bytes()
    path.write_bytes(data.replace((8 << 20).to_bytes(4, "little"), (1000).to_bytes(4, "little")))
    assert [code for code, _ in findings(path)] == ["PACK108"]


def test_an_archive_with_a_huge_directory_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "huge.zip"
    with path.open("wb") as file:
        file.truncate((16 << 20) + 1)
    assert findings(path) == [("PACK109", "huge.zip")]


def test_an_error_names_the_first_problem_and_counts_the_others(tmp_path: Path) -> None:
    contents = good() | {"cast.toml": b"=", "places.toml": b"="}
    with pytest.raises(PackError) as caught:
        load_pack(write_folder(tmp_path / "broken", contents))
    assert "cast.toml:1: PACK104" in str(caught.value)
    assert "and 1 more" in str(caught.value)
    assert "\n" not in str(caught.value)
