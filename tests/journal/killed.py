"""Plays a journal and says what is stored, until it kills itself: `python -m tests.journal.killed FILE STATEMENT N`.

It dies by SIGKILL at the moment in which SQLite begins to run the N-th statement that starts with STATEMENT.
"""

import json
import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

from game.journal import Journal, Node
from game.journal.store import Store
from game.story import DONE, ROOT, Attempt, Mark
from tests.journal.stories import HEADER, RECAP, SHAPE, SLOTS, SPENT, node_after

Row = dict[str, object]


def die_at(journal: Journal, statement: str, n: int) -> None:
    die_with(journal._store, statement, n)


def die_with(store: Store, statement: str, n: int) -> None:
    seen = count(1)

    def watch(sql: str) -> None:
        if sql.startswith(statement) and next(seen) == n:
            os.kill(os.getpid(), signal.SIGKILL)

    store._database.set_trace_callback(watch)


def play(journal: Journal) -> Iterator[Row]:
    """Turn after turn, each with one attempt that is asked for and fails, and one from the brief that succeeds, and with all that
    can be done to a scene when it is told; what each step stored, once it returned."""
    for turn in count():
        head = journal.head
        parent, slot, before = (head.key, SLOTS[turn % 3], head.state) if head else (ROOT, "", journal.header.initial)
        node = node_after(parent, slot, before, f"wave {turn}")
        journal.begin(parent, slot)
        yield {"picked": node.key}
        recap = replace(RECAP, upto=turn)
        journal.keep_recap(recap)
        yield {"recap": recap.id}
        for n, beat in enumerate(node.scene.beats):
            reply = ""
            asked = (node.key, f"{turn}.{n}", f"asked {turn}.{n}".encode(), "scene")
            if n == 0:
                journal.asking(*asked, replace(SHAPE, recap=recap.id))
                yield {"asked": node.key, "hash": asked[1]}
            for end in (9, 20, len(beat.text)):
                shown = beat.with_text(beat.text[:end])
                journal.show(node.key, [(n, shown)], shown.text[len(reply) :])
                reply = shown.text
                yield {"shown": node.key, "n": n, "text": shown.text, "heard": reply}
            ended = DONE if n else "timed_out"
            journal.attempted(*asked, Attempt(reply, ended))
            yield {"attempted": node.key, "reply": reply, "ended": ended}
            journal.spend(replace(SPENT, key=node.key, prompt=turn, reply=n))
            yield {"spent": node.key, "turn": turn, "n": n}
        journal.commit(node)
        yield {"committed": node.key, "turn": turn}
        yield from linger(journal, node, turn)


def linger(journal: Journal, node: Node, turn: int) -> Iterator[Row]:
    """Keep a scene, edit it, have it told again, and go back to the telling that was there first."""
    journal.mark(Mark(f"turn {turn}", "", node.key, turn))
    yield {"marked": f"turn {turn}", "key": node.key}
    journal.edit(node.key, 0, f"edited on turn {turn}")
    yield {"edited": node.key, "text": f"edited on turn {turn}"}
    key = journal.begin(node.parent, node.slot, 1, f"like turn {turn}")
    yield {"steered": key, "words": f"like turn {turn}"}
    before = journal.node(node.parent).state if node.parent != ROOT else journal.header.initial
    journal.commit(node_after(node.parent, node.slot, before, f"wave {turn} again", 1))
    journal.go(node.key)
    yield {"went": node.key}


def main(path: str, statement: str, n: str) -> None:
    journal = Journal.create(Path(path), HEADER)
    die_at(journal, statement, int(n))
    for row in play(journal):
        print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
