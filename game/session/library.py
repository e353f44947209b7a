"""Where playthroughs come from and go to: packs, saved journals, and the clients that tell them."""

import secrets
from dataclasses import replace
from pathlib import Path

from platformdirs import user_data_path

from game import __version__
from game.clients import ClientError, ClientOptions, LLMClient, SceneRequest
from game.clients.registry import UnknownClient, open_client
from game.clients.unready import UnreadyClient
from game.director import Director, Step
from game.journal import Header, Journal, JournalError, saves
from game.narrator import Narrator, Sleep
from game.packs import Pack, PackError
from game.packs.shelf import find_pack, shelf
from game.session.commands import Begin, Continue, Teller
from game.session.events import PackCard, SaveCard, ShelfReady, Started, TellerTried
from game.session.playthrough import Emit, Playthrough
from game.settings import Settings
from game.story import ROOT, Player, node_key


class StartError(Exception):
    """Nothing can be begun: one line, what, where, what to do."""


class Library:
    """Opens playthroughs. `folder` is where new ones are kept."""

    def __init__(self, settings: Settings | None = None, folder: Path | None = None) -> None:
        self._settings = settings or Settings()
        self.folder = folder or user_data_path("unwritten", appauthor=False) / "playthroughs"

    async def look_around(self) -> ShelfReady:
        """All packs, the broken ones with what is wrong with them, and all saved playthroughs, the latest first."""
        cards = [
            PackCard(ref, ref, None, found.diagnostics) if isinstance(found, PackError) else PackCard(ref, found.title, found)
            for ref, found in shelf()
        ]
        return ShelfReady(tuple(cards), tuple(SaveCard(**vars(card)) for card in saves(self.folder)))

    async def open(self, command: Begin | Continue, emit: Emit, sleep: Sleep) -> tuple[Playthrough, Started]:
        """Open what `command` asks for.

        Raises:
            StartError: it cannot be opened.
        """
        pack, journal, continued = self._continue(command) if isinstance(command, Continue) else self._begin(command)
        client = self._client(command.teller, pack, journal.header.seed)
        narrator = Narrator(pack, journal.header.player, client, sleep)
        play = Playthrough(pack, journal, narrator, emit, command.require_client)
        started = Started(
            pack=pack,
            client=client.name,
            model=client.model,
            seed=journal.header.seed,
            journal=journal.path,
            continued=continued,
            networked=client.capabilities.networked,
        )
        return play, started

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
            return await _try(client, pack)
        finally:
            await client.aclose()

    def _begin(self, command: Begin) -> tuple[Pack, Journal, bool]:
        pack = _find(command.pack)
        path = self._path(command, pack)
        if path is not None and path.exists():
            journal = _open(path)
            if journal.header.pack_id != pack.id:
                other = journal.header.pack_id
                journal.close()
                raise StartError(
                    f"{path.name} is a playthrough of {other}, not of {pack.id}; name another file, or play --pack {other}"
                )
            return pack, journal, True
        seed = secrets.randbelow(1 << 31) if command.seed is None else command.seed
        header = Header(
            pack_id=pack.id,
            pack_title=pack.title,
            pack_version=pack.version,
            pack_hash=pack.hash,
            seed=seed,
            player=_clean(command.player or pack.player),
            initial=pack.initial,
            engine=__version__,
        )
        try:
            return pack, Journal.create(path, header), False
        except JournalError as error:
            raise StartError(str(error)) from None

    def _continue(self, command: Continue) -> tuple[Pack, Journal, bool]:
        journal = _open(command.journal)
        try:
            return _find(command.pack or journal.header.pack_id), journal, True
        except StartError:
            journal.close()
            raise

    def _path(self, command: Begin, pack: Pack) -> Path | None:
        if isinstance(command.journal, Path):
            return command.journal
        if command.journal == "memory":
            return None
        taken = (self.folder / f"{pack.id}-{n}.journal" for n in range(1, 100_000))
        return next(path for path in taken if not path.exists())

    def _client(self, teller: Teller, pack: Pack, seed: int) -> LLMClient:
        try:
            return open_client(teller.client, self._options(teller, pack, seed))
        except UnknownClient as error:
            raise StartError(str(error)) from None
        except ClientError as error:
            return UnreadyClient(teller.client, teller.model, error)

    def _options(self, teller: Teller, pack: Pack, seed: int) -> ClientOptions:
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
        )


def _clean(player: Player) -> Player:
    """A name without what is no text: control characters and half characters."""
    name = "".join(char for char in player.name if char.isprintable())
    return replace(player, name=" ".join(name.split())[:40])


def _find(ref: str) -> Pack:
    try:
        return find_pack(ref)
    except PackError as error:
        raise StartError(str(error)) from None


def _open(path: Path) -> Journal:
    try:
        return Journal.open(path)
    except JournalError as error:
        raise StartError(str(error)) from None


async def _try(client: LLMClient, pack: Pack) -> TellerTried:
    """Ask for the first scene of a pack, and say what came."""
    narrator = Narrator(pack, pack.player, client)
    key = node_key(ROOT, "")
    brief = Director(pack).plan(key, 0, pack.initial, Step(), pack.player).brief
    request: SceneRequest = narrator.request(brief)
    count = 0
    try:
        async for delta in client.stream(request):
            count += len(delta.text)
            if count > 80:
                break
    except ClientError as error:
        return TellerTried(False, str(error))
    if count == 0:
        return TellerTried(False, f"{client.name} answered, but wrote nothing.")
    return TellerTried(True, f"{client.model} answers and can write.")
