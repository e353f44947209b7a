"""Items that the player does not carry, and yet uses, or has in a pocket."""

import re
from functools import lru_cache

from game.narrator.rule import ADVERB, MAYBE, Rule, first_words, phrase, spaced
from game.narrator.verbs import cue_of, forms, subject_of
from game.story import Player

_POCKET = "(?:coat|pockets?|bag|sleeve|pack|satchel|belt|jacket|cloak|purse|wallet|case|waistcoat|apron|trunk|luggage)"
_WHOM = r"(?:him|her|them|it\s+to|[A-Z]\w+|the\s+\w+)??"
_UNUSED = re.compile(MAYBE.pattern + r"|\b(?:not|never)\b|n['’]t\b|\?", re.IGNORECASE)
_NOT_YET = re.compile(
    r"\b(?:if|whether|until|unless|that|which|what|before|how|whenever|where|why|whoever|like)\s+$", re.IGNORECASE
)


@lru_cache(maxsize=256)
def item_names(id: str, name: str) -> tuple[str, ...]:
    """What an item is called: by its name without what stands before it, by the word that counts in it, and by its id."""
    bare = re.sub(r"^(?:an?|the|some|\w+['’]s?)\s+", "", name, flags=re.IGNORECASE)
    bare = re.sub(r"^(?:pair|set|piece|bundle|handful|bit)\s+of\s+", "", bare)
    head = re.split(r"\s+(?:of|from|for|with|in|to)\s+", bare)[0].split()[-1]
    return tuple(dict.fromkeys((bare, head, id.replace("_", " "))))


@lru_cache(maxsize=256)
def uses(items: tuple[str, ...], player: Player) -> tuple[Rule, ...]:
    """The player uses one of `items`, by these names."""
    item, does = spaced(items), (subject_of(player), f"(?:{ADVERB})??")
    your = {"first": "my", "second": "your", "third": "her|his|their"}[player.person]
    the = (rf"[Tt]he|[Aa]n?|that|this|{your}", r"(?:(?!from|out|of|in|on|to|and)\w+)??")
    pocket = (your, r"(?:\w+)??", _POCKET)
    take, show = forms("take draw pull produce bring dig slip lift get fish", player), forms("show hand give offer pass", player)
    hold = f"{forms('unfold unroll produce brandish', player)}|{forms('hold', player)}\\s+up|{forms('hold', player)}\\s+out"
    rows = (
        (*does, take, "out??", *the, item, r"out\s+of|from", r"(?:inside|the\s+\w+\s+of)??", *pocket),
        (*does, forms("take draw pull reach fish bring", player), r"from|out\s+of", *pocket, *the, item),
        (*does, show, _WHOM, *the, item),
        (*does, hold, *the, item),
        (the[0], item, "(?:that)??", "(?:is|lies|rests|was|lay)??", "(?:still|now|safe)??", "in|inside", *pocket),
    )
    who = cue_of(player)
    found = (phrase(*row) for row in rows)
    return tuple(
        Rule("lacks_item", full, partial, maybe=_UNUSED, not_after=_NOT_YET, cues=cues)
        for (full, partial), cues in zip(found, (who, who, who, who, first_words(items)), strict=True)
    )
