"""What belongs to the player alone: to speak, to think, to decide, to feel strongly, to act beyond the choice that was made.

English only; a pack in another language is not judged by these rules.
"""

import re
from functools import lru_cache

from game.narrator.rule import ADVERB, Rule, listed, phrase
from game.narrator.verbs import cue_of, forms, subject_of
from game.story import Player

_SAYS = (
    "say ask reply answer whisper shout mutter murmur tell exclaim agree promise confess admit respond insist declare lie vow"
    " demand explain apologise apologize beg plead protest thank greet introduce call warn assure deny swear yell cry"
)
_THINKS = (
    "think decide realise realize conclude believe suspect want hope fear love hate wish resolve regret forgive choose despise"
    " determine trust resent deduce intend plan"
)
_ACTS = (
    "kiss embrace hug strike punch slap stab shoot kill murder attack burn tear rip smash sign steal flee surrender betray marry"
)

_FEELINGS = (
    "anger rage fury fear terror panic grief guilt shame joy love hatred despair relief pity jealousy pride sorrow remorse envy"
    " afraid angry ashamed guilty sad happy furious terrified relieved betrayed lonely jealous heartbroken sorry triumphant"
    " affection longing hope elation disgust contempt outrage gratitude"
)
_MOODS = (
    "terrified furious heartbroken ashamed overjoyed devastated enraged disgusted horrified jealous delighted angry afraid"
    " convinced determined thrilled outraged inconsolable"
)

_NOT_SAID = (
    r"(?!\s+(?:nothing|no\s+more|no\s+such|neither|so\b|the\s+time|to\s+(?:the|a)\s+(?:name|Board)|yourself\s+apart|it\s+apart"
    r"|for\s+the\s+second))"
)
_IDLY = (
    r"(?!\s+(?:is|are|was|were)\b)(?!\s+your\s+(?:tongue|fingers?|hand|thumb|eyes|gaze)\b)(?!\s+an?\s+(?:glance|look|match)\b)"
    r"(?!\s+the\s+(?:match|light)\b)"
)
_OPEN = re.compile(
    r"\b(?:if|whether|unless|what|whatever|when|whenever|that|which|how|before|until|till|than|as|anything|everything|nothing"
    r"|all|words?|things?|person|one|way|time|like|would|could|should|might|may|can|why|who|where|or)\s+$",
    re.IGNORECASE,
)


def spoken_to(player: Player) -> tuple[str, ...]:
    """First letters of the words by which a sentence may say who spoke in the one before."""
    return {"first": ("I",), "second": ("Y",), "third": tuple({(player.name or "T")[:1], "H", "S"})}[player.person]


@lru_cache(maxsize=32)
def player_rules(player: Player) -> tuple[Rule, ...]:
    """What narration must not say of the player."""
    subject = subject_of(player)
    will = f"{subject}(?:['’]ll)?"
    named = f"|{re.escape(player.name)}" if player.name else ""
    cue = cue_of(player)
    own = {"first": ("my",), "second": ("your",), "third": ("her", "his", "their")}[player.person]
    label = re.compile(rf"\b(?:You|Player{named})\s*:")
    return (
        Rule("speaks_for_player", label, re.compile(rf"\b(?:You|Player{named})\s*$"), with_speech=True),
        _rule((will, f"(?:{ADVERB})??", _verb(_SAYS, player)), cue, _NOT_SAID, speech=True),
        _rule((will, f"(?:{ADVERB})??", _verb(_THINKS, player)), cue, _IDLY),
        _rule((will, f"(?:{ADVERB})??", _verb(_ACTS, player)), cue, _IDLY),
        _rule(
            (
                subject,
                f"(?:{ADVERB})??",
                forms("feel", player),
                r"(?:an?|the|your|his|her)??",
                r"(?:\w+(?:\s+of)?)??",
                listed(_FEELINGS.split()),
            ),
            cue,
        ),
        _rule(
            (
                rf"{subject}(?:['’](?:re|m))?",
                r"(?:are|am|is|was|were)??",
                f"(?:{ADVERB}|so|too|very)??",
                f"{listed(_MOODS.split())}|in\\s+love",
            ),
            cue,
        ),
        _rule(
            (
                _own(player),
                "heart|soul|spirit",
                "(?:fills?|breaks?|swells?|soars?|aches?|leaps?)(?:ed)?|broke|swelled|soared|filled",
            ),
            own,
        ),
        _rule((_own(player), "mind", "is|was", "made\\s+up"), own),
    )


def _verb(words: str, player: Player) -> str:
    return f"(?P<verb>{forms(words, player)})"


def _own(player: Player) -> str:
    return {"first": "[Mm]y", "second": "[Yy]our", "third": "[Hh]er|[Hh]is|[Tt]heir"}[player.person]


def _rule(parts: tuple[str, ...], cues: tuple[str, ...], after: str = "", speech: bool = False) -> Rule:
    full, partial = phrase(*parts, after=after)
    return Rule("speaks_for_player", full, partial, not_after=_OPEN, with_speech=speech, cues=cues)
