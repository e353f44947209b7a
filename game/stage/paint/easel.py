"""The easel: where sheets are cut and stacked. Draws shapes at double size, then presses each sheet, with its paper
fibre, its bright and dark cut edges and its shadow, onto the layer under the knife. Knows no silhouettes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import pygame

from game.stage.paint import texture
from game.stage.paint.colour import RGB, WHITE, mix, value
from game.stage.paint.light import blank, lay
from game.stage.paint.line import Point, arc

SUPERSAMPLE = 2


@dataclass(frozen=True, slots=True)
class Finish:
    """How sheets are pressed: the colours of shadow and cut edge, the light's direction, how rough the paper is."""

    shadow: RGB
    edge: RGB
    side: float
    fibre: int
    shadow_strength: float = 0.5


class Easel:
    """One scratch sheet at a time, over a layer of `size` plus `bleed` pixels on every side.

    Shapes are given in units of the picture's height: (0, 0) is the top left corner, y 1 its lower edge.
    """

    def __init__(self, size: tuple[int, int], bleed: int, finish: Finish, supersample: int = SUPERSAMPLE) -> None:
        self.size, self.bleed, self.finish, self.supersample = size, bleed, finish, supersample
        self.full = (size[0] + 2 * bleed, size[1] + 2 * bleed)
        self.aspect = size[0] / size[1]
        self.layer = blank(self.full)
        self._scratch = blank((self.full[0] * supersample, self.full[1] * supersample))
        self._dirty: pygame.Rect | None = None
        self._base: RGB = (0, 0, 0)
        self._lift = 1.0

    def new_layer(self) -> pygame.Surface:
        """Start an empty layer; it is the one that sheets are pressed onto from now on."""
        self.layer = blank(self.full)
        return self.layer

    def spot(self, x: float, y: float) -> tuple[float, float]:
        """Where a point in units lies on the layer, in pixels."""
        return self.bleed + x * self.size[1], self.bleed + y * self.size[1]

    def sheet(self, base: RGB, lift: float = 1.0) -> None:
        """Take a new sheet of paper coloured `base`; `lift` is how far it stands off what is behind it."""
        self.press()
        self._base, self._lift = base, lift
        self._scratch.fill((*base, 0))

    def cut(self, points: Sequence[Point], colour: RGB | None = None) -> None:
        """A filled shape, of the sheet's own colour if none is given."""
        ink = (*(colour or self._base), 255)
        self._touch(pygame.draw.polygon(self._scratch, ink, [self._pixel(point) for point in points]))

    def hole(self, points: Sequence[Point]) -> None:
        """A shape cut out of the sheet."""
        pygame.draw.polygon(self._scratch, (*self._base, 0), [self._pixel(point) for point in points])

    def disc(self, x: float, y: float, radius: float, colour: RGB | None = None) -> None:
        """A filled circle."""
        self.cut(arc(x, y, radius, radius, 0, 1, 40), colour)

    def bar(self, left: float, top: float, right: float, bottom: float, colour: RGB | None = None) -> None:
        """A filled upright rectangle."""
        self.cut([(left, top), (right, top), (right, bottom), (left, bottom)], colour)

    def stroke(self, points: Sequence[Point], start: float, end: float | None = None, colour: RGB | None = None) -> None:
        """A strip along the points, `start` wide at first and `end` wide at last, with round joints."""
        last = start if end is None else end
        total = max(1, len(points) - 1)
        for index, (a, b) in enumerate(pairwise(points)):
            wide = start + (last - start) * index / total
            narrow = start + (last - start) * (index + 1) / total
            self._segment(a, b, wide, narrow, colour)

    def _segment(self, a: Point, b: Point, wide: float, narrow: float, colour: RGB | None) -> None:
        dx, dy = b[0] - a[0], b[1] - a[1]
        length = max(1e-9, (dx * dx + dy * dy) ** 0.5)
        nx, ny = -dy / length / 2, dx / length / 2
        self.cut(
            [
                (a[0] + nx * wide, a[1] + ny * wide),
                (b[0] + nx * narrow, b[1] + ny * narrow),
                (b[0] - nx * narrow, b[1] - ny * narrow),
                (a[0] - nx * wide, a[1] - ny * wide),
            ],
            colour,
        )
        if narrow * self.size[1] > 1.5:
            self.cut(arc(b[0], b[1], narrow / 2, narrow / 2, 0, 1, 10), colour)

    def _pixel(self, point: Point) -> tuple[float, float]:
        x, y = self.spot(*point)
        return x * self.supersample, y * self.supersample

    def _touch(self, rect: pygame.Rect) -> None:
        if rect.width and rect.height:  # what lay off the sheet touched nothing
            self._dirty = rect if self._dirty is None else self._dirty.union(rect)

    def press(self) -> None:
        """Press the sheet in hand, if anything was cut from it, onto the layer."""
        if self._dirty is None:
            return
        step = self.supersample
        area = _aligned(self._dirty.inflate(4 * step, 4 * step).clip(self._scratch.get_rect()), step)
        self._dirty = None
        size = (area.width // step, area.height // step)
        flat = pygame.transform.smoothscale(self._scratch.subsurface(area), size)
        self._scratch.fill((*self._base, 0), area)
        place = (area.left // step, area.top // step)
        stencil = _stencil(flat)
        self._cast(stencil, place)
        texture.tiled(flat, texture.fibre(self.finish.fibre), pygame.BLEND_RGB_MULT, place)
        if self._lift:
            self._edge(flat, stencil)
        lay(self.layer, flat, place)

    def _cast(self, stencil: pygame.Surface, place: tuple[int, int]) -> None:
        """The soft shadow that a lifted sheet throws on what lies behind it."""
        reach = self._lift * self.size[1] / 60
        if self._lift <= 0 or reach < 1:
            return
        shrink = max(1, int(reach / 3))
        pad = int(reach * 2.2) // shrink + 1
        width, height = stencil.get_size()
        small = (max(1, width // shrink), max(1, height // shrink))
        dark = blank((small[0] + 2 * pad, small[1] + 2 * pad))
        dark.fill((255, 255, 255, 0))
        dark.blit(pygame.transform.smoothscale(stencil, small), (pad, pad))
        soft = max(1, round(reach / shrink * 0.6))
        dark = pygame.transform.box_blur(pygame.transform.box_blur(dark, soft), soft)
        dark.fill((*self.finish.shadow, round(255 * self.finish.shadow_strength)), special_flags=pygame.BLEND_RGBA_MULT)
        dark = pygame.transform.smoothscale(dark, (width + 2 * pad * shrink, height + 2 * pad * shrink))
        shift = (-self.finish.side * reach * 0.55, reach * 0.3)
        lay(self.layer, dark, (place[0] - pad * shrink + shift[0], place[1] - pad * shrink + shift[1]))

    def _edge(self, flat: pygame.Surface, stencil: pygame.Surface) -> None:
        """The thickness of the paper: a bright edge towards the light, a dark one away from it."""
        width = max(1, round(self.size[1] / 640))
        aside = width if self.finish.side >= 0 else -width
        bright = mix(self._base, self.finish.edge, 0.26 + 0.3 * value(self._base))
        dark = mix(self._base, self.finish.shadow, 0.45)
        flat.blit(_rim(stencil, (-aside, width), bright, 165), (0, 0))
        flat.blit(_rim(stencil, (aside, -width), dark, 130), (0, 0))


def _aligned(area: pygame.Rect, step: int) -> pygame.Rect:
    """The smallest rectangle round `area` whose corners are multiples of `step`."""
    left, top = area.left // step * step, area.top // step * step
    right, bottom = -(-area.right // step) * step, -(-area.bottom // step) * step
    return pygame.Rect(left, top, right - left, bottom - top)


def _stencil(surface: pygame.Surface) -> pygame.Surface:
    """The surface's alpha with every colour white."""
    stencil = surface.copy()
    stencil.fill((*WHITE, 0), special_flags=pygame.BLEND_RGBA_ADD)
    return stencil


def _rim(stencil: pygame.Surface, shift: tuple[int, int], colour: RGB, alpha: int) -> pygame.Surface:
    """What of the stencil its shifted self does not cover, in a colour."""
    rim = stencil.copy()
    rim.blit(stencil, shift, special_flags=pygame.BLEND_RGBA_SUB)
    rim.fill((*WHITE, 0), special_flags=pygame.BLEND_RGBA_ADD)
    rim.fill((*colour, alpha), special_flags=pygame.BLEND_RGBA_MULT)
    return rim
