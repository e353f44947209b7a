"""How a request is put: the body of a streamed chat completion, in the way that the endpoint takes."""

import json
from collections.abc import Mapping, Set

from game.clients.client import Message, SceneRequest
from game.clients.dialect import Form, Manners
from game.story import Json

THINKING = 2048
"""Tokens that a model which thinks is given for it, besides those of the reply, where the window has room."""
CHARS_PER_TOKEN = 3
"""Characters that a token is taken for when only the room that is left is looked for: fewer than there mostly are."""


def chat_body(request: SceneRequest, model: str, manners: Manners, window: int) -> dict[str, Json]:
    """The parameters. `window` is in tokens: prompt, thoughts and reply are to fit into it."""
    messages = _messages(request, manners)
    out: dict[str, Json] = {
        "model": model,
        "messages": list(messages),
        "stream": True,
        "stream_options": {"include_usage": True},
        "temperature": request.temperature,  # type: ignore[dict-item]  # the one number that is not whole, and is not hashed
        "seed": request.seed,
        _bound(manners): request.max_tokens + _room_to_think(request, messages, manners, window),
    }
    if request.schema and manners.form != "none":
        out["response_format"] = _response_format(without(request.schema, manners.left_away), manners.form)
    return {name: value for name, value in out.items() if name not in manners.quirks}


def _bound(manners: Manners) -> str:
    return "max_completion_tokens" if "max_tokens" in manners.quirks else "max_tokens"


def _room_to_think(request: SceneRequest, messages: list[dict[str, str]], manners: Manners, window: int) -> int:
    if "thinks" not in manners.quirks:
        return 0
    prompt = sum(len(message["content"]) for message in messages) // CHARS_PER_TOKEN
    return max(0, min(THINKING, window - request.max_tokens - prompt))


def _response_format(schema: Json, form: Form) -> Json:
    if form == "json_object":
        return {"type": "json_object"}
    if form == "json_object_schema":
        return {"type": "json_object", "schema": schema}
    if form == "json_schema":
        return {"type": "json_schema", "json_schema": {"name": "scene", "schema": schema}}
    return {"type": "json_schema", "json_schema": {"name": "scene", "strict": True, "schema": schema}}


def without(schema: Json, keywords: Set[str]) -> Json:
    """The schema without these keywords. Names of properties stay, whatever they are."""
    if isinstance(schema, Mapping):
        return {
            key: {name: without(part, keywords) for name, part in value.items()}
            if key == "properties" and isinstance(value, Mapping)
            else without(value, keywords)
            for key, value in schema.items()
            if key not in keywords
        }
    if isinstance(schema, list | tuple):
        return [without(part, keywords) for part in schema]
    return schema


def _messages(request: SceneRequest, manners: Manners) -> list[dict[str, str]]:
    """The messages with taking turns kept: many chat templates fail on two of one role in a row, some on a system message."""
    messages = list(request.messages)
    if request.schema and manners.in_words:
        shape = json.dumps(request.schema, ensure_ascii=False, separators=(",", ":"))
        messages.append(Message("user", f"Answer with one JSON object and nothing else. Its JSON schema: {shape}"))
    out: list[dict[str, str]] = []
    for message in messages:
        role = "user" if message.role == "system" and "system" in manners.quirks else message.role
        if out and out[-1]["role"] == role:
            out[-1]["content"] += f"\n\n{message.content}"
        else:
            out.append({"role": role, "content": message.content})
    return out
