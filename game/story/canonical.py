"""Canonical JSON and the hashes made of it: the same value gives the same bytes on every platform.

The form is RFC 8785's for the values this engine has (no floats): keys sorted, no white space, UTF-8.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Json: TypeAlias = "None | bool | int | str | Sequence[Json] | Mapping[str, Json]"

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


def canonical(value: Json) -> str:
    """The one way to write `value` as JSON."""
    return _encode(value)


def digest(*parts: str | bytes) -> str:
    """BLAKE2b of the parts, each preceded by its length, as 32 hex characters."""
    hasher = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        hasher.update(len(data).to_bytes(8, "big"))
        hasher.update(data)
    return hasher.hexdigest()
