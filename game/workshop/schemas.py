"""JSON Schemas of a pack's TOML files, by which an editor completes keys, says what each is for, and underlines what is wrong.

They are made from the models that read a pack, so that the two cannot differ in shape. What needs more than one file to be seen,
an id that nothing declares or a condition that does not compile, is for `unwritten check`.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, RootModel

from game.packs.files import CastFile, Id, LoreFile, PackFile, PlaceFile, PlaysFile, StoryletFile, SymbolFile

Json = dict[str, Any]

DIALECT = "http://json-schema.org/draft-07/schema#"
"""The dialect that the editors' plug-ins for TOML all read."""


class Cast(RootModel[dict[Id, CastFile]]):
    """cast.toml: the cast, each in a table named by their id."""


class Places(RootModel[dict[Id, PlaceFile]]):
    """places.toml: the places, each in a table named by its id."""


class Lore(RootModel[dict[Id, LoreFile]]):
    """lore.toml: what a model may need to know, each entry in a table named by its id."""


class Storylets(RootModel[dict[Id, StoryletFile]]):
    """storylets/*.toml: the units of plot, each in a table named by its id."""


class Grammar(RootModel[dict[Id, SymbolFile]]):
    """grammar.toml: the symbols of the grammar, each with the texts that may stand in its place."""


_MODELS: Mapping[str, type[BaseModel]] = {
    "cast": Cast,
    "grammar": Grammar,
    "lore": Lore,
    "pack": PackFile,
    "places": Places,
    "plays": PlaysFile,
    "storylets": Storylets,
}


def schemas() -> dict[str, Json]:
    """Every schema by the name of its file, such as `cast.schema.json`."""
    return {f"{name}.schema.json": {"$schema": DIALECT, **_draft(model)} for name, model in _MODELS.items()}


def write_schemas(folder: Path) -> tuple[Path, ...]:
    """Writes every schema into `folder`, which is made if it is not there; what they replace is lost. Gives the files.

    Raises:
        OSError: it cannot be written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas().items():
        text = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return tuple(folder / name for name in schemas())


def _draft(model: type[BaseModel]) -> Json:
    schema = model.model_json_schema(ref_template="#/definitions/{model}")
    if "$defs" in schema:
        schema["definitions"] = schema.pop("$defs")
    return _tidied(schema)


def _tidied(node: Json) -> Json:
    """What pydantic says, as this dialect and a TOML file have it: no null, no key beside `$ref`, no key that is no id."""
    node = {key: _inside(value) for key, value in node.items() if not (key == "default" and value is None)}
    if "patternProperties" in node:
        node["additionalProperties"] = False
    if isinstance(node.get("title"), str):
        node["title"] = node["title"].removesuffix("File")
    if "anyOf" in node:
        node["anyOf"] = [option for option in node["anyOf"] if option != {"type": "null"}]
        if len(node["anyOf"]) == 1:
            node |= node.pop("anyOf")[0]
    if "$ref" in node and len(node) > 1:
        node["allOf"] = [{"$ref": node.pop("$ref")}]
    return node


def _inside(value: object) -> object:
    if isinstance(value, list):
        return [_inside(each) for each in value]
    return _tidied(value) if isinstance(value, dict) else value
