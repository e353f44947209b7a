"""What all rooms' tests share."""

from pathlib import Path

import pytest

from game.director import Director, Step
from game.packs import Pack, load_pack
from game.story import ROOT, Brief, node_key

REPOSITORY = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def pack() -> Pack:
    """The bundled pack, as it ships."""
    return load_pack(REPOSITORY / "prompts" / "last_keeper")


@pytest.fixture
def brief(pack: Pack) -> Brief:
    """The brief of the first scene with seed 7."""
    return Director(pack).plan(node_key(ROOT, ""), 7, pack.initial, Step(), pack.player).brief


LONGEST = (
    "test_real_weights.py",
    "test_over_http.py",
    "test_barriers.py",
    "test_every_step.py",
    "test_wheel.py",
    "test_prompt_weights.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, so that no worker is left with one of them at the end."""
    items.sort(key=lambda item: LONGEST.index(item.path.name) if item.path.name in LONGEST else len(LONGEST))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What tests have to say that is worth reading when they pass: what they recorded as "printed", on whichever worker."""
    reports = [
        report for reports in terminalreporter.stats.values() for report in reports if getattr(report, "when", "") == "call"
    ]
    said = [str(words) for report in reports for name, words in report.user_properties if name == "printed"]
    if said:
        terminalreporter.section("worlds")
        terminalreporter.write_line("\n".join(sorted(said)))
