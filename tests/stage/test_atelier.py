"""The workshop: it paints beside the loop, remembers in memory and on disk, and survives a broken cache."""

from __future__ import annotations

from pathlib import Path
from threading import current_thread

import pygame
import pytest

from game.packs.look import CastLook, Palette, PlaceLook
from game.stage import atelier as workshop
from game.stage.atelier import Atelier, Order
from game.stage.paint import paint_layers, plate

SIZE = (64, 36)


def order(seed: int = 1, kind: workshop.Kind = "place", size: tuple[int, int] = SIZE) -> Order:
    return Order(kind, Palette(), PlaceLook.model_validate({"middle": ["hills"]}), size, seed)


def pixels(surface: pygame.Surface) -> bytes:
    return pygame.image.tobytes(surface, "RGBA")


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The name of the thread of each painting that really took place."""
    threads: list[str] = []
    original = Order.paint

    def counted(self: Order) -> tuple[workshop.Layer, ...]:
        threads.append(current_thread().name)
        return original(self)

    monkeypatch.setattr(Order, "paint", counted)
    return threads


def finish(shop: Atelier, *orders: Order) -> tuple[workshop.Finished, ...]:
    for wanted in orders:
        shop.request(wanted)
    shop.settle()
    return shop.take()


def test_it_paints_on_its_own_thread_and_hands_over_once(painted: list[str]) -> None:
    with Atelier() as shop:
        (done,) = finish(shop, order())
        assert done.surface.get_size() == SIZE
        assert shop.take() == ()
    assert painted == ["atelier"]


def test_what_is_in_memory_is_not_painted_again(painted: list[str]) -> None:
    with Atelier() as shop:
        first = finish(shop, order())
        second = finish(shop, order())
        assert shop.find(order()) == first[0].layers == second[0].layers
    assert len(painted) == 1


def test_asking_twice_before_it_is_done_paints_once(painted: list[str]) -> None:
    with Atelier() as shop:
        assert len(finish(shop, order(1), order(2), order(2))) == 2
    assert len(painted) == 2


def test_every_input_counts_in_the_key() -> None:
    changed = [
        order(),
        order(seed=2),
        order(size=(65, 36)),
        order(kind="cover"),
        Order("place", Palette(glow="#ffffff"), order().look, SIZE, 1),
        Order("place", Palette(), PlaceLook(), SIZE, 1),
        Order("bust", Palette(), CastLook(), SIZE, 1),
        Order("bust", Palette(), CastLook(), SIZE, 1, "angry"),
    ]
    assert len({one.key for one in changed}) == len(changed)


def test_a_newer_painter_does_not_use_older_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    before = order().key
    monkeypatch.setattr(workshop, "PAINTER_VERSION", -1)
    assert order().key != before


def test_another_run_reads_from_disk_what_was_painted(tmp_path: Path, painted: list[str]) -> None:
    with Atelier(tmp_path) as shop:
        (fresh,) = finish(shop, order(kind="layers"))
    with Atelier(tmp_path) as shop:
        (kept,) = finish(shop, order(kind="layers"))
    assert len(painted) == 1
    assert [(a.name, a.depth, a.bleed, pixels(a.surface)) for a in fresh.layers] == [
        (b.name, b.depth, b.bleed, pixels(b.surface)) for b in kept.layers
    ]


@pytest.mark.parametrize("damage", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n"])
def test_a_broken_file_is_painted_again(tmp_path: Path, painted: list[str], damage: bytes) -> None:
    with Atelier(tmp_path) as shop:
        (fresh,) = finish(shop, order())
    for path in tmp_path.iterdir():
        path.write_bytes(damage)
    with Atelier(tmp_path) as shop:
        (again,) = finish(shop, order())
    assert pixels(again.surface) == pixels(fresh.surface)
    assert len(painted) == 2


def test_a_missing_layer_is_painted_again(tmp_path: Path, painted: list[str]) -> None:
    with Atelier(tmp_path) as shop:
        finish(shop, order(kind="layers"))
    min(tmp_path.iterdir()).unlink()
    with Atelier(tmp_path) as shop:
        (again,) = finish(shop, order(kind="layers"))
    assert len(again.layers) == len(paint_layers(Palette(), order().look, SIZE, 1))
    assert len(painted) == 2


def test_a_folder_that_cannot_be_written_costs_only_the_cache(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with Atelier(blocked) as shop:
        (done,) = finish(shop, order())
    assert done.error is None


def test_memory_is_bounded_and_the_oldest_goes_first() -> None:
    with Atelier(memory=2 * SIZE[0] * SIZE[1] * 4) as shop:
        finish(shop, order(1), order(2), order(3))
        assert shop.find(order(1)) is None
        assert shop.find(order(2)) is not None
        assert shop.find(order(3)) is not None


def test_the_disk_is_bounded(tmp_path: Path) -> None:
    with Atelier(tmp_path, disk=1) as shop:
        finish(shop, order())
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_painted_is_reported_and_the_next_is_painted() -> None:
    bad = Order("bust", Palette(), CastLook(), SIZE, 1, "smug")
    with Atelier() as shop:
        failed, fine = finish(shop, bad, order())
    assert failed.layers == ()
    assert failed.error is not None
    assert "smug" in failed.error
    assert fine.error is None


def test_a_bust_comes_with_its_expression() -> None:
    calm, angry = (Order("bust", Palette(), CastLook(), (0, 80), 1, mood) for mood in ("neutral", "angry"))
    with Atelier() as shop:
        one, two = finish(shop, calm, angry)
    assert one.surface.get_height() == two.surface.get_height() == 80
    assert pixels(one.surface) != pixels(two.surface)


def test_closing_stops_the_thread_and_may_be_done_twice() -> None:
    shop = Atelier()
    shop.close()
    shop.close()
    assert not shop._thread.is_alive()


def test_a_plate_is_a_png_that_anyone_can_open(tmp_path: Path) -> None:
    picture = paint_layers(Palette(), order().look, SIZE, 1)[-1].surface
    path = tmp_path / "plate.png"
    path.write_bytes(plate.encode(picture))
    assert pixels(pygame.image.load(path)) == pixels(picture) == pixels(plate.decode(path.read_bytes()))


def test_light_read_from_disk_stops_at_white_as_painted_light_does() -> None:
    light = pygame.Surface((4, 4), pygame.SRCALPHA, 32)
    light.fill((90, 80, 60, 20))

    def over_paper(sheet: pygame.Surface) -> bytes:
        paper = pygame.Surface((4, 4), 0, 32)
        paper.fill((250, 240, 220))
        paper.blit(sheet, (0, 0), special_flags=pygame.BLEND_PREMULTIPLIED)
        return pixels(paper)

    assert over_paper(plate.decode(plate.encode(light))) == over_paper(light) == bytes((255, 255, 255, 255)) * 16


@pytest.mark.parametrize("at", [0, 10, 20, 45, 50])
def test_a_plate_with_one_wrong_byte_is_refused(at: int) -> None:
    data = bytearray(plate.encode(pygame.Surface((4, 4), pygame.SRCALPHA, 32)))
    data[at] ^= 0xFF
    with pytest.raises(ValueError, match=r"PNG|damaged"):
        plate.decode(bytes(data))
