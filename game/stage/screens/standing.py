"""Where a scene stands in the tree, said on the story's screen: that more was told after it, in how many tellings it is there."""

from __future__ import annotations

from functools import partial

from game.stage import looks
from game.stage.box import Box
from game.stage.canvas import Canvas
from game.stage.screen import View
from game.stage.screens.telling import text_box, window_box
from game.stage.tale import Tale
from game.stage.theme import mix
from game.stage.transition import TAKEN, Transition
from game.stage.widgets import Widget


def standing(view: View, tale: Tale, left: float) -> list[Widget]:
    """Beside the sign with the place's name, which ends at `left`: the way on, and that nothing new is told."""
    parts = []
    if tale.reading.branches.forward:
        box = Box(left + 10, -8, view.type.width("In the past · Forward", "tab") + 40, 42)
        parts.append(Widget("button", "Forward", box, "in the past", press=partial(_forward, tale), look=_way_on))
        left = box.right
    if tale.read_only:
        box = Box(left + 10, -8, view.type.width("Reading only", "tab") + 40, 42)
        parts.append(Widget("status", "Reading only", box, look=looks.tab))
    return parts


def _forward(tale: Tale) -> Transition:
    tale.forward()
    return TAKEN


def _way_on(canvas: Canvas, widget: Widget) -> None:
    focused, theme = canvas.focused(widget), canvas.theme
    tone = theme.sheet if focused else theme.night
    canvas.sheet(widget.box, tone, 3, seed=37, alpha=1.0 if focused or theme.plain else 0.7)
    ink = theme.ink if focused else theme.pale
    canvas.words("In the past · Forward", "tab", widget.box.middle[0], 6, ink, "middle")


def tellings(view: View, tale: Tale) -> list[Widget]:
    """At the page's right, which telling of how many it is; left and right flip to the others. Nothing where there is but one."""
    branches = tale.reading.branches
    if branches.tellings < 2:
        return []
    box = Box(text_box(view).right + 6, window_box(view).y + 90, 104, 38)
    value = f"{branches.telling + 1} of {branches.tellings}"

    def flip(by: int) -> Transition:
        tale.flip(by)
        return TAKEN

    def touch(x: float, _: float) -> Transition:
        return flip(-1 if x < box.middle[0] else 1)

    return [Widget("slider", "Telling", box, value, nudge=flip, touch=touch, look=_leaves)]


def _leaves(canvas: Canvas, widget: Widget) -> None:
    theme, box = canvas.theme, widget.box
    if canvas.focused(widget):
        canvas.sheet(box.inset(0, 2), mix(theme.sheet, (255, 255, 255), 0.55), 4, seed=47)
    canvas.words(widget.value, "tab", box.middle[0], box.y + 8, theme.ink, "middle")
    for x, way in ((box.x + 15, -1), (box.right - 15, 1)):
        looks.arrow(canvas, x, box.y + 20, 6, way, theme.mark)
