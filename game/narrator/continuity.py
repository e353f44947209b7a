"""What a scene must not say, given what is so: who is there, who is dead, where the player is, what they carry, what is true.

From a brief and a pack to rules of the gate. What somebody says is theirs, who may be wrong or lie: speech is bound by an
author's `denied_by` alone. English only, but for `denied_by`.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from game.narrator.belongings import item_names, uses
from game.narrator.facts import contradictions, denial
from game.narrator.gate import Bounds
from game.narrator.instructions import instructions_of
from game.narrator.presence import acts, elsewhere
from game.narrator.read import stem, words_of
from game.narrator.rule import ADVERB, MAYBE, RELATIVE, STEM, Rule, called, phrase
from game.narrator.verbs import cue_of, forms, past, subject_of, third
from game.packs import Pack
from game.story import Brief, Fact, Player, Slot, all_beats

DEAD = "dead"
"""A fact with this object, whose subject is of the cast, says that somebody has died."""
SHARED = 2
"""Content words, besides its verb, that narration shares with a choice on offer when it makes that choice for the player."""

_UNDONE = re.compile(MAYBE.pattern + r"|\b(?:not|never)\b|n['’]t\b", re.IGNORECASE)


def bounds_of(pack: Pack, brief: Brief, opening: bool = False, before: Brief | None = None) -> Bounds:
    """What the scene of `brief` adds to the rules of its gates. In its `opening` narration, what comes of the choice just made is
    told: there the player does what was chosen, and what was so in the scene `before` may still be seen: who was there, where it
    was, and what was not yet true."""
    player = brief.player
    now = _now(pack, brief)
    here = _left_behind(pack, brief, before) if opening else ""
    if opening and before:
        now = [fact for fact in now if fact in _now(pack, before)]
    denied = tuple(denial(words) for fact in now for words in fact.denied_by)
    told = (
        *_absent(pack, brief, here),
        *elsewhere(pack.places[brief.place].name, tuple(place.name for place in pack.places.values()), player, here),
        *_lacking(pack, brief),
        *_choosing(brief),
        *denied,
        *_contradicting(pack, brief, now),
    )
    return Bounds(told, denied, _done(brief) if opening else frozenset(), instructions_of(pack))


def dead_in(pack: Pack, brief: Brief) -> frozenset[str]:
    """The ids of those who are dead."""
    return frozenset(fact.subject for fact in _now(pack, brief) if fact.object == DEAD)


def _now(pack: Pack, brief: Brief) -> list[Fact]:
    return [fact for name in sorted(brief.state.facts) if (fact := pack.declared.facts.get(name))]


def _left_behind(pack: Pack, brief: Brief, before: Brief | None) -> str:
    """Words in which people and places of the scene before are named."""
    named = [brief.picked or "", *(text for beat in all_beats(brief.then) for text in beat.texts)]
    if before:
        named += [pack.cast[id].name for id in before.present if id in pack.cast]
        named.append(pack.places[before.place].name if before.place in pack.places else "")
    return " ".join(named)


def _done(brief: Brief) -> frozenset[str]:
    """Beginnings of the verbs of the choice just made."""
    verbs = words_of(brief.picked or "")
    return frozenset(form[:STEM] for verb in verbs for form in (verb, past(verb), third(verb)))


def _absent(pack: Pack, brief: Brief, here: str) -> Iterable[Rule]:
    dead = dead_in(pack, brief)
    seen = set(words_of(here))
    for member in pack.cast.values():
        if member.id in dead:
            yield from acts("dead_acts", member.name, brief.player.tense)
        elif member.id not in brief.present and not seen.intersection(words_of(member.name)):
            yield from acts("absent_acts", member.name, brief.player.tense)


def _lacking(pack: Pack, brief: Brief) -> Iterable[Rule]:
    """What was named in the choice just made may have been given away by it."""
    named = set(map(stem, words_of(brief.picked or ""))) - {""}
    missing = {
        name
        for id, item in pack.items.items()
        if id not in brief.state.items
        for name in item_names(id, item.name)
        if not named.intersection(map(stem, words_of(name)))
    }
    return uses(tuple(sorted(missing)), brief.player) if missing else ()


def _choosing(brief: Brief) -> Iterable[Rule]:
    """The player does what is only now to be chosen."""
    picked = words_of(brief.picked or "")
    for slot in brief.slots:
        words = words_of(slot.text)
        if words and stem(words[0]) and words[0] not in picked:
            yield _chooses(slot, brief.player)


@lru_cache(maxsize=256)
def _chooses(slot: Slot, player: Player) -> Rule:
    verb, *words = words_of(slot.text)
    told = frozenset(filter(None, map(stem, words)))

    def makes_the_choice(match: re.Match[str], sentence: str) -> bool:
        after = sentence[match.end() :].split(",", maxsplit=1)[0]
        return len(told.intersection(map(stem, words_of(after)))) >= SHARED

    full, partial = phrase(subject_of(player), f"(?:{ADVERB})??", forms(verb, player))
    return Rule(
        "speaks_for_player", full, partial, maybe=_UNDONE, not_after=RELATIVE, weigh=makes_the_choice, cues=cue_of(player)
    )


def _contradicting(pack: Pack, brief: Brief, now: list[Fact]) -> Iterable[Rule]:
    for fact in now:
        rivals = tuple(
            other.object
            for name, other in pack.declared.facts.items()
            if name not in brief.state.facts
            and (other.subject, other.predicate) == (fact.subject, fact.predicate)
            and other.object != fact.object
        )
        yield from contradictions(fact, _names(pack, fact.subject), rivals, brief.player.tense)


def _names(pack: Pack, subject: str) -> tuple[str, ...]:
    if subject in pack.cast:
        return called(pack.cast[subject].name)
    if subject in pack.items:
        return item_names(subject, pack.items[subject].name)
    return (subject.replace("_", " "),)
