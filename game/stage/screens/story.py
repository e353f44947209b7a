"""The story itself: a place, who is there, the text as it is written, the choices."""

from __future__ import annotations

from game.packs import Pack
from game.session import (
    BeatGrew,
    Begin,
    Broken,
    CannotStart,
    ClientFailed,
    Continue,
    Ended,
    Event,
    LookAt,
    Notice,
    Pick,
    Priced,
    SceneBegan,
    SceneReady,
    Started,
    StopWaiting,
)
from game.stage.gaze import Gaze
from game.stage.inputs import Clicked, Erased, Input, Pointed, Pressed, Scrolled, Typed
from game.stage.notices import Notices
from game.stage.pace import Pace
from game.stage.reading import Phase, Reading
from game.stage.scenery import BUST, Backdrop, Company, camera_for
from game.stage.screen import House, Tick, View
from game.stage.screens import telling
from game.stage.screens.backlog import Backlog
from game.stage.screens.ending import Ending
from game.stage.screens.ledger import LedgerScreen
from game.stage.screens.meanwhile import meanwhile
from game.stage.screens.menu import Menu
from game.stage.screens.message import Message
from game.stage.screens.source import Voice, source_mark
from game.stage.transition import STAY, TAKEN, Push, Replace, Transition
from game.stage.widgets import Widget, screen
from game.story import StoryState

GUARD = 0.35
"""Seconds in which a fresh choice cannot be taken, so that a press meant for the text takes none."""


class Story:
    """Plays what `command` asks for; what cannot be started, it says and gives way."""

    def __init__(self, house: House, command: Begin | Continue) -> None:
        self._house = house
        self._pack: Pack | None = None
        self._kept = False
        self._reading, self._pace, self._gaze = Reading(), Pace(), Gaze()
        self._known: StoryState | None = None
        self._next: StoryState | None = None
        self._backdrop, self._company = Backdrop(), Company()
        self._ended: Ended | None = None
        self._notices, self._voice = Notices(), Voice()
        self._lines: tuple[str, ...] = ()
        self._page_end = 0
        self._passed = 0.0
        self._quick = False
        self._began = self._waiting_since = house.now
        self._dealt: float | None = None
        self._tells_source = False
        house.session.submit(command)

    @property
    def pack(self) -> Pack | None:
        return self._pack

    @property
    def place(self) -> str:
        """The id of the place in view; empty before the first scene."""
        return self._reading.place

    @property
    def phase(self) -> Phase:
        return self._reading.phase(self._page_end)

    def handle(self, event: Input | Event | Tick) -> Transition:
        if isinstance(event, Tick):
            self._passed = event.seconds
            return self._look()
        if isinstance(event, Pressed):
            return self._key(event)
        if isinstance(event, Clicked):
            return self._advance()
        if isinstance(event, Scrolled):
            return self._read_back() if event.notches > 0 else self._advance()
        return STAY if isinstance(event, Pointed | Typed | Erased) else self._hear(event)

    def _hear(self, event: Event) -> Transition:
        """What the session says."""
        match event:
            case CannotStart(message):
                return Replace(Message(self._house, "This story cannot be opened", message))
            case ClientFailed(message) | Broken(message):
                return Push(Message(self._house, "The story stops here", message, leaves=True))
            case Started():
                self._pack, self._kept, self._known = event.pack, event.journal is not None, event.pack.initial
            case Ended():
                self._ended = event
            case Notice() | Priced():
                self._notices.hear(event, self._house.now)
            case _:
                self._follow(event)
        return STAY

    def _follow(self, event: Event) -> None:
        """What happens in the scene."""
        ripe = self._reading.ripe
        self._reading.hear(event)
        if isinstance(event, BeatGrew) and self._reading.ripe > ripe:
            self._pace.came(self._house.now)
        if isinstance(event, SceneReady):
            self._next = event.state
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
        before = self._reading.shown
        self._reading.tick(self._due(view), self._page_end)
        self._passed = 0.0
        if self._reading.shown > before or self.phase not in ("waiting", "opening"):
            self._waiting_since = view.now
        if self.phase in ("choosing", "over") or self._quick:
            self._known = self._next or self._known
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

    def _key(self, event: Pressed) -> Transition:
        if event.key.startswith("slot_"):
            return self._pick_number(int(event.key[-1]) - 1)
        if event.key in ("space", "page_down"):
            return self._advance()
        if event.key in ("read_back", "page_up"):
            return self._read_back()
        if event.key == "source":
            return self._toggle_source()
        if event.key == "ledger":
            return self._ledger()
        return self._menu() if event.key == "back" else STAY

    def _advance(self) -> Transition:
        if self.phase == "over" and self._ended and self._pack:
            return Replace(Ending(self._house, self._pack, self._ended, self._reading))
        self._reading.advance(self._page_end)
        return TAKEN

    def _pick_number(self, n: int) -> Transition:
        scene = self._reading.scene
        if scene and n < len(scene.choices):
            self._pick(scene.choices[n].slot)
        return TAKEN

    def _pick(self, slot: str) -> Transition:
        if self.phase == "choosing" and self._dealt is not None and self._house.now - self._dealt >= GUARD:
            self._dealt = None
            self._waiting_since = self._house.now
            scene = self._reading.scene
            self._reading.leave()
            self._house.session.submit(Pick(slot, scene.key if scene else ""))
        return TAKEN

    def _toggle_source(self) -> Transition:
        self._tells_source = not self._tells_source
        return TAKEN

    def _stop(self) -> Transition:
        self._house.session.submit(StopWaiting())
        return TAKEN

    def _read_back(self) -> Transition:
        return Push(Backlog(self._house, self._pack, self._reading))

    def _menu(self) -> Transition:
        return Push(Menu(self._house, self._pack, self._reading, self._known, self._kept))

    def _ledger(self) -> Transition:
        return Push(LedgerScreen(self._house, self._pack, self._known)) if self._pack and self._known else TAKEN

    def tree(self, view: View) -> Widget:
        pack, reading = self._pack, self._reading
        if pack is None or not reading.place:
            return screen("Story", telling.curtain(view, self._began))
        self._uncover(view)
        phase = self.phase
        self._backdrop.foot = telling.window_box(view).y + telling.WAVE
        self._backdrop.look_at(view, camera_for(reading.turn, reading.at))
        parts = [
            self._backdrop.widget(view, pack, reading.place, pack.places[reading.place].name),
            *self._cast(view, pack, phase == "choosing"),
        ]
        if phase == "choosing" and reading.scene and self._dealt is not None:
            self._gaze.see(view.focus, tuple(choice.slot for choice in reading.scene.choices), view.now)
            parts.append(telling.choices(view, reading.scene.choices, self._dealt, self._pick))
        parts.append(telling.text_window(view, pack, reading, self._lines, phase, None if phase == "choosing" else self._advance))
        parts += self._signs(view, pack, phase)
        return screen("Story", *parts)

    def _cast(self, view: View, pack: Pack, aside: bool) -> tuple[Widget, ...]:
        reading = self._reading
        faces = {name: reading.face(name) for name in reading.present}
        view.pictures.foresee(pack, [(name, face) for name in reading.present for face in reading.faces_ahead(name)], BUST)
        return self._company.widgets(view, pack, faces, reading.last_speaker, aside, telling.window_box(view).y + 14)

    def _signs(self, view: View, pack: Pack, phase: Phase) -> list[Widget]:
        """What is said about the story, around it."""
        reading = self._reading
        parts = [telling.sign(view, pack, reading, self._began, phase == "choosing")]
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
        parts.append(telling.tabs(self._read_back, self._menu, self._ledger))
        return parts + self._notices.widgets(view)
