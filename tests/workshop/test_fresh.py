"""What `new` makes: packs that play and read rightly whatever the author answers, and nothing at all where that cannot be."""

import io
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner, Result

from game.cli import app
from game.narrator.rehearsal import rehearse
from game.packs.shelf import find_pack
from game.workshop.fresh import NotWritten, make
from game.workshop.fresh.answers import QUESTIONS, checked
from game.workshop.fresh.asking import ask
from game.workshop.plays import run_plays
from game.workshop.schemas import schemas
from tests.conftest import REPOSITORY

AUNT = {"thing": "the keys", "owner": "my aunt Zoë", "place": "the Moon", "pronouns": "they", "tense": "past", "ask": "no"}
LONGEST = {"title": "W" * 80, "author": "W" * 80, "thing": "w" * 40, "owner": "W" * 40, "place": "W" * 40}
ANSWERS = {"usual": {}, "aunt": AUNT, "longest": LONGEST}


def run(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def told(folder: Path, plays: int = 20) -> Iterator[str]:
    """Every beat and every choice of so many playthroughs."""
    pack = find_pack(str(folder))
    for seed in range(plays):
        for _, scene in rehearse(pack, seed):
            yield from (beat.text for beat in scene.beats)
            yield from (choice.text for choice in scene.choices)


@pytest.fixture(params=ANSWERS)
def story(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return make("Night Ferry", tmp_path, ANSWERS[request.param])


@pytest.fixture(params=["present", "past"])
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return make("Night Ferry", tmp_path, {"tense": request.param}, bare=True)


def test_nothing_is_wrong_with_a_new_pack(story: Path) -> None:
    assert run("check", str(story)).output.splitlines() == [f"{story}: 0 errors, 0 warnings"]


def test_nothing_is_wrong_with_a_bare_pack(bare: Path) -> None:
    assert run("check", str(bare)).output.splitlines() == [f"{bare}: 0 errors, 0 warnings"]


def test_its_own_plays_go_as_they_say(story: Path) -> None:
    assert [result.why for result in run_plays(str(story))] == ["", "", ""]


def test_the_bare_ones_play_goes_as_it_says(bare: Path) -> None:
    assert [result.why for result in run_plays(str(bare))] == [""]


def test_a_new_pack_comes_to_each_of_its_endings_in_five_to_nine_scenes(tmp_path: Path) -> None:
    pack = find_pack(str(make("Night Ferry", tmp_path, {})))
    plays = [[scene for _, scene in rehearse(pack, seed)] for seed in range(40)]
    assert {scenes[-1].ending for scenes in plays} == {"claimed", "kept", "sold"}
    assert {len(scenes) for scenes in plays} <= set(range(5, 10))


def test_no_mark_of_the_template_is_left(story: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in story.rglob("*.*") if path.is_file()]
    assert [text for text in texts if re.search("[«»‹›]", text)] == []


def test_no_sentence_begins_small(tmp_path: Path) -> None:
    folder = make("Night Ferry", tmp_path, AUNT)
    assert [text for text in told(folder) if re.search(r"(?:^|[.!?] )['‘]?(?:my aunt|keys|[a-z]+ aunt)\b", text)] == []


def test_what_is_missing_has_no_article_but_the_storys_own(tmp_path: Path) -> None:
    texts = " ".join(told(make("Night Ferry", tmp_path, AUNT)))
    assert "the keys" in texts
    assert not re.search(r"\b(?:an?|the the) keys", texts, re.IGNORECASE)


def test_the_past_has_none_of_the_presents_verbs(tmp_path: Path) -> None:
    """Of narration outside quotation marks, that is; what is said is in the present anyway."""
    folder = make("Night Ferry", tmp_path, {"tense": "past"})
    pack = find_pack(str(folder))
    narrated = [
        beat.text for seed in range(20) for _, scene in rehearse(pack, seed) for beat in scene.beats if beat.kind == "narration"
    ]
    found = [re.findall(r"\b(?:says|stands|goes|comes|looks|takes|puts|writes|asks|are)\b", _outside(text)) for text in narrated]
    assert [verbs for verbs in found if verbs] == []


def _outside(text: str) -> str:
    return re.sub(r"'[^']*(?:'(?=\w)[^']*)*'", "", text)


def test_the_answers_are_in_the_pack(tmp_path: Path) -> None:
    given = {"title": "Lost, Found", "author": "Ada Quill", "ask": "no", "tense": "past", "owner": "Bo Tan", "pronouns": "he"}
    pack = find_pack(str(make("Night Ferry", tmp_path, given)))
    assert (pack.id, pack.title, pack.authors[0].name) == ("night_ferry", "Lost, Found", "Ada Quill")
    assert (pack.asks_player, pack.player.tense, pack.cast["owner"].name) == (False, "past", "Bo Tan")


def test_an_editor_finds_the_schema_of_each_file(story: Path) -> None:
    known = schemas()
    for path in story.rglob("*.toml"):
        text = path.read_text(encoding="utf-8")
        named = re.match(r"#:schema (\S+)\n", text)
        assert named is not None
        schema = (path.parent / named[1]).resolve()
        assert jsonschema.Draft7Validator(known[schema.name]).is_valid(tomllib.loads(text))
        assert schema.is_file()


@pytest.mark.parametrize(
    ("name", "made"), [("Café Noir", "cafe_noir"), ("The Kettle's On!", "the_kettles_on"), ("  x  y ", "x_y"), ("42nd", None)]
)
def test_an_id_is_made_of_the_name(tmp_path: Path, name: str, made: str | None) -> None:
    if made is None:
        with pytest.raises(NotWritten, match="Latin letter"):
            make(name, tmp_path, {})
    else:
        assert make(name, tmp_path, {}).name == made


@pytest.mark.parametrize("name", ["../up", "a/b", "a\\b", "..", "", "夜の船", "a" * 200, "\x1b[31m", "last_keeper", "/", " . "])
def test_a_name_that_cannot_be_one_gets_one_line_and_no_folder(tmp_path: Path, name: str) -> None:
    refused = CliRunner().invoke(app, ["new", name, "--yes", "--into", str(tmp_path)], standalone_mode=False)
    message = refused.exception.format_message()  # type: ignore[union-attr]
    assert (len(message.splitlines()), message.isprintable()) == (1, True)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_exists_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "night_ferry").mkdir()
    with pytest.raises(NotWritten, match="already"):
        make("Night Ferry", tmp_path, {})
    assert list((tmp_path / "night_ferry").iterdir()) == []


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(NotWritten, match="make it first"):
        make("Night Ferry", tmp_path / "nowhere", {})


@pytest.mark.parametrize(
    "given",
    [
        {"thing": 'a "key"'},
        {"thing": "#key#"},
        {"owner": "w" * 41},
        {"title": "a\x07b"},
        {"tense": "future"},
        {"place": "…"},
        {"pronouns": "it"},
    ],
    ids=str,
)
def test_an_answer_that_cannot_stand_in_a_pack_is_refused_in_one_line(tmp_path: Path, given: Mapping[str, str]) -> None:
    with pytest.raises(NotWritten) as refused:
        make("Night Ferry", tmp_path, given)
    assert str(refused.value).startswith(next(iter(given)))
    assert str(refused.value).isprintable()
    assert list(tmp_path.iterdir()) == []


def test_who_writes_a_quotation_mark_is_told_which_one_may_stand_there(tmp_path: Path) -> None:
    with pytest.raises(NotWritten, match="write ' instead"):
        make("Night Ferry", tmp_path, {"title": 'The "Good" Sister'})


@pytest.mark.parametrize(
    ("written", "stands"),
    [
        ("an umbrella", "umbrella"),
        ("The Brass Key.", "Brass Key"),
        ("  a   pair of skates ", "pair of skates"),
        ("anvil", "anvil"),
        ("her father's watch", "father's watch"),
    ],
)
def test_what_is_missing_is_taken_without_its_article(written: str, stands: str) -> None:
    thing = next(question for question in QUESTIONS if question.key == "thing")
    assert checked(thing, written) == stands


def asked(lines: str, given: Mapping[str, str], bare: bool = False) -> tuple[dict[str, str], str]:
    """The answers of somebody who types these lines, and what they were shown."""
    shown: list[str] = []
    return ask("Night Ferry", given, bare, io.StringIO(lines).readline, shown.append), "".join(shown)


def test_each_question_is_asked_and_an_empty_line_takes_what_is_usual() -> None:
    answers, shown = asked("\nAda\nno\npast\nHull\n\n\nthey\n", {})
    assert shown.count("[") == len(QUESTIONS)
    assert answers == {
        "title": "Night Ferry",
        "author": "Ada",
        "ask": "no",
        "tense": "past",
        "place": "Hull",
        "thing": "accordion",
        "owner": "Ida Marlow",
        "pronouns": "they",
    }


def test_what_was_given_as_an_option_is_not_asked() -> None:
    _, shown = asked("", {"author": "Ada", "title": "T"})
    assert "credits" not in shown


def test_the_bare_pack_asks_only_what_it_has_a_use_for() -> None:
    _, shown = asked("", {}, bare=True)
    assert shown.count("[") == sum(not question.story for question in QUESTIONS)


def test_an_answer_that_cannot_be_used_is_asked_for_again() -> None:
    answers, shown = asked("\n\n\nfuture\npast\n", {})
    assert (answers["tense"], shown.count("In which tense")) == ("past", 2)


def test_nobody_is_asked_where_input_is_no_terminal(tmp_path: Path) -> None:
    made = CliRunner().invoke(app, ["new", "Night Ferry", "--into", str(tmp_path)], input="Another Title\n")
    assert (made.exit_code, find_pack(str(tmp_path / "night_ferry")).title) == (0, "Night Ferry")
    assert "?" not in made.output


@pytest.mark.skipif(os.name == "nt", reason="there is no pty")
def test_somebody_at_a_terminal_is_asked(tmp_path: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "game", "new", "Night Ferry", "--into", str(tmp_path), "--author", "Ada"]
    home = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    made = subprocess.Popen(command, stdin=theirs, stdout=subprocess.PIPE, env=home, encoding="utf-8")
    os.write(ours, b"Low Tide\nno\npast\n\nspare oar\n\n\n")
    shown, _ = made.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert shown.startswith("What is it called? [Night Ferry]")
    assert find_pack(str(tmp_path / "night_ferry")).title == "Low Tide"
