"""The format of a reply, and reading one while it comes.

    {"beats":[{"s":"narrator","t":"..."},{"s":"maren/wary","t":"..."}],"a":"...","b":"...","notes":["..."]}

Beats first and short keys, so that few tokens stand before the first word of prose. `s` is the narrator, or a cast id and an
expression; letters are the texts of the slots. `r`, the rule a beat came from, is believed only of a client that passes on
authored text.
"""

import json
from dataclasses import dataclass, field
from functools import lru_cache

from game.narrator.checks import LONGEST_CHOICE
from game.narrator.json_stream import JsonStream
from game.packs import Pack
from game.story import SLOTS, Json, Scene

NARRATOR = "narrator"
MAX_NOTES = 3


@dataclass(frozen=True, slots=True)
class BeatPart:
    """More of beat `index`: who speaks, the text that came since, and whether it is whole. `rule` is known when it is."""

    index: int
    speaker: str
    text: str
    whole: bool = False
    rule: str = ""


@dataclass(frozen=True, slots=True)
class SlotText:
    letter: str
    text: str


@dataclass(frozen=True, slots=True)
class Note:
    text: str


Part = BeatPart | SlotText | Note


@dataclass(slots=True)
class _Object:
    """A JSON object or list being read: the key under way, and what beat it is, if it is one."""

    kind: str
    key: str = ""
    wants_key: bool = True
    fields: dict[str, str] = field(default_factory=dict)


class ReplyReader:
    """Reads a reply piece by piece; what a piece settles comes out at once. Never raises: what is not a reply gives nothing."""

    def __init__(self) -> None:
        self._json = JsonStream()
        self._stack: list[_Object] = []
        self._string: list[str] = []
        self._fresh: list[str] = []
        self._beats = 0
        self._closed: set[str] = set()
        self._sent = False
        self._untouched = True
        self.finished = False

    def feed(self, piece: str) -> list[Part]:
        if self._untouched:
            self._untouched = False
            if (parts := _at_once(piece)) is not None:
                self.finished = True
                return parts
        out: list[Part] = []
        for kind, text in self._json.feed(piece):
            if self.finished:
                break
            if kind == "text":
                self._fresh.append(text)
            elif kind == "end":
                self._value(out)
            elif kind in "{[":
                self._open(kind)
            elif kind in "}]":
                self._close(out)
            elif kind in (",", "scalar"):
                self._next()
        self._flow(out)
        return out

    def _open(self, kind: str) -> None:
        if len(self._stack) < 8:
            self._stack.append(_Object(kind))

    def _close(self, out: list[Part]) -> None:
        if not self._stack:
            return
        closed = self._stack.pop()
        if closed.kind == "{" and self._in_beats():
            self._beat_whole(closed, out)
        self.finished = not self._stack
        if self._stack:
            self._stack[-1].wants_key = True

    def _next(self) -> None:
        if self._stack:
            self._stack[-1].wants_key = True

    def _value(self, out: list[Part]) -> None:
        self._flow(out)
        text = "".join((*self._string, *self._fresh))
        self._string, self._fresh = [], []
        if not self._stack:
            return
        top = self._stack[-1]
        if top.kind == "{" and top.wants_key:
            top.key, top.wants_key = text, False
        elif top.kind == "{" and self._in_beats(below=1):
            top.fields.setdefault(top.key, text)
        elif len(self._stack) == 1 and top.key in SLOTS and top.key not in self._closed:
            self._closed.add(top.key)
            out.append(SlotText(top.key, text))
        elif len(self._stack) == 2 and self._stack[0].key == "notes":
            out.append(Note(text))

    def _in_beats(self, below: int = 0) -> bool:
        """Whether the stack, less `below`, is the list of beats at the top of the reply."""
        return len(self._stack) - below == 2 and self._stack[0].key == "beats" and self._stack[1].kind == "["

    def _flow(self, out: list[Part]) -> None:
        """What has come of the text of the beat under way, as soon as it is known who speaks."""
        if not self._fresh or not self._in_beats(below=1):
            return
        top = self._stack[-1]
        if top.key == "t" and not top.wants_key and "s" in top.fields and "t" not in top.fields:
            out.append(BeatPart(self._beats, top.fields["s"], "".join(self._fresh)))
            self._string += self._fresh
            self._fresh = []
            self._sent = True

    def _beat_whole(self, beat: _Object, out: list[Part]) -> None:
        text = beat.fields.get("t", "")
        if text.strip() or self._sent:
            rest = "" if self._sent else text
            out.append(BeatPart(self._beats, beat.fields.get("s", NARRATOR), rest, True, beat.fields.get("r", "")))
            self._beats += 1
        self._sent = False


class _Repeated(ValueError):
    """An object has a key twice."""


def _no_key_twice(pairs: list[tuple[str, object]]) -> dict[str, object]:
    out = dict(pairs)
    if len(out) != len(pairs):
        raise _Repeated
    return out


_decode = json.JSONDecoder(object_pairs_hook=_no_key_twice).decode


def _at_once(piece: str) -> list[Part] | None:
    """A whole and orderly reply that came in one piece, read the fast way; None for anything else."""
    if not piece.startswith('{"beats":[') or "\\ud" in piece:
        return None
    try:
        reply = _decode(piece)
        rows = reply.pop("beats")
        notes = reply.pop("notes", [])
        texts = [row for beat in rows for row in (beat["s"], beat["t"], beat.get("r", ""))] + [*notes, *reply.values()]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    if not all(isinstance(text, str) for text in texts) or not all(beat["t"].strip() for beat in rows):
        return None
    beats = [BeatPart(n, beat["s"], beat["t"], True, beat.get("r", "")) for n, beat in enumerate(rows)]
    return [*beats, *(SlotText(key, text) for key, text in reply.items() if key in SLOTS), *map(Note, notes)]


@lru_cache(maxsize=64)
def _schema(speakers: tuple[str, ...], letters: str, max_beats: int, max_chars: int) -> dict[str, Json]:
    text: dict[str, Json] = {"type": "string", "minLength": 1, "maxLength": max_chars}
    beat: dict[str, Json] = {
        "type": "object",
        "properties": {"s": {"type": "string", "enum": list(speakers)}, "t": text},
        "required": ["s", "t"],
        "additionalProperties": False,
    }
    properties: dict[str, Json] = {"beats": {"type": "array", "items": beat, "minItems": 2, "maxItems": max_beats}}
    for letter in letters:
        properties[letter] = {"type": "string", "minLength": 1, "maxLength": LONGEST_CHOICE + 1}
    properties["notes"] = {"type": "array", "items": {"type": "string", "maxLength": 120}, "maxItems": MAX_NOTES}
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def reply_schema(pack: Pack, slots: int, max_beats: int, max_chars: int) -> dict[str, Json]:
    """The JSON schema of a reply: its bytes depend on the cast and the number of slots alone, so that it can stay cached."""
    speakers = (NARRATOR, *(f"{member.id}/{look}" for member in pack.cast.values() for look in member.expressions))
    return _schema(speakers, "".join(SLOTS[:slots]), max_beats, max_chars)


def as_reply(scene: Scene) -> dict[str, Json]:
    """A scene in the format of a reply: how the past stands in a prompt."""
    beats: list[Json] = [
        {"s": NARRATOR if beat.speaker is None else f"{beat.speaker}/{beat.expression}", "t": beat.text} for beat in scene.beats
    ]
    letters: dict[str, Json] = {choice.slot: choice.text for choice in scene.choices}
    return {"beats": beats, **letters, "notes": list(scene.notes)}
