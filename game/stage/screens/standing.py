"""Where a scene stands in the tree, said on the story's screen: that more was told after it, in how many tellings it is there."""

from __future__ import annotations

from functools import partial

from game.session import Branches
from game.stage import looks
from game.stage.box import WIDTH, Box
from game.stage.canvas import Canvas
from game.stage.screen import View
from game.stage.screens.telling import window_box
from game.stage.tale import Tale
from game.stage.transition import TAKEN, Transition
from game.stage.widgets import Widget

TAB = 216.0
"""The width of the page's tab that flips through tellings."""


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


def tab_box(view: View) -> Box:
    """Where the page's tab sticks out above its right end."""
    page = window_box(view)
    return Box(WIDTH - 56 - TAB, page.y - 33, TAB, 70)


def tab_paper(view: View, branches: Branches) -> list[Widget]:
    """The paper of the page's tab, to be laid under the page; nothing where there is one telling."""
    return [Widget("group", "", tab_box(view), look=_paper)] if branches.tellings > 1 else []


def tellings(view: View, tale: Tale) -> list[Widget]:
    """Which telling of how many this is; left and right flip to the others."""
    branches = tale.reading.branches
    if branches.tellings < 2:
        return []
    box = tab_box(view)._replace(h=36)
    value = f"{branches.telling + 1} of {branches.tellings}"

    def flip(by: int) -> Transition:
        tale.flip(by)
        return TAKEN

    def touch(x: float, _: float) -> Transition:
        return flip(-1 if x < box.middle[0] else 1)

    return [Widget("slider", "Telling", box, value, nudge=flip, touch=touch, look=_arrows)]


def _paper(canvas: Canvas, widget: Widget) -> None:
    canvas.sheet(widget.box, canvas.theme.sheet, 6, seed=47)


def _arrows(canvas: Canvas, widget: Widget) -> None:
    theme, box = canvas.theme, widget.box
    focused = canvas.focused(widget)
    ink = theme.mark if focused else theme.ink
    canvas.words(f"Telling {widget.value}", "tab", box.middle[0], box.y + 7, ink, "middle")
    for x, way in ((box.x + 24, -1), (box.right - 24, 1)):
        looks.arrow(canvas, x, box.y + 19, 7 if focused else 6, way, theme.mark)
