"""A damaged file, a folder that takes nothing, a lock that another holds: what was kept is there, it is told, play goes on."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from game.journal import Backups, CorruptJournal, Journal, open_copy
from game.session import (
    Begin,
    Bookmark,
    Broken,
    CannotStart,
    Command,
    Continue,
    DropBookmark,
    EditBeat,
    Event,
    GoTo,
    Leave,
    Library,
    LookAround,
    Notice,
    Pick,
    Retell,
    Rewind,
    SceneReady,
    Session,
    ShelfReady,
    Started,
)
from game.session.keeping import EVERY
from game.story import Scene
from tests.journal.conftest import freeze  # noqa: F401
from tests.journal.stories import tamper
from tests.journal.test_files import another_process, no_file_grows_beyond

ENDLESS = "bench/endless"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "playthroughs"


@pytest.fixture
def session(folder: Path) -> Iterator[Session]:
    session = Session(Library(folder=folder), threaded=False)
    yield session
    session.close()


def of(events: tuple[Event, ...], kind: type) -> list:
    return [event for event in events if isinstance(event, kind)]


def play(session: Session, begin: Begin | Continue, picks: int = 0) -> tuple[Event, ...]:
    session.submit(begin)
    events = session.poll()
    for _ in range(picks):
        scenes = of(events, SceneReady)
        session.submit(Pick(scenes[-1].scene.choices[0].slot))
        events += session.poll()
    return events


def again(path: Path) -> Continue:
    return Continue(path, pack=ENDLESS)


def leave(session: Session) -> None:
    session.submit(Leave())
    session.poll()


def kept(session: Session, scenes: int) -> tuple[Path, list[Scene]]:
    """A playthrough of so many scenes in the library, and these."""
    events = play(session, Begin(ENDLESS, seed=7, journal="library"), scenes - 1)
    leave(session)
    return of(events, Started)[0].journal, [event.scene for event in of(events, SceneReady)]


def notice(events: tuple[Event, ...], code: str) -> str:
    (found,) = [event.words for event in of(events, Notice) if event.code == code]
    assert "\n" not in found
    return found


def scenes_in(path: Path) -> list[Scene]:
    journal = open_copy(path)
    nodes = journal.path_to(journal.head.key) if journal.head else ()
    journal.close()
    return [node.scene for node in nodes]


def spoil(path: Path) -> bytes:
    """Change what is on many pages."""
    content = bytearray(path.read_bytes())
    for at in range(5000, len(content), 3000):
        content[at : at + 40] = b"?" * 40
    path.write_bytes(content)
    return bytes(content)


def test_a_playthrough_is_backed_up_at_its_first_scene_and_then_by_its_growth(session: Session) -> None:
    path, _ = kept(session, EVERY)
    assert [len(scenes_in(each)) for each in Backups(path).all()] == [1]
    play(session, again(path), EVERY)
    assert [len(scenes_in(each)) for each in Backups(path).all()] == [2 * EVERY, EVERY, 1]


def test_a_sitting_in_which_nothing_has_grown_makes_no_backup(session: Session) -> None:
    path, _ = kept(session, 1)
    for _ in range(2):
        play(session, again(path))
        leave(session)
    assert len(Backups(path).all()) == 1


def test_leaving_makes_no_backup(session: Session) -> None:
    path, _ = kept(session, 4)
    assert [len(scenes_in(each)) for each in Backups(path).all()] == [1]


def test_a_file_that_the_player_named_elsewhere_is_not_backed_up(session: Session, tmp_path: Path) -> None:
    play(session, Begin(ENDLESS, seed=7, journal=tmp_path / "mine.journal"), EVERY + 1)
    leave(session)
    assert [each.name for each in tmp_path.iterdir()] == ["mine.journal"]


def test_a_file_in_the_library_that_was_named_is_backed_up(session: Session, folder: Path) -> None:
    play(session, Begin(ENDLESS, seed=7, journal=folder / "mine.journal"))
    assert len(Backups(folder / "mine.journal").all()) == 1


def test_a_backup_that_fails_is_told_once_and_play_goes_on(session: Session, folder: Path) -> None:
    folder.mkdir()
    (folder / "backups").write_text("a file where a folder should be")
    events = play(session, Begin(ENDLESS, seed=7, journal="library"), 3 * EVERY)
    assert "No backup" in notice(events, "not_backed_up")
    assert len(of(events, SceneReady)) == 3 * EVERY + 1
    assert not of(events, Broken)


def test_with_a_thread_too_a_playthrough_is_backed_up_while_it_is_read(folder: Path) -> None:
    session = Session(Library(folder=folder))
    events: tuple[Event, ...] = ()
    session.submit(Begin(ENDLESS, seed=7, journal="library"))
    while len(of(events, SceneReady)) < EVERY + 2:
        arrived = session.wait(10)
        for event in of(arrived, SceneReady):
            session.submit(Pick(event.scene.choices[0].slot))
        events += arrived
    session.close()
    path = of(events, Started)[0].journal
    assert Backups(path).all()
    assert Backups(path).newest() == Backups(path).all()[0]


def test_a_damaged_playthrough_is_taken_up_from_its_backup_and_its_player_hears_where_they_are(session: Session) -> None:
    path, told = kept(session, EVERY)
    damaged = spoil(path)
    events = play(session, again(path), EVERY - 1)
    said = notice(events, "restored")
    assert said.startswith(f"{path.name} was damaged and is kept as {path.stem}.damaged-1.")
    assert f"You are at scene 1, “{told[0].title}”, as it was kept on " in said
    assert path.with_name(f"{path.stem}.damaged-1").read_bytes() == damaged
    assert [event.scene for event in of(events, SceneReady)] == told
    assert of(events, Started)[0].journal == path


def test_it_is_told_after_the_start_and_before_the_scene(session: Session) -> None:
    path, _ = kept(session, 2)
    spoil(path)
    kinds = [type(event) for event in play(session, again(path)) if isinstance(event, Started | Notice | SceneReady)]
    assert kinds == [Started, Notice, SceneReady]


def test_a_playthrough_that_is_begun_again_by_its_file_is_taken_up_from_its_backup(session: Session) -> None:
    path, told = kept(session, 3)
    spoil(path)
    events = play(session, Begin(ENDLESS, journal=path))
    assert notice(events, "restored")
    assert of(events, SceneReady)[0].scene == told[0]


def test_without_a_backup_a_damaged_playthrough_is_refused_and_left_alone(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "mine.journal"
    play(session, Begin(ENDLESS, seed=7, journal=path), 3)
    leave(session)
    damaged = spoil(path)
    events = play(session, again(path))
    assert "damaged" in of(events, CannotStart)[0].message
    assert path.read_bytes() == damaged
    assert [each.name for each in tmp_path.iterdir()] == ["mine.journal"]


def test_a_damaged_playthrough_is_on_the_shelf(session: Session) -> None:
    path, told = kept(session, 3)
    path.write_bytes(b"")
    session.submit(LookAround())
    (card,) = of(session.poll(), ShelfReady)[0].saves
    assert (card.journal, card.scene_title, card.damaged) == (path, told[0].title, True)


def damage_while_it_is_played(session: Session) -> None:
    """As a disk does it: the next row that is read is not what was written."""
    assert session._play
    journal = session._play.journal
    journal._store.run("DROP TRIGGER nodes_no_update")
    journal._store.run("UPDATE nodes SET scene = replace(scene, 'title', 'titel')")
    journal._tree._nodes.clear()


def test_damage_that_is_met_in_play_stops_it_with_what_was_kept_and_is_mended_when_it_is_continued(session: Session) -> None:
    events = play(session, Begin(ENDLESS, seed=7, journal="library"), EVERY + 2)
    path = of(events, Started)[0].journal
    told = [event.scene for event in of(events, SceneReady)]
    damage_while_it_is_played(session)
    session.submit(Pick(told[-1].choices[0].slot))
    (broken,) = of(session.poll(), Broken)
    at = f"scene {EVERY + 1}, “{told[EVERY].title}”, as it was kept on "
    assert broken.message.startswith(f"{path}: the file was damaged while it was played. When it is continued it goes on at {at}")
    leave(session)
    after = play(session, again(path))
    assert at in notice(after, "restored")
    assert of(after, SceneReady)[0].scene == told[EVERY]
    assert Path(f"{path.parent}/{path.stem}.damaged-1").exists()


def test_damage_in_a_part_that_opening_did_not_look_at_comes_to_light_while_the_player_reads(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, told = kept(session, EVERY)
    monkeypatch.setattr("game.journal.journal.LOOKED_AT_ONCE", 0)
    tamper(path, "UPDATE attempts SET reply = 'other' WHERE n = 2")
    (broken,) = of(play(session, again(path)), Broken)
    assert f"scene 1, “{told[0].title}”" in broken.message
    leave(session)
    after = play(session, again(path), EVERY - 1)
    assert notice(after, "restored")
    assert [event.scene for event in of(after, SceneReady)] == told


def test_a_new_playthrough_in_a_folder_that_takes_nothing_is_played_in_memory(
    session: Session,
    folder: Path,
    freeze: Callable[[Path], None],  # noqa: F811
) -> None:
    folder.mkdir()
    freeze(folder)
    events = play(session, Begin(ENDLESS, seed=7, journal="library"), 2)
    assert "cannot be written" in notice(events, "not_kept")
    assert len(of(events, SceneReady)) == 3
    assert of(events, Started)[0].journal is None
    assert list(folder.iterdir()) == []


def test_a_new_playthrough_on_a_full_disk_is_played_in_memory(session: Session) -> None:
    with no_file_grows_beyond(10_000):
        events = play(session, Begin(ENDLESS, seed=7, journal="library"), 2)
    assert "the disk is full" in notice(events, "not_kept") or "the disk refuses" in notice(events, "not_kept")
    assert len(of(events, SceneReady)) == 3


def test_a_file_that_the_player_named_is_not_begun_where_it_cannot_be_written(
    session: Session,
    tmp_path: Path,
    freeze: Callable[[Path], None],  # noqa: F811
) -> None:
    place = tmp_path / "frozen"
    place.mkdir()
    freeze(place)
    events = play(session, Begin(ENDLESS, seed=7, journal=place / "mine.journal"))
    assert "cannot be written" in of(events, CannotStart)[0].message


@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_playthrough_that_cannot_be_written_is_gone_on_with_in_memory(
    session: Session,
    folder: Path,
    freeze: Callable[[Path], None],  # noqa: F811
    what: str,
) -> None:
    path, told = kept(session, 3)
    before = path.read_bytes()
    freeze(path if what == "file" else folder)
    events = play(session, again(path), 1)
    said = notice(events, "not_kept")
    assert f"You are in a copy of it, at scene 3, “{told[-1].title}”; what comes now is not kept." in said
    assert [event.scene.turn for event in of(events, SceneReady)] == [3, 4]
    assert of(events, Started)[0].journal is None
    assert path.read_bytes() == before


def test_a_playthrough_that_another_process_plays_is_gone_on_with_in_memory(session: Session) -> None:
    path, told = kept(session, 3)
    with another_process(path) as (_, said):
        assert said == "playing 3"
        events = play(session, again(path), 1)
    assert "another window" in notice(events, "not_kept")
    assert [event.scene.turn for event in of(events, SceneReady)] == [3, 4]
    assert scenes_in(path) == told


def test_a_damaged_playthrough_in_a_folder_that_takes_nothing_is_gone_on_with_from_its_backup(
    session: Session,
    folder: Path,
    freeze: Callable[[Path], None],  # noqa: F811
) -> None:
    path, told = kept(session, 3)
    damaged = spoil(path)
    freeze(folder)
    events = play(session, again(path), 1)
    assert f"at scene 1, “{told[0].title}”" in notice(events, "not_kept")
    assert [event.scene for event in of(events, SceneReady)] == told[:2]
    assert path.read_bytes() == damaged


def test_a_file_that_the_player_named_and_another_process_plays_is_refused(session: Session) -> None:
    path, _ = kept(session, 3)
    with another_process(path):
        events = play(session, Begin(ENDLESS, journal=path))
    assert "another window" in of(events, CannotStart)[0].message


def test_a_playthrough_that_takes_the_name_of_one_that_is_gone_is_not_restored_from_it(session: Session) -> None:
    path, _ = kept(session, 3)
    path.unlink()
    same, told = kept(session, 2)
    assert same == path
    assert [scenes_in(each) for each in Backups(path).all()] == [told[:1]]
    assert path.parent.joinpath("backups", f"{path.stem}.before-1").is_dir()


def test_a_disk_that_is_full_in_the_middle_ends_the_backups_and_not_the_story(session: Session) -> None:
    events = play(session, Begin(ENDLESS, seed=7, journal="library"), 1)
    path = of(events, Started)[0].journal
    with no_file_grows_beyond(path.stat().st_size + 20_000):
        for _ in range(3 * EVERY):
            session.submit(Pick(of(events, SceneReady)[-1].scene.choices[0].slot))
            events += session.poll()
    assert len(of(events, SceneReady)) == 3 * EVERY + 2
    assert len([event for event in of(events, Notice) if event.code == "not_kept"]) == 1
    leave(session)
    journal = Journal.open(path)
    assert journal.head
    assert [node.scene for node in journal.path_to(journal.head.key)] == [
        event.scene for event in of(events, SceneReady)[: journal.head.scene.turn]
    ]
    journal.close()


@pytest.mark.parametrize(
    "command",
    [Rewind(2), Retell(), EditBeat("", 0, "By hand."), Bookmark("here", "3"), DropBookmark(slot="1"), GoTo(""), Pick("")],
    ids=lambda command: type(command).__name__,
)
def test_a_disk_that_fills_up_at_any_command_keeps_no_player_from_going_on(session: Session, command: Command) -> None:
    events = play(session, Begin(ENDLESS, seed=7, journal="library"), 4)
    session.submit(Bookmark("first", "1"))
    session.poll()
    first, last = of(events, SceneReady)[0].scene, of(events, SceneReady)[-1].scene
    if isinstance(command, EditBeat | GoTo):
        command = replace(command, scene=first.key)
    elif isinstance(command, Pick):
        command = Pick(last.choices[0].slot)
    with no_file_grows_beyond(1000):
        session.submit(command)
        after = session.poll()
        session.submit(GoTo(last.key))
        session.submit(Pick(last.choices[-1].slot))
        after += session.poll()
    assert "what comes now is not kept" in notice(after, "not_kept")
    assert not of(after, Broken)
    assert of(after, SceneReady)[-1].scene.turn == last.turn + 1


def test_what_is_spoiled_is_seen(session: Session) -> None:
    """The other tests lean on it."""
    path, _ = kept(session, 3)
    spoil(path)
    with pytest.raises(CorruptJournal):
        Journal.open(path)
