"""Where the reader is: what has come of a scene, what of it is read, what can be done next. Knows no fonts and no screen.

opening ──first beat──▶ writing ──uncovered──▶ held ──advance──▶ writing
                           │                                        │
                           └──all read, more to come──▶ waiting ────┘
                           └──all read, scene whole───▶ choosing | over
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from game.session import BeatGrew, Branches, Edited, Event, Notice, Past, Picked, SceneBegan, SceneReady
from game.stage.history import History, Read, lines_of
from game.story import Beat, Scene

Phase = Literal["opening", "writing", "held", "waiting", "choosing", "over"]

REFUSALS = frozenset({"no_such_choice", "no_story", "read_only"})
"""Codes of notices that say that a pick was not taken: the scene is as it was."""


@dataclass
class Reading:
    """One playthrough's reader.

    `at` is the beat being read, `start` where the page in it begins, `shown` how much of it is seen, in characters. `eager`:
    the player wants to go on, and nothing more was there yet. `entered`: the scene is at another place than the one before
    it. `left`: the player has picked, and the session has not said so yet. `key` is the scene's, empty between two;
    `branches` is where it stands among what was told.
    """

    turn: int = 0
    key: str = ""
    title: str = ""
    place: str = ""
    entered: bool = True
    present: tuple[str, ...] = ()
    writer: str = ""
    beats: list[Beat] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    scene: Scene | None = None
    at: int = 0
    start: int = 0
    shown: float = 0.0
    branches: Branches = field(default_factory=Branches)
    history: History = field(default_factory=History)
    eager: bool = False
    left: bool = False

    def hear(self, event: Event) -> None:
        """Take in what the session says of the scene."""
        match event:
            case SceneBegan():
                self._begin(event.turn, event.key, event.title, event.place, event.present)
                self.writer = event.writer
            # What a scene that was broken off has still said is no longer heard.
            case BeatGrew(turn=self.turn) if self.key:
                self._grow(event)
            case SceneReady():
                self._complete(event)
            case Picked():
                self._leave_behind(event.text)
            case Past(scenes):
                self._remember()
                self.history.relive(scenes)
                self._clear()
            case Edited(scene, index, beat):
                self._edit(scene, index, beat)
            case Notice(code) if code in REFUSALS:
                self.left = False
            case _:
                pass

    def tick(self, characters: float, page_end: int) -> None:
        """Uncover so many characters more, up to the page's end. Of a beat that grows, only whole words are shown."""
        if self.beat:
            self.shown = max(self.shown, min(self.shown + characters, page_end, self._sure))

    def advance(self, page_end: int) -> None:
        """The player wants to go on: first the page is shown whole, then comes the next page, then the next beat."""
        beat = self.beat
        if beat is None:
            return
        end = min(page_end, self._sure)
        if self.shown < end:
            self.shown = end
        elif page_end < len(beat.text):
            self.start = page_end
            self.shown = page_end
        elif self._goes_on:
            self._turn()
        else:
            self.eager = self.scene is None and self.whole[self.at]

    def _turn(self) -> None:
        self.at, self.start, self.shown, self.eager = self.at + 1, 0, 0.0, False

    def resume(self, page_end: int) -> bool:
        """Leaf on in a scene that is read again, towards the last page that was read of it; whether there was one further on."""
        reached = self.history.reached(self.key)
        if self.beat is None or self.at > reached:
            return False
        if self.at < reached and self._goes_on:
            self._turn()
            return True
        self.shown = min(page_end, self._sure)
        if self._goes_on or page_end >= len(self.beat.text):
            return False
        self.start = page_end
        return True

    def leave(self) -> None:
        """The player has picked: until the session says so, nothing can be done here."""
        self.left = True

    def phase(self, page_end: int) -> Phase:
        """What is going on, when the page in view ends at `page_end`."""
        if self.left:
            return "waiting"
        beat = self.beat
        if beat is None:
            return "opening"
        if self.shown < min(page_end, self._sure):
            return "writing"
        if page_end < len(beat.text) or self._goes_on:
            return "held"
        if self.scene is None or not self.whole[self.at]:
            return "waiting"
        return "over" if self.scene.ending else "choosing"

    @property
    def beat(self) -> Beat | None:
        return self.beats[self.at] if self.at < len(self.beats) else None

    @property
    def backlog(self) -> list[Read]:
        """All that has been read, oldest first, up to the beat in view."""
        return [*self.history.lines, *self._lines(self.at + 1)]

    @property
    def last_speaker(self) -> str | None:
        return self.beat.speaker if self.beat else None

    def face(self, member: str) -> str:
        """The expression of a member of the cast: that of their latest line up to here."""
        lines = [beat for beat in self.beats[: self.at + 1] if beat.speaker == member and beat.expression]
        return lines[-1].expression or "neutral" if lines else "neutral"

    def faces_ahead(self, member: str) -> list[str]:
        """The expressions that this member will still wear in what has come of the scene."""
        return [beat.expression for beat in self.beats[self.at :] if beat.speaker == member and beat.expression]

    @property
    def growing(self) -> bool:
        """Whether the beat in view is still being written."""
        return self.at < len(self.beats) and not self.whole[self.at]

    @property
    def ripe(self) -> int:
        """How many characters of the scene may be read by now, read or not."""
        return sum(self._sure_of(n) for n in range(len(self.beats)))

    def unread(self, page_end: int) -> float:
        """How many characters of the page in view may be uncovered, and are not yet."""
        return max(0.0, min(page_end, self._sure) - self.shown) if self.beat else 0.0

    @property
    def first_word(self) -> int:
        """How long the page's first word is, with its space, while nothing of the page is seen; else 0."""
        if not self.beat or self.shown > self.start:
            return 0
        return max(0, self.beat.text.find(" ", self.start) + 1 - self.start)

    @property
    def _goes_on(self) -> bool:
        return self.whole[self.at] and self.at + 1 < len(self.beats)

    @property
    def _sure(self) -> int:
        return self._sure_of(self.at)

    def _sure_of(self, n: int) -> int:
        """How much of a beat may be uncovered: a word that may still grow is not begun."""
        text = self.beats[n].text
        return len(text) if self.whole[n] else text.rfind(" ") + 1

    def _begin(self, turn: int, key: str, title: str, place: str, present: tuple[str, ...]) -> None:
        self._remember()
        self._clear()
        self.entered = place != self.place
        self.turn, self.key, self.title, self.place, self.present = turn, key, title, place, present

    def _remember(self) -> None:
        if self.beats:
            self.history.reach(self.key, self.at)

    def _leave_behind(self, picked: str) -> None:
        self.history.reach(self.key, len(self.beats) - 1)
        self.history.lines += [*self._lines(len(self.beats)), Read("pick", picked, scene=self.key, whole=True)]
        self._clear()

    def _edit(self, scene: str, index: int, beat: Beat) -> None:
        self.history.edit(scene, index, beat)
        if scene == self.key and index < len(self.beats):
            self.beats[index] = beat
            if index == self.at:
                self.start, self.shown = 0, len(beat.text)
            if self.scene:
                self.scene = replace(self.scene, beats=tuple(self.beats))

    def _clear(self) -> None:
        self.key, self.branches = "", Branches()
        self.beats, self.whole, self.scene = [], [], None
        self.at, self.start, self.shown, self.eager, self.left = 0, 0, 0.0, False, False

    def _grow(self, event: BeatGrew) -> None:
        while len(self.beats) <= event.index:
            self.beats.append(event.beat)
            self.whole.append(False)
        self.beats[event.index] = event.beat
        self.whole[event.index] = event.done
        self._hasten()

    def _hasten(self) -> None:
        """One who has read all and wanted more gets it as it comes."""
        if self.eager and self._goes_on:
            self._turn()

    def _complete(self, event: SceneReady) -> None:
        scene = event.scene
        if event.recalled:
            self._begin(scene.turn, scene.key, scene.title, scene.place, tuple(sorted(event.state.present)))
        self.scene, self.branches, self.key = scene, event.branches, scene.key
        self.beats = list(scene.beats)
        self.whole = [True] * len(scene.beats)
        self._hasten()

    def _lines(self, count: int) -> list[Read]:
        return lines_of(self.key, self.title, self.beats[:count], self.scene is not None) if self.key else []
