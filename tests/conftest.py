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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest file first, so that no worker is left with it at the end."""
    items.sort(key=lambda item: item.path.name != "test_real_weights.py")
