"""The map as text: a tree for a terminal, the player's own line at the margin, runs without forks in a few lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len, chop_cells

from game.story import Mark, StoryMap
from game.storymap.layout import Layout, lay_out
from game.storymap.names import Names, choice_number, count, line, mark_name

BRANCHES = 80
"""Branches of a tree that is drawn whole."""
NEAREST = 40
"""Branches that are drawn of a larger one: the nearest to the player, outer ones before those that leave them."""
DEEPEST = 7
"""Branches of branches that are drawn, so that room for words is left."""
ROWS = 3
"""Lines of one run at the most."""


@dataclass(frozen=True, slots=True)
class Glyphs:
    """What the tree is drawn with."""

    fork: str
    last: str
    bar: str
    to: str
    here: str
    mark: str
    ending: str
    times: str
    dash: str
    dot: str
    more: str


BOX = Glyphs("├─ ", "└─ ", "│  ", "→", "◀", "⚑", "◆", "×", "–", "·", "…")
ASCII = Glyphs("|- ", "`- ", "|  ", "->", "<-", "#", "*", "x", "-", "-", "...")


def as_text(story: StoryMap, names: Names, width: int = 80, encoding: str = "utf-8") -> str:
    """The tree in lines of at most `width` columns (40 at the least); drawn in ASCII when `encoding` cannot do better."""
    glyphs = BOX if _can(encoding, "".join(getattr(BOX, name) for name in Glyphs.__slots__)) else ASCII
    text = "\n".join(_Tree(story, names, max(40, width), glyphs).lines()) + "\n"
    return text.encode(encoding, "replace").decode(encoding)


def _can(encoding: str, text: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


class _Tree:
    """One map being written."""

    def __init__(self, story: StoryMap, names: Names, width: int, glyphs: Glyphs) -> None:
        self._story = story
        self._names = names
        self._width = width
        self._glyphs = glyphs
        self._plan = lay_out(story)
        self._marks = _by_spot(self._plan, story.marks)
        self._shown = _nearest(self._plan)
        self._folded = _folded(self._plan, self._shown)

    def lines(self) -> Iterator[str]:
        plan = self._plan
        forks = sum(len(spot.forks) for spot in plan.spots)
        again = len(self._story.scenes) - len(plan.spots)
        parts = [count(len(self._story.scenes), "scene")]
        parts += [count(forks, "fork")] if forks else []
        parts += [f"{again:,} told again"] if again else []
        yield from self._wrapped(f"{line(self._names.title) or 'A story'}: {', '.join(parts)}", "", "")
        yield ""
        for head in plan.heads:
            yield from self._run(head, "", "")
        if not plan.heads:
            yield "Nothing has been told yet."
        yield ""
        yield from self._wrapped(self._endings(), "", "")
        if forks:
            yield from self._wrapped("The number at a branch is the choice that was taken there.", "", "")

    def _endings(self) -> str:
        """What was found, and how much was not."""
        found = [self._names.ending(ending) for ending in self._story.endings]
        told = f"Endings found: {f' {self._glyphs.dot} '.join(found) or 'none'}."
        return told if self._names.unfound is None else f"{told} {self._names.unfound} not found yet."

    def _run(self, first: int, lead: str, under: str) -> Iterator[str]:
        """A run and the branches that leave it. `lead` stands before its first line, `under` before those that follow."""
        stretches = list(self._stretches(first))
        for n, stretch in enumerate(stretches):
            forks = [fork for fork in self._plan.spots[stretch[-1]].forks if fork in self._shown]
            goes_on = n + 1 < len(stretches)
            beside = self._glyphs.bar if goes_on or forks else "   "
            yield from self._wrapped(self._stretch(stretch), lead, f"{under}{beside}")
            lead = under
            for fork in forks:
                final = fork == forks[-1] and not goes_on
                corner = self._glyphs.last if final else self._glyphs.fork
                below = under + ("   " if final else self._glyphs.bar)
                yield from self._run(fork, f"{under}{corner}{self._step(fork)} {self._glyphs.to} ", below)

    def _stretches(self, first: int) -> Iterator[list[int]]:
        """A run, cut behind each scene of which there is more to say than its title."""
        stretch: list[int] = []
        for n in self._plan.run(first):
            stretch.append(n)
            spot = self._plan.spots[n]
            if n == self._plan.here or n in self._marks or any(fork in self._shown for fork in spot.forks):
                yield stretch
                stretch = []
        if stretch:
            yield stretch

    def _step(self, fork: int) -> str:
        """The choice that leads to a branch, and the telling that it was taken in where that is not the one that is seen."""
        spot = self._plan.spots[fork]
        choice = choice_number(spot.scene.slot)
        if not self._plan.behind(fork):
            return choice
        telling = next(each.telling for each in self._plan.spots[spot.parent].tellings if each.key == spot.scene.parent)
        return f"{choice} in telling {telling + 1}"

    def _stretch(self, spots: Sequence[int]) -> str:
        """Scenes that follow one another: their numbers, their titles, and what else there is to say of the last."""
        first, last = self._plan.spots[spots[0]].scene, self._plan.spots[spots[-1]].scene
        numbers = f"{first.turn}{self._glyphs.dash}{last.turn}" if len(spots) > 1 else f"{first.turn}"
        return "  ".join([numbers, self._titles(spots), *self._notes(spots)])

    def _titles(self, spots: Sequence[int]) -> str:
        """With the places, while there is room for them; else without, and what is too much left out before the last."""
        room = (ROWS - 1) * self._width
        told = self._by_place(spots)
        if cell_len(told) <= room:
            return told
        titles = [self._title(n) for n in spots]
        kept: list[str] = []
        left = room - cell_len(titles[-1])
        for title in titles[:-1]:
            left -= cell_len(title) + 2
            if left < 0:
                return ", ".join([*kept, f"{self._glyphs.more} {titles[-1]}"])
            kept.append(title)
        return ", ".join(titles)

    def _by_place(self, spots: Sequence[int]) -> str:
        """The titles, behind the place that they are set in, which is said once."""
        groups: list[tuple[str, list[str]]] = []
        for n in spots:
            place = self._names.place(self._plan.spots[n].scene)
            if not groups or groups[-1][0] != place:
                groups.append((place, []))
            groups[-1][1].append(self._title(n))
        told = [f"{place}: {', '.join(titles)}" if place else ", ".join(titles) for place, titles in groups]
        return f" {self._glyphs.dot} ".join(told)

    def _title(self, n: int) -> str:
        spot = self._plan.spots[n]
        title = line(spot.scene.title) or "(no title)"
        return f"{title} {self._glyphs.times}{len(spot.tellings)}" if len(spot.tellings) > 1 else title

    def _notes(self, spots: Sequence[int]) -> Iterator[str]:
        last = spots[-1]
        ending = self._plan.spots[last].scene.ending
        if ending:
            yield f"{self._glyphs.ending} {self._names.ending(ending)}"
        for mark in self._marks.get(last, ()):
            yield f"{self._glyphs.mark} {mark_name(mark)}"
        if last == self._plan.here:
            yield f"{self._glyphs.here} you are here"
        folded = [self._folded[fork] for n in spots for fork in self._plan.spots[n].forks if fork not in self._shown]
        if folded:
            scenes, branches = (sum(each) for each in zip(*folded, strict=True))
            yield f"(and {count(branches, 'branch', 'branches')} of {count(scenes, 'scene')})"

    def _wrapped(self, text: str, lead: str, under: str) -> Iterator[str]:
        """The text in lines, `lead` before the first, `under` before the others."""
        before, row = lead, ""
        for word in text.split(" "):
            for piece in chop_cells(word, max(8, self._width - cell_len(under))) or [""]:
                joined = f"{row} {piece}" if row else piece
                if row and cell_len(before + joined) > self._width:
                    yield (before + row).rstrip()
                    before, row = under, piece.lstrip()
                else:
                    row = joined
        yield (before + row).rstrip()


def _by_spot(plan: Layout, marks: Sequence[Mark]) -> dict[int, list[Mark]]:
    found: dict[int, list[Mark]] = {}
    for mark in marks:
        if mark.key in plan.where:
            found.setdefault(plan.where[mark.key], []).append(mark)
    return found


def _nearest(plan: Layout) -> frozenset[int]:
    """The first spots of the branches that are drawn."""
    nesting = [0] * len(plan.spots)
    for n, spot in enumerate(plan.spots):
        if spot.parent >= 0:
            nesting[n] = nesting[spot.parent] + (plan.spots[spot.parent].straight != n)
    here = plan.spots[plan.here].column if plan.here >= 0 else 0
    forks = [fork for spot in plan.spots for fork in spot.forks if nesting[fork] <= DEEPEST]
    forks.sort(key=lambda fork: (nesting[fork], abs(plan.spots[fork].column - here)))
    return frozenset(forks if len(forks) <= BRANCHES else forks[:NEAREST])


def _folded(plan: Layout, shown: frozenset[int]) -> dict[int, tuple[int, int]]:
    """Of each branch that is not drawn: how many scenes there are in it and below it, and how many branches."""
    scenes = [len(spot.tellings) for spot in plan.spots]
    branches = [0] * len(plan.spots)
    folded = {}
    for n in range(len(plan.spots) - 1, -1, -1):
        spot = plan.spots[n]
        if spot.parent < 0:
            continue
        leaves = plan.spots[spot.parent].straight != n
        branches[n] += leaves
        if leaves and n not in shown:
            folded[n] = (scenes[n], branches[n])
        scenes[spot.parent] += scenes[n]
        branches[spot.parent] += branches[n]
    return folded
