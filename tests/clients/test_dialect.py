"""How a request is put: the schema dialects, and what an endpoint is found not to take."""

import json
import re
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.clients import Capabilities, Message, SceneRequest
from game.clients.completion import THINKING, chat_body, without
from game.clients.dialect import CLOUD, GRAMMAR_ONLY, NEARBY, Complaint, Form, Manners, Quirk, describe
from tests.conftest import REPOSITORY
from tests.server import MODES

MANNERS = Manners(NEARBY)


def test_a_grammar_gets_the_bounds(wanted: SceneRequest) -> None:
    assert '"maxLength"' in json.dumps(chat_body(wanted, "m", Manners(("json_schema",)), 8192))


def test_a_strict_endpoint_gets_none_of_them(wanted: SceneRequest) -> None:
    sent = chat_body(wanted, "m", Manners(CLOUD), 8192)
    text = json.dumps(sent)
    assert not [word for word in GRAMMAR_ONLY if f'"{word}"' in text]
    assert sent["response_format"]["json_schema"]["strict"] is True


def test_a_property_may_be_called_like_a_keyword() -> None:
    schema = {"type": "object", "properties": {"format": {"type": "string", "format": "date"}}}
    assert without(schema, GRAMMAR_ONLY) == {"type": "object", "properties": {"format": {"type": "string"}}}


def test_a_schema_stays_what_it_is_for_others(wanted: SceneRequest) -> None:
    before = json.dumps(wanted.schema)
    without(wanted.schema, GRAMMAR_ONLY)
    assert json.dumps(wanted.schema) == before


def test_turns_are_taken(wanted: SceneRequest) -> None:
    twice = replace(wanted, messages=(*wanted.messages, Message("user", "and the rest of it")))
    sent = chat_body(twice, "m", MANNERS, 8192)["messages"]
    assert [message["role"] for message in sent] == ["system", "user"]
    assert sent[1]["content"].endswith("\n\nand the rest of it")


def test_a_recap_has_no_format(wanted: SceneRequest) -> None:
    assert "response_format" not in chat_body(replace(wanted, schema={}), "m", MANNERS, 8192)


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
        seen.append(manners.form)
        manners = manners.after(Complaint(400, "response_format is not supported"))
    assert tuple(seen) == NEARBY


def test_a_keyword_that_is_named_is_left_away_alone(wanted: SceneRequest) -> None:
    softer = MANNERS.after(Complaint(400, "invalid schema for response_format 'scene': 'maxlength' is not permitted"))
    assert softer == replace(MANNERS, dropped=frozenset({"maxLength"}))
    text = json.dumps(chat_body(wanted, "m", softer, 8192))
    assert '"maxLength"' not in text
    assert '"minLength"' in text


def test_a_keyword_that_was_not_sent_is_not_what_is_wrong() -> None:
    strict = Manners(CLOUD)
    assert strict.after(Complaint(400, "schema: 'maxlength' is not permitted")) == Manners(CLOUD[1:])


def test_the_older_form_of_a_schema_stands_beside_its_type(wanted: SceneRequest) -> None:
    sent = chat_body(wanted, "m", Manners(("json_object_schema", "none")), 8192)
    assert sent["response_format"] == {"type": "json_object", "schema": wanted.schema}
    assert "JSON schema" in sent["messages"][-1]["content"]


def test_what_ignores_a_schema_gets_it_in_words_too(wanted: SceneRequest) -> None:
    sent = chat_body(wanted, "m", MANNERS.learnt("prose"), 8192)
    assert sent["response_format"]["type"] == "json_schema"
    assert "JSON schema" in sent["messages"][-1]["content"]


def test_what_thinks_gets_room_for_it(wanted: SceneRequest) -> None:
    thinks = MANNERS.learnt("thinks")
    assert chat_body(wanted, "m", MANNERS, 8192)["max_tokens"] == wanted.max_tokens
    assert chat_body(wanted, "m", thinks, 8192)["max_tokens"] == wanted.max_tokens + THINKING


@given(st.integers(512, 16384), st.integers(0, 20_000))
def test_the_room_for_thinking_stays_within_the_window(wanted: SceneRequest, window: int, chars: int) -> None:
    long = replace(wanted, messages=(Message("user", "x" * chars),))
    tokens = chat_body(long, "m", MANNERS.learnt("thinks"), window)["max_tokens"]
    assert wanted.max_tokens <= tokens <= max(wanted.max_tokens, window - chars // 3)


def test_two_requests_at_once_forget_nothing_of_each_other() -> None:
    one = Manners(NEARBY[2:], frozenset({"seed"}))
    other = Manners(NEARBY, frozenset({"temperature"}), frozenset({"maxLength"}))
    assert one.merged(other) == other.merged(one)
    assert one.merged(other) == Manners(NEARBY[2:], frozenset({"seed", "temperature"}), frozenset({"maxLength"}))


@pytest.mark.parametrize(
    "complaint", [Complaint(401, "seed"), Complaint(429, "json_schema"), Complaint(400, "no credit"), Complaint(500, "")]
)
def test_other_complaints_are_not_answered(complaint: Complaint) -> None:
    assert MANNERS.after(complaint) is None


def test_a_server_that_was_sent_no_schema_cannot_have_choked_on_it() -> None:
    assert Manners(("json_object", "none")).without_schema() is None


def test_what_is_known_of_an_endpoint_can_be_told_in_a_line() -> None:
    quirks = MANNERS.learnt("thinks").learnt("seed").learnt("prose").told
    told = describe(Capabilities("json_object", 8192, parallel=4, quirks=(*quirks, "schema:maxLength"), networked=True))
    assert told == (
        "asked by json_object; a window of 8192 tokens; up to 4 requests at once; tokens are estimated; "
        "ignores the schema, so it is asked in words too; thinks before it answers; does not take seed, maxLength; "
        "text leaves this machine"
    )


def test_a_client_that_reads_no_prompt_is_told_of_as_such() -> None:
    assert describe(Capabilities("none", networked=False, reads_prompt=False)) == (
        "writes without a prompt; nothing leaves this machine"
    )


def test_the_docs_tell_of_each_form_and_quirk_and_of_modes_that_there_are() -> None:
    text = (REPOSITORY / "docs" / "clients.md").read_text("utf-8")
    tables = re.findall(r"^\| (.+) \|$", text.partition("## `openai`")[2].partition("## `local`")[0], re.MULTILINE)
    rows = [row.split(" | ") for row in tables]
    named = "\n".join(row[0] for row in rows)
    assert [name for name in (*get_args(Form), *get_args(Quirk)) if f"`{name}`" not in named] == []
    modes = {mode for row in rows for mode in re.findall(r"`([^`]+)`", row[-1])}
    assert modes
    assert modes <= set(MODES)


def test_each_form_is_called_by_a_dialect() -> None:
    assert [Manners((form,)).dialect for form in NEARBY] == [
        "json_schema",
        "json_schema_strict",
        "json_object",
        "json_object",
        "none",
    ]
