"""Sheets of paper for windows, slips and tabs: cut by hand, lying on one another, casting soft shadows. Cut once, then kept."""

from __future__ import annotations

from collections import OrderedDict
from functools import lru_cache
from math import sin
from random import Random
from typing import NamedTuple

import pygame

from game.stage.paint import texture
from game.stage.theme import RGB, mix

KEPT = 10 * 2**20
"""Bytes of sheets kept, at one pixel a unit."""


TILE = 352
DEPTH = 20
"""How much darker than white the darkest fibre is, of 255."""


class Cut(NamedTuple):
    """What a sheet is: its size in pixels, its colour, how deep its shadow is (pixels), its edge, its number, pixels a unit.

    `edge`: `cut` by scissors, `ruled` straight, or `wave`, with a long swing above, as a hill is cut; `torn` by hand below, or
    `torn above`: of two with one number and one width, each is the other's.
    """

    size: tuple[int, int]
    colour: RGB
    lift: int
    edge: str = "cut"
    seed: int = 0
    unit: float = 1.0


class Drawer:
    """Sheets by what they are."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Cut, pygame.Surface] = OrderedDict()
        self._bytes = 0
        self._dusk: tuple[object, pygame.Surface] | None = None

    def dusk(self, size: tuple[int, int], colour: RGB, alpha: int) -> pygame.Surface:
        """A darkness that fades from left to right, of `size` pixels."""
        key = (size, colour, alpha)
        if self._dusk is None or self._dusk[0] != key:
            row = pygame.Surface((6, 2), pygame.SRCALPHA, 32)
            for x, share in enumerate((1.0, 0.92, 0.5, 0.1, 0.0, 0.0)):
                row.fill((*colour, round(alpha * share)), (x, 0, 1, 2))
            self._dusk = (key, pygame.transform.smoothscale(row, size))
        return self._dusk[1]

    def take(self, cut: Cut) -> pygame.Surface:
        """The sheet with its shadow, premultiplied, larger by `margin(cut.lift)` on every side."""
        found = self._kept.get(cut)
        if found is None:
            found = self._kept[cut] = _make(cut)
            self._bytes += _weight(found)
            while self._bytes > KEPT * cut.unit**2 and len(self._kept) > 1:
                self._bytes -= _weight(self._kept.popitem(last=False)[1])
        else:
            self._kept.move_to_end(cut)
        return found


def margin(lift: int) -> int:
    """How much larger a sheet's picture is than the sheet, on every side."""
    return 3 * lift + 8


def _weight(surface: pygame.Surface) -> int:
    return surface.get_width() * surface.get_height() * 4


def _make(cut: Cut) -> pygame.Surface:
    edge = margin(cut.lift)
    full = (cut.size[0] + 2 * edge, cut.size[1] + 2 * edge)
    outline = [(x + edge, y + edge) for x, y in _outline(cut)]
    sheet = pygame.Surface(full, pygame.SRCALPHA, 32)
    sheet.fill((0, 0, 0, 0))
    if cut.lift:
        _shadow(sheet, outline, cut.lift)
    sheet.blit(_paper(full, outline, cut), (0, 0), special_flags=pygame.BLEND_PREMULTIPLIED)
    return sheet


def _paper(full: tuple[int, int], outline: Outline, cut: Cut) -> pygame.Surface:
    """The sheet itself, premultiplied: fibrous, its upper edge lit, its lower edge in shade."""
    paper = pygame.Surface(full, pygame.SRCALPHA, 32)
    paper.fill((*cut.colour, 255))
    if cut.edge != "ruled":
        texture.tiled(paper, _fibre(), pygame.BLEND_RGB_MULT, (cut.seed * 97, cut.seed * 31))
        _rim(paper, outline, cut)
    paper.blit(_mask(full, outline), (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
    return paper


@lru_cache(maxsize=1)
def _fibre() -> pygame.Surface:
    """A small tile of fine paper, to multiply with; mirrored, so without seams. It is made before the first frame: be quick."""
    half = TILE // 2
    fine = texture.noise(half, half, "sheet")
    soft = pygame.transform.smoothscale(texture.noise(half // 2, half // 2, "felt"), (half, half))
    coarse = pygame.transform.smoothscale(texture.noise(half // 7, half // 5, "pulp"), (half, half))
    quarter = texture.squeezed(pygame.transform.average_surfaces([fine, soft, soft, coarse]), 255 - DEPTH, 255)
    tile = pygame.Surface((TILE, TILE), pygame.SRCALPHA, 32)
    for across, down in ((0, 0), (1, 0), (0, 1), (1, 1)):
        tile.blit(pygame.transform.flip(quarter, bool(across), bool(down)), (across * half, down * half))
    return tile


def _rim(paper: pygame.Surface, outline: Outline, cut: Cut) -> None:
    """The thickness of the paper: light falls on its upper edges, not on its lower ones."""
    light, dark = mix(cut.colour, (255, 255, 255), 0.5), mix(cut.colour, (0, 0, 0), 0.25)
    for (ax, ay), (bx, by) in zip(outline, [*outline[1:], outline[0]], strict=True):
        if abs(bx - ax) > abs(by - ay):
            colour, inward = (light, 1) if bx > ax else (dark, -1)
            for n in range(max(1, round(cut.unit))):
                shift = inward * (0.6 + n)
                pygame.draw.aaline(paper, colour, (ax, ay + shift), (bx, by + shift))


def _mask(full: tuple[int, int], outline: Outline) -> pygame.Surface:
    """White within the outline and nothing outside, with soft edges: cut large, made small."""
    large = 3 if full[0] * full[1] < 400_000 else 2
    mask = pygame.Surface((full[0] * large, full[1] * large), pygame.SRCALPHA, 32)
    mask.fill((0, 0, 0, 0))
    pygame.draw.polygon(mask, (255, 255, 255, 255), [(x * large, y * large) for x, y in outline])
    return pygame.transform.smoothscale(mask, full)


def _shadow(sheet: pygame.Surface, outline: Outline, lift: int) -> None:
    """Soft, and a little below the sheet. A deep one is blurred small and enlarged, which is soft enough and quick."""
    small = 1 if lift <= 3 else 2 if lift <= 8 else 4
    size = (-(-sheet.get_width() // small), -(-sheet.get_height() // small))
    dark = pygame.Surface(size, pygame.SRCALPHA, 32)
    dark.fill((0, 0, 0, 0))
    pygame.draw.polygon(dark, (0, 0, 0, 140), [(x / small, (y + lift * 0.7) / small) for x, y in outline])
    blurred = pygame.transform.gaussian_blur(dark, max(1, round(lift / small)), repeat_edge_pixels=False)
    sheet.blit(pygame.transform.smoothscale(blurred, sheet.get_size()), (0, 0), special_flags=pygame.BLEND_PREMULTIPLIED)


Outline = list[tuple[float, float]]


def _outline(cut: Cut) -> Outline:
    """The sheet's edge, clockwise from the top left."""
    width, height = cut.size
    if cut.edge == "ruled":
        return [(0, 0), (width, 0), (width, height), (0, height)]
    if cut.edge == "wave":
        return [*_wave(cut), (width, height), (0, height)]
    if cut.edge == "torn":
        return [(0, 0), (width, 0), *((x, height - y) for x, y in reversed(_tear(cut)))]
    if cut.edge == "torn above":
        return [*((x, _DEEP * cut.unit - y) for x, y in _tear(cut)), (width, height), (0, height)]
    dice = Random(f"{cut.seed}/{round(width / cut.unit)}/{round(height / cut.unit)}")
    top, right, below, left = (_side(dice, length, cut.unit) for length in (width, height, width, height))
    return [
        *((at, off) for at, off in top),
        *((width - off, at) for at, off in right),
        *((width - at, height - off) for at, off in below),
        *((off, height - at) for at, off in left),
    ]


def _side(dice: Random, length: int, unit: float) -> Outline:
    """Points along one side, a cut of the scissors apart: how far along, how far inwards."""
    count = max(1, round(length / (90 * unit)))
    inner = [((n + dice.uniform(-0.3, 0.3)) * length / count, dice.uniform(0, 2.2) * unit) for n in range(1, count)]
    return [(dice.uniform(0.5, 2.0) * unit, dice.uniform(0, 1.5) * unit), *inner]


_DEEP = 34.0
"""How far a tear goes up and down, in logical units."""


def _tear(cut: Cut) -> Outline:
    """The line along which paper gives way: it wanders, and has fibres. How far across, and how far in from the lower edge."""
    dice = Random(f"tear/{cut.seed}")
    points = max(8, round(cut.size[0] / (5 * cut.unit)))
    level, out = 0.5, []
    for n in range(points + 1):
        level = min(1.0, max(0.0, level + dice.uniform(-0.16, 0.16)))
        out.append((n / points * cut.size[0], (level * (_DEEP - 5) + dice.uniform(0, 5)) * cut.unit))
    return out


def _wave(cut: Cut) -> Outline:
    """A long, slow swing from left to right, in short straight cuts."""
    dice = Random(cut.seed)
    swings = [(dice.uniform(0.35, 0.8), 5.5), (dice.uniform(1.1, 1.9), 2.6), (dice.uniform(2.6, 3.8), 1.1)]
    starts = [dice.uniform(0, 6.3) for _ in swings]
    points = max(8, round(cut.size[0] / (17 * cut.unit)))
    out: Outline = []
    for n in range(points + 1):
        x = n / points
        y = sum(reach * (1 + sin(x * 6.3 * pace + start)) for (pace, reach), start in zip(swings, starts, strict=True))
        out.append((x * cut.size[0], (y + dice.uniform(0, 0.7)) * cut.unit))
    return out
