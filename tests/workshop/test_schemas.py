"""The JSON Schemas of a pack's files: packs that ship fit, what breaks the shape does not, and the committed ones are current."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from game.packs.shelf import prompts_folder
from game.workshop.schemas import schemas, write_schemas
from tests.conftest import REPOSITORY
from tests.packs.workshop import GOOD

SCHEMAS = schemas()
FILES = sorted(path for root in (prompts_folder(), GOOD) for path in root.rglob("*.toml"))


def validator(path: Path | str) -> jsonschema.Draft7Validator:
    """The validator of a file of a pack."""
    folder, name = Path(path).parent.name, Path(path).stem
    kind = {"storylets": "storylets", "tests": "plays"}.get(folder, name)
    return jsonschema.Draft7Validator(SCHEMAS[f"{kind}.schema.json"])


def complaints(path: Path | str, toml: str) -> list[str]:
    return [error.message for error in validator(path).iter_errors(tomllib.loads(toml))]


def keys(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every key that a table may have, with what is said of it."""
    for kind in (schema, *schema.get("definitions", {}).values()):
        yield from kind.get("properties", {}).items()


@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.parts[-3:]))
def test_the_files_of_a_pack_fit_their_schema(path: Path) -> None:
    assert complaints(path, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("path", "toml"),
    [
        ("cast.toml", '[Maren]\nname = "Maren"'),
        ("cast.toml", '[a]\nname = "A"\nvoice = "Dry."\nwants = "Tea."\nlook = {}'),
        ("places.toml", '[a]\nname = "A"\ndescription = "It is."\nlook = { sky = "pink" }'),
        ("places.toml", '[a]\nname = "A"\ndescription = "It is."\nlook = { near = [{ shape = "sea", at = 9 }] }'),
        ("lore.toml", '[a]\ntext = "It is."\npriority = 101'),
        ("grammar.toml", 'bell = "one"'),
        ("grammar.toml", 'bell = [{ text = "one", wen = "lit" }]'),
        ("storylets/a.toml", '[a]\ntitle = "A"'),
        ("storylets/a.toml", '[a]\ntitle = "A"\ngoal = "Go."\nact = 10'),
        ("storylets/a.toml", '[a]\ntitle = "A"\ngoal = "Go."\noutcomes = [{ id = "b" }]'),
        ("storylets/a.toml", '[a]\ntitle = "A"\ngoal = "Go."\nbeats = [3]'),
        ("tests/a.toml", '[[play]]\nname = "one"'),
        ("pack.toml", 'id = "a"\ntitle = "A"'),
    ],
)
def test_what_breaks_the_shape_of_a_file_does_not_fit(path: str, toml: str) -> None:
    assert complaints(path, toml)


@pytest.mark.parametrize(
    ("path", "toml"),
    [
        ("places.toml", '[a]\nname = "A"\ndescription = "It is."\nlook = { near = "sea", light = "moon" }'),
        ("grammar.toml", 'bell = ["one", { text = "two", weight = 3 }]'),
        (
            "storylets/a.toml",
            '[a]\ntitle = "A"\ngoal = "Go."\nact = 2\nbeats = ["One.", { text = "Two." }, { text = ["3", "4"] }]',
        ),
    ],
)
def test_the_shorter_forms_fit(path: str, toml: str) -> None:
    assert complaints(path, toml) == []


def test_every_key_is_said_in_words() -> None:
    silent = [name for schema in SCHEMAS.values() for name, said in keys(schema) if not said.get("description")]
    assert silent == []


def test_the_schemas_in_the_docs_are_those_that_the_command_writes(tmp_path: Path) -> None:
    written = {path.name: path.read_bytes() for path in write_schemas(tmp_path)}
    assert written == {path.name: path.read_bytes() for path in (REPOSITORY / "docs" / "schemas").iterdir()}


def test_a_schema_is_one_itself() -> None:
    for schema in SCHEMAS.values():
        jsonschema.Draft7Validator.check_schema(json.loads(json.dumps(schema)))
