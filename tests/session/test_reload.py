"""The pack of an open story is read again: it takes its own place, and what was read stays."""

import asyncio
import io
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from game.journal import read_recording
from game.packs import load_pack
from game.replaying import replay
from game.sealing import seal
from game.session import (
    Begin,
    Broken,
    Command,
    Continue,
    EditBeat,
    Ended,
    Event,
    Flip,
    Leave,
    Library,
    Notice,
    NotReloaded,
    Pick,
    Reload,
    Reloaded,
    SceneReady,
    Session,
    Started,
    StopWaiting,
    Teller,
)
from game.session.watching import Watch
from game.story import Scene
from tests.packs.workshop import GOOD
from tests.playing import playthrough
from tests.session.test_breaking_off import Open, Player, Slow, start

__all__ = ["start"]

FIRST = "storylets/first.toml"


def change(folder: Path, file: str, old: str, new: str) -> None:
    """Write `new` in the place of `old`, as an editor does: the file is another one then."""
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / f"{file}.new").write_text(text.replace(old, new), "utf-8")
    os.replace(folder / f"{file}.new", folder / file)


def of(events: tuple[Event, ...] | list[Event], kind: type) -> list:
    return [event for event in events if isinstance(event, kind)]


def ask(session: Session, *commands: Command) -> tuple[Event, ...]:
    """What comes of them; never a fault of the program."""
    for command in commands:
        session.submit(command)
    events = session.poll()
    assert not of(events, Broken), events
    return events


def scene_of(events: tuple[Event, ...]) -> Scene:
    return of(events, SceneReady)[-1].scene


def texts(scene: Scene) -> list[str]:
    return [beat.text for beat in scene.beats]


def begun(session: Session, folder: Path, journal: Path | None = None) -> Scene:
    return scene_of(ask(session, Begin(str(folder), seed=7, journal=journal or "memory")))


def test_a_page_that_reads_otherwise_now_is_told_once_more_and_the_old_one_is_kept(session: Session, folder: Path) -> None:
    before = begun(session, folder)
    change(folder, FIRST, "The bell rings, once.", "The bell rings, twice.")
    events = ask(session, Reload())
    (reloaded,) = of(events, Reloaded)
    (ready,) = of(events, SceneReady)
    assert reloaded.files == (FIRST,)
    assert texts(ready.scene) == [text.replace("once", "twice") for text in texts(before)]
    assert (ready.branches.telling, ready.branches.tellings, ready.recalled) == (1, 2, False)
    assert scene_of(ask(session, Flip())) == before


def test_what_an_author_did_not_change_reads_as_it_did_however_often_a_page_is_told_once_more(
    session: Session, folder: Path
) -> None:
    before = begun(session, folder)
    for old, new in (("once", "twice"), ("twice", "three times"), ("three times", "once")):
        change(folder, FIRST, f"rings, {old}.", f"rings, {new}.")
        told = ask(session, Reload())
    assert texts(scene_of(told)) == texts(before)
    assert of(told, SceneReady)[-1].branches.tellings == 4


def test_the_words_of_a_choice_are_words_of_the_page(session: Session, folder: Path) -> None:
    begun(session, folder)
    change(folder, FIRST, "Ask who is over there", "Ask who rang")
    assert scene_of(ask(session, Reload())).choices[0].text == "Ask who rang"


def test_a_change_that_is_not_on_the_page_leaves_it_and_is_told_from_the_next_scene_on(session: Session, folder: Path) -> None:
    begun(session, folder)
    change(folder, FIRST, "holds on.", "lets go.")
    events = ask(session, Reload())
    assert not of(events, SceneReady)
    assert len(of(events, Reloaded)) == 1
    assert texts(scene_of(ask(session, Pick("a"))))[-1].endswith("lets go.")


def test_names_and_colours_are_there_at_once(session: Session, folder: Path) -> None:
    begun(session, folder)
    change(folder, "pack.toml", "#101010", "#202020")
    change(folder, "places.toml", 'name = "The landing"', 'name = "the jetty"')
    (reloaded,) = of(ask(session, Reload()), Reloaded)
    assert reloaded.files == ("pack.toml", "places.toml")
    assert reloaded.pack.palette.ink == "#202020"
    assert reloaded.pack.places["landing"].name == "the jetty"


def test_conditions_of_the_changed_pack_decide_what_comes_next(session: Session, folder: Path) -> None:
    begun(session, folder)
    change(folder, FIRST, 'when = "open_the_bell && has_lantern"', 'when = "wet"')
    ask(session, Reload())
    assert scene_of(ask(session, Pick("a"))).storylet != "crossing"


def test_what_an_author_adds_can_be_told_at_once(session: Session, folder: Path) -> None:
    begun(session, folder)
    change(folder, "pack.toml", "[variables]", "[variables]\nrain = { start = true }")
    change(folder, FIRST, 'when = "open_the_bell && has_lantern"', 'when = "rain"')
    assert of(ask(session, Reload()), Reloaded)
    assert of(ask(session, Pick("a")), SceneReady)[-1].state.variables["rain"] is True


def test_a_page_that_reads_what_an_author_adds_is_told_once_more(session: Session, folder: Path) -> None:
    begun(session, folder)
    change(folder, "pack.toml", "[variables]", "[variables]\nrain = { start = true }")
    change(folder, FIRST, '"#water# The bell rings, once."', '{ text = "It rains.", when = "rain" }')
    ready = of(ask(session, Reload()), SceneReady)[-1]
    assert texts(ready.scene)[0] == "It rains."
    assert ready.state.variables["rain"] is True
    assert of(ask(session, Pick("a")), SceneReady)[-1].state.variables["rain"] is True


def test_a_page_at_which_the_pack_has_no_longer_what_it_tells_of_stays(session: Session, folder: Path) -> None:
    begun(session, folder)
    renamed(folder, "lantern", "lamp")
    change(folder, FIRST, "rings, once.", "rings, twice.")
    events = ask(session, Reload())
    assert of(events, Reloaded)
    assert not of(events, SceneReady)


def test_a_broken_pack_leaves_the_old_in_its_place_and_says_where_it_is_broken(session: Session, folder: Path) -> None:
    begun(session, folder)
    change(folder, FIRST, 'place = "raft"', 'place = "rafd"')
    (refused,) = of(ask(session, Reload()), NotReloaded)
    wrong = refused.problems[0]
    assert (wrong.code, wrong.severity, wrong.file) == ("PACK301", "error", FIRST)
    assert (folder / FIRST).read_text("utf-8").split("\n")[wrong.line - 1] == 'place = "rafd"'
    assert scene_of(ask(session, Pick("a"))).place == "raft"


def test_a_pack_that_is_mended_again_is_said_to_be_in_place(session: Session, folder: Path) -> None:
    begun(session, folder)
    change(folder, FIRST, 'place = "raft"', 'place = "rafd"')
    ask(session, Reload())
    change(folder, FIRST, 'place = "rafd"', 'place = "raft"')
    assert [each.files for each in of(ask(session, Reload()), Reloaded)] == [()]


@pytest.mark.parametrize("gone", ["pack.toml", ""], ids=["its head", "all of it"])
def test_a_pack_that_is_taken_away_is_no_fault_of_the_program(session: Session, folder: Path, gone: str) -> None:
    begun(session, folder)
    (folder / gone).unlink() if gone else shutil.rmtree(folder)
    assert of(ask(session, Reload()), NotReloaded)[0].problems
    assert of(ask(session, Pick("a")), SceneReady)


def test_a_playthrough_of_one_pack_is_not_played_on_by_another(session: Session, folder: Path) -> None:
    begun(session, folder)
    change(folder, "pack.toml", 'id = "good"', 'id = "better"')
    (wrong,) = of(ask(session, Reload()), NotReloaded)[0].problems
    assert 'the id is "better" now; this playthrough is one of "good".' in str(wrong)


def test_a_pack_that_lies_in_a_zip_is_read_again_when_that_is_asked_for(session: Session, folder: Path, tmp_path: Path) -> None:
    packed = Path(shutil.make_archive(str(tmp_path / "packed"), "zip", folder))
    begun(session, packed)
    change(folder, FIRST, "rings, once.", "rings, twice.")
    shutil.make_archive(str(tmp_path / "packed"), "zip", folder)
    assert "rings, twice." in " ".join(texts(scene_of(ask(session, Reload()))))


def renamed(folder: Path, old: str, new: str) -> None:
    for path in folder.rglob("*.*"):
        text = path.read_text("utf-8")
        path.write_text(re.sub(rf"(?<![a-z]){old}(?![a-z])", new, text), "utf-8")


def test_what_is_gone_of_where_the_player_stands_is_told_in_words_once(session: Session, folder: Path) -> None:
    begun(session, folder)
    renamed(folder, "lantern", "lamp")
    (told,) = of(ask(session, Reload()), Notice)
    assert told.code == "pack_changed"
    assert "This story no longer has the lantern." in told.words.split("\n")
    change(folder, "pack.toml", "#101010", "#202020")
    assert not of(ask(session, Reload()), Notice)
    assert "lantern" not in of(ask(session, Pick("a")), SceneReady)[-1].state.items


def test_what_was_told_of_a_pack_that_is_gone_again_can_be_read(session: Session, folder: Path) -> None:
    begun(session, folder)
    renamed(folder, "raft", "barge")
    ask(session, Reload())
    assert scene_of(ask(session, Pick("a"))).place == "barge"
    renamed(folder, "barge", "raft")
    pack = of(ask(session, Reload()), Reloaded)[-1].pack
    assert pack.hash == load_pack(GOOD).hash
    assert pack.places["barge"].name == "barge"


def test_what_was_told_of_a_pack_that_is_gone_again_can_be_read_in_another_sitting(
    session: Session, folder: Path, tmp_path: Path
) -> None:
    begun(session, folder, tmp_path / "one.journal")
    renamed(folder, "raft", "barge")
    ask(session, Reload(), Pick("a"), Leave())
    renamed(folder, "barge", "raft")
    events = ask(session, Continue(tmp_path / "one.journal", pack=str(folder)))
    assert scene_of(events).place in of(events, Started)[0].pack.places


def test_words_that_the_player_wrote_are_not_told_over(session: Session, folder: Path) -> None:
    scene = begun(session, folder)
    ask(session, EditBeat(scene.key, 0, "Nobody rang."))
    change(folder, FIRST, "rings, once.", "rings, twice.")
    events = ask(session, Reload())
    assert of(events, Reloaded)
    assert not of(events, SceneReady)


def test_an_ending_is_told_once_more_like_any_page(session: Session, folder: Path) -> None:
    begun(session, folder)
    change(folder, FIRST, 'leads_to = "crossing"', 'leads_to = "home"')
    ask(session, Reload(), Pick("a"))
    change(folder, "storylets/last.toml", "does not ring again", "is gone")
    events = ask(session, Reload())
    assert "The bell is gone." in texts(scene_of(events))
    assert of(events, Ended)[0].title == "This Side"


def test_a_model_is_never_asked_to_tell_a_page_again(folder: Path) -> None:
    async def go() -> None:
        await play.take_up()
        await play.reload()
        change(folder, FIRST, "rings, once.", "rings, twice.")
        await play.reload()
        await play.pick("a")

    with playthrough(load_pack(folder), Slow()) as (play, played):
        asyncio.run(go())
    assert [event.files for event in played.of(Reloaded)] == [(), (FIRST,)]
    assert [scene.turn for scene in played.scenes] == [1, 2]
    assert "rings, twice" not in " ".join(texts(played.scenes[0]))


def test_a_model_is_told_of_the_changed_pack_from_the_next_scene_on_through_the_same_client(folder: Path) -> None:
    client = Slow()

    async def go() -> None:
        await play.take_up()
        change(folder, "world.md", (folder / "world.md").read_text("utf-8"), "It has not rained for a year.\n")
        await play.reload()
        await play.pick("a")

    with playthrough(load_pack(folder), client) as (play, _):
        asyncio.run(go())
        assert play.narrator.client is client
    assert ["It has not rained for a year." in request.messages[0].content for request in client.requests] == [False, True]


def test_a_scene_that_is_being_told_is_told_to_its_end_first(start: Open, folder: Path) -> None:
    client = Slow(1)
    player = start(client, pack=str(folder))
    player.midway(client)
    change(folder, "pack.toml", "#101010", "#202020")
    player.do(Reload(), StopWaiting())
    seen = player.until(lambda event: isinstance(event, Reloaded))
    assert [type(event) for event in seen if isinstance(event, SceneReady | Reloaded)] == [SceneReady, Reloaded]


def test_what_was_written_ahead_by_the_old_pack_is_not_read(start: Open, folder: Path) -> None:
    client = Slow(1)
    player = start(client, prefetch="likely", pack=str(folder))
    player.scene()
    assert client.silent.wait(10)
    change(folder, "world.md", (folder / "world.md").read_text("utf-8"), "It has not rained for a year.\n")
    player.do(Reload(), Pick("a"))
    assert player.scene().scene.fallback is None
    # The first scene, the one that was being written ahead, and what was asked for of that one again.
    told = ["It has not rained for a year." in request.messages[0].content for request in client.requests[:3]]
    assert told == [False, False, True]


class Ticks:
    """A clock for a session: each wait is over at once, and counted."""

    def __init__(self) -> None:
        self.count = 0

    async def sleep(self, seconds: float) -> None:
        self.count += 1
        await asyncio.sleep(0)


@pytest.fixture
def watched(tmp_path: Path, folder: Path) -> Iterator[tuple[Player, Ticks]]:
    ticks = Ticks()
    session = Session(Library(folder=tmp_path / "data"), sleep=ticks.sleep)
    session.submit(Begin(str(folder), seed=7))
    yield Player(session), ticks
    session.close()


def test_a_change_is_seen_without_being_asked_for(watched: tuple[Player, Ticks], folder: Path) -> None:
    player, _ = watched
    player.scene()
    change(folder, FIRST, "rings, once.", "rings, twice.")
    seen = player.until(lambda event: isinstance(event, SceneReady))
    assert [event.files for event in of(seen, Reloaded)] == [(FIRST,)]
    assert "rings, twice." in " ".join(texts(seen[-1].scene))


def test_one_change_is_one_word_however_long_one_waits(watched: tuple[Player, Ticks], folder: Path) -> None:
    player, ticks = watched
    player.scene()
    change(folder, FIRST, 'place = "raft"', 'place = "rafd"')
    seen = player.until(lambda event: isinstance(event, NotReloaded))
    until = ticks.count + 50
    while ticks.count < until:
        player.do(Pick("none", "such"))
        seen += player.until(lambda event: isinstance(event, Notice))
    change(folder, FIRST, 'place = "rafd"', 'place = "raft"')
    seen += player.until(lambda event: isinstance(event, Reloaded))
    assert len(of(seen, NotReloaded)) == 1


def test_nothing_is_looked_at_where_nobody_reads(session: Session, folder: Path) -> None:
    begun(session, folder)
    change(folder, FIRST, "rings, once.", "rings, twice.")
    assert session.poll() == ()
    assert not session._play.pack_was_changed()


@pytest.fixture
def watch(folder: Path) -> Watch:
    return Watch(folder)


def test_a_folder_that_is_left_alone_has_not_changed(watch: Watch) -> None:
    assert [watch.changed() for _ in range(3)] == [False, False, False]


def test_a_change_counts_when_the_files_are_left_alone_again(watch: Watch, folder: Path) -> None:
    seen = []
    for new in ("half", "halves", ""):
        if new:
            (folder / FIRST).write_text(new, "utf-8")
        seen.append(watch.changed())
    assert seen == [False, False, True]


def test_a_change_counts_until_the_files_are_taken(watch: Watch, folder: Path) -> None:
    (folder / "storylets" / "more.toml").write_text("", "utf-8")
    assert [watch.changed() for _ in range(3)] == [False, True, True]
    watch.take()
    assert not watch.changed()


def test_a_file_that_is_gone_for_a_moment_is_not_missed(watch: Watch, folder: Path) -> None:
    (folder / FIRST).rename(folder / "aside")
    assert not watch.changed()
    (folder / "aside").rename(folder / FIRST)
    assert [watch.changed() for _ in range(3)] == [False, False, False]


def test_what_is_no_file_of_the_pack_is_not_looked_at(watch: Watch, folder: Path) -> None:
    (folder / "notes.txt").write_text("Buy ink.", "utf-8")
    (folder / "storylets" / ".first.toml.swp").write_text("half", "utf-8")
    assert [watch.changed() for _ in range(2)] == [False, False]


def test_a_folder_that_is_gone_has_changed(watch: Watch, folder: Path) -> None:
    shutil.rmtree(folder)
    assert [watch.changed() for _ in range(2)] == [False, True]


def test_what_is_only_read_keeps_its_pack(session: Session, folder: Path, tmp_path: Path) -> None:
    begun(session, folder, tmp_path / "one.journal")
    ask(session, Leave(), Continue(tmp_path / "one.journal", pack=str(folder), read_only=True))
    change(folder, FIRST, "rings, once.", "rings, twice.")
    assert [event.code for event in ask(session, Reload())] == ["keeps_its_pack"]


def test_what_is_played_again_as_it_was_keeps_its_pack(session: Session, folder: Path, tmp_path: Path) -> None:
    begun(session, folder, tmp_path / "one.journal")
    ask(session, Leave(), Begin(str(folder), Teller("replay", str(tmp_path / "one.journal"))))
    change(folder, FIRST, "rings, once.", "rings, twice.")
    assert [event.code for event in ask(session, Reload())] == ["keeps_its_pack"]


def test_without_a_story_nothing_is_read_again(session: Session) -> None:
    assert [event.code for event in of(ask(session, Reload()), Notice)] == ["no_story"]


def rewrite(folder: Path) -> None:
    """Change what comes later, and what is declared; not the page."""
    change(folder, "pack.toml", "start = 1, min = 0, max = 3, step = 2", "start = 0, min = 0, max = 1")
    change(folder, "storylets/last.toml", "courage >= 3", "courage >= 1")
    change(folder, FIRST, '"courage = 3", ', "")
    change(folder, FIRST, "holds on.", "lets go.")


@pytest.mark.parametrize("again", ["as recorded", "sealed"])
def test_a_change_in_a_sitting_leaves_the_same_playthrough_as_one_between_two(tmp_path: Path, again: str) -> None:
    told = []
    for name in ("in one", "between"):
        folder, journal = shutil.copytree(GOOD, tmp_path / name / "ferry"), tmp_path / name / "one.journal"
        session = Session(Library(folder=tmp_path / "data"), threaded=False)
        begun(session, folder, journal)
        rewrite(folder)
        between = (Leave(), Continue(journal, pack=str(folder))) if name == "between" else (Reload(),)
        ask(session, *between, Pick("a"))
        ask(session, Pick("a"))
        session.close()
        told.append(played_again(folder, journal, again))
    assert told[0] == told[1]


def played_again(folder: Path, journal: Path, again: str) -> object:
    """What is in it, and what comes of playing it again or sealing it, without where it lies."""
    out, err = io.StringIO(), io.StringIO()
    if again == "sealed":
        code = seal(journal, journal.with_suffix(".sealed"), str(folder), out, err)
    else:
        session = Session(Library(), threaded=False)
        code = replay(journal, session, str(folder), True, out, err)
        session.close()
    recording = read_recording(journal)
    said = (out.getvalue() + err.getvalue()).replace(str(journal), "")
    return code, said, recording.scenes, recording.attempts, recording.picks


def test_a_page_that_was_told_once_more_is_played_again_byte_for_byte(session: Session, folder: Path, tmp_path: Path) -> None:
    begun(session, folder, tmp_path / "one.journal")
    change(folder, FIRST, "rings, once.", "rings, twice.")
    ask(session, Reload(), Pick("a"), Leave())
    out = io.StringIO()
    assert replay(tmp_path / "one.journal", session, str(folder), True, out, out) == 0
    assert out.getvalue().endswith("unwritten: 2 scenes, byte for byte as they were recorded\n")
