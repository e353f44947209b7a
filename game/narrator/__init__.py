"""The pipeline from a brief to a scene that can be played."""

from game.narrator.events import Attempted, Grown, Heard, Report, Trouble
from game.narrator.narrator import Narrator, Sleep
from game.narrator.prompt import Past, Prompter
from game.narrator.reply import as_reply, reply_schema

__all__ = [
    "Attempted",
    "Grown",
    "Heard",
    "Narrator",
    "Past",
    "Prompter",
    "Report",
    "Sleep",
    "Trouble",
    "as_reply",
    "reply_schema",
]
