"""`make bench`: the figures of the product that apply today, as tables, as bench.json and as docs/figures.md.

`python -m bench engine` measures one part again (`engine`, `growth`, `machine`, `worlds`, `waiting`), and leaves the
others as they were. Timings are this machine's, at this moment: compare them within one part.
"""

import json
import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bench import figures, growth, model, processes, waiting
from game import __version__

Figure = tuple[str, str, str, float | None]
"""What it is, what it should be, what it is here, and the same as a number."""

RESULT = Path("bench.json")
PAGE = Path("docs/figures.md")


def engine() -> Iterator[Figure]:
    """Without a screen and a model."""
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


PARTS: Mapping[str, tuple[str, Callable[[], Iterator[Figure]]]] = {
    "engine": ("The engine", engine),
    "growth": ("A playthrough as it grows", growth.measure),
    "machine": ("The window, memory, and a real model", processes.measure),
    "worlds": ("The worlds that ship, told by a real model", model.measure_worlds),
    "waiting": ("What a reader waits for", waiting.measure),
}


def main() -> None:
    unknown = [name for name in sys.argv[1:] if name not in PARTS]
    if unknown:
        sys.exit(f'bench: "{unknown[0]}" is no part; there are {", ".join(PARTS)}')
    found: dict[str, Any] = json.loads(RESULT.read_text("utf-8")) if RESULT.exists() else {}
    parts = found.get("parts", {})
    for name in sys.argv[1:] or PARTS:
        parts[name] = measured(name)
        result = {"version": __version__, "machine": _machine(), "parts": {key: parts[key] for key in PARTS if key in parts}}
        RESULT.write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n", "utf-8")
        PAGE.write_text(page(result), "utf-8")


def measured(name: str) -> dict[str, object]:
    """One part, told as it is measured."""
    title, measure = PARTS[name]
    table = Table("what", "should be", "is", title=f"{title}: Unwritten {__version__}, {_machine()}")
    rows = []
    for row in measure():
        print(f"{row[0]}: {row[2]}", flush=True)
        table.add_row(*row[:3])
        rows.append(dict(zip(("what", "should_be", "is", "value"), row, strict=True)))
    Console().print(table)
    return {"commit": _commit(), "figures": rows}


def page(result: Mapping[str, Any]) -> str:
    """The figures as a page."""
    lines = ["# Figures", "", f"Written by `make bench`: {result['machine']}. Timings are compared within one part."]
    for name, part in result["parts"].items():
        lines += [
            "",
            f"## {PARTS[name][0]}",
            "",
            f"On commit `{part['commit']}`.",
            "",
            "| what | should be | is |",
            "|---|---|---|",
        ]
        lines += [f"| {row['what']} | {row['should_be']} | {row['is']} |" for row in part["figures"]]
    return "\n".join(lines) + "\n"


def _machine() -> str:
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def _commit() -> str:
    done = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    return done.stdout.strip()


if __name__ == "__main__":
    main()
