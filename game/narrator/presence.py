"""Who is not here, or not alive, and yet acts or speaks in narration; and where the player is not."""

import re
from collections.abc import Iterable
from functools import lru_cache

from game.narrator.rule import ADVERB, MAYBE, RELATIVE, Rule, called, first_words, listed, phrase, spaced
from game.narrator.verbs import cue_of, forms, past, subject_of, third
from game.story import Player

_SAYS = "say ask reply answer whisper shout mutter murmur tell call"
_DOES = (
    f"{_SAYS} nod smile laugh grin frown shrug sigh cough look glance stare stand sit rise step walk come enter lean take put set"
    " lay pick lift reach hand pass give offer hold open close shut push pull point wave turn stop wipe fold shake follow cross"
    " kneel stoop bend climb pour drink clear rub scratch touch draw wind light snort blink hesitate appear arrive join return"
    " grip catch tap tuck drop raise lower hurry wrap hum sing begin beckon bow curtsy wink yawn swallow stir interrupt"
    " run dart dash duck rush burst stride shuffle stumble limp trot stroll wander tiptoe hop skip jump leap slip slide squeeze"
    " peer gaze wince chuckle giggle sob weep sniff whistle grunt gasp bark snap hiss growl knock tug haul heave toss throw"
    " carry bring drag kick spread unfold unwrap scribble write count check poke prod stretch"
)
_BUSY = (
    r"(?:already\s+|still\s+)?(?:standing|sitting|leaning|watching|looking|smiling|holding|kneeling|here|beside\s+you"
    r"|at\s+your\s+(?:elbow|side|shoulder))"
)
_AWAY = re.compile(
    MAYBE.pattern
    + r"|\b(?:always|usually|often|sometimes|used|elsewhere|somewhere|\w+days|years?|ghost|every\s+(?:day|night|morning|evening"
    r"|time|hour|week|month|summer|winter|spring|autumn|one|harbour))\b",
    re.IGNORECASE,
)
_TOLD = re.compile(RELATIVE.pattern + r"|\b(?:says?|said|thinks?|thought|knows?|knew)\s+$", re.IGNORECASE)

_STANDING = "be stand sit wait kneel arrive step walk come climb go run emerge find"
_POSE = "(?:standing|sitting|waiting|kneeling|lying|walking)??"
_TO = "(?:back|out|up|down|now|alone|again|over|once\\s+more)??"
_IN = r"in|on|at|inside|into|onto|upon|aboard"
_PLACE_ENDS = (
    r"(?=\s*(?:$|[.,;:!?…—–)])|\s+(?:$|(?:and|with|where|again|now|before|as|while|alone|at|in|for|when|by|under|beside|among"
    r"|until|once|but|still|then|behind|after|together|to)\b))"
)
_UNPLACED = re.compile(MAYBE.pattern + r"|\b(?:not|never|map|chart)\b|n['’]t\b|\?", re.IGNORECASE)


@lru_cache(maxsize=256)
def acts(code: str, name: str, tense: str) -> tuple[Rule, ...]:
    """Somebody acts or speaks here and now; as `code`."""
    names = called(name)
    who = spaced(names)
    does, says = (listed([_told(verb, tense) for verb in verbs.split()]) for verbs in (_DOES, _SAYS))
    do = does if tense == "past" else listed(_DOES.split())
    be = "was" if tense == "past" else "is"
    rows = (
        (who, f"(?:{ADVERB})??", rf"(?:{does}|{be}\s+{_BUSY}|does(?:\s+not|n['’]t)\s+\w+)"),
        (who, "and", r"[A-Z]\w+", f"(?:{ADVERB})??", f"(?:{do})"),
        ("and", who, f"(?:{ADVERB})??", f"(?:{do})"),
        (says, who),
    )
    cues = (*(first_words(names) for _ in rows[:-1]), tuple(says.split("|")))
    found = (phrase(*row) for row in rows)
    return tuple(
        Rule(code, full, partial, maybe=_AWAY, not_after=_TOLD, with_speech=True, cues=cue)
        for (full, partial), cue in zip(found, cues, strict=True)
    )


def _told(verb: str, tense: str) -> str:
    return past(verb) if tense == "past" else third(verb)


def elsewhere(place: str, names: tuple[str, ...], player: Player, told: str = "") -> Iterable[Rule]:
    """The player is said to be at a place of another name than `place`; those named in `told` may be."""
    own = _heads(place, names)
    heads = {head for name in names if name != place for head in _heads(name, names)}
    others = tuple(sorted(head for head in heads if head not in own and head.lower() not in told.lower()))
    return _claims(others, player) if others else ()


def _heads(name: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """What a place is called: its name without an article, and its last word where that is no other's."""
    bare = re.sub(r"^(?:the|an?)\s+", "", name, flags=re.IGNORECASE)
    last = bare.split()[-1]
    return (bare, last) if sum(other.split()[-1].lower() == last.lower() for other in names) == 1 else (bare,)


@lru_cache(maxsize=256)
def _claims(places: tuple[str, ...], player: Player) -> tuple[Rule, ...]:
    place = spaced(places)
    subject = rf"{subject_of(player)}(?:['’](?:re|m))?"
    be = {"first": "am|was", "second": "are|were", "third": "is|was"}[player.person]
    self = r"(?:yourself|myself|(?:her|him)self|themselves)??"
    rows = (
        (
            subject,
            f"(?:{ADVERB})??",
            f"(?:{be}|{forms(_STANDING, player)})??",
            _POSE,
            self,
            _TO,
            f"(?:{_IN})",
            "(?:the|a|this)??",
            place,
        ),
        (subject, f"(?:{ADVERB})??", forms("enter reach", player), "(?:the|a|this)??", place),
        ("Back|Here", "in|on|at|inside|aboard", "(?:the|this)??", place),
    )
    who = cue_of(player)
    found = (phrase(*row, after=_PLACE_ENDS) for row in rows)
    return tuple(
        Rule("wrong_place", full, partial, maybe=_UNPLACED, not_after=RELATIVE, cues=cues)
        for (full, partial), cues in zip(found, (who, who, ("back", "here")), strict=True)
    )
