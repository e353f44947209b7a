"""Small stories for the journal's tests: what a session would store, made from a few words."""

import sqlite3
from pathlib import Path

from game.journal import Header, Journal, Node, Spent
from game.story import (
    DONE,
    ROOT,
    Attempt,
    Beat,
    Choice,
    Effect,
    Player,
    Recap,
    Scene,
    Shape,
    Source,
    StoryState,
    node_key,
    replay,
)

SOURCE = Source("model", "openai/some-model", "0123456789abcdef0123456789abcdef")
SLOTS = ("a", "b", "c")

HEADER = Header(
    pack_id="last_keeper",
    pack_title="The Last Keeper",
    pack_version="1.2.0",
    pack_hash="feedfacefeedfacefeedfacefeedface",
    seed=(1 << 63) - 1,
    player=Player("Maren — «M»", "she", "second", "past", "a surveyor"),
    initial=StoryState(place="jetty", variables={"trust": 2, "lamp_lit": False}, items=frozenset({"letter"})),
    engine="0.1.0",
    declarations={"acts": 3, "variables": {"trust": [0, 10, 2]}},
)

RECAP = Recap(3, "You came over on the last boat. «M» was — not there.", Source("model", "openai/some-model", "0123456789abcdef"))
SHAPE = Shape("openai/some-model", 8192, 371, 4, RECAP.id)
SPENT = Spent("0123", "scene", 1800, 240, 1700, "ahead", 3.25)


def beat(text: str, speaker: str | None = None) -> Beat:
    return Beat("line", text, SOURCE, speaker, "calm") if speaker else Beat("narration", text, SOURCE)


def beats_of(words: str) -> tuple[Beat, ...]:
    return (beat(f"{words} comes up out of the water, and stays."), beat(f"You said {words}. I heard it.", "maren"))


def effects_of(before: StoryState) -> tuple[Effect, ...]:
    turn = before.turn + 1
    return (Effect("turn", "", turn), Effect("set", "trust", turn % 11), Effect("seen", f"storylet_{turn % 5}"))


def node_after(parent: str, slot: str, before: StoryState, words: str = "Something", telling: int = 0) -> Node:
    """The scene that follows, as a session would commit it."""
    key = node_key(parent, slot, telling)
    effects = effects_of(before)
    state = replay(before, effects)
    choices = tuple(Choice(letter, f"go_{letter}", f"Go by way {letter}.", SOURCE) for letter in SLOTS)
    scene = Scene(
        key, state.turn, f"Scene {state.turn}", state.place, beats_of(words), choices, storylet="arrival", notes=("Rain.",)
    )
    return Node(key, parent, slot, telling, effects, state, scene)


def tell(
    journal: Journal,
    slot: str = "a",
    words: str = "Something",
    parent: Node | None = None,
    telling: int = 0,
    shape: Shape | None = None,
    steer: str = "",
) -> Node:
    """Play one turn to its commit: after `parent`, or after the head. With a `shape`, the request is stored before it is made."""
    at = parent or journal.head
    before, above, picked = (at.state, at.key, slot) if at else (journal.header.initial, ROOT, "")
    node = node_after(above, picked, before, words, telling)
    journal.begin(above, picked, telling, steer)
    reply = f'{{"beats": "{words}"}}'
    asked = (node.key, f"request of {words}", f"what was asked: {words}".encode(), "scene")
    if shape:
        journal.asking(*asked, shape)
    journal.show(node.key, list(enumerate(node.scene.beats)), reply)
    journal.attempted(*asked, Attempt(reply, DONE))
    journal.commit(node)
    return node


def tell_many(journal: Journal, count: int) -> list[Node]:
    return [tell(journal, SLOTS[n % 3], f"wave {n}") for n in range(count)]


def written(path: Path, scenes: int = 3) -> list[Node]:
    """A journal in `path` with some scenes, closed again."""
    journal = Journal.create(path, HEADER)
    nodes = tell_many(journal, scenes)
    journal.close()
    return nodes


def tamper(path: Path, *changes: str) -> None:
    """Change the file behind the engine's back, as another program could that takes its guards away and puts them back."""
    database = sqlite3.connect(path)
    guards = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in guards:
        database.execute(f"DROP TRIGGER {name}")
    for change in changes:
        database.execute(change)
    tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for name, sql in guards:
        if name.rpartition("_no_")[0] in tables:
            database.execute(sql)
    database.commit()
    database.close()


def beside(path: Path) -> dict[str, bytes]:
    """Every file whose name begins with that of `path`, and what is in it."""
    return {each.name: each.read_bytes() for each in path.parent.iterdir() if each.name.startswith(path.name)}
