"""What an author expects of a play, held against what was told: what came otherwise, where, and what was there instead."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process, utils

from game.packs import Pack
from game.packs.files import ExpectFile
from game.packs.locate import KeyPath
from game.story import Conditions, Scene, StoryState, Value, compile_condition

LIKE = 60
"""How like a text that was missed a beat must be, of 100, to be shown as what was there instead."""
SHOWN = 160
"""Characters of a beat that are shown."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A scene as it was read, the state in which its choices were dealt, and the slot that was picked (empty: none)."""

    scene: Scene
    state: StoryState
    picked: str = ""


@dataclass(frozen=True, slots=True)
class Unmet:
    """Something that came otherwise: at which key of the play it was said, and what there is to say of it."""

    at: KeyPath
    words: str


class Expectations:
    """Holds playthroughs of one pack against what their author expects of them."""

    def __init__(self, pack: Pack) -> None:
        self._conditions = Conditions(pack.declared)

    def unmet(self, expect: ExpectFile, turns: Sequence[Turn]) -> Iterator[Unmet]:
        """All that does not hold, in the order in which an author writes it. There is at least one turn."""
        if expect.ending is not None and turns[-1].scene.ending != expect.ending:
            yield Unmet(("expect", "ending"), f'the ending "{expect.ending}" was expected, but {_stands(turns)}.')
        for name, value in expect.state.items():
            if not self._holds(f"{name} == {_said(value)}", turns[-1].state):
                words = f"{name} should be {_said(value)} at the end, but {self._since(name, turns)}."
                yield Unmet(("expect", "state", name), words)
        for n, text in enumerate(expect.holds):
            if not self._holds(text, turns[-1].state):
                values = ", ".join(self._since(name, turns) for name in sorted(compile_condition(text).names))
                yield Unmet(("expect", "holds", n), f"“{text}” does not hold at the end: {values or 'it never can'}.")
        yield from _texts(expect, turns)
        yield from _ways(expect, turns)

    def _holds(self, text: str, state: StoryState) -> bool:
        return self._conditions.holds(compile_condition(text), state)

    def _since(self, name: str, turns: Sequence[Turn]) -> str:
        """What a name reads at the end, and in which scene it came to be so."""
        values = [self._value(name, turn.state) for turn in turns]
        came = next((n for n in range(len(turns) - 1, 0, -1) if values[n] != values[n - 1]), 0)
        when = "all along" if came == 0 and len(turns) > 1 else f"since {named(turns[came].scene)}"
        return f"{name} is {_said(values[-1])} {when}"

    def _value(self, name: str, state: StoryState) -> Value:
        if name in state.variables:
            return state.variables[name]
        if name in ("turn", "act"):
            return state.turn if name == "turn" else state.act
        return self._holds(name, state)


def named(scene: Scene) -> str:
    """A scene as an author finds it again: its number in the play, its storylet, its title."""
    return f"scene {scene.turn} ({scene.storylet or 'improvised'}, “{scene.title}”)"


def _said(value: Value) -> str:
    """A value as conditions write it."""
    return str(value).lower()


def _stands(turns: Sequence[Turn]) -> str:
    """Where the story is at the end of a play."""
    last = turns[-1].scene
    if last.ending:
        return f'it ended with "{last.ending}" in {named(last)}'
    return f"it has not ended: {named(last)} offers {', '.join(choice.outcome for choice in last.choices)}"


def _texts(expect: ExpectFile, turns: Sequence[Turn]) -> Iterator[Unmet]:
    """Texts that were not read and should have been, then those that were and should not."""
    read = [(turn.scene, beat.text) for turn in turns for beat in turn.scene.beats]
    for n, text in enumerate(expect.text):
        if not any(text in beat for _, beat in read):
            yield Unmet(("expect", "text", n), f"“{text}” was never read; {_instead(text, read)}.")
    for n, text in enumerate(expect.never):
        for scene, beat in read:
            if text in beat:
                yield Unmet(("expect", "never", n), f"“{text}” should not be read, and is in {named(scene)}: “{_short(beat)}”.")
                break


def _instead(text: str, read: Sequence[tuple[Scene, str]]) -> str:
    """The beat that is most like a text which was missed, if one is."""
    beats = [beat for _, beat in read]
    best = process.extractOne(text, beats, scorer=fuzz.partial_ratio, processor=utils.default_process, score_cutoff=LIKE)
    if best is None:
        return "and nothing like it"
    return f"what is most like it is in {named(read[best[2]][0])}: “{_short(best[0])}”"


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN].rsplit(' ', 1)[0]}…"


def _ways(expect: ExpectFile, turns: Sequence[Turn]) -> Iterator[Unmet]:
    """Storylets that were not told and should have been, and more scenes than there should be."""
    told = [turn.scene.storylet for turn in turns if turn.scene.storylet]
    for n, storylet in enumerate(expect.visits):
        if storylet not in told:
            yield Unmet(("expect", "visits", n), f'"{storylet}" was never told; told were {", ".join(told)}.')
    if expect.scenes is not None and len(turns) > expect.scenes:
        yield Unmet(("expect", "scenes"), f"it took {len(turns)} scenes, and should take {expect.scenes} at most.")
