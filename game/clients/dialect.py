"""How a request is put so that an endpoint takes it: which schema dialect, which parameters, found out at the first use.

Pure: from a request and what is known of an endpoint to the body that is sent; from a complaint to what is known next.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from game.clients.client import Message, SceneRequest, SchemaDialect
from game.story import Json

Quirk = Literal["temperature", "seed", "stream_options", "max_tokens", "system"]
"""What an endpoint does not take: a parameter of this name (`max_tokens` has a newer one), or messages of the system."""

CLOUD: tuple[SchemaDialect, ...] = ("json_schema_strict", "json_object", "none")
NEARBY: tuple[SchemaDialect, ...] = ("json_schema", "json_schema_strict", "json_object", "none")
"""The dialects to try, the tightest first. Servers on one's own machine mostly make a grammar of the schema, bounds and all."""

GRAMMAR_ONLY = frozenset({"minLength", "maxLength", "minItems", "maxItems", "pattern", "format", "minimum", "maximum"})
"""Keywords that a grammar can enforce, and that a strict endpoint may refuse."""

_ABOUT_SCHEMA = ("response_format", "json_schema", "json_object", "json mode", "schema", "grammar", "structured output")
_PARAMETERS: tuple[Quirk, ...] = ("temperature", "seed", "stream_options", "max_tokens")


@dataclass(frozen=True, slots=True)
class Complaint:
    """An HTTP error as far as it matters here. `text` is all that the body says, in lower case; `param` what it points at."""

    status: int
    text: str
    param: str = ""


@dataclass(frozen=True, slots=True)
class Manners:
    """What is known of an endpoint: the dialects it may still take, and what it was found not to take."""

    dialects: tuple[SchemaDialect, ...]
    quirks: frozenset[Quirk] = field(default=frozenset())

    @property
    def dialect(self) -> SchemaDialect:
        return self.dialects[0]

    def after(self, complaint: Complaint) -> "Manners | None":
        """How to ask after this complaint, which says what the matter is; None when asking otherwise would not help."""
        if complaint.status not in (400, 404, 422, 500):
            return None
        quirk = self._quirk(complaint)
        if quirk:
            return replace(self, quirks=self.quirks | {quirk})
        if self.dialect != "none" and any(word in f"{complaint.param} {complaint.text}" for word in _ABOUT_SCHEMA):
            return replace(self, dialects=self.dialects[1:])
        return None

    def without_schema(self) -> "Manners | None":
        """How to ask a server that may have choked on the schema; None when it was not sent one."""
        if self.dialect not in ("json_schema", "json_schema_strict"):
            return None
        return replace(self, dialects=tuple(name for name in self.dialects if name in ("json_object", "none")))

    def _quirk(self, complaint: Complaint) -> Quirk | None:
        if "system" not in self.quirks and "system role" in complaint.text:
            return "system"
        if complaint.status == 500:
            return None
        for name in _PARAMETERS:
            if name not in self.quirks and (complaint.param == name or (not complaint.param and name in complaint.text)):
                return name
        return None


def body(request: SceneRequest, model: str, manners: Manners) -> dict[str, Json]:
    """The parameters of a streamed chat completion."""
    out: dict[str, Json] = {
        "model": model,
        "messages": _messages(request, manners),
        "stream": True,
        "stream_options": {"include_usage": True},
        "temperature": request.temperature,  # type: ignore[dict-item]  # the one number that is not whole, and is not hashed
        "seed": request.seed,
        _bound(manners): request.max_tokens,
    }
    if request.schema and manners.dialect != "none":
        out["response_format"] = _response_format(request.schema, manners.dialect)
    return {name: value for name, value in out.items() if name not in manners.quirks}


def _bound(manners: Manners) -> str:
    return "max_completion_tokens" if "max_tokens" in manners.quirks else "max_tokens"


def _response_format(schema: Mapping[str, Json], dialect: SchemaDialect) -> Json:
    if dialect == "json_object":
        return {"type": "json_object"}
    if dialect == "json_schema":
        return {"type": "json_schema", "json_schema": {"name": "scene", "schema": schema}}
    return {"type": "json_schema", "json_schema": {"name": "scene", "strict": True, "schema": strict(schema)}}


def strict(schema: Json) -> Json:
    """The schema without the keywords that only grammars know. Names of properties stay, whatever they are."""
    if isinstance(schema, Mapping):
        return {
            key: {name: strict(part) for name, part in value.items()}
            if key == "properties" and isinstance(value, Mapping)
            else strict(value)
            for key, value in schema.items()
            if key not in GRAMMAR_ONLY
        }
    if isinstance(schema, list | tuple):
        return [strict(part) for part in schema]
    return schema


def _messages(request: SceneRequest, manners: Manners) -> list[Json]:
    """The messages with taking turns kept: many chat templates fail on two of one role in a row, some on a system message."""
    messages = list(request.messages)
    if request.schema and manners.dialect in ("json_object", "none"):
        shape = json.dumps(request.schema, ensure_ascii=False, separators=(",", ":"))
        messages.append(Message("user", f"Answer with one JSON object and nothing else. Its JSON schema: {shape}"))
    out: list[dict[str, str]] = []
    for message in messages:
        role = "user" if message.role == "system" and "system" in manners.quirks else message.role
        if out and out[-1]["role"] == role:
            out[-1]["content"] += f"\n\n{message.content}"
        else:
            out.append({"role": role, "content": message.content})
    return list(out)
