"""An author's text as it is written, in Tracery notation, cut into its parts. Owns how it is read, not what comes of it.

`#symbol.modifier#` stands for one of a symbol's expansions. `[name:text]` binds a name from there on, and in front of a symbol
(`#[name:text]symbol#`) for that symbol alone; texts with commas between them are several to draw from, and `[name:POP]` gives
back what the name was before. A backslash makes a plain character of `#`, `[`, `]`, `,` and of a backslash.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

DEEPEST = 3
"""Brackets within brackets."""

_SPECIAL = re.compile(r"[\\#\[]")
_NAME = re.compile(r"([a-z][a-z0-9_]*)((?:\.[A-Za-z]+)*)#")
_ACTION = re.compile(r"([a-z][a-z0-9_]*):(.*)", re.DOTALL)
_ESCAPED = "#[],\\"
_POP = "POP"


@dataclass(frozen=True, slots=True)
class Action:
    """A `[name:text,text]`: the texts as they are written; none gives back what the name was before."""

    name: str
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Symbol:
    """A `#[action]name.modifier#` in a text."""

    name: str
    modifiers: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class Stray:
    """A `#` or a `[` that begins nothing."""

    text: str


Part = str | Symbol | Action | Stray


def plain(text: str) -> str:
    """A text that was not written in this notation, so that it is read as it stands."""
    return _SPECIAL.sub(r"\\\g<0>", text)


@lru_cache(maxsize=16_384)
def parts_of(text: str) -> tuple[Part, ...]:
    """A text as it is written, cut into plain text, symbols and actions."""
    parts: list[Part] = []
    plain: list[str] = []
    at = 0
    while found := _SPECIAL.search(text, at):
        plain.append(text[at : found.start()])
        part, at = _part(text, found.start())
        if isinstance(part, str):
            plain.append(part)
            continue
        if before := "".join(plain):
            parts.append(before)
        plain = []
        parts.append(part)
    rest = "".join((*plain, text[at:]))
    return (*parts, rest) if rest else tuple(parts)


def _part(text: str, at: int) -> tuple[Part, int]:
    """What begins with the special character at `at`, and where it ends."""
    if text[at] == "\\":
        escaped = text[at + 1 : at + 2]
        return (escaped, at + 2) if escaped and escaped in _ESCAPED else ("\\", at + 1)
    found = _symbol(text, at) if text[at] == "#" else _action(text, at)
    return found or (Stray(text[at]), at + 1)


def _symbol(text: str, start: int) -> tuple[Symbol, int] | None:
    at, actions = start + 1, []
    while text[at : at + 1] == "[":
        found = _action(text, at)
        if found is None:
            return None
        action, at = found
        actions.append(action)
    name = _NAME.match(text, at)
    return (Symbol(name[1], tuple(name[2].split(".")[1:]), tuple(actions)), name.end()) if name else None


def _action(text: str, start: int) -> tuple[Action, int] | None:
    end = _closing(text, start)
    inside = _ACTION.fullmatch(text[start + 1 : end - 1]) if end else None
    if inside is None:
        return None
    return Action(inside[1], () if inside[2].strip() == _POP else _alternatives(inside[2])), end


def _closing(text: str, start: int) -> int:
    """Behind the bracket that closes the one at `start`; 0 if none does, or too many are opened within."""
    depth, at = 0, start
    while at < len(text):
        char = text[at]
        depth += (char == "[") - (char == "]")
        if depth == 0 or depth > DEEPEST:
            return at + 1 if depth == 0 else 0
        at += 2 if char == "\\" else 1
    return 0


def _alternatives(text: str) -> tuple[str, ...]:
    """The texts between the commas that stand in no bracket, without the blanks around them."""
    out, depth, start, at = [], 0, 0, 0
    while at < len(text):
        char = text[at]
        depth += (char == "[") - (char == "]")
        if char == "," and depth == 0:
            out.append(text[start:at].strip())
            start = at + 1
        at += 2 if char == "\\" else 1
    return (*out, text[start:].strip())
