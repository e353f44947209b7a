"""The command `prompt`: what a model would be sent, for an author to read."""

import io
import json
import os
import subprocess
import sys

import pytest
from rich.console import Console

from game import promptview
from game.narrator.rehearsal import rehearse
from game.packs import Pack
from game.promptview import NoSuchTurn, view
from game.session import Begin, Library, Pick, SceneReady, Session
from game.story import Scene, draw
from tests.conftest import REPOSITORY


def command(*words: str) -> subprocess.CompletedProcess[str]:
    """The real command line, in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "COLUMNS": "120"}
    return subprocess.run(
        [sys.executable, "-m", "game", *words], capture_output=True, text=True, env=environment, cwd=REPOSITORY, check=False
    )


def printed(found: promptview.View) -> str:
    out = io.StringIO()
    promptview.show(found, Console(file=out, width=200))
    return out.getvalue()


def test_a_rehearsal_is_the_story_that_a_session_plays(pack: Pack) -> None:
    session, scenes = Session(Library(), threaded=False), []
    session.submit(Begin("last_keeper", seed=7))
    while True:
        scene: Scene = next(event.scene for event in reversed(session.poll()) if isinstance(event, SceneReady))
        scenes.append(scene)
        if not scene.choices:
            break
        session.submit(Pick(scene.choices[draw(7, scene.key, "bot", len(scene.choices))].slot))
    session.close()
    assert [scene for _, scene in rehearse(pack, 7)] == scenes


def test_the_parts_of_a_message_have_all_of_its_words() -> None:
    found = view("last_keeper", 4)
    names = [part.name for part in found.parts]
    for name in ("rules", "world", "player", "cast", "example", "ledger", "lore", "slots", "turn 1: brief", "turn 3: told"):
        assert name in names
    words = sorted(word for part in found.parts for word in part.text.split())
    assert len(words) >= 0.98 * sum(len(message.content.split()) for message in found.sheet.messages)


def test_the_messages_are_printed_as_they_are_sent() -> None:
    found = view("last_keeper", 2)
    out = " ".join(printed(found).split())
    assert all(" ".join(message.content.split()) in out for message in found.sheet.messages)


def test_what_was_cut_is_said() -> None:
    found = view("last_keeper", 9, window=2048)
    cut = dict(found.cuts)
    assert cut["turns 1 to 8"].startswith("folded: a recap by rule")
    assert "characters" in cut["world"]
    assert any(name.startswith("lore ") for name in cut)


def test_the_lore_says_why_it_is_there() -> None:
    rows = dict(view("last_keeper", 4).lore)
    assert "told now, for “Kittiwake”" in rows["kittiwake"]
    assert "stands since turn" in rows["tallow"]


def test_what_is_new_since_the_turn_before_is_said() -> None:
    found = view("last_keeper", 4)
    assert found.shared == 100
    assert found.news[-1].startswith("Appended: 2 messages")
    assert any(line.startswith("+ # Scene 4") for line in found.brief_diff)
    assert view("last_keeper", 1).shared is None


def test_as_json_it_is_one_object_that_names_its_shape() -> None:
    done = command("prompt", "last_keeper", "--turn", "3", "--window", "4096", "--client", "local", "--model", "m", "--json")
    assert done.returncode == 0
    found = json.loads(done.stdout)
    assert found["turn"] == 3
    assert found["shape"]["via"] == "local/m"
    assert found["shape"]["window"] == 4096
    assert sum(section["tokens"] for section in found["sections"]) <= found["room"]


def test_in_a_pipe_it_is_plain_text_and_the_same_each_time() -> None:
    first, second = (command("prompt", "bench/endless", "--turn", "5") for _ in range(2))
    assert first.returncode == 0
    assert first.stdout == second.stdout
    assert "\x1b" not in first.stdout
    assert "Nobody asks" in first.stdout or "beats" in first.stdout


def test_a_turn_after_the_ending_is_said_to_be_none() -> None:
    with pytest.raises(NoSuchTurn, match="there is no turn 400"):
        view("last_keeper", 400)
    done = command("prompt", "last_keeper", "--turn", "400")
    assert done.returncode == 2
    assert done.stderr.startswith("unwritten: with seed 7 the story ends at turn")


def test_a_pack_that_is_none_is_said_so() -> None:
    done = command("prompt", "nowhere")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
