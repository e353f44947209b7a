"""The offline storyteller: quiet scenes, scenes whose author wrote no beats, and what it remembers from scene to scene."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import orjson
import pytest

from game.clients import SceneRequest
from game.clients.stub import StubClient
from game.narrator.rehearsal import rehearse
from game.packs import Pack
from game.packs.load import examine_bytes
from game.story import REMEMBERED, Scene, rules_in
from tests.packs.workshop import good

MUST = (
    "The bell rings.",
    "Nobody comes down to the water.",
    "A lamp is lit over there.",
)


def pack_of(edits: Mapping[str, tuple[str, str]], without: tuple[str, ...] = ()) -> Pack:
    contents = {name: data for name, data in good().items() if name not in without}
    for file, (old, new) in edits.items():
        text = contents[file].decode()
        assert old in text
        contents[file] = text.replace(old, new).encode()
    pack, found = examine_bytes(contents)
    assert pack is not None, [str(item) for item in found]
    return pack


def scenes(pack: Pack, seeds: int = 20) -> list[Scene]:
    return [scene for seed in range(seeds) for _, scene in rehearse(pack, seed)]


@pytest.fixture(scope="module")
def bare() -> Pack:
    """A pack without a grammar, and with no beats in its storylets."""
    first = good()["storylets/first.toml"].decode()
    beats = first[first.index("beats = ") : first.index("[[arrival.outcomes]]")]
    first = first.replace(beats, "").replace('beats = ["#water# #player.capitalize# holds on."]', "")
    first = first.replace('must_happen = ["The bell rings."]', f"must_happen = {list(MUST)!r}")
    contents = good() | {"storylets/first.toml": first.encode()}
    del contents["grammar.toml"]
    last = contents["storylets/last.toml"].decode()
    contents["storylets/last.toml"] = "\n".join(line for line in last.splitlines() if "#water#" not in line).encode()
    pack, found = examine_bytes(contents)
    assert pack is not None, [str(item) for item in found]
    return pack


def test_a_storylet_without_beats_is_told_in_the_sentences_of_what_must_happen(bare: Pack) -> None:
    opening = [scene for scene in scenes(bare) if scene.storylet == "arrival"]
    orders = {tuple(beat.text for beat in scene.beats if beat.text in MUST) for scene in opening}
    assert {tuple(sorted(order)) for order in orders} == {tuple(sorted(MUST))}
    assert len(orders) > 2
    assert all(scene.beats[-1].text != scene.beats[0].text for scene in opening)


def test_those_who_are_there_are_named(bare: Pack) -> None:
    opening = next(scene for scene in scenes(bare) if scene.storylet == "arrival")
    assert any("Odile" in beat.text for beat in opening.beats)


def test_what_came_of_a_choice_is_told_in_the_authors_words(bare: Pack) -> None:
    texts = [beat.text for scene in scenes(bare) for beat in scene.beats if scene.storylet == "crossing"]
    assert bare.declared.facts["river_low"].text in texts


def test_no_sentence_comes_twice_while_others_are_left(bare: Pack) -> None:
    for seed in range(20):
        read: Counter[str] = Counter()
        for _, scene in rehearse(bare, seed):
            texts = [beat.text for beat in scene.beats]
            nothing_new = texts == [bare.places[scene.place].description]
            assert nothing_new or not read.keys() & set(texts)
            read.update(texts)


def test_a_quiet_scene_without_words_of_its_own_has_something_new_to_tell(bare: Pack) -> None:
    told = {tuple(beat.text for beat in scene.beats) for scene in scenes(bare) if scene.storylet is None}
    assert len(told) > 1
    assert (bare.places["landing"].description,) not in told


def test_names_and_facts_are_never_read_as_grammar() -> None:
    edits = {
        "cast.toml": ('name = "Odile"', 'name = "Odile #9 #x#"'),
        "storylets/first.toml": ('beats = ["#water# #player.capitalize# holds on."]', ""),
        "pack.toml": ('text = "The river is low."', 'text = "The river is #low#, [low:er] than ever."'),
    }
    crossing = [scene for scene in scenes(pack_of(edits)) if scene.storylet == "crossing"]
    texts = {beat.text for scene in crossing for beat in scene.beats}
    assert "The river is #low#, [low:er] than ever." in texts
    assert any("Odile #9 #x#" in text for text in texts)


@pytest.fixture(scope="module")
def lively() -> Pack:
    """A pack whose quiet scenes have several kinds of moments, some of them spoken."""
    odile = '[{ text = "#word.capitalize#.", speaker = "odile", expression = "wary" }, "Odile says nothing."]'
    moments = f'improvise_odile = {odile}\nimprovise_landing = ["The post leans.", "The planks creak."]\n'
    moments += 'improvise_raft = ["A barrel turns.", "The door floats."]\nword = ["no", { text = "well", when = "mood_wary" }]\n'
    return pack_of({"grammar.toml": ("improvise_any = ", f"{moments}improvise_any = ")})


def quiet(pack: Pack) -> list[list[dict[str, str]]]:
    """The same quiet scene, which Odile is in, as it would be told at many places of the story."""
    briefs = (brief for seed in range(60) for brief, scene in rehearse(pack, seed) if scene.storylet is None)
    brief = replace(next(brief for brief in briefs if "odile" in brief.present), said=frozenset())
    stub = StubClient(pack)
    return [orjson.loads(stub.reply(SceneRequest(replace(brief, key=str(n)))))["beats"] for n in range(60)]


def test_the_moments_of_a_quiet_scene_come_in_any_order_and_number(lively: Pack) -> None:
    kinds = {tuple(row["r"].split(" ")[0] for row in rows) for rows in quiet(lively)}
    assert len(kinds) == 6 + 6


def test_somebody_speaks_in_a_quiet_scene_where_the_author_says_so(lively: Pack) -> None:
    lines = [row for rows in quiet(lively) for row in rows if row["s"] != "narrator"]
    assert {row["s"] for row in lines} == {"odile/wary"}
    assert {row["t"] for row in lines} == {"No.", "Well."}
    assert {row["r"] for row in lines} == {f"improvise.odile improvise_odile.1 word.{n}" for n in (1, 2)}


def test_what_was_read_is_remembered_from_scene_to_scene(lively: Pack) -> None:
    for seed in range(20):
        read: list[frozenset[str]] = []
        for brief, scene in rehearse(lively, seed):
            assert brief.said == frozenset().union(*read[-REMEMBERED:])
            read.append(rules_in(scene))
