"""The command `map`: from a journal's file to standard output, and one line where that cannot be."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from game.journal import Journal
from game.mapview import Form, view
from game.packs import Pack
from tests.conftest import REPOSITORY
from tests.journal.stories import HEADER, tell


def run(*words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "game", "map", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=60, cwd=REPOSITORY)


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """Two scenes, and another way from the first."""
    path = tmp_path / "told.journal"
    told = Journal.create(path, HEADER)
    first = tell(told)
    tell(told, "a")
    tell(told, "b", parent=first)
    told.close()
    return path


def test_the_tree_is_printed_and_the_file_stays_as_it_was(journal: Path) -> None:
    before = journal.read_bytes()
    done = run(journal)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("The Last Keeper: 3 scenes, 1 fork\n")
    assert "├─ 1 → 2  The jetty: Scene 2\n2  The jetty: Scene 2  ◀ you are here\n" in done.stdout
    assert journal.read_bytes() == before
    assert list(journal.parent.iterdir()) == [journal]


@pytest.mark.parametrize("flag", ["--svg", "--dot", "--json"])
def test_other_programs_get_it_in_their_own_form(journal: Path, flag: str) -> None:
    done = run(journal, flag)
    assert (done.returncode, done.stderr) == (0, "")
    if flag == "--svg":
        ElementTree.fromstring(done.stdout)
    elif flag == "--json":
        assert len(json.loads(done.stdout)["nodes"]) == 3
    else:
        assert done.stdout.startswith("digraph")


def test_endings_are_counted_by_the_pack_and_unknown_without_it(journal: Path, tmp_path: Path, pack: Pack) -> None:
    path = tmp_path / "strange.journal"
    told = Journal.create(path, replace(HEADER, pack_id="nowhere", pack_title="Nowhere"))
    tell(told)
    told.close()
    assert f"{len(pack.endings)} not found yet." in view(journal, "text")
    assert "not found yet" not in view(path, "text")
    assert f"{len(pack.endings)} not found yet." in view(path, "text", "last_keeper")


@pytest.mark.parametrize("form", ["text", "svg", "dot", "json"])
def test_there_is_a_map_of_a_story_that_has_not_begun(tmp_path: Path, form: Form) -> None:
    Journal.create(tmp_path / "new.journal", HEADER).close()
    assert "The Last Keeper" in view(tmp_path / "new.journal", form)


def test_a_pack_id_that_is_a_path_is_not_followed(tmp_path: Path) -> None:
    Journal.create(tmp_path / "new.journal", replace(HEADER, pack_id=str(REPOSITORY / "prompts" / "last_keeper"))).close()
    assert json.loads(view(tmp_path / "new.journal", "json"))["endings"]["unfound"] is None


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["no.journal"], "no.journal"),
        (["README.md"], "README.md"),
        (["{journal}", "--svg", "--json"], "--svg"),
        (["{journal}", "--pack", "last_keper"], "last_keeper"),
    ],
)
def test_what_cannot_be_shown_is_told_in_one_line(journal: Path, words: list[str], says: str) -> None:
    done = run(*(word.format(journal=journal) for word in words))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert says in done.stderr
