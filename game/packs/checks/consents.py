"""That for every face and voice somebody has said whose it is, and that they agreed."""

import re

from game.packs.compile import PackFiles
from game.packs.findings import Findings
from game.packs.shape import WHY_CONSENT

_PLACEHOLDER = re.compile(
    r"\W+"
    r"|\W*(?:n/?a|none|nil|nothing|yes|no|ok(?:ay)?|consent|consented|later|pending|placeholder|xxx+|unsure)\W*"
    r"|\W*(?:to ?do|tb[acd]|fixme|unknown|unclear|unstated|not (?:stated|given|known|asked|sure|yet)|(?:to|will) be)\b.{0,40}",
    re.IGNORECASE | re.DOTALL,
)
"""What is written where something will be written, or will not: such a word and nothing else, or one with not much behind it."""


def check_consents(files: PackFiles, found: Findings) -> None:
    """Every `consent` that says nothing. One that is missing is said where its table is read."""
    for name, member in files.cast.items():
        text = member.consent.strip()
        if not text:
            found.add(
                "PACK309", "cast.toml", (name, "consent"), message=f'the "consent" of {name} is empty.', suggestion=WHY_CONSENT
            )
        elif _PLACEHOLDER.fullmatch(text):
            message = f'the "consent" of {name} says only "{text}".'
            found.add("PACK310", "cast.toml", (name, "consent"), message=message, suggestion=WHY_CONSENT)
