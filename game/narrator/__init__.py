"""The pipeline from a brief to a scene that can be played."""

from game.narrator.events import Attempted, Grown, Heard, Report, Trouble
from game.narrator.narrator import Narrator, Sleep
from game.narrator.prompt import Past, Profile, Prompter, profile_for
from game.narrator.reply import as_reply, reply_schema

__all__ = [
    "Attempted",
    "Grown",
    "Heard",
    "Narrator",
    "Past",
    "Profile",
    "Prompter",
    "Report",
    "Sleep",
    "Trouble",
    "as_reply",
    "profile_for",
    "reply_schema",
]
