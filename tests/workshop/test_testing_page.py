"""docs/testing-packs.md: its commands do what it says, its play holds, and it leaves out no key."""

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from game.cli import app
from game.packs.files import ExpectFile
from game.workshop.plays import run_plays
from game.workshop.report import take
from tests.conftest import REPOSITORY
from tests.packs.workshop import GOOD, good, write_folder

PAGE = (REPOSITORY / "docs" / "testing-packs.md").read_text("utf-8")
COMMANDS = [
    line for block in re.findall(r"^```sh\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL) for line in block.splitlines()
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_page_does_its_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    write_folder(tmp_path / "ferry", good())
    monkeypatch.chdir(tmp_path)
    program, *words = shlex.split(command)
    assert program == "unwritten"
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output


def test_the_play_of_the_page_goes_as_it_says(tmp_path: Path) -> None:
    (listing,) = re.findall(r"^```toml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    (result,) = run_plays(str(write_folder(tmp_path, good() | {"tests/plays.toml": listing.encode()})))
    assert result.failures == ()


def test_every_key_of_what_is_expected_and_of_the_json_is_on_the_page() -> None:
    report = take(str(GOOD), plays=2)
    rows = report.to_json()
    inner = [key for name in ("plays", "measures", "storylets", "near_repeats", "threads") for key in rows[name][0]]
    keys = {*ExpectFile.model_fields, *rows, *inner}
    assert {key for key in keys if f"`{key}`" not in PAGE} == set()
    assert all(f"| {measure.name} |" in PAGE and f"| {measure.mark}" in PAGE for measure in report.measures)
