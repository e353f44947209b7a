"""The semantic tree: what is painted, what keys and gamepad move through, what can be read aloud, and what tests click.

A tree is made anew whenever the stage is painted; nothing in it changes afterwards. What is focused is known by its key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from game.stage.box import NOWHERE, STAGE, Box
from game.stage.inputs import Edit, Key
from game.stage.transition import Transition

if TYPE_CHECKING:
    from game.stage.canvas import Canvas

Role = Literal[
    "screen",
    "dialog",
    "group",
    "heading",
    "text",
    "image",
    "status",
    "button",
    "choice",
    "card",
    "option",
    "toggle",
    "slider",
    "field",
]
Direction = Literal["up", "down", "left", "right"]
Look = Callable[["Canvas", "Widget"], None]


@dataclass(frozen=True)
class Widget:
    """One thing on the stage.

    `label` says what it is, `value` what it holds at present. `press` is what choosing it does, `nudge` what left (-1) and right
    (+1) do, `edit` what typing does: whatever has one of them can be focused. `caret` is offered the keys that move in a text
    before anybody else, `touch` where exactly it was clicked. `drag` is what dragging it does, by how far in logical units: what
    lies on it is pressed only when the pointer's button is let go, and was not dragged meanwhile. `first`: it has the focus until
    the player goes elsewhere. `key` tells it from others of the same name. `look` paints it; its children are painted after it,
    over it.
    """

    role: Role
    label: str = ""
    box: Box = NOWHERE
    value: str = ""
    press: Callable[[], Transition] | None = None
    nudge: Callable[[int], Transition] | None = None
    edit: Callable[[Edit], Transition] | None = None
    caret: Callable[[Key], Transition] | None = None
    touch: Callable[[float, float], Transition] | None = None
    drag: Callable[[float, float], Transition] | None = None
    first: bool = False
    look: Look | None = None
    key: str = ""
    children: tuple[Widget, ...] = ()

    @property
    def id(self) -> str:
        return self.key or f"{self.role}:{self.label}"

    @property
    def focusable(self) -> bool:
        return bool(self.press or self.nudge or self.edit)

    def walk(self) -> Iterator[Widget]:
        """This widget and all below it, in painting order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def find_all(self, role: Role | None = None, label: str | None = None) -> tuple[Widget, ...]:
        """All widgets with this role and this label; None stands for any."""
        return tuple(each for each in self.walk() if role in (None, each.role) and label in (None, each.label))

    def find(self, role: Role | None = None, label: str | None = None) -> Widget:
        """The only widget with this role and this label.

        Raises:
            LookupError: there is none, or more than one.
        """
        found = self.find_all(role, label)
        if len(found) != 1:
            here = ", ".join(f"{each.role} {each.label!r}" for each in self.walk() if each.label)
            raise LookupError(f"{len(found)} widgets are {role or 'anything'} {label!r}; there are: {here}")
        return found[0]

    def by_id(self, key: str | None) -> Widget | None:
        return next((each for each in self.walk() if each.id == key), None)

    def at(self, x: float, y: float) -> Widget | None:
        """The topmost widget here that can be focused."""
        under = [each for each in self.walk() if each.focusable and each.box.holds(x, y)]
        return under[-1] if under else None

    def grip(self, x: float, y: float) -> Widget | None:
        """The topmost widget here that can be dragged."""
        under = [each for each in self.walk() if each.drag and each.box.holds(x, y)]
        return under[-1] if under else None

    def focusables(self) -> tuple[Widget, ...]:
        return tuple(each for each in self.walk() if each.focusable)


def screen(label: str, *children: Widget, look: Look | None = None) -> Widget:
    """The root of a screen's tree."""
    return Widget("screen", label, STAGE, look=look, children=children)


def dialog(label: str, *children: Widget, look: Look | None = None) -> Widget:
    """The root of a tree that lies over the screen below, which stays in sight."""
    return Widget("dialog", label, STAGE, look=look, children=children)


def group(*children: Widget, label: str = "", box: Box = NOWHERE, look: Look | None = None) -> Widget:
    return Widget("group", label, box, look=look, children=children)


def step(tree: Widget, focus: str | None, by: int) -> str | None:
    """The key of the next focusable widget in reading order, round and round."""
    keys = [each.id for each in tree.focusables()]
    if not keys:
        return None
    return keys[(keys.index(focus) + by) % len(keys)] if focus in keys else keys[0 if by > 0 else -1]


def neighbour(tree: Widget, focus: str | None, direction: Direction) -> str | None:
    """The key of the nearest focusable widget that way; the same one when there is none."""
    here = tree.by_id(focus)
    others = tree.focusables()
    if here is None or not here.focusable:
        return others[0].id if others else None
    ahead = [(_distance(here.box, each.box, direction), n, each.id) for n, each in enumerate(others) if each.id != here.id]
    reachable = [found for found in ahead if found[0] is not None]
    return min(reachable)[2] if reachable else here.id


def _distance(here: Box, there: Box, direction: Direction) -> float | None:
    """How far it is that way; what lies aside counts double. None when it does not lie that way."""
    dx, dy = there.middle[0] - here.middle[0], there.middle[1] - here.middle[1]
    along, aside = {"up": (-dy, dx), "down": (dy, dx), "left": (-dx, dy), "right": (dx, dy)}[direction]
    overlap = _gap(here.y, here.bottom, there.y, there.bottom) if direction in ("left", "right") else 0.0
    if along <= 1 or overlap > 0:
        return None
    return along + 2 * abs(aside)


def _gap(a: float, b: float, c: float, d: float) -> float:
    """The distance between two spans, 0 when they overlap."""
    return max(0.0, max(a, c) - min(b, d))
