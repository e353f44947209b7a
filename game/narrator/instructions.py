"""The words of the prompt that are instructions, so that a model which repeats them can be told from one that writes."""

import re
from functools import lru_cache
from importlib.resources import files

from game.narrator.read import Runs
from game.packs import Pack

_MARKS = re.compile(r"{[{%#].*?[}%#]}", re.DOTALL)
_GRAM = 3
_TEMPLATES = ("system", "scene", "steer", "tail")


def instructions_of(pack: Pack) -> Runs:
    """What the templates of this pack's prompt say in words of their own."""
    own = {name: text for name, text in pack.templates.items() if name in _TEMPLATES}
    return _runs(tuple(sorted(own.items())))


@lru_cache(maxsize=16)
def _runs(own: tuple[tuple[str, str], ...]) -> Runs:
    texts = dict(own)
    for name in _TEMPLATES:
        texts.setdefault(name, (files("game.narrator") / "templates" / f"{name}.j2").read_text("utf-8"))
    lines = [line for text in texts.values() for line in re.split(r"\n|(?<=[.!?])\s", _MARKS.sub("\n", text))]
    return Runs(lines, _GRAM)
