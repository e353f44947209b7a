"""What is on a pack's cover."""

from __future__ import annotations

from dataclasses import replace

import pygame
import pytest

from game.packs import Pack
from game.packs.files import CoverFile
from game.stage.atelier import Atelier
from game.stage.pictures import Pictures


@pytest.fixture
def pictures() -> Pictures:
    with Atelier() as atelier:
        yield Pictures(atelier)


def painted(pictures: Pictures, pack: Pack, **cover: object) -> bytes:
    """The cover with this in its `[cover]`, as pixels."""
    other = replace(pack, cover=CoverFile.model_validate(cover), hash=str(cover))
    pictures.cover(other, 96, 96)
    pictures._atelier.settle()
    pictures.arrived()
    found = pictures.cover(other, 96, 96)
    assert found is not None
    return pygame.image.tobytes(found, "RGB")


def test_without_a_word_from_its_author_it_is_the_place_of_the_beginning(pictures: Pictures, pack: Pack) -> None:
    assert painted(pictures, pack) == painted(pictures, pack, place=pack.initial.place)


@pytest.mark.parametrize(
    "cover",
    [{"place": "lantern_room"}, {"weather": "storm"}, {"light": "moon"}, {"cast": "maren"}],
    ids=lambda cover: next(iter(cover)),
)
def test_an_author_may_put_another_place_weather_light_or_somebody_on_it(
    pictures: Pictures, pack: Pack, cover: dict[str, object]
) -> None:
    assert painted(pictures, pack, **cover) != painted(pictures, pack)


def test_who_stands_on_it_makes_the_face_that_the_author_wants(pictures: Pictures, pack: Pack) -> None:
    assert painted(pictures, pack, cast="maren", expression="angry") != painted(pictures, pack, cast="maren")
