"""Refusals in prose: told from prose, and from replies in which somebody is sorry."""

import pytest

from game.clients.refusal import declines

REFUSALS = (
    "I'm sorry, but I can't help with that.",
    "I’m sorry, I can’t assist with that request.",
    "Sorry, I cannot continue this story.",
    "I apologize, but I am unable to write this scene.",
    "As an AI language model, I cannot create violent content.",
    "Unfortunately, I won't be able to do that.",
    "I can't help with that.",
    "I cannot fulfil this request.",
    "Es tut mir leid, aber dabei kann ich nicht helfen.",
    "Je suis désolé, je ne peux pas vous aider.",
    "Lo siento, pero no puedo ayudar con eso.",
)
NO_REFUSALS = (
    "",
    "Unfortunately the lamp will not light, and the sea does not wait for it.",
    "Sorry is not a word that Maren uses; the keeper cannot remember hearing it.",
    "Here is the scene you asked for.",
    "I'm sorry, I can't say much, but here: {\"beats\":[]}",
    '{"beats":[{"s":"narrator","t":"I\'m sorry, I can\'t help with that."}]}',
)


@pytest.mark.parametrize("text", REFUSALS)
def test_a_refusal_is_known_by_its_first_words(text: str) -> None:
    assert declines(text, prose=False)


@pytest.mark.parametrize("text", NO_REFUSALS)
def test_what_is_none_is_let_pass(text: str) -> None:
    assert not declines(text, prose=False)


def test_in_prose_somebody_may_be_unable_to_help() -> None:
    assert not declines("I can't help Maren with the boat, and tell her so.", prose=True)
    assert declines("I'm sorry, but I can't summarise this.", prose=True)
