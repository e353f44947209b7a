"""Playing a recording again, without a model and a network, and saying whether every byte came out as it was recorded."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from game.headless import Run, play
from game.journal import JournalError, Recording
from game.journal.sealing import read_tape
from game.packs.diagnostic import printable
from game.session import Begin, Command, Event, Exit, Notice, SceneReady, Session, Teller
from game.story import Scene


@dataclass
class Watched:
    """A session, with what it told of scenes and strayed requests."""

    session: Session
    scenes: list[Scene] = field(default_factory=list)
    strayed: list[str] = field(default_factory=list)

    def submit(self, command: Command) -> None:
        self.session.submit(command)

    def wait(self, timeout: float | None = None) -> tuple[Event, ...]:
        events = self.session.wait(timeout)
        for event in events:
            if isinstance(event, SceneReady):
                self.scenes.append(event.scene)
            elif isinstance(event, Notice) and event.code == "strayed":
                self.strayed.append(event.words)
        return events


def replay(path: Path, session: Session, pack: str, as_json: bool, out: TextIO = sys.stdout, err: TextIO = sys.stderr) -> int:
    """Play the journal or sealed playthrough at `path` again, on the way that its player took; 0 when each request and each scene
    is the recorded one.

    `pack` overrides which pack is taken; empty takes the one that is sealed with it, or else looks for the one that it was played
    with.
    """
    try:
        recording, _ = read_tape(path)
        choices = tuple(_indices(recording, path))
    except JournalError as error:
        print(f"unwritten: {error}", file=err)
        return Exit.UNUSABLE
    watched = Watched(session)
    begin = Begin(pack=pack, teller=Teller("replay", str(path)))
    code = play(Run(begin, choices, max_scenes=len(recording.scenes) or 1, as_json=as_json), watched, out, err)
    if code != Exit.PLAYED:
        return code
    verdict = _verdict(recording, watched)
    print(printable(f"unwritten: {verdict or f'{len(watched.scenes)} scenes, byte for byte as they were recorded'}"), file=err)
    return Exit.FAILED if verdict else Exit.PLAYED


def _indices(recording: Recording, path: Path) -> Iterator[int]:
    """The picks, as indices among the choices of each scene. Raises JournalError: one was not on offer."""
    for scene, (slot, _) in zip(recording.scenes, recording.picks[1:], strict=False):
        offered = [choice.slot for choice in scene.choices]
        if slot not in offered:
            raise JournalError(f"{path}: scene {scene.turn} has no choice that was taken in it; name another recording")
        yield offered.index(slot)


def _verdict(recording: Recording, watched: Watched) -> str:
    """What is not as it was recorded, in one line; nothing when all is."""
    for was, now in zip(recording.scenes, watched.scenes, strict=False):
        if was != now:
            part = next(name for name in was.to_json() if was.to_json()[name] != now.to_json()[name])
            return f'scene {was.turn}, "{was.title}", is not the recorded one: its {part} differ'
    if len(watched.scenes) < len(recording.scenes):
        return f"only {len(watched.scenes)} of {len(recording.scenes)} scenes could be played"
    return "the scenes are the recorded ones, but they would be asked for otherwise now" if watched.strayed else ""
