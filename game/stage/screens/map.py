"""The story map: every scene that was told as a small card, the ways between them, and a way back to each."""

from __future__ import annotations

from functools import partial

from game.packs import Pack
from game.session import Event, GoTo, LookAtMap, MapReady, Marks, Reloaded, SceneReady
from game.stage import cartography, looks
from game.stage.box import HEIGHT, WIDTH, Box
from game.stage.canvas import Canvas
from game.stage.chart import Chart
from game.stage.inputs import Input, Pressed, Scrolled
from game.stage.legend import Legend
from game.stage.prints import Prints
from game.stage.screen import House, Tick, View
from game.stage.transition import STAY, TAKEN, Focus, Pop, Transition
from game.stage.widgets import Widget, screen
from game.storymap import lay_out

HEAD, FOOT = 74.0, 598.0
"""Where the map begins and ends, between the strips above and below it."""
GLIDE = 0.35
"""Seconds that the eye takes to another scene."""
NOTCH = 70.0
"""How far a notch of the wheel moves the map, in logical units."""


HINT = "Enter or a click goes to a scene. Drag the map, or use the arrows. Closer and farther: + and −."


class MapScreen:
    """Asks for the tree, and again whenever it has grown. What is chosen is told of at the foot; pressing it goes there."""

    def __init__(self, house: House, pack: Pack) -> None:
        self._house = house
        self._pack = pack
        self._head = ""
        self._chart: Chart | None = None
        self._legend: Legend | None = None
        self._at = 0
        self._on_card = True
        self._since = 0.0
        self._ground, self._prints = cartography.Ground(), Prints(pack)
        house.session.submit(LookAtMap())

    @property
    def pack(self) -> Pack | None:
        return self._pack

    def handle(self, event: Input | Event | Tick) -> Transition:
        if isinstance(event, MapReady):
            return self._unroll(event)
        if isinstance(event, Reloaded):
            self._pack, self._prints = event.pack, Prints(event.pack)
        if isinstance(event, SceneReady | Marks | Reloaded):
            self._house.session.submit(LookAtMap())
        if isinstance(event, Pressed) and event.key in ("back", "map"):
            return Pop()
        if self._chart is None or not self._chart.plan.spots:
            return STAY
        if isinstance(event, Scrolled):
            return self._scroll(self._chart, event)
        return self._key(self._chart, event) if isinstance(event, Pressed) else STAY

    def _unroll(self, ready: MapReady) -> Transition:
        """Lay the tree out. The first time, the eye is on where the player is; later it stays with the scene that is chosen."""
        old, chart = self._chart, Chart(lay_out(ready.map), Box(0, HEAD, WIDTH, FOOT - HEAD))
        legend = Legend(self._pack, ready)
        if self._legend:
            legend.keep(self._legend)
        self._head, self._chart, self._legend = ready.map.head, chart, legend
        if not chart.plan.spots:
            return STAY
        if old is None or not old.plan.spots:
            self._at = max(0, chart.plan.here)
            chart.centre(self._at)
            return Focus(_key_of(chart, self._at))
        self._at = chart.plan.where[old.plan.spots[self._at].tellings[0].key]
        chart.take_place_of(old)
        return STAY

    def _key(self, chart: Chart, event: Pressed) -> Transition:
        match event.key:
            case "closer" | "farther":
                return self._zoom(1 if event.key == "closer" else -1)
            case "home":
                return self._home()
            case "page_up" | "page_down":
                return self._turn(1 if event.key == "page_down" else -1)
            case "up" | "down" | "left" | "right" if self._on_card:
                to = chart.step(self._at, event.key)
                return self._go(chart, to) if to != self._at else STAY
        return STAY

    def _scroll(self, chart: Chart, event: Scrolled) -> Transition:
        if event.zooms:
            return self._zoom(1 if event.notches > 0 else -1)
        before = chart.place
        chart.pull(-event.across * NOTCH, event.notches * NOTCH)
        if chart.place == before:
            chart.pull(event.notches * NOTCH, 0)
        return TAKEN

    def _go(self, chart: Chart, n: int) -> Transition:
        """Choose a scene, and have it in view."""
        self._at, self._since = n, self._house.now
        chart.show(n)
        return Focus(_key_of(chart, n))

    def _home(self) -> Transition:
        return self._go(self._chart, max(0, self._chart.plan.here)) if self._chart and self._chart.plan.spots else STAY

    def _zoom(self, by: int) -> Transition:
        if self._chart and self._chart.plan.spots:
            self._chart.zoom(by, self._at)
        return TAKEN

    def _drag(self, dx: float, dy: float) -> Transition:
        if self._chart:
            self._chart.pull(dx, dy)
        return TAKEN

    def _turn(self, by: int = 1) -> Transition:
        """Have another telling of the chosen scene on top."""
        if self._chart and self._legend:
            self._legend.flip(self._chart.plan.spots[self._at], by)
        return TAKEN

    def _jump(self, n: int) -> Transition:
        """Back to the story, at this scene."""
        if self._chart and self._legend:
            scene = self._legend.of(self._chart.plan.spots[n]).scene
            if scene.key != self._head:
                self._house.session.submit(GoTo(scene.key))
        return Pop()

    def tree(self, view: View) -> Widget:
        if self._chart is None or self._legend is None or not self._chart.plan.spots:
            words = "Nothing has been told yet." if self._chart else "The map is being unrolled."
            spot = Box(0, HEIGHT / 2 - 20, WIDTH, 40)
            quiet = Widget("status", words, spot, look=looks.text("aside", "faint", "middle"))
            return screen("Map", quiet, *self._header(), look=self._ground.lay)
        chart, legend = self._chart, self._legend
        left, right = view.pictures.fit.to_stage(0, 0)[0], view.pictures.fit.to_stage(view.pictures.size[0], 0)[0]
        chart.window = Box(left, HEAD, right - left, FOOT - HEAD)
        chart.settle(1.0 if view.still else view.ease(self._since, GLIDE))
        self._choose(chart, view.focus)
        sheet = Widget("group", "", chart.window, drag=self._drag, key="chart", look=partial(_chart, chart))
        self._prints.look(view.pictures, cartography.picture_box(chart.box(self._at), chart.level))
        seen = chart.spots()
        cards = [self._card(chart, legend, n) for n in (seen if self._at in seen else [*seen, self._at])]
        return screen("Map", sheet, *cards, *self._header(), *self._footer(chart, legend), look=self._ground.lay)

    def _choose(self, chart: Chart, focus: str | None) -> None:
        """What the player's focus is on; where that was left behind, what lies in the middle."""
        self._on_card = focus is None or focus.startswith("scene:")
        if focus and focus.startswith("scene:"):
            self._at = chart.plan.where.get(focus.removeprefix("scene:"), self._at)
        if not chart.lies_in_view(self._at):
            self._at = chart.middle()

    def _card(self, chart: Chart, legend: Legend, n: int) -> Widget:
        spot, box = chart.plan.spots[n], chart.box(n)
        words = legend.of(spot)
        what = cartography.Card(
            spot=spot,
            box=box,
            level=chart.level,
            seed=n % cartography.CUTS,
            place=words.place,
            picture=self._prints.take(words.scene.place, spot.way == "aside" and n != self._at),
            kept=words.kept,
            telling=words.telling,
            chosen=n == self._at,
        )
        return Widget(
            "card",
            words.title,
            _clipped(box, chart.window),
            words.said,
            press=partial(self._jump, n),
            first=n == self._at,
            key=_key_of(chart, n),
            look=partial(cartography.card, what),
        )

    def _header(self) -> list[Widget]:
        buttons = (
            ("Farther", partial(self._zoom, -1), 762.0, 106.0),
            ("Closer", partial(self._zoom, 1), 878.0, 106.0),
            ("Where you are", self._home, 994.0, 168.0),
            ("Back", Pop, 1172.0, 80.0),
        )
        return [
            Widget("group", "", Box(0, 0, WIDTH, HEAD), look=partial(cartography.strip, -30.0, HEAD, 41)),
            Widget("heading", "Map", Box(40, 12, 500, 50), look=looks.text("heading", "ink")),
            *(Widget("button", label, Box(x, 18, w, 38), press=act, look=looks.button) for label, act, x, w in buttons),
        ]

    def _footer(self, chart: Chart, legend: Legend) -> list[Widget]:
        """What is chosen, and what endings were found."""
        spot = chart.plan.spots[self._at]
        words = legend.of(spot)
        parts = [
            Widget("group", "", Box(0, FOOT, WIDTH, HEIGHT - FOOT), look=partial(cartography.strip, FOOT, HEIGHT + 40, 43)),
            Widget("text", words.title, Box(40, FOOT + 12, 620, 34), key="chosen", look=looks.text("card", "ink", lines=1)),
            Widget("text", words.said, Box(40, FOOT + 49, 700, 24), key="said", look=looks.text("note", "faint", lines=1)),
            Widget("text", HINT, Box(40, FOOT + 86, 740, 24), look=looks.text("small", "faint", lines=1)),
        ]
        endings = legend.endings()
        across = 216 if len(endings) > 3 else 448
        for n, (ending, found) in enumerate(endings):
            box = Box(792 + 232 * (n // 3), FOOT + 16 + 31 * (n % 3), across, 26)
            value = "ending found" if found else ""
            parts.append(Widget("text", ending, box, value, key=f"ending:{n}", look=partial(_ending, found)))
        if len(spot.tellings) > 1:
            turn = Widget("button", "Another telling", Box(600, FOOT + 14, 172, 38), press=self._turn, look=looks.button)
            parts.append(turn)
        return parts


def _key_of(chart: Chart, n: int) -> str:
    return f"scene:{chart.plan.spots[n].tellings[0].key}"


def _clipped(box: Box, window: Box) -> Box:
    """What of a card is not beneath the strips: there it can be pointed at."""
    top, bottom = max(box.y, window.y), min(box.bottom, window.bottom)
    return Box(box.x, top, box.w, max(0.0, bottom - top))


def _chart(chart: Chart, canvas: Canvas, widget: Widget) -> None:
    cartography.ruler(chart, canvas, widget)
    cartography.ways(chart, canvas, widget)


def _ending(found: bool, canvas: Canvas, widget: Widget) -> None:
    box, theme = widget.box, canvas.theme
    looks.lozenge(canvas, box.x + 8, box.y + 13, 6, theme.mark, hollow=not found)
    words = canvas.type.clipped(widget.label, "note", box.w - 26, 1)
    canvas.block(words, "note", Box(box.x + 24, box.y, box.w - 26, box.h), theme.ink if found else theme.faint)
