"""How an author writes an effect: one word each, and what it acts on.

trust + 1      trust = 3      lamp_lit = true      gain brass_key      lose brass_key      go gallery
enter maren    leave maren    open who_lit_it      close who_lit_it    fact keeper_dead    act 2
tell maren keeper_dead        note "The dog would not come in."
"""

import re
from collections.abc import Callable
from typing import cast

from game.story.effect import Effect, EffectKind
from game.story.effects import EffectError
from game.story.state import Value


def _value(word: str) -> Value:
    return word == "true" if word in ("true", "false") else int(word)


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Effect]], ...] = (
    (re.compile(r'note\s+"([^"]{1,200})"'), lambda found: Effect("note", found[1])),
    (re.compile(r"([a-z][a-z0-9_]*)\s*=\s*(true|false|-?\d{1,9})"), lambda found: Effect("set", found[1], _value(found[2]))),
    (re.compile(r"([a-z][a-z0-9_]*)\s*([+-])\s*(\d{1,9})"), lambda found: Effect("add", found[1], int(found[2] + found[3]))),
    (re.compile(r"act\s+(\d{1,9})"), lambda found: Effect("act", "", int(found[1]))),
    (re.compile(r"tell\s+([a-z0-9_]+)\s+([a-z0-9_]+)"), lambda found: Effect("tell", f"{found[1]} {found[2]}")),
    (
        re.compile(r"(gain|lose|go|enter|leave|open|close|fact)\s+([a-z0-9_]+)"),
        lambda found: Effect(cast(EffectKind, found[1]), found[2]),
    ),
)
"""How an author may write an effect, and what each form means."""


def parse_effect(text: str) -> Effect:
    """An author's effect, read.

    Raises:
        EffectError: it is in none of the forms above.
    """
    text = text.strip()
    for form, effect in _FORMS:
        if found := form.fullmatch(text):
            return effect(found)
    raise EffectError(f'"{text}" is not an effect; write for example "trust + 1", "gain lamp" or "go gallery"')
