"""Paper: fibres, grain and drifting cloud, as small tiles made once and laid over whatever was cut."""

from __future__ import annotations

from functools import lru_cache
from hashlib import shake_128

import pygame

from game.stage.paint.dice import Dice

TILE = 512


def noise(width: int, height: int, seed: str) -> pygame.Surface:
    """Grey noise, every pixel drawn alone, as an opaque 32-bit surface."""
    grey = shake_128(seed.encode()).digest(width * height)
    pixels = bytearray(b"\xff") * (width * height * 4)
    pixels[0::4] = pixels[1::4] = pixels[2::4] = grey
    return pygame.image.frombytes(bytes(pixels), (width, height), "RGBA")


def squeezed(surface: pygame.Surface, low: int, high: int) -> pygame.Surface:
    """The same surface with its greys (0..255) moved into low..high."""
    span = high - low
    surface.fill((span, span, span, 255), special_flags=pygame.BLEND_RGBA_MULT)
    surface.fill((low, low, low, 0), special_flags=pygame.BLEND_RGBA_ADD)
    return surface


@lru_cache(maxsize=4)
def fibre(depth: int) -> pygame.Surface:
    """A tile of paper to multiply with: `depth` (0..60) is how far the darkest fibre falls below white."""
    fine = pygame.transform.box_blur(noise(TILE, TILE, "fine"), 1)
    coarse = pygame.transform.smoothscale(noise(TILE // 4, TILE // 3, "coarse"), (TILE, TILE))
    sheet = pygame.transform.average_surfaces([fine, fine, coarse])
    sheet = squeezed(_stretched(sheet), 255 - depth, 255)
    _strands(sheet, depth)
    return sheet


def _stretched(surface: pygame.Surface) -> pygame.Surface:
    """More contrast about the middle grey."""
    surface.fill((64, 64, 64, 0), special_flags=pygame.BLEND_RGBA_SUB)
    surface.blit(surface.copy(), (0, 0), special_flags=pygame.BLEND_RGB_ADD)
    return surface


def _strands(sheet: pygame.Surface, depth: int) -> None:
    dice = Dice("strands")
    for _ in range(150):
        x, y = dice.between(0, TILE), dice.between(0, TILE)
        bend, run = dice.between(-4, 4), dice.between(6, 22)
        level = 255 - int(depth * dice.between(0.0, 1.1))
        points = [(x, y), (x + run * 0.5, y + bend), (x + run, y + bend * 0.3)]
        pygame.draw.aalines(sheet, (level, level, level), False, points)


@lru_cache(maxsize=4)
def grain(amplitude: int) -> pygame.Surface:
    """A tile of film grain to add (RGBA) to a premultiplied surface: light specks up to `amplitude`, dark ones too."""
    light, dark = noise(256, 256, "light"), noise(256, 256, "dark")
    pixels = bytearray(pygame.image.tobytes(squeezed(light, 0, amplitude), "RGBA"))
    pixels[3::4] = pygame.image.tobytes(squeezed(dark, 0, amplitude * 2), "RGBA")[0::4]
    return pygame.image.frombytes(bytes(pixels), (256, 256), "RGBA")


def tiled(target: pygame.Surface, tile: pygame.Surface, flag: int, offset: tuple[int, int] = (0, 0)) -> None:
    """Lay a tile over the whole target with a blend flag."""
    width, height = tile.get_size()
    across, down = target.get_size()
    for x in range(-(offset[0] % width), across, width):
        for y in range(-(offset[1] % height), down, height):
            target.blit(tile, (x, y), special_flags=flag)  # one by one, so that other threads get their turn between


def cloud(size: tuple[int, int], seed: str, cell: float = 0.16) -> pygame.Surface:
    """Soft drifting cloud: greys over the whole size; `cell` is the widest billow as a share of the height."""
    width, height = size
    layers: list[pygame.Surface] = []
    for octave in range(3):
        rows = max(3, int((2**octave) / cell * 0.9))
        columns = max(3, int(rows * width / height * 0.45))
        small = pygame.transform.smoothscale(noise(columns, rows, f"{seed}/{octave}"), (width // 4, height // 4))
        layers += [small] * (3 - octave)
    return pygame.transform.smoothscale(pygame.transform.average_surfaces(layers), size)
