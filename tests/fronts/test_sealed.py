"""Sealing a playthrough, and playing it again where nothing of it is: no key, no pack, no network, another Python."""

import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from game.clients.registry import forbid_networked_clients
from game.journal import read_recording, spent_in
from game.journal.sealing.rows import ATTEMPTS, SCENES
from game.replaying import replay
from game.session import Begin, Library, Pick, SceneReady, Session, Teller
from game.settings import Settings
from game.story import Scene, digest
from game.story.canonical import canonical_bytes
from tests import pythons
from tests.conftest import REPOSITORY
from tests.journal.sealings import members_of, resealed, seal_of
from tests.packs.workshop import good, write_folder
from tests.server import ModelServer

ENDLESS = REPOSITORY / "bench/endless"
KEY = "sk-nobody-may-read-this"
USER = "zaphodb"
MODEL = f"/home/{USER}/models/deep.gguf"
FAULTS = "ok,500,ok,cut,tells-key,ok,429,truncated,ok,refusal,html,ok"


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer(FAULTS, pace=0.0) as server:
        yield server


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A pack that is nowhere else."""
    return write_folder(
        tmp_path / "author" / "ferry", good() | {"pack.toml": good()["pack.toml"].replace(b"max = 6", b"max = 9")}
    )


def run(
    *words: object, python: str = sys.executable, cwd: Path = REPOSITORY, source: str = "", **variables: str
) -> subprocess.CompletedProcess[str]:
    command = [python, "-m", "game", *map(str, words)]
    env = {**os.environ, **variables}
    return subprocess.run(command, input=source, capture_output=True, text=True, check=False, timeout=60, cwd=cwd, env=env)


def elsewhere(folder: Path, *words: object, python: str = sys.executable, source: str = "") -> subprocess.CompletedProcess[str]:
    """The same in a process that finds nothing of this user's: another home, other folders for data, an empty place to stand."""
    places = {
        name: str(folder / name.lower())
        for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")
    }
    empty = folder / "empty"
    empty.mkdir(parents=True)
    done = run(*words, python=python, cwd=empty, source=source, PYTHONPATH=str(REPOSITORY), **places)
    assert list(empty.iterdir()) == []
    return done


def story(lines: str) -> list[str]:
    """The lines of what happened: all but who tells it."""
    return [line for line in lines.splitlines() if '"event":"start"' not in line]


def play(journal: Path, pack: Path, *words: object, scenes: int = 60, **variables: str) -> str:
    done = run(
        *("play", "--headless", "--json", "--pack", pack, "--seed", 4, "--bot", "random"),
        *("--max-scenes", scenes, "--journal", journal, *words),
        **variables,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def seal(journal: Path, out: Path, pack: Path) -> str:
    done = run("seal", journal, out, "--pack", pack)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.timeout(400)
@pytest.mark.parametrize("version", pythons.found())
def test_it_plays_again_on_another_machine_with_another_python(tmp_path: Path, pack: Path, version: str) -> None:
    lines = play(tmp_path / "told.journal", pack)
    seal(tmp_path / "told.journal", tmp_path / "told.sealed", pack)
    python = pythons.with_product(version, pythons.found()[version])
    done = elsewhere(tmp_path / "machine", "replay", tmp_path / "told.sealed", "--json", python=python)
    assert done.returncode == 0, done.stderr
    assert story(done.stdout) == story(lines)
    assert '"event":"end","reason":"ending"' in lines


def test_a_story_that_several_told_and_that_was_full_of_faults_plays_again(server: ModelServer, tmp_path: Path) -> None:
    journal = tmp_path / "told.journal"
    openai = ("--client", "openai", "--base-url", server.url, "--model")
    lines = [
        *story(play(journal, ENDLESS, *openai, "a-model", scenes=4)),
        *story(play(journal, ENDLESS, "--client", "chaos:stub", "--chaos-seed", 3, scenes=6)),
        *story(play(journal, ENDLESS, "--client", "stub", scenes=3)),
        *story(play(journal, ENDLESS, *openai, "another-model", scenes=9)),
    ]
    told = [line for line in lines if '"event":"scene"' in line and '"recalled":true' not in line]
    vias = {beat["source"]["via"] for line in told for beat in json.loads(line)["beats"]}
    assert vias == {"openai/a-model", "chaos:stub/stub", "openai/another-model", "stub"}
    seal(journal, tmp_path / "told.sealed", ENDLESS)
    done = elsewhere(tmp_path / "machine", "replay", tmp_path / "told.sealed", "--json")
    assert done.returncode == 0, done.stderr
    assert [line for line in story(done.stdout) if '"event":"scene"' in line] == told


@pytest.mark.parametrize(
    "said",
    [
        ("0", "1", "again less grim", "edit 1 The wind had other plans.", "0", "edit 2 Nobody spoke.", "0", "0"),
        ("0", "1", "back 2", "1", "0", "edit 1 The wind had other plans.", "0", "0"),
        ("0", "edit 1 One.", "1", "edit 1 Two.", "0", "edit 1", "back", "again warmer", "again", "flip", "0", "edit 1 Late."),
        ("again", "0", "again", "0", "back", "again and older", "0", "go 1", "0", "0"),
    ],
)
def test_what_was_told_again_steered_and_edited_plays_again_as_it_was(
    server: ModelServer, tmp_path: Path, said: tuple[str, ...]
) -> None:
    journal = tmp_path / "told.journal"
    done = run(
        *("play", "--headless", "--json", "--pack", ENDLESS, "--seed", 5, "--journal", journal),
        *("--client", "openai", "--model", "some-model", "--base-url", server.url),
        source="\n".join(said),
    )
    assert done.returncode == 0, done.stderr
    seal(journal, tmp_path / "told.sealed", ENDLESS)
    again = elsewhere(tmp_path / "machine", "replay", tmp_path / "told.sealed", "--json")
    assert again.returncode == 0, again.stderr
    keys = [json.loads(line)["id"] for line in story(again.stdout) if '"event":"scene"' in line]
    assert keys == [scene.key for scene in read_recording(journal).scenes]


def test_a_story_that_was_written_ahead_plays_again(server: ModelServer, tmp_path: Path) -> None:
    session = Session(Library(Settings(prefetch="all"), tmp_path))
    told: list[Scene] = []
    try:
        session.submit(Begin(str(ENDLESS), Teller("openai", "some-model", server.url), seed=5, journal=tmp_path / "told.journal"))
        while len(told) < 5:
            for event in session.wait(10):
                if isinstance(event, SceneReady):
                    told.append(event.scene)
                    server.wait_for_requests(len(server.asked) + 1, seconds=1)
                    session.submit(Pick(event.scene.choices[0].slot, event.scene.key))
    finally:
        session.close()
    assert "ahead" in {row.use for row in spent_in(tmp_path / "told.journal")}
    seal(tmp_path / "told.journal", tmp_path / "told.sealed", ENDLESS)
    done = elsewhere(tmp_path / "machine", "replay", tmp_path / "told.sealed", "--json")
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in story(done.stdout) if '"event":"scene"' in line]
    assert [row["beats"] for row in rows][:5] == [scene.to_json()["beats"] for scene in told[:5]]


def test_no_key_no_path_no_user_and_no_address_is_in_it(server: ModelServer, tmp_path: Path, pack: Path) -> None:
    journal = tmp_path / USER / "told.journal"
    with_name = server.url.replace("//", f"//{USER}:{KEY}@")
    play(journal, pack, "--client", "openai", "--model", MODEL, "--base-url", with_name, UNWRITTEN_API_KEY=KEY, USER=USER)
    recording = read_recording(journal)
    vias = {logged.shape.via for came in recording.attempts.values() for logged in came if logged.shape}
    assert vias == {f"openai/{MODEL}"}
    seal(journal, tmp_path / "told.sealed", pack)
    raw = (tmp_path / "told.sealed").read_bytes()
    everything = [raw, *members_of(raw).values(), *(name.encode() for name in members_of(raw))]
    for secret in (KEY, USER, "/home/", str(tmp_path), "127.0.0.1", "http://", "told.journal"):
        assert not [1 for each in everything if secret.encode() in each], secret
    done = elsewhere(tmp_path / "machine", "replay", tmp_path / "told.sealed", "--json")
    assert done.returncode == 0, done.stderr
    assert '"via":"openai/deep.gguf"' in done.stdout


def test_it_is_played_while_no_client_may_reach_the_network(server: ModelServer, tmp_path: Path, pack: Path) -> None:
    journal, sealed = tmp_path / "told.journal", tmp_path / "told.sealed"
    play(journal, pack, "--client", "openai", "--model", "ok", "--base-url", server.url)
    sealed.write_bytes(seal_of(journal, pack))
    asked = len(server.requests)
    session = Session(Library(Settings(), tmp_path), threaded=False)
    with forbid_networked_clients():
        assert replay(sealed, session, "", True, io.StringIO(), io.StringIO()) == 0
    session.close()
    assert len(server.requests) == asked


def test_it_says_what_it_sealed_and_by_which_seal_it_is_known(tmp_path: Path, pack: Path) -> None:
    journal = tmp_path / "told.journal"
    scenes = play(journal, pack).count('"event":"scene"')
    first, second = seal(journal, tmp_path / "one.sealed", pack), seal(journal, tmp_path / "two.sealed", pack)
    assert first == second
    assert (tmp_path / "one.sealed").read_bytes() == (tmp_path / "two.sealed").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.sealed") as archive:
        digest = json.loads(archive.read("manifest.json"))["digest"]
    lines = first.splitlines()
    assert lines[0].startswith(f"The Ferry 1.0.0, seed 4: {scenes} scenes, to its ending ")
    assert lines[-1] == f"seal {digest[:16]}"


@pytest.mark.parametrize("words", ["--json", ""])
def test_where_it_was_changed_is_told_in_one_line_before_any_scene(tmp_path: Path, pack: Path, words: str) -> None:
    play(tmp_path / "told.journal", pack)
    data = bytearray(seal_of(tmp_path / "told.journal", pack))
    at = data.index(b'"text":"') + 8
    data[at] ^= 1
    (tmp_path / "told.sealed").write_bytes(data)
    done = run("replay", tmp_path / "told.sealed", *filter(None, [words]))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "told.sealed: scenes/0001.json was changed: this file is damaged (bad crc-32" in done.stderr


def test_who_reseals_what_they_changed_is_found_by_playing_it_and_by_the_seal(tmp_path: Path, pack: Path) -> None:
    play(tmp_path / "told.journal", pack)
    members = members_of(seal_of(tmp_path / "told.journal", pack))
    scenes = json.loads(members["scenes/0001.json"])
    scenes[1]["beats"][0]["text"] = "Nothing of this was ever told."
    way = json.loads(members["way/0001.json"])
    changed = members | {"scenes/0001.json": canonical_bytes(scenes)}
    way[1]["words"] = SCENES.hash(SCENES.read(changed)[1:2])
    data = resealed(changed | {"way/0001.json": canonical_bytes(way)})
    (tmp_path / "told.sealed").write_bytes(data)
    done = run("replay", tmp_path / "told.sealed", "--json")
    assert done.returncode == 1
    assert f'scene 2, "{scenes[1]["title"]}", is not the recorded one: its beats differ' in done.stderr
    digests = [json.loads(each["manifest.json"])["digest"] for each in (members, members_of(data))]
    assert digests[0] != digests[1]


def test_what_a_stranger_had_asked_for_is_printed_without_control_characters(
    server: ModelServer, tmp_path: Path, pack: Path
) -> None:
    play(tmp_path / "told.journal", pack, "--client", "openai", "--model", "ok", "--base-url", server.url, scenes=1)
    members = members_of(seal_of(tmp_path / "told.journal", pack))
    pieces = json.loads(members["pieces/0001.json"])
    pieces[1] = pieces[1].replace(" ", " \\u001b[2J", 1)
    body = "".join(pieces)
    (request,) = json.loads(members["requests/0001.json"])
    request["hash"] = digest("request", body)
    attempts = json.loads(members["attempts/0001.json"])
    attempts[0]["request"] = request["hash"]
    changed = members | {
        "pieces/0001.json": canonical_bytes(pieces),
        "requests/0001.json": canonical_bytes([request]),
        "attempts/0001.json": canonical_bytes(attempts),
    }
    way = json.loads(members["way/0001.json"])
    way[0]["attempts"] = ATTEMPTS.hash(ATTEMPTS.read(changed))
    (tmp_path / "told.sealed").write_bytes(resealed(changed | {"way/0001.json": canonical_bytes(way)}))
    done = run("replay", tmp_path / "told.sealed", "--json")
    assert done.returncode == 1
    assert "is not the recorded one: message 1 (system)" in done.stderr
    assert all(line.isprintable() for line in done.stderr.splitlines())


def test_a_file_that_is_there_is_left_alone(tmp_path: Path, pack: Path) -> None:
    play(tmp_path / "told.journal", pack)
    out = tmp_path / "told.sealed"
    out.write_text("mine", "utf-8")
    done = run("seal", tmp_path / "told.journal", out, "--pack", pack)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "there is a file already" in done.stderr
    assert out.read_text("utf-8") == "mine"


def test_a_pack_that_changed_since_is_refused_and_the_right_one_may_be_named(tmp_path: Path, pack: Path) -> None:
    play(tmp_path / "told.journal", pack)
    later = write_folder(tmp_path / "later", good() | {"world.md": b"Another river."})
    done = run("seal", tmp_path / "told.journal", tmp_path / "told.sealed", "--pack", later)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "name that one by --pack" in done.stderr
    assert not (tmp_path / "told.sealed").exists()
    assert "seal " in seal(tmp_path / "told.journal", tmp_path / "told.sealed", pack)


@pytest.mark.parametrize("place", ["no/such/folder/told.sealed", "."])
def test_a_place_that_cannot_be_written_is_told_in_one_line(tmp_path: Path, pack: Path, place: str) -> None:
    play(tmp_path / "told.journal", pack)
    done = run("seal", tmp_path / "told.journal", tmp_path / place, "--pack", pack)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


@pytest.mark.parametrize("text", [None, "", "no journal"])
def test_what_is_no_journal_cannot_be_sealed(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "told.journal").write_text(text, "utf-8")
    done = run("seal", tmp_path / "told.journal", tmp_path / "told.sealed")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


def test_a_pack_that_is_not_here_is_asked_for_by_its_id(tmp_path: Path, pack: Path) -> None:
    play(tmp_path / "told.journal", pack)
    done = run("seal", tmp_path / "told.journal", tmp_path / "told.sealed")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert 'no pack is called "good"' in done.stderr


def test_in_the_terminal_enter_takes_what_was_taken_then(tmp_path: Path) -> None:
    play(tmp_path / "told.journal", ENDLESS, scenes=6)
    seal(tmp_path / "told.journal", tmp_path / "told.sealed", ENDLESS)
    done = elsewhere(tmp_path / "machine", "replay", tmp_path / "told.sealed", "--text", source="\n" * 30)
    assert done.returncode == 0, done.stderr
    shown = " ".join(done.stdout.split())
    told = [beat.text for scene in read_recording(tmp_path / "told.journal").scenes for beat in scene.beats]
    assert len(told) > 15
    assert [text for text in told if " ".join(text.split()) not in shown] == []


def test_it_is_read_along_in_one_way_at_a_time(tmp_path: Path) -> None:
    done = run("replay", tmp_path / "told.sealed", "--text", "--json")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "choose one of --stage, --text and --json" in done.stderr
