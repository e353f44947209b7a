"""A pack's own playthroughs: played with the stub, and held against what the author says must come of them."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from game.packs.files import PlayFile
from game.packs.locate import KeyPath, Locator
from game.packs.shelf import find_texts
from game.session import Begin, CannotStart, Ended, Event, Library, Pick, SceneReady, Session
from game.workshop.expectations import Expectations, Turn, Unmet, named


@dataclass(frozen=True, slots=True)
class Playthrough:
    """One play, played. `ended` is what a player is told at the end; None if the story did not get there. `stopped` says why the
    play could not go on as it is written."""

    play: PlayFile
    turns: tuple[Turn, ...]
    ended: Ended | None
    stopped: Unmet | None


@dataclass(frozen=True, slots=True)
class Failure:
    """What came otherwise than the author says, in one sentence or two; `file` and `line` (0: none) are where they say it."""

    file: str
    line: int
    words: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.words}" if self.line else f"{self.file}: {self.words}"


@dataclass(frozen=True, slots=True)
class Result:
    """How one play went, and where it is written. `told` are the storylets that it told."""

    name: str
    intent: str
    file: str
    line: int
    failures: tuple[Failure, ...]
    scenes: int
    ending: str | None
    told: frozenset[str]

    @property
    def ok(self) -> bool:
        return not self.failures

    @property
    def why(self) -> str:
        """All that came otherwise, a line each."""
        return "\n".join(map(str, self.failures))


class Plays:
    """The plays of one pack, to be run one by one. Raises PackError if the pack cannot be played."""

    def __init__(self, ref: str) -> None:
        self.ref = ref
        self.pack, texts = find_texts(ref)
        self._expectations, self._lines = Expectations(self.pack), Lines(texts)

    def run(self, play: PlayFile) -> Result:
        """Play one, and hold it against what is expected of it. What stopped it is then all there is to say of it."""
        told, lines = play_through(self.ref, play), self._lines
        unmet = [told.stopped] if told.stopped else list(self._expectations.unmet(play.expect, told.turns))
        return Result(
            name=play.name,
            intent=play.intent,
            file=lines.file(play.name),
            line=lines.line(play.name),
            failures=tuple(Failure(lines.file(play.name), lines.line(play.name, item.at), item.words) for item in unmet),
            scenes=len(told.turns),
            ending=told.ended.ending if told.ended else None,
            told=frozenset(turn.scene.storylet for turn in told.turns if turn.scene.storylet),
        )


def run_plays(ref: str) -> Iterator[Result]:
    """Run every play of the pack `ref`.

    Raises:
        PackError: the pack cannot be played.
    """
    plays = Plays(ref)
    yield from map(plays.run, plays.pack.tests)


def play_through(ref: str, play: PlayFile) -> Playthrough:
    """Play it as far as it goes, through the session, as a player would: every scene is read before the next pick."""
    session = Session(Library(), threaded=False)
    try:
        return _Player(session, play).play(ref)
    finally:
        session.close()


class _Player:
    """Picks for one play. One scene more than there are picks is read, and none after an ending."""

    def __init__(self, session: Session, play: PlayFile) -> None:
        self._session = session
        self._play = play
        self._turns: list[Turn] = []
        self._ended: Ended | None = None

    def play(self, ref: str) -> Playthrough:
        self._session.submit(Begin(ref, seed=self._play.seed))
        stopped = self._read() or next(filter(None, self._picked()), None)
        return Playthrough(self._play, tuple(self._turns), self._ended, stopped)

    def _picked(self) -> Iterator[Unmet | None]:
        """Pick one after the other: for each what stops the play there, if something does."""
        for n, choice in enumerate(self._play.choices):
            yield self._pick(choice, ("choices", n))
        while self._play.prefer and not self._turns[-1].scene.ending:
            yield self._pick(self._preferred(), ("prefer",))

    def _pick(self, choice: str, at: KeyPath) -> Unmet | None:
        scene = self._turns[-1].scene
        if scene.ending:
            return Unmet(at, f'the story had ended before "{choice}" could be picked: {named(scene)} is its last.')
        slot = next((offered.slot for offered in scene.choices if choice in (offered.outcome, offered.slot)), None)
        if slot is None:
            offered = ", ".join(offered.outcome for offered in scene.choices)
            return Unmet(at, f'{named(scene)} does not offer "{choice}", but {offered}.')
        self._turns[-1] = Turn(scene, self._turns[-1].state, slot)
        self._session.submit(Pick(slot))
        return self._read()

    def _preferred(self) -> str:
        """The slot of the first preferred outcome on offer, or the first slot."""
        choices = self._turns[-1].scene.choices
        slots = {offered.outcome: offered.slot for offered in choices}
        return next((slots[name] for name in self._play.prefer if name in slots), choices[0].slot)

    def _read(self) -> Unmet | None:
        return next(filter(None, map(self._heard, self._session.poll())), None)

    def _heard(self, event: Event) -> Unmet | None:
        if isinstance(event, CannotStart):
            return Unmet((), event.message)
        if isinstance(event, SceneReady):
            self._turns.append(Turn(event.scene, event.state))
        elif isinstance(event, Ended):
            self._ended = event
        return None


class Lines:
    """Where each play of a pack is written, and each thing that it says. `texts` are the pack's files."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._locators: dict[str, Locator] = {}
        self._homes: dict[str, tuple[str, int]] = {}
        for file in (path for path in texts if path.startswith("tests/") and path.endswith(".toml")):
            self._locators[file] = Locator(texts[file])
            for n, play in enumerate(tomllib.loads(texts[file])["play"]):
                self._homes[play["name"]] = (file, n)

    def file(self, name: str) -> str:
        """The file of the play with this name, as its path inside the pack."""
        return self._homes[name][0]

    def line(self, name: str, at: KeyPath = ()) -> int:
        """The line of what stands at `at` within the play, or of the nearest thing around it; from 1."""
        file, n = self._homes[name]
        return self._locators[file].line(("play", n, *at))
