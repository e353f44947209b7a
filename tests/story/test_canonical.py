"""Canonical JSON and its hashes."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.story import canonical, digest

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_canonical_json_means_the_same_as_what_was_written(value: object) -> None:
    assert json.loads(canonical(value)) == value


@given(values)
def test_canonical_json_read_and_written_again_is_the_same(value: object) -> None:
    text = canonical(value)
    assert canonical(json.loads(text)) == text


@given(st.dictionaries(st.text(max_size=4), values, max_size=6))
def test_the_order_of_keys_does_not_matter(value: dict[str, object]) -> None:
    assert canonical(dict(reversed(value.items()))) == canonical(value)


def test_the_form_is_the_one_that_is_written_down() -> None:
    value = {"b": [1, True, None], "a": 'é "quoted"\n\t\x01\x7f</script>', "": {}}
    assert canonical(value) == '{"":{},"a":"é \\"quoted\\"\\n\\t\\u0001\x7f</script>","b":[1,true,null]}'


def test_what_is_no_number_in_json_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        canonical(float("nan"))


@given(st.lists(st.text(max_size=4), max_size=4), st.lists(st.text(max_size=4), max_size=4))
def test_different_parts_have_different_digests(one: list[str], two: list[str]) -> None:
    assert (digest(*one) == digest(*two)) == (one == two)


@given(st.text(st.characters()))
def test_any_text_has_a_digest_even_half_a_surrogate_pair(text: str) -> None:
    assert len(digest(text)) == 32


def test_a_digest_is_the_same_on_every_machine() -> None:
    assert digest("é", b"\x00", "") == "91fecb9e41ef0c57c0bcc4c910776f28"
