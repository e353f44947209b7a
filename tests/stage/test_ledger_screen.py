"""The ledger as a notebook: what stands in it, how its pages are turned, and that it tells nothing that was not read yet."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game.ledger import Ledger
from game.packs import Pack
from game.session import SceneReady
from game.settings import Settings
from game.stage.foundry import HOUSE_DISPLAY, HOUSE_TEXT, Foundry
from game.stage.pilot import Pilot
from game.stage.screen import View
from game.stage.screens.ledger import LEFT, Entry, entries, paged
from game.stage.type import Type
from tests.stage.scripted_session import ScriptedSession, began, grew, narration, scene

FOG = narration("The fog came in.")
BELL = narration("A bell.")


def written(pilot: Pilot) -> list[str]:
    return [each.label for each in pilot.tree.walk() if each.id.startswith("entry:")]


@pytest.fixture
def choosing(story: Pilot, session: ScriptedSession, pack: Pack) -> Pilot:
    """A scene read to its choices, after which a thread is open and a thing is carried."""
    state = replace(pack.initial, threads={"the_letter": 1}, items=frozenset({"letter"}))
    session.say(began(), grew(0, FOG), grew(1, BELL), SceneReady(scene(FOG, BELL), state))
    story.frame()
    return story


def read_on(pilot: Pilot) -> None:
    pilot.until(lambda: bool(pilot.tree.find_all("choice")) or bool(pilot.press("space")))


def test_what_is_open_and_what_is_carried_stand_in_it(choosing: Pilot, pack: Pack) -> None:
    read_on(choosing)
    choosing.press("l")
    assert choosing.tree.label == "Ledger"
    assert written(choosing) == ["What is open", pack.threads["the_letter"].text, "What you carry", "the Board's letter"]
    assert choosing.tree.find("text", "the Board's letter").value == pack.items["letter"].text


def test_it_tells_nothing_of_a_scene_that_is_still_being_read(choosing: Pilot) -> None:
    choosing.press("l")
    assert written(choosing) == ["Nothing is written here yet."]


@pytest.mark.parametrize("way", ["tab", "menu", "gamepad"])
def test_it_is_opened_from_the_story_and_from_the_menu(choosing: Pilot, way: str) -> None:
    if way == "tab":
        choosing.click("Ledger", "button")
    elif way == "menu":
        choosing.press("escape")
        choosing.click("Ledger", "button")
    else:
        choosing.button(4)  # the button at the middle's left
    assert choosing.tree.label == "Ledger"


@pytest.mark.parametrize("key", ["l", "escape"])
def test_it_is_closed_by_the_key_that_opened_it_and_by_escape(choosing: Pilot, key: str) -> None:
    choosing.press("l", key)
    assert choosing.tree.label == "Story"


def test_the_letter_l_in_a_name_is_a_letter(pilot: Pilot, session: ScriptedSession, pack: Pack) -> None:
    pilot.click("Storyteller", "button")
    pilot.click("A service", "option")
    pilot.click("Model", "field")
    pilot.press("l")
    pilot.write("l")
    assert pilot.tree.find("field", "Model").value == "l"


def full(pack: Pack, session: ScriptedSession, story: Pilot) -> None:
    """Everything that the pack can make true has been."""
    state = replace(
        pack.initial,
        facts=frozenset(pack.declared.facts),
        items=frozenset(pack.items),
        threads=dict.fromkeys(pack.threads, 1),
        notes=tuple(f"Note {n}." for n in range(12)),
    )
    session.say(began(), grew(0, FOG), SceneReady(scene(FOG), state))
    story.frame()
    read_on(story)
    story.press("l")


def test_a_full_book_has_pages_to_turn_and_every_word_stands_on_one(story: Pilot, session: ScriptedSession, pack: Pack) -> None:
    full(pack, session, story)
    seen = written(story)
    while story.tree.find_all("button", "Later pages"):
        story.press("right")
        seen += written(story)
    wanted = {fact.text for fact in pack.declared.facts.values()} | {thread.text for thread in pack.threads.values()}
    assert wanted | {f"Note {n}." for n in range(12)} <= set(seen)
    story.wheel(1)
    story.press("home")
    assert "What is open" in written(story)
    assert not story.tree.find_all("button", "Earlier pages")


def test_no_entry_leaves_its_page(story: Pilot, session: ScriptedSession, pack: Pack) -> None:
    full(pack, session, story)
    while True:
        boxes = [each.box for each in story.tree.walk() if each.id.startswith("entry:")]
        assert all(LEFT.y <= box.y and box.bottom <= LEFT.bottom for box in boxes)
        if not story.tree.find_all("button", "Later pages"):
            break
        story.press("right")


def test_a_section_without_entries_has_no_heading() -> None:
    book = Ledger(facts=("It rains.",), items=(), open=(), closed=("Who rang?",), known=(("Pim", ("It rains.",)),), notes=())
    assert list(entries(book)) == [
        Entry("heading", "What is true"),
        Entry("fact", "It rains."),
        Entry("heading", "Who knows what"),
        Entry("name", "Pim"),
        Entry("known", "It rains."),
        Entry("heading", "What is settled"),
        Entry("closed", "Who rang?"),
    ]


def test_no_heading_stands_last_on_its_page(story: Pilot, settings: Settings, pack: Pack) -> None:
    foundry = Foundry()
    foundry.read(HOUSE_DISPLAY, HOUSE_TEXT)
    view = View(0.0, Type(foundry, pack.type, 1.0, 100, False), story.app.pictures, settings)
    for count in range(1, 40):
        book = (*(Entry("fact", f"Fact {n}.") for n in range(count)), Entry("heading", "More"), Entry("fact", "It rains."))
        for page in paged(view, book):
            assert page[-1].entry.kind != "heading"
