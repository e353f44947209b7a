"""From the bytes of a pack's files to their models, each file and each table for itself: what is wrong in one hides no other."""

import re
import tomllib
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel

from game.packs.compile import PackFiles, bounds_of
from game.packs.files import (
    CastFile,
    FactFile,
    LoreFile,
    PackFile,
    PlaceFile,
    PlayFile,
    PlaysFile,
    StoryletFile,
    SymbolFile,
    VariableFile,
)
from game.packs.findings import Findings
from game.packs.shape import validated
from game.packs.toml_slips import in_words
from game.story import Bounds, Declarations, Fact, digest

M = TypeVar("M", bound=BaseModel)
Table = dict[str, Any]

MAX_WORLD = 16_384
"""Characters of world.md, which stands at the head of every prompt."""

_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
_ANY = Bounds(-(10**9), 10**9, 10**9)


def parse(contents: Mapping[str, bytes], found: Findings) -> PackFiles | None:
    """All files as models; None if there is no pack.toml. What is wrong goes to `found`, and what is not valid is left out."""
    if "pack.toml" not in contents:
        if not found.fatal:
            found.add("PACK101", "pack.toml", message="there is no pack.toml here.")
        return None
    texts = {path: text for path, data in contents.items() if (text := _text(path, data, found)) is not None}
    found.texts = texts
    tables = _tables(texts, found)
    head = validated(PackFile, tables["pack.toml"], "pack.toml", (), found) if "pack.toml" in tables else None
    homes = _homes(tables, found)
    storylets = {path: _entries(StoryletFile, path, tables, found) for path in tables if path.startswith("storylets/")}
    return PackFiles(
        pack=head,
        declared=_declared(tables, homes),
        endings=_names(tables, "pack.toml", "endings"),
        world=_world(texts, found),
        cast=_entries(CastFile, "cast.toml", tables, found),
        places=_entries(PlaceFile, "places.toml", tables, found),
        lore=_entries(LoreFile, "lore.toml", tables, found),
        storylets={name: storylet for path, own in storylets.items() for name, storylet in own.items() if homes[name] == path},
        homes=homes,
        grammar={name: symbol.root for name, symbol in _entries(SymbolFile, "grammar.toml", tables, found).items()},
        templates={path: text for path, text in texts.items() if path.startswith("templates/")},
        plays=_plays(tables, found),
        hash=digest("pack", *(part for path in sorted(texts) for part in (path, texts[path]))),
    )


def _text(path: str, data: bytes, found: Findings) -> str | None:
    """A file's text with plain line ends, so that a pack is the same on every platform."""
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found.add("PACK103", path, line=line, message="this file is not UTF-8.", suggestion="Save it as UTF-8.")
        return None


def _tables(texts: Mapping[str, str], found: Findings) -> dict[str, Table]:
    out: dict[str, Table] = {}
    for path in (path for path in texts if path.endswith(".toml")):
        try:
            out[path] = tomllib.loads(texts[path])
        except ValueError as error:  # TOMLDecodeError, or a number with more digits than Python reads
            reason, line = in_words(error, texts[path])
            found.add("PACK104", path, line=line, message=f"this is not TOML: {reason}.")
        except RecursionError:
            found.add("PACK104", path, message="this is nested too deep.")
    return out


def _entries(model: type[M], path: str, tables: Mapping[str, Table], found: Findings) -> dict[str, M]:
    """The valid tables of a file whose top-level keys are ids."""
    out: dict[str, M] = {}
    for name, value in tables.get(path, {}).items():
        if not _ID.fullmatch(name):
            message = f'"{name}" should be an id: a small letter, then small letters, digits and _, 40 at most.'
            found.add("PACK205", path, (name,), message=message)
        entry = validated(model, value, path, (name,), found)
        if entry is not None:
            out[name] = entry
    return out


def _homes(tables: Mapping[str, Table], found: Findings) -> dict[str, str]:
    """The file of each storylet; of two with one id the first."""
    homes: dict[str, str] = {}
    for path in tables:
        for name in tables[path] if path.startswith("storylets/") else ():
            if homes.setdefault(name, path) != path:
                message = f'"{name}" is a storylet in {homes[name]} already.'
                found.add("PACK206", path, (name,), message=message, suggestion="Give one of them another id.")
    return homes


def _declared(tables: Mapping[str, Table], homes: Mapping[str, str]) -> Declarations:
    """All that is declared, also where the declaration itself is not right: one mistake is said once, not at every use."""
    facts = _table(tables, "facts")
    acts = tables.get("pack.toml", {}).get("acts", 3)
    return Declarations(
        variables={name: _bounds(value) for name, value in _table(tables, "variables").items()},
        items=_names(tables, "pack.toml", "items"),
        places=_names(tables, "places.toml"),
        cast=_names(tables, "cast.toml"),
        threads=_names(tables, "pack.toml", "threads"),
        facts={name: _fact(value) for name, value in facts.items()},
        knows={name: _knows(value) for name, value in tables.get("cast.toml", {}).items()},
        storylets=frozenset(homes),
        acts=acts if isinstance(acts, int) else 9,
    )


def _table(tables: Mapping[str, Table], key: str) -> Table:
    value = tables.get("pack.toml", {}).get(key, {})
    return value if isinstance(value, dict) else {}


def _names(tables: Mapping[str, Table], path: str, key: str | None = None) -> frozenset[str]:
    return frozenset(_table(tables, key) if key else tables.get(path, {}))


def _bounds(value: object) -> Bounds | None:
    try:
        return bounds_of(VariableFile.model_validate(value))
    except ValueError:
        return _ANY


def _fact(value: object) -> Fact:
    try:
        fact = FactFile.model_validate(value)
    except ValueError:
        return Fact("", "", "", "")
    return Fact(fact.subject, fact.predicate, fact.object, fact.text, tuple(fact.denied_by))


def _knows(member: object) -> frozenset[str]:
    facts = member.get("knows", []) if isinstance(member, dict) else []
    return frozenset(fact for fact in facts if isinstance(fact, str)) if isinstance(facts, list) else frozenset()


def _world(texts: Mapping[str, str], found: Findings) -> str:
    if "world.md" not in texts:
        advice = "Write the premise, the setting and the tone there: it is the head of every prompt."
        found.add("PACK110", "world.md", message="there is no world.md.", suggestion=advice)
        return ""
    world = texts["world.md"]
    if len(world) > MAX_WORLD:
        message = f"this has {len(world)} characters, {MAX_WORLD} at most."
        found.add("PACK105", "world.md", message=message, suggestion="Move what is not always needed to lore.toml.")
    return world


def _plays(tables: Mapping[str, Table], found: Findings) -> dict[str, list[PlayFile]]:
    paths = [path for path in tables if path.startswith("tests/")]
    files = {path: validated(PlaysFile, tables[path], path, (), found) for path in paths}
    return {path: file.play for path, file in files.items() if file is not None}
