"""The one façade that every front end plays through."""

from game.session.commands import Begin, Command, Continue, Leave, LookAround, LookAt, Pick, Set, StopWaiting, Teller, TryTeller
from game.session.credits import Credits, Share
from game.session.events import (
    BeatGrew,
    Broken,
    CannotStart,
    ClientFailed,
    Ended,
    Event,
    Left,
    Notice,
    PackCard,
    Picked,
    Priced,
    SaveCard,
    SceneBegan,
    SceneReady,
    ShelfReady,
    Started,
    Tally,
    TellerTried,
)
from game.session.exits import Exit
from game.session.library import Library
from game.session.session import Session

__all__ = [
    "BeatGrew",
    "Begin",
    "Broken",
    "CannotStart",
    "ClientFailed",
    "Command",
    "Continue",
    "Credits",
    "Ended",
    "Event",
    "Exit",
    "Leave",
    "Left",
    "Library",
    "LookAround",
    "LookAt",
    "Notice",
    "PackCard",
    "Pick",
    "Picked",
    "Priced",
    "SaveCard",
    "SceneBegan",
    "SceneReady",
    "Session",
    "Set",
    "Share",
    "ShelfReady",
    "Started",
    "StopWaiting",
    "Tally",
    "Teller",
    "TellerTried",
    "TryTeller",
]
