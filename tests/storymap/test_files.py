"""The map for other programs: SVG, DOT and JSON; well formed whatever a title holds, and nothing in them is to be run."""

import json
import shutil
import subprocess
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.packs import Pack
from game.story import StoryMap
from game.storymap import Names, as_dot, as_json, as_svg, names_of
from tests.storymap.test_layout import STORIES
from tests.storymap.trees import Teller, grown, renamed

SVG = "{http://www.w3.org/2000/svg}"
NASTY = '<script>alert("1")</script> & \\" ]]> \x00\ud800\n'


def texts(svg: str) -> list[str]:
    return [each.text or "" for each in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def marked() -> StoryMap:
    teller = Teller()
    first = teller.tell(title="One")
    teller.tell("b", title="Two", ending="drowned")
    teller.go(first)
    teller.tell("c", title="Three")
    teller.retell()
    teller.mark(slot="2", name="A fork")
    return teller.map()


@given(STORIES)
def test_the_picture_has_a_card_for_every_spot_and_they_lie_apart(story: StoryMap) -> None:
    root = ElementTree.fromstring(as_svg(story, Names("Tale")))
    cards = [each for each in root.iter(f"{SVG}g") if each.find(f"{SVG}title") is not None]
    assert len({each.get("transform") for each in cards}) == len(cards)
    assert len(cards) == len({(scene.parent, scene.slot) for scene in story.scenes})


def test_the_picture_says_where_the_player_is_what_is_kept_and_what_was_found(pack: Pack) -> None:
    said = texts(as_svg(marked(), names_of(marked(), pack), pack.palette))
    assert {"▼ you are here", "slot 2: A fork", "One", "Two", "2 tellings", pack.title} <= set(said)
    assert f"Endings found: drowned. {len(pack.endings)} not found yet." in said


def test_the_picture_has_the_colours_of_the_pack(pack: Pack) -> None:
    svg = as_svg(marked(), names_of(marked(), pack), pack.palette)
    assert pack.palette.paper in svg
    assert pack.palette.accent in svg


@given(st.text(max_size=300))
def test_no_title_breaks_the_picture_or_becomes_part_of_it(title: str) -> None:
    plain = ElementTree.fromstring(as_svg(marked(), Names("Tale")))
    shown = ElementTree.fromstring(as_svg(renamed(marked(), title), Names(title, {"jetty": title})))
    kinds = {each.tag for each in shown.iter()}
    assert kinds <= {each.tag for each in plain.iter()}


def test_the_picture_runs_nothing_and_fetches_nothing() -> None:
    svg = as_svg(renamed(marked(), NASTY), Names(NASTY))
    assert {each.tag.removeprefix(SVG) for each in ElementTree.fromstring(svg).iter()} <= {
        "svg",
        "title",
        "rect",
        "text",
        "g",
        "path",
    }
    assert "href" not in svg
    assert svg.count("http") == 1


def test_the_graph_has_a_node_for_every_telling_and_an_edge_for_every_step() -> None:
    story = grown(300, 40)
    dot = as_dot(story, Names("Tale"))
    assert dot.count("->") == len(story.scenes) - 1
    assert all(f'"{scene.key}" [label="{scene.turn}. ' in dot for scene in story.scenes)


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
def test_graphviz_reads_the_graph_whatever_a_title_holds() -> None:
    for title in (NASTY, "\\", '"', "\\n", "\\G"):
        dot = as_dot(renamed(marked(), title), Names(title)).encode()
        done = subprocess.run(["dot", "-Tcanon"], input=dot, capture_output=True, check=False, timeout=30)
        assert (done.returncode, done.stderr) == (0, b"")


def test_json_tells_nodes_edges_and_where_the_player_is() -> None:
    story = marked()
    data = json.loads(as_json(story, Names("Tale", {"stair": "the stair"}, {}, 3)))
    assert set(data) == {"title", "head", "line", "nodes", "edges", "marks", "endings"}
    assert [node["key"] for node in data["nodes"]] == [scene.key for scene in story.scenes]
    assert (data["head"], data["line"]) == (story.head, list(story.line))
    assert [(edge["from"], edge["to"], edge["slot"]) for edge in data["edges"]] == [
        (scene.parent, scene.key, scene.slot) for scene in story.scenes[1:]
    ]
    assert [(node["scene"], node["telling"]) for node in data["nodes"]] == [(1, 1), (2, 1), (2, 1), (2, 2)]
    assert data["marks"] == [{"name": "A fork", "slot": "2", "scene": story.head, "at": 0}]
    assert data["endings"] == {"found": [{"id": "drowned", "title": "drowned"}], "unfound": 3}


def test_json_does_not_know_how_many_endings_are_unfound_without_the_pack() -> None:
    assert json.loads(as_json(marked(), names_of(marked(), None)))["endings"]["unfound"] is None
