"""The story itself: a place, who is there, the text as it is written, the choices."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from game.packs import Pack
from game.session import (
    BeatGrew,
    Begin,
    Broken,
    CannotStart,
    ClientFailed,
    Continue,
    Edited,
    Ended,
    Event,
    LookAt,
    Past,
    Pick,
    SceneBegan,
    SceneReady,
    Started,
    StopWaiting,
)
from game.stage.box import Box
from game.stage.gaze import Gaze
from game.stage.inputs import Clicked, Erased, Input, Key, Pointed, Pressed, Scrolled, Typed
from game.stage.notices import EDGE
from game.stage.pace import Pace
from game.stage.reading import Phase
from game.stage.scenery import BUST, Backdrop, Company, camera_for
from game.stage.screen import House, Tick, View
from game.stage.screens import doors, telling
from game.stage.screens.ending import Ending
from game.stage.screens.meanwhile import meanwhile
from game.stage.screens.menu import Menu
from game.stage.screens.message import Message
from game.stage.screens.notes import Notes
from game.stage.screens.source import Voice, source_mark
from game.stage.screens.standing import standing, tellings
from game.stage.tale import Tale
from game.stage.transition import ANEW, STAY, TAKEN, Home, Push, Replace, Transition
from game.stage.widgets import Widget, screen
from game.story import StoryState

GUARD = 0.35
"""Seconds in which a fresh choice cannot be taken, so that a press meant for the text takes none."""
NUMBERS: Mapping[Key, int] = {"slot_1": 0, "slot_2": 1, "slot_3": 2, "slot_4": 3}


class Story:
    """Plays what `command` asks for; what cannot be started, it says and gives way."""

    def __init__(self, house: House, command: Begin | Continue) -> None:
        self._house = house
        self._command = command
        self._tale = Tale(house)
        self._reading = self._tale.reading
        self._pace, self._gaze = Pace(), Gaze()
        self._next: StoryState | None = None
        self._backdrop, self._company = Backdrop(), Company()
        self._ended: Ended | None = None
        self._voice = Voice()
        self._lines: tuple[str, ...] = ()
        self._page_end = 0
        self._passed = 0.0
        self._quick = self._leafs = False
        self._began = self._waiting_since = house.now
        self._dealt: float | None = None
        self._tells_source = False
        self._acts = {"space": self._advance, "page_down": self._advance, "source": self._toggle_source, "back": self._menu}
        house.session.submit(command)

    @property
    def pack(self) -> Pack | None:
        return self._tale.pack

    @property
    def saved(self) -> bool:
        """Whether it can be taken up again when it was left."""
        return self._tale.saved

    def say(self, words: str) -> None:
        """Tell the player something, quietly."""
        self._tale.say(words)

    @property
    def place(self) -> str:
        """The id of the place in view; empty before the first scene."""
        return self._reading.place

    @property
    def phase(self) -> Phase:
        return self._reading.phase(self._page_end)

    def handle(self, event: Input | Event | Tick) -> Transition:
        match event:
            case Tick(seconds):
                self._passed = seconds
                return self._look()
            case Pressed() | Erased():
                return self._key(event)
            case Clicked():
                return self._advance()
            case Scrolled(notches):
                return self._read_back() if notches > 0 else self._advance()
            case Pointed() | Typed():
                return STAY
            case _:
                return self._hear(event)

    def _hear(self, event: Event) -> Transition:
        """What the session says."""
        match event:
            case CannotStart(message):
                return Replace(Message(self._house, "This story cannot be opened", message))
            case ClientFailed(message) | Broken(message):
                return Push(Message(self._house, "The story stops here", message, leaves=True))
            case Ended():
                self._ended = event
        self._follow(event)
        return self._greet(event)

    def _greet(self, event: Event) -> Transition:
        """What was begun without its pack being named, was begun by somebody else: what is in it is said before it is read."""
        begin = self._command
        if isinstance(event, Started) and isinstance(begin, Begin) and not begin.pack and not event.continued:
            return Push(Notes(event.pack, begin.teller, self._leave))
        return STAY

    def _leave(self) -> Transition:
        self._house.leave()
        return Home()

    def _follow(self, event: Event) -> None:
        """What happens in the scene."""
        ripe = self._reading.ripe
        self._tale.hear(event)
        match event:
            case BeatGrew() if self._reading.ripe > ripe:
                self._pace.came(self._house.now)
            case Past():
                self._voice, self._ended = Voice(), None
            case Edited():
                self._voice = Voice()
            case SceneReady():
                self._next = event.state
                self._leafs = event.recalled and self._tale.resumes
        if isinstance(event, SceneBegan) or (isinstance(event, SceneReady) and event.recalled):
            self._began = self._waiting_since = self._house.now
            self._page_end, self._dealt = 0, None
            self._quick = isinstance(event, SceneReady)
            self._pace.begin()

    def _look(self) -> Transition:
        """Tell the session which choice the player's eye has come to rest on."""
        if self.phase == "choosing" and self._reading.scene and (slot := self._gaze.rested(self._house.now)):
            self._house.session.submit(LookAt(slot, self._reading.scene.key))
        return STAY

    def _uncover(self, view: View) -> None:
        """Lay out the page in view, and show as much more of it as is due."""
        self._lines, self._page_end = telling.page(view, self._reading)
        while self._leafs and self._reading.resume(self._page_end):
            self._lines, self._page_end = telling.page(view, self._reading)
        self._leafs = False
        before = self._reading.shown
        self._reading.tick(self._due(view), self._page_end)
        self._passed = 0.0
        if self._reading.shown > before or self.phase not in ("waiting", "opening"):
            self._waiting_since = view.now
        if self.phase in ("choosing", "over") or self._quick:
            self._tale.known = self._next or self._tale.known
        if self.phase == "choosing" and self._dealt is None:
            self._dealt, self._gaze = view.now, Gaze()

    def _due(self, view: View) -> float:
        """How many characters: all, at the player's speed, or as fast as they are written. A first word is never held back."""
        speed = self._house.settings.text_speed
        if self._quick or speed == 0 or view.still:
            return 1e6
        due = self._passed * speed
        if self._reading.growing:
            due = self._pace.due(self._passed, self._reading.unread(self._page_end), speed)
        return max(due, self._reading.first_word)

    def _key(self, event: Pressed | Erased) -> Transition:
        if isinstance(event, Pressed) and event.key in NUMBERS:
            return self._pick_number(NUMBERS[event.key])
        act = self._acts.get(event.key) if isinstance(event, Pressed) else None
        return act() if act else doors.follow(self._tale, event)

    def _advance(self) -> Transition:
        if self.phase == "over" and self._ended and self.pack:
            return Push(Ending(self._tale, self.pack, self._ended))
        self._reading.advance(self._page_end)
        return TAKEN

    def _pick_number(self, n: int) -> Transition:
        scene = self._reading.scene
        slot = scene.choices[n].slot if scene and n < len(scene.choices) else ""
        if slot and (not self._tale.read_only or slot in self._reading.branches.told):
            return self._pick(slot)
        return TAKEN

    def _pick(self, slot: str) -> Transition:
        if self.phase == "choosing" and self._dealt is not None and self._house.now - self._dealt >= GUARD:
            self._dealt = None
            self._tale.resumes = False
            self._waiting_since = self._house.now
            scene = self._reading.scene
            self._reading.leave()
            self._house.session.submit(Pick(slot, scene.key if scene else ""))
            return ANEW
        return TAKEN

    def _toggle_source(self) -> Transition:
        self._tells_source = not self._tells_source
        return TAKEN

    def _stop(self) -> Transition:
        self._house.session.submit(StopWaiting())
        return TAKEN

    def _read_back(self) -> Transition:
        return doors.enter(self._tale, doors.backlog)

    def _menu(self) -> Transition:
        return Push(Menu(self._tale))

    def tree(self, view: View) -> Widget:
        pack, reading, tale = self.pack, self._reading, self._tale
        if pack is None or not reading.place:
            return screen("Story", telling.curtain(view, self._began))
        self._uncover(view)
        phase = self.phase
        self._backdrop.foot = telling.window_box(view).y + telling.WAVE
        self._backdrop.look_at(view, camera_for(reading.turn, reading.at))
        parts = [
            self._backdrop.widget(view, pack, reading.place, telling.place_name(pack, reading.place)),
            *self._cast(view, pack, phase == "choosing"),
        ]
        if phase == "choosing" and reading.scene and self._dealt is not None:
            self._gaze.see(view.focus, tuple(choice.slot for choice in reading.scene.choices), view.now)
            offered = reading.scene.choices
            parts.append(telling.choices(view, offered, reading.branches, tale.read_only, self._dealt, self._pick))
        parts.append(telling.text_window(view, pack, reading, self._lines, phase, None if phase == "choosing" else self._advance))
        parts += self._signs(view, pack, phase)
        return screen("Story", *parts)

    def _cast(self, view: View, pack: Pack, aside: bool) -> tuple[Widget, ...]:
        reading = self._reading
        # A pack that was read again may have lost one who is there still.
        faces = {name: reading.face(name) for name in reading.present if name in pack.cast}
        view.pictures.foresee(pack, [(name, face) for name in faces for face in reading.faces_ahead(name)], BUST)
        return self._company.widgets(view, pack, faces, reading.last_speaker, aside, telling.window_box(view).y + 14)

    def _signs(self, view: View, pack: Pack, phase: Phase) -> list[Widget]:
        """What is said about the story, around it."""
        reading = self._reading
        sign = telling.sign(view, pack, reading, self._began, phase == "choosing")
        parts = [sign, *tellings(view, self._tale), *standing(view, self._tale, sign.box.right)]
        if phase == "writing":
            view.stir()
        if phase in ("opening", "waiting"):
            told, toggle = self._tells_source, self._toggle_source
            parts += meanwhile(view, pack.waiting, reading, phase, self._waiting_since, self._stop, told, toggle)
        if reading.beat:
            source = reading.beat.source
            self._voice.read(source, view.now)
            changed = self._voice.changed(view)
            parts.append(source_mark(source, self._tells_source, self._toggle_source, telling.source_spot(view), changed))
        parts.append(
            telling.tabs(
                {label: partial(doors.enter, self._tale, door) for label, door in doors.TABS.items()} | {"Menu": self._menu}
            )
        )
        return parts + self._tale.notices.widgets(view, self._beside_choices(view, phase, sign.box.bottom))

    def _beside_choices(self, view: View, phase: Phase, top: float) -> Box | None:
        """Where something can be said by the way without lying on a choice: they stand at the right."""
        if phase != "choosing" or self._reading.scene is None:
            return None
        boxes = telling.choice_boxes(view, tuple(choice.text for choice in self._reading.scene.choices))
        return Box(EDGE, top + 10, boxes[0].x - EDGE - 16, 0) if boxes else None
