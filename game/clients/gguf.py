"""The head of a GGUF file: whether it is one, and how many tokens its model was trained to read.

The format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md (magic, version, counts, then keys with typed values).
"""

import struct
from pathlib import Path
from typing import BinaryIO

from game.clients.errors import UnknownModel

MAGIC = b"GGUF"
MOST_KEYS = 4096
LONGEST = 1 << 24
"""Bytes of one value that are still skipped; beyond, the file is not what it says it is."""

_STRING, _ARRAY = 8, 9
_SIZES = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}
_WHOLE = {4: "<I", 5: "<i", 10: "<Q", 11: "<q"}


def trained_window(path: Path) -> int | None:
    """The model's own context length in tokens; None if the head does not say.

    Raises:
        UnknownModel: there is no such file, it cannot be read, or it is no GGUF file.
    """
    try:
        with path.open("rb") as file:
            if file.read(len(MAGIC)) != MAGIC:
                raise UnknownModel(f"{path} is no GGUF model; choose a file that ends in .gguf and was downloaded whole")
            return _context_length(file)
    except FileNotFoundError:
        raise UnknownModel(f"there is no model at {path}; name a GGUF file that exists") from None
    except OSError as error:
        raise UnknownModel(f"{path} cannot be read ({error.strerror}); name a GGUF file") from None


def _context_length(file: BinaryIO) -> int | None:
    """Reads keys until the one that ends in `.context_length`. A head that breaks off is for llama.cpp to judge."""
    try:
        _, _, keys = struct.unpack("<IQQ", file.read(20))
        for _ in range(min(keys, MOST_KEYS)):
            key = file.read(_length(file))
            kind = _number(file, "<I")
            if key.endswith(b".context_length") and kind in _WHOLE:
                return _number(file, _WHOLE[kind])
            _skip(file, kind)
    except (struct.error, KeyError, OverflowError):
        pass
    return None


def _number(file: BinaryIO, form: str) -> int:
    value: int = struct.unpack(form, file.read(struct.calcsize(form)))[0]
    return value


def _length(file: BinaryIO) -> int:
    length = _number(file, "<Q")
    if length > LONGEST:
        raise OverflowError
    return length


def _skip(file: BinaryIO, kind: int) -> None:
    if kind == _STRING:
        file.seek(_length(file), 1)
    elif kind == _ARRAY:
        inner, count = _number(file, "<I"), _length(file)
        if inner in (_STRING, _ARRAY):
            for _ in range(count):
                _skip(file, inner)
        else:
            file.seek(count * _SIZES[inner], 1)
    else:
        file.seek(_SIZES[kind], 1)
