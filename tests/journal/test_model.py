"""Any order of picks, drafts, attempts, commits, moves, retellings, edits, bookmarks, reopenings and crashes, beside a model of a
few dictionaries."""

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from game.journal import Journal, LoggedAttempt, Pending, Revision
from game.journal.revisions import revised
from game.story import DONE, INTERRUPTED, ROOT, Attempt, Mark, node_key
from tests.journal.stories import HEADER, RECAP, SHAPE, SLOTS, SPENT, beat, node_after

TEXTS = st.text(max_size=40)


class Story(RuleBasedStateMachine):
    """`told`, `shown`, `attempts` and `shapes` by key; `pieces` of the attempt under way for the pick; what is `asked` and not
    answered, by key; `pick` and `head` as keys. `taken`: the child that was taken last at a scene, noted at every step."""

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.copies = 0
        self.journal = Journal.create(self.folder / "story.journal", HEADER)
        self.told, self.shown, self.attempts, self.requests = {}, {}, {}, {}
        self.picks, self.asked, self.shapes = {}, {}, {}
        self.recaps, self.spent = set(), []
        self.pieces, self.pick, self.head = "", None, None
        self.taken, self.steers, self.edits, self.marks = {}, {}, [], {}

    def go_to(self, key):
        self.head, self.pick = key, None
        while key != ROOT:
            parent = self.picks[key][0]
            self.taken[parent] = key
            key = parent

    def siblings(self, key):
        return [each for each in self.told if self.picks[each][:2] == self.picks[key][:2]]

    def reads_now(self, key):
        beats = list(self.told[key].scene.beats)
        for edit in self.edits:
            if edit.key == key:
                beats[edit.beat] = revised(self.told[key].scene.beats[edit.beat], edit.text)
        return replace(self.told[key], scene=replace(self.told[key].scene, beats=tuple(beats)))

    def half_told_below(self, key):
        begun = [each for each in self.picks if each not in self.told]
        half = [each for each in begun if each in self.attempts or each in self.shown or each in self.asked]
        return any(key in self.way_to(self.picks[each][0]) for each in half)

    def way_to(self, key):
        way = []
        while key != ROOT:
            way.append(key)
            key = self.picks[key][0]
        return way

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
            if telling:
                self.steers.setdefault(key, "")

    @precondition(lambda self: self.told)
    @rule(data=st.data(), steer=st.sampled_from(["", "less grim", "«more rain»"]))
    def retell(self, data, steer):
        parent, slot, _ = self.picks[data.draw(st.sampled_from(list(self.told)))]
        numbers = range(1, 99)
        keys = {n: node_key(parent, slot, n) for n in numbers}
        telling = next(n for n in numbers if keys[n] not in self.told and self.steers.get(keys[n], steer) == steer)
        sibling = next(key for key in self.told if self.picks[key][:2] == (parent, slot))
        assert self.journal.next_telling(sibling, steer) == telling
        self.interrupt()
        self.pick = self.journal.begin(parent, slot, telling, steer)
        self.picks[self.pick] = (parent, slot, telling)
        self.steers.setdefault(self.pick, steer)

    @precondition(lambda self: self.told)
    @rule(data=st.data())
    def go(self, data):
        key = data.draw(st.sampled_from(list(self.told)))
        self.interrupt()
        assert self.journal.go(key) == self.reads_now(key)
        self.go_to(key)

    @precondition(lambda self: self.head)
    @rule(scenes=st.integers(0, 4))
    def rewind(self, scenes):
        way = self.way_to(self.head)
        key = way[min(scenes, len(way) - 1)]
        assert self.journal.back(scenes).key == key
        self.interrupt()
        self.journal.go(key)
        self.go_to(key)

    @precondition(lambda self: self.taken.get(self.head or ROOT))
    @rule()
    def forward(self):
        key = self.taken[self.head or ROOT]
        assert self.journal.forward(self.head or ROOT).key == key
        self.interrupt()
        self.journal.go(key)
        self.go_to(key)

    @precondition(lambda self: self.told)
    @rule(data=st.data(), beat=st.integers(0, 1), text=TEXTS, back=st.booleans())
    def edit(self, data, beat, text, back):
        key = data.draw(st.sampled_from(list(self.told)))
        text = self.told[key].scene.beats[beat].text if back else text
        if self.half_told_below(key):
            with pytest.raises(ValueError, match="half told"):
                self.journal.edit(key, beat, text)
            return
        if self.reads_now(key).scene.beats[beat].text != text:
            self.edits.append(Revision(len(self.edits) + 1, key, beat, text, len(self.told)))
        assert self.journal.edit(key, beat, text) == self.reads_now(key)

    @precondition(lambda self: self.told)
    @rule(data=st.data(), name=st.sampled_from(["", "«door»"]), slot=st.sampled_from(["", "quick", "1"]), at=st.floats(0, 1e10))
    def mark(self, data, name, slot, at):
        mark = Mark(name, slot, data.draw(st.sampled_from(list(self.told))), at)
        self.journal.mark(mark)
        self.marks.pop(mark.id, None)
        self.marks[mark.id] = mark

    @rule(mark_id=st.sampled_from(["slot quick", "slot 1", "name «door»", "name "]))
    def unmark(self, mark_id):
        self.journal.unmark(mark_id)
        self.marks.pop(mark_id, None)

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
        self.go_to(node.key)

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
            assert self.journal.node(key) == self.reads_now(key)
            assert self.journal.told(key) == node.scene
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
    def the_ways_are_those_that_were_taken(self):
        line = []
        while key := self.taken.get(line[-1] if line else ROOT):
            line.append(key)
        story = self.journal.map()
        assert story.line == tuple(line)
        assert [scene.key for scene in story.scenes] == list(self.told)
        assert story.marks == self.journal.marks() == tuple(self.marks.values())
        assert self.journal.edits() == tuple(self.edits)
        for key in self.told:
            ahead = self.journal.forward(key)
            assert (ahead and ahead.key) == self.taken.get(key)
            found = [node.key for node in self.journal.tellings(key)]
            assert found == sorted(self.siblings(key), key=lambda each: self.picks[each][2])
            assert self.journal.steer(key) == self.steers.get(key, "")

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
    max_examples=60,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestStory = Story.TestCase
