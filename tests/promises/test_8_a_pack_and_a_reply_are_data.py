"""8. A pack, a save and a reply are data: nothing in them runs beyond conditions and templates, and both are bounded."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.director import Director, Step
from game.narrator import Prompter, profile_for
from game.narrator.inert import inert
from game.packs import Pack, PackError
from game.packs.shelf import find_pack
from game.packs.templates import TemplateError, render
from game.story import Brief, ConditionError, Shape, compile_condition
from tests.playing import play_to_the_end
from tests.scripted import ScriptedClient, reply


@pytest.mark.parametrize(
    "text",
    [
        "[1, 2, 3].all(x, x > 0)",
        "has(state.secret)",
        'size("aaaa") > 1',
        "matches(place, '.*')",
        "state.trust > 1",
        "trust[0] == 1",
        "__import__('os')",
        "trust == 1 || " * 40 + "true",
    ],
)
def test_a_condition_has_no_macros_calls_fields_and_an_end(text: str) -> None:
    with pytest.raises(ConditionError):
        compile_condition(text)


@pytest.mark.parametrize(
    "source",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ world.__init__.__globals__ }}",
        "{% for n in range(10 ** 9) %}x{% endfor %}",
        "{{ 9 ** 99999 }}",
        "{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{{ cycler('a') }}",
        "{{ lipsum() }}",
        "{{ 'x' * 100000000 }}",
    ],
)
def test_a_template_reaches_nothing_and_grows_no_further_than_its_bound(source: str) -> None:
    with pytest.raises(TemplateError):
        render(source, {"world": "a world"})


def test_a_template_that_repeats_what_it_is_given_is_cut() -> None:
    lines = ["a line that goes on and on"] * 500
    source = "{% for a in lines %}{% for b in lines %}{{ a }}{{ b }}{% endfor %}{% endfor %}"
    assert len(render(source, {"lines": lines}).encode()) <= 65_536


@pytest.mark.parametrize("name", ["../escape.toml", "/etc/passwd", "storylets/../../x.toml", "C:\\x.toml"])
def test_a_zip_cannot_write_or_read_outside_itself(name: str, tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("pack.toml", "id = 'x'")
        archive.writestr(name, "out of bounds")
    (tmp_path / "evil.zip").write_bytes(data.getvalue())
    with pytest.raises(PackError):
        find_pack(str(tmp_path / "evil.zip"))
    assert [path.name for path in tmp_path.iterdir()] == ["evil.zip"]


def test_a_reply_that_looks_like_a_template_or_a_condition_stays_text(pack: Pack) -> None:
    text = reply(
        ("narrator", "The sign says (( 7 + 42 )) and nothing else tonight."),
        ("narrator", "Below it hangs #player# in chalk, half rubbed out by the rain."),
        ("narrator", "A hand has added trust == 5 and crossed it out again."),
    )
    played = play_to_the_end(pack, ScriptedClient([[text]]), limit=1)
    texts = [beat.text for beat in played.scenes[0].beats]
    assert "The sign says (( 7 + 42 )) and nothing else tonight." in texts
    assert not any("49" in text for text in texts)


@given(st.text(max_size=60))
def test_what_a_player_is_called_is_data_in_a_prompt(name: str) -> None:
    pack = find_pack("bench/endless")
    player = replace(pack.player, name=name)
    system = (
        Prompter(pack, player).scene(_brief(pack), lambda n: (), profile_for(8192), Shape("openai/m", 8192, 340), None)[0].content
    )
    assert inert(name) in system
    assert system.count("</name>") <= 1


def _brief(pack: Pack) -> Brief:
    return Director(pack).plan("k", 1, pack.initial, Step(), pack.player).brief
