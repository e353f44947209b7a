"""What the server's model writes: a valid reply for the JSON schema it is sent, seeded, the same each time."""

import json
import random
import re
from textwrap import shorten

_SUBJECTS = """The fog|A chain|One gull|The rain barrel|Salt|The hall clock|A moth|The stove|An oilskin|The gate|A kettle|
The tide|Lamp oil|The ladder|Somebody's glove|The bell rope"""
_VERBS = """has left|goes over|keeps to|counts|leans on|forgets|waits for|hides|returns to|has outlived|measures|will not touch"""
_OBJECTS = """the third plank|the cold hearth|the boathouse key|seven steps|its own shadow|the empty hook|last week's bread|
the unlit stair|a chalk mark|the far window"""
_ENDS = """without any hurry|as it does on Tuesdays|and nobody remarks on it|for the second time tonight|like a debt|
before the light comes round|out of habit|so slowly that it looks like patience"""
_PARTS = [[part.strip() for part in words.split("|")] for words in (_SUBJECTS, _VERBS, _OBJECTS, _ENDS)]


def reply_for(request: dict, seed: int = 0) -> dict:
    """A reply to this body of a chat completion. A choice means what the prompt asks of its letter, and only those speak who are
    said to be present. Nothing is the same in two replies to different requests, or hardly anything."""
    prompt = _prompt(request)
    dice = random.Random(f"{seed}/{request.get('seed')}/{prompt[-400:]}")
    schema = _schema(request, prompt)
    reply = {name: _value(part, dice) for name, part in schema["properties"].items()}
    if "beats" in reply:
        reply["beats"] = _beats(schema["properties"]["beats"], _present(prompt), dice)
    for letter, hint in re.findall(r"^([a-d]): (.+)$", prompt, re.MULTILINE):
        if letter in reply:
            reply[letter] = _offer(hint)
    return reply | ({"notes": []} if "notes" in reply else {})


def _offer(hint: str) -> str:
    """What the player is offered: the hint, which tells of the player, turned to them."""
    said = hint.strip().rstrip(".").removeprefix("The player ")
    return shorten(said[:1].upper() + said[1:], 90, placeholder="")


def sentence(dice: random.Random) -> str:
    return " ".join(map(dice.choice, _PARTS)) + "."


def _prompt(request: dict) -> str:
    return "\n".join(str(message.get("content")) for message in request.get("messages", []) if message.get("role") == "user")


def _schema(request: dict, prompt: str) -> dict:
    """The schema in `response_format`; else the one in the prompt; else the plainest."""
    sent = (request.get("response_format") or {}).get("json_schema", {}).get("schema")
    if sent:
        return sent
    _, marker, tail = prompt.rpartition("JSON schema: ")
    if marker:
        return json.JSONDecoder().raw_decode(tail)[0]
    letters = sorted({letter for letter, _ in re.findall(r"^([a-d]): (.+)$", prompt, re.MULTILINE)})
    beat = {"type": "object", "properties": {"s": {"type": "string", "enum": ["narrator"]}, "t": {"type": "string"}}}
    return {"properties": {"beats": {"type": "array", "items": beat}, **{letter: {"type": "string"} for letter in letters}}}


def _present(prompt: str) -> list[str]:
    lines = re.findall(r"^Present: (.+)$", prompt, re.MULTILINE)
    return re.findall(r"([a-z][a-z0-9_]*) \(", lines[-1]) if lines else []


def _beats(schema: dict, present: list[str], dice: random.Random) -> list[dict]:
    speakers = schema["items"]["properties"]["s"].get("enum", ["narrator"])
    heard = [name for name in speakers if name.partition("/")[0] in present]
    count = max(schema.get("minItems", 0), min(5, schema.get("maxItems", 5)))
    beats = []
    for n in range(count):
        speaker = dice.choice(heard) if heard and n % 3 == 2 else speakers[0]
        beats.append({"s": speaker, "t": _value(schema["items"]["properties"]["t"], dice)})
    return beats


def _value(schema: dict, dice: random.Random) -> object:
    if "enum" in schema:
        return dice.choice(schema["enum"])
    if schema.get("type") == "array":
        return [_value(schema["items"], dice) for _ in range(schema.get("minItems", 0))]
    if schema.get("type") == "object":
        return {name: _value(part, dice) for name, part in schema["properties"].items()}
    return sentence(dice)[: schema.get("maxLength", 400)]
