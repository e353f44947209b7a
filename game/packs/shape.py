"""What a table of a pack must look like, said in an author's words: which key, what it should be, what was probably meant."""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, TypeVar, get_args, get_origin

from pydantic import BaseModel, Tag, ValidationError
from pydantic_core import ErrorDetails

from game.packs.findings import Findings, did_you_mean
from game.packs.locate import KeyPath

M = TypeVar("M", bound=BaseModel)

_TYPES: Mapping[str, str] = {
    "string_type": "a text",
    "int_type": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "list_type": "a list",
    "tuple_type": "a list",
    "dict_type": "a table",
    "model_type": "a table",
    "model_attributes_type": "a table",
}
_BOUNDS: Mapping[str, str] = {
    "greater_than_equal": "{ge} or more",
    "greater_than": "more than {gt}",
    "less_than_equal": "{le} at most",
    "less_than": "less than {lt}",
    "string_too_short": "a text that is not empty",
    "string_too_long": "a text of at most {max_length} characters",
    "too_short": "a list of at least {min_length}",
    "too_long": "a list of at most {max_length}",
}
_PATTERNS: Mapping[str, str] = {
    r"^[a-z][a-z0-9_]{0,39}$": "an id: a small letter, then small letters, digits and _, 40 at most",
    r"^\d+\.\d+\.\d+$": 'three numbers, such as "1.0.0"',
    r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$": 'a language tag, such as "en" or "pt-BR"',
    r"^#[0-9a-fA-F]{6}$": 'a colour, such as "#a0b1c2"',
}
_IS_ID = next(iter(_PATTERNS))

WHY_CONSENT = (
    "Say whose likeness and voice these are and that they agreed, or that they are nobody's: whoever publishes or plays a story"
    " may ask, and a face that was never asked for cannot be taken back."
)
_MISSING: Mapping[str, tuple[str, str]] = {"consent": ("PACK309", WHY_CONSENT)}
"""Keys whose want has a code of its own, with the reason why they are asked for."""


def validated(model: type[M], value: object, file: str, at: KeyPath, found: Findings) -> M | None:
    """`value`, which stands at `at` in `file`, as a `model`; None, and everything that is wrong in `found`, if it is not one."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        details = error.errors(include_url=False)
    by_place: dict[KeyPath, list[ErrorDetails]] = {}
    for detail in details:
        by_place.setdefault(_place(detail["loc"], value), []).append(detail)
    for place, here in by_place.items():
        _report(model, here, file, (*at, *place), found)
    return None


def _place(loc: KeyPath, value: object) -> KeyPath:
    """Where in the author's own data an error is: the validator's own steps, and what the author need not write, left out."""
    path: KeyPath = ()
    for part in loc:
        inside = dict(enumerate(value)) if isinstance(value, list) else value
        if isinstance(inside, dict) and part in inside:
            value, path = inside[part], (*path, part)
    return path


def _report(model: type[BaseModel], here: list[ErrorDetails], file: str, path: KeyPath, found: Findings) -> None:
    for detail in here:
        kind = detail["type"]
        if kind == "missing":
            code, advice = _MISSING.get(str(detail["loc"][-1]), ("PACK204", ""))
            found.add(code, file, path, message=f'{_named(path)} has no "{detail["loc"][-1]}".', suggestion=advice)
        elif kind == "extra_forbidden":
            keys = _keys(model, detail["loc"][:-1])
            advice = did_you_mean(str(path[-1]), keys) or f"The keys here are: {', '.join(keys)}."
            found.add("PACK201", file, path, message=f'{_named(path[:-1])} has no key "{path[-1]}".', suggestion=advice)
    wrong = [detail for detail in here if detail["type"] not in ("missing", "extra_forbidden")]
    if wrong and path[-1:] == ("consent",) and wrong[0]["type"] == "string_too_short":
        found.add("PACK309", file, path, message='the "consent" is empty.', suggestion=WHY_CONSENT)
    elif wrong:
        wishes = ", or ".join(dict.fromkeys(map(_wish, wrong)))
        advice = next((text for text in map(_advice, wrong) if text), "")
        found.add(_code(wrong), file, path, message=f"{_named(path)} should be {wishes}.", suggestion=advice)


def _code(details: list[ErrorDetails]) -> str:
    if all(detail["type"] in _TYPES for detail in details):
        return "PACK202"
    if any(detail.get("ctx", {}).get("pattern") == _IS_ID for detail in details):
        return "PACK205"
    return "PACK203"


def _wish(detail: ErrorDetails) -> str:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind in _TYPES:
        return _TYPES[kind]
    if kind in _BOUNDS:
        return _BOUNDS[kind].format(**context)
    if kind == "string_pattern_mismatch":
        return _PATTERNS.get(context["pattern"], f"like {context['pattern']}")
    if kind == "literal_error":
        return f"one of {', '.join(options)}" if len(options := _options(detail)) > 1 else str(context["expected"])
    return f"otherwise: {detail['msg']}"


def _advice(detail: ErrorDetails) -> str:
    if detail["type"] in ("list_type", "tuple_type") and isinstance(detail["input"], str):
        return "A list stands in square brackets, also where it has only one entry."
    return did_you_mean(str(detail["input"]), _options(detail)) if detail["type"] == "literal_error" else ""


def _options(detail: ErrorDetails) -> list[str]:
    return re.findall(r"'([^']*)'", str(detail.get("ctx", {}).get("expected", "")))


def _named(path: KeyPath) -> str:
    """The thing at `path`, as an author would say it."""
    if not path:
        return "the file"
    if isinstance(path[-1], str):
        return f'"{path[-1]}"'
    within = next((part for part in reversed(path) if isinstance(part, str)), "")
    return f'entry {path[-1] + 1} of "{within}"' if within else f"entry {path[-1] + 1}"


def _keys(model: object, loc: KeyPath) -> list[str]:
    """The keys that an author may write at `loc`."""
    kind = model
    for part in loc:
        kind = _below(kind, part)
    found = next(_models(kind), None)
    return [field.alias or name for name, field in found.model_fields.items()] if found else []


def _below(kind: object, part: str | int) -> object:
    for model in _models(kind):
        fields = {field.alias or name: field.annotation for name, field in model.model_fields.items()}
        if part in fields:
            return fields[str(part)]
        if "root" in fields:
            return _below(fields["root"], part)
    plain = get_args(kind)[0] if get_origin(kind) is Annotated else kind
    arguments = get_args(plain)
    for option in arguments:
        if any(isinstance(mark, Tag) and mark.tag == part for mark in get_args(option)):
            return option
    return arguments[1 if get_origin(plain) is dict else 0] if arguments else None


def _models(kind: object) -> Iterator[type[BaseModel]]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
    elif get_origin(kind) is Annotated:
        yield from _models(get_args(kind)[0])
