"""A play written out to be read: what stands in it, and that the files in docs/transcripts are what the command prints now."""

from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from game.cli import app
from game.packs.shelf import find_pack
from game.workshop.transcripts import NoSuchPlay, file_name, write_all, write_out
from tests.conftest import REPOSITORY
from tests.packs.workshop import GOOD, Contents, edited, good, write_folder

WORLDS = ("last_keeper", "no_chill")
KEPT = REPOSITORY / "docs" / "transcripts"
MARKED = edited("tests/plays.toml", "seed = 1", "seed = 1\ntranscript = true")
PLAY = '\n[[play]]\nname = "{}"\nchoices = ["sit"]\ntranscript = {}\nexpect = {{}}\n'


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["transcript", *words])


def written(folder: Path, contents: Contents | None = None, name: str = "") -> str:
    return write_out(str(write_folder(folder, good() if contents is None else contents)), name)


@pytest.mark.parametrize("world", WORLDS)
def test_the_transcripts_that_are_kept_are_what_the_command_writes_now(world: str, tmp_path: Path) -> None:
    now = {path.name: path.read_text("utf-8") for path in write_all(world, tmp_path)}
    kept = {path.name: path.read_text("utf-8") for path in KEPT.glob(f"{world}-*.md")}
    stale = sorted(name for name in now.keys() | kept.keys() if now.get(name) != kept.get(name))
    assert not stale, (
        f"docs/transcripts is not what the pack tells now: run `make transcripts`, and read {', '.join(stale)} again"
    )


def test_it_has_the_title_the_intent_the_scenes_and_what_was_said(tmp_path: Path) -> None:
    lines = written(tmp_path).splitlines()
    assert lines[0] == "# The Ferry: over the river"
    assert "*Who pulls gets there.*" in lines
    assert "The Ferry 1.0.0, with seed 1, told by the offline storyteller." in lines
    assert [line for line in lines if line.startswith("## ")] == ["## 1. Late", "## 2. The Rope", "## 3. The Far Side"]
    assert any(line.startswith("**Odile** (tired): ") for line in lines)


def test_all_choices_are_there_and_the_one_that_was_picked_is_marked(tmp_path: Path) -> None:
    lines = written(tmp_path).splitlines()
    at = lines.index("- **→ Ask who is over there**")
    assert lines[at + 1] == "- Sit down on the post"


def test_it_ends_with_the_ending_and_whose_words_these_were(tmp_path: Path) -> None:
    text = written(tmp_path)
    pack = find_pack(str(GOOD))
    assert f"**The end: {pack.endings['cross'].title}.**" in text
    assert pack.authors[0].name in text
    assert pack.licence in text
    assert "words by the author, via the stub" in text


def test_a_play_that_stops_before_an_ending_is_written_as_far_as_it_goes(tmp_path: Path) -> None:
    text = written(tmp_path, edited("tests/plays.toml", '"pull"]', '"ask"]'))
    assert text.count("## ") == 2
    assert 'The play stops here: scene 2 (crossing, “The Rope”) does not offer "ask", but pull, back.' in text
    assert "The end" not in text


def test_what_markdown_would_take_for_markup_is_text(tmp_path: Path) -> None:
    contents = edited("storylets/first.toml", 'title = "The Rope"', 'title = "# *Rope* <b>_x_</b> [a](b) `c`"')
    assert "## 2. \\# \\*Rope\\* \\<b\\>\\_x\\_\\</b\\> \\[a\\](b) \\`c\\`" in written(tmp_path, contents)


@pytest.mark.parametrize(("text", "said"), [("1. One", "1\\. One"), ("- One", "\\- One"), ("1x", "1x"), ("a - b", "a - b")])
def test_so_is_what_begins_a_list(tmp_path: Path, text: str, said: str) -> None:
    contents = edited("storylets/last.toml", 'beats = ["The bell is still moving."]', f'beats = ["{text}"]')
    contents["tests/plays.toml"] = contents["tests/plays.toml"].replace(b"The bell is still moving.", text.encode())
    assert said in written(tmp_path, contents).splitlines()


def test_control_characters_of_a_pack_are_not_printed(tmp_path: Path) -> None:
    contents = edited("storylets/first.toml", 'title = "The Rope"', 'title = "Rope\\u001b[2J"')
    assert "\x1b" not in written(tmp_path, contents)


def test_without_a_name_it_is_the_first_that_is_marked_else_the_first(tmp_path: Path) -> None:
    contents = edited("tests/plays.toml", "", PLAY.format("sitting", "true"))
    assert written(tmp_path / "marked", contents).startswith("# The Ferry: sitting\n")
    contents = edited("tests/plays.toml", "", PLAY.format("sitting", "false"))
    assert written(tmp_path / "none", contents).startswith("# The Ferry: over the river\n")


@pytest.mark.parametrize("name", ["over the river", "over-the-river"])
def test_a_play_is_found_by_its_name_or_its_files(tmp_path: Path, name: str) -> None:
    assert written(tmp_path, edited("tests/plays.toml", "", PLAY.format("sitting", "true")), name).startswith("# The Ferry: over")


def test_a_play_that_is_not_there_is_told_with_the_one_that_was_meant(tmp_path: Path) -> None:
    with pytest.raises(NoSuchPlay, match=r'^no play of good is called "over the rivr"\. Did you mean "over the river"\?$'):
        written(tmp_path, name="over the rivr")


def test_a_pack_without_plays_is_told_of(tmp_path: Path) -> None:
    contents = good()
    del contents["tests/plays.toml"]
    with pytest.raises(NoSuchPlay, match="good has no plays"):
        written(tmp_path, contents)


def test_all_that_are_marked_are_written_and_what_was_marked_before_is_taken_away(tmp_path: Path) -> None:
    folder, pack = tmp_path / "out", write_folder(tmp_path / "pack", MARKED)
    (path,) = write_all(str(pack), folder)
    assert path.name == "good-over-the-river.md"
    assert path.read_text("utf-8") == write_out(str(pack))
    (folder / "good-an-old-one.md").write_text("old")
    (folder / "other-pack.md").write_text("another pack's")
    write_all(str(pack), folder)
    assert sorted(each.name for each in folder.iterdir()) == ["good-over-the-river.md", "other-pack.md"]


def test_a_file_is_named_in_small_letters_and_hyphens() -> None:
    pack = find_pack(str(GOOD))
    play = pack.tests[0].model_copy(update={"name": "  Élan, & Over--the River!? "})
    assert file_name(replace(pack, id="x"), play) == "x-élan-over-the-river.md"


def test_the_command_prints_one_or_writes_all(tmp_path: Path) -> None:
    pack = str(write_folder(tmp_path / "pack", MARKED))
    assert run(pack, "over-the-river").output == write_out(pack)
    assert run(pack, "--into", str(tmp_path / "out")).output.splitlines() == [str(tmp_path / "out" / "good-over-the-river.md")]


def test_what_cannot_be_written_out_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for words in ([str(GOOD), "nothing"], ["nowhere_at_all"], [str(GOOD), "--into", str(tmp_path / "file")]):
        done = CliRunner().invoke(app, ["transcript", *words], standalone_mode=False)
        assert done.exit_code != 0
        assert len(str(done.exception).splitlines()) == 1
