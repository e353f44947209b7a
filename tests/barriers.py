"""Named barriers at which a playing process kills itself by SIGKILL, and the stories in which it passes them."""

import io
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, TextIO, cast

from game.clients import Delta, SceneRequest
from game.headless import Run, play
from game.headless.rows import scene_row
from game.journal import Backups, Journal
from game.journal.store import Store, publish
from game.session import (
    BeatGrew,
    Begin,
    Bookmark,
    Command,
    EditBeat,
    Library,
    Pick,
    Retell,
    Rewind,
    SceneReady,
    Session,
    Teller,
    opening,
)
from game.settings import Settings
from game.story import draw
from tests.faults import GoodClient

PACK = "last_keeper"
FILE = "story.journal"
WORDS = "You write this over it, by hand."

Pass = Callable[[], None]
"""The barrier is passed."""


# How a barrier is set up: something of the program kills the process before or after it does its work.


def before(owner: Any, name: str) -> Callable[[Pass], None]:
    def arm(passed: Pass) -> None:
        inner = getattr(owner, name)

        def dying(*args: Any, **more: Any) -> Any:
            passed()
            return inner(*args, **more)

        setattr(owner, name, dying)

    return arm


def after(owner: Any, name: str, when: Callable[..., bool] = lambda *_, **__: True) -> Callable[[Pass], None]:
    def arm(passed: Pass) -> None:
        inner = getattr(owner, name)

        def dying(*args: Any, **more: Any) -> Any:
            done = inner(*args, **more)
            if when(*args, **more):
                passed()
            return done

        setattr(owner, name, dying)

    return arm


def page_by_page(passed: Pass) -> None:
    """A backup is made a page at a time."""

    def copy(self: Store, path: Path) -> None:
        publish(path, lambda target: self._database.backup(target, pages=1, progress=lambda *_: passed()))

    Store.copy = copy  # type: ignore[method-assign]


def is_a_retelling(journal: Journal, parent: str, slot: str, telling: int = 0, steer: str = "") -> bool:
    return telling > 0


@dataclass(frozen=True)
class Barrier:
    """Where it stands, in which kind of story it is passed, and how often at the least."""

    arm: Callable[[Pass], None]
    story: str
    passings: int


class Words:
    """Standard output, at which a process may die before a line is out, or after."""

    def write(self, text: str) -> int:
        return sys.stdout.write(text)

    def flush(self) -> None:
        sys.stdout.flush()


class AheadClient(GoodClient):
    """Told that the player reads, it says when a piece of a scene ahead comes."""

    reading = False

    async def stream(self, request: SceneRequest) -> AsyncIterator[Delta]:
        async for delta in super().stream(request):
            if AheadClient.reading:
                AheadClient.came()
            yield delta

    @staticmethod
    def came() -> None:
        """A piece of a scene that is written ahead is here."""


BARRIERS: dict[str, Barrier] = {
    "pick stored": Barrier(after(Journal, "begin"), "plain", 10),
    "draft stored": Barrier(after(Journal, "show"), "plain", 10),
    "draft in the middle of a beat": Barrier(after(Journal, "show"), "model", 120),
    "before a commit": Barrier(before(Journal, "commit"), "plain", 10),
    "after a commit": Barrier(after(Journal, "commit"), "plain", 10),
    "before printing": Barrier(before(Words, "write"), "plain", 30),
    "after printing": Barrier(after(Words, "flush"), "plain", 15),
    "during a prefetch": Barrier(before(AheadClient, "came"), "ahead", 20),
    "during a backup": Barrier(page_by_page, "plain", 12),
    "a backup is proved": Barrier(before(Backups, "_keep"), "plain", 1),
    "a backup is in its place": Barrier(after(Backups, "_keep"), "plain", 1),
    "rewind stored": Barrier(after(Journal, "go"), "tree", 1),
    "edit stored": Barrier(after(Journal, "edit"), "tree", 1),
    "bookmark stored": Barrier(after(Journal, "mark"), "tree", 1),
    "retelling begun": Barrier(after(Journal, "begin", is_a_retelling), "tree", 2),
    "restoring half done": Barrier(after(os, "replace"), "damaged", 3),
}


# Stories: each goes on from where its journal is, so that one that was killed is finished by the same code.


def headless(folder: Path, seed: int, session: Session, out: Words, scenes: int | None = None) -> int:
    """Its exit code. Nobody says anything."""
    run = Run(Begin(PACK, seed=seed, journal=folder / FILE), bot="random", max_scenes=scenes)
    return play(run, session, out=cast(TextIO, out), source=io.StringIO())


def plain(folder: Path, seed: int) -> None:
    """A headless run with standard output a pipe, to its ending."""
    session = Session(Library(folder=folder), threaded=False)
    try:
        assert headless(folder, seed, session, Words()) == 0
    finally:
        session.close()


def tree(folder: Path, seed: int) -> None:
    """To and fro: one scene is edited, one kept, one told again; then back, and by another way to the ending."""
    session = Session(Library(folder=folder), threaded=False)
    try:
        command: Command | None = Begin(PACK, seed=seed, journal=folder / FILE)
        while command:
            session.submit(command)
            for event in session.poll():
                if isinstance(event, SceneReady):
                    print(json.dumps(scene_row(event)), flush=True)
            assert session._play
            command = next_step(session._play.journal, seed)
    finally:
        session.close()


def next_step(journal: Journal, seed: int) -> Command | None:
    """What this player does next, by nothing but what is in the journal."""
    head = journal.head
    assert head
    scene = head.scene
    if scene.ending:
        return None
    if scene.turn == 2 and scene.beats[0].source.via != "edit":
        return EditBeat(head.key, 0, WORDS)
    if scene.turn == 3 and not journal.marks():
        return Bookmark("where it forks", "1")
    if scene.turn == 4 and len(journal.tellings(head.key)) == 1:
        return Retell()
    if scene.turn == 6:
        fork = journal.recent(head.key, 4)[0]
        if len(fork.scene.choices) > 1 and len({child.slot for child in journal.children(fork.key)}) == 1:
            return Rewind(3)
    told = {child.slot for child in journal.children(head.key)}
    slots = [choice.slot for choice in scene.choices if choice.slot not in told] or [scene.choices[0].slot]
    return Pick(slots[draw(seed, scene.key, "bot", len(slots))], head.key)


def ahead(folder: Path, seed: int) -> None:
    """A model writes, and writes ahead; at the scene whose number the seed draws, the player reads on and on."""
    by_model(folder, seed, Settings(prefetch="all"), linger=2 + draw(seed, "", "linger", 5))


def model(folder: Path, seed: int) -> None:
    """A model writes, a few letters at a time, and the player sees each of them."""
    by_model(folder, seed, Settings(prefetch="off"))


def by_model(folder: Path, seed: int, settings: Settings, linger: int = 0) -> None:
    opening.open_client = lambda name, options: AheadClient()  # type: ignore[assignment]
    session = Session(Library(settings, folder))
    session.submit(Begin(PACK, Teller("good"), seed=seed, journal=folder / FILE))
    while True:
        for event in session.wait(30):
            if isinstance(event, BeatGrew):
                print(json.dumps({"event": "grew", "turn": event.turn, "n": event.index, "text": event.beat.text}), flush=True)
            if isinstance(event, SceneReady) and event.settled:
                print(json.dumps(scene_row(event)), flush=True)
                AheadClient.reading = event.scene.turn == linger
                if not AheadClient.reading:
                    session.submit(Pick(pick_of(event, seed), event.scene.key))


def in_turn(folder: Path, seed: int) -> None:
    """The same story, with nothing written ahead."""
    opened = opening.open_client
    opening.open_client = lambda name, options: GoodClient()  # type: ignore[assignment]
    session = Session(Library(Settings(prefetch="off"), folder), threaded=False)
    try:
        command: Command | None = Begin(PACK, Teller("good"), seed=seed, journal=folder / FILE)
        while command:
            session.submit(command)
            *_, last = [event for event in session.poll() if isinstance(event, SceneReady)]
            command = None if last.scene.ending else Pick(pick_of(last, seed), last.scene.key)
    finally:
        opening.open_client = opened
        session.close()


def pick_of(event: SceneReady, seed: int) -> str:
    choices = event.scene.choices
    return choices[draw(seed, event.scene.key, "bot", len(choices))].slot


def half(folder: Path, seed: int) -> None:
    """A playthrough in the library that was left in the middle, with its backups, and then damaged."""
    session = Session(Library(folder=folder), threaded=False)
    headless(folder, seed, session, Silent(), scenes=10)
    session.close()
    content = bytearray((folder / FILE).read_bytes())
    content[len(content) // 2 :] = bytes(len(content) - len(content) // 2)
    (folder / FILE).write_bytes(content)


class Silent(Words):
    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None:
        pass


STORIES: dict[str, Callable[[Path, int], None]] = {
    "plain": plain,
    "model": model,
    "tree": tree,
    "ahead": ahead,
    "damaged": plain,
}


def passing(name: str, n: int) -> int:
    """At which passing of its barrier the `n`-th round kills (from 1): spread over all that there are."""
    return 1 + draw(n, name, "passing", BARRIERS[name].passings)


def die_at(name: str, n: str, seed: str, folder: str) -> None:
    """Play a story in `folder`, in this process, which dies as it passes the barrier for the `n`-th time."""
    passings = count(1)

    def passed() -> None:
        if next(passings) == int(n):
            os.kill(os.getpid(), signal.SIGKILL)

    BARRIERS[name].arm(passed)
    STORIES[BARRIERS[name].story](Path(folder), int(seed))
