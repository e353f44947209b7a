"""Templates: what they can do, what they may not, and how far they may go."""

from pathlib import Path

import pytest

from game.packs.checks.wording import GIVEN
from game.packs.templates import MAX_OUTPUT, MAX_SOURCE, TemplateError, TemplateRefused, names_in, render

DOCS = Path(__file__).parents[2] / "docs" / "pack-format.md"

REFUSED = [
    "{{ 1 + 1 }}",
    "{{ 'a' * 1000 }}",
    "{{ 10 ** 10 }}",
    "{{ -turn }}",
    "{{ a ~ b }}",
    "{{ range(9) }}",
    "{{ title() }}",
    "{{ title.upper() }}",
    "{{ title | upper }}",
    "{{ title is defined }}",
    "{{ title.__class__ }}",
    "{{ title['__class__'] | attr('x') }}",
    "{{ _budget }}",
    "{{ [1, 2] }}",
    "{{ {'a': 1} }}",
    "{% for n in [1, 2] %}{% endfor %}",
    "{% for n in 'abc' %}{% endfor %}",
    "{% for n in range(9) %}{% endfor %}",
    "{% for n in cast recursive %}{{ loop(n) }}{% endfor %}",
    "{% for a in cast %}" * 4 + "{% endfor %}" * 4,
    "{% macro m() %}{% endmacro %}",
    "{% set x = 1 %}",
    "{% include 'system' %}",
    "{% import 'system' as s %}",
    "{% from 'system' import s %}",
    "{% extends 'system' %}",
    "{% block b %}{% endblock %}",
    "{% filter upper %}{% endfilter %}",
    "{% with x = 1 %}{% endwith %}",
    "{% call m() %}{% endcall %}",
    "{{ title" + ".a" * 500 + " }}",
    "{% if " + " or ".join(["title"] * 500) + " %}{% endif %}",
]


@pytest.mark.parametrize("source", REFUSED, ids=lambda source: source[:40])
def test_a_template_may_not(source: str) -> None:
    with pytest.raises(TemplateRefused):
        names_in(source)
    with pytest.raises(TemplateRefused):
        render(source, {"title": "T", "cast": []})


@pytest.mark.parametrize(
    "source", ["{{ title", "{% if %}", "{% for x in %}", "{% endfor %}", "{{ " + "(" * 9000, "a" * (MAX_SOURCE + 1)]
)
def test_what_is_no_template_is_said_so(source: str) -> None:
    with pytest.raises(TemplateError) as caught:
        render(source, {})
    assert not isinstance(caught.value, TemplateRefused)


def test_variables_conditions_and_loops_are_filled_in() -> None:
    source = "{% for one in cast %}{{ loop.index }}:{{ one.name }}{% if not loop.last %}, {% endif %}{% endfor %}"
    source += "{% if lore %}!{% else %}?{% endif %}"
    assert render(source, {"cast": [{"name": "A"}, {"name": "B"}], "lore": ()}) == "1:A, 2:B?"


def test_comparisons_and_choices_between_texts_are_filled_in() -> None:
    source = "{{ 'late' if turn > 5 and not ending else 'early' }}{% if 'bell' in goal %} bell{% endif %}"
    assert render(source, {"turn": 6, "ending": "", "goal": "the bell rings"}) == "late bell"


def test_what_is_not_given_is_empty() -> None:
    assert render("[{{ nothing }}{{ nothing.at.all }}{% for x in nothing %}x{% endfor %}]", {}) == "[]"


def test_a_text_that_looks_like_a_template_stays_text() -> None:
    assert render("{{ title }}", {"title": "{{ 7 }} <b> {% if %}"}) == "{{ 7 }} <b> {% if %}"


def test_no_attribute_of_a_value_can_be_read() -> None:
    values = {"title": "T", "cast": [1], "player": {"name": "A"}}
    assert render("{{ title.upper }}{{ cast.append }}{{ player.keys }}{{ player.items }}", values) == ""


def test_a_loop_goes_over_no_text_and_no_table() -> None:
    assert (
        render("{% for x in title %}x{% endfor %}{% for x in player %}x{% endfor %}", {"title": "abc", "player": {"a": 1}}) == ""
    )


def test_a_list_has_no_text_of_its_own() -> None:
    with pytest.raises(TemplateError, match="only a text or a number"):
        render("{{ cast }}", {"cast": ["a"]})


@pytest.mark.parametrize("condition", ["title > 1", "1 > nothing", "title in turn"])
def test_a_comparison_that_cannot_be_made_is_an_error_and_no_crash(condition: str) -> None:
    with pytest.raises(TemplateError):
        render(f"{{% if {condition} %}}{{% endif %}}", {"title": "T", "turn": 1})


def test_what_comes_out_is_cut_at_the_bound_and_stays_utf8() -> None:
    out = render("{% for x in xs %}{{ text }}{% endfor %}", {"xs": ["x"] * 3000, "text": "é" * 101})
    assert MAX_OUTPUT - 2 < len(out.encode()) <= MAX_OUTPUT
    assert set(out) == {"é"}


def test_loops_that_print_nothing_come_to_an_end() -> None:
    source = "{% for a in xs %}{% for b in xs %}{% for c in xs %}{% endfor %}{% endfor %}{% endfor %}"
    with pytest.raises(TemplateError, match="loops"):
        render(source, {"xs": ["x"] * 400})


def test_the_names_that_are_read_have_their_lines() -> None:
    source = "{{ title }}\n{% for x in cast %}{{ x.name }}{{ loop.index }}{% endfor %}\n{{ title }}{{ turn }}"
    assert names_in(source) == {"title": 1, "cast": 2, "turn": 3}


@pytest.mark.parametrize("name", GIVEN)
def test_the_reference_lists_what_a_template_is_given(name: str) -> None:
    row = next(line for line in DOCS.read_text("utf-8").splitlines() if line.startswith(f"| `{name}` | "))
    own = GIVEN[name].keys() - (GIVEN["scene"].keys() if name == "tail" else set())
    assert all(f"`{key}`" in row for key in own)


@pytest.mark.parametrize("name", ["system", "scene", "tail"])
def test_the_default_template_reads_nothing_that_it_is_not_given(name: str) -> None:
    path = Path(__file__).parents[2] / "game" / "narrator" / "templates" / f"{name}.j2"
    source = path.read_text("utf-8")
    assert names_in(source).keys() <= GIVEN[name].keys()
    assert render(source, GIVEN[name]).strip()
