"""A playthrough whose pack changed or is gone, without a window: walked to and fro, told on, and read."""

import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from game.headless import Run, play
from game.packs import load_pack
from game.session import Begin, Continue, Library, Session
from game.terminal import Terminal
from tests.changing import WORLDS, as_pack, copied, other_world
from tests.conftest import REPOSITORY
from tests.fronts.test_terminal import answering


def headless(begin: Begin | Continue, source: str = "", **options: object) -> tuple[int, str, str]:
    """Exit code, standard output, standard error."""
    session, out, err = Session(Library(), threaded=False), io.StringIO(), io.StringIO()
    try:
        return play(Run(begin, **options), session, out, err, io.StringIO(source)), out.getvalue(), err.getvalue()
    finally:
        session.close()


def told(path: Path, pack: str, scenes: int = 7) -> list[dict]:
    """The scenes of a playthrough that was begun in `path`."""
    _, out, _ = headless(Begin(pack, seed=7, journal=path), bot="random", max_scenes=scenes)
    return [row for row in map(json.loads, out.splitlines()) if row["event"] == "scene"]


WALK = "back 3\nforward\nmap\nagain\nedit 1 It was so.\nkeep 1 here\ngo 1\nback 100\nforward 100\n"


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("as_json", [True, False], ids=["json", "plain"])
def test_a_headless_run_walks_all_of_a_story_of_which_the_pack_has_nothing(tmp_path: Path, world: str, as_json: bool) -> None:
    path = tmp_path / "one.journal"
    scenes = told(path, world)
    begin = Continue(path, pack=str(other_world(world, tmp_path / "changed")))
    code, out, err = headless(begin, WALK + "0\n0\n", as_json=as_json)
    assert code == 0, err
    assert err.count("\n") == 1
    assert "has changed since this was begun; what was read stays as it was. " in err
    assert all(scenes[n]["title"] in out for n in (6, 3, 4, 0))
    assert "no longer has what happens in this scene" in out


def in_terminal(tmp_path: Path, begin: Begin | Continue, answers: list[str]) -> tuple[int, str]:
    session, out = Session(Library(folder=tmp_path / "data")), io.StringIO()
    try:
        console = Console(file=out, width=80, force_terminal=False, highlight=False)
        return Terminal(session, console, answering(answers)).play(begin), out.getvalue()
    finally:
        session.close()


@pytest.mark.parametrize("world", WORLDS)
def test_the_terminal_walks_all_of_a_story_of_which_the_pack_has_nothing(tmp_path: Path, world: str) -> None:
    path = tmp_path / "one.journal"
    scenes = told(path, world)
    begin = Continue(path, pack=str(other_world(world, tmp_path / "changed")))
    code, out = in_terminal(tmp_path, begin, [*WALK.splitlines(), "l", "s", "r", *["1"] * 20])
    assert code == 0
    assert all(scene["title"] in out for scene in scenes)
    assert "words by the author, via stub" in out


def test_a_change_stands_on_a_line_of_its_own_in_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "one.journal"
    told(path, "last_keeper", 2)
    _, out = in_terminal(tmp_path, Continue(path, pack=str(other_world("last_keeper", tmp_path / "changed"))), [])
    lines = out.splitlines()
    assert "This story no longer has the Board's letter." in lines
    assert any(line.startswith("And ") and line.endswith(" more changes.") for line in lines)


def test_who_is_gone_from_the_pack_speaks_under_their_name(tmp_path: Path) -> None:
    path = tmp_path / "one.journal"
    scenes = told(path, "last_keeper", 1)
    pack = load_pack(REPOSITORY / "prompts" / "last_keeper")
    name = next(pack.cast[beat["speaker"]].name for beat in scenes[0]["beats"] if beat["kind"] == "line")
    changed = Continue(path, pack=str(other_world("last_keeper", tmp_path / "changed")))
    assert f"\n{name}: " in headless(changed, as_json=False, choices=())[1]
    assert f"\n{name}: " in in_terminal(tmp_path, changed, [])[1]


def command(*words: str) -> subprocess.CompletedProcess[str]:
    """The real command line, in a process of its own."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("UNWRITTEN_", "OPENAI_"))}
    return subprocess.run(
        [sys.executable, "-m", "game", "play", *words],
        capture_output=True,
        text=True,
        cwd=REPOSITORY,
        env={**clean, "PYTHONPATH": str(REPOSITORY)},
        timeout=60,
        check=False,
        input="back\nforward\n0\n",
    )


def test_the_command_line_reads_a_playthrough_and_leaves_its_file_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "one.journal"
    scenes = told(path, "no_chill", 3)
    before = path.read_bytes()
    done = command("--headless", "--json", "--journal", str(path), "--read-only")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, done.stderr
    assert [row["id"] for row in rows if row["event"] == "scene"] == [scenes[2]["id"], scenes[1]["id"], scenes[2]["id"]]
    assert rows[-2]["code"] == "read_only"
    assert path.read_bytes() == before


def test_only_a_journal_can_be_read_only() -> None:
    done = command("--headless", "--read-only")
    assert (done.returncode, done.stderr) == (2, "unwritten: --read-only goes with --journal\n")


def test_a_journal_is_gone_on_with_in_its_own_pack(tmp_path: Path) -> None:
    path = tmp_path / "one.journal"
    told(path, "no_chill", 3)
    done = command("--headless", "--json", "--journal", str(path), "--bot", "first", "--max-scenes", "2")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[0])["pack"] == "no_chill"


def test_without_its_pack_a_journal_is_read_in_the_terminal_and_it_is_said_why(tmp_path: Path) -> None:
    path, islet = tmp_path / "one.journal", copied("last_keeper", tmp_path / "islet", as_pack("islet"))
    scenes = told(path, str(islet), 4)
    shutil.rmtree(islet)
    code, out = in_terminal(tmp_path, Continue(path), ["b 3", "f 3", "m", "l", "s", "k 1", "1"])
    assert code == 0
    assert "The pack “islet” is not here; this can be read, and not gone on with." in " ".join(out.split())
    assert all(scene["title"] in out for scene in scenes[-1:] + scenes[:1])
    assert "the jetty" in out
    assert "Maren Dace: " in out
