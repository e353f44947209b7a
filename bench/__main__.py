"""`make bench`: the figures of the product that apply today, side by side in one run, as a table, as bench.json
and as docs/figures.md.

Timings are this machine's, at this moment: compare them within one run.
"""

import json
import os
import platform
import statistics
import subprocess
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench import figures, processes, waiting
from game import __version__

Figure = tuple[str, str, str, float | None]
"""What it is, what it should be, what it is here, and the same as a number."""


def measure() -> Iterator[Figure]:
    """Every figure, as it is measured."""
    speed, ratio = figures.stub_speed()
    yield "stub, headless, journal in memory", ">= 2,000 scenes/s", f"{speed:,.0f} scenes/s", speed
    yield "turn cost at scene 5,000 / at scene 50", "<= 1.2", f"{ratio:.2f}", ratio
    parsing = figures.parsing_ratio()
    yield "parsing a 64 KiB reply / a 1 KiB reply", "<= 96", f"{parsing:.0f}", parsing
    for pack in ("last_keeper", "no_chill", figures.ENDLESS):
        shared = figures.shared_prefix(pack, 30)
        middle = statistics.median(shared)
        yield f"prefix shared with the request before, median ({Path(pack).name})", ">= 90 %", f"{middle:.0f} %", middle
    for window in (2048, 8192):
        sizes = figures.prompt_sizes(window)
        words = ", ".join(f"{count:,} at turn {turn:,}" for turn, count in sizes.items())
        yield f"tokens of a prompt, about, in a window of {window:,}", f"<= {window:,}", words, float(max(sizes.values()))
    yield from processes.measure()
    yield from waiting.measure()


def main() -> None:
    rows = []
    for row in measure():
        print(f"{row[0]}: {row[2]}", flush=True)
        rows.append(row)
    table = Table("what", "should be", "is", title=f"Unwritten {__version__}, {_machine()}")
    for what, wanted, found, _ in rows:
        table.add_row(what, wanted, found)
    Console().print(table)
    commit, machine = _commit(), _machine()
    result = {
        "version": __version__,
        "commit": commit,
        "machine": machine,
        "figures": [dict(zip(("what", "should_be", "is", "value"), row, strict=True)) for row in rows],
    }
    Path("bench.json").write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n", "utf-8")
    Path("docs/figures.md").write_text(page(commit, machine, rows), "utf-8")


def page(commit: str, machine: str, rows: list[Figure]) -> str:
    """The figures as a page."""
    head = ["# Figures", "", f"Written by `make bench` on commit `{commit}`: {machine}.", ""]
    table = [
        "| what | should be | is |",
        "|---|---|---|",
        *(f"| {what} | {wanted} | {found} |" for what, wanted, found, _ in rows),
    ]
    return "\n".join(head + table) + "\n"


def _machine() -> str:
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def _commit() -> str:
    done = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    return done.stdout.strip()


if __name__ == "__main__":
    main()
