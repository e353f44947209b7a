"""What is taken out of chunks: text, thoughts, tokens, and how it ended."""

import pytest

from game.clients import ClientError, Malformed, Refused, Truncated, Usage
from game.clients.intake import MOST, Intake

USAGE = {"prompt_tokens": 90, "completion_tokens": 7}
COUNTED: tuple[tuple[dict, Usage | None], ...] = (
    ({"usage": USAGE}, Usage(90, 7, 0)),
    ({"usage": {**USAGE, "prompt_tokens_details": {"cached_tokens": 64}}}, Usage(90, 7, 64)),
    ({"usage": {**USAGE, "prompt_tokens_details": None}}, Usage(90, 7, 0)),
    ({"usage": {**USAGE, "prompt_cache_hit_tokens": 64}}, Usage(90, 7, 64)),
    ({"usage": USAGE, "timings": {"cache_n": 80, "prompt_n": 10, "predicted_n": 7}}, Usage(90, 7, 80)),
    ({"timings": {"cache_n": 80, "prompt_n": 10, "predicted_n": 7}}, Usage(90, 7, 80)),
    ({"usage": {**USAGE, "prompt_tokens_details": {"cached_tokens": 1000}}}, Usage(90, 7, 90)),
    ({"usage": {"prompt_tokens": -1, "completion_tokens": "many"}}, None),
    ({"usage": {"prompt_tokens": MOST + 1, "completion_tokens": 7}}, Usage(0, 7, 0)),
    ({"usage": None}, None),
    ({"usage": 7, "timings": "fast"}, None),
)


def said(finish: str | None = None, **delta: object) -> dict:
    return {"choices": [{"delta": delta, "finish_reason": finish}]}


def heard(*chunks: dict, json: bool = True) -> tuple[str, Intake]:
    intake = Intake(1000, json)
    return "".join([*map(intake.take, chunks), intake.rest()]), intake


def verdict(intake: Intake) -> ClientError | None:
    try:
        intake.judge()
    except ClientError as error:
        return error
    return None


@pytest.mark.parametrize(("chunk", "usage"), COUNTED)
def test_tokens_are_read_as_each_service_counts_them(chunk: dict, usage: Usage | None) -> None:
    assert heard(chunk)[1].usage == usage


def test_the_last_count_holds_and_one_of_nothing_does_not_take_it_away() -> None:
    assert heard({"usage": USAGE}, {"usage": USAGE | {"completion_tokens": 9}}, {"usage": {}})[1].usage == Usage(90, 9, 0)


@pytest.mark.parametrize("field", ["reasoning_content", "reasoning"])
def test_a_thought_in_a_field_of_its_own_is_noticed_and_no_text(field: str) -> None:
    text, intake = heard(said(**{field: "hm"}), said(content="{}"), said("stop"))
    assert (text, intake.thought, verdict(intake)) == ("{}", True, None)


def test_a_blank_field_is_no_thought() -> None:
    assert not heard(said(reasoning_content="", content="{}"), said(reasoning="\n"))[1].thought


@pytest.mark.parametrize(
    ("finish", "kind"),
    [
        ("stop", None),
        ("eos", None),
        ("length", Truncated),
        ("MAX_TOKENS", Truncated),
        ("content_filter", Refused),
        ("SAFETY", Refused),
        ("error", Truncated),
        (None, Truncated),
    ],
)
def test_a_reply_ends_as_its_reason_says(finish: str | None, kind: type[ClientError] | None) -> None:
    error = verdict(heard(said(content='{"beats":['), said(finish))[1])
    assert error is None if kind is None else type(error) is kind


def test_nothing_is_no_reply() -> None:
    assert type(verdict(heard(said("stop"))[1])) is Malformed


@pytest.mark.parametrize(
    ("text", "json", "strayed"),
    [
        ("{}", True, False),
        ("\n {}", True, False),
        ("```json\n{}\n```", True, True),
        ("The fog comes in.", True, True),
        ("The fog comes in.", False, False),
        ("I'm sorry, I can't help with that.", True, False),
        ("", True, False),
    ],
)
def test_a_reply_strays_that_is_no_object_where_one_was_wanted(text: str, json: bool, strayed: bool) -> None:
    assert heard(said(content=text), json=json)[1].strayed is strayed


def test_a_recap_may_be_declined_too() -> None:
    intake = heard(said("stop", content="I'm sorry, but I can't summarise this."), json=False)[1]
    assert type(verdict(intake)) is Refused


def test_only_what_says_something_is_heard() -> None:
    intake = Intake(1000)
    for chunk in (said(content=""), said(role="assistant"), {"choices": []}, {}, said(content=None)):
        intake.take(chunk)
    assert intake.heard == 0
    intake.take(said(reasoning="hm"))
    assert intake.heard == 2
