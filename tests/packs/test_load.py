"""A pack, loaded: what an author wrote comes out as what the engine works with."""

import pytest

from game.packs import Pack
from game.packs.load import pack_from_bytes
from game.story import Bounds, Effect
from tests.packs.workshop import good


@pytest.fixture(scope="module")
def ferry() -> Pack:
    return pack_from_bytes("good", good())


def test_the_head_is_there(ferry: Pack) -> None:
    assert (ferry.id, ferry.title, ferry.version, ferry.acts, ferry.scenes) == ("good", "The Ferry", "1.0.0", 2, (2, 6))
    assert ferry.default_ending == "stay"


def test_the_story_starts_as_the_pack_says(ferry: Pack) -> None:
    assert ferry.initial.place == "landing"
    assert ferry.initial.present == {"odile"}
    assert ferry.initial.variables == {"courage": 1, "wet": False}
    assert (ferry.initial.turn, ferry.initial.act) == (0, 1)


def test_variables_have_their_bounds(ferry: Pack) -> None:
    assert ferry.declared.variables == {"courage": Bounds(0, 3, 2), "wet": None}


def test_a_bare_text_is_a_beat_of_narration(ferry: Pack) -> None:
    narration, line = ferry.storylets["arrival"].beats
    assert (narration.texts, narration.speaker) == (("#water# The bell rings, once.",), None)
    assert (line.texts, line.speaker, line.expression) == (("Not at this hour.", "It can ring."), "odile", "tired")


def test_an_outcome_has_its_effects_and_its_text_for_a_hint_if_it_has_none(ferry: Pack) -> None:
    ask, sit = ferry.storylets["arrival"].outcomes
    assert ask.effects == (Effect("add", "courage", 1),)
    assert (ask.hint, ask.leads_to) == ("The player asks about the bell.", "crossing")
    assert (sit.hint, sit.when and sit.when.names) == (sit.text, {"courage", "wet"})


def test_a_storylet_knows_the_secrets_it_reveals(ferry: Pack) -> None:
    assert ferry.storylets["crossing"].reveals == ("She rang the bell herself.",)
    assert ferry.storylets["arrival"].reveals == ()


def test_a_single_act_and_no_act_are_sets(ferry: Pack) -> None:
    assert ferry.storylets["arrival"].acts == {1}
    assert ferry.storylets["crossing"].acts == frozenset()


def test_templates_are_known_by_their_names(ferry: Pack) -> None:
    assert ferry.templates.keys() == {"scene"}


def test_its_own_plays_are_read(ferry: Pack) -> None:
    (play,) = ferry.tests
    assert (play.name, play.seed, play.choices) == ("over the river", 1, ["ask", "pull"])
    assert play.expect.ending == "cross"
    assert play.expect.state == {"courage": 3, "has_lantern": True}
    assert play.expect.text == ["The bell is still moving."]


def test_the_same_files_in_another_order_have_the_same_hash(ferry: Pack) -> None:
    assert pack_from_bytes("good", dict(reversed(good().items()))).hash == ferry.hash


def test_files_that_did_not_change_are_not_made_into_a_pack_again() -> None:
    assert pack_from_bytes("good", good()) is pack_from_bytes("good", good())
    changed = good() | {"world.md": b"Another river."}
    assert pack_from_bytes("good", changed).world == "Another river."
    assert pack_from_bytes("good", good()).world != "Another river."
