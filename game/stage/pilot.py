"""Plays the stage without a window, a clock or a person: for tests, screenshots and measurements.

Presses keys and buttons as pygame's own events, clicks what the tree names, and lets time pass a frame at a time.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType

import pygame

from game.session import Begin, Continue
from game.settings import Settings
from game.stage.app import App, Save
from game.stage.atelier import Atelier
from game.stage.inputs import Controls, Input, Pull
from game.stage.pictures import REMEMBERED
from game.stage.screen import Door, House
from game.stage.screens.story import Story
from game.stage.widgets import Role, Widget

FRAME = 1 / 60


class Pilot:
    """The stage on a surface of `size` pixels, on the title, or (`begin`) straight in a story. Use as a context manager, or close
    it.

    Every method that does something lets one frame pass, so that the tree is that of afterwards.
    """

    def __init__(
        self,
        session: Door,
        settings: Settings,
        size: tuple[int, int] = (1280, 720),
        begin: Begin | Continue | None = None,
        save: Save = lambda _: None,
        atelier: Atelier | None = None,
    ) -> None:
        pygame.display.init()
        pygame.font.init()
        self.surface = pygame.Surface(size, 0, 32)
        self.clipboard = ""
        self.held = 0
        self.moving = True
        self._atelier = atelier or Atelier(memory=REMEMBERED)
        self._errands = ThreadPoolExecutor(1)
        self._now = 0.0
        house = House(session, settings)
        self.app = App(house, self._atelier, self._errands, Story(house, begin) if begin else None, save)
        self._controls = Controls(lambda spot: self.app.pictures.fit.to_stage(*spot), lambda: self.clipboard, lambda: self.held)
        self.frame()

    @property
    def tree(self) -> Widget:
        return self.app.tree

    @property
    def focused(self) -> Widget:
        """The widget that has the focus."""
        widget = self.tree.by_id(self.app.focus)
        assert widget is not None, f"nothing on {self.tree.label} can be focused"
        return widget

    def frame(self, *events: pygame.Event) -> None:
        """One frame, with these events."""
        self._now += FRAME
        inputs: list[Input | Pull] = [found for event in events if (found := self._controls.read(event))]
        self.app.turn(self._now, inputs)
        self.moving = self.app.paint(self.surface)

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        for _ in range(round(seconds / FRAME)):
            self.frame()

    def until(self, condition: Callable[[], bool], seconds: float = 60.0) -> None:
        """Let time pass until something holds.

        Raises:
            TimeoutError: it does not hold after so many seconds of the stage's time.
        """
        for _ in range(round(seconds / FRAME)):
            if condition():
                return
            self.frame()
        raise TimeoutError(f"it did not come about on the screen {self.tree.label!r}")

    def press(self, *names: str) -> None:
        """Press keys, by pygame's names: `return`, `space`, `up`, `escape`, `1`, `b`."""
        for name in names:
            self.key(pygame.key.key_code(name))

    def key(self, code: int, mod: int = 0) -> None:
        self.frame(pygame.Event(pygame.KEYDOWN, key=code, mod=mod, unicode=""))

    def write(self, text: str) -> None:
        """Write into the focused field."""
        self.frame(*(pygame.Event(pygame.TEXTINPUT, text=letter) for letter in text))

    def button(self, number: int) -> None:
        """Press a button of the gamepad, one of pygame's `CONTROLLER_BUTTON_...`."""
        self.frame(pygame.Event(pygame.CONTROLLERBUTTONDOWN, button=number, instance_id=0))

    def stick(self, axis: int, value: int) -> None:
        """Hold the stick: `value` from -32768 to 32767."""
        self.frame(pygame.Event(pygame.CONTROLLERAXISMOTION, axis=axis, value=value, instance_id=0))

    def wheel(self, notches: int, held: int = 0) -> None:
        """Turn the wheel, while these keys are held (pygame's KMOD_...)."""
        self.held = held
        self.frame(pygame.Event(pygame.MOUSEWHEEL, x=0, y=notches))
        self.held = 0

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Press the pointer down, move it in two steps, and let it go, in pixels."""
        half = ((start[0] + end[0]) // 2, (start[1] + end[1]) // 2)
        self.frame(pygame.Event(pygame.MOUSEBUTTONDOWN, button=pygame.BUTTON_LEFT, pos=start))
        for spot in (half, end):
            self.frame(pygame.Event(pygame.MOUSEMOTION, pos=spot, rel=(0, 0), buttons=(1, 0, 0)))
        self.frame(pygame.Event(pygame.MOUSEBUTTONUP, button=pygame.BUTTON_LEFT, pos=end))

    def point(self, label: str, role: Role | None = None) -> None:
        """Move the pointer over a widget."""
        self.frame(pygame.Event(pygame.MOUSEMOTION, pos=self._spot(label, role), rel=(0, 0), buttons=(0, 0, 0)))

    def click(self, label: str, role: Role | None = None) -> None:
        """Click a widget in its middle."""
        self.click_at(self._spot(label, role))

    def click_key(self, key: str) -> None:
        """Click the widget with this key."""
        widget = self.tree.by_id(key)
        if widget is None:
            raise LookupError(f"there is no {key} on {self.tree.label}")
        self.click_at(self.app.pictures.fit.pixels(widget.box).center)

    def click_at(self, spot: tuple[int, int]) -> None:
        """Click, in pixels."""
        down = pygame.Event(pygame.MOUSEBUTTONDOWN, button=pygame.BUTTON_LEFT, pos=spot)
        self.frame(down, pygame.Event(pygame.MOUSEBUTTONUP, button=pygame.BUTTON_LEFT, pos=spot))

    def drop(self, path: Path) -> None:
        """Drop a file or a folder on the window, and let the stage see what it is."""
        self.frame(pygame.Event(pygame.DROPFILE, file=str(path)))
        self.errand()

    def errand(self) -> None:
        """Let what is done beside the drawing thread come to its end, and the stage hear of it."""
        self._errands.submit(bool).result()
        self.frame()

    def resize(self, size: tuple[int, int]) -> None:
        """The window has another size now."""
        self.surface = pygame.Surface(size, 0, 32)
        self.frame()

    def settle(self) -> None:
        """Wait until everything in view is painted, and nothing moves."""
        for _ in range(3):
            self.frame()
            self._atelier.settle()
        self.wait(1.5)

    def shot(self, path: str) -> None:
        """Keep what is seen as a PNG file."""
        pygame.image.save(self.surface, path)

    def close(self) -> None:
        self._atelier.close()
        self._errands.shutdown()

    def __enter__(self) -> Pilot:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _spot(self, label: str, role: Role | None) -> tuple[int, int]:
        return self.app.pictures.fit.pixels(self.tree.find(role, label).box).center
