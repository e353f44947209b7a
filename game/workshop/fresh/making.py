"""The whole way of `new`: a name and the answers known already; then questions, if somebody is there; then a folder."""

import sys
from collections.abc import Mapping
from pathlib import Path

from game.workshop.fresh.answers import NotWritten, answered, id_of
from game.workshop.fresh.asking import ask
from game.workshop.fresh.writing import write_pack


def make(name: str, into: Path, given: Mapping[str, str], bare: bool = False, asked: bool = False) -> Path:
    """A new pack called `name` in a folder of its own inside `into`; gives that folder. `given` has answers by the keys of their
    questions, an empty one is none. With `asked`, the others are put on standard output and read from standard input.

    Raises:
        NotWritten: there can be no pack of that name there, or one of the answers cannot be used. Nothing is written then.
    """
    made = id_of(name)
    answered(name, given)
    if not into.is_dir():
        raise NotWritten(f"there is no folder {into}; make it first, or choose another with --into")
    if (into / made).exists():
        raise NotWritten(f"there is a {into / made} already; choose another name, or another folder with --into")
    if asked:
        given = ask(name, given, bare, sys.stdin.readline, _say)
    return write_pack(into, made, answered(name, given), bare)


def what_now(folder: Path) -> str:
    """What an author may do with a new pack, a command a line."""
    path = str(folder) if folder.is_absolute() else f"./{folder.as_posix()}"
    return (
        f"{path} is a pack now. What to do with it:\n"
        f"  unwritten play --pack {path}   plays it in a window, or with --text here\n"
        f"  unwritten check {path}         says what is wrong with it\n"
        f"  unwritten test {path}          plays its own tests\n"
        f"Begin with pack.toml: every file says in its comments what it is for."
    )


def _say(text: str) -> None:
    print(text, end="", flush=True)
