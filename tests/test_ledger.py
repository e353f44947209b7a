"""The ledger: a state in the author's words, and who knows what of it."""

from dataclasses import replace

import pytest

from game.ledger import ledger_lines, ledger_of, left_open
from game.packs import Pack
from game.story import Effect, StoryState, apply
from tests.packs.workshop import edited, examined

KEY = '[facts.key_hidden]\nsubject = "key"\npredicate = "is"\nobject = "hidden"\ntext = "The key is under the post."\n'
SECOND = "\n[bert]\n" + 'name = "Bert"\nvoice = "Slow."\nwants = "Tea."\nconsent = "Nobody."\nlook = { age = "old" }\n'


@pytest.fixture(scope="module")
def ferry() -> Pack:
    contents = edited("pack.toml", "[endings.stay]", KEY + "\n[endings.stay]")
    contents["cast.toml"] = contents["cast.toml"].replace(b'wants = "To sleep."', b'wants = "To sleep."\nknows = ["river_low"]')
    contents["cast.toml"] += SECOND.encode()
    pack, found = examined(contents)
    assert pack is not None, found
    return pack


def after(pack: Pack, *effects: Effect) -> StoryState:
    return apply(pack.initial, effects, pack.declared)[0]


def test_everything_in_it_is_in_the_authors_words(ferry: Pack) -> None:
    state = after(
        ferry, Effect("fact", "river_low"), Effect("gain", "lantern"), Effect("open", "the_bell"), Effect("note", "It rained.")
    )
    ledger = ledger_of(ferry, state)
    assert ledger.facts == ("The river is low.",)
    assert ledger.items == (("a lantern", ""),)
    assert (ledger.open, ledger.closed) == (("Who rings on the far side?",), ())
    assert ledger.known == (("Odile", ("The river is low.",)),)
    assert ledger.notes == ("It rained.",)


def test_a_thread_that_was_closed_stands_among_the_closed(ferry: Pack) -> None:
    ledger = ledger_of(ferry, after(ferry, Effect("open", "the_bell"), Effect("close", "the_bell")))
    assert (ledger.open, ledger.closed) == ((), ("Who rings on the far side?",))


def test_nobody_knows_what_is_not_true(ferry: Pack) -> None:
    assert ledger_of(ferry, after(ferry, Effect("tell", "odile key_hidden"))).known == ()


def test_a_brief_says_of_those_present_what_they_know_and_what_they_do_not(ferry: Pack) -> None:
    facts = [
        Effect("fact", "river_low"),
        Effect("fact", "key_hidden"),
        Effect("tell", "bert key_hidden"),
        Effect("enter", "bert"),
    ]
    lines = ledger_lines(ferry, after(ferry, *facts))
    assert "Odile knows: The river is low." in lines
    assert "Odile does not know: The key is under the post." in lines
    assert "Bert knows: The key is under the post." in lines
    assert "Bert does not know: The river is low." in lines


def test_a_brief_says_nothing_of_what_those_who_are_away_know(ferry: Pack) -> None:
    lines = ledger_lines(ferry, after(ferry, Effect("fact", "river_low"), Effect("leave", "odile")))
    assert lines == ("The river is low.",)


def test_the_bundled_packs_stranger_learns_late_what_its_islanders_know(pack: Pack) -> None:
    secret = pack.declared.facts["keeper_is_esther"].text
    state, _ = apply(pack.initial, [Effect("fact", "keeper_is_esther"), Effect("enter", "ambler")], pack.declared)
    lines = ledger_lines(pack, state)
    assert any(line.startswith("Maren Dace knows:") and secret in line for line in lines)
    assert any(line.startswith("Lucan Ambler does not know:") and secret in line for line in lines)
    state, _ = apply(state, [Effect("tell", "ambler keeper_is_esther")], pack.declared)
    assert not any("does not know" in line for line in ledger_lines(pack, state))


def test_what_nobody_was_told_is_nobodys_ignorance(ferry: Pack) -> None:
    lines = ledger_lines(ferry, after(ferry, Effect("fact", "key_hidden"), Effect("enter", "bert")))
    assert lines == ("The key is under the post.",)


def test_an_ending_leaves_open_what_it_does_not_take_up_itself(pack: Pack) -> None:
    state = replace(pack.initial, threads={"tenth_grave": 2, "vacancy": 1, "the_letter": 1})
    assert left_open(pack, state, "ending_named") == ("vacancy",)
    assert left_open(pack, state, "ending_gone") == ("tenth_grave",)
    assert left_open(pack, state, "of an older pack") == ("the_letter", "vacancy", "tenth_grave")


def test_what_a_pack_no_longer_declares_is_left_out(ferry: Pack) -> None:
    old = replace(
        ferry.initial,
        facts=frozenset(["gone"]),
        items=frozenset(["gone"]),
        threads={"gone": 1},
        closed=frozenset(["gone"]),
        present=frozenset(["gone"]),
        known={"gone": frozenset(["gone"]), "odile": frozenset(["gone"])},
    )
    assert ledger_lines(ferry, old) == ()
    assert ledger_of(ferry, old).known == ()
