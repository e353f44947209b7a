"""What comes from outside: packs, stories and other files that are dropped on the window, and packs that are read again."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pygame
import pytest

from game.packs import Diagnostic
from game.packs.look import Palette
from game.session import (
    Begin,
    Continue,
    Leave,
    Library,
    LookAround,
    NotReloaded,
    PackCard,
    Reload,
    Reloaded,
    Session,
    ShelfReady,
    TryPack,
)
from game.settings import Settings
from game.stage.dropped import look_at
from game.stage.pilot import Pilot
from game.stage.theme import theme_of
from tests.changing import as_pack, copied
from tests.journal.sealings import seal_of, told
from tests.stage.conftest import SMALL
from tests.stage.scripted_session import ScriptedSession, began, grew, narration

Play = Callable[..., Pilot]
F5 = pygame.K_F5
ERROR = Diagnostic("PACK301", "error", "places.toml", 12, 'no place is called "jety".', 'Did you mean "jetty"?')
WARNING = Diagnostic("PACK508", "warning", "grammar.toml", 3, "nothing uses this grammar symbol.")


def asked(session: ScriptedSession, kind: type) -> int:
    return sum(isinstance(command, kind) for command in session.asked)


def notices(pilot: Pilot) -> list[str]:
    return [each.label for each in pilot.tree.find_all("status") if each.id.startswith("notice:")]


def in_story(pilot: Pilot, session: ScriptedSession) -> None:
    session.say(began(), grew(0, narration("The boat is gone before you have turned round.")))
    pilot.frame()


@pytest.fixture
def islet(tmp_path: Path) -> Path:
    """A pack in a folder somewhere."""
    return copied("last_keeper", tmp_path / "islet", as_pack("islet"))


def test_a_folder_that_is_dropped_stands_first_on_the_shelf_ready_to_begin(play: Play, islet: Path) -> None:
    pilot = play()
    pilot.drop(islet)
    pilot.frame()
    assert pilot.focused.id == f"card:{islet}"
    assert pilot.tree.find_all("card")[0].id == f"card:{islet}"
    pilot.press("return", "return")
    pilot.frame()
    assert pilot.tree.label == "Story"


def test_a_zip_that_is_dropped_stands_first_on_the_shelf(play: Play, islet: Path) -> None:
    packed = Path(shutil.make_archive(str(islet), "zip", islet))
    pilot = play()
    pilot.click("Settings", "button")
    pilot.drop(packed)
    pilot.frame()
    assert (pilot.tree.label, pilot.focused.id) == ("Title", f"card:{packed}")


def test_a_broken_pack_that_is_dropped_shows_what_is_wrong_until_it_is_mended(play: Play, islet: Path) -> None:
    whole = (islet / "pack.toml").read_text(encoding="utf-8")
    (islet / "pack.toml").write_text(whole.replace('start = "jetty"', 'start = "jety"'), encoding="utf-8")
    pilot = play()
    pilot.drop(islet)
    pilot.frame()
    found = pilot.tree.find("text", 'No place is called "jety".')
    assert found.value.startswith("Error · pack.toml, line ")
    assert 'Did you mean "jetty"?' in found.value
    (islet / "pack.toml").write_text(whole, encoding="utf-8")
    pilot.key(F5)
    pilot.frame()
    assert (pilot.tree.label, pilot.focused.id) == ("Title", f"card:{islet}")


def test_a_story_is_left_for_a_dropped_pack_only_when_the_player_says_so(play: Play, islet: Path) -> None:
    pilot = play()
    pilot.click_key("card:last_keeper")
    pilot.press("return")
    pilot.frame()
    pilot.drop(islet)
    pilot.frame()
    assert pilot.tree.label == "Leave this story for “The Last Keeper”?"
    pilot.press("return")
    assert pilot.tree.label == "Story"
    pilot.drop(islet)
    pilot.frame()
    pilot.click("Leave", "button")
    pilot.frame()
    assert (pilot.tree.label, pilot.focused.id) == ("Title", f"card:{islet}")
    assert pilot.app.house.saves, "what was left can be taken up again"


def test_a_second_drop_asks_in_place_of_the_first(story: Pilot, session: ScriptedSession, tmp_path: Path) -> None:
    in_story(story, session)
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        session.elsewhere[str(tmp_path / name)] = PackCard(str(tmp_path / name), name, session.pack)
        story.drop(tmp_path / name)
        story.frame()
    assert story.tree.label == "Leave this story for “b”?"
    story.press("escape")
    assert story.tree.label == "Story"


def test_a_saved_story_that_is_dropped_is_gone_on_with(play: Play, tmp_path: Path) -> None:
    told(tmp_path / "told.journal", seed=4)
    pilot = play()
    pilot.drop(tmp_path / "told.journal")
    pilot.frame()
    assert pilot.tree.label == "Story"


def test_a_sealed_story_that_is_dropped_is_played_again(play: Play, tmp_path: Path) -> None:
    told(tmp_path / "told.journal", seed=4)
    (tmp_path / "told.sealed").write_bytes(seal_of(tmp_path / "told.journal"))
    pilot = play()
    pilot.drop(tmp_path / "told.sealed")
    pilot.frame()
    assert pilot.tree.label == "Before you begin"
    pilot.press("return")
    pilot.until(lambda: bool(pilot.tree.find_all("choice")) or bool(pilot.press("space")))
    assert any("as recorded" in each.value for each in pilot.tree.find_all("choice"))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("letter.txt", "letter.txt is no pack (a folder or a zip), no saved story and no sealed one."),
        ("gone", "gone cannot be read"),
    ],
)
def test_anything_else_that_is_dropped_is_answered_in_one_line(pilot: Pilot, tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / "letter.txt").write_text("Dear reader")
    pilot.drop(tmp_path / name)
    pilot.frame()
    assert pilot.tree.label == "This cannot be opened"
    assert any(each.label.startswith(words) for each in pilot.tree.find_all("text"))


def test_of_a_pack_its_pack_toml_may_be_dropped(islet: Path) -> None:
    assert look_at(str(islet / "pack.toml")).path == islet


def test_on_the_title_f5_looks_through_the_shelf_again(pilot: Pilot, session: ScriptedSession) -> None:
    before = asked(session, LookAround)
    pilot.key(F5)
    pilot.frame()
    assert (asked(session, LookAround), asked(session, Reload)) == (before + 1, 0)
    assert notices(pilot) == ["The shelf was looked through again: 1 story can be played."]


def test_f5_looks_at_what_was_dropped_too(pilot: Pilot, session: ScriptedSession, tmp_path: Path) -> None:
    ref = str(tmp_path)
    session.elsewhere[ref] = PackCard(ref, "Islet", replace(session.pack, title="Islet"))
    pilot.drop(tmp_path)
    pilot.frame()
    session.elsewhere[ref] = PackCard(ref, "Skerry", replace(session.pack, title="Skerry"))
    pilot.key(F5)
    pilot.frame()
    assert [each.label for each in pilot.tree.find_all("card")] == ["Skerry", session.pack.title]


def test_in_a_story_f5_has_its_pack_read_again(story: Pilot, session: ScriptedSession) -> None:
    in_story(story, session)
    story.key(F5)
    assert asked(session, Reload) == 1


def test_a_pack_that_was_read_again_has_its_colours_at_once_on_every_screen(story: Pilot, session: ScriptedSession) -> None:
    in_story(story, session)
    story.press("escape")
    story.click("Settings", "button")
    new = replace(session.pack, palette=Palette(paper="#aabbcc", ink="#000000"), hash="new")
    session.say(Reloaded(new, ("pack.toml",), ()))
    story.frame()
    assert story.app.top.pack == new
    corner = story.app.pictures.fit.pixels(story.tree.find("slider", "Volume").box)
    assert story.surface.get_at((corner.x + 60, corner.y - 1))[2] > story.surface.get_at((corner.x + 60, corner.y - 1))[0]
    story.press("escape", "escape")
    story.frame()
    assert story.app.top.pack == new
    assert theme_of(new.palette, False).sheet[2] > theme_of(new.palette, False).sheet[0]


def test_names_and_places_are_those_of_the_pack_that_was_read_again(story: Pilot, session: ScriptedSession) -> None:
    in_story(story, session)
    pack = session.pack
    places = {**pack.places, "jetty": replace(pack.places["jetty"], name="the pier")}
    session.say(Reloaded(replace(pack, places=places, hash="new"), ("places.toml",), ()))
    story.frame()
    assert any("The pier" in each.value for each in story.tree.walk())
    assert notices(story) == ["Read again: places.toml."]


def test_who_is_no_longer_in_the_pack_is_no_longer_on_the_stage(story: Pilot, session: ScriptedSession) -> None:
    in_story(story, session)
    story.settle()
    assert story.tree.by_id("cast:maren")
    cast = {name: member for name, member in session.pack.cast.items() if name != "maren"}
    session.say(Reloaded(replace(session.pack, cast=cast, hash="new"), ("cast.toml",), ()))
    story.frame()
    assert story.tree.by_id("cast:maren") is None


@pytest.mark.parametrize("key", ["l", "m", "b", "k"])
def test_every_screen_over_a_story_takes_the_new_pack(story: Pilot, session: ScriptedSession, key: str) -> None:
    in_story(story, session)
    story.press(key)
    new = replace(session.pack, title="Another Light", hash="new")
    session.say(Reloaded(new, ("pack.toml",), ()))
    story.frame()
    assert story.app.top.pack == new


def test_many_files_are_counted(story: Pilot, session: ScriptedSession) -> None:
    in_story(story, session)
    session.say(Reloaded(session.pack, ("a.toml", "b.toml", "c.toml", "d.toml", "e.toml"), ()))
    story.frame()
    assert notices(story) == ["Read again: a.toml, b.toml, c.toml and 2 more."]


def test_what_is_only_warned_of_is_counted_and_shown_to_one_who_asks_once_more(story: Pilot, session: ScriptedSession) -> None:
    in_story(story, session)
    session.say(Reloaded(session.pack, ("grammar.toml",), (WARNING,)))
    story.frame()
    assert notices(story) == ["Read again: grammar.toml. 1 warning: F5 shows what."]
    story.key(F5)
    session.say(Reloaded(session.pack, (), (WARNING,)))
    story.frame()
    assert story.tree.find("text", "Nothing uses this grammar symbol.").value == "Warning · grammar.toml, line 3 · PACK508."


def test_a_pack_that_cannot_be_read_again_says_why_and_the_story_stays_beneath(story: Pilot, session: ScriptedSession) -> None:
    in_story(story, session)
    session.say(NotReloaded((ERROR,)))
    story.frame()
    assert story.tree.find("text", 'No place is called "jety".').value == (
        'Error · places.toml, line 12 · PACK301. Did you mean "jetty"?'
    )
    story.press("escape")
    assert story.tree.label == "Story"


def test_what_is_wrong_is_laid_aside_when_it_is_mended_and_said_anew_when_it_is_not(
    story: Pilot, session: ScriptedSession
) -> None:
    in_story(story, session)
    session.say(NotReloaded((ERROR,)))
    story.frame()
    session.say(NotReloaded((replace(ERROR, message="something else."),)))
    story.frame()
    assert story.tree.find("text", "Something else.")
    session.say(Reloaded(session.pack, ("places.toml",), ()))
    story.frame()
    assert story.tree.label == "Story"


def test_a_long_list_of_what_is_wrong_is_scrolled(story: Pilot, session: ScriptedSession) -> None:
    in_story(story, session)
    session.say(NotReloaded(tuple(replace(ERROR, line=n) for n in range(1, 41))))
    story.frame()
    assert story.tree.by_id("problem:0")
    story.wheel(-100)
    assert story.tree.by_id("problem:0") is None
    assert story.tree.by_id("problem:39")


def test_a_broken_pack_hides_no_other_and_opens_all_that_is_wrong_with_it(pilot: Pilot, session: ScriptedSession) -> None:
    torn = PackCard("torn", "torn", None, (ERROR, ERROR, WARNING))
    session.say(ShelfReady((torn, PackCard(session.pack.id, session.pack.title, session.pack)), ()))
    pilot.frame()
    assert pilot.tree.find("card", "torn").value == "2 errors and 1 warning"
    assert pilot.tree.find("card", session.pack.title)
    pilot.settle()
    pilot.click("torn", "card")
    assert len([each for each in pilot.tree.find_all("text") if each.id.startswith("problem:")]) == 3


@pytest.fixture
def authoring(islet: Path, tmp_path: Path, settings: Settings) -> Iterator[Pilot]:
    """A story of a pack in a folder, on the real session."""
    real = Session(Library(settings, tmp_path / "saves"), threaded=False)
    with Pilot(real, settings, SMALL, Begin(str(islet), seed=7, journal="library")) as driver:
        driver.frame()
        yield driver
    real.close()


def test_an_author_sees_what_was_changed_after_f5_and_plays_on(authoring: Pilot, islet: Path) -> None:
    places = islet / "places.toml"
    places.write_text(places.read_text(encoding="utf-8").replace('name = "the jetty"', 'name = "the pier"'), encoding="utf-8")
    authoring.key(F5)
    authoring.frame()
    authoring.frame()
    assert any("Read again: places.toml" in words for words in notices(authoring))
    assert any("The pier" in each.value for each in authoring.tree.walk())
    places.write_text("[jetty", encoding="utf-8")
    authoring.key(F5)
    authoring.frame()
    assert authoring.tree.label == "The pack cannot be read again"


def test_nothing_is_asked_of_a_title_for_the_pack_of_a_story(pilot: Pilot, session: ScriptedSession) -> None:
    session.say(Reloaded(replace(session.pack, hash="new"), ("pack.toml",), ()))
    pilot.frame()
    assert (pilot.tree.label, asked(session, Leave), asked(session, Continue), asked(session, TryPack)) == ("Title", 0, 0, 0)
