"""docs/packs.md, gone through from top to bottom: every listing is written, and every command prints what stands there.

A listing names its file: ```toml file=PATH writes it; with `add` behind it, it is added to what the file has. In ```sh, lines
with `$` are commands, and the lines below each are what it prints; `…` stands for any text in a line, and, alone, for any lines.
"""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from game.cli import app
from tests.conftest import REPOSITORY

PAGE = REPOSITORY / "docs" / "packs.md"
_FENCE = re.compile(r"^```(\S*)[ ]?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Listing:
    path: str
    text: str
    added: bool


@dataclass(frozen=True, slots=True)
class Command:
    words: str
    printed: str
    line: int


Step = Listing | Command


def steps(page: str) -> Iterator[Step]:
    """What the page has its reader do, in turn."""
    for fence in _FENCE.finditer(page):
        kind, info, body = fence.groups()
        if kind == "sh":
            yield from _commands(body, page.count("\n", 0, fence.start(3)) + 1)
        else:
            file = re.fullmatch(r"file=(\S+)( add)?", info)
            assert file is not None, f"a {kind} listing without a file, and so one that nothing runs: {body[:60]}"
            yield Listing(file[1], body, bool(file[2]))


def _commands(body: str, first: int) -> Iterator[Command]:
    for part in re.finditer(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", body, re.MULTILINE):
        yield Command(part[1], part[2], first + body.count("\n", 0, part.start()))


def carried_out(step: Step, folder: Path) -> str:
    """Does what a reader would do, in that folder, and gives what it prints."""
    if isinstance(step, Listing):
        path = folder / step.path
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_text(encoding="utf-8") + "\n" if step.added else ""
        path.write_text(before + step.text, encoding="utf-8")
        return ""
    program, *words = shlex.split(step.words)
    if program == "mkdir":
        (folder / words[0]).mkdir()
        return ""
    assert program in ("unwritten", "python"), f"the page has a command that is not run: {step.words}"
    if program == "unwritten" and words[0] != "play":
        return _in_this_process(words, folder)
    return _in_its_own(["-m", "game", *words] if program == "unwritten" else words, folder)


def _in_this_process(words: list[str], folder: Path) -> str:
    """Quicker by a second; a story, though, is printed to whatever was standard output when its printer was imported."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        return CliRunner(env={"COLUMNS": "80"}).invoke(app, words).output


def _in_its_own(words: list[str], folder: Path) -> str:
    return subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), "COLUMNS": "80"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=60,
        check=False,
    ).stdout


def matches(printed: str, shown: str) -> bool:
    """Whether what was printed is what the page shows."""
    pattern = ""
    for line in shown.rstrip("\n").split("\n"):
        pattern += r"(?:[^\n]*\n)*?" if line.strip() == "…" else re.escape(line.rstrip()).replace("…", r"[^\n]*") + r"\n"
    text = "".join(f"{line.rstrip()}\n" for line in printed.rstrip().split("\n"))
    return re.fullmatch(pattern, text) is not None


STEPS = list(steps(PAGE.read_text(encoding="utf-8")))
COMMANDS = [step for step in STEPS if isinstance(step, Command)]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[Command, str]:
    """What each command of the page prints to somebody who does all of it."""
    folder = tmp_path_factory.mktemp("evening")
    outputs = [(step, carried_out(step, folder)) for step in STEPS]
    return {step: output for step, output in outputs if isinstance(step, Command)}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: f"line {command.line}: {command.words}")
def test_a_command_prints_what_the_page_shows(printed: dict[Command, str], command: Command) -> None:
    assert matches(printed[command], command.printed), printed[command]


def test_the_words_above_a_listing_say_which_file_it_is() -> None:
    """What stands behind ``` is not shown to somebody who reads the page in a browser."""
    page = PAGE.read_text(encoding="utf-8")
    paths = [(fence.start(), named[1]) for fence in _FENCE.finditer(page) if (named := re.search(r"file=[^/]+/(\S+)", fence[2]))]
    unnamed = [path for start, path in paths if f"`{path}`" not in page[page.rfind("\n## ", 0, start) : start]]
    assert unnamed == []


def test_the_page_leads_to_a_pack_that_is_checked_tested_and_shared() -> None:
    words = {command.words.split()[1] for command in COMMANDS if command.words.startswith("unwritten")}
    assert words >= {"check", "play", "test", "prompt", "new", "schema"}
    assert any("zipfile" in command.words for command in COMMANDS)


@pytest.mark.parametrize(
    ("text", "shown", "same"),
    [
        ("a\nb\nc\n", "a\n…\nc\n", True),
        ("a\nc\n", "a\n…\nc\n", True),
        ("a\nb\n", "a\n", False),
        ("a 17 b\n", "a … b\n", True),
        ("a 17 c\n", "a … b\n", False),
    ],
)
def test_dots_stand_for_any_text_and_nothing_else_does(text: str, shown: str, same: bool) -> None:
    assert matches(text, shown) is same
