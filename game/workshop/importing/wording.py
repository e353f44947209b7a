"""A stranger's text as plain words: no macros, no markup, no invisible characters, cut only where a sentence ends."""

import re
import unicodedata
from collections.abc import Container

from game.story import readable
from game.workshop.importing.brought import Leaving

LONGEST = 1800
"""Characters of one entry of lore that is made of a longer text."""
MOST = 200_000
"""Characters of one text that are looked at."""

_MACRO = re.compile(r"\{\{\s*([^{}]{0,400}?)\s*\}\}")
_OLD = re.compile(r"<(user|bot|char)>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,400}>")
_STAGE = re.compile(r"\*[^*\n]{1,600}\*")
_END = re.compile(r"(?<=[.!?…。！？])[\"'”’)]*\s+")
_ID = re.compile(r"[^a-z0-9]+")


def sentences(text: str) -> str:
    """`text` with a capital at its start and a stop at its end."""
    text = text[:1].upper() + text[1:]
    return text if not text or text.endswith((".", "!", "?", "…", "”", '"')) else f"{text}."


def plain(value: object, char: str, left: Leaving, what: str) -> str:
    """`value`, if it is a text, in plain words, paragraphs by blank lines; `char` is who `{{char}}` means. Of macros that draw
    among words the first words are taken, and all others are taken out; both are said of `what` in `left`."""
    if not isinstance(value, str):
        return ""
    if len(value) > MOST:
        left.add(f"{what} after its first {MOST} characters", "more than that no text of a card is taken to be")
    text = _OLD.sub(lambda tag: "the player" if tag[1].lower() == "user" else char, value[:MOST])
    text = _MACRO.sub(lambda macro: _filled(macro[1], char, left, what), text)
    text = _TAG.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    paragraphs = (_tidy(paragraph) for paragraph in re.split(r"\n\s*\n", text))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def one_line(value: object, most: int = 200) -> str:
    """`value`, if it is a text, in one line of readable characters, cut at `most`."""
    return " ".join(_tidy(value[: 4 * most]).split())[:most].strip() if isinstance(value, str) else ""


def spoken(text: str) -> str:
    """What is said aloud in a line of a chat: without `*what is done*`."""
    return _tidy(_STAGE.sub(" ", text)).strip('"“” ')


def clipped(text: str, most: int) -> str:
    """The whole sentences at the start of `text` that fit in `most` characters; of one that does not, its words."""
    if len(text) <= most:
        return text
    kept = ""
    for sentence in _END.split(text):
        longer = f"{kept} {sentence}".strip()
        if len(longer) > most:
            break
        kept = longer
    return kept or text[: most - 1].rsplit(" ", 1)[0] + "…"


def pieces(text: str, most: int = LONGEST) -> list[str]:
    """`text` in pieces of at most `most` characters, divided between paragraphs, else between sentences, else between words."""
    found: list[str] = []
    for paragraph in text.split("\n\n"):
        if found and len(found[-1]) + len(paragraph) + 2 <= most:
            found[-1] += f"\n\n{paragraph}"
            continue
        rest = paragraph
        while len(rest) > most:
            head = clipped(rest, most).removesuffix("…").rstrip()
            head = head if rest.startswith(head) and head else rest[:most]
            found.append(head)
            rest = rest[len(head) :].strip()
        found += [rest] if rest else []
    return found


def free_id(words: str, taken: Container[str], otherwise: str) -> str:
    """An id made of `words` that nothing has yet; of words in another script, `otherwise` with a number."""
    letters = unicodedata.normalize("NFKD", words[:200]).encode("ascii", "ignore").decode().lower()
    stem = _ID.sub("_", letters).strip("_")
    stem = stem if stem[:1].isalpha() else f"{otherwise}_{stem}".strip("_")
    stem = stem[:36].strip("_")
    return next(name for n in range(1, 100_000) if (name := stem if n == 1 else f"{stem[:34]}_{n}") not in taken)


def _filled(macro: str, char: str, left: Leaving, what: str) -> str:
    name, _, rest = macro.partition(":")
    if macro.lower() in ("char", "user"):
        return char if macro.lower() == "char" else "the player"
    if name.lower() in ("random", "pick"):
        left.add(f"{{{{{one_line(macro, 40)}}}}} in {what}", "only a chat program draws here, so the first was taken")
        return re.split(r"::|,", rest.strip(":"))[0].strip()
    if not macro.startswith("//"):
        left.add(f"{{{{{one_line(macro, 40)}}}}} in {what}", "only a chat program can fill it in, so it was taken out")
    return ""


def _tidy(text: str) -> str:
    """Each line's readable characters, with single blanks; a table of lines stays one."""
    lines = (" ".join("".join(map(readable, line)).split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
