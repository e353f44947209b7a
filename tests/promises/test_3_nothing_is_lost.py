"""3. Nothing is lost: after `kill -9` at any instant the next start shows all that was read, and goes on from there."""

import asyncio
import json
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from game.clients import Capabilities, Delta, SceneRequest, Unreachable
from game.journal import Journal
from game.narrator import Narrator
from game.packs import Pack, load_pack
from game.session.events import BeatGrew, Event, Picked, SceneReady
from game.session.playthrough import Playthrough
from game.story import draw
from tests.conftest import REPOSITORY
from tests.journal.killed import die_at
from tests.playing import header, no_sleep, playthrough
from tests.scripted import ScriptedClient, good_reply, in_pieces

SCENES = 4

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 here")


class WordByWord:
    """Writes a scene a few letters at a time."""

    name = "scripted"
    model = "script-1"
    capabilities = Capabilities(networked=False)

    async def stream(self, request: SceneRequest) -> AsyncIterator[Delta]:
        for piece in in_pieces(good_reply(request.brief), 11):
            yield Delta(piece)

    async def aclose(self) -> None:
        pass


def say(event: Event) -> None:
    """What a player sees, at the moment of seeing it."""
    match event:
        case BeatGrew(turn, n, beat):
            print(json.dumps({"turn": turn, "n": n, "read": beat.text}), flush=True)
        case SceneReady(scene):
            choices = [[choice.slot, choice.text] for choice in scene.choices]
            print(json.dumps({"turn": scene.turn, "key": scene.key, "choices": choices}), flush=True)
        case Picked(turn, slot):
            print(json.dumps({"turn": turn, "picked": slot}), flush=True)


async def play_until_killed(path: Path, statement: str, n: int) -> None:
    pack = load_pack(REPOSITORY / "prompts" / "last_keeper")
    journal = Journal.open(path) if path.exists() else Journal.create(path, header(pack, 7))
    die_at(journal, statement, n)
    play = Playthrough(pack, journal, Narrator(pack, journal.header.player, WordByWord(), no_sleep), say)
    await play.take_up()
    for _ in range(SCENES):
        assert journal.head is not None
        scene = journal.head.scene
        await play.pick(scene.choices[draw(7, scene.key, "bot", len(scene.choices))].slot)


def seen_before_it_was_killed(path: Path, statement: str, n: int) -> list[dict]:
    command = [sys.executable, "-m", __name__, path, statement, str(n)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False, cwd=REPOSITORY)
    assert done.returncode == -signal.SIGKILL
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("statement", "n"),
    [
        ("UPDATE pointer SET pick", 1),
        ("INSERT INTO draft_beats", 1),
        ("INSERT INTO draft_beats", 9),
        ("INSERT INTO draft_pieces", 60),
        ("COMMIT", 30),
        ("COMMIT", 100),
        ("DELETE FROM draft_pieces", 2),
        ("INSERT INTO nodes", 1),
        ("INSERT INTO nodes", 3),
        ("DELETE FROM draft_beats", 2),
        ("PRAGMA wal_checkpoint", 1),
        ("PRAGMA wal_checkpoint", 3),
        ("INSERT INTO picks", 3),
    ],
)
def test_all_that_was_seen_is_there_and_the_scene_is_finished_from_it(tmp_path: Path, pack: Pack, statement: str, n: int) -> None:
    path = tmp_path / "story.journal"
    seen = seen_before_it_was_killed(path, statement, n)
    check(path, pack, seen)


@pytest.mark.parametrize("second", [1, 2, 5])
def test_all_that_was_seen_is_there_after_it_was_killed_again_while_it_took_up_the_scene(
    tmp_path: Path, pack: Pack, second: int
) -> None:
    path = tmp_path / "story.journal"
    seen = seen_before_it_was_killed(path, "INSERT INTO draft_beats", 20)
    seen += seen_before_it_was_killed(path, "INSERT INTO draft_beats", second)
    check(path, pack, seen)


def check(path: Path, pack: Pack, seen: list[dict]) -> None:
    """Taken up where no model can be reached, the story is what was seen of it, and goes on."""
    with playthrough(pack, ScriptedClient([[Unreachable("no network today")]]), path=path) as (play, _):
        asyncio.run(play.take_up())
        head = play.journal.head
        assert head is not None
        told = {node.scene.turn: node for node in play.journal.path_to(head.key)}
    for row in seen:
        if "read" in row:
            assert told[row["turn"]].scene.beats[row["n"]].text.startswith(row["read"])
        elif "picked" in row:
            assert told[row["turn"] + 1].slot == row["picked"]
        else:
            scene = told[row["turn"]].scene
            assert (row["key"], row["choices"]) == (scene.key, [[choice.slot, choice.text] for choice in scene.choices])


def test_what_is_shown_again_of_a_scene_is_what_was_read_of_it(tmp_path: Path, pack: Pack) -> None:
    path = tmp_path / "story.journal"
    seen = seen_before_it_was_killed(path, "INSERT INTO draft_beats", 12)
    read = {row["n"]: row["read"] for row in seen if "read" in row}
    with playthrough(pack, ScriptedClient([[Unreachable("no network today")]]), path=path) as (play, played):
        asyncio.run(play.take_up())
    shown = {event.index: event.beat.text for event in played.of(BeatGrew)}
    assert read
    assert all(shown[n].startswith(text) for n, text in read.items())


if __name__ == "__main__":
    asyncio.run(play_until_killed(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
