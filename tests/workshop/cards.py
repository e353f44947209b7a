"""Character cards and lorebooks in every version, built here, whole and hostile."""

import base64
import json
import struct
import zlib
from collections.abc import Mapping

from tavern_card import write_png_card

PERSON: Mapping[str, object] = {
    "name": "Nyx Vale",
    "description": "{{char}} is a ferry pilot. She keeps her lamp low.\n\nShe has taken {{user}} across before.",
    "personality": "dry, exact; she never finishes a compliment",
    "scenario": "{{user}} boards the last ferry.",
    "first_mes": '*She looks up.* "You are late."',
    "mes_example": '<START>\n{{user}}: Hello.\n{{char}}: *wipes the rail* "Mind the rope."\n<START>\n{{char}}: "Other side."',
}
BOOK: Mapping[str, object] = {
    "entries": [
        {"keys": ["sound", "water"], "content": "The sound is nine miles wide.", "enabled": True, "insertion_order": 80},
        {"keys": ["bell"], "content": "The bell is cracked.", "enabled": False, "insertion_order": 1},
    ]
}
SECOND: Mapping[str, object] = {
    **PERSON,
    "creator_notes": "Play it slow.",
    "system_prompt": "You are {{char}}.",
    "post_history_instructions": "Stay in character.",
    "alternate_greetings": ["Evening."],
    "character_book": BOOK,
    "tags": ["ferry"],
    "creator": "A Cardmaker",
    "character_version": "1.2",
    "extensions": {"depth_prompt": {"prompt": "x"}},
}
THIRD: Mapping[str, object] = {
    **SECOND,
    "nickname": "Nixie",
    "assets": [{"type": "icon", "uri": "ccdefault:", "name": "main", "ext": "png"}],
    "group_only_greetings": [],
    "source": ["https://example.org/nyx"],
}
WORLD_INFO: Mapping[str, object] = {
    "entries": {
        "0": {"uid": 0, "key": ["ferry"], "keysecondary": ["night"], "selective": True, "comment": "The ferry", "order": 100,
              "content": "The ferry leaves when it is full.", "constant": False, "disable": False, "probability": 50},
        "1": {"uid": 1, "key": [], "comment": "Always", "content": "It is winter.", "constant": True, "order": 300},
        "2": {"uid": 2, "key": ["/fer+y/i"], "comment": "A pattern", "content": "Ferries.", "order": 1},
    }
}  # fmt: skip


def first() -> bytes:
    """Version 1: flat."""
    return json.dumps(PERSON).encode()


def second() -> bytes:
    return json.dumps({"spec": "chara_card_v2", "spec_version": "2.0", "data": SECOND}).encode()


def third() -> bytes:
    return json.dumps({"spec": "chara_card_v3", "spec_version": "3.0", "data": THIRD}).encode()


def picture(card: bytes) -> bytes:
    """As a library writes it, under `chara`."""
    return write_png_card(json.loads(card))


def picture_of_version_3(card: bytes, packed: bool = False) -> bytes:
    """As version 3 is written, under `ccv3`; and a card of version 2 beside it, for older programs."""
    plain = picture(second())
    body = base64.b64encode(card)
    chunk = _chunk(b"zTXt", b"ccv3\0\0" + zlib.compress(body)) if packed else _chunk(b"tEXt", b"ccv3\0" + body)
    return plain[:-12] + chunk + plain[-12:]


def bomb() -> bytes:
    """A picture whose card unpacks to 64 MB."""
    return picture(second())[:-12] + _chunk(b"zTXt", b"ccv3\0\0" + zlib.compress(b"A" * (64 << 20), 9)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
