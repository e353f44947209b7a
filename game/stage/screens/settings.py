"""The settings that a player sees. Every change holds at once, and is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from game.packs import Pack
from game.session import Event
from game.stage import looks
from game.stage.box import Box
from game.stage.inputs import Input, Pressed
from game.stage.screen import House, Tick, View
from game.stage.transition import STAY, TAKEN, Pop, Transition
from game.stage.widgets import Look, Role, Widget, dialog

SHEET = Box(290, 58, 700, 600)


@dataclass(frozen=True, slots=True)
class Scale:
    """A setting with steps: its name for the player, the field, the steps, and how a value reads."""

    label: str
    field: str
    steps: tuple[int, ...]
    words: Callable[[int], str]


def _speed(value: int) -> str:
    return f"{value} letters a second" if value else "at once"


SCALES = (
    Scale("Text speed", "text_speed", (20, 40, 60, 90, 140, 0), _speed),
    Scale("Text size", "text_size", (90, 100, 115, 130, 150), lambda value: f"{value} %"),
    Scale("Volume", "volume", (0, 20, 40, 60, 80, 100), lambda value: f"{value} %" if value else "off"),
)
SWITCHES = (("Full screen", "full_screen"), ("High contrast", "high_contrast"), ("Less motion", "reduced_motion"))


Row = tuple[Role, str, str, Callable[[], Transition] | None, Callable[[int], Transition] | None, Look]


class SettingsScreen:
    """Over the title or over a story, in whose colours it is shown."""

    def __init__(self, house: House, pack: Pack | None = None) -> None:
        self._house = house
        self._pack = pack

    @property
    def pack(self) -> Pack | None:
        return self._pack

    def handle(self, event: Input | Event | Tick) -> Transition:
        return Pop() if isinstance(event, Pressed) and event.key == "back" else STAY

    def tree(self, view: View) -> Widget:
        rows = [*map(self._scale, SCALES), *(self._switch(label, name) for label, name in SWITCHES)]
        placed = []
        for n, (role, label, value, press, nudge, look) in enumerate(rows):
            box = Box(SHEET.x + 50, SHEET.y + 116 + n * 62, SHEET.w - 100, 56)
            placed.append(Widget(role, label, box, value, press=press, nudge=nudge, look=look))
        return dialog(
            "Settings",
            Widget("group", "", SHEET, look=looks.sheet(12, seed=91)),
            Widget("heading", "Settings", Box(SHEET.x, SHEET.y + 30, SHEET.w, 50), look=looks.text("heading", "ink", "middle")),
            Widget("group", "", Box(SHEET.x + 200, SHEET.y + 88, SHEET.w - 400, 12), look=looks.rule),
            *placed,
            Widget("button", "Done", Box(SHEET.right - 190, SHEET.bottom - 84, 140, 46), press=Pop, look=looks.primary),
            look=looks.veil(0.72),
        )

    def _scale(self, scale: Scale) -> Row:
        value = int(getattr(self._house.settings, scale.field))
        at = _nearest(scale.steps, value)
        look = partial(looks.slider, at / (len(scale.steps) - 1))
        return "slider", scale.label, scale.words(value), None, partial(self._nudge, scale), look

    def _switch(self, label: str, name: str) -> Row:
        on = bool(getattr(self._house.settings, name))
        return "toggle", label, "on" if on else "off", partial(self._flip, name), lambda _: self._flip(name), looks.toggle

    def _nudge(self, scale: Scale, by: int) -> Transition:
        at = _nearest(scale.steps, int(getattr(self._house.settings, scale.field))) + by
        if 0 <= at < len(scale.steps):
            self._house.change(**{scale.field: scale.steps[at]})
        return TAKEN

    def _flip(self, name: str) -> Transition:
        self._house.change(**{name: not getattr(self._house.settings, name)})
        return TAKEN


def _nearest(steps: tuple[int, ...], value: int) -> int:
    return min(range(len(steps)), key=lambda n: abs(steps[n] - value))
