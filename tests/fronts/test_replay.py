"""Playing a recording again: byte for byte, without a network, and the first request that is another one now."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from game.clients.registry import forbid_networked_clients
from game.session import Library, Session
from tests.conftest import REPOSITORY
from tests.server import ModelServer

ENDLESS = REPOSITORY / "bench/endless"


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer(pace=0.0) as server:
        yield server


def run(*words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "game", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, cwd=REPOSITORY)


def record(server: ModelServer, journal: Path, mode: str, pack: Path = ENDLESS, scenes: int = 8) -> list[str]:
    """A playthrough through real HTTP; its lines."""
    done = run(
        *("play", "--headless", "--json", "--pack", pack, "--seed", "5", "--bot", "random", "--max-scenes", scenes),
        *("--client", "openai", "--model", mode, "--base-url", server.url, "--journal", journal),
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def told(lines: list[str]) -> list[str]:
    """The lines of what happened: all but who tells it."""
    return [line for line in lines if '"event":"start"' not in line]


@pytest.mark.parametrize("mode", ["ok", "ok,500,ok,cut,ok,429,truncated,ok,refusal,html,ok"])
def test_a_recording_comes_again_byte_for_byte(server: ModelServer, tmp_path: Path, mode: str) -> None:
    journal = tmp_path / "told.journal"
    lines = record(server, journal, mode)
    asked = len(server.asked)
    done = run("replay", journal, "--pack", ENDLESS, "--json")
    assert done.returncode == 0, done.stderr
    assert told(done.stdout.splitlines()) == told(lines)
    assert len(server.asked) == asked


def test_a_story_of_the_stub_comes_again(tmp_path: Path) -> None:
    journal = tmp_path / "told.journal"
    lines = run("play", "--headless", "--json", "--seed", "3", "--bot", "random", "--journal", journal).stdout.splitlines()
    done = run("replay", journal, "--json")
    assert (done.returncode, told(done.stdout.splitlines())) == (0, told(lines))


@pytest.mark.parametrize("seed", range(3))
def test_a_story_full_of_faults_comes_again(tmp_path: Path, seed: int) -> None:
    journal = tmp_path / "told.journal"
    chaos = ("--client", "chaos:stub", "--chaos-seed", seed, "--max-scenes", 12)
    lines = run(
        "play", "--headless", "--json", "--seed", "3", "--bot", "random", "--journal", journal, *chaos
    ).stdout.splitlines()
    done = run("replay", journal, "--json")
    assert done.returncode == 0, done.stderr
    assert told(done.stdout.splitlines()) == told(lines)


def test_a_recording_is_played_while_no_client_may_reach_the_network(server: ModelServer, tmp_path: Path) -> None:
    from game.replaying import replay

    journal = tmp_path / "told.journal"
    record(server, journal, "ok")
    session = Session(Library(folder=tmp_path), threaded=False)
    with forbid_networked_clients(), (tmp_path / "out").open("w") as out, (tmp_path / "err").open("w") as err:
        assert replay(journal, session, str(ENDLESS), True, out, err) == 0
    session.close()


def test_a_prompt_that_changed_is_named_by_its_first_request(server: ModelServer, tmp_path: Path) -> None:
    pack = tmp_path / "endless"
    shutil.copytree(ENDLESS, pack)
    record(server, tmp_path / "told.journal", "ok", pack)
    world = pack / "world.md"
    world.write_text(world.read_text("utf-8") + "\nIt has begun to snow.\n", "utf-8")
    done = run("replay", tmp_path / "told.journal", "--pack", pack)
    assert done.returncode == 1
    assert "The request for the scene of turn 1" in done.stderr
    assert "message 1 (system)" in done.stderr
    assert done.stderr.count("is not the recorded one") == 1


def test_the_replay_client_plays_on_other_ways_with_the_offline_storyteller(server: ModelServer, tmp_path: Path) -> None:
    journal = tmp_path / "told.journal"
    record(server, journal, "ok", scenes=3)
    done = run(
        *("play", "--headless", "--json", "--pack", ENDLESS, "--client", "replay", "--model", journal, "--choices", "0,0,0,0,0,0")
    )
    assert done.returncode == 0, done.stderr
    scenes = [json.loads(line) for line in done.stdout.splitlines() if '"event":"scene"' in line]
    assert scenes[0]["writer"] == "model"
    assert scenes[-1]["writer"] == "author"


def test_a_trace_tells_each_request_and_no_key(server: ModelServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNWRITTEN_API_KEY", "sk-very-secret")
    trace = tmp_path / "trace.jsonl"
    done = run(
        *("play", "--headless", "--pack", ENDLESS, "--seed", "5", "--bot", "first", "--max-scenes", "3", "--trace", trace),
        *("--client", "openai", "--model", "ok,500,tells-key,ok", "--base-url", server.url),
    )
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in trace.read_text("utf-8").splitlines()]
    events = [row["event"] for row in rows]
    assert events[0] == "start"
    assert events.count("request") == len(server.asked) == 3
    assert events.count("scene") == 3
    ended = [row["ended"] for row in rows if row["event"] == "attempt"]
    assert ended == ["done", "unreachable", "unsupported", "circuit_open"]
    assert all(row["body"]["messages"] for row in rows if row["event"] == "request")
    assert "sk-very-secret" not in trace.read_text("utf-8")


def test_a_trace_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    done = run("play", "--headless", "--bot", "first", "--max-scenes", "1", "--trace", tmp_path / "no" / "trace")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "--trace" in done.stderr


@pytest.mark.parametrize("text", ["", "no journal"])
def test_what_is_no_recording_is_told_in_one_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "file.journal"
    path.write_text(text, "utf-8")
    done = run("replay", path)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
