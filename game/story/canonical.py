"""Canonical JSON and the hashes made of it: the same value gives the same bytes on every platform.

The form is RFC 8785's for the values this engine has (no floats): keys sorted, no white space, UTF-8.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import orjson

_blake2b = hashlib.blake2b

Json: TypeAlias = "None | bool | int | str | Sequence[Json] | Mapping[str, Json]"


def canonical(value: Json) -> str:
    """The one way to write `value` as JSON."""
    return canonical_bytes(value).decode()


def canonical_bytes(value: Json) -> bytes:
    """The same, as UTF-8."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def digest(*parts: str | bytes) -> str:
    """BLAKE2b of the parts, each preceded by its length, as 32 hex characters."""
    data = b""
    for part in parts:
        row = part.encode() if isinstance(part, str) else part
        data += len(row).to_bytes(8, "big") + row
    return _blake2b(data, digest_size=16).hexdigest()
