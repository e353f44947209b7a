"""A sealed playthrough, read along on the stage."""

from __future__ import annotations

from pathlib import Path

from game.journal import read_recording
from game.session import Begin, Event, Leave, Library, Pick, SceneReady, Session, Teller
from game.settings import Settings
from game.stage.pilot import Pilot
from game.story import Scene
from tests.journal.sealings import seal_of, told
from tests.stage.conftest import SMALL


class Heard(Session):
    """A session that keeps the scenes that it told."""

    def __init__(self, library: Library) -> None:
        super().__init__(library, threaded=False)
        self.scenes: list[Scene] = []

    def poll(self) -> tuple[Event, ...]:
        events = super().poll()
        self.scenes += [event.scene for event in events if isinstance(event, SceneReady)]
        return events


def test_enter_takes_what_was_taken_then_up_to_the_ending(tmp_path: Path, settings: Settings) -> None:
    told(tmp_path / "told.journal", seed=4)
    (tmp_path / "told.sealed").write_bytes(seal_of(tmp_path / "told.journal"))
    session = Heard(Library(settings, tmp_path / "saves"))
    begin = Begin("", Teller("replay", str(tmp_path / "told.sealed")), journal="memory")
    with Pilot(session, settings, SMALL, begin) as pilot:
        for _ in range(200):
            if pilot.tree.label == "Ending":
                break
            pilot.wait(0.5)
            pilot.press("return")
        assert pilot.tree.label == "Ending"
    session.close()
    recording = read_recording(tmp_path / "told.journal")
    assert tuple(session.scenes) == recording.scenes
    assert {slot for slot, _ in recording.picks[1:]} != {"a"}, "what is taken is not simply the first"


def test_where_a_recording_ends_it_says_so_and_the_story_can_be_gone_on_with(tmp_path: Path, settings: Settings) -> None:
    first = Session(Library(folder=tmp_path / "first"), threaded=False)
    first.submit(Begin("last_keeper", seed=7, journal=tmp_path / "short.journal"))
    scene = next(event.scene for event in first.poll() if isinstance(event, SceneReady))
    first.submit(Pick(scene.choices[0].slot))
    first.submit(Leave())
    first.close()
    session = Heard(Library(settings, tmp_path / "saves"))
    with Pilot(session, settings, SMALL, Begin("", Teller("replay", str(tmp_path / "short.journal")), journal="memory")) as pilot:
        pilot.frame()
        pilot.press("return")
        for turn in (1, 2):
            pilot.until(lambda: bool(pilot.tree.find_all("choice")) or bool(pilot.press("space")))
            said = [each.label for each in pilot.tree.find_all("status") if "The recording ends here." in each.label]
            assert len(said) == turn - 1
            pilot.wait(0.5)
            pilot.press("1")
            pilot.frame()
        pilot.until(lambda: len(session.scenes) == 3)
    session.close()
