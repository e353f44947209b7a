"""`make soak`: stories through every fault of the catalogue, and over HTTP through every mode of the tests' server; processes
that are killed, and files that are damaged.

Prints the survival tables and writes them, with the commit they were counted on, into docs/reliability.md; `python -m bench.soak
faults` and `... durability` count one half again. Exit 1 when a promise was not kept.
"""

import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import SecretStr

from bench import durability
from bench.survival import Fate, Survival, faults_table, follow, modes_table, packs_table
from game.clients import ClientOptions, LLMClient
from game.clients.chaos import ChaosClient
from game.clients.faults import FAULTS, catalogue
from game.clients.registry import open_client
from game.clients.stub import StubClient
from game.packs import Pack
from game.packs.shelf import find_pack, prompts_folder, shelf
from game.story import Scene
from tests.faults import GoodClient
from tests.playing import play_to_the_end
from tests.server import MODES, ModelServer

SCENES = 1000
"""Scenes a pack at the least."""
LIMIT = 50
"""Scenes of a story at the most: a pack without end has one all the same."""
SILENCE = 0.25
"""Seconds of silence after which a server is taken to have stalled."""
REPORT = Path("docs/reliability.md")


def packs() -> Iterator[Pack]:
    """Every bundled pack, and the one without end that the bench keeps."""
    bundled = {path.name for path in prompts_folder().iterdir()}
    yield from (found for ref, found in shelf() if ref in bundled and isinstance(found, Pack))
    yield find_pack("bench/endless")


def soak(pack: Pack, fates: dict[str, Fate]) -> Survival:
    """Play seeded stories of one pack through all faults until there are enough scenes: by turns with a good client, and with the
    offline storyteller."""
    count = Survival()
    while count.scenes < SCENES:
        inner: LLMClient = StubClient(pack) if count.stories % 2 else GoodClient()
        client = ChaosClient(inner, pack, count.stories)
        scenes = tell(pack, client, count.stories, count)
        follow(client.met, scenes, fates)
    return count


def tell(pack: Pack, client: LLMClient, seed: int, count: Survival) -> list[Scene]:
    """One story, played by draws, kept in a file, and counted; its scenes."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "story.journal"
        played = play_to_the_end(pack, client, seed, file, LIMIT)
        count.count(pack, played, file, LIMIT)
    return played.scenes


def over_http(pack: Pack, mode: str) -> Survival:
    """One story told by the tests' server in one mode."""
    count = Survival()
    with ModelServer(pace=0.0) as server:
        options = ClientOptions(pack, model=mode, base_url=server.url, api_key=SecretStr("sk-soak"), timeout=SILENCE)
        tell(pack, open_client("openai", options), 7, count)
    return count


def write(blocks: Mapping[str, list[str]], report: Path = REPORT) -> None:
    """Put each block between its marks in the report; what is written there by hand stays."""
    text = report.read_text("utf-8")
    for name, lines in blocks.items():
        before, opening, rest = text.partition(f"<!-- {name} -->\n")
        _, closing, after = rest.partition(f"<!-- end of {name} -->")
        text = before + opening + "\n".join(["", *lines, "", ""]) + closing + after
    report.write_text(text, "utf-8")


Tables = tuple[dict[str, list[str]], int]
"""Tables by the names of their places in the report, and how many promises were not kept."""


def of_faults() -> Tables:
    """What came of replies and services that went wrong."""
    fates: dict[str, Fate] = {name: Fate() for name in FAULTS}
    by_pack = {pack.id: soak(pack, fates) for pack in packs()}
    keeper = find_pack("last_keeper")
    by_mode = {mode: over_http(keeper, mode) for mode in MODES}
    reasons: Counter[str] = sum((count.reasons for count in by_pack.values()), Counter())
    blocks = {
        "catalogue": list(catalogue())[:-1],
        "packs": [_counted(), "", *packs_table(by_pack)],
        "faults": [_counted(), "", *faults_table(fates)],
        "reasons": ["| reason | scenes |", "|---|---|", *(f"| `{name}` | {n} |" for name, n in reasons.most_common())],
        "modes": [_counted(), "", *modes_table(by_mode)],
    }
    return blocks, sum(count.broken for count in (*by_pack.values(), *by_mode.values()))


def of_durability() -> Tables:
    """What came of kills and of damage."""
    killed, lost = durability.kills()
    damaged, unmended = durability.damage()
    return {"kills": [_counted(), "", *killed], "damage": [_counted(), "", *damaged]}, lost + unmended


PARTS = {"faults": of_faults, "durability": of_durability}
PRINTED = ("packs", "faults", "modes", "kills", "damage")


def _counted() -> str:
    done = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    return f"Counted on commit `{done.stdout.strip()}`."


def main(parts: Sequence[str]) -> int:
    broken = 0
    for part in parts or PARTS:
        blocks, of_part = PARTS[part]()
        write(blocks)
        broken += of_part
        for name in PRINTED:
            if name in blocks:
                print("\n".join(blocks[name]), end="\n\n")
    print(f"{broken} promises were not kept")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
