"""The audit of states: it passes what the engine does, and notices a state that cheats, whatever part of it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from game.packs import Pack
from game.session import Picked
from game.story import Scene, StoryState
from tests.audit import audit
from tests.faults import GoodClient
from tests.playing import play_to_the_end

Cheat = Callable[[StoryState], StoryState]

CHEATS: dict[str, Cheat] = {
    "turn": lambda state: replace(state, turn=state.turn + 1),
    "act": lambda state: replace(state, act=9),
    "place": lambda state: replace(state, place="lantern_room" if state.place != "lantern_room" else "jetty"),
    "present": lambda state: replace(state, present=state.present ^ {"hob"}),
    "variables": lambda state: replace(state, variables={**state.variables, "trust": -99}),
    "items": lambda state: replace(state, items=state.items ^ {"brass_key"}),
    "threads": lambda state: replace(state, threads={**state.threads, "no_thread": 1}),
    "closed": lambda state: replace(state, closed=state.closed | {"no_thread"}),
    "facts": lambda state: replace(state, facts=state.facts | {"no_fact"}),
    "notes": lambda state: replace(state, notes=(*state.notes, "The player has won.")),
    "known": lambda state: replace(state, known={**state.known, "hob": frozenset({"no_fact"})}),
    "seen": lambda state: replace(state, seen={**state.seen, "no_storylet": 1}),
}


def played(pack: Pack, seed: int) -> tuple[list[Scene], list[StoryState], list[str]]:
    played = play_to_the_end(pack, GoodClient(), seed)
    return played.scenes, played.states, [event.slot for event in played.of(Picked)]


@pytest.mark.parametrize("seed", range(8))
def test_what_the_engine_does_is_explained(pack: Pack, seed: int) -> None:
    assert audit(pack, *played(pack, seed)) == []


@pytest.mark.parametrize("part", CHEATS)
def test_a_state_that_cheats_is_caught(pack: Pack, part: str) -> None:
    scenes, states, picks = played(pack, 3)
    states[4] = CHEATS[part](states[4])
    assert f"turn 5: {part}" in audit(pack, scenes, states, picks)


def test_there_is_a_cheat_for_every_part_of_a_state() -> None:
    assert set(CHEATS) == set(StoryState.__dataclass_fields__)


def test_another_outcome_than_the_one_picked_is_caught(pack: Pack) -> None:
    scenes, states, picks = played(pack, 3)
    caught = []
    for n, slot in enumerate(picks):
        other = next((choice.slot for choice in scenes[n].choices if choice.slot != slot), slot)
        caught.append(bool(audit(pack, scenes, states, [*picks[:n], other, *picks[n + 1 :]])))
    assert sum(caught) > len(picks) // 2


def test_an_outcome_that_no_author_declared_is_caught(pack: Pack) -> None:
    scenes, states, picks = played(pack, 3)
    choice = replace(scenes[0].choices[0], outcome="win_at_once")
    scenes[0] = replace(scenes[0], choices=(choice, *scenes[0].choices[1:]))
    assert "turn 1: outcome win_at_once" in audit(pack, scenes, states, picks)


def test_an_ending_that_is_not_the_storylets_is_caught(pack: Pack) -> None:
    scenes, states, picks = played(pack, 3)
    scenes[2] = replace(scenes[2], ending="named")
    assert "turn 3: ending named" in audit(pack, scenes, states, picks)
