"""What an engineer needs for a bug report: each request and attempt as a line of JSON, with sizes, times and codes.

No key can be in it: a key never is in a request's messages, a reply or an error's words. Times are seconds since the start.
"""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from game.narrator import Asked, Attempted, Heard, Recapped, Report, Strayed, Trouble
from game.story import Brief, Scene


class Trace:
    """A file of lines, added to as things happen. One that cannot be written any more is given up; the story goes on."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.monotonic) -> None:
        """Raises OSError when the file cannot be written."""
        self._file: TextIO | None = path.open("a", encoding="utf-8")
        self._clock = clock
        self._start = clock()
        self._asked = self._start
        self._first = True

    def began(self, client: str, model: str, pack: str, pack_hash: str, seed: int) -> None:
        self._write(event="start", client=client, model=model, pack=pack, pack_hash=pack_hash, seed=seed)

    def report(self, brief: Brief, report: Report) -> None:
        """Something that the narrator said of the scene of `brief`."""
        match report:
            case Asked():
                self._asked, self._first = self._clock(), True
                self._request(brief, report)
            case Heard() if report.piece and self._first:
                self._first = False
                self._write(event="first", turn=brief.turn, after=self._since(self._asked))
            case Attempted():
                self._attempt(brief, report)
            case Trouble():
                self._write(event="trouble", turn=brief.turn, code=report.code, words=report.words)
            case Recapped():
                self._write(event="recap", turn=brief.turn, **report.recap.to_json())
            case Strayed():
                self._write(event="strayed", turn=brief.turn, hash=report.request.hash, recorded=report.recorded)
            case _:
                pass

    def scene(self, scene: Scene) -> None:
        """A scene is whole."""
        self._write(
            event="scene",
            turn=scene.turn,
            key=scene.key,
            writer=scene.writer,
            beats=len(scene.beats),
            repairs=list(scene.repairs),
            fallback=scene.fallback,
        )

    def ahead(self, slot: str, tokens: int, wanted: bool) -> None:
        """A scene that was written ahead was picked, or was not."""
        self._write(event="ahead", slot=slot, tokens=tokens, wanted=wanted)

    def close(self) -> None:
        file, self._file = self._file, None
        if file:
            file.close()

    def _request(self, brief: Brief, asked: Asked) -> None:
        request = asked.request
        self._write(
            event="request",
            turn=brief.turn,
            key=brief.key,
            purpose=request.purpose,
            hash=request.hash,
            recorded=asked.recorded,
            shape=asked.shape.to_json() if asked.shape else None,
            chars=sum(len(message.content) for message in request.messages),
            body=request.wire(),
        )

    def _attempt(self, brief: Brief, report: Attempted) -> None:
        attempt, usage = report.attempt, report.usage
        self._write(
            event="attempt",
            turn=brief.turn,
            purpose=report.request.purpose,
            hash=report.request.hash,
            recorded=report.recorded,
            ended=attempt.ended,
            message=attempt.message,
            retry_after=attempt.retry_after,
            after=self._since(self._asked),
            chars=len(attempt.reply),
            usage={"prompt": usage.prompt, "reply": usage.reply, "cached": usage.cached} if usage else None,
            reply=attempt.reply,
        )

    def _since(self, then: float) -> float:
        return round(self._clock() - then, 4)

    def _write(self, **row: object) -> None:
        if self._file is None:
            return
        try:
            self._file.write(json.dumps({"t": self._since(self._start), **row}, ensure_ascii=True) + "\n")
            self._file.flush()
        except OSError:
            self.close()
