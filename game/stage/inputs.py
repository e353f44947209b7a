"""What a player can do, whatever it is done with: keys, pointer and gamepad become the same few inputs.

Owns the tables of keys and buttons. Knows no screens.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import pygame

Key = Literal[
    "up", "down", "left", "right", "next", "previous", "accept", "space", "back", "read_back", "source", "ledger",
    "page_up", "page_down", "home", "end", "slot_1", "slot_2", "slot_3", "slot_4", "full_screen", "word_left", "word_right",
    "rewind", "forward", "retell", "rewrite", "map", "slots", "quick_keep", "quick_load",
    "closer", "farther", "reload",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pressed:
    """A key or button. `prints`: in a text field it is a letter and nothing else."""

    key: Key
    prints: bool = False


@dataclass(frozen=True, slots=True)
class Pointed:
    """The pointer has moved to here, in logical units."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Clicked:
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Scrolled:
    """The wheel, in notches; up is positive, and to the right `across`. `zooms`: while Ctrl is held."""

    notches: float
    across: float = 0.0
    zooms: bool = False


@dataclass(frozen=True, slots=True)
class Dragged:
    """The pointer has moved so far, in logical units, while its button is held."""

    dx: float
    dy: float


@dataclass(frozen=True, slots=True)
class Released:
    """The pointer's button was let go."""


@dataclass(frozen=True, slots=True)
class Typed:
    text: str


@dataclass(frozen=True, slots=True)
class Erased:
    """What stands before the caret, or `ahead` after it: a character, or `whole` a word (in a field without a caret, all). Where
    nothing is being written, it takes back a scene."""

    whole: bool = False
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file or a folder was dropped on the window, wherever in it."""

    path: str


Edit = Typed | Erased
Input = Pressed | Pointed | Clicked | Scrolled | Typed | Erased
Pull = Dragged | Released | Dropped
"""What no screen hears: it is for a widget that can be dragged, or for the whole stage."""

KEYS: Mapping[int, Key] = {
    pygame.K_UP: "up",
    pygame.K_DOWN: "down",
    pygame.K_LEFT: "left",
    pygame.K_RIGHT: "right",
    pygame.K_RETURN: "accept",
    pygame.K_KP_ENTER: "accept",
    pygame.K_SPACE: "space",
    pygame.K_ESCAPE: "back",
    pygame.K_b: "read_back",
    pygame.K_i: "source",
    pygame.K_l: "ledger",
    pygame.K_PAGEUP: "page_up",
    pygame.K_PAGEDOWN: "page_down",
    pygame.K_HOME: "home",
    pygame.K_END: "end",
    pygame.K_1: "slot_1",
    pygame.K_2: "slot_2",
    pygame.K_3: "slot_3",
    pygame.K_4: "slot_4",
    pygame.K_KP_1: "slot_1",
    pygame.K_KP_2: "slot_2",
    pygame.K_KP_3: "slot_3",
    pygame.K_KP_4: "slot_4",
    pygame.K_F11: "full_screen",
    pygame.K_F5: "reload",
    pygame.K_F6: "quick_keep",
    pygame.K_F7: "rewind",
    pygame.K_F8: "forward",
    pygame.K_F9: "quick_load",
    pygame.K_t: "retell",
    pygame.K_e: "rewrite",
    pygame.K_m: "map",
    pygame.K_k: "slots",
    pygame.K_PLUS: "closer",
    pygame.K_EQUALS: "closer",
    pygame.K_KP_PLUS: "closer",
    pygame.K_MINUS: "farther",
    pygame.K_KP_MINUS: "farther",
}
PRINTING = frozenset(
    {"space", "read_back", "source", "ledger", "slot_1", "slot_2", "slot_3", "slot_4", "retell", "rewrite", "map", "slots"}
    | {"closer", "farther"}
)
ALT: Mapping[int, Key] = {
    pygame.K_RETURN: "full_screen",
    pygame.K_KP_ENTER: "full_screen",
    pygame.K_LEFT: "rewind",
    pygame.K_RIGHT: "forward",
}
CTRL: Mapping[int, Key] = {pygame.K_LEFT: "word_left", pygame.K_RIGHT: "word_right"}
"""What some keys are while Alt, or Ctrl, is held."""

BUTTONS: Mapping[int, Key] = {
    pygame.CONTROLLER_BUTTON_DPAD_UP: "up",
    pygame.CONTROLLER_BUTTON_DPAD_DOWN: "down",
    pygame.CONTROLLER_BUTTON_DPAD_LEFT: "left",
    pygame.CONTROLLER_BUTTON_DPAD_RIGHT: "right",
    pygame.CONTROLLER_BUTTON_A: "accept",
    pygame.CONTROLLER_BUTTON_B: "back",
    pygame.CONTROLLER_BUTTON_X: "source",
    pygame.CONTROLLER_BUTTON_Y: "read_back",
    pygame.CONTROLLER_BUTTON_BACK: "ledger",
    pygame.CONTROLLER_BUTTON_LEFTSHOULDER: "page_up",
    pygame.CONTROLLER_BUTTON_RIGHTSHOULDER: "page_down",
    pygame.CONTROLLER_BUTTON_START: "back",
    pygame.CONTROLLER_BUTTON_LEFTSTICK: "slots",
    pygame.CONTROLLER_BUTTON_RIGHTSTICK: "map",
}
MOUSE: Mapping[int, Key] = {pygame.BUTTON_RIGHT: "back", pygame.BUTTON_X1: "rewind", pygame.BUTTON_X2: "forward"}
STICK: Mapping[int, tuple[Key, Key]] = {
    pygame.CONTROLLER_AXIS_LEFTX: ("left", "right"),
    pygame.CONTROLLER_AXIS_LEFTY: ("up", "down"),
    pygame.CONTROLLER_AXIS_TRIGGERLEFT: ("rewind", "rewind"),
    pygame.CONTROLLER_AXIS_TRIGGERRIGHT: ("forward", "forward"),
}
"""The stick's two ways, and the triggers, which have only one."""
PUSHED, RELEASED = 20_000, 12_000
"""How far the stick must go to count as a press, and how far back before it can press again (of 32,767)."""

STILL = 6.0
"""How far the pointer may stray while its button is held before that is dragging, in logical units."""

Where = Callable[[tuple[int, int]], tuple[float, float]]
"""From a position in the window to logical units."""


@dataclass
class Controls:
    """Translates pygame's events. Remembers which way the stick is held, so that one push is one press, and where the pointer was
    pressed down. `mods` are the keys that are held while others are, as pygame's KMOD_..."""

    where: Where
    paste: Callable[[], str] = field(default=lambda: "")
    mods: Callable[[], int] = field(default=lambda: 0)
    _held: dict[int, int] = field(default_factory=dict)
    _grip: tuple[float, float] | None = None
    _dragging: bool = False

    def read(self, event: pygame.Event) -> Input | Pull | None:
        """What the player did, or None when it is nothing to us."""
        readers: Mapping[int, Callable[[pygame.Event], Input | Pull | None]] = {
            pygame.KEYDOWN: self._key,
            pygame.TEXTINPUT: lambda typed: Typed(str(typed.text)),
            pygame.MOUSEMOTION: self._move,
            pygame.MOUSEBUTTONDOWN: self._click,
            pygame.MOUSEBUTTONUP: self._let_go,
            pygame.MOUSEWHEEL: self._turn,
            pygame.DROPFILE: lambda dropped: Dropped(str(dropped.file)),
            pygame.CONTROLLERBUTTONDOWN: lambda pushed: self._button(int(pushed.button)),
            pygame.CONTROLLERAXISMOTION: lambda moved: self._stick(int(moved.axis), int(moved.value)),
        }
        reader = readers.get(event.type)
        return reader(event) if reader else None

    def _click(self, event: pygame.Event) -> Input | None:
        if event.button == pygame.BUTTON_LEFT:
            self._grip, self._dragging = self.where(event.pos), False
            return Clicked(*self._grip)
        key = MOUSE.get(event.button)
        return Pressed(key) if key else None

    def _move(self, event: pygame.Event) -> Input | Pull:
        x, y = self.where(event.pos)
        if self._grip is None or not event.buttons[0]:
            return Pointed(x, y)
        dx, dy = x - self._grip[0], y - self._grip[1]
        if not self._dragging and max(abs(dx), abs(dy)) < STILL:
            return Pointed(x, y)
        self._grip, self._dragging = (x, y), True
        return Dragged(dx, dy)

    def _let_go(self, event: pygame.Event) -> Pull | None:
        if event.button != pygame.BUTTON_LEFT:
            return None
        self._grip = None
        return Released()

    def _turn(self, event: pygame.Event) -> Input:
        held = self.mods()
        if held & pygame.KMOD_SHIFT:
            return Scrolled(0.0, -float(event.y))
        return Scrolled(float(event.y), float(event.x), bool(held & pygame.KMOD_CTRL))

    def _key(self, event: pygame.Event) -> Input | None:
        held = int(getattr(event, "mod", 0))
        if event.key == pygame.K_TAB:
            return Pressed("previous" if held & pygame.KMOD_SHIFT else "next")
        for mod, keys in ((pygame.KMOD_ALT, ALT), (pygame.KMOD_CTRL, CTRL)):
            if held & mod and event.key in keys:
                return Pressed(keys[event.key])
        if event.key in (pygame.K_BACKSPACE, pygame.K_DELETE):
            return Erased(bool(held & pygame.KMOD_CTRL), event.key == pygame.K_DELETE)
        if event.key == pygame.K_v and held & (pygame.KMOD_CTRL | pygame.KMOD_META):
            return Typed(self.paste())
        key = KEYS.get(event.key)
        return Pressed(key, key in PRINTING) if key else None

    def _button(self, button: int) -> Input | None:
        key = BUTTONS.get(button)
        return Pressed(key) if key else None

    def _stick(self, axis: int, value: int) -> Input | None:
        if axis not in STICK:
            return None
        held = self._held.get(axis, 0)
        if abs(value) < RELEASED:
            self._held[axis] = 0
        elif abs(value) >= PUSHED and (side := 1 if value > 0 else -1) != held:
            self._held[axis] = side
            return Pressed(STICK[axis][0 if side < 0 else 1])
        return None
