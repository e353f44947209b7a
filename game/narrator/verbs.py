"""English verbs as a story has them: who does it, in which person, in which tense."""

import re

from game.narrator.rule import listed
from game.story import Player

_PAST = {
    "say": "said", "tell": "told", "think": "thought", "swear": "swore", "feel": "felt", "lie": "lied",
    "deny": "denied", "reply": "replied", "forgive": "forgave", "strike": "struck", "steal": "stole", "flee": "fled",
    "shoot": "shot", "tear": "tore", "burn": "burned", "stab": "stabbed", "slap": "slapped", "hug": "hugged",
    "choose": "chose", "betray": "betrayed", "be": "was", "stand": "stood", "sit": "sat", "find": "found",
    "come": "came", "go": "went", "run": "ran", "take": "took", "draw": "drew", "bring": "brought", "dig": "dug",
    "slip": "slipped", "get": "got", "give": "gave", "show": "showed", "hold": "held", "have": "had", "keep": "kept",
    "lay": "laid", "leave": "left", "make": "made", "put": "put", "set": "set", "cut": "cut", "begin": "began",
    "rise": "rose", "shake": "shook", "speak": "spoke", "bend": "bent", "lean": "leaned", "catch": "caught",
    "turn": "turned", "nod": "nodded", "grin": "grinned", "shrug": "shrugged", "pat": "patted", "step": "stepped",
    "stop": "stopped", "grip": "gripped", "tap": "tapped", "drop": "dropped", "wrap": "wrapped", "hum": "hummed",
    "beg": "begged", "kneel": "knelt", "climb": "climbed", "read": "read", "write": "wrote", "throw": "threw",
    "hide": "hid", "hear": "heard", "see": "saw", "fall": "fell", "admit": "admitted", "regret": "regretted",
    "plan": "planned", "rip": "ripped", "know": "knew", "understand": "understood", "sing": "sang", "blow": "blew",
    "pour": "poured", "lift": "lifted", "spread": "spread", "hurry": "hurried", "carry": "carried", "try": "tried",
    "hop": "hopped", "skip": "skipped", "trot": "trotted", "burst": "burst", "stride": "strode", "slide": "slid", "rub": "rubbed",
    "weep": "wept", "drag": "dragged", "snap": "snapped", "tug": "tugged", "wind": "wound", "stir": "stirred", "leap": "leapt",
}  # fmt: skip
_THIRD = {"have": "has", "be": "is", "go": "goes", "do": "does"}


def subject_of(player: Player) -> str:
    """A pattern for the player as the one who does something."""
    name = re.escape(player.name or "the player")
    return {"first": "I", "second": "[Yy]ou", "third": name}[player.person]


def cue_of(player: Player) -> tuple[str, ...]:
    """What the subject begins with, in small letters."""
    return {"first": ("i",), "second": ("you",), "third": ((player.name or "the player").lower().split()[0],)}[player.person]


def past(verb: str) -> str:
    """What somebody did."""
    if verb in _PAST:
        return _PAST[verb]
    return verb + "d" if verb.endswith("e") else re.sub(r"(?<=[^aeiou])y$", "i", verb) + "ed"


def third(verb: str) -> str:
    """What somebody does."""
    if verb in _THIRD:
        return _THIRD[verb]
    return verb + "es" if re.search(r"(?:[sxz]|ch|sh)$", verb) else re.sub(r"(?<=[^aeiou])y$", "ie", verb) + "s"


def forms(verbs: str, player: Player) -> str:
    """An alternation of verbs as the player does them, in the person and the tense of the story."""
    if player.tense == "past":
        return listed([past(verb) for verb in verbs.split()])
    return listed([third(verb) if player.person == "third" else verb for verb in verbs.split()])
