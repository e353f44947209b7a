"""The façade: commands in, events out."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from game.session import (
    BeatGrew,
    Begin,
    CannotStart,
    Continue,
    Ended,
    Event,
    Leave,
    Left,
    Library,
    LookAround,
    Marks,
    Notice,
    Pick,
    Picked,
    SceneBegan,
    SceneReady,
    Session,
    ShelfReady,
    Started,
    Teller,
)
from game.story import draw
from tests.conftest import REPOSITORY


def of(events: tuple[Event, ...], kind: type) -> list:
    return [event for event in events if isinstance(event, kind)]


def play(session: Session, begin: Begin | Continue, picks: int = 100) -> tuple[Event, ...]:
    """Play by draws to the end, or for so many picks; all events."""
    session.submit(begin)
    events = session.poll()
    while picks and not of(events, Ended):
        scene = of(events, SceneReady)[-1].scene
        session.submit(Pick(scene.choices[draw(1, scene.key, "bot", len(scene.choices))].slot))
        events += session.poll()
        picks -= 1
    return events


def test_a_playthrough_starts_with_its_first_scene(session: Session) -> None:
    events = play(session, Begin("last_keeper", seed=7), picks=0)
    assert [type(event) for event in events if not isinstance(event, BeatGrew)] == [Started, Marks, SceneBegan, SceneReady]


def test_a_story_is_played_to_its_end_with_credits(session: Session) -> None:
    ended = of(play(session, Begin("last_keeper", seed=7)), Ended)[0]
    assert ended.credits.authors[0][0] == "Unwritten contributors"
    assert [share.by for share in ended.credits.shares] == ["author"]
    assert sum(share.words for share in ended.credits.shares) > 500


def test_the_beats_of_a_scene_are_the_ones_that_grew(session: Session) -> None:
    events = play(session, Begin("last_keeper", seed=7), picks=0)
    grown = {event.index: event.beat for event in of(events, BeatGrew)}
    assert tuple(grown[index] for index in sorted(grown)) == of(events, SceneReady)[0].scene.beats


def test_a_choice_that_is_not_there_is_told_and_changes_nothing(session: Session) -> None:
    play(session, Begin("last_keeper", seed=7), picks=0)
    session.submit(Pick("d"))
    session.submit(Pick("z"))
    assert [event.code for event in of(session.poll(), Notice)][-1] == "no_such_choice"


def test_a_playthrough_is_continued_where_it_was_left(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "one.journal"
    before = play(session, Begin("last_keeper", seed=7, journal=path), picks=3)
    session.submit(Leave())
    assert of(session.poll(), Left)[0].journal == path
    after = play(session, Continue(path), picks=0)
    assert of(after, Started)[0].continued
    assert of(after, SceneReady)[-1].recalled
    assert of(after, SceneReady)[-1].scene == of(before, SceneReady)[-1].scene
    assert of(after, SceneReady)[-1].state == of(before, SceneReady)[-1].state


def test_a_story_played_in_two_sittings_is_the_same_story(session: Session, tmp_path: Path) -> None:
    whole = play(session, Begin("last_keeper", seed=9))
    path = tmp_path / "two.journal"
    play(session, Begin("last_keeper", seed=9, journal=path), picks=4)
    session.submit(Leave())
    session.poll()
    rest = play(session, Continue(path))
    assert of(rest, SceneReady)[-1].scene == of(whole, SceneReady)[-1].scene
    assert of(rest, Ended) == of(whole, Ended)


def test_the_shelf_lists_packs_and_saves(session: Session) -> None:
    play(session, Begin("last_keeper", seed=7, journal="library"), picks=2)
    session.submit(Leave())
    session.submit(LookAround())
    shelf = of(session.poll(), ShelfReady)[0]
    assert "last_keeper" in [card.pack.id for card in shelf.packs if card.pack]
    assert [(card.pack_id, card.turn, card.ended) for card in shelf.saves] == [("last_keeper", 3, False)]


@pytest.mark.parametrize(
    ("begin", "word"),
    [(Begin("no_such_pack"), "no_such_pack"), (Begin("last_keeper", Teller("no_such_client")), "no_such_client")],
    ids=["pack", "teller"],
)
def test_what_cannot_start_says_so(session: Session, begin: Begin, word: str) -> None:
    events = play(session, begin, picks=0)
    assert word in of(events, CannotStart)[0].message


def test_a_journal_of_another_pack_is_left_alone(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "one.journal"
    play(session, Begin("last_keeper", seed=7, journal=path), picks=1)
    session.submit(Leave())
    session.poll()
    before = path.read_bytes()
    events = play(session, Begin("bench/endless", journal=path), picks=0)
    assert "last_keeper" in of(events, CannotStart)[0].message
    assert path.read_bytes() == before


def test_a_threaded_session_answers_through_wait(tmp_path: Path) -> None:
    session = Session(Library(folder=tmp_path))
    try:
        session.submit(Begin("last_keeper", seed=7))
        events: tuple[Event, ...] = ()
        while not of(events, SceneReady):
            events += session.wait(10)
        session.submit(Pick(of(events, SceneReady)[0].scene.choices[0].slot))
        events = ()
        while not of(events, SceneReady):
            events += session.wait(10)
        assert of(events, Picked)
    finally:
        session.close()


def test_a_full_disk_is_told_once_and_the_story_goes_on(tmp_path: Path) -> None:
    """The limit on the size of files stands in for a full disk: SQLite meets the same error."""
    code = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from game.session import Begin, Ended, Library, Notice, Pick, SceneReady, Session\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "session = Session(Library(), threaded=False)\n"
        "session.submit(Begin('last_keeper', seed=7, journal=Path(sys.argv[1])))\n"
        "events = list(session.poll())\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, resource.RLIM_INFINITY))\n"
        "while not any(isinstance(event, Ended) for event in events):\n"
        "    scene = [event.scene for event in events if isinstance(event, SceneReady)][-1]\n"
        "    session.submit(Pick(scene.choices[0].slot))\n"
        "    events += session.poll()\n"
        "session.close()\n"
        "print([event.code for event in events if isinstance(event, Notice)])\n"
    )
    words = [sys.executable, "-c", code, str(tmp_path / "one.journal")]
    done = subprocess.run(words, capture_output=True, text=True, cwd=REPOSITORY, check=False)
    assert done.stdout.strip() == "['not_kept']", done.stderr
    again = Session(Library(), threaded=False)
    again.submit(Continue(tmp_path / "one.journal"))
    assert of(again.poll(), SceneReady)
    again.close()


def test_an_answer_to_another_scene_is_refused(session: Session) -> None:
    first = of(play(session, Begin("last_keeper", seed=7), picks=0), SceneReady)[0].scene
    session.submit(Pick("a", first.key))
    session.submit(Pick("a", first.key))
    events = session.poll()
    assert len(of(events, Picked)) == 1
    assert [event.code for event in of(events, Notice)] == ["no_such_choice"]


def test_a_save_outlives_the_place_and_the_people_it_was_left_at(session: Session, tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    for folder in (old, new):
        shutil.copytree(REPOSITORY / "bench" / "endless", folder)
    path = tmp_path / "one.journal"
    play(session, Begin(str(old), seed=7, journal=path), picks=6)
    session.submit(Leave())
    session.poll()
    for file in new.rglob("*.toml"):
        text = file.read_text("utf-8")
        for before, after in (
            ("cabin", "saloon"),
            ("deck", "planks"),
            ("bow", "prow"),
            ("mate", "bosun"),
            ("pilot", "steersman"),
        ):
            text = text.replace(f'"{before}"', f'"{after}"').replace(f"[{before}]", f"[{after}]")
        file.write_text(text, "utf-8")
    events = play(session, Continue(path, pack=str(new)), picks=3)
    assert [event.scene.place in ("saloon", "planks", "prow") for event in of(events, SceneReady)] == [False, True, True, True]
