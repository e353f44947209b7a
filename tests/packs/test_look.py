"""What an author may write about looks, and what is refused."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from game.packs.look import CastLook, Palette, PlaceLook


@pytest.mark.parametrize("text", ["red", "#12345", "#1234567", "#12345g", "123456", ""])
def test_a_colour_is_six_hex_digits(text: str) -> None:
    with pytest.raises(ValidationError, match="glow"):
        Palette(glow=text)


def test_a_palette_refuses_a_name_it_does_not_know() -> None:
    with pytest.raises(ValidationError, match="shadow"):
        Palette.model_validate({"shadow": "#000000"})


def test_a_bare_name_stands_for_a_silhouette() -> None:
    look = PlaceLook.model_validate({"middle": ["sea", {"shape": "lighthouse", "at": 0.7}]})
    assert [(shape.shape, shape.at, shape.size) for shape in look.middle] == [("sea", None, 1.0), ("lighthouse", 0.7, 1.0)]


def test_one_silhouette_need_not_be_a_list() -> None:
    assert PlaceLook.model_validate({"near": "grass"}) == PlaceLook.model_validate({"near": ["grass"]})


def test_an_unknown_silhouette_is_refused_with_the_vocabulary() -> None:
    with pytest.raises(ValidationError, match="lighthouse"):
        PlaceLook.model_validate({"middle": ["spaceship"]})


@pytest.mark.parametrize(("key", "value"), [("sky", "green"), ("weather", "frogs"), ("light", "torch"), ("grain", 2.0)])
def test_each_key_of_a_place_has_its_own_vocabulary(key: str, value: object) -> None:
    with pytest.raises(ValidationError, match=key):
        PlaceLook.model_validate({key: value})


def test_a_band_is_bounded() -> None:
    with pytest.raises(ValidationError, match="6"):
        PlaceLook.model_validate({"far": ["sea"] * 7})


def test_walls_are_indoors_and_skies_are_not() -> None:
    assert PlaceLook(sky="stone").indoors
    assert not PlaceLook(sky="dusk").indoors


def test_a_bare_name_stands_for_hair_and_clothing() -> None:
    look = CastLook.model_validate({"hair": "bun", "clothing": "oilskin", "accessory": "hat"})
    assert (look.hair.style, look.clothing.style, look.accessory) == ("bun", "oilskin", ("hat",))


def test_skin_is_a_named_tone_or_a_colour() -> None:
    assert CastLook(skin="olive").skin == "olive"
    assert CastLook(skin="#aa8866").skin == "#aa8866"
    with pytest.raises(ValidationError, match="skin"):
        CastLook.model_validate({"skin": "greenish"})


def test_a_look_cannot_be_changed_once_read() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        CastLook().age = "old"
