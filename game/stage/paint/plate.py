"""Pictures as PNG files, written and read so that the drawing thread is not held up.

pygame's own encoder keeps the interpreter lock for up to half a second a picture; `zlib` lets go of it. What is
written is plain PNG (RGBA, 8 bits, no row filter: https://www.w3.org/TR/png-3/); only such files are read back.
"""

from __future__ import annotations

import struct
import zlib

import pygame

from game.stage.paint.light import blank

SIGNATURE = b"\x89PNG\r\n\x1a\n"
HEADER = struct.Struct(">IIBBBBB")


def encode(surface: pygame.Surface) -> bytes:
    """The surface as a PNG file."""
    width, height = surface.get_size()
    pixels = memoryview(pygame.image.tobytes(surface, "RGBA"))
    stride = width * 4
    rows = b"".join(part for row in range(height) for part in (b"\0", pixels[row * stride : (row + 1) * stride]))
    head = HEADER.pack(width, height, 8, 6, 0, 0, 0)
    return SIGNATURE + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows, 1)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def decode(data: bytes) -> pygame.Surface:
    """The picture in a file that `encode` made. Raises ValueError for anything else, damaged or merely different."""
    try:
        head, body = _bodies(data)
        width, height, *kind = HEADER.unpack(head)
        if kind != [8, 6, 0, 0, 0] or width * height > 2**26:
            raise ValueError("not one of our pictures")
        rows = memoryview(zlib.decompress(body, bufsize=height * (width * 4 + 1)))
        stride = width * 4 + 1
        pixels = b"".join(rows[row * stride + 1 : (row + 1) * stride] for row in range(height))
        return _in_order(pygame.image.frombytes(pixels, (width, height), "RGBA"))
    except (struct.error, zlib.error) as error:
        raise ValueError(f"a damaged picture: {error}") from error


def _in_order(picture: pygame.Surface) -> pygame.Surface:
    """The same pixels, their bytes in the painter's order.

    Light that a layer adds is more than its alpha. Between surfaces of one order such a blit stops at white; between two
    orders it starts again at black, and the brightest part of a lamp is blue.
    """
    ordered = blank(picture.get_size())
    ordered.blit(picture, (0, 0), special_flags=pygame.BLEND_RGBA_ADD)
    return ordered


def _bodies(data: bytes) -> tuple[bytes, bytes]:
    """The header and the picture data of a file, their checksums verified."""
    if not data.startswith(SIGNATURE):
        raise ValueError("not a PNG file")
    found: list[bytes] = []
    at = len(SIGNATURE)
    for kind in (b"IHDR", b"IDAT"):
        (size,) = struct.unpack_from(">I", data, at)
        body = data[at + 8 : at + 8 + size]
        (checksum,) = struct.unpack_from(">I", data, at + 8 + size)
        if data[at + 4 : at + 8] != kind or checksum != zlib.crc32(kind + body):
            raise ValueError("a damaged picture")
        found.append(body)
        at += size + 12
    return found[0], found[1]
