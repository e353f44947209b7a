"""Random damage to playthroughs of the library, and what must hold after it: for the tests and for `make soak`."""

import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from game.journal import Backups, Journal, JournalError, open_copy
from game.session import Begin, CannotStart, Continue, Library, Notice, Pick, SceneReady, Session
from game.story import canonical, draw

FILE = "story.journal"
BLOCK = 512
SCENES = 10

Files = dict[str, bytes]
"""A folder: the content of each file by its path in it."""
Told = tuple[str, list[tuple[str, str, str]]]
"""The head's key; and of each scene that was ever told its key, canonical JSON, and the hash of its state."""


@dataclass(frozen=True)
class Playthrough:
    """A playthrough as it stands on the disk, and what it and its backups hold, the newest first."""

    pack: str
    files: Files
    told: Told
    backups: tuple[Told, ...]


# Ways of damage, each by draws.


def flipped(content: bytes, draw: random.Random) -> bytes:
    """Some bytes are others."""
    out = bytearray(content)
    for _ in range(draw.choice((1, 1, 4, 40))):
        out[draw.randrange(len(out))] ^= 1 << draw.randrange(8)
    return bytes(out)


def zeroed(content: bytes, draw: random.Random) -> bytes:
    """Blocks were never written."""
    out = bytearray(content)
    for _ in range(draw.choice((1, 1, 5))):
        at = draw.randrange(0, len(out), BLOCK)
        out[at : at + BLOCK] = bytes(len(out[at : at + BLOCK]))
    return bytes(out)


def truncated(content: bytes, draw: random.Random) -> bytes:
    """The end is not there, or nothing is."""
    return content[: draw.choice((0, draw.randrange(200), draw.randrange(len(content))))]


def swapped(content: bytes, draw: random.Random) -> bytes:
    """Two blocks stand in each other's place."""
    blocks = [content[at : at + BLOCK] for at in range(0, len(content), BLOCK)]
    one, other = draw.sample(range(len(blocks)), 2)
    blocks[one], blocks[other] = blocks[other], blocks[one]
    return b"".join(blocks)


def appended(content: bytes, draw: random.Random) -> bytes:
    """Something else stands behind it."""
    return content + draw.randbytes(draw.choice((1, 100, 4096, 9000)))


WAYS: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "bytes flipped": flipped,
    "blocks zeroed": zeroed,
    "truncated": truncated,
    "blocks swapped": swapped,
    "garbage appended": appended,
}
TORN = "WAL torn"
"""The same ways, in the WAL that a kill has left."""


def damages() -> Iterator[tuple[int, str]]:
    """Seeds and ways, without end."""
    names = (*WAYS, TORN)
    seed = 0
    while True:
        yield seed, names[seed % len(names)]
        seed += 1


# What is damaged.


@cache
def playthroughs() -> tuple[Playthrough, ...]:
    """One that was closed and one that was killed in the middle of a scene, of each bundled pack."""
    return tuple(_played(pack, killed) for pack in ("last_keeper", "no_chill") for killed in (False, True))


def _played(pack: str, killed: bool) -> Playthrough:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        session = Session(Library(folder=folder), threaded=False)
        session.submit(Begin(pack, seed=7, journal=folder / FILE))
        for _ in range(SCENES - 1):
            scene = [event.scene for event in session.poll() if isinstance(event, SceneReady)][-1]
            session.submit(Pick(scene.choices[draw(7, scene.key, "bot", len(scene.choices))].slot))
        session.close()
        files = _left_by_a_kill(folder) if killed else _read(folder)
        return Playthrough(pack, files, told(folder / FILE), tuple(map(told, Backups(folder / FILE).all())))


def _left_by_a_kill(folder: Path) -> Files:
    """The files as they stand while a pick waits for its scene."""
    journal = Journal.open(folder / FILE)
    try:
        head = journal.head
        assert head
        key = journal.begin(head.key, head.scene.choices[0].slot)
        journal.show(key, list(enumerate(head.scene.beats)), "half of a reply")
        return _read(folder)
    finally:
        journal.close()


def _read(folder: Path) -> Files:
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def told(path: Path) -> Told:
    journal = open_copy(path)
    try:
        keys = [scene.key for scene in journal.map().scenes]
        nodes = [journal.node(key) for key in keys]
        head = journal.head
        return (head.key if head else ""), [(node.key, canonical(node.scene.to_json()), node.state.hash) for node in nodes]
    finally:
        journal.close()


# What must hold.


@dataclass(frozen=True)
class Outcome:
    """`harmless`, or `restored`; and what does not hold, in words."""

    kind: str
    wrong: str = ""


def damaged(seed: int, way: str) -> Outcome:
    """Damage a playthrough, take it up, and say what came of it."""
    draws = random.Random(seed)
    found = playthroughs()
    played = draws.choice(found[1::2] if way == TORN else found)
    name = f"{FILE}-wal" if way == TORN else FILE
    how = draws.choice(list(WAYS.values())) if way == TORN else WAYS[way]
    spoiled = {**played.files, name: how(played.files[name], draws)}
    with _folder(spoiled) as folder:
        return _taken_up(folder, played, spoiled)


@contextmanager
def _folder(files: Files) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as place:
        for name, content in files.items():
            path = Path(place) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        yield Path(place)


def _taken_up(folder: Path, played: Playthrough, spoiled: Files) -> Outcome:
    before = Path(tempfile.mkdtemp())
    try:
        shutil.copytree(folder, before, dirs_exist_ok=True)
        session = Session(Library(folder=folder), threaded=False)
        session.submit(Continue(folder / FILE, pack=played.pack))
        events = session.poll()
        session.close()
        said = [event.words for event in events if isinstance(event, Notice) and event.code == "restored"]
        refused = [event.message for event in events if isinstance(event, CannotStart)]
        if refused:
            return Outcome("refused", refused[0])
        return _restored(folder, played, spoiled, said[0]) if said else _harmless(before, played)
    finally:
        shutil.rmtree(before)


def _harmless(before: Path, played: Playthrough) -> Outcome:
    """Nothing was said: then all reads as it did."""
    try:
        same = told(before / FILE) == played.told
    except JournalError as error:
        return Outcome("harmless", f"it was not told that {error}")
    return Outcome("harmless", "" if same else "it does not read as it did, and nothing was said")


def _restored(folder: Path, played: Playthrough, spoiled: Files, said: str) -> Outcome:
    wrong = []
    kept = folder / "story.damaged-1"
    if not kept.exists() or kept.read_bytes() != spoiled[FILE]:
        wrong.append("the damaged file was not kept")
    now, expected = told(folder / FILE), played.backups[0]
    if now[1][: len(expected[1])] != expected[1] or now[0] != expected[0]:
        wrong.append("the newest backup is not in its place")
    if "You are at scene" not in said or "\n" in said:
        wrong.append("it was not told where the story is")
    return Outcome("restored", "; ".join(wrong))
