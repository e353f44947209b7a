"""The terminal front end."""

from game.terminal.answers import HELP
from game.terminal.terminal import Terminal

__all__ = ["HELP", "Terminal"]
