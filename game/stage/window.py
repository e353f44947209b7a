"""The real window: opens it, feeds the app with time and events, sleeps while nothing moves."""

from __future__ import annotations

import ctypes
import gc
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pygame
from platformdirs import user_cache_path
from pygame._sdl2 import controller

from game.packs.shelf import assets_folder
from game.session import Begin, Continue, Session, Teller
from game.settings import Settings
from game.stage import NoDisplay
from game.stage.app import App
from game.stage.atelier import Atelier
from game.stage.box import HEIGHT, WIDTH
from game.stage.canvas import Fit
from game.stage.inputs import Controls, Input, Pull
from game.stage.pictures import REMEMBERED
from game.stage.screen import House
from game.stage.screens.threshold import entrance

FRAMES = 60
UNSEEN = frozenset({"offscreen", "dummy", "evdev"})
"""SDL's drivers that show nothing: it falls back on them by itself where there is no display. Asked for by name they are used."""
M_MMAP_THRESHOLD = -3
"""As in glibc's malloc.h."""
REST = 25
"""Milliseconds between looks at the session while nothing moves."""


def run(session: Session, settings: Settings, begin: Begin | Continue | None) -> int:
    """Play until the window is closed.

    Raises:
        NoDisplay: no window can be opened.
    """
    give_memory_back()
    window = _open(settings)
    atelier = Atelier(user_cache_path("unwritten", appauthor=False) / "pictures", memory=REMEMBERED)
    try:
        with ThreadPoolExecutor(1, "errands") as errands:
            house = House(session, settings, teller=teller_of(settings), now=time.monotonic())
            house.full_screen = lambda on: window.set_fullscreen(desktop=True) if on else window.set_windowed()
            _loop(window, App(house, atelier, errands, entrance(house, begin) if begin else None))
    finally:
        atelier.close()
        window.destroy()
        pygame.quit()
    return 0


def settle_down() -> None:
    """After the first frame: what was loaded stays, so nothing need look through it; the painter's thread gives way sooner."""
    gc.freeze()
    gc.enable()
    sys.setswitchinterval(0.001)


def give_memory_back() -> None:
    """Have the C library return large blocks to the system as soon as they are free.

    glibc keeps more and more of them the larger they are, and pictures are large. Other C libraries need no telling.
    """
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).mallopt(M_MMAP_THRESHOLD, 1 << 18)


def teller_of(settings: Settings) -> Teller:
    """The storyteller that the settings name."""
    return Teller(settings.client, settings.model, settings.base_url, settings.api_key)


def _open(settings: Settings) -> pygame.Window:
    try:
        pygame.display.init()
        if pygame.display.get_driver() in UNSEEN and "SDL_VIDEODRIVER" not in os.environ:
            raise pygame.error("no display")
        pygame.font.init()
        window = pygame.Window("Unwritten", (WIDTH, HEIGHT), resizable=True, allow_high_dpi=True)
        window.get_surface()
    except pygame.error as error:
        raise NoDisplay(f"no window can be opened here ({str(error).lower() or 'no display'})") from None
    window.minimum_size = (640, 360)
    with suppress(pygame.error, OSError):
        window.set_icon(pygame.image.load(assets_folder() / "icon.png"))
    if settings.full_screen:
        window.set_fullscreen(desktop=True)
    return window


def _loop(window: pygame.Window, app: App) -> None:
    clock = pygame.time.Clock()
    controls = Controls(lambda spot: _to_stage(window, spot), _clipboard, pygame.key.get_mods)
    moving = True
    app.paint(window.get_surface())
    window.flip()
    settle_down()
    pads = _Pads()
    pygame.key.set_repeat(380, 45)
    while app.open:
        events = pygame.event.get() if moving else _rest()
        if any(event.type == pygame.QUIT for event in events):
            return
        pads.attend(events)
        inputs: list[Input | Pull] = [found for event in events if (found := controls.read(event))]
        changed = app.turn(time.monotonic(), inputs)
        if app.open and (moving or changed or any(event.type in REPAINT for event in events)):
            moving = app.paint(window.get_surface())
            window.flip()
        if moving:
            clock.tick(FRAMES)


REPAINT = frozenset({pygame.WINDOWSIZECHANGED, pygame.WINDOWEXPOSED, pygame.WINDOWRESTORED, pygame.WINDOWSHOWN})


def _rest() -> list[pygame.Event]:
    """Sleep a little. (`pygame.event.wait` with a timeout looks every millisecond, which costs more than this.)"""
    pygame.time.wait(REST)
    return pygame.event.get()


def _to_stage(window: pygame.Window, spot: tuple[int, int]) -> tuple[float, float]:
    """The pointer's place in logical units; on a dense screen a window has more pixels than points."""
    pixels, points = window.get_surface().get_size(), window.size
    return Fit.of(pixels).to_stage(spot[0] * pixels[0] / points[0], spot[1] * pixels[1] / points[1])


def _clipboard() -> str:
    try:
        return " ".join(pygame.scrap.get_text().split())
    except pygame.error:
        return ""


class _Pads:
    """The gamepads that are plugged in. They are looked for after the first frame: that takes a moment."""

    def __init__(self) -> None:
        controller.init()
        self._open = {n: controller.Controller(n) for n in range(controller.get_count()) if controller.is_controller(n)}

    def attend(self, events: list[pygame.Event]) -> None:
        for event in events:
            if event.type == pygame.CONTROLLERDEVICEADDED and controller.is_controller(event.device_index):
                self._open[event.device_index] = controller.Controller(event.device_index)
