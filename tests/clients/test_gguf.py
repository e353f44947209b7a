"""The head of a GGUF file: what a model was trained to read, and files that are no model."""

import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.clients import UnknownModel
from game.clients.gguf import trained_window


def text(value: bytes) -> bytes:
    return struct.pack("<Q", len(value)) + value


def head(*keys: bytes) -> bytes:
    return b"GGUF" + struct.pack("<IQQ", 3, 0, len(keys)) + b"".join(keys)


NAME = text(b"general.name") + struct.pack("<I", 8) + text(b"small")
WORDS = text(b"words") + struct.pack("<IIQ", 9, 8, 2) + text(b"a") + text(b"bc")
SCORES = text(b"scores") + struct.pack("<IIQ", 9, 6, 3) + bytes(12)
FLAG = text(b"flag") + struct.pack("<IB", 7, 1)
WINDOW = text(b"llama.context_length") + struct.pack("<II", 4, 2048)


@pytest.mark.parametrize("keys", [(WINDOW,), (NAME, WORDS, SCORES, FLAG, WINDOW), (WINDOW, NAME)])
def test_the_window_is_found_wherever_it_stands(tmp_path: Path, keys: tuple[bytes, ...]) -> None:
    (tmp_path / "model.gguf").write_bytes(head(*keys))
    assert trained_window(tmp_path / "model.gguf") == 2048


@pytest.mark.parametrize("data", [b"GGUF", head(NAME), head(NAME, WINDOW)[:-2], head(text(b"odd") + struct.pack("<I", 99))])
def test_a_head_that_does_not_say_is_left_to_llama_cpp(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "model.gguf").write_bytes(data)
    assert trained_window(tmp_path / "model.gguf") is None


@given(st.binary(max_size=200))
def test_no_head_is_too_odd(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "odd.gguf"
    path.write_bytes(b"GGUF" + data)
    assert trained_window(path) is None


def test_what_is_no_gguf_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "model.gguf").write_bytes(b"PK\x03\x04 a zip, really")
    with pytest.raises(UnknownModel, match="is no GGUF model"):
        trained_window(tmp_path / "model.gguf")


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnknownModel, match=r"there is no model at .*nowhere\.gguf"):
        trained_window(tmp_path / "nowhere.gguf")


def test_a_folder_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(UnknownModel, match="cannot be read"):
        trained_window(tmp_path)
