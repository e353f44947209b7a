"""A pack's own playthroughs: what is picked, and what is said when a play does not go as its author says."""

from pathlib import Path

import pytest

from game.workshop.plays import run_plays
from tests.packs.workshop import good, write_folder

ON = 'choices = ["ask", "pull", "wait"]'
"""Over the river, to the ending there."""


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
    ("picks", "expect"),
    [
        ('choices = ["ask", "pull"]', 'holds = ["courage >= 3 && has_lantern", "!open_the_bell"]'),
        ('choices = ["ask", "pull"]', 'holds = "seen_crossing"'),
        ('choices = ["ask", "pull"]', 'never = "The bell does not ring again."'),
        (ON, 'visits = ["arrival", "over"]'),
        (ON, "scenes = 4"),
    ],
)
def test_what_comes_as_expected_is_not_spoken_of(tmp_path: Path, picks: str, expect: str) -> None:
    assert why(tmp_path, picks, expect) == ""


@pytest.mark.parametrize(
    ("picks", "expect", "said"),
    [
        ('choices = ["pull"]', "", 'scene 1 (arrival, “Late”) does not offer "pull", but ask, sit.'),
        (
            'choices = ["ask", "pull", "wait", "ask"]',
            "",
            'the story had ended before "ask" could be picked: scene 4 (over, “The Far Side”) is its last.',
        ),
        (
            'choices = ["ask"]\nprefer = ["pull"]',
            'ending = "stay"',
            'the ending "stay" was expected, but it ended with "cross" in scene 4 (over, “The Far Side”).',
        ),
        (
            'choices = ["ask"]',
            'ending = "stay"',
            'the ending "stay" was expected, but it has not ended: scene 2 (crossing, “The Rope”) offers pull, back.',
        ),
        (
            'choices = ["ask", "pull"]',
            "state = { courage = 0 }",
            "courage should be 0 at the end, but courage is 3 since scene 3 (improvised, “The raft”).",
        ),
        (
            'choices = ["ask", "pull"]',
            "state = { has_lantern = false }",
            "has_lantern should be false at the end, but has_lantern is true all along.",
        ),
        (
            'choices = ["ask", "pull"]',
            'holds = ["has_lantern", "courage > 3 && wet"]',
            "“courage > 3 && wet” does not hold at the end: courage is 3 since scene 3 (improvised, “The raft”), "
            "wet is true since scene 2 (crossing, “The Rope”).",
        ),
        ('choices = ["ask"]', 'text = ["Xyzzy, zyx."]', "“Xyzzy, zyx.” was never read; and nothing like it."),
        (
            ON,
            'text = ["the bell was still moving"]',
            "“the bell was still moving” was never read; what is most like it is in scene 4 (over, “The Far Side”): "
            "“The bell is still moving.”.",
        ),
        (
            ON,
            'never = ["still moving"]',
            "“still moving” should not be read, and is in scene 4 (over, “The Far Side”): “The bell is still moving.”.",
        ),
        ('choices = ["ask"]', 'visits = "over"', '"over" was never told; told were arrival, crossing.'),
        ('prefer = ["ask", "pull"]', "scenes = 3", "it took 4 scenes, and should take 3 at most."),
    ],
)
def test_what_went_otherwise_is_said_with_the_scene_and_what_was_there_instead(
    tmp_path: Path, picks: str, expect: str, said: str
) -> None:
    assert why(tmp_path, picks, expect).partition(": ")[2] == said


def test_all_that_went_otherwise_is_said_at_the_lines_where_it_is_expected(tmp_path: Path) -> None:
    plays = """[[play]]
name = "one"
expect = {}

[[play]]
name = "two"
seed = 3
choices = ["ask"]

[play.expect]
ending = "cross"
text = [
  "bell",
  "Xyzzy, zyx.",
]
"""
    one, two = run_plays(str(write_folder(tmp_path, good() | {"tests/plays.toml": plays.encode()})))
    assert (one.file, one.line, one.failures) == ("tests/plays.toml", 1, ())
    assert (two.line, [(failure.file, failure.line) for failure in two.failures]) == (
        5,
        [("tests/plays.toml", 11), ("tests/plays.toml", 14)],
    )
    assert str(two.failures[1]).startswith("tests/plays.toml:14: “Xyzzy")


def test_a_pick_that_is_not_on_offer_is_said_at_its_own_line(tmp_path: Path) -> None:
    assert why(tmp_path, 'choices = [\n"ask",\n"sit",\n]', "").startswith("tests/plays.toml:6: scene 2 (crossing, “The Rope”)")


def test_a_play_knows_what_it_told_and_how_it_ended(tmp_path: Path) -> None:
    (result,) = run_plays(str(write_folder(tmp_path, good())))
    assert (result.ok, result.scenes, result.ending, result.told) == (True, 3, "cross", {"arrival", "crossing", "over"})
