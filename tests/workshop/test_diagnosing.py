"""One mistake for each code that only `check` looks for, in the good pack: what is said, where, and what is suggested."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from game.packs import Diagnostic
from game.packs.codes import CODES
from game.packs.load import pack_from_bytes
from game.packs.shelf import find_pack
from game.workshop.diagnosing import diagnose, diagnose_path
from game.workshop.survey import survey
from tests.packs.workshop import Mistake, edited, good, line_of, write_folder

FIRST, LAST, LORE = "storylets/first.toml", "storylets/last.toml", "lore.toml"
PLAYS = 200

LONG = "The bell rings once, and again, and nobody on this side of the water says a word of it to anybody else."
SECRET = "She rang the bell herself."
HIDDEN = """
[cellar]
title = "The Cellar"
goal = "They go down."
WHEN
beats = ["It is dry here."]

[[cellar.outcomes]]
id = "up"
text = "Go up"
"""
HARD = """
[gone]
title = "Gone"
goal = "The player walks away."
ending = "gone"
when = "WHEN"
beats = ["The landing is empty."]
"""


def hidden(when: str) -> str:
    return HIDDEN.replace("WHEN", when)


MISTAKES = [
    # what can never be
    Mistake("PACK801", LAST, "courage >= 3", "courage > 9", at="when", says='"over"', advice='"courage" goes from 0 to 3'),
    Mistake("PACK801", LAST, "courage >= 3", "courage < 3 && courage > 2", at="when", advice="from 0 to 3"),
    Mistake("PACK801", LAST, "courage >= 3", "wet && !wet", at="when", advice="It contradicts itself."),
    Mistake("PACK801", LAST, "courage >= 3", "turn > 6", at="when"),
    Mistake("PACK801", LAST, "courage >= 3", "at_raft && at_landing", at="when"),
    Mistake("PACK801", LAST, "courage >= 3", "open_the_bell && closed_the_bell", at="when"),
    Mistake("PACK801", LAST, "courage >= 3", "knows_odile_river_low", at="when", advice="is never true"),
    Mistake("PACK801", LAST, "courage >= 3", "seen_home", at="when"),
    Mistake("PACK801", LAST, "courage >= 3", "!has_lantern && has_lantern", at="when"),
    Mistake("PACK801", FIRST, '"gain lantern"', '"note \\"A lantern.\\""', at='when = "open_the_bell'),
    Mistake(
        "PACK801",
        FIRST,
        "courage < 3 && !wet",
        "!open_the_bell",
        at='when = "!open_the_bell"',
        says='"sit"',
        advice="what holds here",
    ),
    Mistake("PACK801", FIRST, "courage < 3 && !wet", "at_raft", at='when = "at_raft"', says='"sit"'),
    Mistake("PACK801", FIRST, "courage < 3 && !wet", "!present_odile", at='when = "!present_odile"'),
    Mistake("PACK801", FIRST, "courage < 3 && !wet", "turn == 2", at='when = "turn == 2"'),
    Mistake("PACK801", FIRST, 'id = "back"', 'id = "back"\nwhen = "!has_lantern"', at='when = "!has_lantern"'),
    Mistake("PACK802", "grammar.toml", "turn > 2", "turn > 20", at="turn > 20", says='"turn > 20"'),
    Mistake("PACK802", FIRST, '"#water# The bell rings, once."', '{ text = "Rain.", when = "at_raft" }', at="at_raft"),
    Mistake("PACK802", FIRST, '"#water# The bell rings, once."', '{ one_of = ["Rain."], when = "at_raft" }', at="one_of"),
    Mistake("PACK803", FIRST, '"courage = 3", ', '"courage = 3", "courage + 1", ', at="courage = 3"),
    Mistake(
        "PACK803",
        FIRST,
        '"gain lantern"]',
        '"gain lantern", "gain lantern"]',
        at='effects = ["open the_bell"',
        advice="Take it away",
    ),
    Mistake("PACK803", FIRST, '"go landing"', '"go raft"', at="go raft"),
    Mistake("PACK804", FIRST, 'leads_to = "crossing"', 'leads_to = "arrival"', at="leads_to", says='"arrival"'),
    Mistake("PACK804", FIRST, '"courage + 1"]', '"courage + 1", "lose lantern"]', at="leads_to"),
    # what no play came to
    Mistake(
        "PACK811", LAST, "", hidden('act = 2\nwhen = "wet && courage == 1 && turn == 6"'), at="[cellar]", says="200 random plays"
    ),
    Mistake(
        "PACK812",
        FIRST,
        'id = "back"',
        'id = "back"\nwhen = "turn > 5"',
        at='[[crossing.outcomes]]\nid = "back"',
        says="was told in",
    ),
    Mistake("PACK813", "pack.toml", "[[improvise]]", '[endings.gone]\ntitle = "Gone"\n\n[[improvise]]', at="[endings.gone]"),
    Mistake("PACK814", FIRST, '"close the_bell", ', "", at="[threads.the_bell]", where="pack.toml"),
    # what is read
    Mistake("PACK821", "world.md", "", f"\nIt is said of Odile: {SECRET}\n", at="It is said", says="from the start"),
    Mistake("PACK821", "cast.toml", "Few words.", f"Few words. {SECRET}", at='voice = "Few', says="a secret of Odile"),
    Mistake("PACK821", "cast.toml", "To sleep.", f"To sleep. {SECRET}", at="wants"),
    Mistake("PACK821", LORE, "", f'\n[rung]\nalways = true\ntext = "{SECRET}"\n', at=f'text = "{SECRET}"'),
    Mistake("PACK821", LORE, "", f'\n[rung]\nkeys = ["rope"]\ntext = "{SECRET}"\n', at=f'text = "{SECRET}"', says="200 of 200"),
    Mistake("PACK821", "places.toml", "Planks, a post,", f"{SECRET} Planks, a post,", at='description = "She'),
    Mistake("PACK821", FIRST, '"The player asks about the bell."', f'"{SECRET}"', at="hint", says="200 of 200"),
    Mistake("PACK821", FIRST, '"#water# The bell rings, once."', '"It was she who rang the bell, herself."', at="It was she"),
    Mistake("PACK821", "grammar.toml", '"The river goes by."', f'"{SECRET}"', at="water =", advice='"seen_crossing"'),
    Mistake("PACK822", FIRST, '"Not at this hour."', '"Not at this hour, you bastard."', at="bastard", says='"bastard"'),
    Mistake("PACK822", "world.md", "", "\nIt is a shit river.\n", at="It is a shit", says='"general"'),
    Mistake("PACK822", "grammar.toml", '"The rope creaks."', '"The fucking rope creaks."', at="improvise_any"),
    Mistake(
        "PACK823", "templates/scene.j2", "", "Say it well. " * 1200, where="pack.toml", says="takes about", advice="templates"
    ),
    Mistake("PACK823", FIRST, '["The bell rings."]', str([LONG] * 12), at="must_happen", says="must happen"),
    Mistake(
        "PACK823", "world.md", "", "\nThe river has a name, and nobody uses it.\n" * 350, says="4,096 tokens", advice="lore.toml"
    ),
    Mistake(
        "PACK824",
        "pack.toml",
        "[palette]",
        '[type]\ndisplay = "EB Garamand"\n\n[palette]',
        at="display",
        advice='Did you mean "EB Garamond"?',
    ),
]


def found_in(folder: Path, mistake: Mistake) -> tuple[dict[str, bytes], list[Diagnostic]]:
    contents = edited(mistake.file, mistake.old, mistake.new)
    if mistake.code == "PACK813":
        contents[LAST] += HARD.replace("WHEN", "courage == 0 && wet && turn == 1").encode()
    if mistake.code == "PACK814":
        contents[FIRST] += (
            b'\n[[crossing.outcomes]]\nid = "listen"\ntext = "Listen"\nwhen = "turn > 5"\neffects = ["close the_bell"]\n'
        )
    return contents, list(diagnose_path(write_folder(folder, contents), PLAYS))


@pytest.mark.parametrize("mistake", MISTAKES, ids=str)
def test_a_mistake_that_only_check_finds_is_said_with_its_line(tmp_path: Path, mistake: Mistake) -> None:
    contents, found = found_in(tmp_path, mistake)
    where = mistake.where or mistake.file
    same = [item for item in found if item.code == mistake.code]
    assert [item.file for item in same] == [where], [str(item) for item in found]
    assert same[0].line == (line_of(contents, where, mistake.at) if mistake.at else 0), str(same[0])
    assert mistake.says in same[0].message, str(same[0])
    assert mistake.advice in same[0].suggestion, str(same[0])
    assert same[0].severity == CODES[mistake.code][0]
    assert find_pack(str(tmp_path)).id == "good"


def diagnosed(folder: Path, contents: dict[str, bytes], plays: int = PLAYS) -> list[str]:
    """The codes of all that is found."""
    return [item.code for item in diagnose_path(write_folder(folder, contents), plays)]


@pytest.mark.parametrize("world", ["last_keeper", "no_chill"])
def test_a_world_that_ships_has_nothing_wrong_with_it_even_when_it_is_played(world: str) -> None:
    assert [str(item) for item in diagnose(world)] == []


def test_the_good_pack_has_nothing_wrong_with_it_even_when_it_is_played(tmp_path: Path) -> None:
    assert diagnosed(tmp_path, good(), 1000) == []


def test_a_pack_that_cannot_be_played_is_not_played(tmp_path: Path) -> None:
    contents = edited(FIRST, 'place = "raft"', 'place = "rafft"')
    contents["world.md"] = SECRET.encode()
    assert diagnosed(tmp_path, contents) == ["PACK301", "PACK609"]


def test_a_secret_may_be_said_behind_the_scene_that_reveals_it(tmp_path: Path) -> None:
    assert (
        diagnosed(tmp_path / "after", edited(LAST, 'The bell is still moving."]', f'{SECRET} The bell is still moving."]')) == []
    )
    guarded = f'{{ text = "{SECRET}", when = "seen_crossing" }}'
    assert "PACK821" not in diagnosed(tmp_path / "guarded", edited("grammar.toml", '"The rope creaks."', guarded))
    assert "PACK821" in diagnosed(tmp_path / "open", edited("grammar.toml", '"The river goes by."', f'"{SECRET}"'))


def test_what_came_of_a_choice_leaks_only_where_it_is_told_before_the_secret_is(tmp_path: Path) -> None:
    then = edited(FIRST, 'text = "Sit down on the post"', f'text = "Sit down on the post"\nthen = ["{SECRET}"]')
    assert diagnosed(tmp_path / "with", then) == []
    then[FIRST] = then[FIRST].replace(b"open_the_bell && has", b"turn > 2 && open_the_bell && has")
    assert "PACK821" in diagnosed(tmp_path / "before", then)


def test_a_fact_may_say_what_a_secret_says_for_an_effect_makes_it_true(tmp_path: Path) -> None:
    assert diagnosed(tmp_path, edited("pack.toml", 'text = "The river is low."', f'text = "{SECRET}"')) == []


def test_the_counts_say_why_a_storylet_was_never_told(tmp_path: Path) -> None:
    contents = edited(LAST, "", hidden('act = 2\nwhen = "courage == 3 && turn == 1"'))
    (finding,) = [item for item in diagnose_path(write_folder(tmp_path, contents), PLAYS) if item.code == "PACK811"]
    right, holds, both = (int(number.replace(",", "")) for number in re.findall(r"in ([\d,]+) (?:of|its|both)", finding.message))
    assert right > 0
    assert holds == both == 0
    assert finding.suggestion.startswith("Ask for less in its condition")


def rare_ending(when: str) -> dict[str, bytes]:
    contents = edited("pack.toml", "[[improvise]]", '[endings.gone]\ntitle = "Gone"\n\n[[improvise]]')
    contents[LAST] += HARD.replace("WHEN", when).encode()
    return contents


def test_an_ending_that_only_who_goes_for_it_comes_to_is_not_said(tmp_path: Path) -> None:
    once = edited(FIRST, '"go landing", "leave odile"', '"will + 1", "go landing", "leave odile"')[FIRST]
    contents = rare_ending("will >= 1") | {FIRST: once}
    contents["pack.toml"] = contents["pack.toml"].replace(b"wet = {", b"will = { start = 0, max = 1 }\nwet = {")
    assert "gone" not in survey(pack_from_bytes("good", contents), 1).endings
    assert "PACK813" not in diagnosed(tmp_path, contents, 1)


def test_an_ending_that_a_play_of_the_pack_comes_to_is_not_said(tmp_path: Path) -> None:
    contents = rare_ending("courage == 0 && wet && turn == 1")
    assert "PACK813" in diagnosed(tmp_path / "without", contents)
    contents["tests/plays.toml"] += b'\n[[play]]\nname = "away"\nexpect = { ending = "gone" }\n'
    assert "PACK813" not in diagnosed(tmp_path / "with", contents)


def test_of_what_is_proved_impossible_no_counts_are_given(tmp_path: Path) -> None:
    contents = edited(LAST, "", hidden('when = "courage > 9"'))
    assert [code for code in diagnosed(tmp_path, contents) if code.startswith("PACK8")] == ["PACK801"]


def test_the_first_of_outcomes_that_all_ask_for_something_may_come_without_what_it_asks_for(tmp_path: Path) -> None:
    asked = edited(FIRST, 'id = "pull"', 'id = "pull"\nwhen = "courage == 3"')
    asked[FIRST] = asked[FIRST].replace(b'id = "back"', b'id = "back"\nwhen = "courage == 3"')
    assert "PACK803" not in diagnosed(tmp_path / "effect", asked)
    never = {FIRST: asked[FIRST].replace(b"courage == 3", b"courage > 3", 1)}
    (said,) = [item for item in diagnose_path(write_folder(tmp_path / "never", asked | never), PLAYS) if item.code == "PACK801"]
    assert "can never be on offer but where nothing else is" in said.message


@pytest.mark.parametrize(
    "when",
    [
        "courage / (courage - courage) > 1 || courage > 0",
        "turn > 1 && turn * turn < 37",
        "has_lantern ? courage > 0 : wet",
        "fact_river_low || act == 2 || closed_the_bell",
    ],
)
def test_a_condition_that_some_state_fulfils_is_never_said_to_be_impossible(tmp_path: Path, when: str) -> None:
    assert "PACK801" not in diagnosed(tmp_path, edited(LAST, "seen_crossing && courage >= 3", when))


def test_the_command_prints_the_findings_as_json_and_exits_with_one_for_an_error(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, edited(LAST, "courage >= 3", "courage > 9"))
    ran = subprocess.run(
        [sys.executable, "-m", "game", "check", str(folder), "--json"], capture_output=True, text=True, check=False
    )
    rows = [json.loads(line) for line in ran.stdout.splitlines()]
    assert ran.returncode == 1
    assert {row["code"] for row in rows} == {"PACK801"}
    assert rows[0].keys() == {"code", "severity", "file", "line", "message", "suggestion"}


def test_the_command_exits_with_zero_when_there_are_only_warnings(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, edited("world.md", "", f" {SECRET}"))
    ran = subprocess.run([sys.executable, "-m", "game", "check", str(folder)], capture_output=True, text=True, check=False)
    assert ran.returncode == 0
    assert "PACK821" in ran.stdout
