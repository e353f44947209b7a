"""Any order of picks, drafts, attempts, commits, reopenings and crashes, beside a model of a few dictionaries."""

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from game.journal import Journal, LoggedAttempt, Pending
from game.story import DONE, INTERRUPTED, ROOT, Attempt, node_key
from tests.journal.stories import HEADER, RECAP, SHAPE, SLOTS, SPENT, beat, node_after

TEXTS = st.text(max_size=40)


class Story(RuleBasedStateMachine):
    """`told`, `shown`, `attempts` and `shapes` by key; `pieces` of the attempt under way for the pick; what is `asked` and not
    answered, by key; `pick` and `head` as keys."""

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.copies = 0
        self.journal = Journal.create(self.folder / "story.journal", HEADER)
        self.told, self.shown, self.attempts, self.requests = {}, {}, {}, {}
        self.picks, self.asked, self.shapes = {}, {}, {}
        self.recaps, self.spent = set(), []
        self.pieces, self.pick, self.head = "", None, None

    def interrupt(self):
        for key in dict.fromkeys((*self.asked, self.pick)):
            self.interrupt_one(key)

    def interrupt_one(self, key):
        pieces = self.pieces if key == self.pick else ""
        if pieces or key in self.asked:
            self.close(key, LoggedAttempt("", "", Attempt(pieces, INTERRUPTED)))

    def close(self, key, logged):
        if key in self.asked:
            request_hash, shape = self.asked.pop(key)
            logged = LoggedAttempt(request_hash, "scene", logged.attempt, shape)
        self.attempts.setdefault(key, []).append(logged)
        if key == self.pick:
            self.pieces = ""

    @rule(data=st.data(), slot=st.sampled_from(SLOTS), telling=st.integers(0, 2))
    def begin(self, data, slot, telling):
        parent = data.draw(st.sampled_from([ROOT, *self.told]))
        slot = "" if parent == ROOT else slot
        key = node_key(parent, slot, telling)
        if key not in self.told:
            self.interrupt()
            assert self.journal.begin(parent, slot, telling) == key
            self.picks[key] = (parent, slot, telling)
            self.pick = key

    @precondition(lambda self: self.pick)
    @rule(n=st.integers(0, 4), text=TEXTS, piece=TEXTS)
    def show(self, n, text, piece):
        self.journal.show(self.pick, [(n, beat(text)), (n + 1, beat(text, "maren"))], piece)
        self.shown.setdefault(self.pick, {}).update({n: beat(text), n + 1: beat(text, "maren")})
        self.pieces += piece

    @precondition(lambda self: self.pick)
    @rule(ahead=st.booleans(), start=st.integers(1, 9), body=st.binary(max_size=60))
    def asking(self, ahead, start, body):
        key = f"ahead of {self.pick}" if ahead else self.pick
        self.interrupt_one(key)
        request_hash, shape = f"{len(self.requests)}", replace(SHAPE, start=start)
        self.journal.asking(key, request_hash, body, "scene", shape)
        self.requests[request_hash] = body
        self.asked[key] = (request_hash, shape)
        self.shapes[key] = shape

    @rule(upto=st.integers(0, 3), text=TEXTS)
    def keep_recap(self, upto, text):
        recap = replace(RECAP, upto=upto, text=text)
        assert self.journal.keep_recap(recap) == recap.id
        self.recaps.add(recap)

    @rule(tokens=st.integers(0), use=st.sampled_from(["read", "ahead", "wasted"]), saved=st.floats(0, 1e9))
    def spend(self, tokens, use, saved):
        self.spent.append(replace(SPENT, prompt=tokens, use=use, saved=saved))
        self.journal.spend(self.spent[-1])

    @precondition(lambda self: self.pick)
    @rule(
        ended=st.sampled_from([DONE, "timed_out"]), message=TEXTS, wait=st.none() | st.floats(0, 1e6), body=st.binary(max_size=60)
    )
    def attempted(self, ended, message, wait, body):
        request_hash = f"{len(self.requests)}"
        attempt = Attempt(self.pieces, ended, message, wait)
        self.journal.attempted(self.pick, request_hash, body, "scene", attempt)
        if self.pick not in self.asked:
            self.requests[request_hash] = body
        self.close(self.pick, LoggedAttempt(request_hash, "scene", attempt))

    @precondition(lambda self: self.pick)
    @rule(words=TEXTS)
    def commit(self, words):
        parent, slot, telling = self.picks[self.pick]
        node = node_after(parent, slot, HEADER.initial if parent == ROOT else self.told[parent].state, words, telling)
        self.interrupt()
        self.journal.commit(node)
        self.shown.pop(node.key, None)
        self.told[node.key] = node
        self.head, self.pick = node.key, None

    @rule()
    def close_and_open(self):
        self.journal.close()
        self.interrupt()
        self.journal = Journal.open(self.journal.path)

    @rule()
    def crash_and_open(self):
        """What a crash leaves are the files as they are now."""
        self.copies += 1
        there = self.folder / f"{self.copies}.journal"
        here = self.journal.path
        for each in self.folder.glob(f"{here.name}*"):
            shutil.copy(each, there.with_name(each.name.replace(here.name, there.name)))
        self.journal.close()
        self.interrupt()
        self.journal = Journal.open(there)

    @invariant()
    def all_is_there(self):
        assert self.journal.count == len(self.told)
        assert (self.journal.head and self.journal.head.key) == self.head
        for key, node in self.told.items():
            assert self.journal.node(key) == node
            assert self.journal.attempts(key) == tuple(self.attempts.get(key, ()))
        for key, logged in self.attempts.items():
            assert self.journal.attempts(key) == tuple(logged)
        for key, shape in self.shapes.items():
            assert self.journal.last_shape(key) == shape
        assert {self.journal.recap(recap.id) for recap in self.recaps} == self.recaps
        assert self.journal.spending() == tuple(self.spent)
        for request_hash, body in self.requests.items():
            assert not body or self.journal.request(request_hash) == body

    @invariant()
    def the_pick_is_pending(self):
        pending = self.journal.pending
        if self.pick is None:
            assert pending is None
            return
        shown = self.shown.get(self.pick, {})
        expected = Pending(self.pick, *self.picks[self.pick], shown=tuple(shown[n] for n in sorted(shown)))
        assert pending == replace(expected, attempts=tuple(self.attempts.get(self.pick, ())))

    def teardown(self):
        self.journal.close()
        shutil.rmtree(self.folder)


Story.TestCase.settings = settings(
    max_examples=40,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestStory = Story.TestCase
