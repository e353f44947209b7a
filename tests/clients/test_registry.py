"""The one door: every client comes through its entry point, and whatever is wrong with one is told in one line."""

from importlib.metadata import EntryPoint, EntryPoints

import pytest

from game.clients import ClientError, ClientOptions, UnknownModel
from game.clients import registry as door
from game.clients.registry import UnknownClient, client_names, forbid_networked_clients, open_client
from game.packs import Pack


def offer(monkeypatch: pytest.MonkeyPatch, **points: str) -> None:
    """Install these entry points, and no others."""
    found = EntryPoints(EntryPoint(name, value, door.GROUP) for name, value in points.items())
    monkeypatch.setattr(door, "entry_points", found.select)


def open_broken(options: ClientOptions) -> object:
    raise ZeroDivisionError("a fault\nin two lines")


def open_nothing(options: ClientOptions) -> object:
    return object()


def test_the_built_in_clients_come_through_the_same_door() -> None:
    assert {"stub", "openai", "local", "replay"} <= set(client_names())


def test_a_client_is_made_from_the_options(small_pack: Pack) -> None:
    assert open_client("stub", ClientOptions(small_pack)).name == "stub"


def test_a_misspelt_name_gets_the_near_one(small_pack: Pack) -> None:
    with pytest.raises(UnknownClient, match='did you mean "openai"'):
        open_client("openia", ClientOptions(small_pack))


def test_a_name_like_no_other_gets_them_all(small_pack: Pack) -> None:
    with pytest.raises(UnknownClient, match="there are local, openai, replay, stub"):
        open_client("zzz", ClientOptions(small_pack))


def test_without_any_entry_point_it_says_what_to_do(small_pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    offer(monkeypatch)
    with pytest.raises(UnknownClient, match="pip install"):
        open_client("stub", ClientOptions(small_pack))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("no_such_module:open_it", "ModuleNotFoundError"),
        ("tests.clients.test_registry:open_it", "AttributeError"),
        ("tests.clients.test_registry:open_broken", "ZeroDivisionError: a fault in two lines"),
        ("tests.clients.test_registry:open_nothing", "it has no name, no model"),
    ],
)
def test_a_broken_factory_is_one_line(small_pack: Pack, monkeypatch: pytest.MonkeyPatch, value: str, words: str) -> None:
    offer(monkeypatch, theirs=value)
    with pytest.raises(ClientError) as caught:
        open_client("theirs", ClientOptions(small_pack))
    assert words in str(caught.value)
    assert '"theirs"' in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_a_factory_says_of_the_options_is_passed_on(small_pack: Pack) -> None:
    with pytest.raises(UnknownModel, match=r"nowhere\.gguf"):
        open_client("local", ClientOptions(small_pack, "nowhere.gguf"))


def test_networked_clients_can_be_forbidden(small_pack: Pack) -> None:
    far = ClientOptions(small_pack, "m", "https://example.org/v1")
    with forbid_networked_clients():
        with pytest.raises(ClientError, match="forbidden"):
            open_client("openai", far)
        assert open_client("openai", ClientOptions(small_pack, "m", "http://127.0.0.1:9/v1")).name == "openai"
    assert open_client("openai", far).name == "openai"
