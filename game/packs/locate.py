"""Where in a TOML file a key stands. Its text has been parsed already, so it is known to be valid: this only finds lines."""

import tomllib
from contextlib import suppress

KeyPath = tuple[str | int, ...]
"""From the top of a file to a value: keys of tables and places in arrays."""

_QUOTES = ('"""', "'''", '"', "'")


class Locator:
    """The lines of every key, table and array element of one valid TOML text."""

    def __init__(self, text: str) -> None:
        self._text = text.replace("\r\n", "\n")
        self._at = 0
        self._line = 1
        self._lines: dict[KeyPath, int] = {(): 0}
        self._arrays: dict[KeyPath, int] = {}
        with suppress(RecursionError):  # nested so deep that it is no pack's: lines that were found by then are enough
            self._scan()

    def line(self, path: KeyPath) -> int:
        """The line of `path`, or of the nearest thing around it that is there. An author may have written one value where a list
        is meant, whose first it then is."""
        found: KeyPath = ()
        for part in path:
            if (*found, part) in self._lines:
                found = (*found, part)
            elif part != 0:
                break
        return self._lines[found]

    def _scan(self) -> None:
        table: KeyPath = ()
        self._skip(newlines=True)
        while self._at < len(self._text):
            if self._peek() == "[":
                table = self._header()
            else:
                self._pair(table)
            self._skip(newlines=True)

    def _header(self) -> KeyPath:
        """`[a.b]` or `[[a.b]]`: the table that the following keys belong to."""
        line = self._line
        is_array = self._text.startswith("[[", self._at)
        self._step(2 if is_array else 1)
        keys = self._keys()
        self._step(2 if is_array else 1)
        path = (*self._within((), keys[:-1], line), keys[-1])
        if is_array:
            count = self._arrays.get(path, 0)
            self._arrays[path] = count + 1
            self._note(path, line)
            path = (*path, count)
        self._note(path, line)
        return path

    def _within(self, base: KeyPath, keys: list[str], line: int) -> KeyPath:
        """Down through tables; where one of the keys is an array of tables, into its last."""
        for key in keys:
            base = (*base, key)
            self._note(base, line)
            if base in self._arrays:
                base = (*base, self._arrays[base] - 1)
        return base

    def _pair(self, table: KeyPath) -> None:
        line = self._line
        keys = self._keys()
        path = (*self._within(table, keys[:-1], line), keys[-1])
        self._note(path, line)
        self._step()  # =
        self._skip()
        self._value(path)

    def _keys(self) -> list[str]:
        keys: list[str] = []
        while True:
            self._skip()
            keys.append(self._quoted_key() if self._peek() in ('"', "'") else self._bare())
            self._skip()
            if self._peek() != ".":
                return keys
            self._step()

    def _bare(self) -> str:
        start = self._at
        while self._peek().isalnum() or self._peek() in ("_", "-"):
            self._step()
        return self._text[start : self._at]

    def _quoted_key(self) -> str:
        start = self._at
        raw = self._quoted()
        return str(tomllib.loads(f"key = {self._text[start : self._at]}")["key"]) if "\\" in raw else raw

    def _value(self, path: KeyPath) -> None:
        char = self._peek()
        if char in ('"', "'"):
            self._quoted()
        elif char == "[":
            self._array(path)
        elif char == "{":
            self._inline_table(path)
        else:
            while self._peek() not in (",", "]", "}", "#", "\n", ""):
                self._step()

    def _array(self, path: KeyPath) -> None:
        self._step()
        count = 0
        self._skip(newlines=True)
        while self._peek() not in ("]", ""):
            self._note((*path, count), self._line)
            self._value((*path, count))
            count += 1
            self._comma()
        self._step()

    def _inline_table(self, path: KeyPath) -> None:
        self._step()
        self._skip(newlines=True)
        while self._peek() not in ("}", ""):
            self._pair(path)
            self._comma()
        self._step()

    def _comma(self) -> None:
        self._skip(newlines=True)
        if self._peek() == ",":
            self._step()
            self._skip(newlines=True)

    def _quoted(self) -> str:
        quote = next(mark for mark in _QUOTES if self._text.startswith(mark, self._at))
        start = self._at + len(quote)
        end = start
        while not self._text.startswith(quote, end):
            end += 2 if self._text[end] == "\\" and quote[0] == '"' else 1
        while len(quote) == 3 and self._text.startswith(quote, end + 1):
            end += 1  # a multi-line string may end in quotes of its own
        self._step(end + len(quote) - self._at)
        return self._text[start:end]

    def _skip(self, newlines: bool = False) -> None:
        """Over white space and comments; over line ends too when `newlines`."""
        while self._peek() in ((" ", "\t", "#", "\n") if newlines else (" ", "\t", "#")):
            if self._peek() == "#":
                end = self._text.find("\n", self._at)
                self._step((len(self._text) if end < 0 else end) - self._at)
            else:
                self._step()

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _step(self, count: int = 1) -> None:
        self._line += self._text.count("\n", self._at, self._at + count)
        self._at += count

    def _note(self, path: KeyPath, line: int) -> None:
        self._lines.setdefault(path, line)
