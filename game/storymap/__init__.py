"""The story as a map: where its scenes stand, and the map as text, SVG, DOT and JSON. Knows no files and no screens."""

from game.storymap.layout import Layout, Spot, Way, lay_out

__all__ = ["Layout", "Spot", "Way", "lay_out"]
