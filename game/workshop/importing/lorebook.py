"""The entries of a lorebook, as a chat program or a character card has them, as entries of a pack's lore."""

from collections.abc import Iterator, Mapping

from game.workshop.importing.brought import Leaving, NotImported, Table
from game.workshop.importing.wording import free_id, one_line, pieces, plain

MAX_ENTRIES = 1000
MAX_KEYS = 24

_ALONE = "an entry here waits for one of its keys, and for nothing else"
_BEHAVIOUR: Mapping[str, str] = {
    "probability": "an entry here always fires",
    "sticky": "an entry here fires by the words of this scene and the last",
    "cooldown": "an entry here fires by the words of this scene and the last",
    "delay": "an entry here fires by the words of this scene and the last",
    "group": "entries here do not exclude each other",
    "excludeRecursion": "an entry here never fires by another entry's text",
    "preventRecursion": "an entry here never fires by another entry's text",
    "delayUntilRecursion": "an entry here never fires by another entry's text",
    "vectorized": "keys here are whole words, not likeness of meaning",
    "automationId": "nothing here runs a script",
}
"""What an entry may also ask for, and what is done here instead."""
_USUAL: Mapping[str, object] = {"probability": 100}


def lore_of(book: Mapping[str, object], char: str, taken: set[str], left: Leaving) -> dict[str, Table]:
    """The entries of `book` that can be told, by new ids (which join `taken`).

    Raises:
        NotImported: there are too many.
    """
    rows = book.get("entries")
    listed = list(rows.values()) if isinstance(rows, dict) else rows if isinstance(rows, list) else []
    if len(listed) > MAX_ENTRIES:
        raise NotImported(f"its lorebook has {len(listed)} entries, and {MAX_ENTRIES} at most can be taken; divide it")
    lore: dict[str, Table] = {}
    top = max((_order(row) for row in listed if isinstance(row, dict)), default=0)
    for n, row in enumerate(listed):
        if isinstance(row, dict):
            priority = max(0, _order(row) * 100 // top if top > 100 else _order(row))
            lore.update(_entry(row, n, char, priority, taken, left))
        else:
            left.add("an entry of the lorebook", "it is not a table")
    left.extend((f"the lorebook's {key}", "a pack's lore has a budget of its own") for key in _SETTINGS if book.get(key))
    return lore


_SETTINGS = ("scan_depth", "token_budget", "recursive_scanning")


def _entry(row: Mapping[str, object], n: int, char: str, priority: int, taken: set[str], left: Leaving) -> dict[str, Table]:
    name = one_line(row.get("comment") or row.get("name")) or f"entry {n + 1}"
    what = f'lore "{one_line(name, 60)}"'
    if row.get("disable") or row.get("enabled") is False:
        left.add(what, "it was switched off")
        return {}
    text = plain(_without_decorators(row.get("content"), what, left), char, left, what)
    keys, always = list(_keys(row, char, what, left)), bool(row.get("constant"))
    if not text or not (keys or always):
        left.add(what, "it has no text" if not text else "it has no key that could call for it")
        return {}
    left.extend(_unkept(row, what))
    words = name if row.get("comment") or row.get("name") else (keys[0] if keys else name)
    return dict(_tables(pieces(text), words, keys, priority, always, taken))


def _tables(
    texts: list[str], words: str, keys: list[str], priority: int, always: bool, taken: set[str]
) -> Iterator[tuple[str, Table]]:
    for text in texts:
        new = free_id(words, taken, "lore")
        taken.add(new)
        yield new, lore_table(text, keys, priority, always)


def lore_table(text: str, keys: list[str], priority: int = 50, always: bool = False) -> Table:
    """One entry of lore.toml."""
    table: dict[str, object] = {"text": text, "priority": priority}
    if keys:
        table["keys"] = keys
    if always:
        table["always"] = True
    return table


def _keys(row: Mapping[str, object], char: str, what: str, left: Leaving) -> Iterator[str]:
    """The words that call for an entry; a pattern is not one."""
    value = row.get("keys", row.get("key"))
    found = value if isinstance(value, list) else str(value).split(",") if isinstance(value, str) else []
    for key in found[:MAX_KEYS]:
        words = one_line(plain(key, char, left, f"a key of {what}"))
        is_pattern = bool(row.get("use_regex")) or (words.startswith("/") and words.rfind("/") > 0)
        if words and is_pattern:
            left.add(f"the pattern {one_line(words, 60)} of {what}", "keys here are whole words")
        elif words:
            yield words
    if len(found) > MAX_KEYS:
        left.add(f"{len(found) - MAX_KEYS} keys of {what}", f"{MAX_KEYS} were taken")


def _unkept(row: Mapping[str, object], what: str) -> Iterator[tuple[str, str]]:
    """What else the entry asks for."""
    second = row.get("secondary_keys", row.get("keysecondary"))
    if second and row.get("selective", True):
        yield f"the second keys of {what}", _ALONE
    extensions = row.get("extensions")
    everything = {**(extensions if isinstance(extensions, dict) else {}), **row}
    for key, why in _BEHAVIOUR.items():
        snake = "".join(f"_{char.lower()}" if char.isupper() else char for char in key)
        value = everything.get(key, everything.get(snake))
        if value and value != _USUAL.get(key):
            yield f"{key} of {what}", why
    if everything.get("case_sensitive") or everything.get("caseSensitive"):
        yield f"large and small letters in the keys of {what}", "keys here match both"


def _order(row: Mapping[str, object]) -> int:
    """How important a chat program takes the entry to be; what is above 100 is scaled down with all the others."""
    value = next((row[key] for key in ("priority", "insertion_order", "order") if isinstance(row.get(key), int)), 50)
    return int(value) if isinstance(value, int) else 50


def _without_decorators(value: object, what: str, left: Leaving) -> object:
    """Version 3 lets an entry begin with lines that start with @@."""
    if not isinstance(value, str) or not value.startswith("@@"):
        return value
    lines = value.split("\n")
    while lines and lines[0].startswith("@@"):
        left.add(f"{one_line(lines[0].split(' ')[0], 40)} of {what}", "decorators are for chat programs")
        del lines[0]
    return "\n".join(lines)
