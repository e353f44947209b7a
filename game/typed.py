"""What is typed, as what is asked of the session: the words of the story tree, in one table for the terminal, for headless runs,
their help and the docs. Knows no screen and no session, only its commands.
"""

import textwrap
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from game.session import Bookmark, Command, DropBookmark, EditBeat, Flip, Forward, GoTo, LookAtMap, Retell, Rewind
from game.story import Mark, Scene

_Does_co = TypeVar("_Does_co", covariant=True)
_T = TypeVar("_T")

QUICK = "quick"
"""The slot of a bookmark that is set without saying where."""

REFUSALS = frozenset(
    (
        *("first_scene", "nothing_ahead", "no_such_scene", "no_other_telling", "half_told", "no_such_beat", "not_in_pack"),
        *("no_such_slot", "no_such_mark", "no_such_choice", "read_only"),
    )
)
"""The codes of the notices that answer a wish by which nothing has changed."""


@dataclass(frozen=True, slots=True)
class Here:
    """Where something is typed: the scene that is read, and what is kept of the playthrough."""

    scene: Scene
    marks: tuple[Mark, ...] = ()


class Unclear(Exception):
    """A word that is known, written so that it says nothing. `str(error)` is one line: how it is written."""


@dataclass(frozen=True, slots=True)
class Word(Generic[_Does_co]):
    """A word that can be typed, whole or as its `letter` (empty: it has none). `takes` is what follows, `says` what it is for."""

    name: str
    letter: str
    takes: str
    says: str
    does: _Does_co

    @property
    def written(self) -> str:
        """How it is typed, as "back [N]"."""
        return f"{self.name} {self.takes}".rstrip()


def known(words: Iterable[Word[_T]], line: str) -> tuple[Word[_T], str] | None:
    """The word that a line begins with, and what follows it; None when it begins with none of these."""
    first, _, rest = line.strip().partition(" ")
    found = next((word for word in words if first.lower() in (word.name, word.letter) and first), None)
    return (found, rest.strip()) if found else None


def explain(words: Iterable[Word[object]], measure: int) -> str:
    """The words and what each is for, each from a line of its own on, in lines of at most `measure` letters."""
    rows = [(word.letter, word.written, word.says) for word in words]
    width = max(len(written) for _, written, _ in rows)
    heads = [f"  {letter or ' '}  {written:<{width}}  " for letter, written, _ in rows]
    under = " " * (width + 7)
    return "\n".join(
        textwrap.fill(says, measure, initial_indent=head, subsequent_indent=under)
        for head, (_, _, says) in zip(heads, rows, strict=True)
    )


def asked(line: str, here: Here) -> Command | None:
    """What a line about the story tree asks for; None when it begins with none of its words.

    Raises:
        Unclear: what follows the word is not what it takes.
    """
    found = known(TREE, line)
    if found is None:
        return None
    word, rest = found
    command = word.does(here, rest)
    if command is None:
        raise Unclear(f'"{line.strip()[:40]}" says too little or too much; write {word.written}')
    return command


def number(text: str) -> int | None:
    """A number from 1 on, of at most six digits; None for any other text."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 6 and int(text) else None


def _by(move: Callable[[int], Command]) -> Callable[[Here, str], Command | None]:
    """A move by a number of steps, one when none is said."""

    def ask(_: Here, rest: str) -> Command | None:
        steps = number(rest or "1")
        return move(steps) if steps else None

    return ask


def _edit(here: Here, rest: str) -> Command | None:
    which, _, text = rest.partition(" ")
    beat = number(which)
    return EditBeat(here.scene.key, beat - 1, text.strip()) if beat else None


def _kept(rest: str) -> tuple[str, str]:
    """The slot (empty: none) and the name that are meant."""
    first, _, name = rest.partition(" ")
    if not rest or first.lower() == QUICK:
        return QUICK, name.strip()
    return (str(number(first)), name.strip()) if number(first) else ("", rest)


def _keep(here: Here, rest: str) -> Command:
    slot, name = _kept(rest)
    return Bookmark(name, slot, here.scene.key)


def _drop(here: Here, rest: str) -> Command:
    mark = _mark(here.marks, rest or QUICK)
    if mark:
        return DropBookmark("" if mark.slot else mark.name, mark.slot)
    slot, name = _kept(rest)
    return DropBookmark("" if slot else name, slot)


def _go(here: Here, rest: str) -> Command | None:
    """To what is kept in the slot or under the name; to the scene with the number on the way that the player is on; or to the
    scene with the key."""
    if mark := _mark(here.marks, rest):
        return GoTo(mark.key)
    turn, now = number(rest), here.scene.turn
    if turn is None or turn == now:
        return GoTo(here.scene.key if turn else rest) if rest else None
    return Rewind(now - turn) if turn < now else Forward(turn - now)


def _mark(marks: Sequence[Mark], said: str) -> Mark | None:
    return next((mark for mark in marks if mark.slot and mark.slot == said.lower()), None) or next(
        (mark for mark in marks if mark.name and mark.name.casefold() == said.casefold()), None
    )


TREE: tuple[Word[Callable[[Here, str], Command | None]], ...] = (
    Word("back", "b", "[N]", "go back by a scene, or by N", _by(Rewind)),
    Word("forward", "f", "[N]", "go on by a scene that was told already, or by N", _by(Forward)),
    Word("again", "a", "[WORDS]", "have this scene told once more, as the words say: less grim", lambda _, rest: Retell(rest)),
    Word("flip", "t", "", "turn to the next telling of this scene", lambda _, rest: None if rest else Flip()),
    Word("edit", "e", "N [TEXT]", "have paragraph N read so; without a text, as it was told", _edit),
    Word("keep", "k", "[SLOT] [NAME]", "keep this scene in a slot, under a name, or both", _keep),
    Word("drop", "", "[SLOT|NAME]", "keep it no longer", _drop),
    Word("go", "g", "SLOT|NAME|N", "go to what is kept there, or else to scene N of this way", _go),
    Word("map", "m", "", "the tree of all that was told", lambda _, rest: None if rest else LookAtMap()),
)
"""All that can be typed about the story tree."""
