"""Opening a playthrough: its pack, its journal, a recording, the client that tells it, and how it is played."""

import os
import secrets
from dataclasses import replace
from pathlib import Path

from game import __version__
from game.clients import Capabilities, ClientError, ClientOptions, LLMClient
from game.clients.registry import UnknownClient, open_client
from game.clients.unready import UnreadyClient
from game.journal import Header, Journal, JournalError, Recording
from game.journal.sealing import read_tape
from game.narrator import Narrator, Policy
from game.packs import Pack, PackError
from game.packs.remembered import declarations_of
from game.packs.shelf import find_pack, shelf
from game.session.carried import take_up_saved, with_pack
from game.session.commands import Begin, Continue, Teller
from game.session.events import Notice, Started, TellerTried
from game.session.keeping import Keeper
from game.session.library import StartError, Timing
from game.session.manner import Manner
from game.session.playthrough import Playthrough
from game.session.restoring import Opened, begin, begin_anywhere, in_library, take_up
from game.session.scribe import Emit
from game.session.trace import Trace
from game.session.trying import try_out
from game.settings import Settings
from game.story import Attempt, Player

OFFLINE_TELLS = "The offline storyteller tells it."


class Opener:
    """Opens playthroughs with these settings. New ones are kept in `folder`; with `trace` each request is told in that file."""

    def __init__(self, settings: Settings, folder: Path, trace: Path | None) -> None:
        self._settings = settings
        self._folder = folder
        self._trace = trace

    async def open(self, command: Begin | Continue, emit: Emit, timing: Timing) -> tuple[Playthrough, Started]:
        """Open what `command` asks for.

        Raises:
            StartError: it cannot be opened.
        """
        recording, inside = _recording(command.teller)
        if isinstance(command, Continue):
            (pack, opened), continued = take_up_saved(command, self._folder), True
        else:
            pack, opened, continued = self._begin(command, recording, inside)
        journal = opened.journal
        # Where nothing is told, nobody need be asked, and no model be loaded.
        teller = Teller() if opened.read_only else command.teller
        client = self._client(teller, pack, journal.header.seed, recording)
        notices = opened.notices
        if recording is None and not _may_write(client, pack):
            await client.aclose()
            if command.require_client:
                journal.close()
                raise StartError(f"the authors of {pack.title} let no model write in it; play it with --client stub")
            client = self._client(Teller(), pack, journal.header.seed, None)
            notices = (*notices, Notice("no_model", f"The authors of {pack.title} let no model write in it. {OFFLINE_TELLS}"))
        narrator = Narrator(pack, journal.header.player, client, timing.sleep, timing.clock)
        try:
            manner = replace(
                self._manner(command, client, timing, recording),
                notices=notices,
                keeper=self._keeper(journal, emit),
                read_only=opened.read_only,
            )
        except StartError:
            journal.close()
            raise
        play = Playthrough(pack, journal, narrator, emit, manner)
        started = Started(
            pack=play.world.to_read,
            client=client.name,
            model=client.model,
            seed=journal.header.seed,
            journal=journal.path,
            continued=continued,
            networked=client.capabilities.networked,
            read_only=opened.read_only,
        )
        if manner.trace:
            manner.trace.began(client.name, client.model, pack.id, pack.hash, journal.header.seed)
        return play, started

    def _manner(self, command: Begin | Continue, client: LLMClient, timing: Timing, recording: Recording | None) -> Manner:
        """How it is played."""
        return Manner(
            require_client=command.require_client,
            prefetch=self.policy(client, timing, recording is not None),
            cap=self._settings.prefetch_tokens or None,
            reader=timing.reader,
            recording=recording,
            trace=self._open_trace(),
        )

    def _keeper(self, journal: Journal, emit: Emit) -> Keeper | None:
        """Who keeps a playthrough of the library safe; a file that the player named is the player's own."""
        return Keeper(emit) if journal.path is not None and in_library(journal.path, self._folder) else None

    def policy(self, client: LLMClient, timing: Timing, recorded: bool) -> Policy:
        """What is written ahead: nothing where nobody reads, or where all is written already."""
        return written_ahead(self._settings, client.capabilities) if timing.reader and not recorded else "off"

    def _open_trace(self) -> Trace | None:
        if self._trace is None:
            return None
        try:
            return Trace(self._trace)
        except OSError as error:
            raise StartError(f"{self._trace}: cannot be written ({error.strerror}); name another file for --trace") from None

    async def try_teller(self, teller: Teller) -> TellerTried:
        """Have the client write something small."""
        pack = next((found for _, found in shelf() if isinstance(found, Pack)), None)
        if pack is None:
            return TellerTried(False, "There is no pack to try it with.")
        try:
            client = open_client(teller.client, self._options(teller, pack, 0))
        except ClientError as error:
            return TellerTried(False, str(error))
        try:
            return await try_out(client, pack)
        finally:
            await client.aclose()

    def _begin(self, command: Begin, recording: Recording | None, inside: Pack | None) -> tuple[Pack, Opened, bool]:
        """`inside` is the pack that is sealed with the recording."""
        if isinstance(command.journal, Path) and command.journal.exists() and not command.pack and recording is None:
            pack, opened = with_pack(self._opened(command.journal), command.journal, "")
            return pack, opened, True
        known = recording.header.pack_id if recording else ""
        pack = inside if inside and not command.pack else _find(command.pack or known)
        if recording and recording.header.pack_id != pack.id:
            other = recording.header.pack_id
            raise StartError(f"the recording is of {other}, not of {pack.id}; play --pack {other}")
        path = self._path(command, pack)
        if path is not None and path.exists():
            opened = self._opened(path)
            journal = opened.journal
            if journal.header.pack_id != pack.id:
                other = journal.header.pack_id
                journal.close()
                raise StartError(
                    f"{path.name} is a playthrough of {other}, not of {pack.id}; name another file, or play --pack {other}"
                )
            return pack, opened, True
        seed = recording.header.seed if recording else secrets.randbelow(1 << 31) if command.seed is None else command.seed
        player = recording.header.player if recording else _clean(command.player or pack.player)
        header = Header(
            pack_id=pack.id,
            pack_title=pack.title,
            pack_version=pack.version,
            pack_hash=pack.hash,
            seed=seed,
            player=player,
            initial=recording.header.initial if recording else pack.initial,
            engine=__version__,
            declarations=declarations_of(pack),
        )
        try:
            if path is not None and command.journal == "library":
                return pack, begin_anywhere(path, header, self._folder), False
            return pack, Opened(begin(path, header, self._folder)), False
        except JournalError as error:
            raise StartError(str(error)) from None

    def _opened(self, path: Path) -> Opened:
        try:
            return take_up(path, self._folder)
        except JournalError as error:
            raise StartError(str(error)) from None

    def _path(self, command: Begin, pack: Pack) -> Path | None:
        if isinstance(command.journal, Path):
            return command.journal
        if command.journal == "memory":
            return None
        taken = (self._folder / f"{pack.id}-{n}.journal" for n in range(1, 100_000))
        # Where a folder cannot be searched, a name in it is taken by nothing.
        return next(path for path in taken if not os.path.exists(path))

    def _client(self, teller: Teller, pack: Pack, seed: int, recording: Recording | None) -> LLMClient:
        try:
            return open_client(teller.client, self._options(teller, pack, seed, recording))
        except UnknownClient as error:
            raise StartError(str(error)) from None
        except ClientError as error:
            return UnreadyClient(teller.client, teller.model, error)

    def _options(self, teller: Teller, pack: Pack, seed: int, recording: Recording | None = None) -> ClientOptions:
        settings = self._settings
        return ClientOptions(
            pack=pack,
            model=teller.model or settings.model,
            base_url=teller.base_url or settings.base_url,
            api_key=teller.api_key or settings.key_for(teller.base_url or settings.base_url),
            timeout=settings.timeout,
            window=settings.window,
            threads=settings.threads,
            seed=seed,
            chaos_seed=teller.chaos_seed,
            attempts=_by_request(recording) if recording else {},
        )


def _may_write(client: LLMClient, pack: Pack) -> bool:
    """Whether the pack's authors agree to it. What passes on their own words always may."""
    return client.capabilities.authored or pack.ai_policy.model_may_write


def written_ahead(settings: Settings, capabilities: Capabilities) -> Policy:
    """What may be written ahead. A service elsewhere is asked for nothing until the player has set what that may take."""
    if not capabilities.reads_prompt or (capabilities.networked and settings.prefetch_tokens == 0):
        return "off"
    return settings.prefetch


def _recording(teller: Teller) -> tuple[Recording | None, Pack | None]:
    """What the teller `replay` plays, and the pack that is sealed with it."""
    if teller.client != "replay":
        return None, None
    if not teller.model:
        raise StartError("no recording is named for the client replay; name a journal or a sealed playthrough by --model")
    try:
        return read_tape(Path(teller.model).expanduser())
    except JournalError as error:
        raise StartError(str(error)) from None


def _by_request(recording: Recording) -> dict[str, tuple[Attempt, ...]]:
    """The recorded attempts by the hash of what was asked."""
    found: dict[str, tuple[Attempt, ...]] = {}
    for logged in (each for attempts in recording.attempts.values() for each in attempts):
        found[logged.request_hash] = (*found.get(logged.request_hash, ()), logged.attempt)
    return found


def _clean(player: Player) -> Player:
    """A name without what is no text: control characters and half characters."""
    name = "".join(char for char in player.name if char.isprintable())
    return replace(player, name=" ".join(name.split())[:40])


def _find(ref: str) -> Pack:
    try:
        return find_pack(ref)
    except PackError as error:
        raise StartError(str(error), error.diagnostics) from None
