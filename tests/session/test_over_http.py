"""Whole stories over real HTTP, told by a server that behaves in every way that one may."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from pydantic import SecretStr

from game.clients import ClientOptions
from game.clients.registry import open_client
from game.packs import Pack
from game.session import Begin, Library, Notice, Pick, Session, Teller
from game.settings import Settings
from tests.playing import Played, play_to_the_end
from tests.server import MODES, ModelServer

SCRIPTS = [*MODES, "500,ok", "429,ok", "cut,ok", "ok,500,ok,cut,html,ok"]


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer(pace=0.0) as server:
        yield server


def play(pack: Pack, server: ModelServer, model: str, seed: int = 7) -> Played:
    options = ClientOptions(pack=pack, model=model, base_url=server.url, api_key=SecretStr("sk-test"), timeout=0.25)
    return play_to_the_end(pack, open_client("openai", options), seed)


@pytest.mark.parametrize("mode", SCRIPTS)
def test_every_playthrough_ends_nothing_shown_is_lost_and_each_source_is_true(pack: Pack, server: ModelServer, mode: str) -> None:
    played = play(pack, server, mode)
    assert server.asked, "the server was asked"
    assert played.ending in pack.endings
    assert played.taken_back() == []
    sources = {beat.source for scene in played.scenes for beat in scene.beats}
    assert {(source.by, source.via) for source in sources} <= {("author", "stub"), ("model", f"openai/{mode}")}
    assert all(source.ref for source in sources)


def test_a_good_server_writes_the_story_itself(pack: Pack, server: ModelServer) -> None:
    played = play(pack, server, "ok")
    assert [scene.fallback for scene in played.scenes] == [None] * len(played.scenes)
    assert {scene.writer for scene in played.scenes} == {"model"}


def test_of_an_endpoint_that_rests_it_is_said_once_why_and_who_goes_on(server: ModelServer, tmp_path: Path) -> None:
    session = Session(Library(Settings(), tmp_path), threaded=False)
    session.submit(Begin("last_keeper", Teller("openai", "401", server.url), seed=7))
    notices = []
    for _ in range(4):
        notices += [event for event in session.wait() if isinstance(event, Notice)]
        session.submit(Pick("a"))
    session.close()
    assert [notice.code for notice in notices] == ["unauthorised", "understudy", "circuit_open"]
    assert notices[1].words == "The offline storyteller told this scene."
    assert "the offline storyteller goes on" in notices[2].words
    assert "does not take the key" in notices[2].words


def test_a_scene_that_a_model_began_is_finished_by_the_offline_storyteller(pack: Pack, server: ModelServer) -> None:
    words = [notice.words for notice in play(pack, server, "stall").of(Notice)]
    assert "The offline storyteller finished this scene." in words


def test_connections_are_closed_when_the_story_is_over(pack: Pack, server: ModelServer) -> None:
    play(pack, server, "cut,ok")
    assert server.wait_until_idle()


def test_the_prompt_before_comes_again_unchanged_until_the_window_is_full(pack: Pack, server: ModelServer) -> None:
    play(pack, server, "ok")
    asked = [body["messages"] for body in server.asked]
    kept = [later[: len(earlier)] == earlier for earlier, later in pairwise(asked)]
    assert all(kept[:5])
    assert kept.count(True) > 2 * kept.count(False)
    assert all(messages[0] == asked[0][0] for messages in asked)
