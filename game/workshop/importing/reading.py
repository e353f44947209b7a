"""From the bytes of a stranger's file to a card or a lorebook, within bounds; whatever is wrong with it is one sentence."""

import base64
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tavern_card import parse_card, parse_png_card

from game.workshop.importing.brought import NotImported

MAX_BYTES = 10 << 20
MAX_TEXT = 4 << 20
"""Bytes of the card in a picture, unpacked."""

_PNG = b"\x89PNG\r\n\x1a\n"
_ZIP = b"PK\x03\x04"
_VERSIONS: Mapping[object, str] = {"chara_card_v1": "V1", "chara_card_v2": "V2", "chara_card_v3": "V3"}


@dataclass(frozen=True, slots=True)
class CardFound:
    """A character card: `data` has the fields of version 2 whatever its version, `own` all that the file itself has."""

    version: str
    data: Mapping[str, object]
    own: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class BookFound:
    """A lorebook that stands by itself; `entries` are in its order."""

    name: str
    own: Mapping[str, object]


def read(path: Path) -> CardFound | BookFound:
    """What the file at `path` holds.

    Raises:
        NotImported: it cannot be read, is neither a card nor a lorebook, or is one that means harm.
    """
    data = _bytes(path)
    try:
        return _from_picture(data) if data.startswith(_PNG) else _from_text(data)
    except NotImported as error:
        raise NotImported(f"{path.name}: {error}") from None
    except RecursionError:
        raise NotImported(f"{path.name}: it is nested too deep") from None
    except (ValueError, TypeError, AttributeError, KeyError, LookupError, zlib.error):
        raise NotImported(f"{path.name}: it is no character card (V1, V2, V3 as JSON or PNG), and no lorebook") from None


def _bytes(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise NotImported(f"{path.name}: there is no such file")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise NotImported(f"{path.name}: it cannot be read ({reason or 'its name cannot be used'})") from None
    if len(data) > MAX_BYTES:
        raise NotImported(f"{path.name}: it has more than {MAX_BYTES >> 20} MB")
    if data.startswith(_ZIP):
        raise NotImported(f"{path.name}: it is an archive; unpack it, and import the card.json that is in it")
    return data


def _from_picture(data: bytes) -> CardFound:
    try:
        card = parse_png_card(data)
    except ValueError as error:
        if "bomb" in str(error) or "limit" in str(error) or "too large" in str(error):
            raise NotImported("what is packed in this picture is too large") from None
        raise NotImported("there is no character card in this picture") from None
    return _card(card, _own(json.loads(_packed(data))))


def _packed(data: bytes) -> bytes:
    """The card in a picture, as JSON: what the library has read, with the fields that it leaves out."""
    texts = dict(_texts(data))
    return base64.b64decode(texts.get(b"ccv3") or texts[b"chara"])


def _texts(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_PNG)
    while at + 8 <= len(data):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        key, _, rest = data[at + 8 : at + 8 + length].partition(b"\0")
        at += length + 12
        if kind == b"tEXt":
            yield key, rest
        elif kind == b"zTXt":
            yield key, zlib.decompressobj().decompress(rest[1:], MAX_TEXT)


def _from_text(data: bytes) -> CardFound | BookFound:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotImported("it is neither a picture (PNG) nor text in UTF-8") from None
    found = json.loads(text) if text.lstrip()[:1] in ("{", "[") else json.loads(base64.b64decode(text.strip(), validate=True))
    if not isinstance(found, dict):
        raise NotImported("it is JSON, but neither a character card nor a lorebook")
    if (book := _book(found)) is not None:
        return book
    return _card(parse_card(found), _own(found))


def _book(found: Mapping[str, object]) -> BookFound | None:
    """SillyTavern's export (`entries` by number), and the form of the card specification (`lorebook_v3`, a list)."""
    inner = found.get("data") if found.get("spec") == "lorebook_v3" else found
    if isinstance(inner, dict) and isinstance(inner.get("entries"), dict | list) and "first_mes" not in inner:
        name = inner.get("name") or found.get("name")
        return BookFound(name if isinstance(name, str) else "", inner)
    return None


def _card(card: Mapping[str, object], own: Mapping[str, object]) -> CardFound:
    data = card.get("data")
    if not isinstance(data, dict):
        raise NotImported("it is JSON, but neither a character card nor a lorebook")
    return CardFound(_VERSIONS.get(card.get("spec"), "V2"), data, own)


def _own(found: object) -> Mapping[str, object]:
    """The card's own fields, without what is wrapped around them."""
    for key in ("data", "card", "character", "chara_card"):
        inner = found.get(key) if isinstance(found, dict) else None
        if isinstance(inner, dict):
            return inner if key == "data" else _own(inner)
    return found if isinstance(found, dict) else {}
