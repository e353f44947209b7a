"""Checks on the text of a choice. One that fails is replaced by the author's own words, with a stable code."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from game.narrator.clean import Cleaner
from game.narrator.gate import GateRules
from game.narrator.read import ALIKE, KIN, stem, words_of
from game.story import Brief, Choice, Slot, Source

LONGEST_CHOICE = 99
"""Characters. One more is all that the schema lets a model write: a text that long was cut off, in the middle of a word."""
_ABOUT = "the player "
"""How an author's hint begins, and never what a player is offered: the hint was copied."""

_STOP = frozenset({
    "a", "an", "and", "as", "at", "be", "by", "do", "for", "from", "go", "he", "her", "his", "i", "in", "is", "it", "its", "me",
    "my", "of", "on", "or", "she", "that", "the", "their", "them", "they", "this", "to", "up", "us", "we", "what", "who", "will",
    "with", "you", "your",
})  # fmt: skip


def choices_of(
    brief: Brief, worded: dict[str, tuple[str, Source]], rules: GateRules, authored: bool
) -> tuple[tuple[Choice, ...], set[str]]:
    """The scene's choices, in order, and the codes of what had to be replaced."""
    choices: list[Choice] = []
    repairs: set[str] = set()
    for slot in brief.slots:
        written, source = worded.get(slot.letter, ("", None))
        text = tidy(written)
        code = "slot_missing" if source is None else fault_of(text, slot, brief, [choice.text for choice in choices], rules)
        if not code and len(written) > LONGEST_CHOICE:
            code = "slot_unfit"
        if source is None or code:
            text, source = slot.text, Source("author", "stub", f"{brief.storylet or 'improvise'}.{slot.outcome}")
            repairs |= set() if authored else {code}
        choices.append(Choice(slot.letter, slot.outcome, text, source))
    return tuple(choices), repairs


def tidy(text: str) -> str:
    """Without mark-up, numbering, quotes around it and a full stop behind it."""
    cleaner = Cleaner()
    text = (cleaner.feed(text) + cleaner.close()).strip()
    text = re.sub(r"^(?:\(?[a-dA-D1-4][.):]\s+|[-•]\s+)", "", text)
    if len(text) > 2 and text[0] in '"“' and text[-1] in '"”':
        text = text[1:-1].strip()
    return text[:-1] if text.endswith(".") and not text.endswith("..") else text


def fault_of(text: str, slot: Slot, brief: Brief, others: Sequence[str], rules: GateRules) -> str:
    """What is wrong with a choice's text, as a code; empty when nothing is."""
    if not text or len(text) > LONGEST_CHOICE or "{" in text or text.lower().startswith(_ABOUT):
        return "slot_unfit"
    if (rules.rating and rules.rating.search(text)) or (rules.foreign and rules.foreign.search(text)):
        return "slot_unfit"
    if any(_same(text, other) for other in others):
        return "slots_alike"
    if brief.picked and _same(text, brief.picked):
        return "slot_repeats_pick"
    return "" if _kin(text, f"{slot.text} {slot.hint}") else "slot_unlike_hint"


def _same(text: str, other: str) -> bool:
    """Whether the two say the same: in the same words, and about the same things."""
    one, two = (words_of(text.replace("'s", "").replace("’s", "")) for text in (text, other))
    if fuzz.token_set_ratio(" ".join(one), " ".join(two)) < ALIKE:
        return False
    mine, theirs = (set(filter(None, map(stem, words))) for words in (one, two))
    return len(mine & theirs) >= KIN * len(mine | theirs)


def _kin(text: str, meant: str) -> bool:
    """Whether the two have a content word in common, by its first four letters."""
    return bool(_stems(text) & _stems(meant))


def _stems(text: str) -> set[str]:
    return {word[:4] for word in re.findall(r"\w+", text.lower()) if word not in _STOP and len(word) > 1}
