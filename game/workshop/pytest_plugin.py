"""pytest runs a pack: a test for what is wrong with it, one for each of its plays, and one for random plays.

Nothing is collected unless it is asked for, and nothing of the engine is imported before: other projects' tests stay as they are.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from game.workshop.plays import Plays

RANDOM_PLAYS = 200
_HELP = "a story pack to test: its diagnostics, its own plays, and that random plays end"
_ASKED = pytest.StashKey[frozenset[Path]]()
"""The files that stand for the packs that are asked for: a folder's pack.toml, or a zip."""

Check = Callable[[], str]
"""Tests something of a pack: says what is wrong, or nothing."""


class PackWarning(pytest.PytestWarning):
    """A diagnostic that is no error."""


class NotAsItShouldBe(Exception):
    """What is wrong, in a paragraph for the author."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.getgroup("unwritten").addoption("--unwritten-pack", action="append", default=[], metavar="PATH", help=_HELP)
    parser.addini("unwritten_packs", type="paths", default=[], help=f"for each path: {_HELP}")


def pytest_configure(config: pytest.Config) -> None:
    """Note which packs are asked for. Those of the ini file go with a whole run, as its other tests do; where some tests are
    named on the command line, only the packs among them are run."""
    named = [_entry(config.invocation_params.dir / path) for path in config.getoption("--unwritten-pack")]
    standing = [_entry(path) for path in config.getini("unwritten_packs")]
    config.stash[_ASKED] = frozenset(named + standing)
    whole = config.args_source is not pytest.Config.ArgsSource.ARGS
    for entry in named + (standing if whole else []):
        if not any(_covers(arg, entry, config.invocation_params.dir) for arg in config.args):
            config.args.append(str(entry))


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> PackTests | None:
    if file_path not in parent.config.stash[_ASKED]:
        return None
    inside = file_path.is_relative_to(parent.config.rootpath)
    return PackTests.from_parent(parent, path=file_path, nodeid=None if inside else file_path.as_posix())


def _entry(path: Path) -> Path:
    """The file that stands for the pack at `path`."""
    path = Path(os.path.abspath(path))
    entry = path / "pack.toml" if path.is_dir() else path
    if not entry.is_file():
        raise pytest.UsageError(f"there is no pack at {path}: give a folder that has a pack.toml, or a zip")
    return entry


def _covers(arg: str, entry: Path, folder: Path) -> bool:
    """Whether what is collected for `arg`, as it is given in `folder`, has `entry` in it."""
    path = Path(os.path.abspath(folder / arg.partition("::")[0]))
    return path == entry or path in entry.parents


class PackTests(pytest.File):
    """The tests of one pack."""

    def collect(self) -> Iterator[PackItem]:
        from game.packs import PackError
        from game.packs.diagnostic import one_line
        from game.workshop.plays import Plays

        ref = str(self.path.parent if self.path.name == "pack.toml" else self.path)
        yield PackItem.from_parent(self, name="diagnostics", check=lambda: _diagnostics(ref))
        try:
            plays = Plays(ref)
        except PackError:
            return  # the test of its diagnostics says why
        for play in plays.pack.tests:
            yield PackItem.from_parent(self, name=one_line(play.name), check=lambda play=play: plays.run(play).why)
        yield PackItem.from_parent(self, name="random plays end", check=lambda: _random(plays))


class PackItem(pytest.Item):
    """One test of a pack."""

    def __init__(self, *, check: Check, **rest: object) -> None:
        super().__init__(**rest)  # type: ignore[arg-type]  # what pytest itself passes on
        self._check = check

    def runtest(self) -> None:
        if wrong := self._check():
            raise NotAsItShouldBe(wrong)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> str:  # type: ignore[override]  # text is allowed
        if isinstance(excinfo.value, NotAsItShouldBe):
            return str(excinfo.value)
        return str(super().repr_failure(excinfo, style="short"))

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, self.name


def _diagnostics(ref: str) -> str:
    """The errors, a line each. What is no error is a warning at its own place."""
    from game.workshop.diagnosing import diagnose

    found = diagnose(ref)
    for each in (each for each in found if each.severity == "warning"):
        words = PackWarning(f"{each.code}: {each.message} {each.suggestion}".rstrip())
        warnings.warn_explicit(words, PackWarning, str(Path(ref) / each.file), each.line or 1)
    return "\n".join(str(each) for each in found if each.severity == "error")


def _random(plays: Plays) -> str:
    from game.workshop.survey import survey

    found = survey(plays.pack, RANDOM_PLAYS)
    lost = found.plays - sum(found.endings.values())
    return f"{lost} of {found.plays} random plays come to no ending." if lost else ""
