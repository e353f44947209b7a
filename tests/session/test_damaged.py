"""Random damage to real playthroughs: it is harmless, or it is told, the file kept and the newest good backup restored."""

from itertools import islice

import pytest

from tests.damaging import damaged, damages

COUNT = 40
"""`make soak` does two hundred."""


@pytest.mark.parametrize("part", [0, 1])
def test_damage_is_harmless_or_told_and_mended(part: int) -> None:
    outcomes = {(seed, way): damaged(seed, way) for seed, way in islice(damages(), part, COUNT, 2)}
    assert {name: outcome for name, outcome in outcomes.items() if outcome.wrong} == {}
    assert {outcome.kind for outcome in outcomes.values()} == {"harmless", "restored"}
