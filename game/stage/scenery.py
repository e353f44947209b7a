"""What stands behind the text: the place in its drifting layers, and the portraits of those who are there.

Owns how they come, go, turn and fade. All of it is a function of when things changed, so a skipped frame changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import sin
from typing import Final

import pygame

from game.packs import Pack
from game.stage.box import HEIGHT, STAGE, WIDTH, Box
from game.stage.canvas import Canvas
from game.stage.paint import Layer
from game.stage.pictures import ground
from game.stage.screen import View
from game.stage.widgets import Widget

BUST: Final = 470
"""The height of a portrait, in logical units."""
ASPECT: Final = 0.92

CROSS_FADE, ENTRANCE, TURN_OF_FACE, WALK, DRIFT = 0.9, 0.5, 0.3, 0.7, 5.0
"""Seconds for: one place to become another, someone to come or go, a face to change, a step aside, the camera to settle."""

STANDING: Final[Mapping[int, Sequence[float]]] = {1: (0.63,), 2: (0.3, 0.71), 3: (0.2, 0.5, 0.8), 4: (0.15, 0.38, 0.62, 0.85)}
ASIDE: Final[Mapping[int, Sequence[float]]] = {1: (0.25,), 2: (0.16, 0.37), 3: (0.12, 0.26, 0.4), 4: (0.1, 0.2, 0.31, 0.42)}
"""Where the middles of one to four portraits stand, in widths of the stage: while reading, and beside the choices."""


Dim = Callable[[pygame.Surface], pygame.Surface]


@dataclass
class _Flat:
    """The layers, laid together for one camera position."""

    key: tuple[object, ...]
    surface: pygame.Surface


@dataclass
class Backdrop:
    """One place after another, filling the window. What is below `foot` (logical units) is covered by something else."""

    foot: float = HEIGHT
    _layers: tuple[Layer, ...] | None = None
    _areas: tuple[pygame.Rect, ...] = ()
    _flat: _Flat | None = None
    _before: pygame.Surface | None = None
    _since: float = -60.0
    _camera: tuple[float, float, float] = (0.0, 0.0, -60.0)

    def look_at(self, view: View, target: float) -> None:
        """Let the camera drift to `target` (-1 to 1, left to right)."""
        if view.still:
            target = 0.0
        if target != self._camera[1]:
            self._camera = (self._at(view.now), target, view.now)

    def widget(self, view: View, pack: Pack, place: str, name: str) -> Widget:
        """The place as it is seen now."""
        layers = view.pictures.backdrop(pack, place)
        if layers is not None and layers is not self._layers:
            self._before = self._flat.surface if self._flat else None
            self._layers, self._flat, self._since = layers, None, view.now
            self._areas = tuple(layer.surface.get_bounding_rect() for layer in layers)
        if self._layers:
            view.fade(self._since, CROSS_FADE)
            view.fade(self._camera[2], 0 if view.still else DRIFT)
        camera, share = self._at(view.now), min(1.0, (view.now - self._since) / CROSS_FADE)
        return Widget("image", name, STAGE, look=lambda canvas, _: self._paint(canvas, pack, camera, share))

    def _at(self, now: float) -> float:
        start, target, since = self._camera
        share = max(0.0, min(1.0, (now - since) / DRIFT))
        return start + (target - start) * share * share * (3 - 2 * share)

    def _paint(self, canvas: Canvas, pack: Pack, camera: float, share: float) -> None:
        target = canvas.surface
        if self._layers is None:
            target.blit(self._ground(pack, target.get_size()), (0, 0))
            return
        target.blit(self._laid(target.get_size(), camera), (0, 0))
        if share < 1:
            before = self._fitting(self._before, target.get_size()) or self._ground(pack, target.get_size())
            before.set_alpha(round(255 * (1 - share)))
            target.blit(before, (0, 0))
        else:
            self._before = None

    def _laid(self, size: tuple[int, int], camera: float) -> pygame.Surface:
        assert self._layers
        step = max(1, round(size[0] / WIDTH))
        offsets = tuple(step * round(layer.bleed * (1 - 0.9 * camera * layer.depth) / step) for layer in self._layers)
        key = (size, offsets, self.foot)
        if self._flat is None or self._flat.key != key:
            flat = pygame.Surface(size, 0, 32) if self._flat is None else self._flat.surface
            if flat.get_size() != size:
                flat = pygame.Surface(size, 0, 32)
            self._lay(flat, offsets)
            self._flat = _Flat(key, flat)
        return self._flat.surface

    def _lay(self, flat: pygame.Surface, offsets: tuple[int, ...]) -> None:
        """The layers over one another; stretched while those for a new window size are still being painted."""
        assert self._layers
        flat.set_clip((0, 0, flat.get_width(), round(self.foot * flat.get_height() / HEIGHT)))
        for layer, x, area in zip(self._layers, offsets, self._areas, strict=True):
            sheet, bleed = layer.surface, layer.bleed
            width, height = sheet.get_width() - 2 * bleed, sheet.get_height() - 2 * bleed
            if (width, height) == flat.get_size():
                flat.blit(sheet, (area.x - x, area.y - bleed), area, special_flags=pygame.BLEND_PREMULTIPLIED)
            else:
                part = sheet.subsurface((bleed, bleed, width, height))
                flat.blit(pygame.transform.scale(part, flat.get_size()), (0, 0), special_flags=pygame.BLEND_PREMULTIPLIED)

    def _ground(self, pack: Pack, size: tuple[int, int]) -> pygame.Surface:
        if self._before is None or self._before.get_size() != size:
            self._before = ground(pack.palette, size)
        return self._before

    def _fitting(self, surface: pygame.Surface | None, size: tuple[int, int]) -> pygame.Surface | None:
        return surface if surface and surface.get_size() == size else None


@dataclass
class Actor:
    """One who is on the stage: since when, till when, and where from and to they walk."""

    came: float
    left: float | None = None
    walk: tuple[float, float, float] | None = None
    face: pygame.Surface | None = None
    former: pygame.Surface | None = None
    turned: float = -60.0
    lit: bool = True
    light: float = -60.0

    def show(self, face: pygame.Surface | None, now: float) -> None:
        if face is not None and face is not self.face:
            self.former, self.face, self.turned = self.face, face, now

    def go(self, x: float, now: float) -> None:
        if self.walk is None:
            self.walk = (x, x, now - WALK)
        elif x != self.walk[1]:
            self.walk = (self.where(now), x, now)

    def where(self, now: float) -> float:
        start, goal, since = self.walk or (0.5, 0.5, 0.0)
        share = max(0.0, min(1.0, (now - since) / WALK))
        return start + (goal - start) * share * share * (3 - 2 * share)

    def turn_light(self, lit: bool, now: float) -> None:
        if lit != self.lit:
            self.lit, self.light = lit, now


@dataclass
class Company:
    """Those who are there, with their portraits."""

    _actors: dict[str, Actor] = field(default_factory=dict)

    def widgets(
        self, view: View, pack: Pack, faces: Mapping[str, str], speaker: str | None, aside: bool, foot: float
    ) -> tuple[Widget, ...]:
        """Their portraits, the speaker's last, standing on `foot` (logical units from the top).

        `faces` are those present and their expressions; `aside` makes room on the right.
        """
        self._call(faces, pack, view.now)
        present = sorted(
            (name for name in faces if name in self._actors), key=lambda name: pack.cast[name].look.facing != "right"
        )
        spots = (ASIDE if aside else STANDING).get(len(present[:4]), ())
        for name, spot in zip(present, spots, strict=False):
            self._actors[name].go(spot, view.now)
        for name, actor in self._actors.items():
            wanted = view.pictures.bust(pack, name, faces.get(name, "neutral"), BUST)
            actor.show(wanted or (view.pictures.bust(pack, name, "neutral", BUST) if actor.face is None else None), view.now)
            actor.turn_light(speaker in (None, name) and not aside, view.now)
            self._watch(view, actor)
        order = sorted(self._actors, key=lambda name: (name == speaker, self._actors[name].came))
        return tuple(self._widget(view, pack, name, faces, speaker, foot) for name in order if self._actors[name].face)

    def _call(self, faces: Mapping[str, str], pack: Pack, now: float) -> None:
        """Bring in who is there, send off who is not."""
        for name in list(faces)[:4]:
            if name in pack.cast and (name not in self._actors or self._actors[name].left is not None):
                self._actors[name] = Actor(now)
        for name, actor in list(self._actors.items()):
            if name not in faces and actor.left is None:
                actor.left = now
            # Of one whom the pack has no longer, not even the leaving can be shown.
            if name not in pack.cast or (actor.left is not None and now - actor.left > ENTRANCE):
                del self._actors[name]

    def _watch(self, view: View, actor: Actor) -> None:
        """Note what of this one still moves."""
        view.fade(actor.came, ENTRANCE)
        view.fade(actor.turned, TURN_OF_FACE)
        view.fade(actor.light, TURN_OF_FACE)
        view.fade(actor.walk[2] if actor.walk else -60.0, WALK)
        if actor.left is not None:
            view.stir()

    def _widget(self, view: View, pack: Pack, name: str, faces: Mapping[str, str], speaker: str | None, foot: float) -> Widget:
        actor = self._actors[name]
        gone = 0.0 if actor.left is None else view.ease(actor.left, ENTRANCE)
        here = view.ease(actor.came, ENTRANCE) * (1 - gone)
        x = (actor.where(view.now) if not view.still else (actor.walk or (0, 0.5, 0))[1]) * WIDTH - BUST * ASPECT / 2
        rise = 0 if view.still else 14 * (1 - here) - (6 if speaker == name else 0)
        box = Box(x, foot - BUST + rise, BUST * ASPECT, BUST)
        lit = view.fade(actor.light, TURN_OF_FACE) if actor.lit else 1 - view.fade(actor.light, TURN_OF_FACE)
        turned = view.fade(actor.turned, TURN_OF_FACE)
        label = f"{pack.cast[name].name}, {faces.get(name, 'leaving')}"
        dim = view.pictures.dimmed
        return Widget(
            "image", label, box, key=f"cast:{name}", look=lambda canvas, _: _portrait(canvas, box, actor, here, lit, turned, dim)
        )


def _portrait(canvas: Canvas, box: Box, actor: Actor, here: float, lit: float, turned: float, dim: Dim) -> None:
    """The face as it was while it turns, the new one over it, and over that the light."""
    if actor.face is None:
        return
    if actor.former is not None and turned < 1:
        canvas.picture(actor.former if lit > 0.5 else dim(actor.former), box.x, box.y, here)
    alpha = here * (turned if actor.former is not None else 1.0)
    if lit < 1:
        canvas.picture(dim(actor.face), box.x, box.y, alpha)
    if lit > 0:
        canvas.picture(actor.face, box.x, box.y, alpha * lit)


def camera_for(turn: int, beat: int) -> float:
    """Where the camera drifts to at this beat: back and forth, never twice alike running."""
    return sin(turn * 2.1 + beat * 1.3)
