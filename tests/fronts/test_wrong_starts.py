"""Twelve wrong ways to start, and a few more: one clear line each, and the exit code that says which kind it was."""

import io
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tests.server import ModelServer

PLAYED, USAGE = 0, 2


@dataclass
class Start:
    """A way to start: the words after `play --headless`, what the line must say, the exit code."""

    words: list[str]
    says: tuple[str, ...]
    code: int = USAGE
    environment: dict[str, str] = field(default_factory=dict)


def broken_toml(folder: Path) -> Start:
    pack = folder / "broken"
    shutil.copytree(REPOSITORY / "bench" / "endless", pack)
    (pack / "pack.toml").write_text('id = "broken"\ntitle = "Half a line\n')
    return Start(["--pack", str(pack)], ("pack.toml:2", "not TOML"))


def zip_bomb(folder: Path) -> Start:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("pack.toml", b"#" * 60_000_000)
    (folder / "bomb.zip").write_bytes(data.getvalue())
    return Start(["--pack", str(folder / "bomb.zip")], ("bomb.zip",))


def junk_weights(folder: Path) -> Start:
    (folder / "junk.gguf").write_bytes(b"this is no model" * 100)
    return Start(["--client", "local", "--model", str(folder / "junk.gguf")], ("junk.gguf",), PLAYED)


def unwritable(folder: Path) -> Start:
    (folder / "file").write_text("a file where a folder should be")
    return Start(["--journal", str(folder / "file" / "one.journal")], ("one.journal",))


def other_packs_journal(folder: Path) -> Start:
    path = folder / "one.journal"
    run(["--pack", "last_keeper", "--seed", "7", "--journal", str(path)])
    return Start(["--pack", "bench/endless", "--journal", str(path)], ("one.journal", "last_keeper", "endless"))


def foreign_file(folder: Path) -> Start:
    (folder / "letter.txt").write_text("Dear Inspector,\n" * 100)
    return Start(["--journal", str(folder / "letter.txt")], ("letter.txt",))


def bad_setting(folder: Path) -> Start:
    return Start([], ("UNWRITTEN_TIMEOUT",), environment={"UNWRITTEN_TIMEOUT": "soon"})


SERVICE = ["--client", "openai", "--model", "some-model", "--base-url"]

WAYS: dict[str, Callable[[Path], Start]] = {
    "unknown pack": lambda folder: Start(["--pack", "last_keper"], ("last_keper", "last_keeper")),
    "broken TOML": broken_toml,
    "no key": lambda folder: Start(["--client", "openai", "--model", "m"], ("UNWRITTEN_API_KEY",), PLAYED),
    "refused connection": lambda folder: Start([*SERVICE, "http://127.0.0.1:9/v1"], ("http://127.0.0.1:9/v1",), PLAYED),
    "missing GGUF": lambda folder: Start(["--client", "local", "--model", "/no/such.gguf"], ("/no/such.gguf",), PLAYED),
    "junk GGUF": junk_weights,
    "unwritable data folder": unwritable,
    "bad seed": lambda folder: Start(["--seed", "seven"], ("--seed",)),
    "negative seed": lambda folder: Start(["--seed", "-1"], ("--seed",)),
    "a choice out of range": lambda folder: Start(["--choices", "0,9"], ("--choices", '"9"')),
    "a journal of another pack": other_packs_journal,
    "a zip bomb as a pack": zip_bomb,
    "a foreign file as a journal": foreign_file,
    "an unknown client": lambda folder: Start(["--client", "opnai"], ("opnai", "openai")),
    "an unknown option": lambda folder: Start(["--sed", "7"], ("--sed",)),
    "a wrong setting": bad_setting,
    "an unknown prefetch": lambda folder: Start(["--prefetch", "some"], ("--prefetch", "'off', 'likely' or 'all'")),
    "both choices and a bot": lambda folder: Start(["--choices", "0", "--bot", "first"], ("--choices", "--bot")),
}


def run(words: list[str], environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    bot = [] if {"--choices", "--bot"} & set(words) else ["--bot", "first"]
    limit = ["--max-scenes", "2"]
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("UNWRITTEN_", "OPENAI_"))}
    return subprocess.run(
        [sys.executable, "-m", "game", "play", "--headless", "--json", *words, *bot, *limit],
        capture_output=True,
        text=True,
        cwd=REPOSITORY,
        env={**clean, "PYTHONPATH": str(REPOSITORY), **(environment or {})},
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("way", WAYS)
def test_a_wrong_start_is_one_clear_line(way: str, tmp_path: Path) -> None:
    start = WAYS[way](tmp_path)
    done = run(start.words, start.environment)
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    assert all(word in lines[0] for word in start.says), lines[0]
    assert lines[0].startswith("unwritten: ")
    assert done.returncode == start.code
    assert ("event" in done.stdout) == (start.code == PLAYED)


@pytest.mark.parametrize(("mode", "word"), [("404", "some-model"), ("401", "key")])
def test_what_a_service_refuses_is_one_clear_line_and_the_story_is_played(mode: str, word: str) -> None:
    with ModelServer(mode) as server:
        done = run([*SERVICE, server.url], {"UNWRITTEN_API_KEY": "sk-test"})
    faults = [line for line in done.stderr.splitlines() if "tokens" not in line]
    assert len(faults) == 1, done.stderr
    assert word in faults[0]
    assert done.returncode == PLAYED


@pytest.mark.parametrize("words", [["check"], ["check", "--cache"], ["test"], ["prompt"]])
def test_a_pack_that_is_not_there_is_told_in_the_same_words_by_every_command(words: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "game", *words, "last_keper"],
        capture_output=True,
        text=True,
        cwd=REPOSITORY,
        timeout=60,
        check=False,
    )
    assert done.stderr.startswith('unwritten: no pack is called "last_keper"')
    assert len(done.stderr.splitlines()) == 1
    assert done.returncode == USAGE


def test_with_require_client_a_fault_of_the_client_is_exit_1() -> None:
    done = run([*SERVICE, "http://127.0.0.1:9/v1", "--require-client"], {"UNWRITTEN_API_KEY": "sk-test"})
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
