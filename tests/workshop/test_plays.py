"""A pack's own playthroughs: what is picked, and what is said when a play does not go as its author says."""

from pathlib import Path

import pytest

from game.workshop.plays import run_plays
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
