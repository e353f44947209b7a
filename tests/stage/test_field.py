"""Writing in a field: a caret, words, lines, the pointer."""

from __future__ import annotations

import pygame
import pytest

from game.packs import Pack
from game.session import EditBeat
from game.stage.field import Writing
from game.stage.inputs import Erased, Key, Typed
from game.stage.pilot import Pilot
from tests.stage.scripted_session import ScriptedSession, narration, ready, scene

FOG = narration("The fog came in and sat down.")
LONG = narration(" ".join(["Salt has drawn a white line along the step."] * 5))


def at(text: str) -> Writing:
    """A text whose caret is where the bar is."""
    writing = Writing(text.replace("|", ""), longest=40)
    writing.caret = text.index("|")
    return writing


def shown(writing: Writing) -> str:
    return f"{writing.text[: writing.caret]}|{writing.text[writing.caret :]}"


@pytest.mark.parametrize(
    ("before", "change", "after"),
    [
        ("the |fog", Typed("thick "), "the thick |fog"),
        ("the |fog", Typed("a\nb\x00"), "the ab|fog"),
        ("the |fog", Erased(), "the|fog"),
        ("|the fog", Erased(), "|the fog"),
        ("the |fog", Erased(ahead=True), "the |og"),
        ("the fog|", Erased(ahead=True), "the fog|"),
        ("the thick |fog", Erased(whole=True), "the |fog"),
        ("the thi|ck fog", Erased(whole=True), "the |ck fog"),
        ("the |thick fog", Erased(whole=True, ahead=True), "the |fog"),
        ("the |fog", Erased(whole=True, ahead=True), "the |"),
        ("12345678901234567890123456789012345678|", Typed("abc"), "12345678901234567890123456789012345678ab|"),
    ],
)
def test_what_is_typed_and_erased_is_so_at_the_caret(before: str, change: Typed | Erased, after: str) -> None:
    writing = at(before)
    writing.take(change)
    assert shown(writing) == after


@pytest.mark.parametrize(
    ("before", "key", "after"),
    [
        ("the |fog", "left", "the| fog"),
        ("|the fog", "left", "|the fog"),
        ("the |fog", "right", "the f|og"),
        ("the fog|", "right", "the fog|"),
        ("the fo|g", "word_left", "the |fog"),
        ("the |fog", "word_left", "|the fog"),
        ("the| fog", "word_right", "the |fog"),
        ("the |fog", "word_right", "the fog|"),
    ],
)
def test_the_caret_moves_by_letters_and_words(before: str, key: Key, after: str) -> None:
    writing = at(before)
    assert writing.move(key)
    assert shown(writing) == after


@pytest.fixture
def long(story: Pilot, session: ScriptedSession, pack: Pack) -> Pilot:
    """The dialog that changes the words of a beat of several lines, the caret at their end."""
    session.say(ready(pack, scene(LONG), recalled=True))
    story.frame()
    story.frame()
    story.press("e")
    return story


def written(pilot: Pilot) -> str:
    return pilot.focused.value


def test_up_and_down_go_from_line_to_line_and_home_and_end_to_its_ends(long: Pilot) -> None:
    long.press("up", "home")
    long.write("<")
    long.press("end")
    long.write(">")
    start, end = written(long).index("<"), written(long).index(">")
    assert 0 < start < end < len(written(long)) - 1
    assert long.tree.label == "Change the words"


def test_up_from_the_first_line_and_down_from_the_last_leave_the_field(long: Pilot) -> None:
    long.press("down")
    assert long.focused.role == "button"


def test_a_click_sets_the_caret_where_it_is(long: Pilot) -> None:
    box = long.focused.box
    long.click_at(long.app.pictures.fit.pixels(box._replace(y=box.y + 30, x=box.x + 4, w=12, h=20)).center)
    long.write("!")
    assert written(long).startswith("!Salt")


def test_what_was_copied_is_pasted_at_the_caret(long: Pilot) -> None:
    long.press("home")
    long.clipboard = "Again: "
    long.key(pygame.K_v, pygame.KMOD_CTRL)
    assert "Again: " in written(long)


def test_letters_that_are_keys_elsewhere_are_letters_here(long: Pilot) -> None:
    before = written(long)
    for letter in "tmkeb1 ":
        long.key(pygame.key.key_code(letter) if letter != " " else pygame.K_SPACE)
        long.write(letter)
    assert written(long) == f"{before}tmkeb1 "


def test_no_words_at_all_change_nothing(long: Pilot, session: ScriptedSession) -> None:
    for _ in range(80):
        long.key(pygame.K_BACKSPACE, pygame.KMOD_CTRL)
    long.click("Save", "button")
    assert long.tree.label == "Story"
    assert not [each for each in session.asked if isinstance(each, EditBeat)]
