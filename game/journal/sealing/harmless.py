"""What of a recording is nobody else's business, taken out of it, so that it still plays again as it did.

A source and a shape say through what a text came, and some services call a model by the path of its file; what went wrong at an
endpoint is told with its address. Neither is asked for when a recording is played.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from game.journal.entry import LoggedAttempt
from game.journal.recording import Recording
from game.story import DONE, INTERRUPTED, Attempt, Recap, Scene, Shape, Source

LONGEST_MODEL = 200
"""Characters of a model's name that are kept."""

_FILE = re.compile(r"\.(gguf|ggml|bin|safetensors|pt|pth|onnx)$", re.IGNORECASE)
_PATH = re.compile(r"^[/\\~.]|^[A-Za-z]:[/\\]|\\")
_HOMES = ("home", "users")
_PARTS = re.compile(r"[/\\]+")


def harmless(recording: Recording) -> Recording:
    """The recording without paths, addresses and the words of a service."""
    recaps = {name: _recap(recap) for name, recap in recording.recaps.items()}
    names = {name: recap.id for name, recap in recaps.items()}
    return replace(
        recording,
        scenes=tuple(map(_scene, recording.scenes)),
        attempts={key: tuple(_logged(each, names) for each in logged) for key, logged in recording.attempts.items()},
        recaps={recap.id: recap for recap in recaps.values()},
    )


def model_name(via: str) -> str:
    """`<client>/<model>` with the last part of a model's name that is a path, and with no address.

    A name with a slash, as `somebody/some-model`, is no path.
    """
    client, slash, model = via.partition("/")
    if "://" in model:
        return f"{client}/model"
    if _PATH.search(model) or ("/" in model and _FILE.search(model)):
        *above, last = _PARTS.split(model.rstrip("/\\"))
        whose = last.startswith("~") or (above and above[-1].lower() in _HOMES)
        model = "model" if whose else last.lstrip(".") or "model"
    return f"{client}{slash}{model[:LONGEST_MODEL]}"


def words_for(ended: str) -> str:
    """What is told, when it is played again, of an attempt that ended so."""
    return "" if ended in (DONE, INTERRUPTED) else f"the storyteller failed here when this was played ({ended})"


def _logged(logged: LoggedAttempt, recaps: Mapping[str, str]) -> LoggedAttempt:
    attempt = Attempt(logged.attempt.reply, logged.attempt.ended, words_for(logged.attempt.ended))
    return replace(logged, attempt=attempt, shape=logged.shape and _shape(logged.shape, recaps))


def _shape(shape: Shape, recaps: Mapping[str, str]) -> Shape:
    return replace(shape, via=model_name(shape.via), recap=recaps.get(shape.recap, shape.recap))


def _recap(recap: Recap) -> Recap:
    return replace(recap, source=_source(recap.source))


def _scene(scene: Scene) -> Scene:
    beats = tuple(replace(beat, source=_source(beat.source)) for beat in scene.beats)
    choices = tuple(replace(choice, source=_source(choice.source)) for choice in scene.choices)
    return replace(scene, beats=beats, choices=choices)


def _source(source: Source) -> Source:
    return replace(source, via=model_name(source.via))
