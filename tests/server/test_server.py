"""The tests' server itself: what it writes in mode ok is valid, what it keeps has no key in it, and a person can start it."""

import json
import subprocess
import sys
import urllib.request

from tests.conftest import REPOSITORY
from tests.server import ModelServer, Seen
from tests.server.prose import reply_for

TEXT = {"type": "string", "minLength": 1, "maxLength": 60}
BEAT = {"type": "object", "properties": {"s": {"type": "string", "enum": ["narrator", "maren/wary", "esther/sad"]}, "t": TEXT}}
SCHEMA = {
    "type": "object",
    "properties": {
        "beats": {"type": "array", "items": BEAT, "minItems": 3, "maxItems": 4},
        "a": TEXT,
        "b": TEXT,
        "notes": {"type": "array", "items": TEXT, "maxItems": 3},
    },
}
REQUEST = {
    "model": "any",
    "messages": [{"role": "user", "content": "Present: maren (Maren Dace).\na: Ask about the boots.\nb: Say nothing"}],
    "response_format": {"type": "json_schema", "json_schema": {"name": "scene", "schema": SCHEMA}},
    "seed": 3,
}


def post(url: str, body: dict, **headers: str) -> str:
    request = urllib.request.Request(f"{url}/chat/completions", json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=5) as answer:
        return answer.read().decode()


def said(stream: str) -> str:
    events = [json.loads(line[6:]) for line in stream.splitlines() if line.startswith("data: {")]
    return "".join(event["choices"][0]["delta"].get("content", "") for event in events if event["choices"])


def test_a_reply_keeps_to_the_schema_and_the_prompt() -> None:
    reply = reply_for(REQUEST)
    assert list(reply) == ["beats", "a", "b", "notes"]
    assert 3 <= len(reply["beats"]) <= 4
    assert {beat["s"] for beat in reply["beats"]} <= {"narrator", "maren/wary"}
    assert all(1 <= len(beat["t"]) <= 60 for beat in reply["beats"])
    assert (reply["a"], reply["b"]) == ("Ask about the boots", "Say nothing")


def test_the_same_request_gets_the_same_reply() -> None:
    assert reply_for(REQUEST) == reply_for(REQUEST)
    assert reply_for(REQUEST) != reply_for(REQUEST | {"seed": 4})
    assert reply_for(REQUEST) != reply_for(REQUEST, seed=1)


def test_it_streams_what_it_writes() -> None:
    with ModelServer() as server:
        assert json.loads(said(post(server.url, REQUEST))) == reply_for(REQUEST)


def test_a_script_is_followed_to_its_end_and_then_stays() -> None:
    with ModelServer("brace,ok") as server:
        replies = [said(post(server.url, REQUEST)) for _ in range(3)]
    assert replies[0] == "{"
    assert replies[1] == replies[2] == json.dumps(reply_for(REQUEST), ensure_ascii=False)


def test_a_key_is_noticed_and_not_kept() -> None:
    with ModelServer() as server:
        post(server.url, REQUEST, Authorization="Bearer sk-4711")
        assert server.wait_until_idle()
    assert isinstance(server.requests[0], Seen)
    assert server.requests[0].keyed
    assert "4711" not in repr(server.requests)


def test_it_lists_its_models() -> None:
    with ModelServer() as server, urllib.request.urlopen(f"{server.url}/models", timeout=5) as answer:
        assert json.load(answer)["data"][0]["object"] == "model"


def test_a_person_can_start_it() -> None:
    words = [sys.executable, "-m", "tests.server", "--mode", "brace"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY) as running:
        assert running.stdout is not None
        url = running.stdout.readline().strip()
        assert said(post(url, REQUEST)) == "{"
        running.terminate()
