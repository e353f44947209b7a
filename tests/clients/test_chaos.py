"""The chaos client: the same seed goes wrong in the same way, every fault can come, and each is in the docs."""

import asyncio
import json
import re
from dataclasses import replace

import pytest

from game.clients import Capabilities, ClientError, ClientOptions, Delta, RateLimited, SceneRequest, Truncated
from game.clients.chaos import ChaosClient
from game.clients.faults import FAMILIES, FAULTS, catalogue
from game.clients.registry import UnknownClient, open_client
from game.narrator.reply import ReplyReader
from game.packs import Pack
from game.story import Brief
from tests.conftest import REPOSITORY
from tests.faults import GoodClient, always, faulty
from tests.scripted import good_reply

Heard = tuple[str, str]


def hear(client: ChaosClient, request: SceneRequest) -> Heard:
    """What a request was answered: the text, and what the stream broke with."""

    async def listen() -> Heard:
        pieces: list[str] = []
        try:
            async for delta in client.stream(request):
                pieces.append(delta.text)
        except Exception as error:
            return "".join(pieces), repr(error)
        return "".join(pieces), ""

    return asyncio.run(listen())


def test_there_are_faults_of_every_family_each_with_one_sentence_of_its_own() -> None:
    assert len(FAULTS) == sum(len(family.faults) for family in FAMILIES) >= 40
    sentences = [fault.imitates for fault in FAULTS.values()]
    assert len(set(sentences)) == len(sentences)
    assert all(re.fullmatch(r"[A-Z].{20,200}\.", sentence) for sentence in sentences)


def test_the_catalogue_stands_in_the_docs() -> None:
    text = (REPOSITORY / "docs" / "reliability.md").read_text("utf-8")
    assert "\n".join(catalogue()).strip() in text


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_changes_what_comes(pack: Pack, brief: Brief, fault: str) -> None:
    client = always(pack, fault)
    good = good_reply(brief)
    first = hear(client, SceneRequest(brief))
    second = hear(client, SceneRequest(brief))
    in_other_ways = {"crumbs", "odd_usage", "slow_close", "same_again", "example_repeated"}
    assert (good, "") not in (first, second) or fault in in_other_ways


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_keeps_to_the_bound_of_the_request(pack: Pack, brief: Brief, fault: str) -> None:
    text, error = hear(always(pack, fault), SceneRequest(brief, max_chars=200))
    assert len(text) <= 200
    assert error or len(text) < 200


def test_the_same_seed_goes_wrong_in_the_same_way(pack: Pack, brief: Brief) -> None:
    runs = [[hear(client, SceneRequest(brief)) for _ in range(60)] for client in (faulty(pack, 5), faulty(pack, 5))]
    assert runs[0] == runs[1]


def test_another_seed_goes_wrong_otherwise(pack: Pack, brief: Brief) -> None:
    requests = [SceneRequest(brief)] * 30
    assert [hear(faulty(pack, 1), one) for one in requests] != [hear(faulty(pack, 2), one) for one in requests]


def test_what_was_asked_before_for_other_scenes_changes_nothing(pack: Pack, brief: Brief) -> None:
    busy, fresh = faulty(pack, 5), faulty(pack, 5)
    for n in range(20):
        hear(busy, SceneRequest(replace(brief, key=f"{n:032x}")))
    drawn = [client.fault(SceneRequest(brief), 0) for client in (busy, fresh)]
    hear(busy, SceneRequest(brief))
    assert drawn[0] is drawn[1]
    assert busy.met[-1].nth == 0


def test_every_fault_comes_and_now_and_then_none(pack: Pack, brief: Brief) -> None:
    client = faulty(pack)
    drawn = {fault.name if fault else "" for n in range(2000) if (fault := client.fault(SceneRequest(brief), n)) or True}
    assert drawn == {"", *FAULTS}


def test_a_storm_answers_several_asks_in_a_row(pack: Pack, brief: Brief) -> None:
    client = ChaosClient(GoodClient(), pack, 3, ("storm", "empty"))
    drawn = [fault.name if (fault := client.fault(SceneRequest(brief), n)) else "" for n in range(200)]
    runs = re.findall("s+", "".join("s" if name == "storm" else "-" for name in drawn))
    assert runs
    assert all(len(run) % 4 == 0 for run in runs[:-1])


def test_the_door_opens_any_client_through_it(pack: Pack) -> None:
    client = open_client("chaos:stub", ClientOptions(pack, chaos_seed=4))
    assert isinstance(client, ChaosClient)
    assert (client.name, client.model, client.seed) == ("chaos:stub", "stub", 4)
    assert client.capabilities == Capabilities(
        schema="none", window=1 << 20, streaming=False, schema_in_prefix=False, networked=False, reads_prompt=False
    )


def test_the_door_says_which_client_is_not_there(pack: Pack) -> None:
    with pytest.raises(UnknownClient, match='no client is called "stubb"; did you mean "stub"'):
        open_client("chaos:stubb", ClientOptions(pack))


def test_the_stub_gets_words_for_its_choices(pack: Pack, brief: Brief) -> None:
    client = open_client("chaos:stub", ClientOptions(pack))
    assert isinstance(client, ChaosClient)
    client.good_one_in = 1
    reply = json.loads(hear(client, SceneRequest(brief))[0])
    assert list(reply) == ["beats", *(slot.letter for slot in brief.slots), "notes"]


def test_an_error_of_the_client_inside_is_passed_on(pack: Pack, brief: Brief) -> None:
    class Failing(GoodClient):
        async def stream(self, request: SceneRequest):
            raise RateLimited("later", 2)
            yield Delta()

    text, error = hear(ChaosClient(Failing(), pack, 0, ("crumbs",)), SceneRequest(brief))
    assert (text, error) == ("", "RateLimited('later')")


def test_endless_white_space_ends_at_the_bound(pack: Pack, brief: Brief) -> None:
    text, error = hear(always(pack, "only_space"), SceneRequest(brief))
    assert not text.strip()
    assert len(text) <= SceneRequest(brief).max_chars
    assert error.startswith(Truncated.__name__)


@pytest.mark.parametrize("fault", [name for name, fault in FAULTS.items() if name not in ("broken_client", "broken_half_way")])
def test_nothing_but_two_faults_breaks_the_promise_of_a_client(pack: Pack, brief: Brief, fault: str) -> None:
    async def listen() -> None:
        try:
            async for _ in always(pack, fault).stream(SceneRequest(brief)):
                pass
        except ClientError:
            pass

    asyncio.run(listen())


@pytest.mark.parametrize("fault", FAULTS)
def test_no_reader_breaks_on_a_fault(pack: Pack, brief: Brief, fault: str) -> None:
    text, _ = hear(always(pack, fault), SceneRequest(brief))
    whole, pieces = ReplyReader(), ReplyReader()
    whole.feed(text)
    for char in text[:5000]:
        pieces.feed(char)
