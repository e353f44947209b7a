"""What testing a pack comes to: what was reached, when that is not well, and how it is shown: table, JSON and page."""

import io
import json
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner, Result

from game.cli import app
from game.packs.files import EndingFile
from game.workshop.measures import Measure
from game.workshop.page import page
from game.workshop.plays import Failure
from game.workshop.report import Report, take
from game.workshop.table import show
from tests.packs.workshop import GOOD, edited, write_folder

CELLAR = """
[cellar]
title = "The Cellar"
goal = "Nobody gets there."
when = "courage >= 3 && !seen_crossing"

[[cellar.outcomes]]
id = "leave"
text = "Leave"
"""
HOSTILE = "<script>alert('x')</script><img src=x onerror=y> [bold]Z[/bold] {{ 7*7 }}"


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["test", *words])


def table(report: Report, width: int = 120) -> str:
    out = io.StringIO()
    show(report, Console(file=out, width=width))
    return out.getvalue()


@pytest.fixture(scope="module")
def report() -> Report:
    """The good pack, tested."""
    return take(str(GOOD), plays=30)


@pytest.fixture(scope="module")
def lacking(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """A pack with a storylet that nobody gets to, which nothing but it offers."""
    folder = tmp_path_factory.mktemp("lacking")
    return take(str(write_folder(folder, edited("storylets/last.toml", "", CELLAR))), plays=30)


class Page(HTMLParser):
    """What a browser makes of a page: its elements with their attributes, and its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {(name, value or "") for name, value in attrs}

    def handle_data(self, data: str) -> None:
        self.words += data


def test_each_storylet_stands_in_its_file_with_how_often_it_was_told_and_its_outcomes(report: Report) -> None:
    first, last = report.groups["storylets/first.toml"], report.groups["storylets/last.toml"]
    assert [told.id for told in first + last] == ["arrival", "crossing", "over", "home"]
    assert (first[0].told, [each.id for each in first[0].outcomes]) == (30, ["ask", "sit"])
    assert sum(each.picked for each in first[0].outcomes) == 30
    assert all(0 < each.picked <= each.offered <= 30 for each in first[0].outcomes)
    assert [told.scripted for told in first + last] == [True, True, True, False]


def test_files_stand_in_the_order_of_their_acts_and_endings_last(tmp_path: Path) -> None:
    contents = edited("storylets/last.toml", "", "")
    contents["storylets/a_late_one.toml"] = CELLAR.replace('when = "courage >= 3 && !seen_crossing"', "act = 2").encode()
    contents["storylets/z.toml"] = contents.pop("storylets/first.toml")
    found = take(str(write_folder(tmp_path, contents)), plays=1)
    assert list(found.groups) == ["storylets/z.toml", "storylets/a_late_one.toml", "storylets/last.toml"]


def test_what_no_random_play_came_to_is_named(report: Report, lacking: Report) -> None:
    assert report.unreached == ()
    assert lacking.unreached == ('the storylet "cellar"',)


def test_what_is_not_well_is_a_play_that_fails_a_story_without_end_or_strictly_a_figure(report: Report) -> None:
    measure = Measure("length", 1.0, "", "none", False, "")
    assert replace(report, measures=()).ok(strict=True)
    assert replace(report, measures=(measure,)).ok()
    assert not replace(report, measures=(measure,)).ok(strict=True)
    assert not replace(report, survey=replace(report.survey, endings={"cross": 29})).ok()
    failed = replace(report.results[0], failures=(Failure("tests/plays.toml", 1, "It rains."),))
    assert not replace(report, results=(failed,)).ok()


def test_the_command_prints_the_plays_and_the_verdict_and_is_well(report: Report) -> None:
    done = run(str(GOOD), "--plays", "5", "--seed", "7")
    assert done.exit_code == 0
    assert "5 random plays, seeds 7 to 11" in " ".join(done.output.split())
    assert "ok   over the river (3 scenes, cross)" in done.output
    assert "1 passed, 0 failed; 5 of 5 random plays end" in done.output


def test_the_command_fails_where_a_play_does_and_says_where(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, edited("tests/plays.toml", "has_lantern = true", "has_lantern = false"))
    done = run(str(folder), "--plays", "1")
    assert done.exit_code == 1
    assert "FAIL over the river" in done.output
    assert "tests/plays.toml:6: has_lantern should be false" in done.output


def test_a_figure_above_its_mark_fails_only_where_that_is_asked_for() -> None:
    assert run(str(GOOD), "--plays", "1").exit_code == 0
    assert run(str(GOOD), "--plays", "1", "--strict").exit_code == 1


def test_json_has_all_of_it_in_one_object() -> None:
    done = run(str(GOOD), "--plays", "3", "--json")
    (line,) = done.output.splitlines()
    found = json.loads(line)
    assert (found["pack"], found["ok"], found["random"]["plays"], found["random"]["ended"]) == ("good", True, 3, 3)
    assert len(found["random"]["scenes"]) == 3
    assert found["plays"][0] | {"scenes": 3, "ending": "cross", "line": 1, "failures": []} == found["plays"][0]
    assert {row["id"]: row["told"] for row in found["storylets"]}["arrival"] == 3
    assert found["storylets"][0]["outcomes"][0].keys() == {"id", "offered", "picked"}
    assert [row["id"] for row in found["endings"]] == ["stay", "cross"]
    assert found["threads"][0].keys() == {"id", "opened", "closed"}
    assert found["near_repeats"][0].keys() == {"rules", "texts", "alike", "seed", "plays"}


def test_a_narrow_terminal_has_no_bars(report: Report) -> None:
    assert "━━━" in table(report, 120)
    assert "━━━" not in table(report, 80)


def test_what_was_never_reached_and_the_texts_of_near_repeats_are_in_the_table(report: Report, lacking: Report) -> None:
    assert 'the storylet "cellar"' in table(lacking)
    assert report.repeats
    assert all(text in table(report) for repeat in report.repeats for text in repeat.texts)


def test_the_page_has_every_storylet_ending_thread_play_and_figure(report: Report) -> None:
    words = Page(page(report)).words
    for name in ("The Rope", "The Far Side", "over the river", "Who pulls gets there.", "near repeats in a playthrough", "never"):
        assert name in words
    assert all(thread.text in words for thread in report.pack.threads.values())
    assert all(text in words for repeat in report.repeats for text in repeat.texts)


def test_the_page_tells_why_a_play_failed_and_what_was_not_reached(tmp_path: Path, lacking: Report) -> None:
    folder = write_folder(tmp_path, edited("tests/plays.toml", 'text = ["The bell is still moving."]', 'text = "Xyzzy, zyx."'))
    failed = take(str(folder), plays=1)
    assert "“Xyzzy, zyx.” was never read" in Page(page(failed)).words
    assert 'the storylet "cellar"' in Page(page(lacking)).words


def test_the_page_has_the_packs_colours_and_is_the_same_every_time(report: Report) -> None:
    assert f"--ink: {report.pack.palette.ink}" in page(report)
    assert page(report) == page(report)


def test_the_page_fetches_nothing_and_runs_nothing(report: Report) -> None:
    found = Page(page(report))
    assert found.tags.isdisjoint({"script", "link", "img", "iframe", "object", "embed", "a", "form", "base"})
    assert {name for name, _ in found.attributes}.isdisjoint({"src", "href", "srcset", "action"})
    assert not [name for name, _ in found.attributes if name.startswith("on")]
    assert "url(http" not in page(report)
    assert "@import" not in page(report)


def test_what_a_hostile_pack_says_is_text(report: Report) -> None:
    endings = {**report.pack.endings, "cross": EndingFile(title=HOSTILE)}
    pack = replace(report.pack, title=HOSTILE, tagline=HOSTILE, endings=endings)
    result = replace(report.results[0], name=HOSTILE, intent=HOSTILE)
    hostile = replace(report, pack=pack, results=(result,))
    found = Page(page(hostile))
    assert found.tags == Page(page(report)).tags
    assert found.words.count(HOSTILE) == 6
    assert HOSTILE in " ".join(table(hostile, 400).split())


def test_control_characters_do_not_reach_the_terminal(report: Report) -> None:
    hostile = replace(
        report, pack=replace(report.pack, title="a\x1b[2Jb"), results=(replace(report.results[0], name="c\x1b]0;d"),)
    )
    assert "\x1b[2J" not in table(hostile)
    assert "\x1b]0" not in table(hostile)


def test_the_page_is_written_where_it_is_asked_for(tmp_path: Path) -> None:
    assert run(str(GOOD), "--plays", "1", "--html", str(tmp_path / "page.html")).exit_code == 0
    assert (tmp_path / "page.html").read_text("utf-8").startswith("<!doctype html>")


def test_a_page_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["test", str(GOOD), "--plays", "1", "--html", str(tmp_path)], standalone_mode=False)
    assert "cannot be written" in str(done.exception)
