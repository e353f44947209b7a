"""Which part of a rendered template comes from which value: the values are marked, rendered, and found again in the text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_OPEN, _BETWEEN, _CLOSE = "\ue000", "\ue001", "\ue002"
"""Private characters; inert text has none."""
_PIECE = re.compile(f"{_OPEN}([^{_BETWEEN}]*){_BETWEEN}([^{_CLOSE}]*){_CLOSE}")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a request: what it is, and its text."""

    name: str
    text: str


class _Text(str):
    """A text that prints itself marked, and is in all else the text."""

    mark: str

    def __new__(cls, text: str, mark: str) -> "_Text":
        made = super().__new__(cls, text)
        made.mark = mark
        return made

    def __str__(self) -> str:
        return f"{_OPEN}{self.mark}{_BETWEEN}{str.__str__(self)}{_CLOSE}"


class _Number(int):
    mark: str

    def __new__(cls, number: int, mark: str) -> "_Number":
        made = super().__new__(cls, number)
        made.mark = mark
        return made

    def __str__(self) -> str:
        return f"{_OPEN}{self.mark}{_BETWEEN}{int(self)}{_CLOSE}"


def marked(values: Mapping[str, object]) -> dict[str, object]:
    """The values, each of them marked with its name."""
    return {name: _marked(value, name) for name, value in values.items()}


def _marked(value: object, name: str) -> object:
    if isinstance(value, str):
        return _Text(value, name) if value else value
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return _Number(value, name)
    if isinstance(value, Mapping):
        return {key: _marked(part, name) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_marked(part, name) for part in value]
    return value


def sections_of(text: str, own: str) -> tuple[Section, ...]:
    """The parts of a text that was rendered from marked values, in the order in which they first stand there: one for each value,
    and `own` for the template's own words."""
    parts: dict[str, list[str]] = {}
    position = 0
    for piece in _PIECE.finditer(text):
        parts.setdefault(own, []).append(text[position : piece.start()])
        parts.setdefault(piece[1], []).append(piece[2])
        position = piece.end()
    parts.setdefault(own, []).append(text[position:])
    return tuple(Section(name, "".join(rows)) for name, rows in parts.items() if any(row.strip() for row in rows))


def unmarked(text: str) -> str:
    """The text as it is without the marks."""
    return _PIECE.sub(lambda piece: piece[2], text)
