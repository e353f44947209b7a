"""How a request is put: the schema dialects, and what an endpoint is found not to take."""

import json
from dataclasses import replace

import pytest

from game.clients import Message, SceneRequest
from game.clients.dialect import CLOUD, GRAMMAR_ONLY, NEARBY, Complaint, Manners, body, strict

MANNERS = Manners(NEARBY)


def test_a_grammar_gets_the_bounds(wanted: SceneRequest) -> None:
    assert '"maxLength"' in json.dumps(body(wanted, "m", Manners(("json_schema",))))


def test_a_strict_endpoint_gets_none_of_them(wanted: SceneRequest) -> None:
    sent = body(wanted, "m", Manners(CLOUD))
    text = json.dumps(sent)
    assert not [word for word in GRAMMAR_ONLY if f'"{word}"' in text]
    assert sent["response_format"]["json_schema"]["strict"] is True


def test_a_property_may_be_called_like_a_keyword() -> None:
    schema = {"type": "object", "properties": {"format": {"type": "string", "format": "date"}}}
    assert strict(schema) == {"type": "object", "properties": {"format": {"type": "string"}}}


def test_a_schema_stays_what_it_is_for_others(wanted: SceneRequest) -> None:
    before = json.dumps(wanted.schema)
    strict(wanted.schema)
    assert json.dumps(wanted.schema) == before


def test_turns_are_taken(wanted: SceneRequest) -> None:
    twice = replace(wanted, messages=(*wanted.messages, Message("user", "and the rest of it")))
    sent = body(twice, "m", MANNERS)["messages"]
    assert [message["role"] for message in sent] == ["system", "user"]
    assert sent[1]["content"].endswith("\n\nand the rest of it")


def test_a_recap_has_no_format(wanted: SceneRequest) -> None:
    assert "response_format" not in body(replace(wanted, schema={}), "m", MANNERS)


@pytest.mark.parametrize(
    ("complaint", "quirk"),
    [
        (Complaint(400, "unsupported value", "temperature"), "temperature"),
        (Complaint(400, "unknown field: seed"), "seed"),
        (Complaint(422, "stream_options: extra inputs are not permitted"), "stream_options"),
        (Complaint(400, "use 'max_completion_tokens' instead", "max_tokens"), "max_tokens"),
        (Complaint(500, "jinja exception: system role not supported"), "system"),
    ],
)
def test_what_is_not_taken_is_remembered(complaint: Complaint, quirk: str) -> None:
    softer = MANNERS.after(complaint)
    assert softer == replace(MANNERS, quirks=frozenset({quirk}))
    assert softer.after(complaint) is None


def test_a_complaint_about_the_schema_goes_down_the_ladder_to_its_end() -> None:
    seen, manners = [], MANNERS
    while manners:
        seen.append(manners.dialect)
        manners = manners.after(Complaint(400, "response_format is not supported"))
    assert tuple(seen) == NEARBY


@pytest.mark.parametrize(
    "complaint", [Complaint(401, "seed"), Complaint(429, "json_schema"), Complaint(400, "no credit"), Complaint(500, "")]
)
def test_other_complaints_are_not_answered(complaint: Complaint) -> None:
    assert MANNERS.after(complaint) is None


def test_a_server_that_was_sent_no_schema_cannot_have_choked_on_it() -> None:
    assert Manners(("json_object", "none")).without_schema() is None
