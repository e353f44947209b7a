"""`make soak`: long counts of what the tests show once. Writes its table, with the commit it ran on, to docs/reliability.md.

Stories are told by a client that goes through every fault of the tests' catalogue; each is played to its end.
"""

import subprocess
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from game.packs.shelf import find_pack
from game.session import Notice
from tests.faults import FAULTS, FaultyClient
from tests.playing import play_to_the_end

SCENES = 1000
"""Scenes a pack at the least."""

PACKS = ("last_keeper", "bench/endless")
REPORT = Path("docs/reliability.md")


@dataclass
class Count:
    """What came of the scenes of one pack."""

    scenes: int = 0
    stories: int = 0
    unended: int = 0
    unplayable: int = 0
    taken_back: int = 0
    sourceless: int = 0
    told: Counter[str] = field(default_factory=Counter)
    met: Counter[str] = field(default_factory=Counter)
    repairs: Counter[str] = field(default_factory=Counter)
    fallbacks: Counter[str] = field(default_factory=Counter)


def soak(ref: str) -> Count:
    """Play seeded stories of one pack through all faults until there are enough scenes."""
    pack, count = find_pack(ref), Count()
    while count.scenes < SCENES:
        client = FaultyClient(count.stories)
        played = play_to_the_end(pack, client, count.stories, limit=50)
        count.stories += 1
        count.scenes += len(played.scenes)
        count.unended += played.ending is None and len(played.scenes) < 50
        count.taken_back += len(played.taken_back())
        count.met.update(client.met)
        count.told.update(event.code for event in played.of(Notice))
        for scene in played.scenes:
            count.unplayable += not scene.beats or bool(scene.choices) == bool(scene.ending)
            count.sourceless += sum(not beat.source.ref for beat in scene.beats)
            count.repairs.update(scene.repairs)
            count.fallbacks.update([scene.fallback or "none"])
    return count


def report(counts: dict[str, Count]) -> str:
    """The page."""
    lines = [
        "# Reliability",
        "",
        f"Written by `make soak` on commit `{_commit()}`. Every request of every scene is answered by draw with a good reply or",
        f"with one of {len(FAULTS)} faults (`tests/faults.py`); each story is played to its end (the endless pack: to scene 50).",
        "",
        "| pack | stories | scenes | not ended | not playable | shown and taken back | beats without a source |",
        "|---|---|---|---|---|---|---|",
    ]
    for ref, count in counts.items():
        broken = f"{count.unended} | {count.unplayable} | {count.taken_back} | {count.sourceless}"
        lines.append(f"| {Path(ref).name} | {count.stories} | {count.scenes} | {broken} |")
    lines += ["", "## Why the offline storyteller finished a scene", "", "`none`: it did not have to.", ""]
    lines += ["| reason | scenes |", "|---|---|"]
    lines += _rows(sum((count.fallbacks for count in counts.values()), Counter()))
    lines += ["", "## What was mended in a scene", "", "| code | scenes |", "|---|---|"]
    lines += _rows(sum((count.repairs for count in counts.values()), Counter()))
    lines += ["", "## Faults met", "", "| fault | times |", "|---|---|"]
    lines += _rows(sum((count.met for count in counts.values()), Counter()))
    return "\n".join(lines) + "\n"


def _rows(counter: Counter[str]) -> list[str]:
    return [f"| `{name}` | {times} |" for name, times in sorted(counter.items(), key=lambda item: (-item[1], item[0]))]


def _commit() -> str:
    done = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    return done.stdout.strip()


def main() -> None:
    counts = {ref: soak(ref) for ref in PACKS}
    REPORT.write_text(report(counts), "utf-8")
    print(report(counts))


if __name__ == "__main__":
    main()
