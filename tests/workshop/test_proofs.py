"""What is proved to be impossible never happens, whatever the conditions are."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.packs.checks import proofs
from game.packs.checks.chances import check_chances
from game.packs.checks.proofs import Course, Later, changes, possible
from game.packs.checks.reach import Reach
from game.packs.compile import PackFiles
from game.packs.load import study
from game.packs.shelf import find_pack
from game.story import Effect, compile_condition
from game.workshop.survey import survey
from tests.packs.workshop import GOOD, Contents, good, write_folder

ATOMS = (
    "wet", "!wet", "courage > 1", "courage == 3", "courage < 1", "turn > 2", "turn < 4", "turn == 6", "act == 1", "act == 2",
    "has_lantern", "!has_lantern", "at_raft", "at_landing", "seen_crossing", "!seen_crossing", "seen_arrival", "open_the_bell",
    "closed_the_bell", "fact_river_low", "!fact_river_low", "present_odile", "!present_odile",
)  # fmt: skip
conditions = st.tuples(
    st.lists(st.sampled_from(ATOMS), min_size=1, max_size=3, unique=True), st.sampled_from((" && ", " || "))
).map(lambda drawn: drawn[1].join(drawn[0]))


def with_conditions(crossing: str, over: str, sit: str, back: str) -> Contents:
    contents = good()
    first, last = contents["storylets/first.toml"].decode(), contents["storylets/last.toml"].decode()
    first = first.replace("open_the_bell && has_lantern", crossing).replace("courage < 3 && !wet", sit)
    first = first.replace('id = "back"', f'id = "back"\nwhen = "{back}"')
    contents["storylets/first.toml"] = first.encode()
    contents["storylets/last.toml"] = last.replace("seen_crossing && courage >= 3", over).encode()
    return contents


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(conditions, conditions, conditions, conditions)
def test_no_play_comes_to_what_is_proved_impossible(crossing: str, over: str, sit: str, back: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        pack, files, found = study(write_folder(Path(folder), with_conditions(crossing, over, sit, back)))
    if pack is None or files is None:
        return
    never = check_chances(files, found)
    counted = survey(pack, 40)
    assert not {path[0] for path in never if len(path) == 1} & counted.told.keys()
    for _, path, outcome in files.outcomes():
        if path in never:
            assert (path[0], outcome.id) not in counted.offered


def ferry() -> tuple[PackFiles, Reach]:
    _, files, _ = study(GOOD)
    assert files is not None
    assert files.pack is not None
    return files, Reach(files.pack, files)


def test_an_effect_behind_a_condition_is_judged_by_what_the_condition_leaves() -> None:
    _, reach = ferry()
    brave = Course((compile_condition("courage == 3"),))
    assert changes(Course(), Effect("add", "courage", 1), reach)
    assert not changes(brave, Effect("add", "courage", 1), reach)
    assert changes(brave.then(Effect("add", "courage", -1)), Effect("add", "courage", 1), reach)


def test_the_turn_and_the_act_move_on_to_what_is_asked_a_scene_later() -> None:
    _, reach = ferry()
    early = Course((compile_condition("turn == 1 && act == 1 && wet"),))
    assert not possible(early.then(compile_condition("turn == 2")), reach)
    assert possible(early.then(Later(compile_condition("turn == 2 && act == 2"))), reach)
    assert not possible(early.then(Later(compile_condition("!wet"))), reach)


def test_what_has_too_many_states_to_be_tried_is_taken_to_be_possible(monkeypatch: pytest.MonkeyPatch) -> None:
    _, reach = ferry()
    contradiction = Course((compile_condition("turn > 1 && turn < 1"),))
    assert not possible(contradiction, reach)
    monkeypatch.setattr(proofs, "MOST", 3)
    assert possible(contradiction, reach)


def test_a_condition_that_reads_what_is_not_known_of_the_state_is_taken_to_be_possible() -> None:
    _, reach = ferry()
    assert not possible(Course((compile_condition("wet && !wet"),)), reach)
    assert possible(Course((compile_condition("said_water && wet && !wet"),)), reach)


def test_in_the_worlds_that_ship_nothing_is_proved_impossible() -> None:
    for world in ("last_keeper", "no_chill"):
        home = find_pack(world).home
        assert home is not None
        _, files, found = study(home)
        assert files is not None
        assert check_chances(files, found) == frozenset()
