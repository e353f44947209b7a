"""Where a request is not the one that was recorded, in words for the author of a prompt."""

import json
from typing import cast

from game.clients import SceneRequest
from game.packs.diagnostic import one_line

AROUND = 24
"""Characters shown on each side of the place where two texts part."""


def straying(request: SceneRequest, recorded: bytes | None) -> str:
    """One sentence: which request, and where it parts from the recorded one (its body as it was sent; None: it is not known)."""
    brief = request.brief
    what = f'the request for the {request.purpose} of turn {brief.turn}, "{brief.title}", is not the recorded one'
    if not recorded:
        return f"{what}."
    before = cast("dict[str, object]", json.loads(recorded))
    now = cast("dict[str, object]", json.loads(json.dumps(request.wire())))
    old, new = (cast("list[dict[str, str]]", each.get("messages", [])) for each in (before, now))
    for n, (left, right) in enumerate(zip(old, new, strict=False), start=1):
        if left != right:
            return f"{what}: {_parts(n, left, right)}."
    if len(old) != len(new):
        return f"{what}: it has {len(new)} messages and had {len(old)}."
    other = next((name for name in now if name != "messages" and now[name] != before.get(name)), "")
    return f"{what}: its {other} is another." if other else f"{what}."


def _parts(n: int, left: dict[str, str], right: dict[str, str]) -> str:
    one, other = left.get("content", ""), right.get("content", "")
    at = next((k for k, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    line = one.count("\n", 0, at) + 1
    return f"message {n} ({right.get('role', '')}), line {line}, was {_around(one, at)} and is {_around(other, at)}"


def _around(text: str, at: int) -> str:
    # A recording may be a stranger's, and this is printed in a terminal.
    piece = one_line(" ".join(text[max(0, at - AROUND) : at + AROUND].split()))
    return f'"…{piece}…"' if piece else "nothing"
