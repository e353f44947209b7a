"""Kills at the named barriers and random damage, many times over, told as tables."""

from collections import Counter
from itertools import islice

from tests.barriers import BARRIERS, passing
from tests.damaging import damaged, damages
from tests.killing import killed_at

ROUNDS = 20
"""Kills at each barrier."""
DAMAGES = 200

_KINDS = ("harmless", "restored", "refused")


def kills() -> tuple[list[str], int]:
    """The table of kills, and how many rounds did not end as promised."""
    lines = ["| killed by `kill -9` | rounds | not as promised | what |", "|---|---|---|---|"]
    broken = 0
    for name in BARRIERS:
        found = [list(killed_at(name, passing(name, n), seed=n)) for n in range(1, ROUNDS + 1)]
        wrong = Counter(words for each in found for words in each)
        broken += sum(map(bool, found))
        what = ", ".join(f"{words} ({times})" for words, times in wrong.items())
        lines.append(f"| {name} | {ROUNDS} | {sum(map(bool, found))} | {what} |")
    return lines, broken


def damage() -> tuple[list[str], int]:
    """The table of random damage, and how many did not end as promised."""
    by_way: dict[str, Counter[str]] = {}
    for seed, way in islice(damages(), DAMAGES):
        outcome = damaged(seed, way)
        by_way.setdefault(way, Counter()).update([outcome.kind, "wrong"] if outcome.wrong else [outcome.kind])
    lines = ["| damage | files | harmless | told and restored | refused | not as promised |", "|---|---|---|---|---|---|"]
    for way, count in by_way.items():
        numbers = " | ".join(str(count[kind]) for kind in (*_KINDS, "wrong"))
        lines.append(f"| {way} | {sum(count[kind] for kind in _KINDS)} | {numbers} |")
    return lines, sum(count["wrong"] for count in by_way.values())
