"""The pack of a playthrough changes, breaks or goes away: what was read stays, the story goes on, or is read."""

import re
import shutil
from pathlib import Path

import pytest

from game.journal import Journal
from game.packs import load_pack
from game.packs.remembered import remembered
from game.session import (
    BeatGrew,
    Begin,
    Bookmark,
    Broken,
    CannotStart,
    Command,
    Continue,
    EditBeat,
    Ended,
    Event,
    Forward,
    GoTo,
    Leave,
    LookAtMap,
    MapReady,
    Marks,
    Notice,
    Past,
    Pick,
    Picked,
    Retell,
    Rewind,
    SceneReady,
    Session,
    Started,
    Teller,
)
from game.story import ROOT, Beat, Shape, Source, canonical, draw
from tests.changing import WORLDS, Edit, as_pack, copied, other_world, renaming
from tests.conftest import REPOSITORY
from tests.playing import header


def of(events: tuple[Event, ...], kind: type) -> list:
    return [event for event in events if isinstance(event, kind)]


def words(events: tuple[Event, ...], code: str) -> str:
    return next(event.words for event in of(events, Notice) if event.code == code)


def ask(session: Session, command: Command) -> tuple[Event, ...]:
    """What comes of it; never a fault of the program."""
    session.submit(command)
    events = session.poll()
    assert not of(events, Broken), events
    return events


def read_on(session: Session, events: tuple[Event, ...], picks: int = 100) -> tuple[Event, ...]:
    """Pick by draws to the end, or so many times; all events."""
    while picks and not of(events, Ended):
        scene = of(events, SceneReady)[-1].scene
        events += ask(session, Pick(scene.choices[draw(1, scene.key, "bot", len(scene.choices))].slot))
        picks -= 1
    return events


def begun(session: Session, pack: str, path: Path, picks: int) -> tuple[Event, ...]:
    events = read_on(session, ask(session, Begin(pack, seed=7, journal=path)), picks)
    ask(session, Leave())
    return events


def test_a_playthrough_remembers_what_its_saves_need_of_the_pack(session: Session, tmp_path: Path) -> None:
    begun(session, "last_keeper", tmp_path / "one.journal", 0)
    journal = Journal.open(tmp_path / "one.journal")
    journal.close()
    memory = remembered(journal.header.declarations)
    assert memory.variables["trust"] == (0, 5)
    assert memory.called("items", "letter") == "the Board's letter"
    assert memory.called("cast", "maren") == "Maren Dace"
    assert len(canonical(journal.header.declarations)) < 8192


@pytest.mark.parametrize("world", WORLDS)
def test_all_of_a_story_is_walked_and_told_on_when_nothing_of_its_pack_is_left(
    session: Session, tmp_path: Path, world: str
) -> None:
    path = tmp_path / "one.journal"
    before = of(begun(session, world, path, 6), SceneReady)
    changed = other_world(world, tmp_path / "changed")
    events = ask(session, Continue(path, pack=str(changed)))
    assert words(events, "pack_changed").count("\n") <= 7
    for back in (1, 2, 100):
        events += ask(session, Rewind(back))
    events += ask(session, EditBeat(before[0].scene.key, 0, "It was another morning."))
    events += ask(session, Bookmark("the start"))
    assert "not_in_pack" in [notice.code for notice in of(ask(session, Retell()), Notice)]
    assert of(ask(session, LookAtMap()), MapReady)[0].map.scenes
    events += ask(session, Forward(3))
    events += ask(session, GoTo(before[-1].scene.key))
    assert of(events, SceneReady)[-1].scene == before[-1].scene
    events = read_on(session, events)
    assert of(events, Ended)[-1].ending in load_pack(changed).endings
    ask(session, Leave())
    # And nothing of it needs a pack to be read again.
    journal = Journal.open(path)
    told = journal.path_to(journal.head.key)
    journal.close()
    assert [node.scene.key for node in told[:7]] == [ready.scene.key for ready in before]


@pytest.mark.parametrize("world", WORLDS)
def test_from_the_next_scene_on_the_state_is_one_of_the_changed_pack(session: Session, tmp_path: Path, world: str) -> None:
    path = tmp_path / "one.journal"
    begun(session, world, path, 6)
    changed = load_pack(other_world(world, tmp_path / "changed"))
    events = ask(session, Continue(path, pack=str(tmp_path / "changed")))
    state = of(read_on(session, events, 1), SceneReady)[-1].state
    assert state.variables.keys() == changed.declared.variables.keys()
    assert state.place in changed.places
    assert state.items <= changed.declared.items
    assert state.facts <= changed.declared.facts.keys()
    assert {*state.threads, *state.closed} <= changed.declared.threads
    assert set(state.seen) <= changed.declared.storylets
    ask(session, Leave())
    assert "\n" not in words(ask(session, Continue(path, pack=str(tmp_path / "changed"))), "pack_changed")


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("letter", "missive", "This story no longer has the Board's letter."),
        ("maren", "morna", "Maren Dace is no longer in this story."),
        ("where_is_tallow", "where_is_she", "The promise “Where is the keeper, E. Tallow?” is gone."),
        ("dread", "unease", "Dread is no longer kept."),
    ],
)
def test_what_is_gone_from_where_the_player_stands_is_told_in_words(
    session: Session, tmp_path: Path, old: str, new: str, line: str
) -> None:
    path = tmp_path / "one.journal"
    state = of(begun(session, "last_keeper", path, 1), SceneReady)[-1].state
    assert old in {*state.items, *state.present, *state.threads, *state.variables}
    changed = copied("last_keeper", tmp_path / "changed", renaming(old, new))
    told = words(ask(session, Continue(path, pack=str(changed))), "pack_changed")
    assert told.split("\n")[0] == "The Last Keeper has changed since this was begun; what was read stays as it was."
    assert line in told.split("\n")[1:]


def test_a_place_that_is_gone_is_left_for_where_the_story_begins(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "one.journal"
    here = of(begun(session, "no_chill", path, 3), SceneReady)[-1].state.place
    changed = copied("no_chill", tmp_path / "changed", renaming(here, "elsewhere"))
    pack, start = load_pack(changed), load_pack(REPOSITORY / "prompts" / "no_chill").places[here].name
    told = words(ask(session, Continue(path, pack=str(changed))), "pack_changed")
    assert f"{start[:1].upper()}{start[1:]} is gone; the story goes on at {pack.places[pack.initial.place].name}." in told


def test_who_is_gone_from_the_pack_keeps_the_name_that_they_had_in_what_was_told(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "one.journal"
    begun(session, "last_keeper", path, 2)
    changed = copied("last_keeper", tmp_path / "changed", renaming("maren", "morna"))
    pack = of(ask(session, Continue(path, pack=str(changed))), Started)[0].pack
    assert pack.cast["maren"].name == "Maren Dace"
    assert pack.cast["morna"].name == "Maren Dace"


def test_an_unchanged_pack_is_not_spoken_of(session: Session, tmp_path: Path) -> None:
    begun(session, "last_keeper", tmp_path / "one.journal", 2)
    assert not of(ask(session, Continue(tmp_path / "one.journal")), Notice)


def test_what_is_only_read_can_be_read_on_every_way_and_changes_nothing(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "one.journal"
    scenes = of(begun(session, "last_keeper", path, 4), SceneReady)
    kept = path.read_bytes()
    events = ask(session, Continue(path, read_only=True))
    assert of(events, Started)[0].read_only
    assert of(events, SceneReady)[-1].scene == scenes[-1].scene
    back = of(ask(session, Rewind(2)), SceneReady)[-1]
    assert back.scene == scenes[2].scene
    again = ask(session, Pick(back.branches.told[0]))
    assert of(again, Picked)
    assert of(again, SceneReady)[0].scene == scenes[3].scene
    assert len(of(ask(session, LookAtMap()), MapReady)[0].map.scenes) == 5
    ask(session, Leave())
    assert path.read_bytes() == kept
    assert not list(tmp_path.glob("one.journal?*"))


@pytest.mark.parametrize(
    "command",
    [Pick("a"), Retell(), EditBeat("", 0, "Another text."), Bookmark("here")],
    ids=["pick", "retell", "edit", "bookmark"],
)
def test_what_would_change_what_is_only_read_is_refused(session: Session, tmp_path: Path, command: Command) -> None:
    path = tmp_path / "one.journal"
    begun(session, "last_keeper", path, 2)
    ask(session, Continue(path, read_only=True))
    events = ask(session, command)
    assert [event.code for event in of(events, Notice)] == ["read_only"]
    assert not of(events, SceneReady) + of(events, Marks) + of(events, Picked)


def test_a_pick_that_waits_is_left_where_nothing_is_told(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "one.journal"
    last = of(begun(session, "last_keeper", path, 2), SceneReady)[-1].scene
    journal = Journal.open(path)
    journal.begin(last.key, "a")
    journal.close()
    ready = of(ask(session, Continue(path, read_only=True)), SceneReady)
    assert [(each.scene, each.settled) for each in ready] == [(last, True)]


def test_a_playthrough_in_which_nothing_was_told_cannot_be_read(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "one.journal"
    begun(session, "last_keeper", path, 0)
    journal = Journal.open(path)
    empty = Journal.create(tmp_path / "empty.journal", journal.header)
    empty.close()
    journal.close()
    assert "nothing to read" in of(ask(session, Continue(empty.path, read_only=True)), CannotStart)[0].message


def test_without_its_pack_a_story_is_read_with_the_names_that_are_remembered(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "one.journal"
    islet = copied("last_keeper", tmp_path / "islet", as_pack("islet"))
    told = begun(session, str(islet), path, 100)
    shutil.rmtree(islet)
    events = ask(session, Continue(path))
    started = of(events, Started)[0]
    assert started.read_only
    assert (started.pack.title, started.pack.cast["maren"].name) == ("The Last Keeper", "Maren Dace")
    assert started.pack.places["jetty"].name == "the jetty"
    assert words(events, "read_only").startswith(
        "The pack “islet” is not here; this can be read, and not gone on with. Put it into "
    )
    assert of(events, Ended)[0].title == of(told, Ended)[0].title
    assert of(events, Past)[0].scenes
    for _ in range(len(of(told, SceneReady))):
        events = ask(session, Rewind())
    assert "first_scene" in [event.code for event in of(events, Notice)]


def test_a_pack_that_broke_is_named_with_what_is_wrong_first(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    path, home = tmp_path / "one.journal", tmp_path / "home" / "unwritten" / "packs" / "islet"
    copied("last_keeper", home, as_pack("islet"))
    begun(session, "islet", path, 2)
    (home / "places.toml").write_text("[jetty\n", encoding="utf-8")
    events = ask(session, Continue(path))
    assert of(events, Started)[0].read_only
    assert re.match(r"The pack islet cannot be played: places\.toml:1: PACK\d+: .*; this can be read", words(events, "read_only"))


def test_a_pack_that_was_named_and_is_not_there_starts_nothing(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "one.journal"
    begun(session, "last_keeper", path, 1)
    assert of(ask(session, Continue(path, pack="no_such_pack")), CannotStart)
    assert "is a playthrough of last_keeper" in of(ask(session, Continue(path, pack="no_chill")), CannotStart)[0].message


def test_nothing_is_loaded_to_tell_what_is_only_read(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "one.journal"
    begun(session, "last_keeper", path, 1)
    started = of(ask(session, Continue(path, Teller("openai", "some", "http://127.0.0.1:9/v1"), read_only=True)), Started)[0]
    assert (started.client, started.networked) == ("stub", False)


def test_a_journal_of_before_anything_was_remembered_is_read_with_its_ids_in_words(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "one.journal"
    islet = copied("last_keeper", tmp_path / "islet", as_pack("islet"))
    Journal.create(path, header(load_pack(islet), 7)).close()
    scenes = of(begun(session, str(islet), path, 6), SceneReady)
    shutil.rmtree(islet)
    pack = of(ask(session, Continue(path)), Started)[0].pack
    assert {ready.scene.place for ready in scenes} <= pack.places.keys()
    assert {beat.speaker for ready in scenes for beat in ready.scene.beats if beat.speaker} <= pack.cast.keys()
    assert pack.cast["maren"].name == "maren"
    assert all(place.name == name.replace("_", " ") for name, place in pack.places.items())


@pytest.mark.parametrize("schema", [1, 2, 3])
def test_a_journal_of_an_older_pack_and_schema_is_played_on(session: Session, tmp_path: Path, schema: int) -> None:
    path = tmp_path / "one.journal"
    shutil.copy(REPOSITORY / "tests" / "journal" / "fixtures" / f"schema_{schema}.journal", path)
    events = ask(session, Continue(path))
    assert of(events, SceneReady)[0].recalled
    assert of(read_on(session, events), Ended)


MODEL = Source("model", "openai/some", "5" * 32)
SHOWN = (
    Beat("narration", "The boat comes in under the light and bumps the stones.", MODEL),
    Beat("line", "You took your time.", MODEL, "maren", "wary"),
    Beat("narration", "Nobody ties up", MODEL),
)


def half_told(path: Path) -> None:
    """A playthrough whose first scene a model was writing: so much of it was shown when the process was killed."""
    pack = load_pack(REPOSITORY / "prompts" / "last_keeper")
    journal = Journal.create(path, header(pack, 7))
    key = journal.begin(ROOT, "")
    journal.asking(key, "5" * 32, b"{}", "scene", Shape("openai/some", 8192, 400))
    rows = [{"s": f"{beat.speaker}/{beat.expression}" if beat.speaker else "narrator", "t": beat.text} for beat in SHOWN]
    journal.show(key, list(enumerate(SHOWN)), canonical({"beats": rows}).removesuffix('"}]}'))
    journal.close()


@pytest.mark.parametrize("edit", [renaming("maren", "morna"), lambda text: text], ids=["gone", "same"])
def test_what_was_shown_of_a_half_told_scene_stays_when_who_speaks_in_it_is_gone(
    session: Session, tmp_path: Path, edit: Edit
) -> None:
    path = tmp_path / "one.journal"
    half_told(path)
    events = ask(session, Continue(path, pack=str(copied("last_keeper", tmp_path / "changed", edit))))
    scene = of(events, SceneReady)[-1].scene
    assert scene.beats[:2] == SHOWN[:2]
    assert scene.beats[2] == SHOWN[2].with_text("Nobody ties up…")
    assert {beat.source.by for beat in scene.beats[3:]} == {"author"}
    assert {event.index: event.beat for event in of(events, BeatGrew)} == dict(enumerate(scene.beats))
