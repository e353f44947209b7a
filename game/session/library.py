"""What can be played: the packs and the saved journals. What it takes to open one is in `opening`, read when it is needed: a
window should not wait for it."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_data_path

from game.journal import CorruptJournal, JournalError, saves, spent_in
from game.packs import Diagnostic, PackError
from game.packs.diagnostic import one_line
from game.packs.shelf import look_into, shelf
from game.session.events import PackCard, PackTried, SaveCard, ShelfReady, Tally
from game.session.restoring import in_library, stopped_by_damage
from game.session.tally import tally_of
from game.settings import Settings

if TYPE_CHECKING:
    from game.narrator import Clock, Sleep
    from game.session.commands import Begin, Continue, Teller
    from game.session.events import Started, TellerTried
    from game.session.opening import Opener
    from game.session.playthrough import Playthrough
    from game.session.scribe import Emit


class StartError(Exception):
    """Nothing can be begun: one line, what, where, what to do. `problems` are all that is wrong with a pack, where it is that."""

    def __init__(self, message: str, problems: tuple[Diagnostic, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Timing:
    """The clock of a session, and whether somebody reads at their own pace (else nothing is done ahead)."""

    sleep: Sleep = asyncio.sleep
    clock: Clock = time.monotonic
    reader: bool = True


class Library:
    """The packs and the playthroughs. `folder` is where new ones are kept; with `trace` each request is told in that file."""

    def __init__(self, settings: Settings | None = None, folder: Path | None = None, trace: Path | None = None) -> None:
        self._settings = settings or Settings()
        self._trace = trace
        self.folder = folder or user_data_path("unwritten", appauthor=False) / "playthroughs"

    async def look_around(self) -> ShelfReady:
        """All packs, the broken ones with what is wrong with them, and all saved playthroughs, the latest first."""
        cards = [
            PackCard(ref, ref, None, found.diagnostics) if isinstance(found, PackError) else PackCard(ref, found.title, found)
            for ref, found in shelf()
        ]
        return ShelfReady(tuple(cards), tuple(SaveCard(**vars(card)) for card in saves(self.folder)))

    def change(self, settings: Settings) -> None:
        """These settings hold from now on."""
        self._settings = settings

    def settle(self, play: Playthrough, timing: Timing) -> None:
        """Have an open playthrough write ahead as is set now."""
        policy = self._opener().policy(play.narrator.client, timing, play.recorded)
        play.write_ahead(policy, self._settings.prefetch_tokens or None)

    async def open(self, command: Begin | Continue, emit: Emit, timing: Timing) -> tuple[Playthrough, Started]:
        """Open what `command` asks for.

        Raises:
            StartError: it cannot be opened.
        """
        return await self._opener().open(command, emit, timing)

    def try_pack(self, path: str) -> PackTried:
        """See what is at a path that may come from anywhere."""
        pack, problems = look_into(path)
        title = pack.title if pack else one_line(Path(path).name or path)
        return PackTried(PackCard(path, title, pack, () if pack else problems))

    async def try_teller(self, teller: Teller) -> TellerTried:
        """Have the client write something small."""
        return await self._opener().try_teller(teller)

    def what_stops(self, error: JournalError, path: Path | None) -> str:
        """What the player hears when the journal at `path` (None: in memory) cannot be gone on with: one line."""
        if isinstance(error, CorruptJournal) and path is not None and in_library(path, self.folder):
            return stopped_by_damage(path, error)
        return f"{error}; what was read before is still there"

    def tally(self) -> Tally:
        """What all saved playthroughs took together, and what writing ahead brought of it."""
        tallies = [tally_of(spent_in(card.journal)) for card in saves(self.folder)]
        return Tally(**{field.name: sum(getattr(each, field.name) for each in tallies) for field in fields(Tally)})

    def _opener(self) -> Opener:
        from game.session.opening import Opener

        return Opener(self._settings, self.folder, self._trace)
