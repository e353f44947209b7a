"""What is seen before the first scene, on every way into a story."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from game.packs import Diagnostic, Pack
from game.session import Begin, Continue, PackCard, SaveCard, ShelfReady, Teller
from game.settings import Settings
from game.stage.pilot import Pilot
from game.stage.screens.story import Story
from game.stage.screens.threshold import Threshold, entrance
from tests.stage.conftest import SMALL
from tests.stage.scripted_session import ScriptedSession


def begun(session: ScriptedSession) -> list[Begin]:
    return [command for command in session.asked if isinstance(command, Begin)]


def facts(pilot: Pilot) -> dict[str, str]:
    return {each.label: each.value for each in pilot.tree.find_all("text") if each.id.startswith("fact:")}


def open_at(pilot: Pilot, begin: Begin | Continue) -> None:
    """Have the stage come up as it does with this on the command line."""
    app = pilot.app
    app._stack.append(entrance(app.house, begin))
    pilot.frame()
    pilot.frame()


def test_rating_notes_length_authors_models_and_the_teller_are_said_before_a_story(pilot: Pilot, pack: Pack) -> None:
    pilot.click(pack.title, "card")
    pilot.settle()
    said = facts(pilot)
    assert list(said) == ["For", "Contains", "Length", "Told by", "By", "Models"]
    assert said["For"] == "Everybody"
    assert all(note in said["Contains"].lower() for note in pack.content_notes)
    assert pack.ai_policy.statement in said["Models"]
    assert said["Told by"] == "The offline storyteller. Nothing leaves this machine."


def test_a_service_is_said_to_be_sent_the_story(pilot: Pilot, pack: Pack) -> None:
    pilot.app.house.teller = Teller("openai", "sparrow-1")
    pilot.click(pack.title, "card")
    assert facts(pilot)["Told by"] == "Sparrow-1 (openai). What happens in your story is sent to it, wherever it runs."


def test_that_no_model_should_write_is_said(pilot: Pilot, session: ScriptedSession, pack: Pack) -> None:
    policy = pack.ai_policy.model_copy(update={"model_may_write": False, "statement": ""})
    session.say(ShelfReady((PackCard(pack.id, pack.title, replace(pack, ai_policy=policy)),), ()))
    pilot.frame()
    pilot.click(pack.title, "card")
    assert facts(pilot)["Models"] == "The authors let no model write in this world."


def test_many_notes_are_scrolled_to(pilot: Pilot, session: ScriptedSession, pack: Pack) -> None:
    notes = tuple(f"a thing that some would rather be told of before they read it, number {n}" for n in range(30))
    session.say(ShelfReady((PackCard(pack.id, pack.title, replace(pack, content_notes=notes)),), ()))
    pilot.frame()
    pilot.click(pack.title, "card")
    assert "By" not in facts(pilot)
    pilot.wheel(-100)
    assert "By" in facts(pilot)


def test_a_pack_on_the_command_line_is_introduced_before_it_is_begun(pilot: Pilot, session: ScriptedSession, pack: Pack) -> None:
    open_at(pilot, Begin(pack.id, seed=4, journal="library"))
    session.say(ShelfReady((PackCard(pack.id, pack.title, pack),), ()))
    pilot.frame()
    assert (pilot.tree.label, begun(session)) == ("Before you begin", [])
    pilot.press("return")
    assert [(command.pack, command.seed) for command in begun(session)] == [(pack.id, 4)]


def test_a_folder_on_the_command_line_is_introduced_before_it_is_begun(
    pilot: Pilot, session: ScriptedSession, pack: Pack
) -> None:
    session.elsewhere["/packs/islet"] = PackCard("/packs/islet", pack.title, pack)
    open_at(pilot, Begin("/packs/islet"))
    session.say(ShelfReady((), ()))
    pilot.frame()
    pilot.frame()
    assert (pilot.tree.label, begun(session)) == ("Before you begin", [])


def test_a_broken_pack_on_the_command_line_shows_what_is_wrong_with_it(pilot: Pilot, session: ScriptedSession) -> None:
    wrong = (Diagnostic("PACK204", "error", "pack.toml", 1, 'the file has no "title".'),)
    session.elsewhere["/packs/islet"] = PackCard("/packs/islet", "islet", None, wrong)
    open_at(pilot, Begin("/packs/islet"))
    session.say(ShelfReady((), ()))
    pilot.frame()
    pilot.frame()
    assert pilot.tree.find("text", 'The file has no "title".')


def test_what_is_no_pack_is_left_to_the_session_to_explain(pilot: Pilot, session: ScriptedSession) -> None:
    wrong = (Diagnostic("PACK108", "error", "last_keper", 0, "there is no folder and no zip here."),)
    session.elsewhere["last_keper"] = PackCard("last_keper", "last_keper", None, wrong)
    open_at(pilot, Begin("last_keper"))
    session.say(ShelfReady((), ()))
    pilot.frame()
    pilot.frame()
    assert [command.pack for command in begun(session)] == ["last_keper"]


def test_what_was_begun_is_gone_on_with_at_once(pilot: Pilot, tmp_path: Path) -> None:
    there = tmp_path / "one.journal"
    there.touch()
    house = pilot.app.house
    assert isinstance(entrance(house, Begin("last_keeper", journal=there)), Story)
    assert isinstance(entrance(house, Continue(there)), Story)
    assert isinstance(entrance(house, Begin("last_keeper", journal=tmp_path / "two.journal")), Threshold)


def test_somebody_elses_playthrough_is_introduced_over_its_first_page(session: ScriptedSession, settings: Settings) -> None:
    with Pilot(session, settings, SMALL, Begin("", Teller("replay", "/told.sealed"))) as pilot:
        pilot.frame()
        assert pilot.tree.label == "Before you begin"
        pilot.press("return")
        assert pilot.tree.label == "Story"


def test_somebody_elses_playthrough_can_be_left_before_it_is_read(session: ScriptedSession, settings: Settings) -> None:
    with Pilot(session, settings, SMALL, Begin("", Teller("replay", "/told.sealed"))) as pilot:
        pilot.frame()
        pilot.press("escape")
        pilot.frame()
        assert pilot.tree.label == "Title"


def test_the_titles_focus_is_on_continue_when_there_is_something_to_continue(
    pilot: Pilot, session: ScriptedSession, pack: Pack
) -> None:
    assert pilot.focused.role == "card"
    kept = SaveCard(Path("/saves/1.journal"), pack.id, pack.title, "The Landing", "jetty", 3, False, 1e9)
    session.say(ShelfReady((PackCard(pack.id, pack.title, pack),), (kept,)))
    pilot.frame()
    assert pilot.focused.label == "Continue"


def asked_as(pilot: Pilot, session: ScriptedSession, pack: Pack) -> None:
    """Open the sheet of a pack that asks who the player is."""
    session.say(ShelfReady((PackCard(pack.id, pack.title, replace(pack, asks_player=True)),), ()))
    pilot.frame()
    pilot.click(pack.title, "card")
    pilot.frame()


def names(session: ScriptedSession) -> list[str]:
    return [command.player.name for command in begun(session) if command.player]


def test_who_types_a_name_need_not_erase_the_packs_first(pilot: Pilot, session: ScriptedSession, pack: Pack) -> None:
    asked_as(pilot, session, pack)
    pilot.write("Zo")
    pilot.write("ë")
    pilot.press("return")
    assert names(session) == ["Zoë"]


def test_who_goes_into_the_packs_name_changes_it(pilot: Pilot, session: ScriptedSession, pack: Pack) -> None:
    asked_as(pilot, session, pack)
    pilot.press("home")
    pilot.write("Dr ")
    pilot.press("return")
    assert names(session) == [f"Dr {pack.player.name}"]


def test_who_erases_the_name_is_called_as_the_pack_has_it(pilot: Pilot, session: ScriptedSession, pack: Pack) -> None:
    asked_as(pilot, session, pack)
    pilot.press("backspace", "return")
    assert names(session) == [pack.player.name]
