"""A pack's own playthroughs: played with the stub, and held against what the author says must come of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from game.packs.files import PlayFile
from game.packs.shelf import find_pack
from game.session import Begin, CannotStart, Ended, Library, Pick, SceneReady, Session
from game.story import Conditions, Declarations, Scene, StoryState, compile_condition


@dataclass(frozen=True, slots=True)
class Result:
    """How one play went; `why` is empty when it went as the author says."""

    name: str
    intent: str
    why: str

    @property
    def ok(self) -> bool:
        return not self.why


def run_plays(ref: str) -> Iterator[Result]:
    """Run every play of the pack `ref`.

    Raises:
        PackError: the pack cannot be played.
    """
    pack = find_pack(ref)
    for play in pack.tests:
        yield Result(play.name, play.intent, _Play(ref, play, pack.declared).why())


class _Play:
    """One play, played."""

    def __init__(self, ref: str, play: PlayFile, declared: Declarations) -> None:
        self._ref = ref
        self._play = play
        self._declared = declared
        self._read: list[str] = []
        self._scene: Scene | None = None
        self._state = StoryState()
        self._ending: str | None = None

    def why(self) -> str:
        """What went wrong, in one line."""
        session = Session(Library(), threaded=False)
        try:
            session.submit(Begin(self._ref, seed=self._play.seed))
            if failure := self._take(session):
                return failure
            for choice in self._play.choices:
                if failure := self._pick(session, choice):
                    return failure
            while self._play.prefer and self._scene and not self._scene.ending:
                if failure := self._pick(session, self._preferred(self._scene)):
                    return failure
        finally:
            session.close()
        return self._unmet()

    def _pick(self, session: Session, choice: str) -> str:
        scene = self._scene
        if scene is None or scene.ending:
            return f'the story ended before "{choice}"'
        slot = next((offered.slot for offered in scene.choices if choice in (offered.outcome, offered.slot)), None)
        if slot is None:
            offered = ", ".join(offered.outcome for offered in scene.choices)
            return f'scene {scene.turn} ({scene.storylet or "improvised"}) does not offer "{choice}", but {offered}'
        session.submit(Pick(slot))
        return self._take(session)

    def _preferred(self, scene: Scene) -> str:
        """The slot of the first preferred outcome on offer, or the first slot."""
        slots = {offered.outcome: offered.slot for offered in scene.choices}
        return next((slots[name] for name in self._play.prefer if name in slots), scene.choices[0].slot)

    def _take(self, session: Session) -> str:
        for event in session.poll():
            if isinstance(event, CannotStart):
                return event.message
            if isinstance(event, SceneReady):
                self._scene, self._state = event.scene, event.state
                self._read += [beat.text for beat in event.scene.beats]
            elif isinstance(event, Ended):
                self._ending = event.ending
        return ""

    def _unmet(self) -> str:
        """The first expectation that does not hold."""
        expect = self._play.expect
        if expect.ending is not None and self._ending != expect.ending:
            where = f"at {self._scene.storylet or 'an improvised scene'}" if self._scene and not self._ending else ""
            return f"it ends with {self._ending or 'nothing'} {where}, not with {expect.ending}".replace(" ,", ",")
        conditions = Conditions(self._declared)
        for name, value in expect.state.items():
            wanted = f"{name} == {str(value).lower()}"
            if not conditions.holds(compile_condition(wanted), self._state):
                return f"{wanted} does not hold at the end"
        everything = "\n".join(self._read)
        missing = next((text for text in expect.text if text not in everything), None)
        return f'"{missing}" was never read' if missing else ""
