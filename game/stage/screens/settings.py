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
from game.stage.screen import House, Tick, View, read_again
from game.stage.transition import STAY, TAKEN, Pop, Transition
from game.stage.widgets import Look, Role, Widget, dialog

SHEET = Box(290, 28, 700, 664)
STEP = 50
"""From one row to the next."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A setting with steps: its name for the player, the field, each step and how it reads."""

    label: str
    field: str
    steps: tuple[tuple[int | str, str], ...]

    def at(self, value: int | str) -> int:
        """The step that is this value, or the one nearest to it."""
        if isinstance(value, str):
            return [step for step, _ in self.steps].index(value)
        return min(range(len(self.steps)), key=lambda n: abs(int(self.steps[n][0]) - value))


def _percent(*values: int) -> tuple[tuple[int, str], ...]:
    return tuple((value, f"{value} %" if value else "off") for value in values)


SCALES = (
    Scale("Text speed", "text_speed", (*((n, f"{n} letters a second") for n in (20, 40, 60, 90, 140)), (0, "at once"))),
    Scale("Text size", "text_size", _percent(90, 100, 115, 130, 150)),
    Scale("Volume", "volume", _percent(0, 20, 40, 60, 80, 100)),
)
AHEAD = (
    Scale("Writing ahead", "prefetch", (("off", "off"), ("likely", "the choice in view"), ("all", "all choices"))),
    Scale(
        "Cap on writing ahead",
        "prefetch_tokens",
        ((0, "none"), *((n, f"{n:,} tokens") for n in (5_000, 20_000, 100_000, 500_000))),
    ),
)
AHEAD_NOTE = (
    "What your choices lead to is written while you read. The cap is for one sitting; "
    "with a service elsewhere, nothing is written ahead until you set one."
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
        self._pack = read_again(self._pack, event)
        return Pop() if isinstance(event, Pressed) and event.key == "back" else STAY

    def tree(self, view: View) -> Widget:
        switches = (self._switch(label, name) for label, name in SWITCHES)
        rows = [*map(self._scale, SCALES), *switches, *map(self._scale, AHEAD)]
        placed = []
        for n, (role, label, value, press, nudge, look) in enumerate(rows):
            box = Box(SHEET.x + 50, SHEET.y + 100 + n * STEP, SHEET.w - 100, STEP - 4)
            placed.append(Widget(role, label, box, value, press=press, nudge=nudge, look=look))
        below = Box(SHEET.x + 76, 0, SHEET.w - 150, view.type.height(AHEAD_NOTE, "small", SHEET.w - 150))
        note = below.moved(0, SHEET.bottom - 82 - below.h)
        return dialog(
            "Settings",
            Widget("group", "", SHEET, look=looks.sheet(12, seed=91)),
            Widget("heading", "Settings", Box(SHEET.x, SHEET.y + 26, SHEET.w, 50), look=looks.text("heading", "ink", "middle")),
            Widget("group", "", Box(SHEET.x + 200, SHEET.y + 82, SHEET.w - 400, 12), look=looks.rule),
            *placed,
            Widget("text", AHEAD_NOTE, note, look=looks.text("small", "faint")),
            Widget("button", "Done", Box(SHEET.right - 190, SHEET.bottom - 74, 140, 46), press=Pop, look=looks.primary),
            look=looks.veil(0.72),
        )

    def _scale(self, scale: Scale) -> Row:
        at = scale.at(getattr(self._house.settings, scale.field))
        look = partial(looks.slider, at / (len(scale.steps) - 1))
        return "slider", scale.label, scale.steps[at][1], None, partial(self._nudge, scale), look

    def _switch(self, label: str, name: str) -> Row:
        on = bool(getattr(self._house.settings, name))
        return "toggle", label, "on" if on else "off", partial(self._flip, name), lambda _: self._flip(name), looks.toggle

    def _nudge(self, scale: Scale, by: int) -> Transition:
        at = scale.at(getattr(self._house.settings, scale.field)) + by
        if 0 <= at < len(scale.steps):
            self._house.change(**{scale.field: scale.steps[at][0]})
        return TAKEN

    def _flip(self, name: str) -> Transition:
        self._house.change(**{name: not getattr(self._house.settings, name)})
        return TAKEN
