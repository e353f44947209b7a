"""The command `check --cache`: how much of a prompt comes again, and what spoils it."""

import io
from pathlib import Path

import pytest
from rich.console import Console

from game import cachecheck
from game.cachecheck import cache_check
from tests.fronts.test_promptview import command
from tests.packs.workshop import good, write_folder

SPOILT = """You write turn {{ now.turn }} of {{ title }}, at {{ now.place.name }}.

{{ world }}

{% for member in cast %}- {{ member.id }}: {{ member.name }}. {{ member.voice }}
{% endfor %}
{{ example }}
"""


@pytest.fixture
def spoilt(tmp_path: Path) -> str:
    """A pack whose system template tells what turn it is."""
    return str(write_folder(tmp_path / "spoilt", {**good(), "templates/system.j2": SPOILT.encode()}))


@pytest.mark.parametrize("ref", ["last_keeper", "no_chill", "bench/endless"])
def test_the_packs_that_ship_leave_nothing_to_be_read_twice(ref: str) -> None:
    verdict = cache_check(ref)
    assert verdict.ok
    assert verdict.plain_median is not None
    assert verdict.plain_median >= 90


def test_folds_are_told_apart() -> None:
    verdict = cache_check("bench/endless", turns=40)
    folds = [step for step in verdict.steps if step.folded]
    assert folds
    assert all(step.broken.startswith("a fold: turn") and step.shared < 90 for step in folds)
    assert verdict.fold_median is not None
    assert verdict.fold_median < 90 <= (verdict.plain_median or 0)


def test_the_template_and_the_field_that_spoil_it_are_named(spoilt: str) -> None:
    verdict = cache_check(spoilt)
    assert not verdict.ok
    assert "system.j2: now.turn" in {step.broken for step in verdict.steps}


def test_a_field_that_changes_is_named_only_where_the_text_changes_first(tmp_path: Path) -> None:
    template = SPOILT.replace("turn {{ now.turn }} of ", "")
    verdict = cache_check(str(write_folder(tmp_path / "other", {**good(), "templates/system.j2": template.encode()})), turns=4)
    assert {step.broken for step in verdict.steps} & {"system.j2: now.place.name"}


def test_other_numbers_of_choices_are_named() -> None:
    assert any(step.broken == "the schema: 3 choices after 4" for step in cache_check("last_keeper").steps)


def test_the_table_has_a_row_for_each_turn_and_the_medians() -> None:
    out = io.StringIO()
    verdict = cache_check("bench/endless", turns=6)
    cachecheck.show(verdict, Console(file=out, width=120))
    text = out.getvalue()
    assert all(f"│ {step.turn} " in text for step in verdict.steps)
    assert "without folds: 100 %" in text


def test_the_exit_code_says_whether_it_is_enough(spoilt: str) -> None:
    assert command("check", "bench/endless", "--cache", "--turns", "8").returncode == 0
    done = command("check", spoilt, "--cache")
    assert done.returncode == 1
    assert "the prefix breaks at system.j2: now.turn" in done.stdout


def test_a_pack_that_is_none_is_said_so() -> None:
    done = command("check", "nowhere", "--cache")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
