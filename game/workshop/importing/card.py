"""A character card as a member of the cast, with what is told of them as lore."""

import re
from collections.abc import Iterator, Mapping

from game.packs.look import Age, Build, Garment, HairStyle
from game.story import draw
from game.workshop.importing.brought import Brought, Leaving, Table
from game.workshop.importing.lorebook import lore_of, lore_table
from game.workshop.importing.reading import CardFound
from game.workshop.importing.wording import clipped, free_id, one_line, pieces, plain, sentences, spoken

LONGEST_TRAITS, LONGEST_LINE, MOST_LINES = 500, 160, 3
"""Characters of a voice's description and of a line that shows it, and such lines: a voice stands in every prompt."""
NO_CONSENT = "Not stated by the card."

_NO_NAMES = frozenset(
    ("the", "a", "an", "mr", "mrs", "ms", "miss", "dr", "sir", "lady", "lord", "saint", "st", "old", "young", "my")
)
"""Words that a name may begin with, and that alone would call for whoever has it in every scene."""

_PRONOUNS: Mapping[str, re.Pattern[str]] = {
    "she": re.compile(r"\b(?:she|her|hers|herself)\b", re.IGNORECASE),
    "he": re.compile(r"\b(?:he|him|his|himself)\b", re.IGNORECASE),
}
_READ = frozenset(
    (
        "name",
        "nickname",
        "description",
        "personality",
        "scenario",
        "mes_example",
        "creator",
        "character_version",
        "character_book",
    )
)
_UNREAD: Mapping[str, str] = {
    "first_mes": "a greeting is a scene: write it as a storylet with opening = true",
    "alternate_greetings": "each greeting is a scene: write storylets",
    "group_only_greetings": "each greeting is a scene: write storylets",
    "system_prompt": "how a model is asked is the pack's own: templates/system.j2",
    "post_history_instructions": "how a model is asked is the pack's own: templates/scene.j2",
    "creator_notes": "notes for whoever installs the card; read them there",
    "creator_notes_multilingual": "notes for whoever installs the card; read them there",
    "tags": "packs have none; see the pack's rating and content_notes",
    "assets": "pictures are not taken over: the engine paints people from cast.toml",
    "extensions": "they are for one chat program",
    "source": "name it in the pack's authors, if the work is not the importer's",
    "avatar": "pictures are not taken over: the engine paints people from cast.toml",
}
_OTHER_NAMES = frozenset(
    ("char_name", "char_persona", "world_scenario", "char_greeting", "example_dialogue", "spec", "spec_version", "creation_date",
     "modification_date", "create_date", "chat", "fav", "talkativeness", "metadata", "creatorcomment")
)  # fmt: skip
"""Fields of old cards that the library has read under their new names, and what a program notes for itself."""

_HAIR: tuple[HairStyle, ...] = ("cropped", "swept", "tousled", "bob", "long", "bun", "braid", "curls")
_CLOTHES: tuple[Garment, ...] = ("coat", "jumper", "shirt", "hoodie", "shawl", "rollneck")
_COLOURS = ("#3a2a20", "#6b4a2f", "#1f1d1c", "#8a6a43", "#5a3a35", "#9a9186")
_CLOTH = ("#34495a", "#5a3f4a", "#45573f", "#6a5a3a", "#3d3f5e", "#704b3c")
_AGES: tuple[Age, ...] = ("young", "adult", "adult")
_BUILDS: tuple[Build, ...] = ("slight", "average", "broad")


def member_of(card: CardFound, consent: str, cast: set[str], lore: set[str]) -> Brought:
    """The card as a member of the cast with lore, under ids that are neither among the `cast` nor the `lore` there is.

    Raises:
        NotImported: its lorebook is too big.
    """
    left, data = Leaving(), card.data
    name = one_line(data.get("name"), 80) or "Nobody"
    new = free_id(name, cast, "member")
    texts = {key: plain(data.get(key), name, left, key) for key in ("description", "personality", "scenario")}
    entries = _lore(name, new, data, card.own, texts, lore, left)
    for key, why in _UNREAD.items():
        if card.own.get(key):
            left.add(_sized(key, card.own[key]), why)
    left.extend((key, "nothing here is like it") for key in _strangers(card.own))
    member = _member(name, data, texts, consent, left)
    return Brought(f'the character card "{name}" ({card.version})', {new: member}, entries, _credit(name, card, left), left.all)


def _member(name: str, data: Mapping[str, object], texts: Mapping[str, str], consent: str, left: Leaving) -> dict[str, object]:
    pronouns = _pronouns(f"{texts['description']} {texts['personality']}")
    left.add("pronouns", f'"{pronouns}" is a guess from the text: correct it in cast.toml')
    left.add("wants", "a card has no such field: write what they want, a story runs on it")
    left.add("look", "drawn by lot: choose it in cast.toml")
    if not consent:
        left.add(
            "consent", "no card says whose likeness and voice this is, and whether they agreed: ask, and write it in cast.toml"
        )
    return {
        "name": name,
        "pronouns": pronouns,
        "voice": _voice(name, data, texts, left),
        "wants": f"What {name} wants is still to be written.",
        "consent": one_line(consent, len(consent)) or NO_CONSENT,
        "look": _look(name),
    }


def _voice(name: str, data: Mapping[str, object], texts: Mapping[str, str], left: Leaving) -> str:
    """Their traits, and lines of theirs from the card's examples."""
    traits = sentences(clipped(texts["personality"] or texts["description"], LONGEST_TRAITS))
    if len(texts["personality"]) > LONGEST_TRAITS:
        left.add("personality after its first sentences", "a voice stands in every prompt; the whole of it is in the lore")
    lines = [f"“{line}”" for line in _lines(name, data.get("mes_example"), left)][:MOST_LINES]
    sounds = f"Sounds like this: {' '.join(lines)}" if lines else ""
    return " ".join(part for part in (traits, sounds) if part) or "The card says nothing of how they speak."


def _lines(name: str, examples: object, left: Leaving) -> Iterator[str]:
    for line in plain(examples, name, left, "mes_example").split("\n"):
        who, colon, words = line.partition(":")
        if colon and who.strip().lower() == name.lower() and (said := spoken(words)):
            yield clipped(said, LONGEST_LINE)


def _lore(
    name: str,
    new: str,
    data: Mapping[str, object],
    own: Mapping[str, object],
    texts: Mapping[str, str],
    taken: set[str],
    left: Leaving,
) -> dict[str, Table]:
    """What the card tells, called for by the name; and its own lorebook."""
    nickname = one_line(own.get("nickname"), 80)
    first = name.split(" ", maxsplit=1)[0]
    called = (name, nickname, "" if first.rstrip(".").lower() in _NO_NAMES else first)
    keys = list(dict.fromkeys(key for key in called if len(key) > 1 or key == name))
    parts = [("", texts["description"]), ("_scenario", texts["scenario"])]
    if len(texts["personality"]) > LONGEST_TRAITS:
        parts.append(("_personality", texts["personality"]))
    lore: dict[str, Table] = {}
    for suffix, text in parts:
        for piece in pieces(sentences(text)):
            entry = free_id(new + suffix, taken, "lore")
            taken.add(entry)
            lore[entry] = lore_table(piece, keys, priority=60 if not suffix else 40)
    book = data.get("character_book")
    return lore | (lore_of(book, name, taken, left) if isinstance(book, dict) else {})


def _pronouns(text: str) -> str:
    counts = {name: len(pattern.findall(text)) for name, pattern in _PRONOUNS.items()}
    most, least = max(counts, key=counts.__getitem__), min(counts.values())
    return most if counts[most] >= 2 and counts[most] > 2 * least else "they"


def _look(name: str) -> Table:
    """Somebody to be seen at all, the same for the same name."""

    def one(what: str, options: tuple[str, ...]) -> str:
        return options[draw(0, name, what, len(options))]

    return {
        "build": one("build", _BUILDS),
        "age": one("age", _AGES),
        "hair": {"style": one("hair", _HAIR), "colour": one("hair colour", _COLOURS)},
        "clothing": {"style": one("clothing", _CLOTHES), "colour": one("cloth", _CLOTH)},
    }


def _credit(name: str, card: CardFound, left: Leaving) -> tuple[str, str]:
    creator = one_line(card.data.get("creator"), 120)
    version = one_line(card.own.get("character_version"), 20)
    if not creator:
        left.add("who wrote the card", "it does not say; name them in the pack's authors if you know")
    left.add("licence", "a card has none: ask its author before you give the pack to others")
    return (
        creator or "Author not stated by the card",
        f'character card "{one_line(name, 60)}"{f", version {version}" if version else ""}',
    )


def _strangers(own: Mapping[str, object]) -> list[str]:
    known = _READ | _UNREAD.keys() | _OTHER_NAMES
    return [one_line(str(key), 40) for key, value in own.items() if key not in known and value not in (None, "", [], {})][:20]


def _sized(key: str, value: object) -> str:
    if isinstance(value, str):
        return f"{key} ({len(value)} characters)"
    return f"{key} ({len(value)})" if isinstance(value, list | dict) else key
