"""Any order of choices and moves in the story tree, with edits, bookmarks, closing and crashes in between, on real files: beside
a model that is a few dictionaries of scenes by the way to them.

A way is a tuple of steps, a step a slot and a telling. The model learns each scene when it is told, and knows from then on what
must be read wherever.
"""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from game.session import (
    BeatGrew,
    Begin,
    Bookmark,
    Branches,
    Continue,
    DropBookmark,
    EditBeat,
    Edited,
    Ended,
    Event,
    Flip,
    Forward,
    GoTo,
    Leave,
    Library,
    LookAtMap,
    MapReady,
    MarkCard,
    Marks,
    Move,
    Notice,
    Past,
    Pick,
    Picked,
    Retell,
    Rewind,
    SceneBegan,
    SceneReady,
    Session,
)
from game.story import Scene
from tests.conftest import REPOSITORY

Step = tuple[str, int]
Way = tuple[Step, ...]

FIRST: Way = (("", 0),)
SEED = 7
LONGEST = 5
"""Scenes of the longest story: short ones fork, end and are told again often."""
WORDS = st.sampled_from(["The tide is out.", "Nobody came.", "It was a Tuesday, and the bell rang twice.", ""])


@cache
def ferry() -> Path:
    """A small pack, whose stories end soon."""
    folder = Path(tempfile.mkdtemp()) / "ferry"
    shutil.copytree(REPOSITORY / "bench" / "endless", folder)
    declared = folder / "pack.toml"
    declared.write_text(declared.read_text("utf-8").replace("max = 1000000", f"max = {LONGEST}"), "utf-8")
    return folder


@cache
def straight(slots: tuple[str, ...]) -> SceneReady:
    """The scene behind these picks, in a playthrough in which nothing else was ever done."""
    session = Session(Library(), threaded=False)
    session.submit(Begin(str(ferry()), seed=SEED))
    for slot in slots:
        session.submit(Pick(slot))
    ready = [event for event in session.poll() if isinstance(event, SceneReady)][-1]
    session.close()
    return ready


class Crashing(Library):
    """`crash` is what is done when so many beats have been shown, once."""

    crash: tuple[Callable[[], None], int] | None = None

    async def open(self, command, emit, timing):
        def heard(event: Event) -> None:
            emit(event)
            if self.crash and isinstance(event, BeatGrew) and event.done and event.index + 1 == self.crash[1]:
                self.crash[0]()
                self.crash = None

        return await super().open(command, heard, timing)


@dataclass
class Told:
    """A scene as it was told, the hash of the state that its choices are dealt in, and what its beats read now, where that is
    something else."""

    scene: Scene
    state: str
    edits: dict[int, str] = field(default_factory=dict)

    @property
    def now(self) -> Scene:
        """As it reads now."""
        beats = list(self.scene.beats)
        for n, text in self.edits.items():
            origin = beats[n].source
            source = replace(origin, by="player", via="edit", ref=f"{origin.by} {origin.via} {origin.ref}")
            beats[n] = replace(beats[n], text=text, source=source)
        return replace(self.scene, beats=tuple(beats))


@dataclass
class Front:
    """What a player sees: the way that they read, the scene that they are at, and what is kept."""

    way: list[Scene] = field(default_factory=list)
    picks: list[str] = field(default_factory=list)
    now: SceneReady | None = None
    marks: tuple[MarkCard, ...] = ()

    def hear(self, events: tuple[Event, ...]) -> None:
        for event in events:
            match event:
                case Past():
                    self.way = [scene for scene, _ in event.scenes]
                    self.picks = [slot for _, slot in event.scenes]
                case Picked():
                    self.picks.append(event.slot)
                case SceneReady():
                    self.way.append(event.scene)
                    self.now = event
                case Edited():
                    self.way = [_read_so(scene, event) for scene in self.way]
                case Marks():
                    self.marks = event.cards


def _read_so(scene: Scene, edited: Edited) -> Scene:
    if scene.key != edited.scene:
        return scene
    beats = list(scene.beats)
    beats[edited.index] = edited.beat
    return replace(scene, beats=tuple(beats))


class Tree(RuleBasedStateMachine):
    """`told` by way; `taken`, for each way, the next step of the one that was last gone; `marks` by what they are told by."""

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "story.journal"
        self.sittings = 0
        self.told: dict[Way, Told] = {}
        self.taken: dict[Way, Step] = {}
        self.marks: dict[tuple[str, str], tuple[str, Way]] = {}
        self.head: Way = ()

    def submit(self, command) -> tuple[Event, ...]:
        self.session.submit(command)
        events = self.session.poll()
        self.front.hear(events)
        return events

    def notices(self, command) -> list[str]:
        """The codes of what was said to a command that changes nothing."""
        events = self.submit(command)
        assert all(isinstance(event, Notice) for event in events)
        return [event.code for event in events]

    def arrive(self, way: Way) -> None:
        self.taken |= {way[:n]: step for n, step in enumerate(way)}
        self.head = way

    def learn(self, way: Way, events: tuple[Event, ...]) -> None:
        """A scene was told for the first time."""
        assert [type(event) for event in events if isinstance(event, SceneBegan | SceneReady)] == [SceneBegan, SceneReady]
        ready = self.front.now
        assert ready
        assert not ready.recalled
        self.told[way] = Told(ready.scene, ready.state.hash)
        self.arrive(way)
        self.ends(events)
        if all(telling == 0 and not self.told[way[: n + 1]].edits for n, (_, telling) in enumerate(way)):
            # However the player came there, nothing done elsewhere has changed the scene.
            expected = straight(tuple(slot for slot, _ in way[1:]))
            assert (ready.scene, ready.state.hash) == (expected.scene, expected.state.hash)

    def recall(self, way: Way, events: tuple[Event, ...]) -> None:
        """A scene is read again, and nothing was asked."""
        assert not any(isinstance(event, SceneBegan) for event in events)
        assert self.front.now
        assert self.front.now.recalled
        self.arrive(way)
        self.ends(events)

    def ends(self, events: tuple[Event, ...]) -> None:
        assert [event.ending for event in events if isinstance(event, Ended)] == list(filter(None, [self.here.scene.ending]))

    def moved(self, way: Way, command: Move) -> None:
        """A move leads to a scene that was told."""
        events = self.submit(command)
        assert any(isinstance(event, Past) for event in events)
        self.recall(way, events)

    @property
    def here(self) -> Told:
        return self.told[self.head]

    def tellings(self, way: Way) -> list[Way]:
        return sorted(each for each in self.told if each[:-1] == way[:-1] and each[-1][0] == way[-1][0])

    def children(self, way: Way) -> list[Way]:
        return [each for each in self.told if each[:-1] == way]

    def behind(self, slot: str) -> Way | None:
        """The scene that is read again when this choice is taken."""
        if self.taken.get(self.head, ("", 0))[0] == slot:
            return (*self.head, self.taken[self.head])
        found = [each for each in self.children(self.head) if each[-1][0] == slot]
        return found[-1] if found else None

    def ahead(self, way: Way, scenes: int) -> Way:
        while scenes and way in self.taken:
            way, scenes = (*way, self.taken[way]), scenes - 1
        return way

    @initialize()
    def begin(self):
        self.library = Crashing(folder=self.folder)
        self.session = Session(self.library, threaded=False)
        self.front = Front()
        self.learn(FIRST, self.submit(Begin(str(ferry()), seed=SEED, journal=self.path)))

    @precondition(lambda self: self.here.scene.choices)
    @rule(data=st.data())
    def choose(self, data):
        self.choose_one(data.draw(st.sampled_from([choice.slot for choice in self.here.scene.choices])))

    def choose_one(self, slot: str) -> None:
        told = self.behind(slot)
        events = self.submit(Pick(slot, self.here.scene.key))
        assert [event.slot for event in events if isinstance(event, Picked)] == [slot]
        if told:
            self.recall(told, events)
        else:
            self.learn((*self.head, (slot, 0)), events)

    @rule(scenes=st.integers(1, LONGEST))
    def rewind(self, scenes):
        if len(self.head) == 1:
            assert self.notices(Rewind(scenes)) == ["first_scene"]
        else:
            self.moved(self.head[: max(1, len(self.head) - scenes)], Rewind(scenes))

    @rule(scenes=st.integers(1, LONGEST))
    def forward(self, scenes):
        way = self.ahead(self.head, scenes)
        if way == self.head:
            assert self.notices(Forward(scenes)) == ["nothing_ahead"]
        else:
            self.moved(way, Forward(scenes))

    @rule(data=st.data())
    def go_to(self, data):
        way = data.draw(st.sampled_from(sorted(self.told)))
        self.moved(way, GoTo(self.told[way].scene.key))

    @rule()
    def ask_for_what_is_not_there(self):
        assert self.notices(GoTo("0" * 32)) == ["no_such_scene"]
        assert self.notices(EditBeat(self.here.scene.key, len(self.here.scene.beats), "Rain.")) == ["no_such_beat"]

    @rule(steer=st.sampled_from(["", "less grim"]), times=st.integers(1, 2))
    def retell(self, steer, times):
        for _ in range(times):
            self.tell_again(steer)

    def tell_again(self, steer: str) -> None:
        before = self.here
        events = self.submit(Retell(steer))
        assert [event.code for event in events if isinstance(event, Notice)] == (["no_steer"] if steer else [])
        slot = self.head[-1][0]
        self.learn((*self.head[:-1], (slot, len(self.tellings(self.head)))), events)
        after = self.here
        assert after.state == before.state
        assert after.scene.storylet == before.scene.storylet
        assert [choice.outcome for choice in after.scene.choices] == [choice.outcome for choice in before.scene.choices]

    @rule(by=st.sampled_from([1, -1]), same_again=st.booleans())
    def flip(self, by, same_again):
        """`same_again`: then back, and by the choice that leads here."""
        tellings = self.tellings(self.head)
        if len(tellings) == 1:
            assert self.notices(Flip(by)) == ["no_other_telling"]
        else:
            self.moved(tellings[(tellings.index(self.head) + by) % len(tellings)], Flip(by))
        if same_again and len(self.head) > 1:
            slot = self.head[-1][0]
            self.rewind(1)
            self.choose_one(slot)

    @rule(data=st.data(), text=WORDS, back=st.booleans())
    def edit(self, data, text, back):
        """Of any scene; `back`: its text is written as it was told."""
        way = data.draw(st.sampled_from(sorted(self.told)))
        told = self.told[way]
        beat = data.draw(st.integers(0, len(told.scene.beats) - 1))
        if back:
            text = told.scene.beats[beat].text
        events = self.submit(EditBeat(told.scene.key, beat, text))
        told.edits.pop(beat, None)
        if text not in ("", told.scene.beats[beat].text):
            told.edits[beat] = text
        assert events == (Edited(told.scene.key, beat, told.now.beats[beat]),)

    @rule(data=st.data(), slot=st.sampled_from(["", "quick", "1", "12"]), name=st.sampled_from(["", "the rail", "the bell"]))
    def keep(self, data, slot, name):
        way = data.draw(st.sampled_from(sorted(self.told)))
        slot = slot if slot or name else "quick"
        self.submit(Bookmark(name, slot, self.told[way].scene.key))
        self.marks[slot, "" if slot else name] = (name, way)

    @precondition(lambda self: self.marks)
    @rule(data=st.data())
    def drop(self, data):
        slot, name = data.draw(st.sampled_from(sorted(self.marks)))
        self.submit(DropBookmark(name, slot))
        del self.marks[slot, name]

    @rule(how=st.sampled_from(["left", "closed", "crashed"]))
    def open_again(self, how):
        """After a crash the files are as they were at its moment."""
        there = self.path
        if how == "crashed":
            there = self.beside()
            self.copy(there)
        elif how == "left":
            self.submit(Leave())
        self.session.close()
        self.recall(self.head, self.open(there))

    @rule(beats=st.integers(1, 3), again=st.booleans(), data=st.data())
    def crash_while_a_scene_is_told(self, beats, again, data):
        """What was being told is told to its end, and is the scene that it would have been."""
        slots = [choice.slot for choice in self.here.scene.choices if not self.behind(choice.slot)]
        there = self.beside()
        self.library.crash = lambda: self.copy(there), beats
        if again:
            self.tell_again("")
        elif slots:
            self.choose_one(data.draw(st.sampled_from(slots)))
        if self.library.crash:
            # The scene had fewer beats, or there was none to tell.
            self.library.crash = None
            return
        told = self.here.scene
        self.session.close()
        events = self.open(there)
        assert [event.scene for event in events if isinstance(event, SceneReady) and not event.recalled] == [told]
        assert sorted({event.index for event in events if isinstance(event, BeatGrew)}) == list(range(len(told.beats)))

    def beside(self) -> Path:
        """Where a copy of the files can stand."""
        self.sittings += 1
        there = self.folder / str(self.sittings) / self.path.name
        there.parent.mkdir()
        return there

    def copy(self, there: Path) -> None:
        for each in self.path.parent.glob(f"{self.path.name}*"):
            shutil.copy(each, there.parent / each.name)

    def open(self, path: Path) -> tuple[Event, ...]:
        self.path = path
        self.library = Crashing(folder=self.folder)
        self.session = Session(self.library, threaded=False)
        self.front = Front()
        events = self.submit(Continue(path, pack=str(ferry())))
        assert not [event for event in events if isinstance(event, Notice)]
        return events

    @invariant()
    def the_player_reads_what_was_told(self):
        now = self.front.now
        assert now
        assert now.state.hash == self.here.state
        ways = [self.head[: n + 1] for n in range(len(self.head))]
        assert self.front.way == [self.told[way].now for way in ways]
        assert self.front.picks == [slot for slot, _ in self.head[1:]]

    @invariant()
    def where_a_scene_stands_in_the_tree_is_said(self):
        now = self.front.now
        assert now
        slots = sorted({way[-1][0] for way in self.children(self.head)})
        tellings = self.tellings(self.head)
        forward = self.taken.get(self.head, ("", 0))[0]
        assert now.branches == Branches(tellings.index(self.head), len(tellings), tuple(slots), forward)

    @invariant()
    def the_map_is_the_whole_tree(self):
        (ready,) = [event for event in self.submit(LookAtMap()) if isinstance(event, MapReady)]
        keys = {way: told.scene.key for way, told in self.told.items()}
        assert [
            (each.key, each.slot, each.telling, each.turn, each.title, each.place, each.ending) for each in ready.map.scenes
        ] == [
            (key, *way[-1], len(way), self.told[way].scene.title, self.told[way].scene.place, self.told[way].scene.ending)
            for way, key in keys.items()
        ]
        assert [each.parent for each in ready.map.scenes[1:] if each.slot] == [keys[way[:-1]] for way in keys if len(way) > 1]
        line = self.ahead(self.head, LONGEST)
        assert ready.map.head == keys[self.head]
        assert ready.map.line == tuple(keys[line[: n + 1]] for n in range(len(line)))
        found = {told.scene.ending for told in self.told.values()} - {None}
        assert (set(ready.endings), ready.unfound) == (found, 1 - len(found))
        assert {(mark.slot, mark.name, mark.key) for mark in ready.map.marks} == self.kept()

    @invariant()
    def what_is_kept_is_said(self):
        cards = self.front.marks
        assert {(card.mark.slot, card.mark.name, card.mark.key) for card in cards} == self.kept()
        scenes = {told.scene.key: told.scene for told in self.told.values()}
        for card in cards:
            scene = scenes[card.mark.key]
            assert (card.title, card.place, card.turn, card.ended) == (scene.title, scene.place, scene.turn, bool(scene.ending))

    def kept(self) -> set[tuple[str, str, str]]:
        return {(slot, name, self.told[way].scene.key) for (slot, _), (name, way) in self.marks.items()}

    def teardown(self):
        self.session.close()
        shutil.rmtree(self.folder)


Tree.TestCase.settings = settings(
    max_examples=40,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestTree = Tree.TestCase
