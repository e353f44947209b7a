"""Canonical JSON and its hashes."""

import json

from hypothesis import given
from hypothesis import strategies as st

from game.story import canonical, digest

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text(),
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


@given(st.lists(st.text(max_size=4), max_size=4), st.lists(st.text(max_size=4), max_size=4))
def test_different_parts_have_different_digests(one: list[str], two: list[str]) -> None:
    assert (digest(*one) == digest(*two)) == (one == two)


def test_a_digest_is_the_same_on_every_machine() -> None:
    assert digest("é", b"\x00", "") == "91fecb9e41ef0c57c0bcc4c910776f28"
