"""A pack's own playthroughs: what is picked, and what is said when a play does not go as its author says."""

from dataclasses import replace
from pathlib import Path

import pytest

from game.packs.shelf import find_pack
from game.packtest import run_plays, same_when_told_again
from game.story import StubBeat
from tests.packs.workshop import good, write_folder


def why(folder: Path, picks: str, expect: str) -> str:
    """What is said of one play of the good pack; nothing when it goes as expected."""
    plays = f'[[play]]\nname = "one"\nseed = 3\n{picks}\nexpect = {{ {expect} }}\n'
    ref = write_folder(folder, good() | {"tests/plays.toml": plays.encode()})
    (result,) = run_plays(str(ref))
    assert result.ok == (not result.why)
    return result.why


def test_a_play_of_choices_goes_as_its_author_says(tmp_path: Path) -> None:
    assert why(tmp_path, 'choices = ["ask", "pull"]', "state = { courage = 3, closed_the_bell = true }") == ""


def test_a_play_of_preferences_goes_on_to_an_ending(tmp_path: Path) -> None:
    assert why(tmp_path, 'prefer = ["pull", "ask"]', 'ending = "cross"') == ""


def test_preferences_begin_where_choices_leave_off(tmp_path: Path) -> None:
    assert why(tmp_path, 'choices = ["ask"]\nprefer = ["pull"]', 'ending = "cross"') == ""


def test_of_what_is_on_offer_the_first_preferred_is_picked(tmp_path: Path) -> None:
    assert (
        why(tmp_path, 'choices = ["ask"]\nprefer = ["back", "pull"]', 'ending = "stay", state = { seen_crossing = true }') == ""
    )


@pytest.mark.parametrize(
    ("picks", "expect", "said"),
    [
        ('choices = ["pull"]', "", 'does not offer "pull", but ask, sit'),
        ('choices = ["ask"]\nprefer = ["pull"]', 'ending = "stay"', "it ends with cross, not with stay"),
        ('prefer = ["pull", "ask"]', 'ending = "stay"', "it ends with cross"),
        ('choices = ["ask"]', "state = { courage = 0 }", "courage == 0 does not hold"),
        ('choices = ["ask"]', 'text = ["Not in it."]', '"Not in it." was never read'),
    ],
)
def test_what_went_otherwise_is_said(tmp_path: Path, picks: str, expect: str, said: str) -> None:
    assert said in why(tmp_path, picks, expect)


def same_with(*beats: StubBeat) -> int:
    """How much is the same when a world is told again whose storylets are all told by these beats."""
    pack = find_pack("last_keeper")
    storylets = {name: replace(each, beats=beats) for name, each in pack.storylets.items()}
    return same_when_told_again(replace(pack, storylets=storylets))


def test_a_beat_is_told_again_in_other_words_where_its_author_wrote_some() -> None:
    once, twice = StubBeat(("Fog.",)), StubBeat(("Fog, and a bell.", "A bell, in fog."))
    assert same_with(once) > same_with(once, twice) > same_with(twice)
