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
