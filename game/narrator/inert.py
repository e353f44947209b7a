"""Text that somebody wrote, made fit to stand in a prompt: whatever it says, it stays data. Every template's values pass here."""

import re
import unicodedata
from collections.abc import Mapping

from game.story import readable

_FOR = {"<": "‹", ">": "›", "[": "(", "]": ")", "{": "(", "}": ")", "`": "'", "#": "#"}
"""What could close a delimiter, open a tag, a chat template's token, a JSON value or a block of code, and what stands for it."""
_RULE = re.compile(r"([-=*_~])\1{2,}")
_HASHES = re.compile(r"#{2,}")
_LEADING = re.compile(r"^[#\s]+")


class _Table(dict[int, str]):
    """What each character becomes, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _replaced(chr(code))
        return found


def _replaced(char: str) -> str:
    """Tokenizers fold look-alikes of a character into it, so these are treated as what they will be taken for."""
    if (kept := readable(char)) != char:
        return kept
    plain = unicodedata.normalize("NFKC", char)
    return "".join(_FOR.get(part, part) for part in plain) if any(part in _FOR for part in plain) else char


_table = _Table()


def inert(text: str, limit: int = 0) -> str:
    """The text on one line, without what could end its place in a prompt or look like a part of the prompt's own: no control or
    direction characters, no brackets of tags, tokens or JSON, no headline, no rule. At most `limit` characters (0: any)."""
    flat = " ".join(text.translate(_table).split())
    flat = _LEADING.sub("", _HASHES.sub("#", _RULE.sub("—", flat)))
    return flat if not limit or len(flat) <= limit else flat[: limit - 1].rstrip() + "…"


def inert_lines(text: str) -> str:
    """The same for a text of several paragraphs, whose line ends stay; never more than one empty line between two."""
    lines = "\n".join(inert(line) for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def inert_values(values: Mapping[str, object]) -> dict[str, object]:
    """What a template is given, with every text in it made inert."""
    return {key: _inert_value(value) for key, value in values.items()}


def _inert_value(value: object) -> object:
    if isinstance(value, str):
        return inert(value)
    if isinstance(value, Mapping):
        return inert_values(value)
    if isinstance(value, list | tuple):
        return [_inert_value(part) for part in value]
    return value
