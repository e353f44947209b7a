"""What the player says to a scene: it is asked of the session, or answered here, from what is known."""

from collections.abc import Callable

from game.ledger import ledger_of
from game.packs import Pack
from game.scroll import MEASURE, Scroll
from game.session import Command, Leave, MarkCard, Pick, Reload, SceneReady
from game.typed import TREE, Here, Unclear, Word, asked, explain, known, number

HINT = "A number picks a choice. b: back. m: the map. ?: all that can be said. q: leave."


class Answers:
    """Answers on the scroll. `pack` is the one that is played, `marks` what is kept."""

    def __init__(self, scroll: Scroll) -> None:
        self.pack: Pack | None = None
        self.marks: tuple[MarkCard, ...] = ()
        self._scroll = scroll

    def to(self, said: str, now: SceneReady) -> Command | None:
        """What `said`, at the scene `now`, asks of the session (`Leave`: the player leaves); None when it is answered already.
        Nothing said takes what was taken when a recording was made."""
        choices, which = now.scene.choices, number(said)
        if not said:
            return Pick(now.branches.recorded, now.scene.key) if now.branches.recorded else None
        if which and which <= len(choices):
            return Pick(choices[which - 1].slot, now.scene.key)
        if which and choices:
            self._scroll.aside(f"There is no choice {which} here; the last is {len(choices)}.")
            return None
        if found := known(OWN, said):
            return found[0].does(self, now)
        return self._of_the_tree(said, now)

    def _of_the_tree(self, said: str, now: SceneReady) -> Command | None:
        try:
            command = asked(said, Here(now.scene, tuple(card.mark for card in self.marks)))
        except Unclear as error:
            self._scroll.aside(f"{error}.")
            return None
        if command is None:
            self.help(now)
        return command

    def help(self, _: SceneReady) -> None:
        self._scroll.aside(HELP)

    def ledger(self, now: SceneReady) -> None:
        if self.pack:
            self._scroll.ledger(ledger_of(self.pack, now.state))

    def sources(self, now: SceneReady) -> None:
        self._scroll.sources(now.scene)

    def slots(self, _: SceneReady) -> None:
        self._scroll.marks(self.marks)

    def read(self, now: SceneReady) -> None:
        self._scroll.scene(now.scene)
        self._scroll.choices(now.scene, now.branches)


OWN: tuple[Word[Callable[[Answers, SceneReady], Command | None]], ...] = (
    Word("slots", "", "", "what is kept", Answers.slots),
    Word("read", "r", "", "read this scene again", Answers.read),
    Word("ledger", "l", "", "what is true, carried, open and known", Answers.ledger),
    Word("sources", "s", "", "who wrote this", Answers.sources),
    Word("reload", "", "", "read the pack again, which its author may have changed", lambda _, __: Reload()),
    Word("quit", "q", "", "leave; everything is saved", lambda _, __: Leave()),
    Word("help", "?", "", "this", Answers.help),
)
"""What can be said besides the words of the story tree."""

HELP = f"A number picks a choice.\n{explain([*TREE, *OWN], MEASURE)}"
