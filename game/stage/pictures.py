"""The pictures a screen shows: asked of the atelier the first time, at hand from then on. Never paints, never waits."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import replace

import pygame

from game.packs import Pack
from game.packs.look import Palette, PlaceLook
from game.stage.atelier import Atelier, Kind, Order
from game.stage.box import HEIGHT
from game.stage.canvas import Fit
from game.stage.paint import Figure, Layer
from game.story import digest

KEPT = 9
"""Pictures at hand, in the bytes of so many windows: a place in its layers, and the portraits of a scene."""
REMEMBERED = 8 * 2**20
"""Bytes that the atelier need remember besides: what is wanted is at hand here, the rest is on disk."""

DIM = 176
"""The light on those who do not speak, of 255."""


class Pictures:
    """Pictures for one window. A picture that is not painted yet is None; `arrived` tells that there are new ones."""

    def __init__(self, atelier: Atelier) -> None:
        self._atelier = atelier
        self._orders: dict[tuple[object, ...], Order] = {}
        self._here: OrderedDict[str, tuple[Layer, ...]] = OrderedDict()
        self._dimmed: dict[int, tuple[pygame.Surface, pygame.Surface]] = {}
        self._asked: dict[str, bool] = {}
        self.size = (1280, 720)

    @property
    def fit(self) -> Fit:
        return Fit.of(self.size)

    def arrived(self) -> bool:
        """Take in what has been painted; whether there was any."""
        finished = self._atelier.take()
        for done in finished:
            if done.layers:
                self._asked.pop(done.order.key, None)
                self._keep(done.order.key, tuple(map(_quick, done.layers)) if len(done.layers) == 1 else done.layers)
        return bool(finished)

    def backdrop(self, pack: Pack, place: str) -> tuple[Layer, ...] | None:
        """A place in layers, as large as the window."""
        return self._look_up(self._place(pack, place, "layers", self.size), soon=True)

    def cover(self, pack: Pack, width: float, height: float) -> pygame.Surface | None:
        """A pack's cover, so many logical units large."""
        size = (round(width * self.fit.scale), round(height * self.fit.scale))
        layers = self._look_up(self._cover(pack, size), soon=True)
        return layers[0].surface if layers else None

    def place(self, pack: Pack, place: str, width: float, height: float) -> pygame.Surface | None:
        """A small picture of a place, so many logical units large."""
        size = (round(width * self.fit.scale), round(height * self.fit.scale))
        layers = self._look_up(self._place(pack, place, "place", size), soon=True)
        return layers[0].surface if layers else None

    def bust(self, pack: Pack, member: str, expression: str, height: float) -> pygame.Surface | None:
        """A portrait, so many logical units high."""
        layers = self._look_up(self._portrait(pack, member, expression, height), soon=True)
        return layers[0].surface if layers else None

    def foresee(self, pack: Pack, faces: Iterable[tuple[str, str]], height: float) -> None:
        """Ask for portraits that may be wanted soon, after all else."""
        for member, face in faces:
            self._look_up(self._portrait(pack, member, face, height), soon=False)

    def dimmed(self, surface: pygame.Surface) -> pygame.Surface:
        """The same portrait in less light."""
        known = self._dimmed.get(id(surface))
        if known is None or known[0] is not surface:
            dark = surface.copy()
            dark.fill((DIM, DIM, DIM), special_flags=pygame.BLEND_RGB_MULT)
            self._dimmed = dict(list(self._dimmed.items())[-7:]) | {id(surface): (surface, dark)}
            return dark
        return known[1]

    def _place(self, pack: Pack, place: str, kind: Kind, size: tuple[int, int]) -> Order:
        key = (pack.hash, place, kind, size)
        if key not in self._orders:
            # A scene may have been told at a place that a changed pack no longer has.
            look = pack.places[place].look if place in pack.places else PlaceLook()
            self._orders[key] = Order(kind, pack.palette, look, size, seed_of(place))
        return self._orders[key]

    def _cover(self, pack: Pack, size: tuple[int, int]) -> Order:
        """What its author wants on it, or else the place where it begins."""
        key = (pack.hash, "cover", size)
        if key not in self._orders:
            place = pack.cover.place or pack.initial.place
            other = {"weather": pack.cover.weather, "light": pack.cover.light}
            look = pack.places[place].look.model_copy(update={name: value for name, value in other.items() if value})
            self._orders[key] = Order("cover", pack.palette, look, size, seed_of(place), figure=_figure(pack))
        return self._orders[key]

    def _portrait(self, pack: Pack, member: str, expression: str, height: float) -> Order:
        size = (0, round(height * self.fit.scale))
        key = (pack.hash, member, expression, size)
        if key not in self._orders:
            self._orders[key] = Order("bust", pack.palette, pack.cast[member].look, size, seed_of(member), expression)
        return self._orders[key]

    def _look_up(self, order: Order, soon: bool) -> tuple[Layer, ...] | None:
        found = self._here.get(order.key)
        if found:
            self._here.move_to_end(order.key)
            return found
        if soon > self._asked.get(order.key, -1):
            self._asked[order.key] = soon
            self._atelier.request(order, soon)
        return None

    def _keep(self, key: str, layers: tuple[Layer, ...]) -> None:
        self._here[key] = layers
        self._here.move_to_end(key)
        budget = KEPT * self.size[0] * self.size[1] * 4
        while len(self._here) > 1 and sum(map(_weight, self._here.values())) > budget:
            self._here.popitem(last=False)


def _figure(pack: Pack) -> Figure | None:
    """Who stands on the cover."""
    member = pack.cover.cast
    return Figure(pack.cast[member].look, pack.cover.expression, seed_of(member)) if member else None


def _quick(layer: Layer) -> Layer:
    """The same layer, premultiplied, its bytes in the window's order: a blit of any other costs ten times as much."""
    swift = pygame.Surface(layer.surface.get_size(), pygame.SRCALPHA, 32)
    swift.blit(layer.surface.premul_alpha(), (0, 0), special_flags=pygame.BLEND_RGBA_ADD)
    return replace(layer, surface=swift)


def _weight(layers: tuple[Layer, ...]) -> int:
    return sum(layer.surface.get_width() * layer.surface.get_height() * 4 for layer in layers)


def seed_of(name: str) -> int:
    """The painter's seed for a place or a cast member: always the same one for the same name."""
    return int(digest("picture", name)[:6], 16)


def ground(palette: Palette, size: tuple[int, int]) -> pygame.Surface:
    """What is seen until a place is painted: its sky, as one soft gradient."""
    column = pygame.Surface((1, 4))
    for y, colour in enumerate((palette.sky_top, palette.sky_top, palette.middle, palette.near)):
        column.set_at((0, y), pygame.Color(colour))
    return pygame.transform.smoothscale(column.convert(32), (size[0], max(size[1], HEIGHT // 4)))
