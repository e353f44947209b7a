"""The brief: all that the teller of the next scene is told."""

from dataclasses import dataclass

from game.story.outcome import StubBeat, StubBeats
from game.story.player import Player
from game.story.state import StoryState


@dataclass(frozen=True, slots=True)
class Slot:
    """A choice to be worded: its letter, the outcome it is bound to, what it means, and the author's own words."""

    letter: str
    outcome: str
    hint: str
    text: str


@dataclass(frozen=True, slots=True)
class Length:
    """How long a scene should be: beats, and characters a beat."""

    min_beats: int = 3
    max_beats: int = 8
    max_chars: int = 420


@dataclass(frozen=True, slots=True)
class Brief:
    """What the next scene must do.

    `storylet` None asks for an improvised scene. `ledger` is the state in words: what is true, carried, open. `picked` is the
    text of the choice that led here, `then` what its author says came of it. `left` is, for an ending, each thread that it finds
    open and does not itself take up, with the author's words for what became of it. `said` names the rules that were read from on
    the way here, as far back as is remembered. `steer` is, for one more telling, how
    the player would like it; `first` is then the key of the first one, and `telling` how many came before.
    Two equal briefs, given the same attempts, give the same scene.
    """

    key: str
    seed: int
    state: StoryState
    storylet: str | None
    title: str
    goal: str
    must_happen: tuple[str, ...]
    place: str
    present: tuple[str, ...]
    slots: tuple[Slot, ...]
    ledger: tuple[str, ...]
    length: Length
    player: Player = Player()
    ending: str | None = None
    picked: str | None = None
    then: StubBeats = ()
    secrets: tuple[str, ...] = ()
    left: tuple[tuple[str, StubBeat], ...] = ()
    said: frozenset[str] = frozenset()
    steer: str = ""
    first: str = ""
    telling: int = 0

    @property
    def turn(self) -> int:
        return self.state.turn
