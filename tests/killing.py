"""What must hold after a process has killed itself at a barrier: for the tests, and for `make soak`."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from game.journal import Journal, open_copy
from game.story import Beat, Scene, canonical
from tests.barriers import BARRIERS, FILE, STORIES, half, in_turn
from tests.conftest import REPOSITORY

CHILD = "import sys; from tests.barriers import die_at; die_at(*sys.argv[1:])"

Story = tuple[int, list[tuple[str, str, str]]]
"""How many scenes were ever told, and those on the way to the ending: key, canonical JSON, hash of the state."""


def killed_at(name: str, n: int, seed: int) -> Iterator[str]:
    """Have a process die at the barrier, and go on with its story; what does not hold."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        barrier = BARRIERS[name]
        if barrier.story == "damaged":
            half(folder, seed)
            damaged = (folder / FILE).read_bytes()
        command = [sys.executable, "-c", CHILD, name, str(n), str(seed), place]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, cwd=REPOSITORY, check=False, timeout=120)
        if done.returncode != -signal.SIGKILL:
            yield f"it was not killed, but ended with {done.returncode}"
            return
        if barrier.story == "damaged":
            finish(barrier.story, folder, seed)
            if damaged not in [each.read_bytes() for each in folder.glob("*.damaged-*")]:
                yield "the damaged file was not kept"
        else:
            yield from sound(folder / FILE)
            yield from missing(folder / FILE, done.stdout.decode())
            finish(barrier.story, folder, seed)
        if not the_same(told_in(folder / FILE), uninterrupted(barrier.story, seed), barrier.story):
            yield "the story is not what it is without interruption"


def the_same(story: Story, other: Story, kind: str) -> bool:
    """A model that was cut short in a beat is asked for the rest with other words: there, only keys and states are the same."""
    if kind == "model":
        return [(key, state) for key, _, state in story[1]] == [(key, state) for key, _, state in other[1]]
    return story == other


def sound(path: Path) -> Iterator[str]:
    """What SQLite finds wrong with the file as the kill left it: with a copy, so that what is looked at stays as it is."""
    with tempfile.TemporaryDirectory() as place:
        for each in path.parent.glob(f"{path.name}*"):
            shutil.copy(each, place)
        database = sqlite3.connect(Path(place) / path.name)
        found = database.execute("PRAGMA integrity_check").fetchall()
        database.close()
    if found != [("ok",)]:
        yield f"integrity_check: {found}"


def missing(path: Path, printed: str) -> Iterator[str]:
    """What was printed and is not in the journal as it was printed. The last line may be torn."""
    rows = [json.loads(line) for line in printed.splitlines() if line.endswith("}")]
    journal = open_copy(path)
    try:
        for row in rows:
            if row["event"] == "scene" and not any(shows(scene, row) for scene in both(journal, row["id"])):
                yield f"scene {row['turn']} was printed and is not there"
            if row["event"] == "grew" and not beats_at(journal, row["turn"])[row["n"]].text.startswith(row["text"]):
                yield f"beat {row['n']} of scene {row['turn']} was printed and is not there"
    finally:
        journal.close()


def both(journal: Journal, key: str) -> tuple[Scene, Scene]:
    """A scene as it was told, and as it reads now."""
    return journal.told(key), journal.node(key).scene


def shows(scene: Scene, row: Any) -> bool:
    return all(scene.to_json()[name] == row[name] for name in ("turn", "title", "beats", "choices"))


def beats_at(journal: Journal, turn: int) -> tuple[Beat, ...]:
    """What was shown of the scene with this number, on the way to the player."""
    if journal.pending and turn == (journal.head.scene.turn if journal.head else 0) + 1:
        return journal.pending.shown
    assert journal.head
    return journal.path_to(journal.head.key)[turn - 1].scene.beats


def finish(story: str, folder: Path, seed: int) -> None:
    """Play on to the ending, in this process."""
    out, sys.stdout = sys.stdout, open(os.devnull, "w")  # noqa: SIM115
    try:
        {"ahead": in_turn, "model": in_turn}.get(story, STORIES[story])(folder, seed)
    finally:
        sys.stdout.close()
        sys.stdout = out


@cache
def uninterrupted(story: str, seed: int) -> Story:
    with tempfile.TemporaryDirectory() as place:
        finish(story, Path(place), seed)
        return told_in(Path(place) / FILE)


def told_in(path: Path) -> Story:
    journal = open_copy(path)
    try:
        nodes = journal.path_to(journal.head.key) if journal.head else ()
        return journal.count, [(node.key, canonical(node.scene.to_json()), node.state.hash) for node in nodes]
    finally:
        journal.close()
