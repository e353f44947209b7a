"""The screenshots of `make shots`."""

from __future__ import annotations

from pathlib import Path

import pygame
import pytest

from game.packs import Pack
from game.stage.shots import main


@pytest.mark.usefixtures("settings")
def test_there_is_a_picture_of_every_screen_and_every_place(tmp_path: Path, pack: Pack) -> None:
    assert main([str(tmp_path), "--size", "320x180"]) == 0
    taken = {path.stem for path in (tmp_path / "320x180").iterdir()}
    screens = {
        "title",
        "storyteller",
        "settings",
        "choices",
        "backlog",
        "ending",
        "continue",
        "ledger",
        "waiting",
        "pause",
        "pause-beside",
        "map-8",
        "map-80",
        "telling-1",
        "telling-2",
        "retell",
        "rewrite",
        "told",
        "slots",
        "shelf",
        "before",
        "mistakes",
        "read-again",
        "not-read-again",
        "before-150",
        "mistakes-150",
    }
    assert taken >= screens | {f"story-{place}" for place in pack.places}
    assert pygame.image.load(tmp_path / "320x180" / "title.png").get_size() == (320, 180)
