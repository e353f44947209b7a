"""Keys, pointer and gamepad become the same few inputs."""

from __future__ import annotations

import pygame
import pytest

from game.stage.inputs import Clicked, Controls, Dragged, Erased, Pointed, Pressed, Released, Scrolled, Typed


@pytest.fixture
def controls() -> Controls:
    return Controls(lambda spot: (spot[0] / 2, spot[1] / 2), lambda: "pasted")


def key(code: int, mod: int = 0) -> pygame.Event:
    return pygame.Event(pygame.KEYDOWN, key=code, mod=mod, unicode="")


def push(axis: int, value: int) -> pygame.Event:
    return pygame.Event(pygame.CONTROLLERAXISMOTION, axis=axis, value=value)


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (key(pygame.K_RETURN), Pressed("accept")),
        (key(pygame.K_RETURN, pygame.KMOD_LALT), Pressed("full_screen")),
        (key(pygame.K_F11), Pressed("full_screen")),
        (key(pygame.K_3), Pressed("slot_3", prints=True)),
        (key(pygame.K_KP_3), Pressed("slot_3", prints=True)),
        (key(pygame.K_TAB), Pressed("next")),
        (key(pygame.K_TAB, pygame.KMOD_LSHIFT), Pressed("previous")),
        (key(pygame.K_BACKSPACE), Erased()),
        (key(pygame.K_BACKSPACE, pygame.KMOD_LCTRL), Erased(whole=True)),
        (key(pygame.K_v, pygame.KMOD_LCTRL), Typed("pasted")),
        (key(pygame.K_q), None),
        (pygame.Event(pygame.TEXTINPUT, text="é"), Typed("é")),
        (pygame.Event(pygame.MOUSEMOTION, pos=(100, 60), buttons=(0, 0, 0)), Pointed(50, 30)),
        (pygame.Event(pygame.MOUSEBUTTONDOWN, button=1, pos=(100, 60)), Clicked(50, 30)),
        (pygame.Event(pygame.MOUSEBUTTONDOWN, button=3, pos=(100, 60)), Pressed("back")),
        (pygame.Event(pygame.MOUSEBUTTONDOWN, button=2, pos=(100, 60)), None),
        (pygame.Event(pygame.MOUSEBUTTONDOWN, button=pygame.BUTTON_X1, pos=(100, 60)), Pressed("rewind")),
        (pygame.Event(pygame.MOUSEBUTTONDOWN, button=pygame.BUTTON_X2, pos=(100, 60)), Pressed("forward")),
        (pygame.Event(pygame.MOUSEWHEEL, x=0, y=1), Scrolled(1.0)),
        (pygame.Event(pygame.MOUSEBUTTONUP, button=1, pos=(100, 60)), Released()),
        (key(pygame.K_MINUS), Pressed("farther", prints=True)),
        (pygame.Event(pygame.CONTROLLERBUTTONDOWN, button=pygame.CONTROLLER_BUTTON_A), Pressed("accept")),
        (pygame.Event(pygame.CONTROLLERBUTTONDOWN, button=pygame.CONTROLLER_BUTTON_DPAD_LEFT), Pressed("left")),
        (pygame.Event(pygame.QUIT), None),
    ],
)
def test_each_event_is_one_input(controls: Controls, event: pygame.Event, expected: object) -> None:
    assert controls.read(event) == expected


def test_one_push_of_the_stick_is_one_press(controls: Controls) -> None:
    axis = pygame.CONTROLLER_AXIS_LEFTY
    read = [controls.read(push(axis, value)) for value in (8_000, 24_000, 32_000, 26_000)]
    assert read == [None, Pressed("down"), None, None]


def test_the_stick_presses_again_once_it_has_come_back(controls: Controls) -> None:
    axis = pygame.CONTROLLER_AXIS_LEFTX
    read = [controls.read(push(axis, value)) for value in (-30_000, 0, -30_000)]
    assert read == [Pressed("left"), None, Pressed("left")]


def test_the_stick_thrown_over_presses_the_other_way(controls: Controls) -> None:
    axis = pygame.CONTROLLER_AXIS_LEFTX
    read = [controls.read(push(axis, value)) for value in (-30_000, 30_000)]
    assert read == [Pressed("left"), Pressed("right")]


def moved(pos: tuple[int, int], held: int = 1) -> pygame.Event:
    return pygame.Event(pygame.MOUSEMOTION, pos=pos, buttons=(held, 0, 0))


def test_the_pointer_drags_once_it_has_strayed_with_its_button_held(controls: Controls) -> None:
    controls.read(pygame.Event(pygame.MOUSEBUTTONDOWN, button=1, pos=(100, 60)))
    read = [controls.read(moved(pos)) for pos in ((104, 62), (160, 60), (162, 58))]
    assert read == [Pointed(52, 31), Dragged(30, 0), Dragged(1, -1)]
    controls.read(pygame.Event(pygame.MOUSEBUTTONUP, button=1, pos=(162, 58)))
    assert controls.read(moved((200, 60))) == Pointed(100, 30)


def test_the_wheel_turns_sideways_with_shift_and_zooms_with_ctrl() -> None:
    held = [pygame.KMOD_LSHIFT, pygame.KMOD_LCTRL]
    controls = Controls(lambda spot: spot, mods=lambda: held.pop(0))
    turned = pygame.Event(pygame.MOUSEWHEEL, x=0, y=1)
    assert [controls.read(turned), controls.read(turned)] == [Scrolled(0.0, -1.0), Scrolled(1.0, zooms=True)]


def test_a_trigger_that_is_pulled_presses_once() -> None:
    controls = Controls(lambda spot: (float(spot[0]), float(spot[1])))
    axis = pygame.CONTROLLER_AXIS_TRIGGERLEFT
    assert [controls.read(push(axis, value)) for value in (3_000, 30_000, 32_000, 0)] == [None, Pressed("rewind"), None, None]
