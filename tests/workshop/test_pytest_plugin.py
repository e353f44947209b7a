"""A pack's own repository runs it with pytest: what is collected, when, and what is said of a failure."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from game.workshop import diagnosing
from game.workshop import survey as room
from game.workshop.plays import run_plays
from tests.packs.workshop import GOOD, Contents, edited, good, write_folder, write_zip

pytest_plugins = ["pytester"]

PASSING = "def test_something() -> None:\n    pass\n"
OFF = edited("tests/plays.toml", "has_lantern = true", "has_lantern = false")
BROKEN = edited("tests/plays.toml", '"pull"]', '"pul"]')
WARNED = edited("pack.toml", 'left = "Nobody has said who rang."\n', "")


@pytest.fixture(autouse=True, scope="module")
def loaded() -> None:
    """All of the engine that a play needs is imported before: `pytester` forgets what was imported in it, and the libraries that
    are written in Rust can be loaded only once."""
    assert all(result.ok for result in run_plays(str(GOOD)))


def pack_in(folder: Path, contents: Contents | None = None) -> Path:
    return write_folder(folder / "ferry", good() if contents is None else contents)


def ran(pytester: pytest.Pytester, *words: str) -> pytest.RunResult:
    """What pytest came to, in this process and with our plug-in alone: some others take a second to look for garbage."""
    others = ("unraisableexception", "threadexception", "hypothesispytest", "xdist", "timeout", "anyio")
    return pytester.runpytest(*words, *(f"-pno:{name}" for name in others))


def collected(pytester: pytest.Pytester, *words: str) -> list[str]:
    """The tests that pytest would run."""
    lines = ran(pytester, *words, "--collect-only", "-q").outlines
    return [line for line in lines if "::" in line]


FERRY = [f"ferry/pack.toml::{name}" for name in ("diagnostics", "over the river", "random plays end")]
IT = "test_it.py::test_something"


def test_each_play_is_a_test_and_so_are_its_diagnostics_and_random_plays(pytester: pytest.Pytester) -> None:
    pack_in(pytester.path)
    assert collected(pytester, "--unwritten-pack", "ferry") == FERRY
    ran(pytester, "--unwritten-pack", "ferry").assert_outcomes(passed=3)


def test_nothing_is_collected_unless_it_is_asked_for(pytester: pytest.Pytester) -> None:
    pack_in(pytester.path)
    pytester.makepyfile(test_it=PASSING)
    assert collected(pytester) == [IT]


def test_the_packs_of_the_ini_file_go_with_a_whole_run(pytester: pytest.Pytester) -> None:
    pack_in(pytester.path)
    pytester.makepyfile(test_it=PASSING)
    pytester.makeini("[pytest]\nunwritten_packs = ferry\n")
    assert sorted(collected(pytester)) == sorted([*FERRY, IT])


def test_they_also_do_where_the_ini_file_names_a_folder_of_other_tests(pytester: pytest.Pytester) -> None:
    pack_in(pytester.path)
    pytester.mkdir("checks").joinpath("test_it.py").write_text(PASSING)
    pytester.makeini("[pytest]\nunwritten_packs = ferry\ntestpaths = checks\n")
    assert collected(pytester) == [f"checks/{IT}", *FERRY]


def test_they_do_not_where_other_tests_are_named(pytester: pytest.Pytester) -> None:
    pack_in(pytester.path)
    pytester.makepyfile(test_it=PASSING)
    pytester.makeini("[pytest]\nunwritten_packs = ferry\n")
    assert collected(pytester, "test_it.py") == [IT]


@pytest.mark.parametrize("words", [["ferry/pack.toml::over the river"], ["--unwritten-pack", "ferry", "-k", "river"]])
def test_one_play_can_be_run_by_its_name(pytester: pytest.Pytester, words: list[str]) -> None:
    pack_in(pytester.path)
    pytester.makeini("[pytest]\nunwritten_packs = ferry\n")
    done = ran(pytester, *words, "-v")
    done.assert_outcomes(passed=1, deselected=2 if "-k" in words else 0)
    done.stdout.fnmatch_lines(["*over the river PASSED*"])


def test_a_pack_that_is_named_twice_is_run_once(pytester: pytest.Pytester) -> None:
    pack_in(pytester.path)
    pytester.makeini("[pytest]\nunwritten_packs = ferry\n")
    assert collected(pytester, ".", "--unwritten-pack", "ferry", "--unwritten-pack", "ferry") == FERRY


def test_a_zip_and_a_pack_from_elsewhere_are_run_too(pytester: pytest.Pytester, tmp_path: Path) -> None:
    pytester.chdir()
    elsewhere = pack_in(tmp_path / "elsewhere")
    archive = write_zip(tmp_path / "ferry.zip", good())
    ran(pytester, "--unwritten-pack", str(elsewhere), "--unwritten-pack", str(archive)).assert_outcomes(passed=6)


def test_a_play_that_fails_is_one_paragraph_without_a_traceback(pytester: pytest.Pytester) -> None:
    pack_in(pytester.path, OFF)
    done = ran(pytester, "--unwritten-pack", "ferry")
    done.assert_outcomes(passed=2, failed=1)
    lines = done.outlines
    at = next(n for n, line in enumerate(lines) if line.startswith("____") and "over the river" in line)
    assert lines[at + 1] == "tests/plays.toml:6: has_lantern should be false at the end, but has_lantern is true all along."
    assert lines[at + 2].startswith("====")


def test_an_error_fails_the_diagnostics_and_nothing_is_played(pytester: pytest.Pytester) -> None:
    pack_in(pytester.path, BROKEN)
    done = ran(pytester, "--unwritten-pack", "ferry")
    done.assert_outcomes(failed=1)
    done.stdout.fnmatch_lines(
        ['tests/plays.toml:5: PACK701: no outcome is called "pul", and it is no slot. Did you mean "pull"?']
    )
    done.stdout.no_fnmatch_line("*Traceback*")


def test_a_warning_is_shown_at_its_place_and_fails_nothing(pytester: pytest.Pytester) -> None:
    pack_in(pytester.path, WARNED)
    done = ran(pytester, "--unwritten-pack", "ferry")
    done.assert_outcomes(passed=3, warnings=1)
    done.stdout.fnmatch_lines(["*pack.toml:*: PackWarning: PACK612: *"])


def test_random_plays_that_do_not_end_fail(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(*asked: object) -> room.Survey:
        return room.Survey(200, (3,) * 200, {}, {}, {}, {"stay": 198}, {}, {}, {}, 0.5)

    monkeypatch.setattr(room, "survey", lost)
    pack_in(pytester.path)
    done = ran(pytester, "--unwritten-pack", "ferry")
    done.assert_outcomes(passed=2, failed=1)
    done.stdout.fnmatch_lines(["2 of 200 random plays come to no ending."])


def test_a_path_without_a_pack_is_told_before_anything_runs(pytester: pytest.Pytester) -> None:
    done = ran(pytester, "--unwritten-pack", "nowhere")
    assert done.ret == pytest.ExitCode.USAGE_ERROR
    done.stderr.fnmatch_lines(["ERROR: there is no pack at *nowhere: give a folder that has a pack.toml, or a zip"])


def test_a_fault_that_is_not_the_packs_keeps_its_traceback(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    def fault(ref: str) -> None:
        raise ZeroDivisionError(ref)

    monkeypatch.setattr(diagnosing, "diagnose", fault)
    pack_in(pytester.path)
    done = ran(pytester, "--unwritten-pack", "ferry", "-k", "diagnostics")
    done.assert_outcomes(failed=1, deselected=2)
    done.stdout.fnmatch_lines(["E   ZeroDivisionError*"])


def test_a_folder_with_a_pack_and_an_ini_file_is_all_that_it_takes(tmp_path: Path) -> None:
    write_folder(tmp_path, OFF | {"pytest.ini": b"[pytest]\nunwritten_packs = .\n"})
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=environment,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "1 failed, 2 passed" in done.stdout
    assert "has_lantern should be false at the end" in done.stdout


def test_other_projects_do_not_wait_for_the_engine() -> None:
    code = (
        "import sys, game.workshop.pytest_plugin\nprint([name for name in sys.modules if name.startswith(('game.', 'pydantic'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "['game.workshop', 'game.workshop.pytest_plugin']\n"
