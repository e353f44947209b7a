"""A place as layers of cut paper, back to front: sky or wall, far, middle, near, and the air before them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pygame

from game.packs.look import Palette, PlaceLook, Silhouette
from game.stage.paint import texture
from game.stage.paint.colour import RGB, inks, mix, rgb, value
from game.stage.paint.cutting import Cutting, Glow
from game.stage.paint.dice import Dice
from game.stage.paint.easel import Easel, Finish
from game.stage.paint.light import blank, glow, illuminate, lay, shaft, vignette
from game.stage.paint.line import Point
from game.stage.paint.silhouettes import cutter
from game.stage.paint.sky import fog_bank, hang_lamp, open_sky, room, sky_colours
from game.stage.paint.weather import FOG, fall

BLEED = 0.03
KEYS: Mapping[str, tuple[float, float, float]] = {
    "sun": (0.66, 0.24, 0.9),
    "low_sun": (0.64, 0.47, 1.0),
    "moon": (0.7, 0.2, 0.6),
    "lamp": (0.5, 0.22, 0.9),
    "window": (0.3, 0.28, 0.8),
    "fire": (0.5, 0.56, 1.0),
    "beam": (0.62, 0.16, 0.7),
    "neon": (0.4, 0.3, 0.8),
    "screens": (0.5, 0.46, 0.8),
    "dim": (0.45, 0.3, 0.35),
}


@dataclass(frozen=True, slots=True)
class Layer:
    """One sheet stack of a place. `surface` is `bleed` pixels larger than the place on every side, so that it may
    drift by that much; `depth` is 0 for the sky and 1 for what is nearest, for parallax. Its alpha is premultiplied:
    blit it with `special_flags=pygame.BLEND_PREMULTIPLIED`."""

    name: str
    surface: pygame.Surface
    depth: float
    bleed: int


@dataclass(frozen=True, slots=True)
class Band:
    """Where a band lies: its ground, the size of things in it, how much air is before it, its parallax."""

    name: str
    base: float
    scale: float
    veil: float
    depth: float


OUTSIDE = (Band("far", 0.585, 0.66, 0.5, 0.25), Band("middle", 0.665, 1.0, 0.16, 0.55), Band("near", 0.8, 1.45, 0.0, 0.9))
SHEDS_DAY = frozenset({"sun", "low_sun", "neon", "screens"})
WARM = frozenset({"sun", "low_sun", "lamp", "fire", "window"})
HOMELY = frozenset({"plaster", "panelling", "planks", "stone"})
CENTRED = frozenset({"lamp_room", "corridor", "servers", "soundstage"})
INSIDE = (Band("far", 0.655, 0.95, 0.1, 0.1), Band("middle", 0.725, 1.1, 0.04, 0.4), Band("near", 0.97, 1.6, 0.0, 0.85))


def paint_layers(palette: Palette, look: PlaceLook, size: tuple[int, int], seed: int) -> tuple[Layer, ...]:
    """The place as layers, back to front, each with premultiplied alpha; the first is opaque."""
    return tuple(_layers(palette, look, size, seed))


def paint_place(palette: Palette, look: PlaceLook, size: tuple[int, int], seed: int) -> pygame.Surface:
    """The place as one opaque picture of `size` pixels: its layers, laid over one another."""
    picture = blank(size)
    for layer in _layers(palette, look, size, seed):
        picture.blit(layer.surface, (-layer.bleed, -layer.bleed), special_flags=pygame.BLEND_PREMULTIPLIED)
    return picture


def _layers(palette: Palette, look: PlaceLook, size: tuple[int, int], seed: int) -> Iterator[Layer]:
    bleed = round(size[0] * BLEED)
    key, strength = _key(look, size)
    haze = _haze(palette, look)
    easel = Easel(size, bleed, _finish(palette, look, key, size))
    dice = Dice(seed, "place")
    easel.new_layer()
    backdrop = room if look.indoors else open_sky
    backdrop(easel, palette, look.sky, key, strength, _light(palette, look), dice.fork("sky"))
    if look.indoors and look.light.kind == "lamp":
        hang_lamp(easel, palette, key)
    _disc(easel, palette, look, key)
    yield Layer("sky", easel.layer, 0.0, bleed)
    for band in INSIDE if look.indoors else OUTSIDE:
        if getattr(look, band.name):
            surface = _band(easel, palette, look, band, key, haze, dice.fork(band.name))
            yield Layer(band.name, surface, band.depth, bleed)
    yield Layer("air", _air(easel, palette, look, key, strength, haze, dice.fork("air")), 1.0, bleed)


def _key(look: PlaceLook, size: tuple[int, int]) -> tuple[Point, float]:
    at, height, strength = KEYS[look.light.kind]
    at = at if look.light.at is None else look.light.at
    height = height if look.light.height is None else look.light.height
    return (at * size[0] / size[1], height), strength * look.light.strength


def _light(palette: Palette, look: PlaceLook) -> RGB:
    """The colour of the key light in the air: the glow itself in a room or by day, a pale cool light under the moon.

    Out of doors a lamp does not colour the sky; it stands out against it.
    """
    if look.light.kind in WARM and (look.indoors or look.light.kind in SHEDS_DAY):
        return mix(rgb(palette.glow), rgb(palette.accent), 0.24)
    if look.indoors or look.light.kind in SHEDS_DAY:
        return rgb(palette.glow)
    return mix(mix(rgb(palette.paper), rgb(palette.sky_low), 0.55), rgb(palette.glow), 0.12)


def _haze(palette: Palette, look: PlaceLook) -> RGB:
    if look.indoors:
        return mix(rgb(palette.middle), rgb(palette.glow), 0.22)
    _, low = sky_colours(look.sky, palette, _light(palette, look))
    return mix(low, _light(palette, look), 0.1)


def _finish(palette: Palette, look: PlaceLook, key: Point, size: tuple[int, int]) -> Finish:
    side = 1.0 if key[0] > size[0] / size[1] / 2 else -1.0
    edge = mix(rgb(palette.paper), rgb(palette.glow), 0.5)
    return Finish(rgb(palette.ink), edge, side, fibre=round(18 + 30 * look.grain))


def _disc(easel: Easel, palette: Palette, look: PlaceLook, key: Point) -> None:
    """The sun or the moon itself, as a disc of paper."""
    radius = {"sun": 0.05, "low_sun": 0.075, "moon": 0.052}.get(look.light.kind)
    if radius is None or look.indoors:
        return
    pale = mix(rgb(palette.paper), rgb(palette.glow), 0.25 if look.light.kind == "moon" else 0.7)
    glow(easel.layer, easel.spot(*key), radius * 5 * easel.size[1], pale, 0.55)
    easel.sheet(pale, 0.0)
    easel.disc(*key, radius)
    if look.light.kind == "moon":
        for dx, dy, r in ((-0.3, -0.2, 0.2), (0.25, 0.1, 0.28), (-0.1, 0.45, 0.16), (0.35, -0.42, 0.12)):
            easel.disc(key[0] + dx * radius, key[1] + dy * radius, r * radius, mix(pale, rgb(palette.sky_low), 0.3))
    easel.press()


def _band(easel: Easel, palette: Palette, look: PlaceLook, band: Band, key: Point, haze: RGB, dice: Dice) -> pygame.Surface:
    surface = easel.new_layer()
    veil = min(0.85, band.veil * (1.0 + 0.5 * FOG.get(look.weather, 0.0)))
    colours = inks(palette, band.name, haze, veil, wood=0.34 if look.sky in HOMELY and band.name != "near" else 0.0)
    lights: list[Glow] = []
    shapes: tuple[Silhouette, ...] = getattr(look, band.name)
    for index, shape in enumerate(shapes):
        own = dice.fork(f"{index}/{shape.shape}/{shape.seed}")
        cutting = Cutting(
            easel, colours, own, band.name, _position(shape, index, band, key, easel.aspect, own), band.base,
            band.scale * shape.size, look.indoors, key, shape.at is not None,
        )  # fmt: skip
        cutter(shape.shape)(cutting)
        easel.press()
        lights += cutting.glows
    _lit_by_key(easel, palette, look, band, key)
    _shed(easel, rgb(palette.glow), lights)
    _bank(easel, look, band, haze)
    return surface


def _lit_by_key(easel: Easel, palette: Palette, look: PlaceLook, band: Band, key: Point) -> None:
    """What the key light does to a band's paper: much in a room, a little in the open, least to what is near."""
    strength = KEYS[look.light.kind][2] * look.light.strength
    share = {"far": 0.75, "middle": 0.65, "near": 0.3}[band.name] * (1.0 if look.indoors else 0.5)
    reach = (0.95 if look.indoors else 0.8) * easel.size[1]
    illuminate(easel.layer, easel.spot(*key), reach, _light(palette, look), share * strength)


def _position(shape: Silhouette, index: int, band: Band, key: Point, aspect: float, dice: Dice) -> float:
    """Where the author put it, or else on a third: by the light when far, against it when near."""
    if shape.at is not None:
        return shape.at * aspect
    if shape.shape in CENTRED:
        return 0.5 * aspect
    lit = 0.68 if key[0] > aspect / 2 else 0.32
    thirds = {"far": (lit, 1 - lit), "middle": (1 - lit, lit), "near": (0.13, 0.87)}[band.name]
    return (thirds[index % 2] + dice.between(-0.03, 0.03)) * aspect


def _shed(easel: Easel, colour: RGB, lights: list[Glow]) -> None:
    for light in lights:
        place = easel.spot(light.x, light.y)
        if light.beam:
            a, b = easel.spot(*light.beam[0]), easel.spot(*light.beam[1])
            thick = light.radius * easel.size[1] * 0.5
            shaft(easel.layer, [(place[0], place[1] - thick), a, b, (place[0], place[1] + thick)], colour, light.strength)
            continue
        reach = light.radius * easel.size[1]
        illuminate(easel.layer, place, reach * 1.5, colour, light.strength * 0.4)
        glow(easel.layer, place, reach, colour, light.strength * 0.36)
        glow(easel.layer, place, reach * 0.35, mix(colour, (255, 255, 255), 0.35), light.strength)


def _bank(easel: Easel, look: PlaceLook, band: Band, haze: RGB) -> None:
    """The air that gathers at the foot of a band, always a little out of doors."""
    thick = FOG.get(look.weather, 0.0) * (0.5 if look.indoors else 1.0)
    strength = thick * {"far": 0.82, "middle": 0.75, "near": 0.12}[band.name]
    if not look.indoors:
        strength = max(strength, {"far": 0.5, "middle": 0.28, "near": 0.0}[band.name])
    if strength > 0:
        top = band.base - 0.02 - 0.1 * thick
        foot = 0.8 if band.name == "far" else 0.3
        lay(easel.layer, fog_bank(easel.full, haze, top, strength, f"{look.weather}/{band.name}", foot))


def _air(easel: Easel, palette: Palette, look: PlaceLook, key: Point, strength: float, haze: RGB, dice: Dice) -> pygame.Surface:
    surface = blank(easel.full)
    light, ink = _light(palette, look), rgb(palette.ink)
    pale = mix(haze, rgb(palette.paper), 0.6 if value(haze) < 0.5 else 0.3)
    _rays(easel, surface, look, key, light, strength)
    glow(surface, easel.spot(*key), 0.62 * easel.size[1], light, (0.08 if look.indoors else 0.14) * strength)
    fall(surface, look.weather, mix(haze, pale, 0.25) if look.weather in ("fog", "mist") else pale, light, dice)
    vignette(surface, (key[0] / easel.aspect * 0.55 + 0.22, min(0.55, key[1] * 0.5 + 0.25)), 0.62, ink)
    texture.tiled(surface, texture.grain(round(14 * look.grain)), pygame.BLEND_RGBA_ADD)
    return surface


def _rays(easel: Easel, surface: pygame.Surface, look: PlaceLook, key: Point, light: RGB, strength: float) -> None:
    """Shafts: from a window across the room, from a beam, from a low sun between clouds."""
    away = 1.0 if key[0] < easel.aspect / 2 else -1.0
    fans: Mapping[str, tuple[tuple[float, float, float], ...]] = {
        "window": ((0.28, 0.62, 0.11), (0.5, 0.6, 0.1)),
        "beam": ((0.2, 0.75, 0.13), (-0.25, 0.75, 0.1)),
        "low_sun": ((0.62, -0.3, 0.07), (0.24, -0.5, 0.06), (-0.3, -0.42, 0.07)),
        "lamp": ((0.0, 0.55, 0.3),) if look.indoors else (),
    }
    for run, drop, half in fans.get(look.light.kind, ()):
        end = (key[0] + away * run, key[1] + drop)
        corners = [(key[0] - half * 0.3, key[1]), (end[0] - half, end[1]), (end[0] + half, end[1]), (key[0] + half * 0.3, key[1])]
        shaft(
            surface,
            [easel.spot(*corner) for corner in corners],
            light,
            (0.18 if look.light.kind == "low_sun" else 0.3) * strength,
        )
