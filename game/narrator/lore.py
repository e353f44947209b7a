"""Which entries of the pack's lore a scene calls for, by whole words, and which of these there is room for."""

import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from game.narrator.budget import size
from game.packs import Pack
from game.story import Brief, Scene


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry that fired: its id, its text, and the key that was found."""

    id: str
    text: str
    key: str


@dataclass(frozen=True, slots=True)
class Lore:
    """What fired at a turn: what is told now, what stands in the request already, and what there was no room for."""

    told: tuple[Entry, ...] = ()
    standing: tuple[Entry, ...] = ()
    cut: tuple[Entry, ...] = ()


def lore_for(pack: Pack, brief: Brief, before: Scene | None, standing: Collection[str], limit: int) -> Lore:
    """The lore that the brief, the choice that led to it and the scene `before` it call for, the most important first, in at most
    `limit` characters. What is `standing` in the request (ids) is not told again."""
    place = pack.places[brief.place].name
    words = [brief.title, brief.goal, place, *brief.must_happen, brief.picked or ""]
    padded = _plain([*words, *(beat.text for beat in before.beats)] if before else words)
    told: list[Entry] = []
    there: list[Entry] = []
    cut: list[Entry] = []
    for entry in _fired(pack, padded):
        if entry.id in standing:
            there.append(entry)
        elif size(entry.text) <= limit:
            told.append(entry)
            limit -= size(entry.text)
        else:
            cut.append(entry)
    return Lore(tuple(told), tuple(there), tuple(cut))


def _fired(pack: Pack, padded: str) -> list[Entry]:
    found = []
    for name, entry in pack.lore.items():
        key = None if entry.always else next((key for key in entry.keys if _stands(key, padded)), None)
        if key is not None:
            found.append((-entry.priority, Entry(name, entry.text, key)))
    return [entry for _, entry in sorted(found, key=lambda pair: pair[0])]


def _stands(key: str, padded: str) -> bool:
    """Whether a key is among the words; in a script that writes no spaces between them, anywhere."""
    plain = _plain([key])
    if any(unicodedata.category(char) == "Lo" for char in key):
        return plain.strip() in padded
    return bool(plain.strip()) and plain in padded


def _plain(texts: Iterable[str]) -> str:
    """The words of the texts in small letters, with one space around each."""
    joined = " ".join(texts).casefold()
    return f" {' '.join(''.join(char if char.isalnum() else ' ' for char in joined).split())} "
