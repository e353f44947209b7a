"""The map in a terminal: what a reader finds on it, and that it keeps to the width, the encoding and a sensible length."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from game.packs import Pack
from game.story import StoryMap
from game.storymap import Names, as_text, names_of
from tests.storymap.test_layout import STORIES
from tests.storymap.trees import Teller, grown, renamed


def tree(story: StoryMap, names: Names | None = None, **how: object) -> list[str]:
    """The lines of the tree alone."""
    lines = as_text(story, names or Names("Tale"), **how).splitlines()  # type: ignore[arg-type]
    return lines[2 : lines.index("", 2)]


def begun() -> Teller:
    """A first scene."""
    teller = Teller()
    teller.tell()
    return teller


def forked() -> Teller:
    """Four scenes, of which the second was left for another way; the player is in the third."""
    teller = Teller()
    keys = [teller.tell(title=title) for title in ("One", "Two", "Three", "Four")]
    teller.go(keys[1])
    teller.tell("b", title="Other", ending="drowned")
    teller.go(keys[2])
    return teller


def test_the_players_line_stands_at_the_margin_and_what_leaves_it_is_drawn_in() -> None:
    assert tree(forked().map()) == [
        "1–2  Jetty: One · Stair: Two",
        "├─ 2 → 3  Stair: Other  ◆ drowned",
        "3  Stair: Three  ◀ you are here",
        "4  Lantern_room: Four",
    ]


def test_it_is_drawn_in_ascii_where_the_encoding_has_no_more() -> None:
    text = as_text(forked().map(), Names("Tale"), encoding="ascii")
    assert text.isascii()
    assert "|- 2 -> 3  Stair: Other  * drowned" in text
    assert "3  Stair: Three  <- you are here" in text


def test_titles_that_an_encoding_cannot_write_do_not_stop_it() -> None:
    assert "1  Jetty: caf?" in as_text(renamed(begun().map(), "café"), Names("Tale"), encoding="ascii")


def test_bookmarks_and_tellings_are_told() -> None:
    teller = begun()
    first = teller.head
    teller.tell("b", title="Told")
    teller.retell()
    teller.mark(slot="3", name="Before the storm")
    teller.go(first)
    teller.mark(slot="quick")
    lines = tree(teller.map())
    assert lines[0].endswith("⚑ quick  ◀ you are here")
    assert lines[1].endswith("Told ×2  ⚑ slot 3: Before the storm")


def test_what_follows_another_telling_says_which() -> None:
    teller = begun()
    told = teller.tell("b", title="Told")
    teller.tell("c", title="After")
    teller.go(told)
    teller.retell()
    assert any(line.startswith("└─ 3 in telling 1 → 3  ") for line in tree(teller.map()))


def test_the_endings_that_were_found_are_named_and_the_others_are_counted(pack: Pack) -> None:
    teller = begun()
    ending, *others = pack.endings
    teller.tell("b", ending=ending)
    text = as_text(teller.map(), names_of(teller.map(), pack))
    assert f"Endings found: {pack.endings[ending].title}. {len(others)} not found yet." in text
    assert not any(pack.endings[other].title in text for other in others)


def test_without_the_pack_nothing_is_said_of_what_was_not_found() -> None:
    story = begun().map()
    assert "not found yet" not in as_text(story, names_of(story, None, "Tale"))


@given(STORIES, st.integers(40, 120))
def test_no_line_is_wider_than_it_may_be(story: StoryMap, width: int) -> None:
    for encoding in ("utf-8", "ascii"):
        text = as_text(renamed(story, "灯台 The Light"), Names("Tale"), width, encoding)
        assert all(cell_len(line) <= width for line in text.splitlines())


def test_a_run_without_forks_takes_a_few_lines_however_long_it_is() -> None:
    teller = Teller()
    for _ in range(5000):
        teller.tell()
    lines = tree(teller.map())
    assert len(lines) <= 3
    assert lines[0].startswith("1–5000  ")
    assert "… " in " ".join(lines)


def test_a_large_tree_is_folded_round_the_player_and_says_what_is_left_out() -> None:
    story = grown(10_000, 500)
    lines = tree(story)
    assert len(lines) < 250
    assert any("branches of " in line for line in lines)
    assert "you are here" in lines[-1]


def test_nothing_of_a_strangers_title_can_steer_a_terminal() -> None:
    text = as_text(renamed(forked().map(), "\x1b[2J\u202eevil\r\n"), Names("\x1b]0;x\x07"))
    assert all(char.isprintable() or char == "\n" for char in text)
    assert "1–2  Jetty: [2J evil" in text


@pytest.mark.parametrize("width", [80, 200])
def test_a_story_that_has_not_begun_says_so(width: int) -> None:
    assert "Nothing has been told yet." in as_text(StoryMap(), Names(), width)
