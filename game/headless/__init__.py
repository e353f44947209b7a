"""Playing without a screen: scenes out as JSON lines (or plain text); picks in from a list, a bot or standard input."""

from game.headless.run import Run, play

__all__ = ["Run", "play"]
