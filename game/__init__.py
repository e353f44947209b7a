"""Unwritten: a narrative game engine whose scenes are written while they are played."""

__version__ = "0.1.0"
