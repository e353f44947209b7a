"""The painter: the same input gives the same pixels, every word of the vocabulary shows, and alpha is right."""

from __future__ import annotations

import os
import subprocess
import sys
from hashlib import sha256
from typing import get_args

import pygame
import pytest

from game.packs.look import (
    EXPRESSIONS,
    LIGHTS,
    SHAPES,
    SKIES,
    WEATHERS,
    Accessory,
    Age,
    Beard,
    Build,
    CastLook,
    Face,
    Garment,
    HairStyle,
    Palette,
    PlaceLook,
)
from game.stage.paint import paint_bust, paint_cover, paint_layers, paint_place
from game.stage.paint.colour import mix, rgb, value
from game.stage.paint.dice import Dice
from game.stage.paint.mood import MOODS
from game.stage.paint.silhouettes import REGISTRY, cutter

GOTHIC = Palette(sky_top="#1c2a36", sky_low="#a3b3ae", middle="#466169", near="#14222b", accent="#b8482f", glow="#ffd27a")
NEON = Palette(sky_top="#1a1440", sky_low="#c06a8a", far="#6d4f8c", middle="#3a2f66", near="#17132f", glow="#7ef0e0")
SMALL = (160, 90)
PLACE = {
    "sky": "night", "far": ["sea"], "middle": [{"shape": "lighthouse", "at": 0.7}], "near": ["grass"],
    "weather": "fog", "light": "moon",
}  # fmt: skip


def place(**changes: object) -> PlaceLook:
    return PlaceLook.model_validate(changes)


def digest(surface: pygame.Surface) -> str:
    return sha256(pygame.image.tobytes(surface, "RGBA")).hexdigest()


def paint(palette: Palette = GOTHIC, seed: int = 7, size: tuple[int, int] = SMALL, **changes: object) -> str:
    return digest(paint_place(palette, place(**changes), size, seed))


def bust(height: int = 100, mood: str = "neutral", **changes: object) -> pygame.Surface:
    return paint_bust(GOTHIC, CastLook.model_validate(changes), mood, height, 3)


SCRIPT = """
from tests.stage.test_paint import PLACE, bust, digest, paint
print(paint(**PLACE), digest(bust(mood="angry")))
"""


def test_the_same_input_gives_the_same_pixels() -> None:
    assert paint(**PLACE) == paint(**PLACE)
    assert digest(bust(mood="angry")) == digest(bust(mood="angry"))


@pytest.mark.parametrize("hash_seed", ["0", "4242"])
def test_another_process_paints_the_same_pixels(hash_seed: str) -> None:
    env = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": os.pathsep.join([os.getcwd(), *sys.path])}
    printed = subprocess.run([sys.executable, "-c", SCRIPT], env=env, capture_output=True, text=True, check=True)
    assert printed.stdout.split()[-2:] == [paint(**PLACE), digest(bust(mood="angry"))]


def test_another_seed_is_another_picture_of_the_same_place() -> None:
    assert paint(seed=1, **PLACE) != paint(seed=2, **PLACE)


def test_another_palette_is_another_picture() -> None:
    assert paint(GOTHIC, **PLACE) != paint(NEON, **PLACE)


def test_nothing_needs_a_display() -> None:
    code = "import os; os.environ.pop('SDL_VIDEODRIVER', None); " + SCRIPT + "import pygame; assert not pygame.display.get_init()"
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([os.getcwd(), *sys.path])}
    subprocess.run([sys.executable, "-c", code.replace("; \n", "\n")], env=env, check=True, capture_output=True)


def test_the_registry_is_the_vocabulary() -> None:
    assert set(REGISTRY) == set(SHAPES)
    assert set(MOODS) == set(EXPRESSIONS)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("band", ["far", "near"])
def test_every_silhouette_shows_in_its_band(shape: str, band: str) -> None:
    assert paint(sky="day", **{band: [shape]}) != paint(sky="day", **{band: []})


def test_every_sky_weather_and_light_is_a_picture_of_its_own() -> None:
    skies = {paint(sky=sky) for sky in SKIES}
    weathers = {paint(weather=weather) for weather in WEATHERS}
    lights = {paint(light=light) for light in LIGHTS}
    assert (len(skies), len(weathers), len(lights)) == (len(SKIES), len(WEATHERS), len(LIGHTS))


def test_a_silhouette_stands_where_the_author_put_it() -> None:
    def left_half(at: float) -> str:
        picture = paint_place(GOTHIC, place(sky="day", near=[{"shape": "figure", "at": at}]), SMALL, 7)
        return digest(picture.subsurface((0, 0, 40, 90)))

    assert left_half(0.1) != left_half(0.9)
    assert left_half(0.8) != left_half(0.1)


def test_a_place_is_opaque_and_of_its_size() -> None:
    picture = paint_place(GOTHIC, place(**PLACE), (200, 120), 7)
    assert picture.get_size() == (200, 120)
    assert set(pygame.image.tobytes(picture, "RGBA")[3::4]) == {255}


def test_layers_run_from_back_to_front_and_add_up_to_the_place() -> None:
    layers = paint_layers(GOTHIC, place(**PLACE), SMALL, 7)
    assert [layer.name for layer in layers] == ["sky", "far", "middle", "near", "air"]
    assert [layer.depth for layer in layers] == sorted(layer.depth for layer in layers)
    whole = pygame.Surface(SMALL, pygame.SRCALPHA, 32)
    for layer in layers:
        assert layer.surface.get_size() == (SMALL[0] + 2 * layer.bleed, SMALL[1] + 2 * layer.bleed)
        whole.blit(layer.surface, (-layer.bleed, -layer.bleed), special_flags=pygame.BLEND_PREMULTIPLIED)
    assert digest(whole) == paint(**PLACE)


def test_only_the_sky_hides_what_is_behind_it() -> None:
    sky, *others = paint_layers(GOTHIC, place(sky="day", middle=["figure"], near=["gulls"]), SMALL, 7)
    assert min(pygame.image.tobytes(sky.surface, "RGBA")[3::4]) == 255
    assert all(min(pygame.image.tobytes(layer.surface, "RGBA")[3::4]) < 60 for layer in others)


def test_near_paper_is_darker_than_far_paper() -> None:
    picture = paint_place(GOTHIC, place(sky="overcast", far=["hills"], near=["hills"], light="sun"), (320, 180), 7)
    far, near = picture.get_at((60, 108)), picture.get_at((60, 150))
    assert value((near.r, near.g, near.b)) < value((far.r, far.g, far.b))


@pytest.mark.parametrize("expression", [mood for mood in EXPRESSIONS if mood != "neutral"])
def test_every_expression_changes_the_face_and_leaves_the_coat(expression: str) -> None:
    calm, moved = bust(160), bust(160, expression)
    low = (0, 130, calm.get_width(), 30)
    assert digest(calm) != digest(moved)
    assert digest(calm.subsurface(low)) == digest(moved.subsurface(low))


@pytest.mark.parametrize(
    ("key", "options"),
    [("build", Build), ("age", Age), ("face", Face), ("beard", Beard), ("accessory", Accessory)],
)
def test_every_trait_of_a_cast_member_shows(key: str, options: object) -> None:
    assert len({digest(bust(90, **{key: option})) for option in get_args(options)}) == len(get_args(options))


def test_every_hair_style_and_garment_shows() -> None:
    assert len({digest(bust(90, hair=style)) for style in get_args(HairStyle)}) == len(get_args(HairStyle))
    assert len({digest(bust(90, clothing=style)) for style in get_args(Garment)}) == len(get_args(Garment))


def test_a_bust_faces_the_way_its_look_says() -> None:
    assert digest(bust(facing="left")) != digest(bust(facing="right"))


def test_a_bust_stands_on_nothing() -> None:
    picture = bust(200)
    width, height = picture.get_size()
    assert height == 200
    assert picture.get_at((0, 0)).a == picture.get_at((width - 1, 0)).a == 0
    assert picture.get_at((width // 2, height - 1)).a == 255


def test_the_edge_of_a_bust_has_no_dark_fringe() -> None:
    """Half-transparent pixels along a pale coat keep the coat's colour: their alpha is straight."""
    picture = bust(200, clothing={"style": "rollneck", "colour": "#f0f0e8"})
    width = picture.get_width()
    edge = [picture.get_at((x, 150)) for x in range(width)]
    outermost = next(pixel for pixel in edge if pixel.a > 200)
    assert value((outermost.r, outermost.g, outermost.b)) > 0.25


def test_a_cover_frames_its_place() -> None:
    look = place(**PLACE)
    cover, bare = paint_cover(GOTHIC, look, SMALL, 7), paint_place(GOTHIC, look, SMALL, 7)
    middle = (60, 30, 40, 30)
    assert digest(cover.subsurface(middle)) == digest(bare.subsurface(middle))
    assert digest(cover) != digest(bare)


def test_an_unknown_expression_is_refused_with_those_there_are() -> None:
    with pytest.raises(ValueError, match=r"'smug'.*neutral.*resolute"):
        bust(mood="smug")


def test_an_unknown_silhouette_is_refused_with_those_there_are() -> None:
    with pytest.raises(ValueError, match=r"'spaceship'.*lighthouse"):
        cutter("spaceship")


@pytest.mark.parametrize("text", ["#12", "123456", "#gggggg"])
def test_a_bad_colour_is_named(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        rgb(text)


def test_dice_forks_do_not_disturb_each_other() -> None:
    one, two = Dice(1), Dice(1)
    two.fork("side").unit()
    assert one.unit() == two.unit()
    assert Dice(1).fork("a").unit() != Dice(1).fork("b").unit()


def test_mixing_runs_from_one_colour_to_the_other() -> None:
    assert mix((0, 0, 0), (200, 100, 50), 0.5) == (100, 50, 25)
