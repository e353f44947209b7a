"""Who says what is done next: a bot, a list of indices, or lines of standard input."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TextIO

from game.session import Command, Pick, SceneReady
from game.story import Mark, Scene, draw
from game.typed import TREE, Here, asked, known

Bot = Literal["first", "random"]


class BadChoice(Exception):
    """A choice that is not on offer, or a line that says nothing known; the message is one line."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of the session; `by` is the word of the story tree that asked it, empty for a pick."""

    command: Command
    by: str = ""


class Picks:
    """The picks of one run. `seed` is the playthrough's, once it is known."""

    def __init__(self, bot: Bot | None, choices: Sequence[int] | None, source: TextIO) -> None:
        self.seed = 0
        self.from_lines = bot is None and choices is None
        self._bot = bot
        self._choices = iter(choices or ())
        self._lines: Iterator[str] = (line.strip() for line in source if line.strip())

    def next(self, now: SceneReady, marks: tuple[Mark, ...]) -> Wish | None:
        """What is to be done at this scene; None when nothing more is. After an ending only words of the story tree lead on.

        Raises:
            BadChoice: what was said cannot be picked here.
            Unclear: a word of the story tree says too little or too much.
        """
        if self.from_lines:
            return self._said(now.scene, marks)
        if now.scene.ending:
            return None
        index = self._drawn(now.scene) if self._bot else next(self._choices, None)
        return None if index is None else _pick(now.scene, index)

    def _drawn(self, scene: Scene) -> int:
        return draw(self.seed, scene.key, "bot", len(scene.choices)) if self._bot == "random" else 0

    def _said(self, scene: Scene, marks: tuple[Mark, ...]) -> Wish | None:
        line = next(self._lines, None)
        if line is None:
            return None
        word, command = known(TREE, line), asked(line, Here(scene, marks))
        if word and command:
            return Wish(command, word[0].name)
        if not (line.isdecimal() and len(line) < 7):
            raise BadChoice(f'"{line[:40]}" is not a choice; write its index, from 0, or a word of the story tree')
        return None if scene.ending else _pick(scene, int(line))


def _pick(scene: Scene, index: int) -> Wish:
    count = len(scene.choices)
    if not 0 <= index < count:
        raise BadChoice(f"choice {index} at scene {scene.turn} is not on offer; there are 0 to {count - 1}")
    return Wish(Pick(scene.choices[index].slot, scene.key))
