"""Playing without a screen."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from game.headless import Run, play
from game.packs import load_pack
from game.session import Begin, Library, Session
from tests.conftest import REPOSITORY


def run(begin: Begin, source: str = "", **options: object) -> tuple[int, list[dict], str]:
    """Exit code, JSON lines, standard error."""
    session, out, err = Session(Library(), threaded=False), io.StringIO(), io.StringIO()
    try:
        code = play(Run(begin, **options), session, out, err, io.StringIO(source))
    finally:
        session.close()
    return code, [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue()


def command(*words: str, seed: str = "0") -> subprocess.CompletedProcess[str]:
    """The real command line, in a process of its own."""
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(REPOSITORY)}
    return subprocess.run(
        [sys.executable, "-m", "game", *words], capture_output=True, text=True, env=environment, cwd=REPOSITORY, check=False
    )


def test_a_random_bot_plays_to_an_ending() -> None:
    code, rows, err = run(Begin("last_keeper", seed=7), bot="random")
    assert code == 0
    assert err == ""
    assert rows[-1]["reason"] == "ending"
    assert rows[-1]["ending"] == rows[-2]["ending"]
    assert rows[-1]["scenes"] == sum(row["event"] == "scene" for row in rows)


def test_each_line_has_its_keys() -> None:
    _, rows, _ = run(Begin("last_keeper", seed=7), bot="first")
    assert list(rows[0]) == ["event", "pack", "pack_hash", "client", "model", "seed"]
    scene = rows[1]
    wanted = ["event", "turn", "id", "title", "place", "beats", "choices", "ending", "state", "writer", "repairs", "fallback"]
    assert [key for key in scene if key in wanted] == wanted
    assert {tuple(beat) for row in rows if row["event"] == "scene" for beat in row["beats"]} == {
        ("kind", "text", "source"),
        ("kind", "speaker", "expression", "text", "source"),
    }
    assert list(scene["choices"][0]) == ["slot", "outcome", "text", "source"]
    assert rows[2] == {"event": "choice", "turn": 1, "index": 0, "slot": "a"}
    assert list(rows[-1]) == ["event", "reason", "ending", "scenes", "state_hash"]


def test_two_runs_print_the_same_bytes_whatever_the_hash_seed() -> None:
    words = ("play", "--headless", "--json", "--pack", "last_keeper", "--seed", "7", "--bot", "random")
    first, second = command(*words, seed="1"), command(*words, seed="2")
    assert first.returncode == 0
    assert first.stdout == second.stdout
    assert first.stdout.count("\n") > 10
    assert str(REPOSITORY) not in first.stdout


def test_choices_are_taken_in_order_and_then_run_out() -> None:
    code, rows, _ = run(Begin("last_keeper", seed=7), choices=(0, 1))
    assert code == 0
    assert [row["index"] for row in rows if row["event"] == "choice"] == [0, 1]
    assert rows[-1]["reason"] == "out_of_choices"
    assert rows[-1]["scenes"] == 3


def test_without_choices_or_bot_they_are_read_from_standard_input() -> None:
    _, rows, _ = run(Begin("last_keeper", seed=7), source="1\n\n0\n")
    assert [row["index"] for row in rows if row["event"] == "choice"] == [1, 0]


def test_it_stops_after_so_many_scenes() -> None:
    _, rows, _ = run(Begin("last_keeper", seed=7), bot="first", max_scenes=3)
    assert (rows[-1]["reason"], rows[-1]["scenes"]) == ("max_scenes", 3)


def test_a_choice_that_is_not_on_offer_is_one_line_and_exit_1() -> None:
    code, _, err = run(Begin("last_keeper", seed=7), source="0\n7\n")
    assert code == 1
    assert "choice 7 at scene 2 is not on offer" in err
    assert err.count("\n") == 1


def test_what_is_no_number_is_one_line_and_exit_1() -> None:
    code, _, err = run(Begin("last_keeper", seed=7), source="left\n")
    assert code == 1
    assert '"left" is not a choice' in err


def test_a_journal_is_continued_with_its_current_scene_first(tmp_path: Path) -> None:
    path = tmp_path / "one.journal"
    _, first, _ = run(Begin("last_keeper", seed=7, journal=path), choices=(0, 1))
    _, second, _ = run(Begin("last_keeper", seed=7, journal=path), bot="random")
    assert second[1] == first[-2] | {"recalled": True}
    whole = [row for row in first if row["event"] == "scene"] + [row for row in second if row["event"] == "scene"][1:]
    indices = tuple(row["index"] for row in first + second if row["event"] == "choice")
    _, uninterrupted, _ = run(Begin("last_keeper", seed=7), choices=indices)
    assert whole == [row for row in uninterrupted if row["event"] == "scene"]


def plain(*words: str) -> str:
    """What a run without --json prints, of the first scenes with seed 7."""
    return command("play", "--headless", "--pack", "last_keeper", "--seed", "7", *words).stdout


def test_plain_text_has_names_and_no_ids() -> None:
    text = plain("--choices", "0,1")
    assert text.startswith("The Last Keeper, seed 7\n\n## The Landing\n")
    assert "\nMaren Dace: " in text
    assert "\n> Ask what kind of man tucks in his laces before he drowns\n" in text
    assert "maren:" not in text


def test_plain_text_names_the_ending() -> None:
    last = plain("--bot", "first").splitlines()[-1]
    assert last in [f"[ending] {ending.title}" for ending in load_pack(REPOSITORY / "prompts" / "last_keeper").endings.values()]


def test_a_run_that_its_file_did_not_take_to_the_end_has_failed(tmp_path: Path) -> None:
    """The limit on the size of files stands in for a full disk: SQLite meets the same error."""
    limited = (
        "import resource, signal, sys\n"
        "from game.cli import main\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, resource.RLIM_INFINITY))\n"
        "main()\n"
    )
    words = ["play", "--headless", "--json", "--seed", "7", "--bot", "first", "--journal", str(tmp_path / "one.journal")]
    done = subprocess.run([sys.executable, "-c", limited, *words], capture_output=True, text=True, cwd=REPOSITORY, check=False)
    assert json.loads(done.stdout.splitlines()[-1])["reason"] == "ending", done.stderr
    assert done.returncode == 1
    assert "what comes now is not kept" in done.stderr


def events(rows: list[dict]) -> list[str]:
    """What happened, after the start."""
    return [row["event"] for row in rows[1:]]


def test_a_word_leads_back_to_the_scene_that_was_told() -> None:
    _, rows, _ = run(Begin("last_keeper", seed=7), source="0\n1\nback 2\n")
    first, move, again = rows[1], rows[-3], rows[-2]
    assert move == {"event": "move", "turn": 1, "id": first["id"], "by": "back"}
    assert again == first | {"recalled": True, "told": ["a"], "forward": "a"}


def test_forward_leads_where_one_came_from() -> None:
    _, rows, _ = run(Begin("last_keeper", seed=7), source="0\n1\nback 2\nforward 2\n")
    third = [row for row in rows if row["event"] == "scene"][2]
    assert rows[-2] == third | {"recalled": True}
    assert rows[-1]["state_hash"] == run(Begin("last_keeper", seed=7), choices=(0, 1))[1][-1]["state_hash"]


def test_the_same_choice_again_reads_the_stored_scene_and_another_forks() -> None:
    _, rows, _ = run(Begin("last_keeper", seed=7), source="0\nback\n0\nback\n1\n")
    scenes = [row for row in rows if row["event"] == "scene"]
    assert scenes[3] == scenes[1] | {"recalled": True}
    assert "recalled" not in scenes[-1]
    assert scenes[-1]["id"] != scenes[1]["id"]


def test_a_scene_is_told_again_and_flipped() -> None:
    _, rows, _ = run(Begin("last_keeper", seed=7), source="again\nflip\n")
    again, flipped = rows[3], rows[5]
    assert [(row["event"], row.get("by")) for row in rows[2:6:2]] == [("move", "again"), ("move", "flip")]
    assert [(row["telling"], row["tellings"], row.get("recalled")) for row in (again, flipped)] == [(1, 2, None), (0, 2, True)]
    assert again["state"] == flipped["state"]


def test_the_offline_storyteller_cannot_be_told_how() -> None:
    _, rows, _ = run(Begin("last_keeper", seed=7), source="again less grim\n")
    assert [row["code"] for row in rows if row["event"] == "notice"] == ["no_steer"]
    assert events(rows)[-1] == "end"


def test_an_edit_is_a_row_and_holds() -> None:
    _, rows, _ = run(Begin("last_keeper", seed=7), source="edit 1 Rain.\n0\nback\n")
    assert rows[2]["beat"] | {"source": None} == {"kind": "narration", "text": "Rain.", "source": None}
    assert (rows[2]["event"], rows[2]["id"], rows[2]["index"]) == ("edit", rows[1]["id"], 0)
    assert rows[-2]["beats"][0] == rows[2]["beat"]


def test_what_is_kept_is_a_row_without_a_time() -> None:
    _, rows, _ = run(Begin("last_keeper", seed=7), source="keep 3 the letter\n0\ngo 3\n")
    marks = [row for row in rows if row["event"] == "marks"]
    assert marks == [
        {
            "event": "marks",
            "marks": [
                {"name": "the letter", "slot": "3", "scene": rows[1]["id"]}
                | {"turn": 1, "title": "The Landing", "place": "jetty", "ended": False}
            ],
        }
    ]
    assert rows[-2]["id"] == rows[1]["id"]


def test_the_map_is_a_row_with_the_keys_of_the_command() -> None:
    _, rows, _ = run(Begin("last_keeper", seed=7), source="0\nback\nmap\n")
    scenes = [row["id"] for row in rows if row["event"] == "scene"]
    drawn = rows[-2]
    assert list(drawn) == ["event", "title", "head", "line", "nodes", "edges", "marks", "endings"]
    assert (drawn["event"], drawn["head"], drawn["line"]) == ("map", scenes[0], scenes[:2])
    assert drawn["edges"] == [{"from": scenes[0], "to": scenes[1], "slot": "a"}]


def test_what_cannot_be_done_is_a_row_and_play_goes_on() -> None:
    code, rows, err = run(Begin("last_keeper", seed=7), source="forward\nback\nflip\ngo nowhere\n0\n")
    assert (code, err) == (0, "")
    codes = ["nothing_ahead", "first_scene", "no_other_telling", "no_such_scene"]
    assert [row["code"] for row in rows if row["event"] == "notice"] == codes
    assert events(rows)[-3:] == ["choice", "scene", "end"]


def test_a_word_that_says_too_little_is_one_line_and_exit_1() -> None:
    code, _, err = run(Begin("last_keeper", seed=7), source="edit\n")
    assert code == 1
    assert err == 'unwritten: "edit" says too little or too much; write edit N [TEXT]\n'


def test_after_an_ending_a_word_leads_on_and_a_number_does_not() -> None:
    _, rows, _ = run(Begin("last_keeper", seed=7), source="0\n" * 30)
    assert rows[-1]["reason"] == "ending"
    count = sum(row["event"] == "choice" for row in rows)
    _, more, _ = run(Begin("last_keeper", seed=7), source="0\n" * count + "back\n")
    assert more[: len(rows)] == rows
    assert events(more)[-3:] == ["move", "scene", "end"]
    assert (more[-1]["reason"], more[-1]["ending"]) == ("out_of_choices", None)


def test_words_are_read_by_the_human_reader_too() -> None:
    session, out = Session(Library(), threaded=False), io.StringIO()
    source = io.StringIO("edit 1 Rain.\nkeep here\n0\nback\nback\nmap\n")
    play(Run(Begin("last_keeper", seed=7), as_json=False), session, out, io.StringIO(), source)
    session.close()
    text = out.getvalue()
    assert "\nRain.\n\n[here: The Landing, scene 1]\n" in text
    assert "\n[back: scene 1]\n" in text
    assert "\n· 0. " in text
    assert "\n[This is the first scene.]\n" in text
    assert "The Last Keeper: 2 scenes" in text
    assert text.rstrip().endswith("[out_of_choices]")


@pytest.mark.parametrize("seed", range(0, 200, 1))
def test_every_seed_ends(seed: int) -> None:
    code, rows, err = run(Begin("last_keeper", seed=seed), bot="random")
    assert (code, rows[-1]["reason"], err) == (0, "ending", "")
