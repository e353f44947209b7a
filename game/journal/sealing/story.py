"""The recording as the rows of a sealed file, and back. Each pick has the hashes of what came of it, so that a change is told by
its scene."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Protocol, TypeVar

from game.journal.entry import Header, LoggedAttempt, Revision
from game.journal.recording import Recording
from game.journal.sealing.harmless import words_for
from game.journal.sealing.pieces import put_together, take_apart
from game.journal.sealing.rows import (
    ATTEMPTS,
    EDITS,
    PIECES,
    RECAPS,
    REQUESTS,
    SCENES,
    WAY,
    Edit,
    Layout,
    Reply,
    Step,
    Told,
)
from game.journal.sealing.unfit import Unfit
from game.packs.diagnostic import one_line
from game.story import ROOT, Attempt, Recap, Scene, Shape, Source, node_key


class _OfScene(Protocol):
    @property
    def scene(self) -> int: ...


R = TypeVar("R", bound=_OfScene)


def write_story(recording: Recording) -> dict[str, bytes]:
    """The members that hold the recording. Raises Unfit: something in it is too long."""
    keys = _keys(recording.picks)
    places = {key: n for n, key in enumerate(keys)}
    attempts = [_reply(places[key], logged) for key in keys for logged in recording.attempts[key]]
    edits = [Edit(each.n, places[each.key], each.beat, each.text, each.after) for each in recording.edits]
    came = _came(recording.scenes, attempts, edits, len(keys))
    steers = (recording.steers.get(key, "") for key in keys)
    requests, pieces = take_apart(recording.requests)
    return {
        **WAY.write(each.step(pick, steer) for each, pick, steer in zip(came, recording.picks, steers, strict=True)),
        **SCENES.write(recording.scenes),
        **ATTEMPTS.write(attempts),
        **EDITS.write(edits),
        **REQUESTS.write(requests),
        **PIECES.write(pieces),
        **RECAPS.write(_told(recording.recaps[name]) for name in sorted(recording.recaps)),
    }


def read_story(members: Mapping[str, bytes], header: Header) -> Recording:
    """The inverse of `write_story`. Raises Unfit: something is not what was written; of a scene, it says which one and what."""
    steps, scenes, attempts, edits = WAY.read(members), SCENES.read(members), ATTEMPTS.read(members), EDITS.read(members)
    if not scenes or len(steps) not in (len(scenes), len(scenes) + 1):
        raise Unfit("it has not as many scenes as picks")
    picks = tuple((step.slot, step.telling) for step in steps)
    keys = _keys(picks)
    came = _came(scenes, attempts, edits, len(steps))
    _check_picks(picks, scenes, keys)
    for each, step in zip(came, steps, strict=True):
        each.check(step)
    recaps = map(_recap, RECAPS.read(members))
    return Recording(
        header=header,
        picks=picks,
        scenes=scenes,
        attempts={key: tuple(map(_logged, each.attempts)) for key, each in zip(keys, came, strict=True)},
        requests=put_together(REQUESTS.read(members), PIECES.read(members)),
        recaps={recap.id: recap for recap in recaps},
        steers={key: step.steer for key, step in zip(keys, steps, strict=True) if step.steer},
        edits=tuple(Revision(row.n, keys[row.scene], row.beat, row.text, row.after) for row in edits),
    )


@dataclass(frozen=True, slots=True)
class _Came:
    """What came of one pick: its scene (None: it is not committed), the attempts at it, what was changed in it since."""

    scene: Scene | None
    attempts: Sequence[Reply]
    edits: Sequence[Edit]

    def step(self, pick: tuple[str, int], steer: str) -> Step:
        """The pick, with the hashes of all this."""
        words = SCENES.hash([self.scene]) if self.scene else None
        return Step(*pick, steer, words, ATTEMPTS.hash(self.attempts), EDITS.hash(self.edits))

    def check(self, step: Step) -> None:
        """Raise Unfit unless this is what came of the pick."""
        now = self.step((step.slot, step.telling), step.steer)
        for part in ("words", "attempts", "edits"):
            if getattr(step, part) != getattr(now, part):
                raise Unfit(f"{self}: its {part} were changed")
        beats = self.scene.beats if self.scene else ()
        if any(edit.beat >= len(beats) for edit in self.edits):
            raise Unfit(f"{self}: a beat of it was edited, and there is no such beat")

    def __str__(self) -> str:
        scene = self.scene
        return f'scene {scene.turn}, "{one_line(scene.title, 80)}"' if scene else "the scene that was picked last"


def _came(scenes: Sequence[Scene], attempts: Iterable[Reply], edits: Iterable[Edit], count: int) -> list[_Came]:
    """What came of each of so many picks."""
    own_attempts, own_edits = _by_scene(attempts, count), _by_scene(edits, count)
    return [_Came(scenes[n] if n < len(scenes) else None, own_attempts[n], own_edits[n]) for n in range(count)]


def _by_scene(rows: Iterable[R], count: int) -> list[list[R]]:
    found: list[list[R]] = [[] for _ in range(count)]
    for row in rows:
        if row.scene >= count:
            raise Unfit(f"there is something of scene {row.scene + 1} in it, and there is no such scene")
        found[row.scene].append(row)
    return found


def _check_picks(picks: Sequence[tuple[str, int]], scenes: Sequence[Scene], keys: Sequence[str]) -> None:
    """Raise Unfit unless each pick was on offer, and its scene is the one to which it leads."""
    offered = [{""}, *({choice.slot for choice in scene.choices} for scene in scenes)]
    for n, (slot, _) in enumerate(picks):
        if slot not in offered[n] or (n < len(scenes) and scenes[n].key != keys[n]):
            raise Unfit(f"{_Came(scenes[n] if n < len(scenes) else None, (), ())}: its pick was changed")


def _keys(picks: Iterable[tuple[str, int]]) -> list[str]:
    """The keys of the scenes to which these picks lead, one after the other."""
    return list(accumulate(picks, lambda key, pick: node_key(key, *pick), initial=ROOT))[1:]


def _reply(n: int, logged: LoggedAttempt) -> Reply:
    shape = logged.shape
    layout = Layout(shape.via, shape.window, shape.rate, shape.start, shape.recap) if shape else None
    return Reply(n, logged.request_hash, logged.purpose, logged.attempt.reply, logged.attempt.ended, layout)


def _logged(row: Reply) -> LoggedAttempt:
    layout = row.shape
    shape = Shape(layout.via, layout.window, layout.rate, layout.start, layout.recap) if layout else None
    return LoggedAttempt(row.request, row.purpose, Attempt(row.reply, row.ended, words_for(row.ended)), shape)


def _told(recap: Recap) -> Told:
    return Told(recap.upto, recap.text, recap.source.by, recap.source.via, recap.source.ref)


def _recap(row: Told) -> Recap:
    return Recap(row.upto, row.text, Source(row.by, row.via, row.ref))
