"""The story itself: a place, who is there, the text as it is written, the choices."""

from __future__ import annotations

from game.packs import Pack
from game.session import (
    Begin,
    Broken,
    CannotStart,
    ClientFailed,
    Continue,
    Ended,
    Event,
    Notice,
    Pick,
    Priced,
    SceneBegan,
    SceneReady,
    Started,
    StopWaiting,
)
from game.stage.inputs import Clicked, Erased, Input, Pointed, Pressed, Scrolled, Typed
from game.stage.reading import Phase, Reading
from game.stage.scenery import BUST, Backdrop, Company, camera_for
from game.stage.screen import House, Tick, View
from game.stage.screens import telling
from game.stage.screens.backlog import Backlog
from game.stage.screens.ending import Ending
from game.stage.screens.menu import Menu
from game.stage.screens.message import Message
from game.stage.transition import STAY, TAKEN, Push, Replace, Transition
from game.stage.widgets import Widget, screen

GUARD = 0.35
"""Seconds in which a fresh choice cannot be taken, so that a press meant for the text takes none."""
NOTICE = 7.0
"""Seconds that a notice stays."""


class Story:
    """Plays what `command` asks for; what cannot be started, it says and gives way."""

    def __init__(self, house: House, command: Begin | Continue) -> None:
        self._house = house
        self._pack: Pack | None = None
        self._kept = False
        self._reading = Reading()
        self._backdrop, self._company = Backdrop(), Company()
        self._ended: Ended | None = None
        self._notice: tuple[str, float] | None = None
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
            return STAY
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
                self._pack, self._kept = event.pack, event.journal is not None
            case Ended():
                self._ended = event
            case Notice():
                self._notice = (event.words, self._house.now)
            case Priced():
                self._notice = (_price(event), self._house.now)
            case _:
                self._follow(event)
        return STAY

    def _follow(self, event: Event) -> None:
        """What happens in the scene."""
        self._reading.hear(event)
        if isinstance(event, SceneBegan) or (isinstance(event, SceneReady) and event.recalled):
            self._began, self._page_end, self._dealt = self._house.now, 0, None
            self._quick = isinstance(event, SceneReady)

    def _uncover(self, view: View) -> None:
        """Lay out the page in view, and show as much more of it as the time that has passed allows."""
        self._lines, self._page_end = telling.page(view, self._reading)
        speed = self._house.settings.text_speed
        self._reading.tick(1e6 if self._quick or speed == 0 else self._passed * speed, self._page_end)
        self._passed = 0.0
        if self.phase not in ("waiting", "opening"):
            self._waiting_since = view.now
        if self.phase == "choosing" and self._dealt is None:
            self._dealt = view.now

    def _key(self, event: Pressed) -> Transition:
        if event.key.startswith("slot_"):
            return self._pick_number(int(event.key[-1]) - 1)
        if event.key in ("space", "page_down"):
            return self._advance()
        if event.key in ("read_back", "page_up"):
            return self._read_back()
        if event.key == "source":
            return self._toggle_source()
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
        return Push(Menu(self._house, self._pack, self._reading, self._kept))

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
        parts = [telling.sign(view, pack, self._reading, self._began, phase == "choosing")]
        if phase == "writing":
            view.stir()
        if phase in ("opening", "waiting"):
            parts.append(telling.waiting(view, self._reading, phase, self._waiting_since, self._stop))
        if self._reading.beat:
            parts.append(telling.source_mark(view, self._reading.beat.source, self._tells_source, self._toggle_source))
        parts.append(telling.tabs(view, self._read_back, self._menu))
        if self._notice and view.now - self._notice[1] < NOTICE:
            parts.append(telling.notice(view, *self._notice, NOTICE))
        return parts


def _price(event: Priced) -> str:
    return f"A scene costs about {event.prompt_tokens:,} tokens to ask for, and at most {event.reply_tokens:,} to write."
