"""What the screens of one playthrough share: what is read and known of it, what is kept, and the ways through its tree."""

from __future__ import annotations

from dataclasses import dataclass, field

from game.packs import Pack
from game.session import (
    Bookmark,
    DropBookmark,
    EditBeat,
    Event,
    Flip,
    Forward,
    GoTo,
    MarkCard,
    Marks,
    Notice,
    Picked,
    Priced,
    Reloaded,
    Retell,
    Rewind,
    SceneReady,
    Started,
)
from game.stage.notices import Notices
from game.stage.reading import Reading
from game.stage.screen import House
from game.story import Mark, StoryState

QUICK = "quick"


@dataclass
class Tale:
    """`known` is the state that the player has read of; `saved` is whether the playthrough is in a file, and can be taken up
    again. `resumes`: a scene that is read again is opened at the last page that was read of it, not at its first."""

    house: House
    reading: Reading = field(default_factory=Reading)
    notices: Notices = field(default_factory=Notices)
    pack: Pack | None = None
    known: StoryState | None = None
    authored: bool = False
    saved: bool = False
    read_only: bool = False
    resumes: bool = False
    marks: tuple[MarkCard, ...] = ()
    _keeping: str = ""
    _recorded: str = ""
    _follows: bool = False

    def hear(self, event: Event) -> None:
        """Take in what the session says."""
        match event:
            case Started():
                self.pack, self.saved, self.known = event.pack, event.journal is not None, event.pack.initial
                self.read_only, self.authored = event.read_only, event.client == "stub"
            case Reloaded(pack):
                self.pack = pack
            case Marks(cards):
                self._keep(cards)
            case Picked(slot=slot):
                self._follows = slot == self._recorded
            case SceneReady():
                self._compare(event)
            case Notice() | Priced():
                self.notices.hear(event, self.house.now)
        self.reading.hear(event)

    def say(self, words: str) -> None:
        """Tell the player something, quietly."""
        self.notices.hear(Notice("stage", words), self.house.now)

    def _compare(self, ready: SceneReady) -> None:
        """Say so when a recording that is played again goes no further, and the story does."""
        before, self._recorded = self._recorded, ready.branches.recorded
        if before and self._follows and not self._recorded and not ready.scene.ending and not ready.recalled:
            self.say("The recording ends here. Whatever you choose now, the offline storyteller tells on.")

    def back(self) -> None:
        """One scene back, to the last page of it that was read: there its choice was made."""
        self.resumes = True
        self.house.session.submit(Rewind())

    def forward(self) -> None:
        self.resumes = True
        self.house.session.submit(Forward())

    def go_to(self, scene: str, resume: bool = False) -> None:
        """To any scene that was told: to its first page, or to the last that was read of it."""
        self.resumes = resume
        self.house.session.submit(GoTo(scene))

    def flip(self, by: int) -> None:
        self.resumes = False
        self.house.session.submit(Flip(by))

    def retell(self, steer: str) -> None:
        self.resumes = False
        self.house.session.submit(Retell(steer))

    def rewrite(self, scene: str, beat: int, text: str) -> None:
        self.house.session.submit(EditBeat(scene, beat, text))

    def keep(self, slot: str, name: str = "") -> None:
        """Keep the current scene in a slot, or (with "") under a name."""
        self.house.session.submit(Bookmark(name, slot))

    def rename(self, mark: Mark, name: str) -> None:
        """What is kept keeps its place, under another name."""
        if mark.slot or name != mark.name:
            self.house.session.submit(Bookmark(name, mark.slot, mark.key))
        if not mark.slot and name != mark.name:
            self.drop(mark)

    def drop(self, mark: Mark) -> None:
        self.house.session.submit(DropBookmark(mark.name, mark.slot))

    def quick_keep(self) -> None:
        """Keep the current scene in the quick slot; that it was, is said, since nothing else shows it."""
        self._keeping = Mark("", QUICK, "", 0).id
        self.keep(QUICK)

    def quick_load(self) -> None:
        card = self.in_slot(QUICK)
        if card:
            self.go_to(card.mark.key)
        else:
            self.say("The quick slot is empty: F6 keeps a scene in it.")

    def in_slot(self, slot: str) -> MarkCard | None:
        """What is kept in a slot."""
        return next((card for card in self.marks if card.mark.slot == slot), None)

    @property
    def named(self) -> tuple[MarkCard, ...]:
        """What is kept under a name alone."""
        return tuple(card for card in self.marks if not card.mark.slot)

    def _keep(self, cards: tuple[MarkCard, ...]) -> None:
        """Take in what is kept; say what came into the quick slot, if that was asked for."""
        self.marks = cards
        kept = next((card for card in cards if card.mark.id == self._keeping), None)
        self._keeping = ""
        if kept:
            self.say(f"Kept: {kept.title}, scene {kept.turn}.")
