"""The recording as the rows of a sealed file, and back. Each pick has the hashes of what came of it, so that a change is told by
its scene."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, chain
from typing import Protocol, TypeVar

from game.journal.entry import Header, LoggedAttempt
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
    attempts = [[_reply(n, logged) for logged in recording.attempts[key]] for n, key in enumerate(keys)]
    edits: list[list[Edit]] = [[] for _ in keys]
    scenes = (*recording.scenes, None)
    steps = [_step(slot, telling, "", scenes[n], attempts[n], edits[n]) for n, (slot, telling) in enumerate(recording.picks)]
    requests, pieces = take_apart(recording.requests)
    return {
        **WAY.write(steps),
        **SCENES.write(recording.scenes),
        **ATTEMPTS.write(chain.from_iterable(attempts)),
        **EDITS.write(chain.from_iterable(edits)),
        **REQUESTS.write(requests),
        **PIECES.write(pieces),
        **RECAPS.write(_told(recording.recaps[name]) for name in sorted(recording.recaps)),
    }


def read_story(members: Mapping[str, bytes], header: Header) -> Recording:
    """The inverse of `write_story`. Raises Unfit: something is not what was written; of a scene, it says which one and what."""
    steps, scenes = WAY.read(members), SCENES.read(members)
    if not scenes or len(steps) not in (len(scenes), len(scenes) + 1):
        raise Unfit("it has not as many scenes as picks")
    keys = _keys((step.slot, step.telling) for step in steps)
    _check_way(steps, scenes, keys)
    attempts, edits = _by_scene(ATTEMPTS.read(members), len(steps)), _by_scene(EDITS.read(members), len(scenes))
    for n, step in enumerate(steps):
        _check_step(step, scenes[n] if n < len(scenes) else None, attempts[n], edits[n] if n < len(scenes) else [])
    recaps = map(_recap, RECAPS.read(members))
    return Recording(
        header=header,
        picks=tuple((step.slot, step.telling) for step in steps),
        scenes=scenes,
        attempts={key: tuple(map(_logged, replies)) for key, replies in zip(keys, attempts, strict=True)},
        requests=put_together(REQUESTS.read(members), PIECES.read(members)),
        recaps={recap.id: recap for recap in recaps},
    )


def _keys(picks: Iterable[tuple[str, int]]) -> list[str]:
    """The keys of the scenes to which these picks lead, one after the other."""
    return list(accumulate(picks, lambda key, pick: node_key(key, *pick), initial=ROOT))[1:]


def _step(slot: str, telling: int, steer: str, scene: Scene | None, attempts: Sequence[Reply], edits: Sequence[Edit]) -> Step:
    """The pick, with the hashes of what came of it."""
    return Step(slot, telling, steer, SCENES.hash([scene]) if scene else None, ATTEMPTS.hash(attempts), EDITS.hash(edits))


def _check_way(steps: Sequence[Step], scenes: Sequence[Scene], keys: Sequence[str]) -> None:
    """Each scene is the one to which its pick leads, and each pick was on offer."""
    for n, step in enumerate(steps):
        offered = step.slot == "" if n == 0 else scenes[n - 1].choice(step.slot) is not None
        if not offered or (n < len(scenes) and scenes[n].key != keys[n]):
            raise Unfit(f"{_called(scenes[n] if n < len(scenes) else None)}: its pick was changed")


def _check_step(step: Step, scene: Scene | None, attempts: Sequence[Reply], edits: Sequence[Edit]) -> None:
    now = _step(step.slot, step.telling, step.steer, scene, attempts, edits)
    for part in ("words", "attempts", "edits"):
        if getattr(step, part) != getattr(now, part):
            raise Unfit(f"{_called(scene)}: its {part} were changed")
    if scene and any(edit.beat >= len(scene.beats) for edit in edits):
        raise Unfit(f"{_called(scene)}: a beat was edited that it has not")


def _called(scene: Scene | None) -> str:
    return f'scene {scene.turn}, "{one_line(scene.title, 80)}"' if scene else "the scene that was picked last"


def _by_scene(rows: Iterable[R], count: int) -> list[list[R]]:
    """The rows of each scene of the way."""
    found: list[list[R]] = [[] for _ in range(count)]
    for row in rows:
        if row.scene >= count:
            raise Unfit(f"there is something of scene {row.scene + 1} in it, and there is no such scene")
        found[row.scene].append(row)
    return found


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
