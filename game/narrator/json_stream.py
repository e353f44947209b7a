"""An incremental reader of JSON as models really write it: in pieces, fenced, with junk before and after, never finished.

Linear in the length of the text. Strings come out in pieces as they arrive; everything else as whole tokens.
"""

import re
from collections.abc import Iterator
from typing import Literal

Token = tuple[Literal["{", "}", "[", "]", ",", ":", "text", "end", "scalar"], str]
"""`text` is a piece of a string, `end` its end; `scalar` a number or a word such as true."""

_PLAIN = re.compile(r'[^"\\]+')
_SPACE = re.compile(r"\s+")
_SCALAR = re.compile(r"[^\s{}\[\],:\"]+")
_SIMPLE = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_HEX = re.compile(r"[0-9a-fA-F]{4}")


class JsonStream:
    """Feed it text as it comes; it yields tokens as soon as they are certain."""

    def __init__(self) -> None:
        self._carry = ""
        self._started = False
        self._in_string = False

    def feed(self, piece: str) -> Iterator[Token]:
        text, self._carry = self._carry + piece, ""
        position = 0 if self._started else self._start(text)
        while position < len(text):
            token, after = self._string(text, position) if self._in_string else self._outside(text, position)
            if after == position:
                self._carry = text[position:]
                return
            position = after
            if token:
                yield token

    def _start(self, text: str) -> int:
        """Skips whatever stands before the object: fences, politeness."""
        position = text.find("{")
        self._started = position >= 0
        return position if self._started else len(text)

    def _outside(self, text: str, position: int) -> tuple[Token | None, int]:
        if space := _SPACE.match(text, position):
            return None, space.end()
        char = text[position]
        if char == '"':
            self._in_string = True
            return None, position + 1
        if char in "{}[],:":
            return (char, char), position + 1  # type: ignore[return-value]  # the six characters are their own kinds
        scalar = _SCALAR.match(text, position)
        assert scalar is not None, "every other character begins a scalar"
        if scalar.end() == len(text) and len(scalar[0]) < 40:
            return None, position
        return ("scalar", scalar[0]), scalar.end()

    def _string(self, text: str, position: int) -> tuple[Token | None, int]:
        if plain := _PLAIN.match(text, position):
            return ("text", plain[0]), plain.end()
        if text[position] == '"':
            self._in_string = False
            return ("end", ""), position + 1
        return self._escape(text, position)

    def _escape(self, text: str, position: int) -> tuple[Token | None, int]:
        if position + 1 >= len(text):
            return None, position
        letter = text[position + 1]
        if letter != "u":
            return ("text", _SIMPLE.get(letter, letter)), position + 2
        return self._unicode(text, position)

    def _unicode(self, text: str, position: int) -> tuple[Token | None, int]:
        if len(text) < position + 6:
            return None, position
        digits = _HEX.match(text, position + 2)
        if digits is None:
            return None, position + 2
        code = int(digits[0], 16)
        if 0xD800 <= code < 0xDC00:
            return self._pair(text, position, code)
        return ("text", "\ufffd" if 0xDC00 <= code < 0xE000 else chr(code)), position + 6

    def _pair(self, text: str, position: int, high: int) -> tuple[Token | None, int]:
        """The second half of a character written as two."""
        rest = text[position + 6 : position + 12]
        if len(rest) < 6 and "\\u".startswith(rest[:2]):
            return None, position
        low = int(rest[2:], 16) if rest.startswith("\\u") and _HEX.fullmatch(rest[2:]) else 0
        if 0xDC00 <= low < 0xE000:
            return ("text", chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))), position + 12
        return ("text", "\ufffd"), position + 6
