"""A sealed playthrough, read along on the stage."""

from __future__ import annotations

from pathlib import Path

from game.journal import read_recording
from game.session import Begin, Event, Library, SceneReady, Session, Teller
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
