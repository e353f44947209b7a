"""The small pictures of places on the story map: each is looked up once a frame, and faded once for what lies aside."""

from __future__ import annotations

import pygame

from game.packs import Pack
from game.stage.box import Box
from game.stage.pictures import Pictures

FAINT = 0.6
"""How solid the picture of a scene is that does not lie on the player's way."""


class Prints:
    """Pictures for one pack's places. A place that is not painted yet, or not the pack's, has none."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._here: dict[str, pygame.Surface | None] = {}
        self._faint: dict[str, tuple[pygame.Surface, pygame.Surface]] = {}

    def look(self, pictures: Pictures, box: Box) -> None:
        """A frame begins, in which pictures are as large as `box`."""
        places = self._pack.places
        self._here = {place: pictures.place(self._pack, place, box.w, box.h) for place in places}

    def take(self, place: str, faint: bool) -> pygame.Surface | None:
        found = self._here.get(place)
        return self._faded(place, found) if found and faint else found

    def _faded(self, place: str, picture: pygame.Surface) -> pygame.Surface:
        known = self._faint.get(place)
        if known and known[0] is picture:
            return known[1]
        thin = picture.copy()
        share = round(255 * FAINT)
        thin.fill((share, share, share, share), special_flags=pygame.BLEND_RGBA_MULT)
        self._faint[place] = (picture, thin)
        return thin
