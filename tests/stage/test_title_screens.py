"""The title, and what can be reached from it before a story is begun."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pygame
import pytest

from game.packs import Diagnostic, Pack
from game.session import Begin, Continue, PackCard, SaveCard, ShelfReady, TellerTried, TryTeller
from game.settings import Settings, load_settings, save_settings
from game.stage.pilot import Pilot
from tests.stage.conftest import SMALL
from tests.stage.scripted_session import ScriptedSession

NO_PACK = PackCard("broken", "broken", None, (Diagnostic("PACK101", "error", "pack.toml", 3, "this is not TOML"),))


def save(n: int) -> SaveCard:
    return SaveCard(
        Path(f"/saves/{n}.journal"), "last_keeper", "The Last Keeper", f"Scene called {n}", "jetty", n, False, 1e9 + n
    )


def begun(session: ScriptedSession) -> list[Begin]:
    return [command for command in session.asked if isinstance(command, Begin)]


def test_a_pack_is_a_card_that_says_what_to_expect(pilot: Pilot, pack: Pack) -> None:
    card = pilot.tree.find("card", pack.title)
    assert card.value == f"{pack.rating.capitalize()} · {pack.scenes[0]} to {pack.scenes[1]} scenes"


def test_content_notes_are_there_before_a_story_is_begun(pilot: Pilot, pack: Pack) -> None:
    notes = pilot.tree.by_id("content")
    assert notes is not None
    assert pack.content_notes
    assert all(note in notes.label for note in pack.content_notes)


def test_a_broken_pack_says_what_is_wrong_with_it(pilot: Pilot, session: ScriptedSession) -> None:
    session.say(ShelfReady((NO_PACK,), ()))
    pilot.frame()
    pilot.click("broken", "card")
    assert pilot.tree.find("text", "This is not TOML").value == "Error · pack.toml, line 3 · PACK101."
    assert begun(session) == []


def test_an_empty_shelf_says_so(pilot: Pilot, session: ScriptedSession) -> None:
    session.say(ShelfReady((), ()))
    pilot.frame()
    assert pilot.tree.find("status", "There are no stories here yet.")


def test_more_packs_than_fit_are_reached_by_arrow(pilot: Pilot, session: ScriptedSession, pack: Pack) -> None:
    packs = [replace(pack, id=f"pack_{n}", title=f"Pack {n}", hash=f"{n}") for n in range(5)]
    session.say(ShelfReady(tuple(PackCard(each.id, each.title, each) for each in packs), ()))
    pilot.frame()
    seen = [pilot.focused.label]
    for _ in range(4):
        pilot.press("right")
        pilot.frame()
        seen.append(pilot.focused.label)
    assert seen == [f"Pack {n}" for n in range(5)]


def test_more_packs_than_fit_are_reached_by_mouse(pilot: Pilot, session: ScriptedSession, pack: Pack) -> None:
    packs = [replace(pack, id=f"pack_{n}", title=f"Pack {n}", hash=f"{n}", asks_player=False) for n in range(5)]
    session.say(ShelfReady(tuple(PackCard(each.id, each.title, each) for each in packs), ()))
    pilot.frame()
    pilot.click("More stories", "button")
    pilot.frame()
    pilot.click("Pack 4", "card")
    pilot.press("return")
    assert [command.pack for command in begun(session)] == ["pack_4"]


def test_a_pack_that_asks_is_told_who_plays(pilot: Pilot, session: ScriptedSession, pack: Pack) -> None:
    session.say(ShelfReady((PackCard(pack.id, pack.title, replace(pack, asks_player=True)),), ()))
    pilot.frame()
    pilot.click(pack.title, "card")
    for _ in pack.player.name.split():
        pilot.key(pygame.K_BACKSPACE, pygame.KMOD_LCTRL)
    pilot.write("Ada 1b i")
    pilot.click("He / him", "option")
    pilot.click("Begin", "button")
    player = begun(session)[0].player
    assert player is not None
    assert (player.name, player.pronouns) == ("Ada 1b i", "he")


def test_enter_after_the_name_begins(pilot: Pilot, session: ScriptedSession, pack: Pack) -> None:
    session.say(ShelfReady((PackCard(pack.id, pack.title, replace(pack, asks_player=True)),), ()))
    pilot.frame()
    pilot.click(pack.title, "card")
    pilot.press("return")
    assert [command.player.name for command in begun(session) if command.player] == [pack.player.name]


def test_letters_in_a_field_are_letters_and_not_commands(pilot: Pilot, session: ScriptedSession, pack: Pack) -> None:
    session.say(ShelfReady((PackCard(pack.id, pack.title, replace(pack, asks_player=True)),), ()))
    pilot.frame()
    pilot.click(pack.title, "card")
    pilot.press("b", "i", "1", "space")
    assert (pilot.tree.label, pilot.focused.role) == ("Before you begin", "field")


def test_a_pack_that_does_not_ask_is_begun_with_one_enter(pilot: Pilot, session: ScriptedSession, pack: Pack) -> None:
    session.say(ShelfReady((PackCard(pack.id, pack.title, replace(pack, asks_player=False)),), ()))
    pilot.frame()
    pilot.click(pack.title, "card")
    pilot.press("return")
    assert [(command.pack, command.journal) for command in begun(session)] == [(pack.id, "library")]


def test_saved_stories_are_listed_and_taken_up(pilot: Pilot, session: ScriptedSession, pack: Pack) -> None:
    session.say(ShelfReady((PackCard(pack.id, pack.title, pack),), tuple(save(n) for n in range(7))))
    pilot.frame()
    pilot.click("Continue", "button")
    pilot.click("Earlier", "button")
    pilot.frame()
    pilot.click("Scene called 6", "card")
    assert [command.journal for command in session.asked if isinstance(command, Continue)] == [save(6).journal]


def test_a_story_of_a_pack_that_was_brought_is_taken_up_with_it(pilot: Pilot, session: ScriptedSession, pack: Pack) -> None:
    session.say(ShelfReady((), (save(1), replace(save(2), pack_id="islet"))))
    pilot.app.house.bring(PackCard("/packs/the-last-keeper", pack.title, pack))
    for label in ("Scene called 1", "Scene called 2"):
        pilot.frame()
        pilot.click("Continue", "button")
        pilot.frame()
        pilot.click(label, "card")
        pilot.frame()
        pilot.app._stack.pop()
    taken_up = [command.pack for command in session.asked if isinstance(command, Continue)]
    assert taken_up == ["/packs/the-last-keeper", None]


def test_escape_on_the_title_closes_the_stage(pilot: Pilot) -> None:
    pilot.press("escape")
    assert not pilot.app.open


def choose(pilot: Pilot, kind: str) -> None:
    pilot.click("Storyteller", "button")
    pilot.click(kind, "option")


def test_a_service_is_tried_as_it_is_written_and_the_answer_is_shown(pilot: Pilot, session: ScriptedSession) -> None:
    choose(pilot, "A service")
    pilot.click("Address (base URL)", "field")
    pilot.write("http://127.0.0.1:9/v1")
    pilot.click("Model", "field")
    pilot.write("sparrow-1")
    pilot.click("Test", "button")
    tried = next(command.teller for command in session.asked if isinstance(command, TryTeller))
    assert (tried.client, tried.base_url, tried.model) == ("openai", "http://127.0.0.1:9/v1", "sparrow-1")
    session.say(TellerTried(False, "There is nobody at 127.0.0.1:9."))
    pilot.frame()
    assert pilot.tree.find("status", "There is nobody at 127.0.0.1:9.")


def test_a_key_is_never_shown(pilot: Pilot) -> None:
    choose(pilot, "A service")
    pilot.click("Key", "field")
    pilot.clipboard = "sk-very-secret"
    pilot.key(pygame.K_v, pygame.KMOD_LCTRL)
    assert pilot.tree.find("field", "Key").value == "•" * len("sk-very-secret")
    assert not any("secret" in each.value + each.label for each in pilot.tree.walk())


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("Offline storyteller", "Nothing leaves this machine."),
        ("A model file on this machine", "Nothing leaves this machine:"),
        ("A service", "are sent to the address above"),
    ],
)
def test_each_storyteller_says_what_leaves_the_machine(pilot: Pilot, kind: str, words: str) -> None:
    choose(pilot, kind)
    assert any(words in each.label for each in pilot.tree.find_all("text"))


def test_the_chosen_storyteller_tells_the_next_story(pilot: Pilot, session: ScriptedSession, pack: Pack) -> None:
    choose(pilot, "A model file on this machine")
    pilot.click("Model file (.gguf)", "field")
    pilot.write("/models/wren.gguf")
    pilot.click("Use this storyteller", "button")
    assert pilot.tree.find("status", "Told by wren.gguf (local)")
    pilot.click(pack.title, "card")
    pilot.click("Begin", "button")
    assert (begun(session)[0].teller.client, begun(session)[0].teller.model) == ("local", "/models/wren.gguf")


def test_a_storyteller_that_was_only_looked_at_is_not_taken(pilot: Pilot) -> None:
    choose(pilot, "A service")
    pilot.press("escape")
    assert pilot.tree.find("status", "Told by the offline storyteller")


def test_settings_hold_at_once_and_the_next_time(session: ScriptedSession, settings: Settings) -> None:
    with Pilot(session, settings, SMALL, save=save_settings) as pilot:
        pilot.frame()
        pilot.click("Settings", "button")
        pilot.click("High contrast", "toggle")
        pilot.click("Volume", "slider")
        assert pilot.tree.find("toggle", "High contrast").value == "on"
    assert (load_settings().high_contrast, load_settings().volume) == (True, 100)


def test_sliders_follow_left_and_right_and_stop_at_their_ends(pilot: Pilot) -> None:
    pilot.click("Settings", "button")
    pilot.point("Text size", "slider")
    pilot.press("left", "left", "left")
    assert pilot.tree.find("slider", "Text size").value == "90 %"
    pilot.press(*["right"] * 9)
    assert pilot.tree.find("slider", "Text size").value == "150 %"


def test_settings_that_cannot_be_saved_are_said_to_be_unsaved(
    session: ScriptedSession, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")

    def save_inside_a_file(kept: Settings) -> None:
        save_settings(kept, tmp_path / "file" / "stage.toml")

    with Pilot(session, settings, SMALL, save=save_inside_a_file) as pilot:
        pilot.frame()
        pilot.click("Settings", "button")
        pilot.click("Less motion", "toggle")
        pilot.until(lambda: pilot.tree.label == "The settings were not saved")
        pilot.press("return")
        assert pilot.tree.find("toggle", "Less motion").value == "on"


def test_how_much_is_written_ahead_and_its_cap_are_set_and_kept(session: ScriptedSession, settings: Settings) -> None:
    with Pilot(session, settings, SMALL, save=save_settings) as pilot:
        pilot.frame()
        pilot.click("Settings", "button")
        assert pilot.tree.find("slider", "Writing ahead").value == "the choice in view"
        pilot.point("Writing ahead", "slider")
        pilot.press("right", "right")
        pilot.point("Cap on writing ahead", "slider")
        pilot.press("right", "right")
        assert pilot.tree.find("slider", "Writing ahead").value == "all choices"
        assert pilot.tree.find("slider", "Cap on writing ahead").value == "20,000 tokens"
    assert (load_settings().prefetch, load_settings().prefetch_tokens) == ("all", 20_000)


def test_a_cap_set_by_hand_is_shown_as_the_nearest_and_moved_from_there(session: ScriptedSession, settings: Settings) -> None:
    with Pilot(session, settings.model_copy(update={"prefetch_tokens": 30_000}), SMALL) as pilot:
        pilot.frame()
        pilot.click("Settings", "button")
        assert pilot.tree.find("slider", "Cap on writing ahead").value == "20,000 tokens"


def test_the_settings_say_when_nothing_is_written_ahead(pilot: Pilot) -> None:
    pilot.click("Settings", "button")
    assert any("nothing is written ahead until you set one" in each.label for each in pilot.tree.find_all("text"))


def test_no_two_settings_lie_on_one_another(pilot: Pilot) -> None:
    pilot.click("Settings", "button")
    boxes = [each.box for each in pilot.tree.walk() if each.role in ("slider", "toggle", "text") or each.label == "Done"]
    assert all(upper.bottom <= lower.y for upper, lower in pairwise(boxes))
    assert boxes[-1].bottom <= 720


def test_a_storytellers_long_answer_has_room_beside_what_it_says_of_privacy(pilot: Pilot, session: ScriptedSession) -> None:
    choose(pilot, "A service")
    pilot.click("Test", "button")
    words = "sparrow-1 answers and can write: schemas in part, no grammar.\n" + "It reads 8,192 tokens at a time. " * 4
    session.say(TellerTried(True, words))
    pilot.frame()
    answer = pilot.tree.by_id("outcome")
    assert answer is not None
    assert answer.label == words
    privacy = next(each for each in pilot.tree.find_all("text") if "are sent to the address above" in each.label)
    assert privacy.box.bottom <= answer.box.y
    assert answer.box.bottom <= pilot.tree.find("button", "Test").box.y


@pytest.mark.parametrize("size", [(1280, 720), (800, 1200), (2000, 500), (640, 360)])
def test_a_click_hits_what_is_seen_in_a_window_of_any_shape(pilot: Pilot, size: tuple[int, int]) -> None:
    pilot.resize(size)
    pilot.click("Settings", "button")
    assert pilot.tree.label == "Settings"


def test_after_a_resize_the_pictures_are_of_the_new_size(pilot: Pilot, pack: Pack) -> None:
    pilot.settle()
    pilot.resize((800, 450))
    pilot.settle()
    layers = pilot.app.pictures.backdrop(pack, pack.initial.place)
    assert layers is not None
    assert layers[0].surface.get_width() - 2 * layers[0].bleed == 800


def test_the_stage_is_still_once_the_title_is_painted(pilot: Pilot) -> None:
    pilot.settle()
    pilot.wait(6)
    assert not pilot.moving


def test_every_screen_says_what_it_is(play: Callable[..., Pilot]) -> None:
    """What self-voicing needs: a name for each screen, and a name for whatever can be focused."""
    pilot = play()
    for way in ([], ["Storyteller"], ["Settings"]):
        for label in way:
            pilot.click(label, "button")
        assert pilot.tree.label
        assert all(each.label for each in pilot.tree.focusables())
        if way:
            pilot.press("escape")
