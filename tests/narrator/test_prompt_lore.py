"""Which lore a scene calls for."""

from dataclasses import replace

from game.narrator.lore import lore_for
from game.packs import Pack
from game.packs.files import LoreFile
from game.story import Beat, Brief, Scene, Source


def with_lore(pack: Pack, **entries: LoreFile) -> Pack:
    return replace(pack, lore=entries)


def bare(brief: Brief) -> Brief:
    """A brief of which nothing calls for anything."""
    return replace(brief, title="Here", goal="Nothing.", must_happen=(), picked=None)


def scene(brief: Brief, text: str) -> Scene:
    return Scene("k", 1, "t", brief.place, (Beat("narration", text, Source("model", "x/y", "r")),))


GULL = LoreFile(keys=["gull", "E. Tallow's"], text="Gulls are thieves.")
BELL = LoreFile(keys=["bell"], text="The bell is cracked.", priority=90)


def ids(pack: Pack, brief: Brief, before: Scene | None = None, standing: tuple[str, ...] = (), limit: int = 1000) -> list[str]:
    return [entry.id for entry in lore_for(pack, brief, before, standing, limit).told]


def test_a_key_is_found_in_the_goal_the_pick_and_the_scene_just_read(pack: Pack, brief: Brief) -> None:
    pack, still = with_lore(pack, gull=GULL), bare(brief)
    assert ids(pack, still) == []
    assert ids(pack, replace(still, goal="A gull comes.")) == ["gull"]
    assert ids(pack, replace(still, picked="Follow the Gull")) == ["gull"]
    assert ids(pack, still, scene(brief, "There: a gull, again.")) == ["gull"]


def test_a_key_is_a_whole_word_whatever_stands_around_it(pack: Pack, brief: Brief) -> None:
    pack, still = with_lore(pack, gull=GULL), bare(brief)
    assert ids(pack, replace(still, goal="A gullible man; seagulls.")) == []
    assert ids(pack, replace(still, goal="“E. Tallow’s” coat, or E. Tallow's")) == ["gull"]


def test_a_key_in_a_script_without_spaces_is_found_within_a_sentence(pack: Pack, brief: Brief) -> None:
    pack = with_lore(pack, rain=LoreFile(keys=["雨"], text="雨の話。"))
    assert ids(pack, replace(bare(brief), goal="今日は雨が降る")) == ["rain"]


def test_the_most_important_is_told_first_and_the_rest_is_cut_where_there_is_no_room(pack: Pack, brief: Brief) -> None:
    pack = with_lore(pack, gull=GULL, bell=BELL)
    found = lore_for(pack, replace(bare(brief), goal="A gull on the bell."), None, (), len(BELL.text) + 3)
    assert [entry.id for entry in found.told] == ["bell"]
    assert [(entry.id, entry.key) for entry in found.cut] == [("gull", "gull")]


def test_what_stands_in_the_request_already_is_not_told_again(pack: Pack, brief: Brief) -> None:
    pack = with_lore(pack, gull=GULL, bell=BELL)
    found = lore_for(pack, replace(bare(brief), goal="A gull on the bell."), None, {"bell"}, 1000)
    assert [entry.id for entry in found.told] == ["gull"]
    assert [entry.id for entry in found.standing] == ["bell"]


def test_what_is_always_true_does_not_fire_as_well(pack: Pack, brief: Brief) -> None:
    pack = with_lore(pack, gull=GULL.model_copy(update={"always": True}))
    assert ids(pack, replace(bare(brief), goal="A gull.")) == []
