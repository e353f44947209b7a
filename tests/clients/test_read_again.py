"""Clients that look things up in a pack, when its author changed it."""

import asyncio
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from game.clients import PackReader, SceneRequest
from game.clients.chaos import ChaosClient
from game.clients.stub import StubClient
from game.director import Director, Step
from game.narrator import Narrator
from game.packs import Pack, load_pack
from game.story import ROOT, Brief, node_key
from tests.packs.workshop import GOOD


@pytest.fixture
def changed(tmp_path: Path) -> Pack:
    """The good pack, of which a storylet has another id and other beats."""
    folder = shutil.copytree(GOOD, tmp_path / "ferry")
    for file in folder.rglob("*.toml"):
        text = file.read_text("utf-8").replace("arrival", "advent").replace("The bell rings, once.", "Nothing rings.")
        file.write_text(text, "utf-8")
    return load_pack(folder)


def first(pack: Pack) -> Brief:
    return Director(pack).plan(node_key(ROOT, ""), 7, pack.initial, Step(), pack.player).brief


async def told(client: ChaosClient, brief: Brief) -> str:
    return "".join([delta.text async for delta in client.stream(SceneRequest(brief))])


def test_behind_its_faults_a_client_tells_of_the_changed_pack(changed: Pack) -> None:
    client = ChaosClient(StubClient(load_pack(GOOD)), load_pack(GOOD), good_one_in=1)
    assert isinstance(client, PackReader)
    client.read_again(changed)
    good = json.loads(StubClient(changed).reply(SceneRequest(first(changed))))
    assert json.loads(asyncio.run(told(client, first(changed))))["beats"] == good["beats"]
    assert client.pack is changed


def test_a_client_behind_faults_that_reads_packs_reads_the_changed_one(changed: Pack) -> None:
    inner = ChaosClient(StubClient(load_pack(GOOD)), load_pack(GOOD))
    ChaosClient(inner, load_pack(GOOD)).read_again(changed)
    assert inner.pack is changed


def test_the_narrator_gives_a_client_that_reads_packs_the_changed_one(changed: Pack) -> None:
    client = ChaosClient(StubClient(load_pack(GOOD)), load_pack(GOOD))
    narrator = Narrator(load_pack(GOOD), changed.player, client)
    narrator.read_again(changed)
    assert narrator.client is client
    assert client.pack is changed


def test_the_offline_storyteller_of_a_narrator_is_one_of_the_changed_pack(changed: Pack) -> None:
    narrator = Narrator(load_pack(GOOD), changed.player, StubClient(load_pack(GOOD)))
    narrator.read_again(changed)
    scene = narrator.offline(first(changed))
    assert narrator.is_offline
    assert (scene.storylet, "Nothing rings." in scene.beats[0].text) == ("advent", True)


def test_where_a_pack_lies_makes_it_no_other(changed: Pack) -> None:
    assert changed.home
    assert replace(changed, home=None, files={}) == changed
    assert changed.files.keys() >= {"pack.toml", "storylets/first.toml"}
