"""Shorter forms that an author may write in a pack's files: one value for a list of one, a bare name or text for a table.

Owns how they are read, and that editors, which see the JSON Schemas, allow them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shorter:
    """Marks a type that has a shorter form. `widen` makes a value of the shorter form a full one, and leaves any other as it is;
    `form` makes the shorter form's JSON Schema from the full one's."""

    widen: Callable[[object], object]
    form: Callable[[Json], Json]

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self.widen, handler(source))

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> Json:
        full = handler(core)
        return {"anyOf": [self.form(handler.resolve_ref_schema(full)), full]}


def one_for_many() -> Shorter:
    """One value where a list is meant."""
    return Shorter(lambda value: value if isinstance(value, list | tuple) else [value], lambda full: dict(full["items"]))


def bare(key: str) -> Shorter:
    """A bare text where a table is meant that has it as its `key`."""
    return Shorter(lambda value: {key: value} if isinstance(value, str) else value, lambda full: _text(full["properties"][key]))


def _text(schema: Json) -> Json:
    """Of what a key may be, the text, without what is said of the key."""
    options = [option for option in schema.get("anyOf", [schema]) if option.get("type") == "string"]
    return {name: value for name, value in options[0].items() if name not in ("title", "description", "default")}
