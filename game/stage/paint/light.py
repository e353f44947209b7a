"""Light and air: gradients, glows, shafts, vignette. Everything here is soft, so it is painted small and enlarged.

Layers are kept with premultiplied alpha: only so do many soft sheets stack without dark fringes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise
from math import hypot

import pygame

from game.stage.paint.colour import RGB, mix

Size = tuple[int, int]
Stop = tuple[float, RGB]


def blank(size: Size) -> pygame.Surface:
    """A transparent 32-bit surface that needs no display."""
    return pygame.Surface(size, pygame.SRCALPHA, 32)


def lay(target: pygame.Surface, straight: pygame.Surface, place: tuple[float, float] = (0, 0)) -> None:
    """Lay a surface with straight alpha, which is used up, over a premultiplied target."""
    straight.premul_alpha_ip()
    target.blit(straight, place, special_flags=pygame.BLEND_PREMULTIPLIED)


def tinted(greys: pygame.Surface, colour: RGB) -> pygame.Surface:
    """A colour whose (straight) alpha is the greys of a surface."""
    levels = pygame.image.tobytes(greys, "RGBA")[0::4]
    pixels = bytearray(bytes((*colour, 255)) * len(levels))
    pixels[3::4] = levels
    return pygame.image.frombytes(bytes(pixels), greys.get_size(), "RGBA")


def gradient(size: Size, stops: Sequence[Stop]) -> pygame.Surface:
    """A vertical gradient through the stops, which are (0..1 from the top, colour) in order."""
    strip = blank((1, 256))
    for row in range(256):
        strip.set_at((0, row), (*_along(stops, row / 255), 255))
    return pygame.transform.smoothscale(pygame.transform.scale(strip, (8, 256)), size)


def _along(stops: Sequence[Stop], at: float) -> RGB:
    for (start, a), (end, b) in pairwise(stops):
        if at <= end:
            return mix(a, b, max(0.0, (at - start) / max(1e-6, end - start)))
    return stops[-1][1]


def field(size: Size, shade: Callable[[float, float], tuple[int, int, int, int]]) -> pygame.Surface:
    """A soft picture: `shade(u, v)` gives RGBA for u, v in 0..1, sampled coarsely and enlarged."""
    columns, rows = 48, 32
    small = blank((columns, rows))
    for row in range(rows):
        for column in range(columns):
            small.set_at((column, row), shade(column / (columns - 1), row / (rows - 1)))
    return pygame.transform.smoothscale(small, size)


@lru_cache(maxsize=1)
def _halo() -> pygame.Surface:
    """A round white falloff: opaque at its heart, nothing at its rim."""
    size = 192
    disc = blank((size, size))
    disc.fill((255, 255, 255, 0))
    for ring in range(size // 2, 0, -1):
        level = (1 - ring / (size / 2)) ** 2.1
        pygame.draw.circle(disc, (255, 255, 255, round(255 * level)), (size / 2, size / 2), ring)
    return pygame.transform.box_blur(disc, 2)


def glow(target: pygame.Surface, centre: tuple[float, float], radius: float, colour: RGB, strength: float) -> None:
    """Lay a round glow over the target; `strength` (0..1) is how much of the colour its heart has.

    Half of it covers and half of it adds, so that light stays light over dark paper and does not burn out pale paper.
    """
    if radius < 1 or strength <= 0:
        return
    halo = pygame.transform.smoothscale(_halo(), (int(radius * 2), int(radius * 2)))
    halo.fill((*colour, round(255 * min(1.0, strength))), special_flags=pygame.BLEND_RGBA_MULT)
    halo.premul_alpha_ip()
    halo.fill((255, 255, 255, 150), special_flags=pygame.BLEND_RGBA_MULT)
    target.blit(halo, (centre[0] - radius, centre[1] - radius), special_flags=pygame.BLEND_PREMULTIPLIED)


def illuminate(target: pygame.Surface, centre: tuple[float, float], radius: float, colour: RGB, strength: float) -> None:
    """Let light of a colour fall on what is there, within the radius: paper answers in its own colour, air does not.

    `strength` 1 doubles the brightness at the heart of a white light. Works on premultiplied layers; alpha is kept.
    """
    area = pygame.Rect(int(centre[0] - radius), int(centre[1] - radius), int(radius * 2), int(radius * 2))
    seen = area.clip(target.get_rect())
    if radius < 1 or strength <= 0 or not seen.width or not seen.height:
        return
    fall = pygame.transform.smoothscale(_falloff(), area.size)
    lit = target.subsurface(seen).copy()
    lit.fill(tuple(min(255, round(part * strength)) for part in colour), special_flags=pygame.BLEND_RGB_MULT)
    lit.blit(fall, (area.left - seen.left, area.top - seen.top), special_flags=pygame.BLEND_RGB_MULT)
    target.blit(lit, seen, special_flags=pygame.BLEND_RGB_ADD)


@lru_cache(maxsize=1)
def _falloff() -> pygame.Surface:
    """The halo as greys."""
    greys = blank(_halo().get_size())
    greys.fill((0, 0, 0, 255))
    greys.blit(_halo(), (0, 0))
    return greys


def shaft(target: pygame.Surface, points: Sequence[tuple[float, float]], colour: RGB, strength: float) -> None:
    """Lay a shaft of light: points 0 and 3 are its source, 1 and 2 its far end, where it has faded away."""
    width, height = target.get_size()
    shrink = max(2, height // 180)
    small = blank((width // shrink, height // shrink))
    small.fill((*colour, 0))
    near_a, far_a, far_b, near_b = [(x / shrink, y / shrink) for x, y in points]
    steps = 32
    for step in range(steps):
        a, b = step / steps, (step + 1) / steps
        quad = [_lerp(near_a, far_a, a), _lerp(near_a, far_a, b), _lerp(near_b, far_b, b), _lerp(near_b, far_b, a)]
        pygame.draw.polygon(small, (*colour, round(255 * strength * (1 - a) ** 1.4)), quad)
    soft = pygame.transform.gaussian_blur(small, 2)
    lay(target, pygame.transform.smoothscale(soft, (width, height)))


def _lerp(a: tuple[float, float], b: tuple[float, float], t: float) -> tuple[float, float]:
    return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t


def vignette(target: pygame.Surface, centre: tuple[float, float], strength: float, tint: RGB) -> None:
    """Darken away from the centre (0..1 across and down), most at the far corners."""

    def shade(u: float, v: float) -> tuple[int, int, int, int]:
        away = min(1.0, max(0.0, hypot((u - centre[0]) * 0.95, (v - centre[1]) * 0.9) - 0.25) / 0.75)
        return (*tint, round(255 * strength * away**1.4))

    lay(target, field(target.get_size(), shade))
