"""A key is in no message, no repr, no log and no line about an endpoint, whatever a server does with it."""

import logging
import traceback
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from game.clients import ClientOptions, SceneRequest, Unreachable
from game.clients.address import check_address
from game.clients.dialect import describe
from game.clients.failure import Failures
from game.clients.openai_client import OpenAIClient
from game.clients.unready import UnreadyClient
from game.packs import Pack
from tests.clients.asking import KEY, ask, openai_at
from tests.server import ModelServer

KEYS = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=12, max_size=60)
WORDS = st.text(max_size=30)
MODES = ("ok", "tells-key", "401", "404", "429", "500", "html", "cut", "event-error", "prose", "picky", "redirect", "hang-up")


@st.composite
def bodies(draw: st.DrawFn, key: str) -> object:
    """An error body that has the key in it, somewhere."""
    said: object = f"{draw(WORDS)}{key}{draw(WORDS)}"
    for name in draw(st.lists(st.sampled_from(["error", "message", "detail", "code"]), max_size=3)):
        said = {name: said, "param": key}
    return said


@given(KEYS, st.sampled_from([301, 400, 401, 402, 403, 404, 408, 413, 418, 422, 429, 500, 501, 529]), st.data())
def test_no_error_of_a_status_or_an_event_has_the_key(key: str, status: int, data: st.DataObject) -> None:
    in_address = quote(key, safe="")
    failures = Failures(f"http://user:{in_address}@host:1/v1?key={in_address}", "some-model", key)
    said = data.draw(bodies(key))
    errors = [
        failures.status(status, said, {"retry-after": key}),
        failures.event(said, began=True),
        failures.event(said, began=False),
        failures.connection(f"[SSL: {key}] certificate", connected=False, began=False),
        failures.silence(1),
        failures.nonsense("a web page"),
    ]
    for error in errors:
        assert key not in str(error)
        assert in_address not in str(error)


@pytest.mark.parametrize("mode", MODES)
def test_nothing_that_is_told_of_a_request_has_the_key(
    server: ModelServer, small_pack: Pack, wanted: SceneRequest, mode: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client = openai_at(server, small_pack, mode)
    (answer,) = ask(client, wanted)
    told = [repr(client), repr(client.capabilities), describe(client.capabilities), repr(answer), caplog.text]
    told += traceback.format_exception(answer.error) if answer.error else []
    assert KEY not in "".join(told)
    assert server.requests[-1].keyed


def test_an_address_that_is_none_is_told_without_what_is_secret_in_it() -> None:
    with pytest.raises(Unreachable) as caught:
        check_address(f"http://me:{KEY}@host:port/v1?key={KEY}")
    assert KEY not in str(caught.value)


def test_options_and_what_is_made_of_them_print_no_key(small_pack: Pack) -> None:
    options = ClientOptions(small_pack, "m", "http://127.0.0.1:9/v1", SecretStr(KEY))
    client = OpenAIClient(options)
    (answer,) = ask(client, SceneRequest(small_pack.initial))  # type: ignore[arg-type]  # it is not asked for anything
    unready = UnreadyClient("openai", "m", answer.error)  # type: ignore[arg-type]  # nobody listens there
    assert KEY not in f"{options} {client!r} {answer!r} {unready!r}"
