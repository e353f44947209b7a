"""Commands for who plays: a story, a recording, its map, one file of it; and what this machine has."""

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from game import __version__
from game.cli.common import ChaosSeed, PackOption, Unusable, say, settings_with

if TYPE_CHECKING:
    from game.session import Begin, Continue, Library
    from game.settings import Settings

DEFAULT_PACK = "last_keeper"


class BotName(StrEnum):
    first = "first"
    random = "random"


def root(
    ctx: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version.")] = False,
) -> None:
    """Without a command: open the window, or play in this terminal where there is no display."""
    if version:
        print(f"unwritten {__version__}")
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        raise typer.Exit(_open_stage(settings_with(), None))


def play(
    pack: PackOption = "",
    client: Annotated[str, typer.Option(help="stub, openai, local, or a third party's; chaos:NAME breaks its replies.")] = "",
    model: Annotated[str, typer.Option(help="The model's name, or a GGUF file for --client local.")] = "",
    base_url: Annotated[str, typer.Option(help="Where an OpenAI-compatible service answers.")] = "",
    seed: Annotated[
        int | None, typer.Option(help="The same seed and choices give the same story.", min=0, max=(1 << 63) - 1)
    ] = None,
    chaos_seed: ChaosSeed = 0,
    stage: Annotated[bool, typer.Option("--stage", help="Play in a window.")] = False,
    text: Annotated[bool, typer.Option("--text", help="Play in this terminal.")] = False,
    headless: Annotated[bool, typer.Option("--headless", help="Play without a player.")] = False,
    choices: Annotated[str | None, typer.Option(help="Headless: indices from 0, as 0,2,1.")] = None,
    bot: Annotated[BotName | None, typer.Option(help="Headless: who picks.")] = None,
    max_scenes: Annotated[int | None, typer.Option(help="Headless: stop after so many scenes.", min=1)] = None,
    journal: Annotated[Path | None, typer.Option(help="Keep the playthrough in this file; continue it if it exists.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Headless: one JSON object a line.")] = False,
    require_client: Annotated[bool, typer.Option("--require-client", help="Stop when the client cannot write.")] = False,
    prefetch: Annotated[str, typer.Option(metavar="off|likely|all", help="What is written ahead while you read.")] = "",
    prefetch_tokens: Annotated[int | None, typer.Option(help="The most tokens for that in one sitting.", min=0)] = None,
    trace: Annotated[Path | None, typer.Option(help="Tell each request and attempt in this file, as JSON lines.")] = None,
    read_only: Annotated[
        bool, typer.Option("--read-only", help="With --journal: read what was told, and change nothing.")
    ] = False,
) -> None:
    """Play a story."""
    from game.session import Begin, Continue, Library, Teller

    if not headless and (choices is not None or bot or max_scenes or as_json):
        raise Unusable("--choices, --bot, --max-scenes and --json go with --headless")
    if sum((stage, text, headless)) > 1:
        raise Unusable("choose one of --stage, --text and --headless")
    if read_only and journal is None:
        raise Unusable("--read-only goes with --journal")
    settings = settings_with(prefetch=prefetch, prefetch_tokens=prefetch_tokens)
    teller = Teller(client or settings.client, model, base_url, chaos_seed=chaos_seed)
    told = teller.client == "replay" or (journal is not None and journal.exists())
    begin: Begin | Continue = Begin(
        pack=pack or ("" if told else DEFAULT_PACK),
        teller=teller,
        seed=seed,
        journal=journal or ("memory" if headless else "library"),
        require_client=require_client,
    )
    if read_only and journal is not None:
        begin = Continue(journal, teller, pack or None, read_only=True)
    if headless:
        raise typer.Exit(_headless(Library(settings, trace=trace), begin, _indices(choices), bot, max_scenes, as_json))
    chosen = pack or journal or client or model or base_url or seed is not None or require_client or trace
    if text:
        raise typer.Exit(_terminal(Library(settings, trace=trace), begin, offer_saves=not chosen))
    raise typer.Exit(_open_stage(settings, begin if chosen else None, trace))


def replay(
    recording: Annotated[Path, typer.Argument(metavar="FILE", help="The journal of a playthrough, or a sealed one.")],
    pack: PackOption = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    stage: Annotated[bool, typer.Option("--stage", help="In a window, to be read along.")] = False,
    text: Annotated[bool, typer.Option("--text", help="In this terminal, to be read along.")] = False,
) -> None:
    """Play a playthrough again, byte for byte, without a model; exit 1 if a request or a scene is not the recorded one."""
    from game.replaying import replay as play_again
    from game.session import Begin, Library, Session, Teller

    if sum((stage, text, as_json)) > 1:
        raise Unusable("choose one of --stage, --text and --json")
    settings = settings_with()
    begin = Begin(pack, Teller("replay", str(recording)), journal="memory")
    if stage:
        raise typer.Exit(_open_stage(settings, begin))
    if text:
        raise typer.Exit(_terminal(Library(settings), begin, offer_saves=False))
    session = Session(Library(settings), threaded=False)
    try:
        raise typer.Exit(play_again(recording, session, pack, as_json))
    finally:
        session.close()


def seal(
    journal: Annotated[Path, typer.Argument(metavar="JOURNAL", help="The journal of a playthrough.")],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The file to make, as told.sealed.")],
    pack: PackOption = "",
) -> None:
    """Put a playthrough and its pack into one file, which `replay` plays anywhere, without a model, a key or the pack."""
    from game.sealing import seal as make

    raise typer.Exit(make(journal, out, pack))


def map_(
    journal: Annotated[Path, typer.Argument(metavar="JOURNAL", help="The journal of a playthrough.")],
    pack: PackOption = "",
    svg: Annotated[bool, typer.Option("--svg", help="A picture.")] = False,
    dot: Annotated[bool, typer.Option("--dot", help="A graph for Graphviz.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Print the tree of all that was told: its ways, forks, tellings, bookmarks and endings."""
    from game.journal import JournalError
    from game.mapview import Form, view
    from game.packs import PackError

    if sum((svg, dot, as_json)) > 1:
        raise Unusable("choose one of --svg, --dot and --json")
    form: Form = "svg" if svg else "dot" if dot else "json" if as_json else "text"
    width = min(120, os.get_terminal_size().columns) if sys.stdout.isatty() else 80
    try:
        print(view(journal, form, pack, width, sys.stdout.encoding or "ascii"), end="")
    except (JournalError, PackError) as error:
        raise Unusable(str(error)) from None


def doctor(
    client: Annotated[str, typer.Option(help="Also see whether this client answers.")] = "",
    model: Annotated[str, typer.Option(help="Its model.")] = "",
    base_url: Annotated[str, typer.Option(help="Where it answers.")] = "",
    chaos_seed: ChaosSeed = 0,
) -> None:
    """What this machine has: display, clients, packs, files."""
    from game.doctor import report
    from game.session import Teller

    for name, words in report(settings_with(), Teller(client, model, base_url, chaos_seed=chaos_seed) if client else None):
        print(f"{name:10} {words}")


def _indices(text: str | None) -> tuple[int, ...] | None:
    if text is None:
        return None
    parts = [part.strip() for part in text.split(",") if part.strip()]
    for part in parts:
        if not (part.isdecimal() and len(part) == 1 and int(part) <= 3):
            raise Unusable(f'--choices: "{part}" is not a choice; write indices from 0 to 3, as 0,2,1')
    return tuple(map(int, parts))


def _headless(
    library: "Library",
    begin: "Begin | Continue",
    choices: tuple[int, ...] | None,
    bot: BotName | None,
    max_scenes: int | None,
    as_json: bool,
) -> int:
    from game.headless import Run, play
    from game.session import Session

    if choices is not None and bot is not None:
        raise Unusable("choose one of --choices and --bot")
    session = Session(library, threaded=False)
    try:
        return play(Run(begin, choices, bot.value if bot else None, max_scenes, as_json), session)
    finally:
        session.close()


def _terminal(library: "Library", begin: "Begin | Continue", offer_saves: bool) -> int:
    from game.session import Session
    from game.terminal import Terminal

    session = Session(library)
    try:
        return Terminal(session).play(begin, offer_saves)
    finally:
        session.close()


def _open_stage(settings: "Settings", begin: "Begin | Continue | None", trace: Path | None = None) -> int:
    """The window; without a display, the terminal."""
    from game.session import Begin, Library, Session, Teller
    from game.stage import NoDisplay, run_stage

    session = Session(Library(settings, trace=trace))
    try:
        return run_stage(session, settings, begin)
    except NoDisplay as error:
        say(f"{error}; playing in the terminal")
    finally:
        session.close()
    start = begin or Begin(DEFAULT_PACK, Teller(settings.client), journal="library")
    return _terminal(Library(settings, trace=trace), start, offer_saves=begin is None)
