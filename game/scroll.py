"""The terminal's paper: what is printed on it only ever grows downwards, so that it is good over SSH and for a screen reader."""

import textwrap
from collections.abc import Iterable, Sequence

from rich.console import Console

from game.ledger import Ledger
from game.packs import Pack
from game.packs.diagnostic import printable
from game.session import Branches, Ended, MapReady, MarkCard, SaveCard, Tally
from game.story import Beat, Scene, Source
from game.storymap import as_text, names_of

MEASURE = 76
"""Columns of text at the most."""
ALONE = Branches()


class Scroll:
    """Prints for one playthrough. Nothing that stands on it is drawn again."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._pack: Pack | None = None
        self._column = 0
        self._printed: dict[int, int] = {}

    def title(self, pack: Pack) -> None:
        self._pack = pack
        self._console.rule(printable(pack.title), characters="-")
        notes = f" Contains: {', '.join(pack.content_notes)}." if pack.content_notes else ""
        self.aside(f"Rated {pack.rating}.{notes}")

    def heading(self, title: str, place: str) -> None:
        name = self._place(place)
        self._printed = {}
        self._print(f"\n{title}", style="bold")
        self._print(f"{name}\n" if name != title else "", style="dim")

    def grow(self, index: int, beat: Beat, done: bool) -> None:
        """Print what is new of a beat, word by word, wrapped by ourselves because the line is never redrawn."""
        printed = self._printed.get(index)
        if printed is None:
            self._column = printed = 0
            if beat.speaker:
                self._words(f"{self._name(beat.speaker)}: ", style="bold")
        self._words(beat.text[printed:])
        self._printed[index] = len(beat.text)
        if done:
            self._print("\n")
            self._column = 0

    def scene(self, scene: Scene) -> None:
        """A whole scene, told already."""
        self.heading(scene.title, scene.place)
        for index, beat in enumerate(scene.beats):
            self.grow(index, beat, True)

    def saves(self, cards: Sequence[SaveCard]) -> None:
        """Playthroughs that can be taken up."""
        self.aside("Saved playthroughs. A number goes on with one; Enter begins a new one.")
        self.list_(f"{card.pack_title or card.journal.stem}: {_standing(card)}" for card in cards)

    def choices(self, scene: Scene, branches: Branches = ALONE) -> None:
        """Numbered from 1; those behind which a scene was told already are marked, and so is what a recording took."""
        for number, choice in enumerate(scene.choices, start=1):
            mark = "*" if choice.slot == branches.recorded else "·" if choice.slot in branches.told else " "
            self._hang(choice.text, f"{mark} {number}. ")
        if branches.told:
            self.aside("You have been here: choices marked · were told.")
        if branches.recorded:
            self.aside("The choice marked * was taken when this was recorded; Enter takes it.")

    def telling(self, branches: Branches) -> None:
        """Which telling of a scene this is, where there are several."""
        if branches.tellings > 1:
            self.aside(f"Telling {branches.telling + 1} of {branches.tellings}. t: the next.")

    def paragraph(self, beat: Beat) -> None:
        """A beat by itself, whole."""
        self._printed.pop(-1, None)
        self.grow(-1, beat, True)

    def marks(self, cards: Sequence[MarkCard]) -> None:
        """What is kept: where, under which name, and what it is."""
        self.aside("Kept:" if cards else "Nothing is kept yet. k: keep this scene.")
        for card in cards:
            slot, name = card.mark.slot, card.mark.name
            label = ", ".join(filter(None, (f"slot {slot}" if slot.isdecimal() else slot, f"“{name}”" if name else "")))
            place = self._place(card.place)
            where = card.title if place == card.title else f"{card.title}, {place}"
            self._hang(f"{label}: {where} (scene {card.turn}{', an ending' if card.ended else ''})", "  - ")

    def map(self, event: MapReady) -> None:
        """The tree of all that was told."""
        names = names_of(event.map, self._pack)
        text = as_text(event.map, names, min(MEASURE, self._console.width), self._console.encoding)
        self._print(f"\n{text}", highlight=False, soft_wrap=True)

    def sources(self, scene: Scene) -> None:
        """Who wrote each beat, through what, and from what."""
        for beat in scene.beats:
            self.aside(f"“{textwrap.shorten(beat.text, 50, placeholder='…')}” {_written(beat.source)}")

    def picked(self, text: str) -> None:
        self._print(f"\n> {text}", style="bold")

    def aside(self, words: str) -> None:
        """A word beside the story. One that comes in the midst of a beat takes a line of its own, and the beat goes on below."""
        if not words:
            return
        if self._column:
            self._print()
            self._column = 0
        self._print(words, style="dim italic")

    def list_(self, texts: Iterable[str]) -> None:
        """Numbered from 1."""
        for number, text in enumerate(texts, start=1):
            self._hang(text, f"  {number}. ")

    def ledger(self, ledger: Ledger) -> None:
        """What is true, carried, open and closed, who knows of it, and what was noted."""
        carried = [f"{name}: {text}" if text else name for name, text in ledger.items]
        known = [f"{name}: {' '.join(facts)}" for name, facts in ledger.known]
        for heading, entries in (
            ("True now", ledger.facts),
            ("Carried", carried),
            ("Still open", ledger.open),
            ("Closed", ledger.closed),
            ("Who knows", known),
            ("Noted", ledger.notes),
        ):
            if entries:
                self.aside(heading)
                for entry in entries:
                    self._hang(entry, "  - ")

    def ended(self, event: Ended) -> None:
        self._console.rule(printable(event.title), characters="-")
        if event.open_threads:
            self.aside("What stayed open")
            for text in event.open_threads:
                self._hang(text, "  - ")
        for share in event.credits.shares:
            self.aside(f"{share.words} words by the {share.by}, via {share.via}")
        for words in _took(event.tally):
            self.aside(words)
        for name, role in event.credits.authors:
            self.aside(f"{role}: {name}")
        self.aside(event.credits.statement)

    def _hang(self, text: str, mark: str) -> None:
        width = min(MEASURE, self._console.width)
        self._print(textwrap.fill(text, width, initial_indent=mark, subsequent_indent=" " * len(mark)), soft_wrap=True)

    def _words(self, text: str, style: str = "") -> None:
        width = min(MEASURE, self._console.width)
        for piece in _with_spaces(text):
            word = piece
            if self._column and self._column + len(piece.rstrip()) > width:
                self._print()
                self._column, word = 0, piece.lstrip()
            self._print(word, end="", style=style, soft_wrap=True)
            self._column += len(word)

    def _print(
        self, text: str = "", style: str = "", end: str = "\n", highlight: bool | None = None, soft_wrap: bool | None = None
    ) -> None:
        """It may be a stranger's: nothing in it but its words reaches the terminal."""
        self._console.print(printable(text), style=style, end=end, markup=False, highlight=highlight, soft_wrap=soft_wrap)

    def _place(self, place: str) -> str:
        return self._pack.places[place].name if self._pack and place in self._pack.places else place

    def _name(self, speaker: str) -> str:
        return self._pack.cast[speaker].name if self._pack and speaker in self._pack.cast else speaker


def _written(source: Source) -> str:
    if source.via == "edit":
        by, _, rest = source.ref.partition(" ")
        return f"edited by you; first by the {by} ({rest})"
    return f"by the {source.by}, via {source.via}, from {source.ref}"


def _standing(card: SaveCard) -> str:
    if card.damaged and not card.turn:
        return "damaged, and no backup of it is left"
    damaged = "; damaged, its last backup is taken up" if card.damaged else ""
    return f"{card.scene_title} (scene {card.turn}{damaged})"


def _took(tally: Tally) -> list[str]:
    """What the telling took of a client, in words; nothing of what there is nothing to say of."""
    out = []
    if tally.requests:
        known = f" ({tally.cached:,} of them known to it from before)" if tally.cached else ""
        out.append(f"{tally.requests} requests: {tally.prompt:,} tokens read{known}, {tally.reply:,} written.")
    if tally.hits:
        out.append(
            f"{tally.hits} of {tally.hits + tally.misses} scenes were begun before you chose: {tally.saved:.0f} s less to wait."
        )
    if tally.wasted:
        out.append(f"{tally.wasted:,} tokens went into scenes that you did not choose.")
    return out


def _with_spaces(text: str) -> list[str]:
    """The words of a text, each with the space that follows it."""
    out = [word + " " for word in text.split(" ")]
    out[-1] = out[-1][:-1]
    return [word for word in out if word]
