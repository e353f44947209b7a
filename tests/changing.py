"""Packs that change under a playthrough: real copies of the bundled worlds, their TOML edited, for tests."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.conftest import REPOSITORY

WORLDS = ("last_keeper", "no_chill")

Edit = Callable[[str], str]


def copied(world: str, folder: Path, edit: Edit = lambda text: text) -> Path:
    """A copy of a bundled pack in `folder`, the text of each of its files edited."""
    shutil.copytree(REPOSITORY / "prompts" / world, folder)
    for path in folder.rglob("*.*"):
        if path.is_file():
            path.write_text(edit(path.read_text(encoding="utf-8")), encoding="utf-8")
    return folder


def renaming(old: str, new: str) -> Edit:
    """Calls a declared thing by another id wherever it is named: for a playthrough, the thing that it knew is gone."""
    return lambda text: re.sub(rf"(?<![a-zA-Z0-9]){old}(?![a-zA-Z0-9])", new, text)


def as_pack(id: str) -> Edit:
    """Gives a pack this id."""
    return lambda text: (
        re.sub(r'^id = "\w+"$', f'id = "{id}"', text, count=1, flags=re.MULTILINE) if "schema = 1" in text else text
    )


def other_world(world: str, folder: Path) -> Path:
    """A pack under the same id in which nothing is as it was: all places, people, things, promises and endings are gone."""
    return copied(next(name for name in WORLDS if name != world), folder, as_pack(world))
