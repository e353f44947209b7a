"""The painter: layered paper-cut places, portraits and covers from what an author wrote. Needs no display."""

from game.stage.paint.bust import paint_bust
from game.stage.paint.cover import Figure, paint_cover
from game.stage.paint.place import Layer, paint_layers, paint_place

PAINTER_VERSION = 1

__all__ = ["PAINTER_VERSION", "Figure", "Layer", "paint_bust", "paint_cover", "paint_layers", "paint_place"]
