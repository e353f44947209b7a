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

from game.journal import Journal
from game.journal.store import Store
from game.story import DONE, ROOT, Attempt
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
    """Turn after turn, each with one attempt that is asked for and fails, and one from the brief that succeeds; what each step
    stored, once it returned."""
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


def main(path: str, statement: str, n: str) -> None:
    journal = Journal.create(Path(path), HEADER)
    die_at(journal, statement, int(n))
    for row in play(journal):
        print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
