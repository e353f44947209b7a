"""The painter's workshop: one background thread that paints what the stage asks for, and keeps it.

Owns the thread, the memory cache (least recently used, bounded in bytes) and the cache folder of PNG files. The drawing
thread only asks and takes; it never paints, reads or writes a file here.
"""

from __future__ import annotations

import os
from collections import OrderedDict, deque
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from threading import Condition, Thread
from typing import Literal

import pygame

from game.packs.look import CastLook, Palette, PlaceLook
from game.stage.paint import PAINTER_VERSION, Figure, Layer, paint_bust, paint_cover, paint_layers, paint_place, plate

Kind = Literal["place", "layers", "bust", "cover"]
MEMORY = 96 * 2**20
DISK = 256 * 2**20


@dataclass(frozen=True)
class Order:
    """What is to be painted. `size` is (width, height) in pixels; of a bust only the height counts. `figure` is on a cover."""

    kind: Kind
    palette: Palette
    look: PlaceLook | CastLook
    size: tuple[int, int]
    seed: int
    expression: str = "neutral"
    figure: Figure | None = None

    @cached_property
    def key(self) -> str:
        """The name under which the result is kept: a hash of every input and of the painter's version."""
        parts = (PAINTER_VERSION, self.kind, self.palette.model_dump_json(), self.look.model_dump_json())
        figure = (self.figure.look.model_dump_json(), *self.figure[1:]) if self.figure else ()
        text = repr((*parts, self.size, self.seed, self.expression, *figure))
        return blake2b(text.encode(), digest_size=16).hexdigest()

    def paint(self) -> tuple[Layer, ...]:
        """Paint it. A picture that is not layered is a single layer without bleed."""
        if isinstance(self.look, CastLook):
            bust = paint_bust(self.palette, self.look, self.expression, self.size[1], self.seed)
            return (Layer("bust", bust, 0.0, 0),)
        if self.kind == "layers":
            return paint_layers(self.palette, self.look, self.size, self.seed)
        if self.kind == "cover":
            return (Layer("cover", paint_cover(self.palette, self.look, self.size, self.seed, self.figure), 0.0, 0),)
        return (Layer("place", paint_place(self.palette, self.look, self.size, self.seed), 0.0, 0),)


@dataclass(frozen=True, slots=True)
class Finished:
    """An order that is done: its layers, or, if it could not be painted, none and the reason."""

    order: Order
    layers: tuple[Layer, ...]
    error: str | None = None

    @property
    def surface(self) -> pygame.Surface:
        """The picture of an order that has a single layer."""
        return self.layers[0].surface


class Atelier:
    """Paints on its own thread. `folder` None keeps nothing on disk. Use as a context manager, or close it."""

    def __init__(self, folder: Path | None = None, memory: int = MEMORY, disk: int = DISK) -> None:
        self._folder, self._memory, self._disk = folder, memory, disk
        self._kept: OrderedDict[str, tuple[Layer, ...]] = OrderedDict()
        self._waiting: deque[Order] = deque()
        self._pending: set[str] = set()
        self._done: deque[Finished] = deque()
        self._change = Condition()
        self._open = True
        self._thread = Thread(target=self._work, name="atelier", daemon=True)
        self._thread.start()

    def request(self, order: Order, soon: bool = False) -> None:
        """Ask for a picture; `soon` puts it before the others. What is kept, is taken at once; asking twice is once."""
        with self._change:
            if order.key in self._kept:
                self._kept.move_to_end(order.key)
                self._done.append(Finished(order, self._kept[order.key]))
            elif order.key not in self._pending:
                self._pending.add(order.key)
                self._waiting.appendleft(order) if soon else self._waiting.append(order)
            elif soon and order in self._waiting:
                self._waiting.remove(order)
                self._waiting.appendleft(order)
            self._change.notify_all()

    def take(self) -> tuple[Finished, ...]:
        """What has been finished since the last call, without waiting."""
        with self._change:
            finished = tuple(self._done)
            self._done.clear()
        return finished

    def find(self, order: Order) -> tuple[Layer, ...] | None:
        """The layers of an order if they are in memory, without waiting and without painting."""
        with self._change:
            return self._kept.get(order.key)

    def settle(self) -> None:
        """Wait until nothing is being painted and nothing waits. For tests and screenshots, not for the loop."""
        with self._change:
            self._change.wait_for(lambda: not self._pending or not self._open)

    def close(self) -> None:
        """Stop after the picture in hand; what waits is dropped. May be called twice."""
        with self._change:
            self._open = False
            self._waiting.clear()
            self._change.notify_all()
        self._thread.join()

    def __enter__(self) -> Atelier:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _work(self) -> None:
        while order := self._next():
            finished = self._fulfil(order)
            with self._change:
                self._done.append(finished)
                self._keep(order.key, finished.layers)
                self._pending.discard(order.key)
                self._change.notify_all()

    def _next(self) -> Order | None:
        with self._change:
            self._change.wait_for(lambda: self._waiting or not self._open)
            return self._waiting.popleft() if self._open else None

    def _fulfil(self, order: Order) -> Finished:
        try:
            layers = self._read(order)
            if layers is None:
                layers = order.paint()
                self._write(order, layers)
            return Finished(order, layers)
        except (ValueError, MemoryError, pygame.error) as error:
            return Finished(order, (), str(error))

    def _keep(self, key: str, layers: tuple[Layer, ...]) -> None:
        if layers:
            self._kept[key] = layers
        while len(self._kept) > 1 and _weight(self._kept.values()) > self._memory:
            self._kept.popitem(last=False)

    def _files(self, order: Order) -> list[Path]:
        return sorted(self._folder.glob(f"{order.key}.*.png")) if self._folder else []

    def _read(self, order: Order) -> tuple[Layer, ...] | None:
        """The layers from disk; None if any is missing, broken or of another size."""
        try:
            layers = [_layer(path) for path in self._files(order)]
        except (OSError, ValueError):
            return None
        if not layers or len(layers) != layers[0][0]:
            return None
        whole = order.size[1] + 2 * layers[0][1].bleed
        good = all(layer.surface.get_height() == whole for _, layer in layers)
        return tuple(layer for _, layer in layers) if good else None

    def _write(self, order: Order, layers: tuple[Layer, ...]) -> None:
        """Keep the layers on disk. A full or read-only disk costs the cache, not the picture."""
        if self._folder is None:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            for index, layer in enumerate(layers):
                name = f"{order.key}.{index}-{len(layers)}-{layer.bleed}-{round(layer.depth * 100)}-{layer.name}"
                draft = self._folder / f"{name}.draft"
                draft.write_bytes(plate.encode(layer.surface))
                os.replace(draft, self._folder / f"{name}.png")
            self._prune()
        except OSError:
            return

    def _prune(self) -> None:
        """Forget the oldest files beyond the bound."""
        assert self._folder is not None
        known = [(path.stat().st_mtime_ns, path.stat().st_size, path) for path in self._folder.glob("*.png")]
        total = sum(size for _, size, _ in known)
        for _, size, path in sorted(known):
            if total <= self._disk:
                return
            path.unlink(missing_ok=True)
            total -= size


def _layer(path: Path) -> tuple[int, Layer]:
    """A layer from its file, and of how many it is one: both are in the file's name."""
    _, count, bleed, depth, name = path.name.split(".")[1].split("-")
    return int(count), Layer(name, plate.decode(path.read_bytes()), int(depth) / 100, int(bleed))


def _weight(kept: Iterable[tuple[Layer, ...]]) -> int:
    return sum(layer.surface.get_width() * layer.surface.get_height() * 4 for layers in kept for layer in layers)
