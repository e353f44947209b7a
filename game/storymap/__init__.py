"""The story as a map: where its scenes stand, and the map as text, SVG, DOT and JSON. Knows no files and no screens."""

from game.storymap.dot import as_dot
from game.storymap.json import as_json
from game.storymap.layout import Layout, Spot, Way, lay_out
from game.storymap.names import Names, names_of
from game.storymap.svg import as_svg
from game.storymap.text import as_text

__all__ = ["Layout", "Names", "Spot", "Way", "as_dot", "as_json", "as_svg", "as_text", "lay_out", "names_of"]
