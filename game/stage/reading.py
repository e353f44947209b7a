"""Where the reader is: what has come of a scene, what of it is read, what can be done next. Knows no fonts and no screen.

opening ──first beat──▶ writing ──uncovered──▶ held ──advance──▶ writing
                           │                                        │
                           └──all read, more to come──▶ waiting ────┘
                           └──all read, scene whole───▶ choosing | over
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from game.session import BeatGrew, Event, Picked, SceneBegan, SceneReady
from game.story import Beat, Scene, Source

Phase = Literal["opening", "writing", "held", "waiting", "choosing", "over"]


@dataclass(frozen=True, slots=True)
class Read:
    """A line of the backlog: a beat as read, the title of a scene (`heading`), or what the player chose (`pick`)."""

    kind: Literal["heading", "beat", "pick"]
    text: str
    speaker: str | None = None
    source: Source | None = None


@dataclass
class Reading:
    """One playthrough's reader.

    `at` is the beat being read, `start` where the page in it begins, `shown` how much of it is seen, in characters. `eager`: the
    player wants to go on, and nothing more was there yet. `left`: the player has picked, and the session has not said so yet.
    """

    turn: int = 0
    title: str = ""
    place: str = ""
    present: tuple[str, ...] = ()
    writer: str = ""
    beats: list[Beat] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    scene: Scene | None = None
    at: int = 0
    start: int = 0
    shown: float = 0.0
    past: list[Read] = field(default_factory=list)
    eager: bool = False
    left: bool = False

    def hear(self, event: Event) -> None:
        """Take in what the session says of the scene."""
        match event:
            case SceneBegan():
                self._begin(event.turn, event.title, event.place, event.present)
                self.writer = event.writer
            case BeatGrew():
                self._grow(event)
            case SceneReady():
                self._complete(event)
            case Picked():
                self.past += [*self._lines(len(self.beats)), Read("pick", event.text)]
                self._clear()
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
        return [*self.past, *self._lines(self.at + 1)]

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

    def _begin(self, turn: int, title: str, place: str, present: tuple[str, ...]) -> None:
        self.turn, self.title, self.place, self.present = turn, title, place, present
        self._clear()

    def _clear(self) -> None:
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
            self._begin(scene.turn, scene.title, scene.place, tuple(sorted(event.state.present)))
        self.scene = scene
        self.beats = list(scene.beats)
        self.whole = [True] * len(scene.beats)
        self._hasten()

    def _lines(self, count: int) -> list[Read]:
        beats = [Read("beat", beat.text, beat.speaker, beat.source) for beat in self.beats[:count]]
        return [Read("heading", self.title), *beats] if self.title else beats
