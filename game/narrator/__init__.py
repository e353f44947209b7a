"""The pipeline from a brief to a scene that can be played."""

from game.narrator.ahead import Ahead, Lane, Policy
from game.narrator.desk import Clock, Sleep
from game.narrator.events import Asked, Attempted, Grown, Heard, Recapped, Report, Strayed, Trouble
from game.narrator.narrator import Narrator
from game.narrator.prompt import Past, Profile, Prompter, profile_for
from game.narrator.reply import as_reply, reply_schema
from game.narrator.telling import Telling
from game.narrator.trail import Trail

__all__ = [
    "Ahead",
    "Asked",
    "Attempted",
    "Clock",
    "Grown",
    "Heard",
    "Lane",
    "Narrator",
    "Past",
    "Policy",
    "Profile",
    "Prompter",
    "Recapped",
    "Report",
    "Sleep",
    "Strayed",
    "Telling",
    "Trail",
    "Trouble",
    "as_reply",
    "profile_for",
    "reply_schema",
]
