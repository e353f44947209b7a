"""The map as a picture: one SVG file that needs nothing else, with no scripts and nothing that is fetched."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from rich.cells import cell_len, chop_cells

from game.packs.look import Palette
from game.story import Mark, StoryMap
from game.storymap.layout import Spot, lay_out
from game.storymap.names import Names, count, line, mark_name, marks_by_key

ACROSS, DOWN = 206, 92
"""From one column, and from one row, to the next."""
CARD_W, CARD_H = 166, 62
LEFT, TOP = 36, 92
FOOT = 74
NARROWEST = 760
LETTERS = 21
"""Columns of text that a card is wide."""


def as_svg(story: StoryMap, names: Names, palette: Palette | None = None) -> str:
    """The picture, in the pack's colours where these are at hand. Every text in it is escaped."""
    return "\n".join(_Drawing(story, names, palette or Palette()).parts()) + "\n"


class _Drawing:
    """One map being drawn."""

    def __init__(self, story: StoryMap, names: Names, palette: Palette) -> None:
        self._story = story
        self._names = names
        self._palette = palette
        self._plan = lay_out(story)
        self._marks = marks_by_key(story.marks)
        self._strong = frozenset(n for n, spot in enumerate(self._plan.spots) if spot.way != "aside")
        self._width = max(NARROWEST, 2 * LEFT + self._plan.columns * ACROSS - (ACROSS - CARD_W))
        self._height = TOP + max(1, self._plan.rows) * DOWN + FOOT

    def parts(self) -> Iterator[str]:
        plan, palette = self._plan, self._palette
        size = f'width="{self._width}" height="{self._height}" viewBox="0 0 {self._width} {self._height}"'
        yield f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="Georgia, serif" fill="{palette.ink}">'
        yield f"<title>{escape(line(self._names.title) or 'A story')}</title>"
        yield f'<rect width="100%" height="100%" fill="{palette.paper}"/>'
        yield _text(LEFT, 50, line(self._names.title) or "A story", 30)
        told = ", ".join((count(len(self._story.scenes), "scene"), count(sum(len(spot.forks) for spot in plan.spots), "fork")))
        yield _text(LEFT, 72, told, 14, 0.7)
        for strong in (False, True):
            look = f'stroke="{palette.accent}" stroke-width="4"' if strong else f'stroke="{palette.middle}" stroke-width="2"'
            yield f'<g fill="none" {look}>'
            yield from (self._way(n) for n, spot in enumerate(plan.spots) if spot.parent >= 0 and (n in self._strong) == strong)
            yield "</g>"
        for n, spot in enumerate(plan.spots):
            yield from self._card(spot, n in self._strong)
        yield from self._foot()
        yield "</svg>"

    def _way(self, n: int) -> str:
        """From the card before to this one: down in the gap between, and across with a round corner."""
        spot = self._plan.spots[n]
        before = self._plan.spots[spot.parent]
        x, y = _corner(before)
        to, down = _corner(spot)
        start, turn = f"M{x + CARD_W} {y + CARD_H // 2}", x + CARD_W + 18
        bend = down + CARD_H // 2
        across = "" if spot.row == before.row else f"H{turn - 8}q8 0 8 8V{bend - 8}q0 8 8 8"
        dashed = ' stroke-dasharray="3 5"' if self._plan.behind(n) else ""
        return f'<path d="{start}{across}H{to}"{dashed}/>'

    def _card(self, spot: Spot, strong: bool) -> Iterator[str]:
        palette, scene = self._palette, spot.scene
        x, y = _corner(spot)
        here = spot.way == "here"
        edge = f'stroke="{palette.accent if strong else palette.middle}" stroke-width="{3 if here else 1}"'
        yield f'<g transform="translate({x} {y})">'
        yield f"<title>{escape(' · '.join(self._said(spot)))}</title>"
        for n in range(min(3, len(spot.tellings)) - 1, 0, -1):
            yield f'<rect x="{4 * n}" y="{4 * n}" width="{CARD_W}" height="{CARD_H}" rx="3" fill="{palette.paper}" {edge}/>'
        yield f'<rect width="{CARD_W}" height="{CARD_H}" rx="3" fill="{"#ffffff" if strong else palette.paper}" {edge}/>'
        yield _text(10, 17, f"{scene.turn}  {fit(self._names.place(scene), LETTERS)}", 11, 0.72)
        for n, part in enumerate(broken(line(scene.title) or "(no title)", LETTERS, 2)):
            yield _text(10, 34 + 16 * n, part, 14)
        yield from self._signs(spot)
        yield "</g>"

    def _signs(self, spot: Spot) -> Iterator[str]:
        """What stands out of a card: where the player is, its bookmarks, an ending, how many tellings there are."""
        accent = self._palette.accent
        if spot.way == "here":
            yield f'<text x="0" y="-7" font-size="12" font-weight="bold" fill="{accent}">▼ you are here</text>'
        if marks := self._marked(spot):
            name = fit(mark_name(marks[0]), 14) + (f" +{len(marks) - 1}" if len(marks) > 1 else "")
            yield f'<path d="M{CARD_W - 18} -6v22l6 -5l6 5v-22z" fill="{accent}"/>'
            yield f'<text x="{CARD_W - 22}" y="-7" font-size="11" text-anchor="end">{escape(name)}</text>'
        if spot.scene.ending:
            yield f'<path d="M{CARD_W} {CARD_H // 2 - 9}l9 9l-9 9l-9 -9z" fill="{accent}"/>'
        if len(spot.tellings) > 1:
            yield f'<text x="{CARD_W - 6}" y="{CARD_H - 6}" font-size="11" text-anchor="end">{len(spot.tellings)} tellings</text>'

    def _marked(self, spot: Spot) -> list[Mark]:
        return [mark for scene in spot.tellings for mark in self._marks.get(scene.key, ())]

    def _said(self, spot: Spot) -> Iterator[str]:
        """All that there is to say of a spot."""
        yield line(spot.scene.title) or "(no title)"
        yield self._names.place(spot.scene)
        yield f"scene {spot.scene.turn}"
        if spot.scene.ending:
            yield f"ending: {self._names.ending(spot.scene.ending)}"
        yield from map(mark_name, self._marked(spot))

    def _foot(self) -> Iterator[str]:
        y = self._height - 40
        found = [self._names.ending(ending) for ending in self._story.endings]
        unfound = "" if self._names.unfound is None else f" {self._names.unfound} not found yet."
        told = f"Endings found: {', '.join(found) or 'none'}.{unfound}"
        yield _text(LEFT, y, fit(told, self._width // 8), 14)
        x = LEFT
        for width, sign, words in self._legend():
            yield f'<g transform="translate({x} {y + 19})">{sign}{_text(width, 4, words, 12)}</g>'
            x += width + 7 * len(words) + 14

    def _legend(self) -> Iterator[tuple[int, str, str]]:
        """Signs, how wide each is with its gap, and what it means."""
        accent, middle = self._palette.accent, self._palette.middle
        yield 36, f'<path d="M0 0h28" stroke="{accent}" stroke-width="4"/>', "your way"
        yield 36, f'<path d="M0 0h28" stroke="{middle}" stroke-width="2"/>', "another"
        dashed = f'<path d="M0 0h28" stroke="{middle}" stroke-width="2" stroke-dasharray="3 5"/>'
        yield 36, dashed, "from a telling beneath"
        yield 22, f'<path d="M8 -8l8 8l-8 8l-8 -8z" fill="{accent}"/>', "an ending"
        yield 16, f'<path d="M0 -9v18l5 -4l5 4v-18z" fill="{accent}"/>', "a bookmark"


def broken(text: str, columns: int, most: int) -> list[str]:
    """The text in at most so many lines of so many columns, cut off where it is longer."""
    lines = [""]
    for word in text.split():
        for piece in chop_cells(word, columns):
            joined = f"{lines[-1]} {piece}".strip()
            if cell_len(joined) <= columns:
                lines[-1] = joined
            else:
                lines.append(piece)
    return lines if len(lines) <= most else [*lines[: most - 1], fit(f"{lines[most - 1]} {lines[most]}", columns)]


def fit(text: str, columns: int) -> str:
    """The text, or as much of it as is at most so many columns wide, with an ellipsis."""
    return text if cell_len(text) <= columns else chop_cells(text, columns - 1)[0].rstrip() + "…"


def _corner(spot: Spot) -> tuple[int, int]:
    return LEFT + spot.column * ACROSS, TOP + 22 + spot.row * DOWN


def _text(x: int, y: int, text: str, size: int, opacity: float = 1) -> str:
    return f'<text x="{x}" y="{y}" font-size="{size}" opacity="{opacity}">{escape(text)}</text>'
