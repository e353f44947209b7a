"""The stack of screens and its one loop of events: what the player does and what the session says goes in, trees come out.

Knows no window and no clock: whoever drives it says what time it is and gives it a surface.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future

import pygame

from game.packs import Pack
from game.packs.files import TypeFile
from game.packs.look import Palette
from game.session import Event, LookAround, Reloaded, ShelfReady, Started
from game.settings import Settings, save_settings
from game.stage.arrivals import Arrivals
from game.stage.atelier import Atelier
from game.stage.canvas import Canvas
from game.stage.foundry import HOUSE_DISPLAY, HOUSE_TEXT, PLAIN, Foundry
from game.stage.inputs import Clicked, Dragged, Dropped, Erased, Input, Pointed, Pressed, Pull, Released, Typed
from game.stage.paper import Drawer
from game.stage.pictures import Pictures
from game.stage.screen import House, Screen, Tick, View
from game.stage.screens.message import Message
from game.stage.screens.title import Title
from game.stage.theme import theme_of
from game.stage.transition import STAY, TAKEN, Focus, Home, Pop, Push, Quit, Replace, Transition
from game.stage.type import Type
from game.stage.widgets import Widget, neighbour, step

Save = Callable[[Settings], None]

LONGEST = 0.1
"""Seconds that a tick is at most: after a pause nothing leaps."""


class App:
    """The stage without a window: the title, with `first` over it. `open` until the last screen is left."""

    def __init__(
        self, house: House, atelier: Atelier, errands: Executor, first: Screen | None = None, save: Save = save_settings
    ) -> None:
        self.house = house
        house.keep = self._keep
        self.pictures = Pictures(atelier)
        self.open = True
        self.tree = Widget("screen")
        self._errands = errands
        self._save = save
        self._saving: Future[None] | None = None
        self._foundry = Foundry()
        self._foundry.read(HOUSE_DISPLAY, HOUSE_TEXT, PLAIN)
        self._arrivals = Arrivals(house, errands)
        self._types: dict[tuple[object, ...], Type] = {}
        self._sheets = Drawer()
        self._focus: dict[int, str] = {}
        self._hovering = False
        self._gripped: Widget | None = None
        self._pressing: str | None = None
        self._stack: list[Screen] = [Title(house), *([first] if first else [])]
        house.session.submit(LookAround())

    @property
    def top(self) -> Screen:
        return self._stack[-1]

    @property
    def focus(self) -> str | None:
        """The key of the focused widget: the one the player went to, else the first."""
        chosen = self._focus.get(id(self.top))
        widget = self.tree.by_id(chosen)
        if widget and widget.focusable:
            return chosen
        found = self.tree.focusables()
        first = next((each for each in found if each.first), found[0] if found else None)
        return first.id if first else None

    def turn(self, now: float, inputs: Iterable[Input | Pull]) -> bool:
        """Take in all that has happened until `now` (seconds); whether anything has."""
        passed = min(LONGEST, now - self.house.now)
        self.house.now = now
        events = self.house.session.poll()
        for event in events:
            self._hear(event)
        happened = [self._take(each) for each in inputs]
        while answer := self._arrivals.due(self._stack):
            happened.append(True)
            self._obey(self.top, answer)
        if self.open:
            self._check_saving()
            self._obey(self.top, self.top.handle(Tick(passed)))
        news = self.pictures.arrived(), self._foundry.arrived()
        return any(news) or bool(events) or any(happened)

    def _hear(self, event: Event) -> None:
        """What the session says: to all screens, and to what knows of none."""
        self._arrivals.hear(event, tuple(self._stack))
        if isinstance(event, ShelfReady):
            self._read_type(*(card.pack for card in event.packs if card.pack))
        if isinstance(event, Started | Reloaded):
            self._read_type(event.pack)
        for screen in tuple(self._stack):
            self._obey(screen, screen.handle(event))

    def paint(self, surface: pygame.Surface) -> bool:
        """Paint the screen on top over those it lies on; whether something moves, so that the next frame should follow."""
        self.pictures.size = surface.get_size()
        views = [self._view(screen) for screen in self._stack]
        trees: list[tuple[Widget, View, Screen]] = []
        for screen, view in zip(reversed(self._stack), reversed(views), strict=True):
            trees.insert(0, (screen.tree(view), view, screen))
            if trees[0][0].role == "screen":
                break
        self.tree = trees[-1][0]
        for tree, view, screen in trees:
            self._canvas(surface, view, screen, self.focus if tree is self.tree else None).paint(tree)
        return trees[-1][1].moving

    def _view(self, screen: Screen) -> View:
        families = screen.pack.type if screen.pack else TypeFile()
        return View(self.house.now, self._type(families), self.pictures, self.house.settings, self._focus.get(id(screen)))

    def _canvas(self, surface: pygame.Surface, view: View, screen: Screen, focus: str | None) -> Canvas:
        palette = screen.pack.palette if screen.pack else Palette()
        theme = theme_of(palette, self.house.settings.high_contrast)
        return Canvas(surface, self.pictures.fit, theme, view.type, self._sheets, focus)

    def _type(self, families: TypeFile) -> Type:
        settings = self.house.settings
        there = self._foundry.has(families.display), self._foundry.has(families.text)
        key = (families, *there, self.pictures.fit.scale, settings.text_size, settings.high_contrast)
        if key not in self._types:
            if len(self._types) > 3:
                self._types.clear()
            scale = self.pictures.fit.scale
            self._types[key] = Type(self._foundry, families, scale, settings.text_size, settings.high_contrast)
        return self._types[key]

    def _read_type(self, *packs: Pack) -> None:
        for pack in packs:
            self._errands.submit(self._foundry.read, pack.type.display, pack.type.text)

    def _keep(self, settings: Settings) -> None:
        self._saving = self._errands.submit(self._save, settings)

    def _check_saving(self) -> None:
        """Say so when the settings could not be written."""
        if self._saving and self._saving.done():
            failed, self._saving = self._saving.exception(), None
            if failed:
                self._obey(self.top, Push(Message(self.house, "The settings were not saved", str(failed), self.top.pack)))

    def _take(self, event: Input | Pull) -> bool:
        """One input: widgets first, then the screen. Whether it may have changed what is seen."""
        screen = self.top
        if isinstance(event, Pointed):
            return self._point(event)
        if isinstance(event, Pressed) and event.key == "full_screen":
            self.house.change(full_screen=not self.house.settings.full_screen)
            return True
        if isinstance(event, Dragged | Released | Dropped):
            return self._pull(event, screen)
        widget = self.tree.by_id(self.focus)
        if isinstance(event, Clicked):
            widget = self.tree.at(event.x, event.y)
            self._gripped = self.tree.grip(event.x, event.y)
            if self._gripped:
                self._pressing = widget.id if widget else None
                return self._point(Pointed(event.x, event.y))
            answer = self._click(event, widget) if widget else screen.handle(event)
        elif isinstance(event, Typed | Erased):
            answer = widget.edit(event) if widget and widget.edit else screen.handle(event)
        elif isinstance(event, Pressed) and event.prints and widget and widget.edit:
            return False
        elif isinstance(event, Pressed):
            answer = self._key(event, widget, screen)
        else:
            answer = screen.handle(event)
        self._obey(screen, answer)
        return True

    def _point(self, event: Pointed) -> bool:
        """The pointer takes the focus with it, and gives it back where there is nothing to focus."""
        widget = self.tree.at(event.x, event.y)
        before = self._focus.get(id(self.top))
        if widget:
            self._focus[id(self.top)] = widget.id
        elif self._hovering:
            self._focus.pop(id(self.top), None)
        self._hovering = widget is not None
        return self._focus.get(id(self.top)) != before

    def _pull(self, event: Pull, screen: Screen) -> bool:
        """What was pressed down on a widget that can be dragged: either it is dragged, or what lies there is pressed."""
        if isinstance(event, Dropped):
            self._arrivals.drop(event.path)
            return False
        gripped, pressing = self._gripped, self.tree.by_id(self._pressing)
        self._pressing = None
        if isinstance(event, Released):
            self._gripped = None
            if pressing:
                self._obey(screen, self._press(pressing))
            return pressing is not None
        if gripped and gripped.drag:
            self._obey(screen, gripped.drag(event.dx, event.dy))
        return gripped is not None

    def _click(self, event: Clicked, widget: Widget) -> Transition:
        if widget.touch:
            self._focus[id(self.top)] = widget.id
            return widget.touch(event.x, event.y)
        return self._press(widget)

    def _press(self, widget: Widget) -> Transition:
        self._focus[id(self.top)] = widget.id
        if widget.press:
            return widget.press()
        return widget.nudge(1) if widget.nudge else STAY

    def _key(self, event: Pressed, widget: Widget | None, screen: Screen) -> Transition:
        """The screen may claim a key; otherwise keys move the focus, nudge and press."""
        if widget and widget.nudge and event.key in ("left", "right"):
            return widget.nudge(-1 if event.key == "left" else 1)
        if widget and widget.caret and (moved := widget.caret(event.key)) != STAY:
            return moved
        claimed = screen.handle(event)
        if claimed != STAY:
            return claimed
        if event.key == "reload":
            self._arrivals.reload(self._stack)
            return TAKEN
        if event.key in ("up", "down", "left", "right"):
            self._go(neighbour(self.tree, self.focus, event.key))
        elif event.key in ("next", "previous"):
            self._go(step(self.tree, self.focus, 1 if event.key == "next" else -1))
        elif event.key in ("accept", "space") and widget:
            return self._press(widget)
        return STAY

    def _go(self, key: str | None) -> None:
        if key:
            self._focus[id(self.top)] = key
            self._hovering = False

    def _obey(self, screen: Screen, answer: Transition) -> None:
        """Change the stack as the screen asks for."""
        match answer:
            case Push(new):
                self._stack.append(new)
            case Replace(new):
                self._stack = [new if each is screen else each for each in self._stack]
            case Pop():
                self._stack = [each for each in self._stack if each is not screen]
            case Home():
                del self._stack[1:]
            case Focus(key):
                self._focus[id(screen)] = key
                self._hovering = False
                return
            case Quit():
                self._stack = self._stack[:1]
                self.open = False
            case _:
                return
        self._hovering = False
        self._focus = {key: value for key, value in self._focus.items() if any(id(each) == key for each in self._stack)}
        if not self._stack:
            self.open = False
            self._stack = [screen]
