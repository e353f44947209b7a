"""Pictures of what is said of packs: a shelf of five, what comes before a story, mistakes, a pack that was read again. Posed."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from game.packs import Diagnostic, Pack
from game.packs.look import Palette
from game.session import Begin, Command, Event, LookAround, NotReloaded, PackCard, Reload, Reloaded, ShelfReady, Started
from game.settings import Settings
from game.stage.pilot import Pilot
from game.stage.posing import waiting

SIZES = (100, 150)
"""Of the text, in percent."""
TORN = "a_world_of_mine"
MISTAKES = (
    Diagnostic("PACK301", "error", "places.toml", 12, 'no place is called "jety".', 'Did you mean "jetty"?'),
    Diagnostic(
        "PACK402",
        "error",
        "storylets/act_two.toml",
        218,
        'the condition reads "trsut", which is not declared.',
        'Did you mean "trust"?',
    ),
    Diagnostic("PACK508", "warning", "grammar.toml", 3, "nothing uses this grammar symbol.", "Use it, or take it away."),
)
DUSK, MOSS = Palette(sky_top="#3a2740", sky_low="#d79a7a"), Palette(sky_top="#1d3330", sky_low="#a9b98c", accent="#7a5a1e")


class _Shelf:
    """Five packs, one of them broken; a story of the first, whose pack is read again, with and without success."""

    def __init__(self, packs: Sequence[Pack]) -> None:
        first, last = packs[0], packs[-1]
        others = (
            replace(first, id="skerry", title="Skerry", palette=DUSK, hash="skerry", cover=last.cover.model_copy(update=_BARE)),
            replace(
                last, id="overtime", title="Overtime", palette=MOSS, hash="overtime", cover=first.cover.model_copy(update=_BARE)
            ),
        )
        cards = [PackCard(pack.id, pack.title, pack) for pack in packs]
        self.cards = (*cards[:2], PackCard(TORN, TORN, None, MISTAKES), *(PackCard(each.id, each.title, each) for each in others))
        self._pack = first
        self._events: deque[Event] = deque()
        self._reads = deque[Event]((Reloaded(first, ("places.toml", "pack.toml"), MISTAKES[2:]), NotReloaded(MISTAKES)))

    def submit(self, command: Command) -> None:
        match command:
            case LookAround():
                self._events.append(ShelfReady(self.cards, ()))
            case Begin():
                self._events.append(Started(self._pack, "stub", "", 7, None, False, False))
                self._events.extend(waiting(self._pack, words=40))
            case Reload():
                self._events.append(self._reads.popleft())

    def poll(self) -> tuple[Event, ...]:
        events = tuple(self._events)
        self._events.clear()
        return events


_BARE = {"place": None, "cast": None, "weather": None, "light": None}


def shelf(out: Path, size: tuple[int, int], packs: Sequence[Pack]) -> None:
    """The pictures; of the sheets before a story, with large text too."""
    for text in SIZES:
        after = "" if text == 100 else f"-{text}"
        posed = _Shelf(packs)
        with Pilot(posed, Settings(text_size=text, text_speed=0), size) as pilot:
            pilot.frame()
            _keep(pilot, out / f"shelf{after}.png")
            pilot.click_key(f"card:{TORN}")
            _keep(pilot, out / f"mistakes{after}.png")
            pilot.press("escape")
            pilot.click_key(f"card:{packs[0].id}")
            _keep(pilot, out / f"before{after}.png")
            if text == SIZES[0]:
                pilot.press("return", "space", "f5")
                _keep(pilot, out / "read-again.png")
                pilot.press("f5")
                _keep(pilot, out / "not-read-again.png")


def _keep(pilot: Pilot, path: Path) -> None:
    pilot.settle()
    pilot.shot(str(path))
